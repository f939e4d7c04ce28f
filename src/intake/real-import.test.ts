/**
 * The real lists of shared/data, imported: every control total of both SOURCE.md files as the registers and the results
 * give it, then the registers against their replay. Where the data does not stand beside the checkout only a word of
 * that is printed: `import.test.ts` has small lists of the same form.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { isRefusal } from '../kernel/refusal.ts'
import { replay } from '../record/replay.ts'
import { openImportHouse, type TestHouse } from './import.testing.ts'
import { type ImportResult, importFile } from './import.ts'
import { loadProfile } from './profile.ts'

const shared = fileURLToPath(new URL('../../../shared/data/', import.meta.url))
const hasShared = existsSync(`${shared}nyc-doc-daily`) && existsSync(`${shared}nyc-doc-spells`)
console.log(hasShared ? 'Imports: the lists of shared/data.' : 'Imports: shared/data is not here, small lists only.')

const NOW = '2026-11-24T22:00:00Z'

async function take(house: TestHouse, name: string, path: string, second?: string): Promise<ImportResult> {
  const read = await loadProfile(name)
  assert.ok(read.ok)
  const result = await importFile(house.port, path, read.profile, second === undefined ? {} : { with: second })
  assert.ok(!isRefusal(result), JSON.stringify(result))
  assert.equal(result.rejected, 0)
  return result
}

async function one(house: TestHouse, text: string, values: unknown[] = []): Promise<Record<string, unknown>> {
  const [row] = await house.database.rows<Record<string, unknown>>(text, values)
  return row ?? {}
}

async function assertReplays(house: TestHouse): Promise<void> {
  assert.deepEqual((await replay(house.record, house.database)).differences, [])
}

if (hasShared) {
  test('ten daily rosters: each day as SOURCE.md counts it; the confirmed of the last day', async (t) => {
    const house = await openImportHouse(t, NOW)
    // day, rows, new (first seen or seen again), gone, level changed, status changed
    const expected: (number | string)[][] = [
      ['2026-08-12', 6516, 6516, 0, 0, 0],
      ['2026-08-13', 6503, 82, 95, 56, 34],
      ['2026-08-14', 6499, 72, 76, 58, 48],
      ['2026-08-15', 6484, 68, 83, 50, 14],
      ['2026-08-16', 6519, 45, 10, 60, 3],
      ['2026-08-17', 6540, 55, 34, 58, 18],
      ['2026-08-18', 6513, 57, 84, 66, 35],
      ['2026-08-19', 6537, 79, 55, 72, 38],
      ['2026-08-20', 6487, 64, 114, 120, 47],
      ['2026-08-21', 6509, 92, 70, 147, 44],
    ]
    for (const line of expected) {
      const day = String(line[0])
      const file = `${shared}nyc-doc-daily/DOC_Inmates_InCustody_Daily_${day.replaceAll('-', '')}.csv.gz`
      const { asOf, read, new: fresh, gone, changedBy, complete } = await take(house, 'nyc-doc', file)
      assert.ok(complete)
      const shown = fresh + (changedBy.roster ?? 0)
      const level = changedBy['custody.level'] ?? 0
      assert.deepEqual([asOf, read, shown, gone, level, changedBy['custody.status'] ?? 0], line)
      const held = await one(
        house,
        `select count(*) filter (where p.state = 'at') as confirmed from custody c join presence p on p.custody = c.id
         where c.held @> $1::timestamptz and p.span @> $1::timestamptz`,
        [`${day}T23:59:59-04:00`],
      )
      assert.equal(held.confirmed, read, `confirmed on ${day}`)
    }
    const levels = await one(
      house,
      `select count(*) filter (where k.value = 'MIN') as min, count(*) filter (where k.value = 'MED') as med,
         count(*) filter (where k.value = 'MAX') as max
       from presence p join classification k on k.custody = p.custody and upper_inf(k.span) and k.field = 'level'
       where p.state = 'at' and upper_inf(p.span)`,
    )
    assert.deepEqual(levels, { min: 2149, med: 2664, max: 1588 })
    const departed = await one(house, 'select count(*) as n from custody where not upper_inf(held)')
    assert.equal(departed.n, 0, 'gone is never a release')
    await assertReplays(house)
  })

  test('stays with their changes: admissions, departures, held, what overlaps; the roster of the last day agrees', async (t) => {
    const house = await openImportHouse(t, NOW)
    const folder = `${shared}nyc-doc-spells/`
    const result = await take(house, 'nyc-spells', `${folder}stays.csv.gz`, `${folder}changes.csv.gz`)
    assert.deepEqual([result.read, result.new, result.departed], [53_807, 53_807, 47_298])
    assert.equal(result.with?.read, 60_423)
    // Admissions in an hour that occurred twice; no change begins from another value than the one known.
    assert.deepEqual([result.with?.rejected, result.with?.remarks], [0, 14])
    const counted = await one(
      house,
      `select count(*) as stays, count(distinct c.person) as persons, count(*) filter (where upper_inf(c.held)) as held,
         count(*) filter (where s.history->'startCensored'->0->>1 = 'false') as admissions,
         count(*) filter (where (s.history->'missedDays'->0->>1)::integer > 0) as missed
       from custody c join source_row s on s.custody = c.id`,
    )
    assert.deepEqual(counted, { stays: 53_807, persons: 37_334, held: 6_509, admissions: 47_380, missed: 647 })
    // An end that the source knows only to the day proves no overlap on the day of the admission.
    const overlaps = await one(
      house,
      `with certain (id, person, held) as (
         select c.id, c.person, case when d.at <= lower(c.held) then 'empty' else c.held end
         from custody c left join departure d on d.entry_n = c.departure_n)
       select count(*) as n from certain a join certain b on a.person = b.person and a.id < b.id and a.held && b.held`,
    )
    assert.equal(overlaps.n, 4)

    const day = `${shared}nyc-doc-daily/DOC_Inmates_InCustody_Daily_20260821.csv.gz`
    const roster = await take(house, 'nyc-doc', day)
    assert.deepEqual([roster.read, roster.new, roster.gone], [6_509, 0, 0])
    assert.deepEqual([roster.changedBy['custody.level'], roster.changedBy['custody.status']], [undefined, undefined])
    await assertReplays(house)
  })
}
