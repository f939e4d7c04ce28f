import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { addNote, admit } from '../custody/acts.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { defineEvents, defineFold, type Register, type Room } from '../kernel/register.ts'
import { freshDatabase } from '../platform/testing.ts'
import { makeWrapPair } from './keys.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from './open.ts'
import { rebuildChanged } from './rebuild.ts'
import { rebuildRegisters, replay } from './replay.ts'
import { makeAct, openTestRecord } from './testing.ts'

const custody = derivedId('custody', 'rebuild')

/** A register of notes, as a program of some version makes it. */
const notes = (version: number, textOf: (text: string) => string, columns = {}): Register =>
  defineEvents({
    table: 'note_copy',
    version,
    columns: { entry_n: 'bigint', said: 'text', ...columns },
    key: ['entry_n'],
    rows: { [addNote.kind]: ({ n, sections }) => [{ entry_n: n, said: textOf(String(sections.act?.text)) }] },
  })

const counts = defineFold({
  table: 'note_count',
  columns: { custody: 'uuid', notes: 'integer' },
  key: ['custody'],
  scope: 'custody',
  kinds: [addNote.kind],
  rows: (entries) => [{ custody: entries[0]?.custody as string, notes: entries.length }],
})

async function openHouse(t: TestContext) {
  const database = await freshDatabase(t)
  await database.rows('create table note_copy (entry_n bigint primary key, said text not null)')
  await database.rows('create table note_count (custody uuid primary key, notes integer not null)')
  const wrap = makeWrapPair()
  const program = (register: Register) => {
    const room: Room = { name: 'notes', acts: [admit, addNote], registers: [register, counts], refusals: {} }
    return openTestRecord(database, [room], { wrap })
  }
  const first = program(notes(1, (text) => text))
  const write = async (...texts: string[]) => {
    for (const text of texts) {
      const outcome = await first.runner.submit(makeAct(addNote, { person: { custody }, act: { text } }))
      assert.ok(!isRefusal(outcome))
    }
  }
  const begin = async () => {
    const person = { custody, person: derivedId('person', 'x'), identity: { names: [{ use: 'recorded', given: 'A' }] } }
    const legal = { ordersStated: false }
    assert.ok(!isRefusal(await first.runner.submit(makeAct(admit, { person, place: { facility: 'TEC' }, legal }))))
  }
  const rebuilds = async () => {
    const stored = await database.rows<StoredEntry>(
      `select ${STORED} from entry where kind = 'projection.rebuild' order by n`,
    )
    await loadKeys(database, first.record.keys, stored)
    return stored.map((entry) => openEntry(entry, first.record).sections.act)
  }
  const said = async () =>
    (await database.rows<{ said: string }>('select said from note_copy order by entry_n')).map((row) => row.said)
  return { database, program, first, begin, write, rebuilds, said }
}

test('a changed projector: its register alone is made anew, the rows that differ are counted, the act says it', async (t) => {
  const { database, program, first, begin, write, rebuilds, said } = await openHouse(t)
  const fresh = await rebuildChanged(first.record, database)
  assert.deepEqual(fresh, { rebuilt: [], entries: 0, closed: 0 }, 'an empty record only learns the versions')
  await begin()
  await write('one', 'TWO', 'three')
  assert.deepEqual((await rebuildChanged(first.record, database)).rebuilt, [], 'the same program changes nothing')

  const second = program(notes(2, (text) => text.toLowerCase()))
  const told: (readonly string[])[] = []
  const { rebuilt, entries } = await rebuildChanged(second.record, database, (registers) => told.push(registers))
  assert.deepEqual(told, [['note_copy']])
  assert.equal(entries, 4)
  assert.deepEqual(
    rebuilt.map(({ register, from, to, removed, added }) => [register, from?.version, to.version, removed, added]),
    [['note_copy', 1, 2, 1, 1]],
  )
  assert.deepEqual(await said(), ['one', 'two', 'three'])
  assert.deepEqual((await replay(second.record, database)).differences, [])
  const [act, ...more] = await rebuilds()
  assert.deepEqual([(act?.registers as unknown[])?.length, more.length], [1, 0])
  assert.doesNotMatch(JSON.stringify(act), /TWO|two/, 'counts, never what stood in the rows')
  assert.deepEqual((await rebuildChanged(second.record, database)).rebuilt, [])

  // Back to the older program, and forward again: each time it is said.
  await rebuildChanged(first.record, database)
  assert.deepEqual(await said(), ['one', 'TWO', 'three'])
  await rebuildChanged(second.record, database)
  assert.equal((await rebuilds()).length, 3)
})

test('what is declared beside the version counts too; a register whose maker nobody kept is made anew', async (t) => {
  const { database, program, first, begin, write } = await openHouse(t)
  await begin()
  await write('one')
  // As a database that is older than the table of versions.
  const { rebuilt } = await rebuildChanged(first.record, database)
  assert.deepEqual(
    rebuilt.map(({ register, from, removed, added }) => [register, from, removed, added]),
    [
      ['note_copy', undefined, 0, 0],
      ['note_count', undefined, 0, 0],
    ],
  )
  await database.rows('alter table note_copy add column more text')
  const wider = program(notes(1, (text) => text, { more: 'text' }))
  const again = await rebuildChanged(wider.record, database)
  assert.deepEqual(
    again.rebuilt.map(({ register }) => register),
    ['note_copy'],
  )
})

test('a rebuild that dies changes nothing, and is done by the next start', async (t) => {
  const { database, program, first, begin, write, rebuilds, said } = await openHouse(t)
  await begin()
  await write('one')
  await database.run((tx) => rebuildRegisters(first.record, tx))
  await rebuildChanged(first.record, database)
  const before = await rebuilds()
  const broken = program(
    notes(2, () => {
      throw new Error('a projector with a fault')
    }),
  )
  await assert.rejects(rebuildChanged(broken.record, database), /a projector with a fault/)
  assert.deepEqual(await said(), ['one'])
  assert.equal((await rebuilds()).length, before.length)
  const mended = program(notes(2, (text) => `${text}!`))
  assert.equal((await rebuildChanged(mended.record, database)).rebuilt.length, 1)
  assert.deepEqual(await said(), ['one!'])
})
