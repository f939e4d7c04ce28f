// A log as outsiders meet it: made by our sealing, tree, tiles and the real signer, written as static files.
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { base64, base64url } from '../../src/kernel/bytes.ts'
import { derivedId, randomBytes } from '../../src/kernel/ids.ts'
import { formatEnvelope } from '../../src/record/disclosure.ts'
import { sha256 } from '../../src/record/node-crypto.ts'
import { formatVerifierKey, type VerifierKey } from '../../src/record/note.ts'
import { leafHashOf, type Opened, seal, unseal } from '../../src/record/seal.ts'
import { appendLeaves, type Edge, EMPTY_EDGE } from '../../src/record/tile-appender.ts'
import { TileTree } from '../../src/record/tile-tree.ts'
import {
  encodeEntryBundle,
  entryBundlePath,
  findTileRef,
  partialTilesOf,
  type ReadTiles,
  TILE_WIDTH,
  tilePath,
} from '../../src/record/tiles.ts'
import { HASH_BYTES } from '../../src/record/tree.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../../src/signer/client.ts'

export type FixtureLog = {
  readonly folder: string
  readonly origin: string
  /** Ed25519, ML-DSA-44. */
  readonly keys: readonly VerifierKey[]
  readonly entries: readonly { readonly envelope: Buffer; readonly opened: readonly Opened[] }[]
  /** The signed note of each size, smallest first. */
  readonly notes: ReadonlyMap<number, string>
  proof(oldSize: number, size: number): Promise<readonly Uint8Array[]>
}

/** Around every edge of a tile, and past the second tile level (65,536). */
export const SIZES = [1, 2, 3, 255, 256, 257, 511, 1_000, 4_096, 65_535, 65_536, 65_537, 66_600] as const

export type FixtureOptions = {
  readonly sizes?: readonly number[]
  /** The origin for the Ed25519 key of the log; sigsum's is made of the key. */
  readonly originFor?: (ed25519: Uint8Array) => string
}

/** Makes the log in `folder`; the signer's process has ended when this resolves. */
export async function makeFixtureLog(folder: string, options: FixtureOptions = {}): Promise<FixtureLog> {
  const { sizes = SIZES, originFor = () => 'habeas.example/outside' } = options
  const socketPath = join(folder, 'run', 's.sock')
  const child = await startSigner({ secretsFolder: join(folder, 'secrets'), socketPath })
  const signer = connectSigner({ socketPath })
  try {
    const signerKeys = await signer.keys()
    const origin = originFor(signerKeys.log.ed25519)
    const keys = logVerifierKeys(origin, signerKeys)
    const entries = Array.from({ length: sizes.at(-1) ?? 0 }, (_, index) => makeEntry(index))
    const stored = new Map<string, Uint8Array>()
    const readTiles: ReadTiles = async (refs) =>
      refs.map(({ level, index, width }) =>
        (stored.get(`${level}/${index}`) as Uint8Array).subarray(0, width * HASH_BYTES),
      )
    const notes = new Map<number, string>()
    let edge: Edge = EMPTY_EDGE
    let from = 0
    for (const size of sizes) {
      const grown = appendLeaves(
        sha256,
        edge,
        entries.slice(from, size).map(({ leaf }) => leaf),
      )
      for (const { level, index, hashes } of [...grown.fullTiles, ...grown.partialTiles]) {
        stored.set(`${level}/${index}`, hashes)
      }
      edge = grown.edge
      const proof = await new TileTree(sha256, size, readTiles).consistencyProof(from)
      const signed = await signer.signCheckpoint({ origin, size, root: grown.root, from, proof })
      if (!('note' in signed)) throw new Error(`the signer refused size ${size}: ${signed.refused}`)
      notes.set(size, signed.note)
      from = size
    }
    const log: FixtureLog = {
      folder,
      origin,
      keys,
      entries,
      notes,
      proof: (oldSize, size) => new TileTree(sha256, size, readTiles).consistencyProof(oldSize),
    }
    await writeFiles(log, readTiles)
    return log
  } finally {
    signer.close()
    await child.stop()
  }
}

