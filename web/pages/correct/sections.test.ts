import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isSubject, keyOf, leavesOf, ownOf, withChanges } from './sections.ts'

const told = {
  custody: 'c',
  person: 'p',
  nth: 1,
  via: 'console',
  recordedAt: '2026-11-24T00:00:00Z',
  registerNumber: 'TEC-26-000001',
  identity: { names: [{ use: 'recorded', family1: 'Muestra' }], birth: { date: '1982', ageDisputed: false } },
}

test('what the record added by itself is no part of what is corrected', () => {
  assert.deepEqual(Object.keys(ownOf('custody.admit', 'person', told)), ['person', 'identity'])
  assert.deepEqual(Object.keys(ownOf('person.describe', 'person', told)), ['identity'])
  assert.deepEqual(ownOf('note.add', 'act', { text: 'seen', batch: 'b' }), { text: 'seen' })
})

test('a section is made anew from its leaves: each keeps its kind, and what is emptied goes', () => {
  const section = ownOf('custody.admit', 'person', told)
  const leaves = leavesOf('person', section)
  assert.deepEqual(leaves.filter((leaf) => !isSubject(leaf)).map(keyOf), [
    'person.identity.names.0.use',
    'person.identity.names.0.family1',
    'person.identity.birth.date',
    'person.identity.birth.ageDisputed',
  ])
  assert.deepEqual(withChanges('person', section, {}), section)
  assert.deepEqual(
    withChanges('person', section, {
      'person.identity.names.0.family1': 'Prueba',
      'person.identity.birth.ageDisputed': 'true',
      'person.identity.birth.date': '',
    }),
    { person: 'p', identity: { names: [{ use: 'recorded', family1: 'Prueba' }], birth: { ageDisputed: true } } },
  )
  assert.deepEqual(withChanges('act', { items: [{ what: 'shirt', quantity: 2 }] }, { 'act.items.0.quantity': '3' }), {
    items: [{ what: 'shirt', quantity: 3 }],
  })
})
