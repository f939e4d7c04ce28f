import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Act } from '../kernel/act.ts'
import type { Tx } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { withdrawEntry } from '../record/acts.ts'
import { replay } from '../record/replay.ts'
import { makeAct } from '../record/testing.ts'
import { custodyIdOf } from './decide.ts'
import { openImportHouse, type TestHouse } from './import.testing.ts'
import { type ImportOptions, type ImportResult, importFile } from './import.ts'
import { loadProfile, type Profile } from './profile.ts'
import { resolveGone } from './resolve-gone.ts'
import { folder, profileOf, sampleHeader, sampleProfile } from './testing.ts'

const NOW = '2026-06-01T18:00:00Z'
const roster = profileOf(sampleProfile)

async function openHouse(
  t: TestContext,
): Promise<{ house: TestHouse; day: (date: string, rows: readonly string[]) => string }> {
  const house = await openImportHouse(t, NOW)
  const write = folder(t)
  return { house, day: (date, rows) => write(`roster_${date}.csv`, [sampleHeader, ...rows, ''].join('\n')) }
}

async function take(
  house: TestHouse,
  path: string,
  options: ImportOptions = {},
  profile: Profile = roster,
): Promise<ImportResult> {
  const result = await importFile(house.port, path, profile, options)
  assert.ok(!isRefusal(result), isRefusal(result) ? `${result.code} ${JSON.stringify(result.details)}` : '')
  assert.equal(result.read, result.new + result.same + result.changed + result.rejected)
  return result
}

const sums = ({ read, new: fresh, same, changed, gone, rejected }: ImportResult) => [
  read,
  fresh,
  same,
  changed,
  gone,
  rejected,
]

const custody = (id: string, admitted: string) => custodyIdOf('TEC', id, admitted)

async function entries(house: TestHouse): Promise<number> {
  const [row] = await house.database.rows<{ n: number }>('select count(*) as n from entry')
  return row?.n ?? 0
}

/** Everything that the registers say, without the places in the record. */
async function registers(house: TestHouse): Promise<unknown> {
  const tables = await Promise.all([
    house.database.rows(
      'select id, person, lower(held) as began, upper(held) as ended, departed_as from custody order by id',
    ),
    house.database.rows('select custody, span, state, because from presence order by custody, span'),
    house.database.rows('select custody, field, value, span from classification order by custody, field, span'),
    house.database.rows('select custody, first_seen, on_roster, history from source_row order by custody'),
  ])
  return tables
}

const presences = (house: TestHouse, id: string) =>
  house.database.rows<{ since: string; state: string; because: string }>(
    'select lower(span) as since, state, because from presence where custody = $1 order by span',
    [id],
  )

async function assertReplays(house: TestHouse): Promise<void> {
  const { differences } = await replay(house.record, house.database)
  assert.deepEqual(differences, [])
}

const ana = '1,2026-03-01 10:00,,31,F,MIN,Ana,,B'
const pedro = '2,2026-03-01 11:00,,44,M,,Pedro,note of the source,W'
const luis = '3,2026-02-11 09:30,,27,M,MAX,Luis,,A'

test('a first list: everybody is admitted, without an order, at the facility that it names', async (t) => {
  const { house, day } = await openHouse(t)
  const result = await take(house, day('2026-03-02', [ana, pedro, luis]))
  assert.deepEqual(sums(result), [3, 3, 0, 0, 0, 0])
  assert.equal(result.complete, true)
  assert.deepEqual(result.registerNumbers, ['TEC-26-000001', 'TEC-26-000002', 'TEC-26-000003'])
  const [place] = await house.database.rows<{ zone: string }>("select zone from facility where code = 'TEC'")
  assert.equal(place?.zone, 'America/El_Salvador')
  const [row] = await house.database.rows<{ orders_stated: boolean; admitted: string }>(
    'select orders_stated, admitted from custody where id = $1',
    [custody('1', '2026-03-01T16:00:00Z')],
  )
  assert.deepEqual(row, { orders_stated: false, admitted: '2026-03-01T16:00:00Z' })
  await assertReplays(house)
})

