/**
 * The control totals that shared/data states for its rosters, counted from the rows as we read them. Two made-up days
 * of the same form stand in `fixtures/`: they are read always, the real ones wherever the data stands beside the checkout.
 */
import assert from 'node:assert/strict'
import { existsSync, readdirSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { loadProfile, type Profile } from './profile.ts'
import type { MappedRow } from './row.ts'
import { companion, gather } from './testing.ts'

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const hasShared = existsSync(`${shared}nyc-doc-daily`) && existsSync(`${shared}nyc-doc-spells`)
const fixtures = fileURLToPath(new URL('fixtures/', import.meta.url))
console.log(
  hasShared ? 'Rosters: shared/data and our own fixtures.' : 'Rosters: our own fixtures only; shared/data is not here.',
)

async function builtIn(name: string): Promise<Profile> {
  const read = await loadProfile(name)
  assert.ok(read.ok, read.ok ? '' : read.problems.join('\n'))
  return read.profile
}

async function rowsOf(path: string, profile: Parameters<typeof gather>[1]): Promise<MappedRow[]> {
  const { rows, rejects, refusal } = await gather(path, profile)
  assert.equal(refusal, undefined)
  assert.deepEqual(
    rejects.filter((one) => one.row === 'rejected'),
    [],
  )
  return rows
}

/** The columns of the table in SOURCE.md, in its order. */
function totals(rows: readonly MappedRow[], before: readonly MappedRow[] | undefined): (number | undefined)[] {
  const count = (test: (row: MappedRow) => unknown) => rows.filter(test).length
  const level = (value: string | undefined) => count((row) => row.custody.level?.value === value)
  const yesterday = before && new Map(before.map((row) => [row.identity, row]))
  const today = new Set(rows.map((row) => row.identity))
  const changed = (of: (row: MappedRow) => string | undefined) =>
    yesterday &&
    count((row) => {
      const old = yesterday.get(row.identity)
      return old !== undefined && of(old) !== of(row)
    })
  return [
    rows.length,
    yesterday && count((row) => !yesterday.has(row.identity)),
    before?.filter((row) => !today.has(row.identity)).length,
    changed((row) => row.custody.level?.value),
    changed((row) => row.custody.status?.value),
    level('MIN'),
    level('MED'),
    level('MAX'),
    level(undefined),
    count((row) => row.person.sex?.value === 'male'),
    count((row) => row.person.sex?.value === 'female'),
    count((row) => row.claims.gang?.claimed === true),
    count((row) => row.claims.infraction?.claimed === true),
    count((row) => row.legal.charge === undefined),
  ]
}

async function table(folder: string): Promise<(string | number | undefined)[][]> {
  const profile = await builtIn('nyc-doc')
  const lines: (string | number | undefined)[][] = []
  let before: MappedRow[] | undefined
  for (const file of readdirSync(folder)
    .filter((name) => name.startsWith('DOC_'))
    .sort()) {
    const { rows, file: read, rejects } = await gather(folder + file, profile)
    assert.deepEqual(
      rejects.filter((one) => one.row === 'rejected'),
      [],
    )
    // Race and the health flag are dropped, the sealing mark is kept as its text.
    assert.ok(rows.every((row) => row.sealed.sealed === 'N' && Object.keys(row.sealed).length === 1))
    lines.push([read.ok ? read.asOf : undefined, ...totals(rows, before)])
    before = rows
  }
  return lines
}

test('daily roster, own fixtures: totals; the second day has its columns in another order', async () => {
  assert.deepEqual(await table(fixtures), [
    ['2026-01-01', 4, undefined, undefined, undefined, undefined, 1, 1, 1, 1, 2, 1, 1, 1, 1],
    ['2026-01-02', 4, 1, 1, 2, 1, 3, 0, 0, 1, 2, 1, 0, 0, 1],
  ])
})

test('an admission in the hour that occurred twice is kept, marked, at the earlier reading', async () => {
  const path = `${fixtures}DOC_Inmates_InCustody_Daily_20260101.csv`
  const { rows } = await gather(path, await builtIn('nyc-doc'))
  assert.equal(rows[0]?.admittedAt?.at, '2025-11-02T05:30:00Z')
  assert.deepEqual(
    rows.flatMap((row) => row.flags.map((flag) => [flag.line, flag.code, flag.row])),
    [[2, 'hour-repeated', 'kept']],
  )
})

if (hasShared) {
  test('daily roster, shared/data: every figure of the table in SOURCE.md', async () => {
    const none = undefined
    assert.deepEqual(await table(`${shared}nyc-doc-daily/`), [
      ['2026-08-12', 6516, none, none, none, none, 2150, 2638, 1639, 89, 6014, 489, 1382, 2855, 353],
      ['2026-08-13', 6503, 82, 95, 56, 34, 2146, 2630, 1632, 95, 5998, 490, 1383, 2849, 355],
      ['2026-08-14', 6499, 72, 76, 58, 48, 2138, 2626, 1631, 104, 5990, 492, 1375, 2847, 379],
      ['2026-08-15', 6484, 68, 83, 50, 14, 2111, 2614, 1622, 137, 5987, 480, 1364, 2847, 360],
      ['2026-08-16', 6519, 45, 10, 60, 3, 2131, 2648, 1617, 123, 6019, 481, 1370, 2847, 364],
      ['2026-08-17', 6540, 55, 34, 58, 18, 2146, 2655, 1614, 125, 6034, 485, 1363, 2837, 364],
      ['2026-08-18', 6513, 57, 84, 66, 35, 2132, 2637, 1599, 145, 6008, 486, 1359, 2830, 361],
      ['2026-08-19', 6537, 79, 55, 72, 38, 2138, 2623, 1608, 168, 6040, 478, 1356, 2833, 378],
      ['2026-08-20', 6487, 64, 114, 120, 47, 2146, 2639, 1593, 109, 5993, 477, 1352, 2817, 358],
      ['2026-08-21', 6509, 92, 70, 147, 44, 2149, 2664, 1588, 108, 6018, 474, 1356, 2806, 369],
    ])
  })

  test('stays, shared/data: counts, person-days and the population of the last day', async () => {
    const rows = await rowsOf(`${shared}nyc-doc-spells/stays.csv.gz`, await builtIn('nyc-spells'))
    const count = (test: (row: MappedRow) => unknown) => rows.filter(test).length
    const stays = new Map<string, number>()
    for (const { person } of rows) stays.set(person.sourceId, (stays.get(person.sourceId) ?? 0) + 1)
    assert.equal(rows.length, 53_807)
    assert.equal(new Set(rows.map((row) => row.identity)).size, 53_807)
    assert.equal(stays.size, 37_334)
    assert.equal([...stays.values()].filter((n) => n >= 2).length, 9_960)
    assert.equal(
      count((row) => row.seen.startCensored),
      6_427,
    )
    assert.equal(
      count((row) => !row.seen.startCensored),
      47_380,
    )
    assert.equal(
      count((row) => row.seen.endCensored),
      6_509,
    )
    assert.equal(
      count((row) => row.ended),
      47_298,
    )
    assert.equal(
      count((row) => (row.seen.missedDays ?? 0) > 0),
      647,
    )
    assert.equal(
      count((row) => row.seen.last === '2026-08-21'),
      6_509,
    )
    const days = daysWithFile()
    assert.equal(days.size, 758)
    const personDays = rows.reduce((sum, { seen }) => {
      assert.ok(seen.first !== undefined && seen.last !== undefined && seen.missedDays !== undefined)
      return sum + (days.get(seen.last) ?? Number.NaN) - (days.get(seen.first) ?? Number.NaN) + 1 - seen.missedDays
    }, 0)
    assert.equal(personDays, 5_192_681)
  })

  test('stays and roster agree on who is there on the last day, to the second of the admission', async () => {
    const stays = await rowsOf(`${shared}nyc-doc-spells/stays.csv.gz`, await builtIn('nyc-spells'))
    const name = 'DOC_Inmates_InCustody_Daily_20260821.csv.gz'
    const roster = await rowsOf(`${shared}nyc-doc-daily/${name}`, await builtIn('nyc-doc'))
    const there = stays.filter((row) => row.seen.endCensored).map((row) => row.identity)
    assert.deepEqual(there.sort(), roster.map((row) => row.identity).sort())
  })

  test('changes, shared/data: counts by field, and each belongs to a stay', async () => {
    const profile = await builtIn('nyc-spells')
    const stays = await rowsOf(`${shared}nyc-doc-spells/stays.csv.gz`, profile)
    const rows = await rowsOf(`${shared}nyc-doc-spells/changes.csv.gz`, companion(profile))
    const changes = rows.map((row) => row.change)
    assert.equal(rows.length, 60_423)
    assert.equal(changes.filter((one) => one?.field === 'status').length, 22_263)
    assert.equal(changes.filter((one) => one?.field === 'level' && one.from).length, 19_607)
    assert.equal(changes.filter((one) => one?.field === 'level' && !one.from).length, 18_553)
    assert.ok(changes.every((one) => one?.to.known && one.from?.known !== false))
    const known = new Set(stays.map((row) => row.person.sourceId + row.admittedAt?.at))
    assert.ok(rows.every((row) => known.has(row.person.sourceId + row.admittedAt?.at)))
  })
}

/** Day → its number among the days that have a file (SOURCE.md names the 24 that have none). */
function daysWithFile(): Map<string, number> {
  const without = new Set(['2025-02-09', '2025-03-26', '2025-11-04'])
  const days = new Map<string, number>()
  for (let day = Temporal.PlainDate.from('2024-07-01'); day.toString() <= '2026-08-21'; day = day.add({ days: 1 })) {
    const text = day.toString()
    if (without.has(text) || (text >= '2025-04-15' && text <= '2025-05-05')) continue
    days.set(text, days.size)
  }
  return days
}
