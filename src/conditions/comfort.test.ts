import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import {
  celsiusOf,
  fahrenheitOf,
  heatIndexBandOf,
  heatIndexNwsCelsius,
  heatIndexNwsFahrenheit,
  heatIndexRothfuszFahrenheit,
  humidex,
  humidexBandOf,
} from './comfort.ts'
import { standardEffectiveCelsius } from './effective-temperature.ts'
import { coolingEffectCelsius, dissatisfiedPercent, predictVote } from './pmv.ts'
import { findWbgtIndoor, findWetBulbCelsius, wbgtLimitCelsius } from './wbgt.ts'

const near = (value: number, expected: number, within: number) =>
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected} ± ${within}`)

test('the heat index of Tecoluca as standards.md §11 gives it', () => {
  for (const [humidity, expected] of [
    [40, 37.2],
    [50, 40.7],
    [60, 45.1],
    [70, 50.3],
  ] as const) {
    near(heatIndexNwsCelsius(35, humidity), expected, 0.05)
  }
})

test('the two heat indices agree where the regression holds without adjustment, and part below 80 °F', () => {
  fc.assert(
    fc.property(fc.double({ min: 82, max: 112, noNaN: true }), fc.double({ min: 40, max: 85, noNaN: true }), (t, r) => {
      assert.equal(heatIndexNwsFahrenheit(t, r), heatIndexRothfuszFahrenheit(t, r))
    }),
  )
  near(celsiusOf(heatIndexRothfuszFahrenheit(77, 50)), 25.9, 0.1)
  near(heatIndexNwsFahrenheit(60, 40), 58.79, 0.01)
  assert.ok(heatIndexNwsFahrenheit(95, 10) < heatIndexRothfuszFahrenheit(95, 10))
  assert.ok(heatIndexNwsFahrenheit(84, 95) > heatIndexRothfuszFahrenheit(84, 95))
  fc.assert(
    fc.property(fc.double({ min: -60, max: 60, noNaN: true }), (c) => near(celsiusOf(fahrenheitOf(c)), c, 1e-9)),
  )
})

test('bands begin and end where their sources say', () => {
  assert.deepEqual([79.9, 80, 90, 102.9, 103, 125].map(heatIndexBandOf), [
    'none',
    'caution',
    'extreme-caution',
    'extreme-caution',
    'danger',
    'extreme-danger',
  ])
  assert.deepEqual(
    [30, 30.1, 45.02, 45.1, 54.1].map((value) => humidexBandOf(value).name),
    ['little', 'noticeable', 'intense', 'dangerous', 'heat-stroke'],
  )
  near(humidex(30, 80), 43.3, 0.05)
})

test('an estimated WBGT is named as a lower bound; a measured one is not', () => {
  const estimated = findWbgtIndoor({ airCelsius: 35, humidityPercent: 50 })
  assert.deepEqual([estimated?.method, estimated?.bound], ['stull-globe-is-air', 'lower'])
  near(estimated?.celsius ?? 0, 29.1, 0.05)
  const measured = { airCelsius: 35, humidityPercent: 50, naturalWetBulbCelsius: 25, globeCelsius: 30 }
  assert.deepEqual(findWbgtIndoor(measured), { celsius: 26.5, method: 'measured', bound: 'none' })
  assert.equal(findWbgtIndoor({ airCelsius: 60, humidityPercent: 50 }), undefined)
  assert.equal(findWetBulbCelsius(Number.NaN, 50), undefined)
  near(findWetBulbCelsius(20, 50) ?? 0, 13.7, 0.05) // Stull's own example
})

test('the stricter of NIOSH and ISO 7243 is the limit', () => {
  near(wbgtLimitCelsius('rest', false), 30.8, 0.05)
  assert.equal(wbgtLimitCelsius('moderate', true), 28)
  near(wbgtLimitCelsius('moderate', false), 25, 0.05)
})

const room = { airCelsius: 25, radiantCelsius: 25, airSpeedMs: 0.15, humidityPercent: 50, met: 1, clo: 0.5 }

test('standard effective temperature as ASHRAE 55 tabulates it', () => {
  const cases = [
    [{}, 23.8],
    [{ airCelsius: 0 }, 12.3],
    [{ airCelsius: 40 }, 34.3],
    [{ humidityPercent: 10 }, 23.3],
    [{ radiantCelsius: 40 }, 31.8],
    [{ clo: 2 }, 32.5],
    [{ met: 4 }, 36],
  ] as const
  for (const [given, expected] of cases) near(standardEffectiveCelsius({ ...room, ...given }), expected, 0.1)
})

test('for any conditions there is a vote, at least 5 % are dissatisfied, and moving air never warms', () => {
  const conditions = fc.record({
    airCelsius: fc.double({ min: -10, max: 50, noNaN: true }),
    radiantCelsius: fc.double({ min: -10, max: 60, noNaN: true }),
    airSpeedMs: fc.double({ min: 0, max: 3, noNaN: true }),
    humidityPercent: fc.double({ min: 0, max: 100, noNaN: true }),
    met: fc.double({ min: 0.7, max: 4, noNaN: true }),
    clo: fc.double({ min: 0, max: 2, noNaN: true }),
  })
  fc.assert(
    fc.property(conditions, (given) => {
      for (const standard of ['iso', 'ashrae'] as const) {
        const { pmv, ppdPercent } = predictVote(given, { standard })
        assert.ok(Number.isFinite(pmv) && ppdPercent >= 5 && ppdPercent <= 100, JSON.stringify({ pmv, ppdPercent }))
      }
      assert.ok(coolingEffectCelsius(given) >= 0)
    }),
    { numRuns: 200 },
  )
  assert.equal(dissatisfiedPercent(0), 5)
})

test('what lies outside a standard is named', () => {
  assert.deepEqual(predictVote(room, { standard: 'iso' }).outside, [])
  assert.deepEqual(predictVote({ ...room, met: 0.7, airSpeedMs: 1.1 }, { standard: 'iso' }).outside, [
    'airSpeedMs',
    'met',
    'pmv',
  ])
  assert.deepEqual(
    predictVote({ ...room, airSpeedMs: 0.9 }, { standard: 'ashrae', hasAirSpeedControl: false }).outside,
    ['airSpeedMs without control'],
  )
})
