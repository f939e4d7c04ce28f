import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  CLOCK_BEHIND_MS_MAX,
  findQualityNow,
  type IncomingReading,
  isSilent,
  type Judged,
  judgeReading,
  NEW_SENSOR,
  QUALITIES,
  REASONS,
  type SourceState,
} from './quality.ts'
import { findRules, SENSOR_KINDS, type SensorRules } from './sensor-kinds.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const rules = findRules({ kind: 'air-temperature', unit: 'Cel', expectedIntervalMs: 15 * MINUTE }) as SensorRules

function judgeAll(readings: readonly IncomingReading[], given = rules): Judged[] {
  let state = NEW_SENSOR
  return readings.map((reading) => {
    const judged = judgeReading(given, state, reading, reading.atMs)
    state = judged.state
    return judged
  })
}
const reasonsOf = (values: readonly (number | undefined)[], given = rules) =>
  judgeAll(
    values.map((value, at) => ({ atMs: at * 15 * MINUTE, value })),
    given,
  ).map(({ reason }) => reason)

const state = fc.constantFrom<SourceState>('fault', 'down', 'stale', 'disabled', 'null', 'overridden', 'unknown')
const reading = fc.record({
  atMs: fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((at) => at * 15 * MINUTE),
    fc.double(),
  ),
  value: fc.oneof(fc.double({ min: -60, max: 120, noNaN: true }), fc.double(), fc.constant(undefined)),
  states: fc.array(state, { maxLength: 2 }),
})

test('nothing faulty, stale, unmeasured, out of range or without a number is ever good', () => {
  fc.assert(
    fc.property(
      fc.array(reading, { maxLength: 60 }),
      fc.integer({ min: 0, max: 50 * HOUR }),
      (readings, receivedAt) => {
        let now = NEW_SENSOR
        for (const each of readings) {
          const judged = judgeReading(rules, now, each, receivedAt)
          assert.deepEqual(judgeReading(rules, now, each, receivedAt), judged, 'pure')
          assert.equal(judged.quality, REASONS[judged.reason].quality)
          now = JSON.parse(JSON.stringify(judged.state))
          if (judged.quality !== 'good') continue
          assert.ok(each.value !== undefined && each.value >= rules.min && each.value <= rules.max)
          assert.deepEqual(each.states, [])
          assert.ok(Math.abs(each.atMs - receivedAt) <= CLOCK_BEHIND_MS_MAX)
        }
      },
    ),
  )
})

test('what is sent again is stored as good no second time', () => {
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 15 }), (readings) => {
      let now = NEW_SENSOR
      for (const each of readings) now = judgeReading(rules, now, each, 0).state
      for (const each of readings) {
        const judged = judgeReading(rules, now, each, 0)
        assert.notEqual(judged.quality, 'good')
        now = judged.state
      }
    }),
  )
})

test('a steady sensor is good from its second reading on', () => {
  assert.deepEqual(reasonsOf([20, 20.1, 20.3]), ['settling', 'measured', 'measured'])
})

test('a spike is uncertain both ways; a new level is believed when it stays', () => {
  assert.deepEqual(reasonsOf([20, 20.1, 45, 20.2, 20.3]).slice(2), ['jump', 'jump', 'measured'])
  assert.deepEqual(reasonsOf([20, 20.1, 30, 30.1]).slice(2), ['jump', 'measured'])
})

test('the first after a fault is settling', () => {
  const given = [20, 20.1, undefined, 20.2, 20.3]
  assert.deepEqual(reasonsOf(given).slice(2), ['no-value', 'settling', 'measured'])
})

test('a value that stands still is frozen after six hours, a coarse one after seventy-two', () => {
  const fine = reasonsOf([20, 20.1, ...Array(30).fill(20.2)])
  assert.equal(fine.indexOf('no-change'), 2 + 24)
  const coarse = reasonsOf([20, 21, ...Array(300).fill(22)])
  assert.equal(coarse.indexOf('no-change'), 2 + 72 * 4)
  const told = judgeAll([20, 20.1, ...Array(30).fill(20.2)].map((value, at) => ({ atMs: at * 15 * MINUTE, value })))
  assert.equal(told.at(-1)?.sinceMs, 2 * 15 * MINUTE)
})

test('over a silence nothing is held to have stood still', () => {
  const judged = judgeAll([0, 15, 30, 30 + 100 * 60, 45 + 100 * 60].map((at) => ({ atMs: at * MINUTE, value: 20 })))
  assert.deepEqual(
    judged.map(({ reason }) => reason),
    ['settling', 'measured', 'measured', 'settling', 'measured'],
  )
})

test('clocks, repeats and contradictions leave the state as it was', () => {
  const { state: heard } = judgeReading(rules, NEW_SENSOR, { atMs: 0, value: 20 }, 0)
  const cases = [
    [{ atMs: 6 * MINUTE, value: 20 }, 0, 'clock-ahead'],
    [{ atMs: -49 * HOUR, value: 20 }, 0, 'clock-behind'],
    [{ atMs: Number.NaN, value: 20 }, 0, 'no-time'],
    [{ atMs: 0, value: 20 }, MINUTE, 'repeated'],
    [{ atMs: 0, value: 21 }, MINUTE, 'contradicts'],
  ] as const
  for (const [given, receivedAt, reason] of cases) {
    const judged = judgeReading(rules, heard, given, receivedAt)
    assert.deepEqual([judged.reason, judged.state], [reason, heard])
  }
})

test('a sensor unheard for three intervals is silent and shown as stale', () => {
  const [, second] = judgeAll([0, 15].map((at) => ({ atMs: at * MINUTE, value: 20 })))
  const heard = second?.state ?? NEW_SENSOR
  assert.equal(isSilent(rules, NEW_SENSOR, 1e15), false)
  assert.equal(findQualityNow(rules, heard, 60 * MINUTE), 'good')
  assert.equal(findQualityNow(rules, heard, 61 * MINUTE), 'stale')
})

test('rules in °F are those in °C; a unit of another kind has none; both languages speak', () => {
  const fahrenheit = findRules({ kind: 'air-temperature', unit: '[degF]', expectedIntervalMs: 1 })
  assert.deepEqual([fahrenheit?.min, fahrenheit?.max, fahrenheit?.stepMax], [32, 122, 9])
  assert.equal(findRules({ kind: 'co2', unit: '[degF]', expectedIntervalMs: 1 }), undefined)
  for (const { says } of Object.values(REASONS)) assert.notEqual(says.en as string, says.es as string)
  assert.equal(Object.keys(QUALITIES).length, 8)
  for (const { min, max } of Object.values(SENSOR_KINDS)) assert.ok(min.value < max.value && min.why !== '')
})
