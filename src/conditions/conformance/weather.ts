/** Figures of a year of weather, and how well the forecast does on it; `habeas conformance weather` prints them. */
import { type ForecastScore, scoreForecast } from '../forecast.ts'
import { readWeather, type WeatherDay, type WeatherMeasure } from '../weather.ts'

export type WeatherFigures = {
  readonly rows: number
  readonly days: number
  /** Hours without a dry bulb. */
  readonly missing: number
  readonly dryBulbC: {
    readonly min: number | null
    readonly max: number | null
    readonly mean: number | null
    readonly atLeast32: number
    readonly atLeast35: number
  }
  /** From 1 to 12; null for a month without a value. */
  readonly monthlyMeanC: readonly (number | null)[]
  readonly humidityPercent: { readonly min: number | null; readonly max: number | null; readonly mean: number | null }
  readonly globalWhM2: { readonly sum: number }
  /** Null where the file lacks a half-year. Errors and their ratio to four decimals. */
  readonly forecast: ForecastScore | null
  readonly unreadable: number
}

export type WeatherResult = { readonly figures: WeatherFigures; readonly problems: readonly string[] }

/** Reads a file of either EPW form, plain or gzip. Throws `InputUnreadable` where it is of neither. */
export async function runWeather(file: string): Promise<WeatherResult> {
  const { days, rows, unreadable, problems } = await readWeather(file)
  const valuesOf = (measure: WeatherMeasure, of: readonly WeatherDay[] = days) =>
    of.flatMap((day) => day[measure]).filter((value) => value !== undefined)
  const dryBulb = valuesOf('dryBulbCelsius')
  const score = scoreForecast(days)
  return {
    figures: {
      rows,
      days: days.length,
      missing: rows - dryBulb.length,
      dryBulbC: {
        ...extentOf(dryBulb, 3),
        atLeast32: dryBulb.filter((value) => value >= 32).length,
        atLeast35: dryBulb.filter((value) => value >= 35).length,
      },
      monthlyMeanC: Array.from({ length: 12 }, (_, at) => {
        const ofMonth = days.filter(({ month }) => month === at + 1)
        return extentOf(valuesOf('dryBulbCelsius', ofMonth), 2).mean
      }),
      humidityPercent: extentOf(valuesOf('humidityPercent'), 3),
      globalWhM2: {
        sum: rounded(
          valuesOf('globalWhM2').reduce((sum, value) => sum + value, 0),
          3,
        ),
      },
      forecast: score === undefined ? null : roundedScore(score),
      unreadable,
    },
    problems,
  }
}

function extentOf(values: readonly number[], decimals: number) {
  if (values.length === 0) return { min: null, max: null, mean: null }
  let [min, max, sum] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  for (const value of values) {
    min = Math.min(min, value)
    max = Math.max(max, value)
    sum += value
  }
  return { min, max, mean: rounded(sum / values.length, decimals) }
}

const rounded = (value: number, decimals: number): number => Math.round(value * 10 ** decimals) / 10 ** decimals

const roundedScore = ({ days, hours, ...errors }: ForecastScore): ForecastScore => ({
  days,
  hours,
  forecastK: rounded(errors.forecastK, 4),
  sameHourTodayK: rounded(errors.sameHourTodayK, 4),
  sameHourKnownK: rounded(errors.sameHourKnownK, 4),
  ratio: rounded(errors.ratio, 4),
})
