import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '../kernel/act.ts'
import type { Register } from '../kernel/register.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import type { ActDraft } from '../simulate/draft.ts'
import { readMixture } from '../simulate/mixture.ts'
import { population } from '../simulate/population.ts'
import { factRegister, nameRegister } from './folds.ts'
import { pickTargets, qualityOf } from './search.testing.ts'

const at = '2026-11-10T00:00:00Z'

/** The registers as their folds make them: what the record would write, without the record. */
async function write(database: Database, register: Register, people: readonly (readonly Entry[])[]): Promise<void> {
  const rows = people.flatMap((entries) => register.rows(entries.filter(({ kind }) => register.kinds.includes(kind))))
  await database.run(async (tx) =>
    tx.write(
      `insert into ${register.table} select * from jsonb_populate_recordset(null::${register.table}, $1::jsonb)`,
      [JSON.stringify(rows)],
    ),
  )
}

let n = 0
const entryOf = ({ kind, id, occurredAt, data }: ActDraft, person: string): Entry => ({
  n: ++n,
  id,
  kind: kind.kind,
  v: kind.v,
  facility: 'TEC',
  custody: data.person?.custody as string,
  person,
  occurredAt,
  recordedAt: occurredAt.at,
  via: 'simulator',
  sections: data,
})

test('of 200 names with mistakes among 3,000 people nearly all are found in the first ten', async (t) => {
  const database = await freshDatabase(t)
  const people = [...population({ ...readMixture(), people: 3_000 })].map((acts) => {
    const person = acts[0]?.data.person?.person as string
    return acts.map((act) => entryOf(act, person))
  })
  await write(database, nameRegister, people)
  await write(database, factRegister, people)
  await database.rows('analyze person_name')
  const seed = 20261124
  const targets = await pickTargets(database, 200, seed)
  const { named, person, missed } = await qualityOf(database, targets, at)
  const told = JSON.stringify({ seed, named, person, missed: missed.map(({ name, asked }) => [name, asked]) })
  t.diagnostic(told)
  for (const { value, yardstick } of [named, person]) assert.ok(value >= 0.95 * yardstick, told)
})
