import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumbers, dayOf } from './calendar.ts'

test('every day from 1600 to 2400 follows the day before, there and back', () => {
  const first = dayOf(dayNumbers, '1600-01-01')
  const last = dayOf(dayNumbers, '2400-12-31')
  let expected = Temporal.PlainDate.from('1600-01-01')
  for (let day = first; day <= last; day += 1) {
    const iso = expected.toString()
    if (dayNumbers.toIso(day) !== iso || dayNumbers.findDay(iso) !== day) assert.equal(dayNumbers.toIso(day), iso)
    if (dayNumbers.weekday(day) !== expected.dayOfWeek) assert.equal(dayNumbers.weekday(day), expected.dayOfWeek)
    expected = expected.add({ days: 1 })
  }
  assert.equal(dayNumbers.findDay('1970-01-01'), 0)
})

test('what is no date is not found', () => {
  for (const text of [
    '2023-02-29',
    '2023-13-01',
    '2023-1-1',
    '2023-00-10',
    '2023-04-31',
    '',
    '20230101',
    '0000-01-01',
  ]) {
    assert.equal(dayNumbers.findDay(text), undefined, text)
  }
  assert.throws(() => dayOf(dayNumbers, '2023-02-29'), RangeError)
})

test('years and months are cut to the month', () => {
  const iso = (day: number) => dayNumbers.toIso(day)
  const day = (text: string) => dayOf(dayNumbers, text)
  assert.equal(iso(dayNumbers.addYears(day('2020-02-29'), 1)), '2021-02-28')
  assert.equal(iso(dayNumbers.addMonths(day('2024-01-31'), 1)), '2024-02-29')
  assert.equal(iso(dayNumbers.addMonths(day('2024-01-31'), -2)), '2023-11-30')
  assert.equal(iso(dayNumbers.addMonths(day('2024-03-15'), -15)), '2022-12-15')
  assert.equal(iso(dayNumbers.monthEnd(day('1900-02-01'))), '1900-02-28')
})
