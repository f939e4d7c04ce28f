// Entries stay for ever: each version of each kind that was ever sealed still opens, and reads as the newest.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from '../src/cli/rooms.ts'
import type { ActKind, Entry, Section } from '../src/kernel/act.ts'
import { effective } from '../src/record/effective.ts'
import { liftEntry } from '../src/record/lift.ts'
import { nameOf, openFixture, readFixtures } from './act-fixtures.ts'
import { rowSums, storedRowSums } from './register-rows.ts'

const acts = new Map(rooms.flatMap((room) => room.acts).map((act) => [act.kind, act]))
const registers = rooms.flatMap((room) => room.registers)
const fixtures = await readFixtures()

test('there is a fixture of each (kind, v), and of none that was never there', () => {
  const wanted = [...acts.values()].flatMap(({ kind, v }) =>
    Array.from({ length: v }, (_, i) => nameOf({ kind, v: i + 1 })),
  )
  const names = fixtures.map(nameOf)
  const mend = 'run `node bin/run.mjs test/act-fixtures.ts --write` before the version goes up, and commit what it adds'
  assert.deepEqual(names.toSorted(), wanted.toSorted(), mend)
})

test('every kind has an upcaster from each older version', () => {
  for (const { kind, v, upcasters } of acts.values()) {
    const from = Object.keys(upcasters ?? {}).map(Number)
    assert.deepEqual(
      from,
      Array.from({ length: v - 1 }, (_, i) => i + 1),
      `${kind}: say in \`upcasters\` how each version below ${v} reads in the next`,
    )
  }
})

test('a register that answers otherwise than before has a higher version, or no start would make it anew', async () => {
  const [now, stored] = [await rowSums(), await storedRowSums()]
  const write = 'node bin/run.mjs test/register-rows.ts --write'
  for (const [table, { version, sums }] of Object.entries(stored)) {
    const register = now[table]
    if (register === undefined || register.version !== version) continue
    const changed = Object.keys(sums).filter((name) => name in register.sums && register.sums[name] !== sums[name])
    const own = changed.filter(
      (name) => name !== 'all' || Object.keys(sums).length === Object.keys(register.sums).length,
    )
    assert.deepEqual(own, [], `raise the version of ${table} where it is defined, then \`${write}\``)
  }
  assert.deepEqual(now, stored, `run \`${write}\` and commit test/fixtures/register-rows.json`)
})

for (const fixture of fixtures) {
  test(`${fixture.kind} of version ${fixture.v} opens, reads as the newest, and goes through every register`, () => {
    const kind = acts.get(fixture.kind) as ActKind
    const entry = liftEntry(kind, openFixture(fixture))
    const judged = kind.data.safeParse(ownData(kind, entry))
    assert.ok(judged.success, String(judged.error))
    for (const register of registers.filter(({ kinds }) => kinds.includes(kind.kind))) {
      assert.doesNotThrow(() => register.rows(effective([entry])), register.table)
    }
  })
}

/** What the runner adds to a section, so that the rest is the act's own. */
const SYSTEM = ['custody', 'person', 'nth', 'occurredAt', 'recordedAt', 'via', 'officer', 'role']

function ownData(kind: ActKind, { sections }: Entry): Record<string, unknown> {
  const shapes = kind.data.shape as Record<string, { unwrap?: () => unknown; shape?: object }>
  return Object.fromEntries(
    Object.entries(sections)
      .filter(([name]) => shapes[name] !== undefined)
      .map(([name, value]) => {
        const fields = fieldsOf(kind, name as Section)
        return [
          name,
          Object.fromEntries(Object.entries(value).filter(([key]) => !SYSTEM.includes(key) || fields.has(key))),
        ]
      }),
  )
}

function fieldsOf(kind: ActKind, section: Section): Set<string> {
  const address = section === 'person' && kind.about !== 'house' && kind.about !== 'facility' ? ['custody'] : []
  return new Set([...Object.keys(kind.sections[section]?.shape ?? {}), ...address])
}
