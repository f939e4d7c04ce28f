// The agreements that hold across rooms, each with the words that say how to mend a break.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from '../src/cli/rooms.ts'
import { buildRegistry } from '../src/record/registry.ts'
import { actsDocument, storedActsDocument } from './acts-document.ts'
import { rolesDocument, storedRolesDocument } from './roles-document.ts'

const acts = rooms.flatMap((room) => room.acts)

/** Acts that leave no row in a register, and why that is right. */
const withoutRegister: Readonly<Record<string, string>> = {
  'access.deny': 'is read from the record itself, by oversight and the auditor',
  'entry.correct': 'changes the rows of the entry that it corrects',
  'entry.withdraw': 'takes away the rows of the entry that it withdraws',
  'key.publish': 'is read from the record itself, by the return',
  'migration.apply': 'is read from the record itself, by an auditor',
  'origin.open': 'is read from the record itself, by an auditor who meets the end of a log',
  'passkey.add': 'is read from the record itself, by the officer’s own page',
  'passkey.revoke': 'is read from the record itself, by the officer’s own page',
  'projection.rebuild': 'is read from the record itself, by an auditor',
}

test('every act becomes rows somewhere', () => {
  const listened = new Set(rooms.flatMap((room) => room.registers).flatMap((register) => register.kinds))
  const silent = acts.map((act) => act.kind).filter((kind) => !listened.has(kind) && !withoutRegister[kind])
  assert.deepEqual(silent, [], 'give these acts a register in their room, or say in withoutRegister why they have none')
  const stale = Object.keys(withoutRegister).filter((kind) => listened.has(kind))
  assert.deepEqual(stale, [], 'these acts have a register now: take them out of withoutRegister')
})

test('every act and refusal speaks both languages, and every refusal says what would help', () => {
  const said = [
    ...acts.map(({ kind, says }) => ({ who: kind, ...says })),
    ...rooms.flatMap((room) =>
      Object.entries(room.refusals).flatMap(([code, spec]) => [
        { who: code, ...spec.says },
        { who: `${code} (remedy)`, ...spec.remedy },
      ]),
    ),
  ]
  const mute = said.filter(({ en, es }) => en.trim() === '' || es.trim() === '' || en === es).map(({ who }) => who)
  assert.deepEqual(mute, [], 'write both the English and the Spanish sentence')
})

test('every act names its permission, as noun.verb', () => {
  const bad = acts.filter(
    ({ kind, permission }) => !/^[a-z]+\.[a-z-]+$/.test(permission) || !/^[a-z]+\.[a-z-]+$/.test(kind),
  )
  assert.deepEqual(
    bad.map(({ kind }) => kind),
    [],
  )
})

test('no fact is refused by a constraint: what happened can always be recorded', () => {
  const facts = acts.filter((act) => act.sort === 'fact' && act.constraints && Object.keys(act.constraints).length > 0)
  assert.deepEqual(
    facts.map(({ kind }) => kind),
    [],
    'a constraint may speak only for an intention',
  )
  const { refusals, constraints } = buildRegistry(rooms)
  const unknown = Object.values(constraints).filter((code) => !refusals[code])
  assert.deepEqual(unknown, [], 'write these refusals into the room, in both languages')
})

test('docs/acts.md is what the acts say', async () => {
  assert.equal(await storedActsDocument(), actsDocument(), 'run `npm run docs` and commit docs/acts.md')
})

test('docs/roles.md is what the table of roles says', async () => {
  assert.equal(await storedRolesDocument(), rolesDocument(), 'run `npm run docs` and commit docs/roles.md')
})