/** Sealing all of them would take most of the time of the test; the tree sees envelopes only. */
const SEALED = 1_000
/** Kept open for the reader of SD-JWT. */
const OPENED = 3

type FixtureEntry = { envelope: Buffer; leaf: Uint8Array; opened: readonly Opened[] }

function makeEntry(index: number): FixtureEntry {
  const id = derivedId('entry', String(index))
  if (index >= SEALED) {
    const digests = [randomBytes(32), randomBytes(32), randomBytes(32)].map((digest) => base64url(digest))
    const envelope = Buffer.from(
      formatEnvelope({ digests, at: '2026-03-01T12:00Z', facility: 'TEC', id, kind: 'note.add', v: 1 }),
    )
    return { envelope, leaf: leafHashOf(envelope), opened: [] }
  }
  const [subjectKey, officerKey] = [randomBytes(32), randomBytes(32)]
  const sealed = seal(
    { id, kind: 'note.add', v: 1, facility: 'TEC', recordedAt: '2026-03-01T12:00:00Z' },
    { person: { nth: index + 1, custody: 'Ñ' }, act: { text: `note ${index} “línea”` }, staff: { officer: 'x' } },
    subjectKey,
    officerKey,
  )
  const opened = index < OPENED ? [...unseal(subjectKey, sealed.sealed), ...unseal(officerKey, sealed.staff)] : []
  return { envelope: sealed.envelope, leaf: sealed.leafHash, opened }
}

async function writeFiles({ folder, keys, entries, notes }: FixtureLog, readTiles: ReadTiles): Promise<void> {
  const write = async (path: string, bytes: string | Uint8Array) => {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), bytes)
  }
  const bundle = (index: number, width: number) =>
    write(
      entryBundlePath(index, width),
      encodeEntryBundle(entries.slice(index * TILE_WIDTH, index * TILE_WIDTH + width).map(({ envelope }) => envelope)),
    )
  const sizes = [...notes.keys()]
  const last = sizes.at(-1) ?? 0
  for (let level = 0; findTileRef(last, level, 0) !== undefined; level++) {
    for (let index = 0; ; index++) {
      const ref = findTileRef(last, level, index)
      if (ref === undefined) break
      await write(tilePath(ref), (await readTiles([ref]))[0] as Uint8Array)
      if (level === 0) await bundle(index, ref.width)
    }
  }
  for (const [size, note] of notes) {
    await write(`checkpoints/${size}`, note)
    for (const ref of partialTilesOf(size)) {
      await write(tilePath(ref), (await readTiles([ref]))[0] as Uint8Array)
      if (ref.level === 0) await bundle(ref.index, ref.width)
    }
  }
  await write('checkpoint', notes.get(last) ?? '')
  await write('log.vkey', `${keys.slice(0, 1).map(formatVerifierKey).join('')}\n`)
  await write('proofs', await ourProofs(sizes, readTiles))
}

/** Our proofs: between every two signed sizes, and of entries at the edges and anywhere under each of them. */
async function ourProofs(sizes: readonly number[], readTiles: ReadTiles): Promise<string> {
  const lines: string[] = []
  for (const size of sizes) {
    const tree = new TileTree(sha256, size, readTiles)
    const anywhere = Array.from({ length: 20 }, (_, at) => seeded(size, at) % size)
    const indexes = [...new Set([0, 1, 254, 255, 256, 65_535, 65_536, size - 1, ...anywhere])].filter(
      (index) => index < size,
    )
    const proofs = await tree.inclusionProofs(indexes)
    indexes.forEach((index, at) => {
      lines.push(['inclusion', size, index, ...(proofs[at] ?? []).map(base64)].join(' '))
    })
    for (const oldSize of sizes.filter((older) => older <= size)) {
      lines.push(['consistency', oldSize, size, ...(await tree.consistencyProof(oldSize)).map(base64)].join(' '))
    }
  }
  return `${lines.join('\n')}\n`
}

/** The same numbers in every run. */
function seeded(size: number, at: number): number {
  return createHash('sha256').update(`${size} ${at}`).digest().readUInt32BE(0)
}
