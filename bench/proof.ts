import { generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '../src/platform/database.ts'
import { formatCheckpoint } from '../src/record/checkpoint.ts'
import { nodeChecker, rawPublicKey, sha256 } from '../src/record/node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  makeVerifierKey,
  openCheckpoint,
  signatureBody,
  signedMessage,
} from '../src/record/note.ts'
import { appendLeaves, EMPTY_EDGE } from '../src/record/tile-appender.ts'
import { readTilesFrom } from '../src/record/tile-store.ts'
import { TileCache, TileTree } from '../src/record/tile-tree.ts'
import { verifyInclusion } from '../src/record/tree.ts'
import { benchAuditMemory } from './audit-memory.ts'
import { print, type Round, timed } from './figure.ts'
import { commitMsOf, openHouse, startServer, submit } from './house.ts'
import { admission, note } from './people.ts'
import type { Options } from './record.ts'
import { selectOne } from './yardsticks/select-one.ts'

const PROOFS_A_ROUND = 50
const WITNESSES = 4

/** Proofs out of a large tree, and the checks of what they prove. The tree is of random leaves: only tiles are stored. */
export async function benchProof({ rounds: wanted, quick }: Options): Promise<void> {
  const server = await startServer()
  const house = await openHouse(server, 'proof')
  const size = quick ? 20_000 : 1_000_000
  const leaves = randomBytes(size * 32)
  const root = await storeTree(house.database, leaves)
  await house.database.rows('analyze tile')
  const facts = { rows: size, commitMs: await commitMsOf(house.database) }
  const rounds = wanted ?? (quick ? 1 : 10)
  const cold: Round[] = []
  const warm: Round[] = []
  const cache = new TileCache(10_000)
  const proveSome = (tiles?: TileCache) => async () => {
    for (let i = 0; i < PROOFS_A_ROUND; i++) {
      const tree = new TileTree(sha256, size, readTilesFrom(house.database), tiles)
      await tree.inclusionProof(Math.floor(Math.random() * size))
    }
  }
  const ones = async () => {
    for (let i = 0; i < PROOFS_A_ROUND; i++) await selectOne(house.database)
  }
  for (let full = 0; full < Math.ceil(size / 256); full += 1) {
    // Fill the cache once: what is cached are the inner nodes of full tiles, which never change.
    await new TileTree(sha256, size, readTilesFrom(house.database), cache).inclusionProof(
      Math.min(full * 256, size - 1),
    )
  }
  for (let i = 0; i <= rounds; i++) {
    const [one, coldMs, warmMs] = [await timed(ones), await timed(proveSome()), await timed(proveSome(cache))]
    if (i === 0) continue
    cold.push({ value: coldMs / PROOFS_A_ROUND, yardstick: one / PROOFS_A_ROUND })
    warm.push({ value: warmMs / PROOFS_A_ROUND, yardstick: one / PROOFS_A_ROUND })
  }
  print({ name: 'proof/inclusion/cold/select-1', unit: 'ms', yardstick: 'select 1', rounds: cold, ...facts })
  print({ name: 'proof/inclusion/cached/select-1', unit: 'ms', yardstick: 'select 1', rounds: warm, ...facts })

  await verification(house.database, leaves, root, rounds, facts)
  await analysedQueue(house, quick ? 200 : 5_000, rounds, facts)
  await highestRate(house, quick ? 1 : 20, facts)
  await house.close()
  await benchAuditMemory(server, quick)
  await server.stop()
}

async function storeTree(database: Database, leaves: Buffer): Promise<Uint8Array> {
  const { fullTiles, partialTiles, root } = appendLeaves(sha256, EMPTY_EDGE, leaves)
  const tiles = [...fullTiles, ...partialTiles]
  for (let at = 0; at < tiles.length; at += 500) {
    const some = tiles.slice(at, at + 500)
    await database.rows(
      'insert into tile (level, idx, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])',
      [some.map(({ level }) => level), some.map(({ index }) => index), some.map(({ hashes }) => Buffer.from(hashes))],
    )
  }
  return root
}

