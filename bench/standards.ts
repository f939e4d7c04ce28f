import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { scoreForecast } from '../src/conditions/forecast.ts'
import { madeYear } from '../src/conditions/testing.ts'
import { readWeather } from '../src/conditions/weather.ts'
import { print } from './figure.ts'
import { commitMsOf, openHouse, startServer } from './house.ts'

const YEAR = fileURLToPath(new URL('../../shared/data/weather-tropical-epw/yangon.csv.gz', import.meta.url))

/** The forecast of tomorrow's heat against 'the same hour today'; it has no rounds: the same file gives the same error. */
export async function benchStandards(): Promise<void> {
  const days = existsSync(YEAR) ? (await readWeather(YEAR)).days : madeYear(1)
  const score = scoreForecast(days)
  if (score === undefined) throw new Error('the year of weather has no two halves')
  const server = await startServer()
  const house = await openHouse(server, 'standards')
  const facts = { unit: 'K', rows: 0, commitMs: await commitMsOf(house.database) }
  print({
    name: 'standards/forecast/same-hour-today',
    yardstick: 'each hour of today for the same of tomorrow',
    rounds: [{ value: score.forecastK, yardstick: score.sameHourTodayK }],
    ...facts,
  })
  print({
    name: 'standards/forecast/same-hour-known',
    yardstick: 'the same, with yesterday’s hours where today’s come after 18:00',
    rounds: [{ value: score.forecastK, yardstick: score.sameHourKnownK }],
    ...facts,
  })
  await house.close()
  await server.stop()
}
