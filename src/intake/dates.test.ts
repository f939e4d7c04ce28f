import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { compileDateForm, type DateForm, TimeReader } from './dates.ts'

function forms(...names: string[]): DateForm[] {
  return names.map((name) => compileDateForm(name)).filter((form) => form !== undefined)
}
const keep = { repeated: 'earlier', missing: 'earlier' } as const
const newYork = new TimeReader('America/New_York', keep)

function at(text: string, form: string, reader = newYork): unknown {
  const read = reader.readTime(text, forms(form))
  return typeof read === 'string'
    ? read
    : [read.at, read.precision, read.localHour].filter((part) => part !== undefined)
}

test('forms of many sources', () => {
  const cases: [string, string, unknown][] = [
    ['2026-05-31T18:35:43.000', 'YYYY-MM-DDTHH:mm:ss.SSS', ['2026-05-31T22:35:43Z', 'second']],
    ['05/31/2026 18:35', 'MM/DD/YYYY HH:mm', ['2026-05-31T22:35:00Z', 'minute']],
    ['5/3/2026 6:05 PM', 'M/D/YYYY h:mm A', ['2026-05-03T22:05:00Z', 'minute']],
    ['5/3/2026 12:05 AM', 'M/D/YYYY h:mm A', ['2026-05-03T04:05:00Z', 'minute']],
    ['31.01.2026 07h', 'DD.MM.YYYY HH\\h', 'date-form'],
    ['20260131', 'YYYYMMDD', ['2026-01-31T05:00:00Z', 'day']],
    ['2026-01-31T07', 'YYYY-MM-DDTHH', ['2026-01-31T12:00:00Z', 'hour']],
    ['2026-01-31T07:00:00-03:00', 'YYYY-MM-DDTHH:mm:ssZ', ['2026-01-31T10:00:00Z', 'second']],
    ['2026-01-31T07:00:00+0530', 'YYYY-MM-DDTHH:mm:ssZ', ['2026-01-31T01:30:00Z', 'second']],
  ]
  for (const [text, form, expected] of cases) assert.deepEqual(at(text, form), expected, `${text} as ${form}`)
})

test('dates and hours that do not exist', () => {
  for (const text of [
    '2026-02-29 10:00',
    '2026-13-01 10:00',
    '2026-00-10 10:00',
    '2026-01-01 24:00',
    '2026-01-01 10:60',
  ]) {
    assert.equal(at(text, 'YYYY-MM-DD HH:mm'), 'date-not-real', text)
  }
  assert.equal(at('1/1/2026 13:00 PM', 'M/D/YYYY h:mm A'), 'date-not-real')
  assert.equal(at('yesterday', 'YYYY-MM-DD'), 'date-form')
  assert.deepEqual(at('2024-02-29', 'YYYY-MM-DD'), ['2024-02-29T05:00:00Z', 'day'])
})

test('the hour that occurs twice and the hour that does not: kept, marked, read as the profile says', () => {
  const form = 'YYYY-MM-DD HH:mm'
  assert.deepEqual(at('2025-11-02 01:30', form), ['2025-11-02T05:30:00Z', 'minute', 'repeated'])
  assert.deepEqual(at('2025-11-02 02:30', form), ['2025-11-02T07:30:00Z', 'minute'])
  assert.deepEqual(at('2025-03-09 02:30', form), ['2025-03-09T06:30:00Z', 'minute', 'missing'])
  const later = new TimeReader('America/New_York', { repeated: 'later', missing: 'later' })
  assert.deepEqual(at('2025-11-02 01:30', form, later), ['2025-11-02T06:30:00Z', 'minute', 'repeated'])
  assert.deepEqual(at('2025-03-09 02:30', form, later), ['2025-03-09T07:30:00Z', 'minute', 'missing'])
})

test('the quick way agrees with the calendar for any time of any zone', () => {
  const zones = [
    'America/New_York',
    'America/El_Salvador',
    'America/Sao_Paulo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'UTC',
  ]
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 4_000_000_000 }), (zone, seconds) => {
      const local = Temporal.PlainDateTime.from('1950-01-01').add({ seconds })
      const read = new TimeReader(zone, keep).readTime(
        local.toString({ smallestUnit: 'second' }),
        forms('YYYY-MM-DDTHH:mm:ss'),
      )
      assert.ok(typeof read === 'object')
      assert.equal(read.epochMs, local.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds)
    }),
  )
})

test('forms that cannot be meant', () => {
  for (const form of ['MM/DD', 'YYYY-MM', 'YYYY-MM-DD mm', 'YYYY-MM-DD HH:ss', 'YYYY-MM-DD hh:mm', 'YYYY-MM-DD-DD']) {
    assert.equal(compileDateForm(form), undefined, form)
  }
})