/** One receipt offline: the proof alone, and with four signatures on its checkpoint. Milliseconds; bars are absolute. */
async function verification(
  database: Database,
  leaves: Buffer,
  root: Uint8Array,
  rounds: number,
  facts: { rows: number; commitMs: number },
): Promise<void> {
  const size = leaves.length / 32
  const index = Math.floor(size / 3)
  const proof = await new TileTree(sha256, size, readTilesFrom(database)).inclusionProof(index)
  const leafHash = leaves.subarray(index * 32, index * 32 + 32)
  const checkpoint = { origin: 'habeas.example/bench', size, root }
  const text = formatCheckpoint(checkpoint)
  const keys = Array.from({ length: WITNESSES }, (_, i) => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519')
    const key = makeVerifierKey(
      sha256,
      i === 0 ? checkpoint.origin : `witness-${i}`,
      i === 0 ? 'note' : 'cosignature',
      rawPublicKey(publicKey),
    )
    const signature = sign(null, signedMessage(key, checkpoint, text, 1_800_000_000), privateKey)
    return { key, line: formatSignatureLine(key, signatureBody(key.type, signature, 1_800_000_000)) }
  })
  const note = formatNote(
    text,
    keys.map(({ line }) => line),
  )
  const known = keys.map(({ key }) => key)
  const bare: Round[] = []
  const signed: Round[] = []
  for (let i = 0; i <= rounds; i++) {
    const proves = async () => {
      if (!verifyInclusion(sha256, { index, size, leafHash, proof, root })) throw new Error('the proof does not hold')
    }
    const opens = async () => {
      const opened = await openCheckpoint(nodeChecker, note, known)
      if (!opened.ok || opened.value.signedBy.length !== WITNESSES) throw new Error('the checkpoint does not open')
    }
    const [one, all] = [
      await timed(() => times(20, proves)),
      await timed(() =>
        times(20, async () => {
          await proves()
          await opens()
        }),
      ),
    ]
    if (i === 0) continue
    bare.push({ value: one / 20, yardstick: 1 })
    signed.push({ value: all / 20, yardstick: 1 })
  }
  print({ name: 'proof/verify/bare', unit: 'ms', yardstick: 'one millisecond', rounds: bare, ...facts })
  print({ name: 'proof/verify/four-signatures', unit: 'ms', yardstick: 'one millisecond', rounds: signed, ...facts })
}

async function times(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let i = 0; i < count; i++) await work()
}

/** The sequencer's pass over many, after the empty queue was analysed and after it was analysed full. */
async function analysedQueue(
  house: Awaited<ReturnType<typeof openHouse>>,
  entries: number,
  rounds: number,
  facts: { rows: number; commitMs: number },
): Promise<void> {
  const measured: Round[] = []
  // The tree of random leaves has tiles and no entries: it must go before real ones come.
  await house.database.rows('delete from tile')
  const pass = async (analyse: boolean) => {
    if (analyse) await house.database.rows('analyze pending')
    await Promise.all(Array.from({ length: entries }, () => submit(house.runner, admission())))
    if (!analyse) await house.database.rows('analyze pending')
    return timed(() => house.sequencer.pass())
  }
  for (let i = 0; i < Math.min(rounds, 3); i++) measured.push({ yardstick: await pass(false), value: await pass(true) })
  print({
    name: 'proof/sequencer/analysed-empty',
    unit: 'ms',
    yardstick: 'queue analysed when full',
    rounds: measured,
    ...facts,
  })
}

const PROMISE_SECONDS = 10
const PASS_EVERY_MS = 200
const CALLERS = 20

/** Twenty callers who never rest, beside the sequencer at its usual pace: how long the unluckiest entry waits for its place. */
async function highestRate(
  house: Awaited<ReturnType<typeof openHouse>>,
  seconds: number,
  facts: { rows: number; commitMs: number },
): Promise<void> {
  const custodies = Array.from({ length: 500 }, () => randomUUID())
  await house.appendBulk(custodies.map((custody) => admission(custody)))
  const end = performance.now() + seconds * 1_000
  let acts = 0
  let waitingSince: number | undefined
  const caller = async () => {
    while (performance.now() < end) {
      await submit(house.runner, note(custodies[Math.floor(Math.random() * custodies.length)] as string))
      acts++
      waitingSince ??= performance.now()
    }
  }
  const waits: Round[] = []
  const sequence = async () => {
    while (performance.now() < end) {
      await delay(PASS_EVERY_MS)
      const since = waitingSince
      waitingSince = undefined
      await house.sequencer.pass()
      if (since !== undefined) waits.push({ value: (performance.now() - since) / 1_000, yardstick: PROMISE_SECONDS })
    }
  }
  await Promise.all([sequence(), ...Array.from({ length: CALLERS }, caller)])
  const longest = waits.reduce((worst, wait) => (wait.value > worst.value ? wait : worst))
  const yardstick = `the promise of ${PROMISE_SECONDS} s, at ${Math.round(acts / seconds)} acts a second`
  print({ name: 'proof/sequencer/longest-wait/promise', unit: 's', yardstick, rounds: [longest], ...facts })
}