test('two days with the same rows are two lists', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, luis]))
  const next = await take(house, day('2026-03-03', [ana, luis]))
  assert.deepEqual([next.repeated, ...sums(next)], [false, 2, 0, 2, 0, 0, 0])
})

test('read twice it changes nothing', async (t) => {
  const { house, day } = await openHouse(t)
  const path = day('2026-03-02', [ana, pedro, luis])
  await take(house, path)
  const before = await entries(house)
  const again = await take(house, path)
  assert.deepEqual([again.repeated, ...sums(again)], [true, 3, 0, 3, 0, 0, 0])
  assert.equal(await entries(house), before)
})

test('a list of the next day: same, changed by field, gone; what is blank and what is unreadable differ', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, pedro, luis]))
  const changed = [
    // The level went blank; the age cannot be read, which is no news of her age.
    '1,2026-03-01 10:00,,unknown,F,,Ana,,B',
    '2,2026-03-01 11:00,,44,M,,Pedro,note of the source,A',
  ]
  const result = await take(house, day('2026-03-03', changed))
  assert.deepEqual(sums(result), [2, 0, 1, 1, 1, 0])
  assert.deepEqual(result.changedBy, { 'custody.level': 1 })
  const gone = await presences(house, custody('3', '2026-02-11T15:30:00Z'))
  assert.deepEqual(
    gone.map(({ since, state, because }) => [since, state, because]),
    [
      ['2026-02-11T15:30:00Z', 'at', 'admitted'],
      ['2026-03-03T06:00:00Z', 'unknown', 'gone-from-roster'],
    ],
  )
  const [held] = await house.database.rows<{ open: boolean }>(
    'select upper_inf(held) as open from custody where id = $1',
    [custody('3', '2026-02-11T15:30:00Z')],
  )
  assert.equal(held?.open, true, 'gone is never a release')
  await assertReplays(house)
})

test('who appears again is there again; with a new admission it is another custody of the same person', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, luis]))
  await take(house, day('2026-03-03', [ana]))
  const result = await take(house, day('2026-03-05', [ana, luis, '1,2026-03-04 08:00,,31,F,MIN,Ana,,B']))
  assert.deepEqual(sums(result), [3, 1, 1, 1, 0, 0])
  assert.deepEqual(result.changedBy, { roster: 1 })
  const back = await presences(house, custody('3', '2026-02-11T15:30:00Z'))
  assert.deepEqual(
    back.map(({ state }) => state),
    ['at', 'unknown', 'at'],
  )
  const [people] = await house.database.rows<{ n: number }>('select count(distinct person) as n from custody')
  assert.equal(people?.n, 2)
  await assertReplays(house)
})

test('an explicit departure ends the stay, nobody knows how; a later admission begins another', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana]))
  const left = '1,2026-03-01 10:00,2026-03-02 17:00,31,F,MIN,Ana,,B'
  const result = await take(house, day('2026-03-03', [left, '1,2026-03-02 21:00,,31,F,MIN,Ana,,B']))
  assert.deepEqual([...sums(result), result.departed], [2, 1, 0, 1, 0, 0, 1])
  const rows = await house.database.rows<{ departed_as: string; ended: string }>(
    'select departed_as, upper(held) as ended from custody order by lower(held)',
  )
  assert.deepEqual(rows, [
    { departed_as: 'unknown', ended: '2026-03-02T23:00:00Z' },
    { departed_as: null, ended: null },
  ])
  // Whoever has left is not gone from the next list.
  const next = await take(house, day('2026-03-04', ['1,2026-03-02 21:00,,31,F,MIN,Ana,,B']))
  assert.equal(next.gone, 0)
  await assertReplays(house)
})

