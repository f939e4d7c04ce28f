/**
 * Runs our proofs and our canonical form against vectors written by others; `habeas conformance` prints the result.
 * A vector judged valid that is valid counts as exact, one refused that must be refused as refused, all else as wrong.
 */
import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { pipeline } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'
import { findBase64, utf8 } from '../kernel/bytes.ts'
import { isJsonArray, isJsonObject, type Json, jcs, parseJson } from '../kernel/json.ts'
import { sha256 } from './node-crypto.ts'
import { verifyConsistency, verifyInclusion, verifySubtreeConsistency, verifySubtreeInclusion } from './tree.ts'

export type Tally = { exact: number; refused: number; wrong: number }

export type ConformanceResult = Tally & {
  /** The same counts by kind of vector. */
  strata: Record<string, Tally>
  /** What was wrong, by line or id; at most 100, `wrong` counts all. */
  problems: string[]
}

export const CONFORMANCE_KINDS = ['merkle', 'jcs'] as const
export type ConformanceKind = (typeof CONFORMANCE_KINDS)[number]

/** Reads a file in the documented form of the set, plain or gzip. Throws when it cannot be read. */
export async function runConformance(kind: ConformanceKind, file: string): Promise<ConformanceResult> {
  const result: ConformanceResult = { exact: 0, refused: 0, wrong: 0, strata: {}, problems: [] }
  const count = (stratum: string, judged: 'exact' | 'refused' | 'wrong', problem: string) => {
    result.strata[stratum] ??= { exact: 0, refused: 0, wrong: 0 }
    result.strata[stratum][judged]++
    result[judged]++
    if (judged === 'wrong' && result.problems.length < 100) result.problems.push(problem)
  }
  if (kind === 'merkle') await runMerkle(file, count)
  else await runJcs(file, count)
  return result
}

type Count = (stratum: string, judged: 'exact' | 'refused' | 'wrong', problem: string) => void

/** JSON lines: `merkle-vectors/SOURCE.md` lists the fields of each kind. Streams, one vector in memory at a time. */
async function runMerkle(file: string, count: Count): Promise<void> {
  const isZipped = await isGzip(file)
  const source = createReadStream(file)
  // Errors are awaited through `failed`; the callback only keeps `pipeline` from throwing them a second time.
  const input = isZipped ? pipeline(source, createGunzip(), () => undefined) : source
  const failed = new Promise<never>((_, reject) => {
    source.once('error', reject)
    input.once('error', reject)
  })
  failed.catch(() => undefined) // awaited below; before that it must not count as unhandled
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  let number = 0
  const reading = (async () => {
    for await (const line of lines) {
      number++
      if (line.trim() === '') continue
      const vector = findMerkleVector(line)
      if (vector === undefined) count('malformed', 'wrong', `line ${number}: no vector of a known kind`)
      else {
        const isValid = vector.verify()
        const judged = isValid !== !vector.wantErr ? 'wrong' : isValid ? 'exact' : 'refused'
        const said = isValid ? 'accepted, must be refused' : 'refused, is valid'
        count(vector.kind, judged, `line ${number}: ${vector.id} ${said}`)
      }
    }
  })()
  await Promise.race([reading, failed])
}

type Vector = { id: string; kind: string; wantErr: boolean; verify: () => boolean }

function findMerkleVector(line: string): Vector | undefined {
  // The broken vectors hold indexes up to 2^64 − 1. As doubles they are no safe integers, so the verifiers refuse them.
  const json = parseJson(line, { numbers: 'double' })
  if (!json.ok || !isJsonObject(json.value)) return undefined
  const { id, kind, wantErr, desc: _desc, proof, ...fields } = json.value
  if (typeof id !== 'string' || typeof wantErr !== 'boolean') return undefined
  if (proof !== null && !isJsonArray(proof)) return undefined // Go writes an empty list as null
  const hashes = (proof ?? []).map(findHash)
  if (!hashes.every((hash) => hash !== undefined)) return undefined
  const hash = (name: string) => findHash(fields[name])
  const number = (name: string) => (typeof fields[name] === 'number' ? fields[name] : undefined)

  const [index, size, leafHash, root] = [number('leafIdx'), number('treeSize'), hash('leafHash'), hash('root')]
  const [start, end] = [number('start'), number('end')]
  const [root1, root2] = [hash('root1'), hash('root2')]
  switch (kind) {
    case 'inclusion': {
      if (index === undefined || size === undefined || !leafHash || !root) return undefined
      return {
        id,
        kind,
        wantErr,
        verify: () => verifyInclusion(sha256, { index, size, leafHash, root, proof: hashes }),
      }
    }
    case 'consistency': {
      const [oldSize, newSize] = [number('size1'), number('size2')]
      if (oldSize === undefined || newSize === undefined || !root1 || !root2) return undefined
      const claim = { oldSize, newSize, oldRoot: root1, newRoot: root2, proof: hashes }
      // The set's own rule (SOURCE.md): its library refuses consistency from size zero.
      return { id, kind, wantErr, verify: () => verifyConsistency(sha256, claim, { fromEmpty: 'refuse' }) }
    }
    case 'subtreeinclusion': {
      if (index === undefined || start === undefined || end === undefined || !leafHash || !root) return undefined
      const claim = { index, range: { start, end }, leafHash, root, proof: hashes }
      return { id, kind, wantErr, verify: () => verifySubtreeInclusion(sha256, claim) }
    }
    case 'subtreeconsistency': {
      const total = number('size')
      if (start === undefined || end === undefined || total === undefined || !root1 || !root2) return undefined
      const claim = { range: { start, end }, size: total, subtreeRoot: root1, root: root2, proof: hashes }
      return { id, kind, wantErr, verify: () => verifySubtreeConsistency(sha256, claim) }
    }
    default:
      return undefined
  }
}

/**
 * Bytes of any length, none for what is no base64: a hash that is none must be refused by the verifier, as a reader of
 * such a proof would, not counted as a malformed line. Undefined when the field is no text.
 */
function findHash(value: Json | undefined): Uint8Array | undefined {
  return typeof value === 'string' ? (findBase64(value) ?? new Uint8Array(0)) : undefined
}

/** A JSON list of `{id, inputBase64, canonicalHex}`; `wantErr: true` instead of `canonicalHex` where it has no form. */
async function runJcs(file: string, count: Count): Promise<void> {
  const raw = await readFile(file)
  const list = parseJson(raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw)
  if (!list.ok || !isJsonArray(list.value)) {
    count('malformed', 'wrong', list.ok ? 'the file is no list' : list.reason)
    return
  }
  for (const [at, vector] of list.value.entries()) {
    const { id, inputBase64, canonicalHex, wantErr } = isJsonObject(vector) ? vector : {}
    const input = typeof inputBase64 === 'string' ? findBase64(inputBase64) : undefined
    if (typeof id !== 'string' || input === undefined || (typeof canonicalHex !== 'string' && wantErr !== true)) {
      count('malformed', 'wrong', `vector ${at + 1}: id, inputBase64 or canonicalHex is missing`)
      continue
    }
    const value = parseJson(input, { numbers: 'double' })
    const hex = value.ok ? utf8(jcs(value.value)).toHex() : undefined
    if (wantErr === true) count('invalid', hex === undefined ? 'refused' : 'wrong', `${id} accepted, must be refused`)
    else {
      const problem = value.ok ? `${id}: other bytes` : `${id}: ${value.reason}`
      count('canonical', hex === String(canonicalHex).toLowerCase() ? 'exact' : 'wrong', problem)
    }
  }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}
