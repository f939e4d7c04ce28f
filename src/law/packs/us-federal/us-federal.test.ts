/** The published records in published.json (where each figure was read stands there), and properties. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumbers, dayOf } from '../kernel/calendar.ts'
import { floorShare } from '../kernel/fraction.ts'
import { replaySteps } from '../kernel/steps.ts'
import { temporalCalendar } from '../kernel/temporal.ts'
import { stepsInWords } from '../kernel/texts.ts'
import { isHoliday, PER_DAY } from './law.ts'
import { type FederalCase, type FederalOutcome, usFederal } from './pack.ts'
import published from './published.json' with { type: 'json' }
import { federalFacts, publishedFigures } from './published.ts'

type Known = Extract<FederalOutcome, { kind: 'dated' }>

const facts = federalFacts
const years = (count: number) => [{ id: 'a', imposed: '2020-01-01', term: { years: count, months: 0, days: 0 } }]

function dated(given: FederalCase): Known {
  const outcome = usFederal.compute(given, dayNumbers)
  assert.equal(outcome.kind, 'dated', JSON.stringify(outcome))
  return outcome as Known
}
const refusedFor = (more: object) => usFederal.accepts(facts(more), dayNumbers).map(({ code }) => code)

for (const { record, name, published: expected, ours } of publishedFigures()) {
  test(`published record ${record}: ${name} is ${expected}`, () => assert.equal(ours, expected))
}

for (const { id, given, stated, anyStart } of published) {
  if (given === undefined || anyStart === undefined) continue
  test(`published record ${id}: good time is ${stated.goodTime} from ${anyStart.from} to ${anyStart.to}`, () => {
    for (let day = dayOf(dayNumbers, anyStart.from); day <= dayOf(dayNumbers, anyStart.to); day += 1) {
      const start = dayNumbers.toIso(day)
      assert.equal(dated(facts({ ...given, start })).counts?.goodTime.days, stated.goodTime, start)
    }
  })
}

test('half a year is worth 26 or 27 days: 181 and 182 days give 26, 183 and 184 give 27', () => {
  assert.deepEqual(
    [181, 182, 183, 184].map((days) => floorShare(days, PER_DAY)),
    [26, 26, 27, 27],
  )
})

test('one year earns nothing, one year and a day does', () => {
  const term = (days: number) => [{ id: 'a', imposed: '2020-01-01', term: { years: 1, months: 0, days } }]
  assert.equal(dated(facts({ sentences: term(0) })).counts?.goodTime.days, 0)
  assert.equal(dated(facts({ sentences: term(1) })).counts?.goodTime.days, 54)
})

test('the law of the day of computation decides how good time is measured', () => {
  const ten = { sentences: years(10), start: '2015-01-01' }
  assert.equal(dated(facts({ ...ten, lawOn: '2019-07-18' })).counts?.goodTime.days, 470)
  assert.equal(dated(facts({ ...ten, lawOn: '2019-07-19' })).counts?.goodTime.days, 540)
  assert.deepEqual(refusedFor({ ...ten, lawOn: '1987-10-31' }), ['law-before-1987'])
})

test('at one time concurrent, at different times consecutive, unless ordered', () => {
  const two = (imposed: string, runs?: string) => [
    ...years(2),
    { id: 'b', imposed, term: { years: 3, months: 0, days: 0 }, ...(runs && { runs }) },
  ]
  const lengthOf = (sentences: object[]) => dated(facts({ sentences })).effectiveLength
  assert.equal(lengthOf(two('2020-01-01')), 'P3Y')
  assert.equal(lengthOf(two('2020-01-01', 'consecutive')), 'P5Y')
  assert.equal(lengthOf(two('2020-06-01')), 'P5Y')
  assert.deepEqual(refusedFor({ sentences: two('2020-06-01', 'concurrent') }), ['concurrent-later'])
})

test('a day of custody counts once, and not where another sentence has it', () => {
  const custody = [
    { from: '2019-10-01', to: '2019-10-10' },
    { from: '2019-10-05', to: '2019-10-20' },
  ]
  const daysOf = (more: object) => dated(facts({ sentences: years(2), custody, ...more })).counts?.custody.days
  assert.equal(daysOf({}), 20)
  assert.equal(daysOf({ creditedElsewhere: [{ from: '2019-10-18', to: '2020-03-01' }] }), 17)
})

test('release on a weekend or holiday gives both dates: the day, and the weekday on which it may be', () => {
  // 2 years from 2020-01-05 less 108 days is Saturday 2021-09-18.
  const weekend = dated(facts({ sentences: years(2), start: '2020-01-05' }))
  assert.equal(weekend.dates.release?.date, '2021-09-18')
  assert.equal(weekend.dates['release-may']?.date, '2021-09-17')
  // Monday 2021-09-06 is Labor Day: back over the weekend to Friday.
  const holiday = dated(facts({ sentences: years(2), start: '2019-12-24' }))
  assert.equal(holiday.dates.release?.date, '2021-09-06')
  assert.equal(holiday.dates['release-may']?.date, '2021-09-03')
  assert.equal(dated(facts({ sentences: years(2), start: '2020-01-03' })).dates['release-may'], undefined)
})

test('the holidays of 2021 and 2022, with those kept on another day', () => {
  const from = dayOf(dayNumbers, '2021-06-01')
  const found = Array.from({ length: 220 }, (_, index) => from + index).filter((day) => isHoliday(dayNumbers, day))
  assert.deepEqual(found.map(dayNumbers.toIso), [
    '2021-06-18',
    '2021-06-19',
    '2021-07-04',
    '2021-07-05',
    '2021-09-06',
    '2021-10-11',
    '2021-11-11',
    '2021-11-25',
    '2021-12-24',
    '2021-12-25',
    '2021-12-31',
    '2022-01-01',
  ])
})

test('earned time credits are recorded and the date they would give is refused by name', () => {
  const outcome = dated(facts({ sentences: years(3), earnedTimeDays: 120 }))
  assert.equal(outcome.refused['earned-time-release']?.code, 'earned-time-not-projected')
  assert.deepEqual(outcome.dates, dated(facts({ sentences: years(3) })).dates)
})

test('refused: no sentence, life, dates that are none, custody after the start, more disallowed than earned', () => {
  assert.deepEqual(refusedFor({}), ['no-sentence'])
  assert.deepEqual(refusedFor({ sentences: [{ id: 'a', imposed: '2020-01-01' }] }), ['life-or-indeterminate'])
  assert.deepEqual(refusedFor({ sentences: years(2), start: '2021-02-29' }), ['date-not-valid'])
  const custody = (from: string, to: string) => refusedFor({ sentences: years(2), custody: [{ from, to }] })
  assert.deepEqual(custody('2019-01-01', '2020-01-01'), ['custody-not-before-start'])
  assert.deepEqual(custody('2019-01-02', '2019-01-01'), ['interval-reversed'])
  assert.deepEqual(refusedFor({ sentences: years(2), disallowedDays: 109 }), ['disallowed-above-earned'])
})

test('the working replays on both calendars and says itself in both languages', () => {
  for (const lawOn of ['2010-01-01', '2022-01-01']) {
    const { steps } = dated(
      facts({ sentences: years(7), custody: [{ from: '2019-10-01', to: '2019-10-10' }], lawOn, start: '2020-02-29' }),
    )
    for (const calendar of [dayNumbers, temporalCalendar]) {
      assert.deepEqual(
        replaySteps(calendar, steps),
        steps.map(({ value }) => value),
      )
    }
    for (const { says } of stepsInWords(dayNumbers, steps, usFederal)) assert.ok(says.en !== '' && says.es !== '')
  }
})

test('properties: one more day of custody is one day earlier, more disallowed is never earlier, the newer law never later', () => {
  const cases = fc.record({
    start: fc.integer({ min: 7_300, max: 22_000 }).map(dayNumbers.toIso),
    months: fc.integer({ min: 13, max: 480 }),
    custody: fc.nat(600),
    disallowed: fc.nat(54),
  })
  fc.assert(
    fc.property(cases, ({ start, months, custody, disallowed }) => {
      const first = dayOf(dayNumbers, start)
      const build = (days: number, lost: number, lawOn = '2022-01-01') =>
        facts({
          sentences: [{ id: 'a', imposed: start, term: { years: 0, months, days: 0 } }],
          start,
          custody: days === 0 ? [] : [{ from: dayNumbers.toIso(first - days), to: dayNumbers.toIso(first - 1) }],
          disallowedDays: lost,
          lawOn,
        })
      const releaseOf = (given: FederalCase) => dayOf(dayNumbers, dated(given).dates.release?.date ?? '')
      const base = releaseOf(build(custody, 0))
      assert.ok(base >= first)
      assert.equal(releaseOf(build(custody + 1, 0)), Math.max(base - 1, first))
      if (base > first) assert.equal(releaseOf(build(custody, disallowed)), base + disallowed)
      // The First Step Act never gave less.
      assert.ok(base <= releaseOf(build(custody, 0, '2019-01-01')))
      assert.deepEqual(
        usFederal.compute(build(custody, 0), temporalCalendar),
        usFederal.compute(build(custody, 0), dayNumbers),
      )
    }),
    { numRuns: 300 },
  )
})
