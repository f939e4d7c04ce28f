import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { base64, utf8 } from '../kernel/bytes.ts'
import { runConformance } from './conformance.ts'
import { sha256 } from './node-crypto.ts'
import { consistencyProofOf, inclusionProofOf, leafHash, rootOf } from './tree.ts'

const SHARED = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const hasShared = existsSync(SHARED)

async function withFile<T>(content: string | Uint8Array, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'conformance-'))
  try {
    const file = join(folder, 'vectors')
    await writeFile(file, content)
    return await use(file)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const leaves = Array.from({ length: 11 }, (_, index) => leafHash(sha256, utf8(`${index}`)))
const root = base64(rootOf(sha256, leaves))
const proofOf = (range: { start: number; end: number }) => consistencyProofOf(sha256, leaves, range).map(base64)
const rootAt = (range: { start: number; end: number }) => base64(rootOf(sha256, leaves, range))
const own = [
  {
    kind: 'inclusion',
    leafIdx: 7,
    treeSize: 11,
    root,
    leafHash: base64(leaves[7] ?? (leaves[0] as Uint8Array)),
    proof: inclusionProofOf(sha256, leaves, 7).map(base64),
  },
  {
    kind: 'consistency',
    size1: 6,
    size2: 11,
    root1: rootAt({ start: 0, end: 6 }),
    root2: root,
    proof: proofOf({ start: 0, end: 6 }),
  },
  {
    kind: 'subtreeconsistency',
    start: 8,
    end: 11,
    size: 11,
    root1: rootAt({ start: 8, end: 11 }),
    root2: root,
    proof: proofOf({ start: 8, end: 11 }),
  },
  {
    kind: 'subtreeinclusion',
    leafIdx: 8,
    start: 8,
    end: 11,
    root: rootAt({ start: 8, end: 11 }),
    leafHash: base64(leaves[8] as Uint8Array),
    proof: inclusionProofOf(sha256, leaves.slice(8), 0).map(base64),
  },
].flatMap((vector) => [
  { id: `${vector.kind}/good`, ...vector, wantErr: false },
  { id: `${vector.kind}/bad`, ...vector, proof: [...vector.proof, root], wantErr: true },
])

test('our own vectors of the four kinds: valid ones exact, broken ones refused, gzip or plain', async () => {
  const lines = own.map((vector) => JSON.stringify(vector)).join('\n')
  for (const content of [lines, gzipSync(lines)]) {
    const result = await withFile(content, (file) => runConformance('merkle', file))
    assert.deepEqual(
      { exact: result.exact, refused: result.refused, wrong: result.wrong },
      { exact: 4, refused: 4, wrong: 0 },
    )
    assert.deepEqual(result.strata.subtreeconsistency, { exact: 1, refused: 1, wrong: 0 })
  }
})

test('a misjudged vector and a malformed line are wrong, and named', async () => {
  const [good] = own
  const garbled = { ...good, proof: ['*'], wantErr: true }
  assert.equal((await withFile(JSON.stringify(garbled), (file) => runConformance('merkle', file))).refused, 1)
  const lines = [
    JSON.stringify({ ...good, wantErr: true }),
    '{"id":',
    '{"id":"x","kind":"other","wantErr":true,"proof":[]}',
  ]
  const result = await withFile(lines.join('\n'), (file) => runConformance('merkle', file))
  assert.equal(result.wrong, 3)
  assert.match(result.problems.join('; '), /line 1: inclusion\/good accepted.*line 2: no vector.*line 3/)
})

test('jcs: other bytes and malformed vectors are wrong', async () => {
  const input = base64(utf8('{"b":1.0,"a":1e30}'))
  const vectors = [
    { id: 'good', inputBase64: input, canonicalHex: utf8('{"a":1e+30,"b":1}').toHex() },
    { id: 'other', inputBase64: input, canonicalHex: '00' },
    { id: 'twice', inputBase64: base64(utf8('{"a":1,"a":2}')), wantErr: true },
    { id: 'nothing' },
  ]
  const result = await withFile(JSON.stringify(vectors), (file) => runConformance('jcs', file))
  assert.deepEqual([result.exact, result.refused, result.wrong], [1, 1, 2])
})

test('a file that is not there or cut is a fault', async () => {
  await assert.rejects(runConformance('merkle', '/nowhere/vectors'))
  const cut = gzipSync(own.map((vector) => JSON.stringify(vector)).join('\n')).subarray(0, 300)
  await assert.rejects(withFile(cut, (file) => runConformance('merkle', file)))
})

test('vectors of others: none judged wrongly', async (t) => {
  t.diagnostic(hasShared ? `vectors of ${SHARED}` : 'shared data is absent: own vectors only (above)')
  if (!hasShared) return
  const merkle = await runConformance('merkle', join(SHARED, 'merkle-vectors/vectors.jsonl.gz'))
  assert.deepEqual(
    { ...merkle, strata: undefined },
    { exact: 8, refused: 88, wrong: 0, problems: [], strata: undefined },
  )
  const canonical = await runConformance('jcs', join(SHARED, 'jcs-vectors/vectors.json'))
  assert.deepEqual([canonical.exact, canonical.wrong], [6, 0])
})
