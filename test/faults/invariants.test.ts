// A look that finds nothing proves nothing, unless it would have found something.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase, temporaryFolder } from '../../src/platform/testing.ts'
import { makeWrapPair } from '../../src/record/keys.ts'
import { openHouse } from './house.ts'
import { breachesOf, look } from './invariants.ts'
import { PREPARED, scenarios, WORKED } from './scenarios.ts'

const tampers = [
  {
    what: 'an entry is gone',
    sql: 'delete from entry where n = (select max(n) from entry)',
    says: /acknowledged and lost/,
  },
  {
    what: 'the last entry of a custody is gone',
    sql: 'delete from entry where n = (select max(n) from entry where nth > 1)',
    says: /counter of a custody/,
  },
  {
    what: 'an entry in the middle of a custody is gone',
    sql: 'delete from entry where nth = 2',
    says: /entry of a custody is missing/,
  },
  { what: 'a leaf is gone', sql: 'delete from leaf where idx = 2', says: /index has a hole/ },
  {
    what: 'the last leaf is gone',
    sql: 'delete from leaf where idx = (select max(idx) from leaf)',
    says: /without a place/,
  },
  { what: 'a leaf points nowhere', sql: 'update leaf set n = 999999 where idx = 1', says: /place without an entry/ },
  {
    what: 'a register number was skipped',
    sql: 'update register_counter set last = last + 1',
    says: /register number was skipped/,
  },
  {
    what: 'a key is gone',
    sql: "delete from keystore.subject_key k using subject s where s.id = k.subject and s.kind = 'custody'",
    says: /without a key/,
  },
  { what: 'a row of a register is gone', sql: 'delete from note', says: /register differs from replay/ },
  {
    what: 'a basis begins late',
    sql: "update basis set span = tstzrange(lower(span) + interval '1 day', null)",
    says: /without a basis/,
  },
  {
    what: 'a presence ends',
    sql: "update presence set span = tstzrange(lower(span), lower(span) + interval '1 hour')",
    says: /without a presence/,
  },
  {
    what: 'a bunk of two',
    sql: 'update bunk_allocation set bunk = (select min(bunk::text)::uuid from bunk_allocation)',
    says: /a bunk of two/,
  },
  {
    what: 'a person of two bunks',
    sql: 'update bunk_allocation set custody = (select min(custody::text)::uuid from bunk_allocation)',
    says: /a person of two bunks/,
  },
  { what: 'something waits', sql: 'insert into pending select max(n) from entry', says: /still waits for its place/ },
] as const

test('each tamper is seen, and an untouched record shows none', async (t) => {
  const [scenario] = scenarios
  if (!scenario) throw new Error('there is no scenario')
  const { connectionString } = await freshDatabase(t)
  const given = { connectionString, wrap: makeWrapPair(), folder: await temporaryFolder(t) }
  const house = openHouse({ ...given, now: PREPARED })
  await scenario.prepare(house)
  await house.close()
  const worked = openHouse({ ...given, now: WORKED })
  t.after(() => worked.close())
  await scenario.work(worked)
  await worked.sequencer.pass()
  const { record, database } = worked
  const acknowledged = [...house.acknowledged, ...worked.acknowledged]
  const breaches = async () => breachesOf(await look({ record, database, keys: [], acknowledged, isSmall: true }))
  assert.deepEqual(await breaches(), [])

  const client = await database.connect()
  try {
    // Constraints and foreign keys would not let it happen.
    await client.query("set session_replication_role = 'replica'")
    await client.query('alter table bunk_allocation drop constraint bunk_allocation_one_person')
    const tables =
      'entry, leaf, pending, register_counter, keystore.subject_key, note, basis, presence, bunk_allocation'.split(', ')
    for (const table of tables) await client.query(`create table kept_${table.replace('.', '_')} as table ${table}`)
    for (const { what, sql, says } of tampers) {
      await client.query(sql)
      const found = await breaches()
      assert.ok(
        found.some((breach) => says.test(breach)),
        `${what} is not seen: ${found.join('; ')}`,
      )
      for (const table of tables) {
        await client.query(`delete from ${table}`)
        await client.query(`insert into ${table} select * from kept_${table.replace('.', '_')}`)
      }
    }
  } finally {
    await client.end()
  }
  assert.deepEqual(await breaches(), [])
})