test('a row that cannot be read: with its person nobody is thought gone over it, without it nobody at all', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, pedro, luis]))
  const named = await take(house, day('2026-03-03', [ana, '2,30/02/2026,,44,M,,Pedro,,']))
  assert.deepEqual([named.complete, named.gone, named.rejected, named.unnamed], [true, 1, 1, 0])
  const unnamed = await take(house, day('2026-03-04', [ana, ',2026-03-01 11:00,,44,M,,Pedro,,']))
  assert.deepEqual([unnamed.complete, unnamed.gone, unnamed.rejected, unnamed.unnamed], [false, 0, 1, 1])
  const empty = await take(house, day('2026-03-05', []))
  assert.deepEqual([empty.complete, empty.gone], [false, 0])
  await assertReplays(house)
})

test('a dry run tells the same and keeps nothing', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, luis]))
  const before = await registers(house)
  const count = await entries(house)
  const path = day('2026-03-03', [pedro, ana.replace('MIN', 'MAX'), ana.replace('MIN', 'MAX')])
  const dry = await take(house, path, { dryRun: true, limits: { batchRowsMax: 1 } })
  assert.equal(await entries(house), count)
  assert.deepEqual(await registers(house), before)
  const [left] = await house.database.rows<{ n: number }>(
    'select (select count(*) from import_seen) + (select count(*) from import_progress) as n',
  )
  assert.equal(left?.n, 0)
  assert.deepEqual([dry.dryRun, dry.new, dry.gone], [true, 1, 1])
  const real = await take(house, path)
  assert.deepEqual([real.dryRun, real.new, real.gone], [false, 1, 1])
})

test('stopped between any two batches it goes on, and ends as if it had not been stopped', async (t) => {
  const { house: whole, day } = await openHouse(t)
  const rows = Array.from({ length: 7 }, (_, i) => `${i + 1},2026-03-01 10:0${i},,3${i},F,MIN,Ana,,B`)
  const first = day('2026-03-02', rows)
  const second = day(
    '2026-03-03',
    rows.slice(2).map((row) => row.replace('MIN', 'MAX')),
  )
  const limits = { batchRowsMax: 2 }
  await take(whole, first, { limits })
  const unstopped = await take(whole, second, { limits })
  const expected = await registers(whole)
  for (let stopAt = 1; stopAt <= 5; stopAt++) {
    const house = await openImportHouse(t, NOW)
    await take(house, first, { limits })
    let calls = 0
    const appendBulk = (acts: readonly Act[], alsoWrite?: (tx: Tx) => void) => {
      calls++
      if (calls === stopAt) throw new Error('stopped')
      return house.port.appendBulk(acts, alsoWrite)
    }
    await assert.rejects(importFile({ ...house.port, appendBulk }, second, roster, { limits }), /stopped/)
    const resumed = await take(house, second, { limits })
    assert.deepEqual(sums(resumed), sums(unstopped), `stopped at ${stopAt}`)
    assert.deepEqual(await registers(house), expected, `stopped at ${stopAt}`)
    await assertReplays(house)
  }
})

test('lists in the reverse order of their days leave the same registers', async (t) => {
  const { house: forward, day } = await openHouse(t)
  const maria = '4,2026-02-20 12:00,,,,MIN,María,,'
  const days = [
    day('2026-03-02', [ana, luis, maria]),
    // Luis is lacking for a day, María from here on; Pedro is new and so is his level the day after.
    day('2026-03-03', [ana.replace('MIN', 'MED'), pedro]),
    day('2026-03-04', [ana.replace('MIN', 'MED'), pedro.replace(',M,,', ',M,MIN,'), luis]),
    day('2026-03-05', [ana, pedro.replace(',M,,', ',M,MIN,'), luis.replace('MAX', '')]),
  ]
  for (const path of days) await take(forward, path)
  const expected = await registers(forward)
  for (const order of [
    [3, 2, 1, 0],
    [1, 3, 0, 2],
    [2, 0, 3, 1],
    [0, 3, 1, 2],
  ]) {
    const house = await openImportHouse(t, NOW)
    for (const i of order) await take(house, days[i] as string)
    const [, presence, classification] = (await registers(house)) as unknown[][]
    const [, presenceExpected, classificationExpected] = expected as unknown[][]
    assert.deepEqual(classification, classificationExpected, `order ${order}`)
    assert.deepEqual(presence, presenceExpected, `order ${order}`)
    await assertReplays(house)
  }
})

