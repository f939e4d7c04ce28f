import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addNote, admit } from '../custody/acts.ts'
import type { Receipt } from '../kernel/act.ts'
import type { Promiser } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Room } from '../kernel/register.ts'
import { freshDatabase } from '../platform/testing.ts'
import { withdrawEntry } from './acts.ts'
import { audit } from './audit.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from './open.ts'
import { makeAct, openTestRecord } from './testing.ts'

const bare: Room = { name: 'bare', acts: [admit, addNote], registers: [], refusals: {} }

const admission = (custody: string) =>
  makeAct(admit, {
    person: { custody, person: randomUUID() },
    place: { facility: 'TEC' },
    legal: { ordersStated: false },
  })

test('acts get their places, numbers and receipts; a repeat gets the first receipt', async (t) => {
  const database = await freshDatabase(t)
  const { runner, sequencer } = openTestRecord(database, [bare])
  const custody = randomUUID()
  const first = admission(custody)
  const receipt = (await runner.submit(first)) as Receipt
  assert.equal(receipt.nth, 1)
  assert.equal(receipt.registerNumber, 'TEC-26-000001')
  const notes = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      runner.submit(makeAct(addNote, { person: { custody }, act: { text: `note ${i}` } })),
    ),
  )
  assert.deepEqual(
    notes.map((note) => (note as Receipt).nth).sort((a, b) => Number(a) - Number(b)),
    Array.from({ length: 20 }, (_, i) => i + 2),
  )
  const again = (await runner.submit(first)) as Receipt
  assert.deepEqual({ ...again, repeated: false }, receipt)
  assert.equal(again.repeated, true)
  const other = await runner.submit({ ...first, mac: Buffer.alloc(32) })
  assert.ok(isRefusal(other) && other.code === 'id-reused')
  const stranger = await runner.submit({ ...first, actor: { officer: randomUUID(), role: 'registrar' } })
  assert.ok(isRefusal(stranger) && stranger.code === 'not-found')
  const nobody = await runner.submit(makeAct(addNote, { person: { custody: randomUUID() }, act: { text: 'x' } }))
  assert.ok(isRefusal(nobody) && nobody.code === 'not-found')
  assert.equal(await sequencer.pass(), 21)
  assert.equal((await sequencer.head()).size, 21)
})

test('a refused act in a group gives its numbers back: no hole in nth, none in the register numbers', async (t) => {
  const database = await freshDatabase(t)
  const { record, runner, sequencer } = openTestRecord(database, [bare])
  const custody = randomUUID()
  await runner.submit(admission(custody))
  const acts = Array.from({ length: 30 }, (_, i) => {
    if (i % 3 === 0)
      return makeAct(withdrawEntry, { person: { custody }, act: { entry: randomUUID(), reason: 'no such entry' } })
    if (i % 3 === 1) return admission(custody)
    return makeAct(addNote, { person: { custody }, act: { text: `note ${i}` } })
  })
  const outcomes = await Promise.all(acts.map((act) => runner.submit(act)))
  const codes = new Set(outcomes.filter(isRefusal).map(({ code }) => code))
  assert.deepEqual(codes, new Set(['amendment-target', 'custody-exists']))
  const next = (await runner.submit(admission(randomUUID()))) as Receipt
  assert.equal(next.registerNumber, 'TEC-26-000002')
  await sequencer.pass()
  assert.deepEqual((await audit(record, database, [])).problems, [])
})

test('all or none: one refusal refuses all, and says which', async (t) => {
  const database = await freshDatabase(t)
  const { runner } = openTestRecord(database, [bare])
  const custody = randomUUID()
  const good = admission(custody)
  const bad = makeAct(addNote, { person: { custody: randomUUID() }, act: { text: 'of nobody' } })
  const outcomes = await runner.submitAll([good, bad])
  assert.deepEqual(
    outcomes.map((outcome) => isRefusal(outcome) && outcome.code),
    ['batch-refused', 'not-found'],
  )
  assert.deepEqual(isRefusal(outcomes[0]) && outcomes[0].details, { acts: [bad.id] })
  const [count] = await database.rows<{ count: number }>('select count(*)::integer as count from entry')
  assert.equal(count?.count, 0)
  const note = makeAct(addNote, { person: { custody }, act: { text: 'after her admission' } })
  const accepted = await runner.submitAll([good, note])
  assert.deepEqual(
    accepted.map((outcome) => (outcome as Receipt).nth),
    [1, 2],
  )
  const again = await runner.submitAll([good, note])
  assert.deepEqual(
    again.map((outcome) => (outcome as Receipt).repeated),
    [true, true],
  )
})

test('a fact stamped ahead of its receipt is taken at receipt, and keeps the time of the device', async (t) => {
  const database = await freshDatabase(t)
  const clock = { now: () => Temporal.Instant.from('2026-05-01T12:00:00Z') }
  const { record, runner } = openTestRecord(database, [bare], { clock })
  const custody = randomUUID()
  await runner.submit(admission(custody))
  const receipt = (await runner.submit(
    makeAct(addNote, { person: { custody }, act: { text: 'from tomorrow' } }, { at: '2026-05-02T12:00:00Z' }),
  )) as Receipt
  const [stored] = await database.rows<StoredEntry>(`select ${STORED} from entry where id = $1`, [receipt.entry])
  await loadKeys(database, record.keys, [stored as StoredEntry])
  const entry = openEntry(stored as StoredEntry, record)
  assert.equal(entry.occurredAt.at, '2026-05-01T12:00:00Z'.replace('Z', '.000Z'))
  assert.equal(entry.clockOff, '2026-05-02T12:00:00Z')
})

test('without the signer the act stands, its promise pending; with it, one promise covers the group', async (t) => {
  const database = await freshDatabase(t)
  const asked: number[] = []
  const promiser: Promiser = {
    promise: async (leaves, at) => {
      asked.push(leaves.length)
      return leaves.length > 1 ? { at, delaySeconds: 10, signature: 'c2lnbmVk' } : undefined
    },
  }
  const { runner } = openTestRecord(database, [bare], { promiser })
  const alone = (await runner.submit(admission(randomUUID()))) as Receipt
  assert.equal(alone.promise, 'pending')
  const together = (await Promise.all([1, 2, 3].map(() => runner.submit(admission(randomUUID()))))) as Receipt[]
  assert.deepEqual(asked, [1, 3])
  for (const { promise, leafHash } of together)
    assert.ok(promise !== 'pending' && promise.leafHashes.includes(leafHash))
})

test('the sequencer does not slow down after the empty queue was analysed, and places each entry once', async (t) => {
  const database = await freshDatabase(t)
  const { record, runner, sequencer } = openTestRecord(database, [bare])
  const other = openTestRecord(database, [bare])
  await database.rows('analyze pending')
  await Promise.all(Array.from({ length: 200 }, () => runner.submit(admission(randomUUID()))))
  const placed = await Promise.all([sequencer.pass(), other.sequencer.pass(), sequencer.pass()])
  assert.equal(
    placed.reduce((a, b) => a + b),
    200,
    'two sequencers share one lock',
  )
  const { entries, problems } = await audit(record, database, [])
  assert.deepEqual({ entries, problems }, { entries: 200, problems: [] })
})
