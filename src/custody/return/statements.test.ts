import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addNote } from '../acts.ts'
import { makeEntry } from '../testing.ts'
import { Statements } from './statements.ts'

test('what an older form says at another place is attested: nobody is pointed where he finds nothing', () => {
  const note = { act: { text: 'asked for her lawyer' } }
  const made = makeEntry(addNote, note, { n: 1, at: '2026-03-01T12:00:00Z' })
  const entry = { ...made, sections: { act: { ...made.sections.act, by: 'Ana' } } }
  const statements = new Statements(new Map([[entry.id, 7]]), 'court')
  const lifted = { ...entry, recorded: { act: { said: 'asked for her lawyer', by: 'Ana' } } }
  const says = { en: 'x', es: 'y' }
  statements.prove('moved', says, 'asked for her lawyer', [statements.cite(lifted, 'act', '/text', '')])
  statements.prove('stayed', says, 'Ana', [statements.cite(lifted, 'act', '/by', '')])
  assert.deepEqual(
    statements.list.map(({ id, state, evidence }) => [id, state, evidence.map(({ index }) => index)]),
    [
      ['moved', 'attested', []],
      ['stayed', 'proven', [7]],
    ],
  )
})
