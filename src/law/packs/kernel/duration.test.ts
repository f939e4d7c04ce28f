import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumbers, dayOf } from './calendar.ts'
import { type Duration, duration, endOfTerm, endOfTerms, joinTerms, lengthBetween, toIsoDuration } from './duration.ts'

const ends = (start: string, parts: Partial<Duration>) =>
  dayNumbers.toIso(endOfTerm(dayNumbers, dayOf(dayNumbers, start), duration(parts)))

test('a term ends on the eve of its anniversary, and from the first of a month with a month', () => {
  assert.equal(ends('2013-09-21', { years: 2 }), '2015-09-20')
  assert.equal(ends('2021-03-01', { months: 1 }), '2021-03-31')
  assert.equal(ends('2021-03-31', { months: 1 }), '2021-04-30')
  assert.equal(ends('2020-03-01', { years: 1, months: 1 }), '2021-03-31')
  assert.equal(ends('2020-03-01', { years: 1 }), '2021-02-28')
  assert.equal(ends('2021-03-02', { weeks: 2, days: 3 }), '2021-03-18')
  assert.equal(ends('2021-03-02', { months: 1, days: 10 }), '2021-04-11')
})

test('neighbouring terms are joined by kind', () => {
  const terms = [{ months: 3 }, { weeks: 3 }, { months: 3 }, { months: 5 }].map(duration)
  assert.deepEqual(joinTerms(terms).map(toIsoDuration), ['P3M', 'P3W', 'P8M'])
  assert.deepEqual(joinTerms([duration({ months: 1, days: 10 }), duration({ days: 4 })]).map(toIsoDuration), [
    'P1M',
    'P14D',
  ])
  // 10 January + 3 months = 9 April; + 3 weeks = 30 April; + 8 months from 1 May = 31 December.
  const start = dayOf(dayNumbers, '2024-01-10')
  assert.equal(dayNumbers.toIso(endOfTerms(dayNumbers, start, terms)), '2024-12-31')
})

test('what lies between two days, as a period', () => {
  const between = (from: string, to: string) =>
    toIsoDuration(lengthBetween(dayNumbers, dayOf(dayNumbers, from), dayOf(dayNumbers, to)))
  assert.equal(between('2022-03-21', '2023-09-20'), 'P1Y6M')
  assert.equal(between('2025-01-27', '2025-07-27'), 'P6M1D')
  assert.equal(between('2020-09-11', '2024-08-14'), 'P3Y11M4D')
  assert.equal(between('2020-09-11', '2020-09-10'), 'P0D')
  assert.equal(between('2021-01-31', '2021-02-27'), 'P28D')
  assert.equal(between('2021-01-31', '2021-03-01'), 'P1M2D')
})
