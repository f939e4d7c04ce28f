/** No official worked figure of El Salvador is known to us: own cases, properties, and one figure of the press as a hint. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumbers, dayOf } from '../kernel/calendar.ts'
import type { Outcome } from '../kernel/pack.ts'
import { replaySteps } from '../kernel/steps.ts'
import { temporalCalendar } from '../kernel/temporal.ts'
import { stepsInWords } from '../kernel/texts.ts'
import { type Convention, conventionsOf } from './law.ts'
import { rangeOf, type SvCase, type SvDate, sv } from './pack.ts'

type Dated = Extract<Outcome<SvDate>, { kind: 'dated' }>
const term = (years: number, months = 0, days = 0) => ({ years, months, days })
const facts = (more: Partial<SvCase>): SvCase => ({
  sentences: [{ id: 'a', term: term(10) }],
  heldSince: '2016-10-30',
  heldEarlier: [],
  restricted: 'no',
  counting: {},
  ...more,
})
const inclusive = (yearDays: Convention['yearDays']): Convention => ({ yearDays, inclusiveStart: true, rounding: 'up' })

function readingsOf(given: SvCase): Dated[] {
  const outcome = sv.compute(given, dayNumbers)
  assert.notEqual(outcome.kind, 'refused', JSON.stringify(outcome))
  const readings = outcome.kind === 'ambiguous' ? outcome.readings : [outcome]
  return readings.filter((reading) => reading.kind === 'dated')
}
const only = (given: SvCase): Dated => {
  const [reading, ...more] = readingsOf(given)
  assert.ok(reading !== undefined && more.length === 0)
  return reading
}
const refusedFor = (more: Partial<SvCase>) => sv.accepts(facts(more), dayNumbers).map(({ code }) => code)

test('the hint of the press (Saca: 10 years, held since 30 October 2016, half on 28 October 2021) is the 365-day reading', () => {
  assert.equal(only(facts({ counting: inclusive(365) })).dates.half?.date, '2021-10-28')
  // A hint, not a rule: by the calendar it is a day later, and both stand.
  assert.equal(only(facts({ counting: inclusive('calendar') })).dates.half?.date, '2021-10-29')
})

test('nothing given: twelve readings, ambiguous, the earliest and latest end', () => {
  const outcome = sv.compute(facts({}), dayNumbers)
  assert.equal(outcome.kind, 'ambiguous')
  if (outcome.kind !== 'ambiguous') return
  assert.equal(outcome.readings.length, 12)
  assert.equal(outcome.earliest, only(facts({ counting: inclusive(360) })).dates.end?.date)
  assert.equal(outcome.latest, '2026-10-30')
  assert.deepEqual(rangeOf(outcome.readings, 'half'), { earliest: '2021-10-03', latest: '2021-10-30' })
  for (const reading of outcome.readings) {
    assert.ok(reading.kind === 'dated' && reading.assumptions.some(({ code }) => code === 'provisional'))
  }
})

test('each parameter that is given halves what is open or ends it', () => {
  assert.equal(conventionsOf({}).length, 12)
  assert.equal(conventionsOf({ yearDays: 365 }).length, 4)
  assert.equal(conventionsOf({ yearDays: 365, inclusiveStart: true }).length, 2)
  assert.equal(sv.compute(facts({ counting: inclusive(360) }), dayNumbers).kind, 'dated')
})

test('a half with a part of a day: one day between the roundings', () => {
  const odd = { sentences: [{ id: 'a', term: term(0, 0, 31) }], heldSince: '2024-01-01' }
  assert.equal(only(facts({ ...odd, counting: inclusive('calendar') })).dates.half?.date, '2024-01-16')
  const down = { ...inclusive('calendar'), rounding: 'down' } as const
  assert.equal(only(facts({ ...odd, counting: down })).dates.half?.date, '2024-01-15')
})

test('concurso real: two thirds of the total of the penalties', () => {
  const sentences = [
    { id: 'a', term: term(6) },
    { id: 'b', term: term(3, 6) },
  ]
  const several = only(facts({ sentences, counting: inclusive('calendar') }))
  const whole = only(facts({ sentences: [{ id: 'a', term: term(9, 6) }], counting: inclusive('calendar') }))
  assert.deepEqual(several.dates, whole.dates)
  assert.ok(several.assumptions.some(({ code }) => code === 'total-of-penalties'))
})

test('days held earlier are taken off, each once', () => {
  const heldEarlier = [
    { from: '2016-01-01', to: '2016-01-10' },
    { from: '2016-01-05', to: '2016-01-20' },
  ]
  const earlier = only(facts({ heldEarlier, counting: inclusive(365) }))
  assert.equal(earlier.dates.half?.date, '2021-10-08')
})

test('restricted offences: half and two thirds refused by name, the end stands; unknown is told', () => {
  const restricted = only(facts({ restricted: 'yes', counting: inclusive(365) }))
  assert.deepEqual(Object.keys(restricted.dates), ['end'])
  assert.deepEqual(Object.keys(restricted.refused), ['half', 'two-thirds'])
  const unknown = only(facts({ restricted: 'unknown', counting: inclusive(365) }))
  assert.ok(unknown.assumptions.some(({ code }) => code === 'restriction-unknown'))
})

test('redeemed days are recorded, not projected; a total above the maximum is told', () => {
  const outcome = only(
    facts({ redeemedDays: 90, sentences: [{ id: 'a', term: term(60, 0, 1) }], counting: inclusive(365) }),
  )
  assert.equal(outcome.refused['redeemed-end']?.code, 'redemption-not-projected')
  assert.ok(outcome.assumptions.some(({ code }) => code === 'above-maximum'))
})

test('refused: no sentence, no length, no date, earlier detention that is not earlier', () => {
  assert.deepEqual(refusedFor({ sentences: [] }), ['no-sentence'])
  assert.deepEqual(refusedFor({ sentences: [{ id: 'a' }] }), ['no-length'])
  assert.deepEqual(refusedFor({ heldSince: '2016-02-30' }), ['date-not-valid'])
  assert.deepEqual(refusedFor({ heldEarlier: [{ from: '2016-01-01', to: '2016-10-30' }] }), ['earlier-not-before'])
})

test('the working of every reading replays on both calendars and says itself in both languages', () => {
  const heldEarlier = [{ from: '2016-01-01', to: '2016-01-10' }]
  for (const { steps, dates } of readingsOf(facts({ sentences: [{ id: 'a', term: term(7, 5, 3) }], heldEarlier }))) {
    for (const calendar of [dayNumbers, temporalCalendar]) {
      assert.deepEqual(
        replaySteps(calendar, steps),
        steps.map(({ value }) => value),
      )
    }
    for (const { says } of stepsInWords(dayNumbers, steps, sv)) assert.ok(says.en !== '' && says.es !== '')
    for (const { date, step } of Object.values(dates)) assert.equal(steps[step - 1]?.value, dayOf(dayNumbers, date))
  }
})

test('properties: half before two thirds before end; the earliest is the earliest; one day held earlier is one day less', () => {
  const cases = fc.record({
    years: fc.integer({ min: 1, max: 60 }),
    months: fc.nat(11),
    days: fc.nat(29),
    start: fc.integer({ min: 10_400, max: 22_000 }),
    earlier: fc.nat(400),
  })
  fc.assert(
    fc.property(cases, ({ years, months, days, start, earlier }) => {
      const build = (held: number) =>
        facts({
          sentences: [{ id: 'a', term: term(years, months, days) }],
          heldSince: dayNumbers.toIso(start),
          heldEarlier: held === 0 ? [] : [{ from: dayNumbers.toIso(start - held), to: dayNumbers.toIso(start - 1) }],
        })
      const [base, more] = [readingsOf(build(earlier)), readingsOf(build(earlier + 1))]
      const range = rangeOf(base, 'end')
      for (const [index, { dates }] of base.entries()) {
        const [half, twoThirds, end] = [dates.half?.date ?? '', dates['two-thirds']?.date ?? '', dates.end?.date ?? '']
        assert.ok(half <= twoThirds && twoThirds <= end)
        assert.ok(range !== undefined && range.earliest <= end && end <= range.latest)
        assert.equal(dayOf(dayNumbers, more[index]?.dates.end?.date ?? ''), dayOf(dayNumbers, end) - 1)
      }
      assert.deepEqual(sv.compute(build(earlier), temporalCalendar), sv.compute(build(earlier), dayNumbers))
    }),
    { numRuns: 200 },
  )
})
