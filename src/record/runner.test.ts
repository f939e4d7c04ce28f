import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { addNote, admit } from '../custody/acts.ts'
import type { Receipt } from '../kernel/act.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Room } from '../kernel/register.ts'
import { freshDatabase } from '../platform/testing.ts'
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
