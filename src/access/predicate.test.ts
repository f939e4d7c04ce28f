import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { derivedId } from '../kernel/ids.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import { freshDatabase } from '../platform/testing.ts'
import { openAuthoriser } from './authorise.ts'
import { factsOf } from './facts.ts'
import { sees, visibleTo } from './predicate.ts'
import { ROLES, type Role } from './roles.ts'

const NOW = '2031-05-06T12:00:00.000Z'
const FACILITIES = ['TEC', 'IZA', 'QUE']
const STATES = ['US', 'SV', 'HN']
const officers = [0, 1, 2, 3].map((i) => derivedId('officer', String(i)))
const custodies = Array.from({ length: 12 }, (_, i) => derivedId('custody', String(i)))

const place = fc.constantFrom(...FACILITIES)
const state = fc.constantFrom(...STATES)
const officer = fc.constantFrom(...officers)
/** Over, now, or not yet. */
const span = fc.constantFrom(
  '["2031-01-01T00:00:00Z","2031-02-01T00:00:00Z")',
  '["2031-01-01T00:00:00Z",)',
  `["2031-01-01T00:00:00Z","${NOW}")`,
  `["${NOW}",)`,
  '["2031-06-01T00:00:00Z",)',
)
const world = fc.record({
  where: fc.array(place, { minLength: custodies.length, maxLength: custodies.length }),
  named: fc.array(
    fc.record({
      custody: fc.constantFrom(...custodies),
      role: fc.constantFrom('ordered', 'supervises', 'runs'),
      state,
    }),
    { maxLength: 12 },
  ),
  grants: fc.array(
    fc.record({
      custody: fc.constantFrom(...custodies),
      officer,
      role: fc.constantFrom('counsel', 'family', 'sending-state'),
      span,
    }),
    { maxLength: 12 },
  ),
  desks: fc.array(fc.record({ officer, state, span }), { maxLength: 4 }),
  people: fc.array(
    fc.record(
      { officer, role: fc.constantFrom<Role>(...ROLES), facility: place },
      { requiredKeys: ['officer', 'role'] },
    ),
    { minLength: 1, maxLength: 8 },
  ),
})

test('whom a list shows is whom the policies permit, custody by custody', async (t) => {
  const sql = await freshDatabase(t)
  const authoriser = await openAuthoriser()
  let compared = 0
  let shown = 0
  await fc.assert(
    fc.asyncProperty(world, async ({ where, named, grants, desks, people }) => {
      await sql.run(async (tx) => {
        // Rows as no act would leave them all at once: the foreign keys between registers are not what is tested here.
        await tx.rows("select set_config('session_replication_role', 'replica', true)")
        for (const table of ['access_grant', 'access_desk', 'responsibility', 'custody', 'subject'])
          await tx.rows(`delete from ${table}`)
        await tx.rows(
          `with made as (
           insert into subject (id, kind, facility) select id, 'custody', facility
           from unnest($1::uuid[], $2::text[]) as one(id, facility) returning id, facility)
         insert into custody (id, facility, register_number, held, admitted, zone, began_precision, disputed, disputes,
           admission_recorded, entry_n)
         select id, facility, '', '["2031-01-01T00:00:00Z",)', '2031-01-01T00:00:00Z', 'UTC', 'day', false, '{}',
           '2031-01-01T00:00:00Z', 1 from made`,
          [custodies, where],
        )
        await tx.rows(
          `insert into responsibility (custody, role, stated_by, authority, state, span, entry_n)
         select (one ->> 'custody')::uuid, one ->> 'role', 'register-' || n, 'A', one ->> 'state',
           '["2031-01-01T00:00:00Z",)', n
         from jsonb_array_elements($1::jsonb) with ordinality as list(one, n)`,
          [JSON.stringify(named)],
        )
        await tx.rows(
          `insert into access_grant (entry_n, grant_id, custody, officer, role, span)
         select n, gen_random_uuid(), (one ->> 'custody')::uuid, (one ->> 'officer')::uuid, one ->> 'role',
           (one ->> 'span')::tstzrange
         from jsonb_array_elements($1::jsonb) with ordinality as list(one, n)`,
          [JSON.stringify(grants)],
        )
        await tx.rows(
          `insert into access_desk (entry_n, grant_id, officer, state, span)
         select n, gen_random_uuid(), (one ->> 'officer')::uuid, one ->> 'state', (one ->> 'span')::tstzrange
         from jsonb_array_elements($1::jsonb) with ordinality as list(one, n)`,
          [JSON.stringify(desks)],
        )
      })

      for (const person of people as Principal[]) {
        const visible = visibleTo(person, NOW)
        const rows = await sql.rows<{ id: string }>(
          `select c.id from custody c where ${visible.sql(1)} order by c.id`,
          visible.values,
        )
        const all = custodies.map((id, i) => ({ id, facility: where[i] as string }))
        const { states, custodies: facts } = await factsOf(sql, person, all, NOW)
        const who = states.length > 0 ? { ...person, states } : person
        const permitted = facts
          .filter((custody) => authoriser.mayDo(who, 'custody.read', custody))
          .map(({ id }) => id)
          .sort()
        assert.deepEqual(
          rows.map(({ id }) => id),
          permitted,
          `${person.role} of ${person.facility ?? 'the house'}`,
        )
        for (const { id } of all.slice(0, 3)) assert.equal(await sees(sql, visible, id), permitted.includes(id))
        compared += custodies.length
        shown += permitted.length
      }
    }),
    { numRuns: 60 },
  )
  // A comparison of nothing with nothing would pass as well.
  assert.ok(shown > compared / 20 && shown < compared, `${shown} of ${compared} shown`)
})

test('parameters are numbered from where the query says, and columns are called as it calls them', () => {
  const person = { officer: officers[0] as string, role: 'counsel', facility: 'TEC' }
  const { sql, values, everybody } = visibleTo(person, NOW)
  assert.equal(everybody, false)
  assert.equal(values.length, 4)
  const text = sql(7, { custody: 'f.custody', facility: 'f.facility' })
  assert.match(text, /f\.facility = \$7/)
  assert.match(text, /own\.custody = f\.custody and own\.officer = \$8/)
  assert.match(text, /\$9.*\$10/s)
  assert.doesNotMatch(text, /\bc\./)
  assert.equal(visibleTo({ officer: officers[0] as string, role: 'court' }, NOW).sql(1), 'true')
  assert.equal(visibleTo({ officer: officers[0] as string, role: 'administrator' }, NOW).sql(1), '(false)')
})
