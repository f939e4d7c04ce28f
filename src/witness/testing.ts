// A log small enough to hold in memory, with both keys of ours, and a witness that listens. Imported by tests only.
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { TestContext } from 'node:test'
import { utf8 } from '../kernel/bytes.ts'
import type { Sql } from '../kernel/ports.ts'
import { temporaryFolder } from '../platform/testing.ts'
import { formatCheckpoint } from '../record/checkpoint.ts'
import { rawPublicKey, sha256 } from '../record/node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  makeVerifierKey,
  signatureBody,
  signedMessage,
  type VerifierKey,
} from '../record/note.ts'
import { appendLeaves, EMPTY_EDGE } from '../record/tile-appender.ts'
import { consistencyProofOf, leafHash, rootOf } from '../record/tree.ts'
import { formatAddCheckpoint } from '../record/witness-protocol.ts'
import { serveWitness } from './serve.ts'
import { openWitness } from './witness.ts'

const TIME = 1_700_000_000

export type SmallLog = {
  readonly origin: string
  readonly keys: readonly VerifierKey[]
  readonly leaves: readonly Uint8Array[]
  /** The signed note of the first `size` leaves. */
  note(size: number, leaves?: readonly Uint8Array[]): string
  /** Proof from `oldSize` to `size`, empty from 0. */
  proof(oldSize: number, size: number, leaves?: readonly Uint8Array[]): Uint8Array[]
  /** A request with the right proof. `leaves` may be those of a rewritten log. */
  request(oldSize: number, size: number, leaves?: readonly Uint8Array[]): string
  /** The same leaves, one of them replaced. */
  rewritten(index: number): readonly Uint8Array[]
}

export function makeSmallLog(origin = 'habeas.example/small', count = 64): SmallLog {
  const pairs: { publicKey: KeyObject; privateKey: KeyObject }[] = [
    generateKeyPairSync('ed25519'),
    generateKeyPairSync('ml-dsa-44'),
  ]
  const keys = pairs.map(({ publicKey }, at) =>
    makeVerifierKey(sha256, origin, at === 0 ? 'note' : 'subtree', rawPublicKey(publicKey)),
  )
  const own = Array.from({ length: count }, (_, index) => leafHash(sha256, utf8(`entry ${index}`)))
  // ML-DSA signatures differ each time; a log issues one note a head.
  const notes = new Map<string, string>()
  const note = (size: number, leaves: readonly Uint8Array[] = own) => {
    const checkpoint = { origin, size, root: rootOf(sha256, leaves.slice(0, size)) }
    const text = formatCheckpoint(checkpoint)
    const issued = notes.get(text)
    if (issued !== undefined) return issued
    const lines = keys.map((key, at) => {
      const signature = sign(
        null,
        signedMessage(key, checkpoint, text, TIME),
        (pairs[at] as (typeof pairs)[0]).privateKey,
      )
      return formatSignatureLine(key, signatureBody(key.type, signature, TIME))
    })
    const signed = formatNote(text, lines)
    notes.set(text, signed)
    return signed
  }
  const proof = (oldSize: number, size: number, leaves: readonly Uint8Array[] = own) =>
    oldSize === 0 || oldSize > size ? [] : consistencyProofOf(sha256, leaves.slice(0, size), { start: 0, end: oldSize })
  return {
    origin,
    keys,
    leaves: own,
    note,
    proof,
    request: (oldSize, size, leaves = own) =>
      formatAddCheckpoint({ oldSize, proof: proof(oldSize, size, leaves), checkpoint: note(size, leaves) }),
    rewritten: (index) => own.with(index, leafHash(sha256, utf8(`another ${index}`))),
  }
}

/** The log as the database would hold it at `size`, signed at `at`. */
export async function storeHead(
  sql: Sql,
  log: SmallLog,
  size: number,
  { leaves = log.leaves, at = Temporal.Now.instant() } = {},
): Promise<void> {
  const { root, fullTiles, partialTiles } = appendLeaves(sha256, EMPTY_EDGE, leaves.slice(0, size))
  for (const { level, index, hashes } of [...fullTiles, ...partialTiles]) {
    await sql.rows(
      'insert into tile values ($1, $2, $3) on conflict (level, idx) do update set hashes = excluded.hashes',
      [level, index, Buffer.from(hashes)],
    )
  }
  const note = log.note(size, leaves)
  await sql.rows('insert into checkpoint values ($1, $2, $3, $4)', [size, Buffer.from(root), note, at.toString()])
}

/** A witness of the log that listens on loopback until the test ends. */
export async function serveTestWitness(
  t: Pick<TestContext, 'after'>,
  keys: readonly VerifierKey[],
  name = 'inspectorate',
) {
  const witness = await openWitness({ folder: await temporaryFolder(t), name: `${name}.example/w1`, logs: keys })
  const server = await serveWitness(witness, { host: '127.0.0.1', port: 0 })
  const close = async () => {
    await server.close()
    await witness.close()
  }
  t.after(close)
  return { name, witness, url: server.url, close }
}
