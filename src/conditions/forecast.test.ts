import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { runWeather } from './conformance/weather.ts'
import { fitForecast, forecastEach, forecastNextDay, KNOWN_HOURS, scoreForecast } from './forecast.ts'
import { madeYear } from './testing.ts'
import { readWeather } from './weather.ts'

const SHARED = fileURLToPath(new URL('../../../shared/data/weather-tropical-epw/yangon.csv.gz', import.meta.url))

async function withFile<T>(content: string, use: (file: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'weather-'))
  try {
    writeFileSync(join(folder, 'year'), content)
    return await use(join(folder, 'year'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('a forecast uses nothing of today after 18:00, and nothing later', () => {
  const days = madeYear(1)
  const model = fitForecast(days.slice(0, 181))
  assert.ok(model)
  const today = 250
  const changed = days.map((day, at) => ({
    ...day,
    dryBulbCelsius: day.dryBulbCelsius.map((value, hour) =>
      at > today || (at === today && hour >= KNOWN_HOURS) ? -40 : value,
    ),
  }))
  const forecast = forecastEach(model, days)[today]
  assert.equal(forecast?.length, 24)
  assert.deepEqual(forecastEach(model, changed)[today], forecast)
  assert.deepEqual(forecastNextDay(model, days.slice(0, today + 1)), forecast)
})

test('the model is fixed on the first half: the second does not change it', () => {
  const [days, other] = [madeYear(1), madeYear(2)]
  const half = days.findIndex(({ month }) => month >= 7)
  assert.equal(half, 181)
  assert.deepEqual(
    fitForecast([...days.slice(0, half), ...other.slice(half)].slice(0, half)),
    fitForecast(days.slice(0, half)),
  )
})

test('made years with nothing but temperature, and with hours missing: better than the same hour today', () => {
  for (const seed of [1, 2, 3]) {
    const days = madeYear(seed)
    assert.ok((scoreForecast(days)?.ratio ?? 1) < 0.95, `seed ${seed}: ${scoreForecast(days)?.ratio}`)
    const holed = days.map((day, at) => ({
      ...day,
      dryBulbCelsius: day.dryBulbCelsius.map((value, hour) => ((at * 7 + hour) % 53 === 0 ? undefined : value)),
    }))
    assert.ok(Number.isFinite(scoreForecast(holed)?.forecastK))
  }
  assert.equal(scoreForecast(madeYear(1).slice(0, 150)), undefined)
  assert.equal(fitForecast([]), undefined)
})

test('both EPW forms are read alike; codes for missing are no values; dirt is named', async () => {
  const columns = 'source_year,month,day,hour_ending,dry_bulb_c,dew_point_c,rh_percent,pressure_pa'
  const named = `${columns}\n1991,1,1,1,20.6,18.1,86,100950\n1991,1,1,2,99.9,99.9,999,999999\n1991,1,1,25,20,1,1,100950\n1991,1,1,3,x,1,1,100950\n`
  const original = `LOCATION,Yangon,-,MMR\nDESIGN CONDITIONS,0\nDATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n1991,1,1,1,60,?9?9,20.6,18.1,86,100950,0,0,388,0\n1991,1,1,2,60,?9?9,99.9,99.9,999,999999,0,0,9999,9999\n`
  const [first, second] = [await withFile(named, readWeather), await withFile(original, readWeather)]
  for (const { days, rows } of [first, second]) {
    assert.deepEqual(
      [rows, days.length, days[0]?.dryBulbCelsius[0], days[0]?.dryBulbCelsius[1]],
      [2, 1, 20.6, undefined],
    )
    assert.equal(days[0]?.pressurePa[1], undefined)
  }
  assert.equal(second.days[0]?.infraredWhM2[0], 388)
  assert.match(first.problems.join('; '), /line 4: .*line 5: /)
  for (const none of ['', 'a,b\n', `LOCATION,\n${'x\n'.repeat(100)}`]) {
    await assert.rejects(withFile(none, readWeather), { name: 'InputUnreadable' })
  }
})

test('Yangon: the totals of its SOURCE.md, and the forecast', async (t) => {
  t.diagnostic(existsSync(SHARED) ? SHARED : 'shared data is absent: made years only (above)')
  if (!existsSync(SHARED)) return
  const { figures } = await runWeather(SHARED)
  assert.deepEqual([figures.rows, figures.missing, figures.unreadable], [8760, 0, 0])
  assert.deepEqual(figures.dryBulbC, { min: 15.4, max: 39.3, mean: 26.973, atLeast32: 939, atLeast35: 251 })
  assert.deepEqual(figures.humidityPercent, { min: 19, max: 100, mean: 79.873 })
  assert.equal(figures.globalWhM2.sum, 2_152_116)
  assert.deepEqual(
    figures.monthlyMeanC,
    [24.28, 25.96, 28.33, 30.39, 28.23, 26.86, 26.66, 26.41, 26.88, 27.49, 27.25, 24.95],
  )
  assert.ok((figures.forecast?.ratio ?? 1) <= 0.85)
})