test('refused whole: a file that breaks late, a day to come, a second import at once', async (t) => {
  const { house, day } = await openHouse(t)
  const broken = await importFile(house.port, day('2026-03-02', [ana, '2,"2026-03-01 11:00,,44,M,,Pedro,,']), roster)
  assert.ok(isRefusal(broken))
  assert.equal(broken.code, 'quote-open')
  const future = await importFile(house.port, day('2026-06-03', [ana]), roster)
  assert.ok(isRefusal(future))
  assert.equal(future.code, 'as-of-future')
  assert.equal(await entries(house), 0)
  const other = await importFile(house.port, day('2026-03-02', [ana]), roster, { with: 'x.csv' })
  assert.ok(isRefusal(other))
  assert.equal(other.code, 'companion-unknown')
  const together = await Promise.all([
    importFile(house.port, day('2026-03-02', [ana]), roster),
    importFile(house.port, day('2026-03-03', [ana]), roster),
  ])
  const refused = together.filter(isRefusal)
  assert.deepEqual(
    refused.map(({ code }) => code),
    ['import-running'],
  )
})

test('an admission that was withdrawn is not brought back by a list', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana]))
  const id = custody('1', '2026-03-01T16:00:00Z')
  const [entry] = await house.database.rows<{ id: string }>(
    "select id from entry where custody = $1 and kind = 'custody.admit'",
    [id],
  )
  const act = makeAct(withdrawEntry, {
    person: { custody: id },
    act: { entry: entry?.id, reason: 'entered by mistake' },
  })
  const outcome = await house.runner.submit(act)
  assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
  const rejectsPath = `${day('2026-03-03', [ana])}.rejects`
  const result = await take(house, day('2026-03-03', [ana]), { rejectsPath })
  assert.deepEqual(sums(result), [1, 0, 0, 0, 0, 1])
  await assertReplays(house)
})

test('who is gone is entered as departed by decision only, from the first day that lacked them', async (t) => {
  const { house, day } = await openHouse(t)
  await take(house, day('2026-03-02', [ana, luis, pedro]))
  await take(house, day('2026-03-03', [ana, pedro]))
  await take(house, day('2026-03-04', [ana]))
  const question = { facility: 'TEC', until: '2026-03-03', reason: 'the source confirms that they left' }
  assert.deepEqual(await resolveGone(house.port, question), { departed: 1 })
  assert.deepEqual(await resolveGone(house.port, question), { departed: 0 })
  const rows = await house.database.rows<{ ended: string; departed_as: string; ended_precision: string }>(
    'select upper(held) as ended, departed_as, ended_precision from custody where not upper_inf(held)',
  )
  assert.deepEqual(rows, [{ ended: '2026-03-03T06:00:00Z', departed_as: 'unknown', ended_precision: 'day' }])
  await assertReplays(house)
})

const staysHeader =
  'person,admitted_at,first_seen,last_seen,start_censored,end_censored,missed_days,gender,age_first,level_first,status_first,charge_first,srg_last,infraction_last,level_last,status_last'

async function spells(t: TestContext): Promise<{ stays: string; changes: string; profile: Profile }> {
  const write = folder(t)
  const read = await loadProfile('nyc-spells')
  assert.ok(read.ok)
  const stay = (person: string, admitted: string, first: string, last: string, open = 0, missed = 0) =>
    `${person},${admitted},${first},${last},0,${open},${missed},M,30,,DE,120.00,N,N,MIN,DE`
  const stays = write(
    'stays.csv',
    [
      staysHeader,
      // Back on the day after the last one seen, at ten: midnight is the earlier.
      stay('1', '2026-01-01T10:00:00', '2026-01-01', '2026-01-04'),
      stay('1', '2026-01-05T10:00:00', '2026-01-05', '2026-01-09'),
      // Back on the evening of the last day seen: the first stay ends with the second admission.
      stay('2', '2026-01-01T10:00:00', '2026-01-01', '2026-01-04'),
      stay('2', '2026-01-04T21:00:00', '2026-01-05', '2026-01-09', 1),
      // Shown together: both are kept, and overlap.
      stay('3', '2026-01-01T10:00:00', '2026-01-01', '2026-01-06', 0, 2),
      stay('3', '2026-01-03T10:00:00', '2026-01-03', '2026-01-09', 1),
      '',
    ].join('\n'),
  )
  const changes = write(
    'changes.csv',
    [
      'person,admitted_at,date,field,from,to',
      '1,2026-01-01T10:00:00,2026-01-03,level,,MED',
      '2,2026-01-04T21:00:00,2026-01-07,status,DE,CS',
      '2,2026-01-04T21:00:00,2026-01-08,status,CS,CS',
      '9,2026-01-04T21:00:00,2026-01-07,status,DE,CS',
      '',
    ].join('\n'),
  )
  return { stays, changes, profile: read.profile }
}

