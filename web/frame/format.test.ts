import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  formatAgo,
  formatAmount,
  formatDay,
  formatDuration,
  formatLegalEnd,
  formatNumber,
  formatOffset,
  formatRunning,
  formatShare,
  formatWhen,
  readDay,
  readWhen,
} from './format.ts'

const zone = 'America/El_Salvador'
const at = '2026-04-14T11:58:12Z'
/** Spaces of every kind as plain ones, for reading. */
const plain = (text: string) => text.replace(/\s/g, ' ')

test('numbers have narrow spaces and a point in both languages', () => {
  assert.equal(formatNumber(39_986), '39\u202f986')
  assert.equal(formatNumber(2_847_140), '2\u202f847\u202f140')
  assert.equal(formatNumber(445), '445')
  assert.equal(formatNumber(-12), '\u221212')
  assert.equal(formatNumber(-0.001, 1), '0.0')
  assert.equal(formatAmount(34.8, '°C', 1), '34.8\u00a0°C')
})

test('a number read back is the number', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1e12, max: 1e12 }), (value) => {
      assert.equal(Number(formatNumber(value).replaceAll('\u202f', '').replace('\u2212', '-')), value)
    }),
  )
})

test('a share says its whole, and a person is never rounded away', () => {
  assert.equal(plain(formatShare(39_541, 39_986, 'es')), '98.9 % de 39 986')
  assert.equal(plain(formatShare(39_985, 39_986, 'en')), '99.997 % of 39 986')
  assert.equal(plain(formatShare(1, 39_986, 'en')), '0.003 % of 39 986')
  assert.equal(plain(formatShare(0, 0, 'en')), '0 of 0')
})

test('times are as precise as they are known', () => {
  const say = (precision: 'second' | 'minute' | 'hour' | 'day', language: 'es' | 'en') =>
    plain(formatWhen(at, { language, zone, precision }))
  assert.equal(say('minute', 'es'), '14 abr 2026 05:58 −06')
  assert.equal(say('second', 'en'), '14 Apr 2026 05:58:12 −06')
  assert.equal(say('hour', 'es'), '14 abr 2026 hacia las 05 h')
  assert.equal(say('hour', 'en'), '14 Apr 2026 about 05 h')
  assert.equal(say('day', 'es'), '14 abr 2026')
  assert.equal(plain(formatWhen(at, { language: 'es', zone, weekday: true })), 'mar 14 abr 2026 05:58 −06')
})

test('offsets with half an hour keep it', () => {
  assert.equal(formatOffset(at, 'Asia/Kolkata'), '+05:30')
  assert.equal(formatOffset(at, 'UTC'), '+00')
})

test('legal ends say whether their day counts', () => {
  assert.equal(plain(formatLegalEnd('2026-04-01', true, 'es')), 'hasta el 1 abr 2026 inclusive')
  assert.equal(plain(formatLegalEnd('2026-04-01', false, 'en')), 'until 1 Apr 2026, not included')
})

test('durations have the two largest units', () => {
  assert.equal(plain(formatDuration(12 * 86_400 + 9 * 3600 + 59)), '12 d 9 h')
  assert.equal(plain(formatDuration(2 * 3600 + 29 * 60)), '2 h 29 min')
  assert.equal(plain(formatDuration(3600)), '1 h')
  assert.equal(plain(formatDuration(86_400 + 59)), '1 d')
  assert.equal(plain(formatDuration(0.4)), '0 s')
  assert.equal(formatRunning(41), '0:41')
  assert.equal(formatRunning(727), '12:07')
})

test('how long ago is said below an hour only', () => {
  const options = { language: 'es', zone } as const
  assert.equal(plain(formatAgo(at, '2026-04-14T11:58:20Z', options)), 'hace 8 s')
  assert.equal(plain(formatAgo(at, '2026-04-14T12:58:12Z', options)), '14 abr 2026 05:58 −06')
})

test('a day is read as people write it', () => {
  for (const text of ['9 feb 1982', '9/2/1982', '09.02.1982', '9 de febrero de 1982', '1982-02-09', '9 Feb. 1982'])
    assert.deepEqual(readDay(text), { precision: 'day', date: '1982-02-09' }, text)
  assert.deepEqual(readDay('feb 1982'), { precision: 'month', date: '1982-02' })
  assert.deepEqual(readDay('1982'), { precision: 'year', date: '1982' })
  for (const text of ['', '31/2/1982', '9 xyz 1982', '9 2', 'ayer', '1 2 3 1982'])
    assert.equal(readDay(text), undefined, text)
})

test('what is shown is read back: days and instants since whole offsets hold', () => {
  const minute = fc.integer({ min: -1_200_000_000, max: 8_000_000_000 }).map((n) => Math.floor(n / 60) * 60_000)
  fc.assert(
    fc.property(minute, fc.constantFrom('es' as const, 'en' as const), (ms, language) => {
      const instant = Temporal.Instant.fromEpochMilliseconds(ms).toString()
      assert.deepEqual(readWhen(formatWhen(instant, { language, zone }), zone), { at: instant, precision: 'minute' })
      const day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
      assert.deepEqual(readDay(formatDay(day, language)), { precision: 'day', date: day })
    }),
  )
})
