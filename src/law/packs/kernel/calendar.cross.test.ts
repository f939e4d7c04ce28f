import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Calendar, dayNumbers, dayOf } from './calendar.ts'
import { duration, endOfTerm, endOfTerms, lengthBetween } from './duration.ts'
import { temporalCalendar } from './temporal.ts'

const FIRST = dayOf(dayNumbers, '1600-01-01')
const LAST = dayOf(dayNumbers, '2400-12-31')
const days = fc.integer({ min: FIRST, max: LAST })
const lengths = fc
  .record({
    years: fc.nat(60),
    months: fc.nat(120),
    weeks: fc.nat(200),
    days: fc.nat(1_000),
  })
  .map(duration)

/** Both calendars give the same answer, or the case is printed with its seed. */
const same = <T>(ask: (calendar: Calendar) => T) => assert.deepEqual(ask(dayNumbers), ask(temporalCalendar))

test('both kernels read and write the same dates', () => {
  fc.assert(
    fc.property(days, (day) => {
      const iso = dayNumbers.toIso(day)
      same((calendar) => [calendar.toIso(day), calendar.findDay(iso), calendar.weekday(day), calendar.dayOfMonth(day)])
      same((calendar) => calendar.monthEnd(day))
    }),
    { numRuns: 2_000 },
  )
})

test('both kernels find the same texts to be no dates', () => {
  const part = (min: number, max: number, width: number) =>
    fc.integer({ min, max }).map((value) => String(value).padStart(width, '0'))
  const texts = fc.tuple(part(0, 9999, 4), part(0, 14, 2), part(0, 33, 2)).map((parts) => parts.join('-'))
  fc.assert(
    fc.property(fc.oneof(texts, fc.string()), (text) => same((calendar) => calendar.findDay(text))),
    { numRuns: 5_000 },
  )
  for (const text of ['2024-02-29T00:00', '+002024-02-29', '2024-02-29[u-ca=iso8601]', '20240229'])
    same((calendar) => calendar.findDay(text))
})

test('both kernels add years and months alike, backwards too', () => {
  fc.assert(
    fc.property(days, fc.integer({ min: -600, max: 600 }), (day, count) => {
      same((calendar) => [calendar.addMonths(day, count), calendar.addYears(day, Math.trunc(count / 10))])
    }),
    { numRuns: 5_000 },
  )
})

test('both kernels end terms and chains of terms on the same day, and write the same length', () => {
  fc.assert(
    fc.property(days, fc.array(lengths, { minLength: 1, maxLength: 4 }), (start, terms) => {
      for (const term of terms) same((calendar) => endOfTerm(calendar, start, term))
      same((calendar) => endOfTerms(calendar, start, terms))
      same((calendar) => lengthBetween(calendar, start, start + (terms[0]?.days ?? 0)))
    }),
    { numRuns: 1_000 },
  )
})

test('years and months are two additions: one year and one month from 29 February 2020 is 28 March 2021', () => {
  for (const calendar of [dayNumbers, temporalCalendar]) {
    const start = dayOf(calendar, '2020-02-29')
    assert.equal(calendar.toIso(calendar.addMonths(calendar.addYears(start, 1), 1)), '2021-03-28')
  }
})