test('stays: an end on the day after the last seen, or at the next admission; what overlaps stays so', async (t) => {
  const house = await openImportHouse(t, NOW)
  const { stays, changes, profile } = await spells(t)
  const result = await take(house, stays, { with: changes }, profile)
  assert.deepEqual([...sums(result), result.departed], [6, 6, 0, 0, 0, 0, 4])
  assert.deepEqual([result.with?.read, result.with?.changed, result.with?.same, result.with?.rejected], [4, 2, 1, 1])
  const rows = await house.database.rows<{ ended: string | null }>(
    'select upper(held) as ended from custody order by register_number',
  )
  assert.deepEqual(
    rows.map(({ ended }) => ended),
    ['2026-01-05T05:00:00Z', '2026-01-10T05:00:00Z', '2026-01-05T02:00:00Z', null, '2026-01-07T05:00:00Z', null],
  )
  const [overlaps] = await house.database.rows<{ n: number }>(
    'select count(*) as n from custody a join custody b on a.person = b.person and a.id < b.id and a.held && b.held',
  )
  assert.equal(overlaps?.n, 1)
  const levels = await house.database.rows<{ field: string; value: string }>(
    'select field, value from classification where custody = $1 order by span, field',
    [custodyIdOf('NYC', '1', '2026-01-01T15:00:00Z')],
  )
  assert.deepEqual(levels, [
    { field: 'status', value: 'DE' },
    { field: 'level', value: 'MED' },
  ])
  const before = await entries(house)
  const again = await take(house, stays, { with: changes }, profile)
  assert.deepEqual([again.repeated, again.with?.repeated], [true, true])
  assert.equal(await entries(house), before)
  await assertReplays(house)
})

test('stays that are stopped between any two batches go on; without their changes first they are the same', async (t) => {
  const whole = await openImportHouse(t, NOW)
  const { stays, changes, profile } = await spells(t)
  const limits = { batchRowsMax: 2 }
  const unstopped = await take(whole, stays, { with: changes, limits }, profile)
  const expected = await registers(whole)
  const apart = await openImportHouse(t, NOW)
  await take(apart, stays, {}, profile)
  const later = await take(apart, stays, { with: changes }, profile)
  assert.deepEqual([later.repeated, later.with?.changed, later.with?.same], [true, 2, 1])
  assert.deepEqual(await registers(apart), expected)
  for (let stopAt = 1; stopAt <= 5; stopAt++) {
    const house = await openImportHouse(t, NOW)
    let calls = 0
    const appendBulk = (acts: readonly Act[], alsoWrite?: (tx: Tx) => void) => {
      calls++
      if (calls === stopAt) throw new Error('stopped')
      return house.port.appendBulk(acts, alsoWrite)
    }
    const stopped = importFile({ ...house.port, appendBulk }, stays, profile, { with: changes, limits })
    await assert.rejects(stopped, /stopped/, `stopped at ${stopAt}`)
    const resumed = await take(house, stays, { with: changes, limits }, profile)
    assert.deepEqual([resumed.departed, resumed.with?.changed], stopAt > 4 ? [0, 2] : [unstopped.departed, 2])
    assert.deepEqual(await registers(house), expected, `stopped at ${stopAt}`)
    await assertReplays(house)
  }
})
