/**
 * Tomorrow's dry bulb, hour by hour, from what is known at 18:00 today. Pure.
 *
 * What is known at 18:00 is taken as one day of 24 hours, today's up to 18:00 and yesterday's after it, and compared
 * with an exponential mean of such days: nine deviations from it (same hour, whole day, now, afternoon, morning, dew
 * point, infrared, radiation, a day's change of pressure) give tomorrow's deviation, by weights for each hour. The
 * weights are fitted for least absolute error, shrunk, and shared between neighbouring hours, because half a year has
 * few days. Afterwards the mean error of the forecasts that have come due is followed slowly and taken off, so that
 * another season does not leave a bias. Measures that a place does not have drop out by themselves.
 */
import { HOURS, type WeatherDay, type WeatherMeasure } from './weather.ts'

/** Of the 24 hours of a day those that have ended at 18:00. */
export const KNOWN_HOURS = 18

/** All ours, chosen on half a year by leaving out each sixth of it in turn (`docs/heat-forecast.md`). */
const MEAN_RATE = 0.1
const SHRINKAGE = 60
const NEIGHBOURS = 3
const ROUNDS = 15
/** Errors below this count as this, in K: else a day that fits exactly would rule the fit. */
const ERROR_FLOOR = 0.3
const BIAS_RATE = 0.05
const BIAS_SHARE = 0.7
/** Days after which mean and bias have something to stand on. */
const WARM_UP_DAYS = 8

export type ForecastModel = {
  /** By hour, by deviation. */
  readonly weights: readonly (readonly number[])[]
  /** What a deviation is divided by: its own spread where the model was fitted. */
  readonly spreads: readonly number[]
}

type Profile = readonly number[]
/** What is known at 18:00 of one day: the mean profile, and the deviations of each hour. */
type Origin = { readonly mean: Profile; readonly deviations: readonly Profile[] }

/** Fits the weights on days that follow each other; undefined where there are fewer than thirty to learn from. */
export function fitForecast(days: readonly WeatherDay[]): ForecastModel | undefined {
  const origins = originsOf(days)
  const samples = origins.slice(WARM_UP_DAYS, -1).flatMap((origin, at) => {
    const target = days[WARM_UP_DAYS + at + 1]?.dryBulbCelsius ?? []
    return target.includes(undefined) ? [] : [{ origin, wanted: minus(target as number[], origin.mean) }]
  })
  if (samples.length < 30) return undefined
  const count = samples[0]?.origin.deviations[0]?.length ?? 0
  const spreads = Array.from({ length: count }, (_, of) =>
    spreadOf(samples.flatMap(({ origin }) => origin.deviations.map((hour) => hour[of] as number))),
  )
  const rows = samples.map(({ origin, wanted }) => ({
    wanted,
    scaled: origin.deviations.map((hour) => scaled(hour, spreads)),
  }))
  let weights: number[][] = Array.from({ length: HOURS }, () => Array(count).fill(0))
  let trust = rows.map(({ wanted }) => wanted.map(() => 1))
  for (let round = 0; round < ROUNDS; round++) {
    weights = Array.from({ length: HOURS }, (_, hour) => fitHour(rows, trust, hour, count))
    // Dividing by the error turns least squares into least absolute error, round by round.
    trust = rows.map(({ scaled, wanted }) =>
      wanted.map(
        (value, hour) =>
          1 / Math.max(Math.abs(value - dot(scaled[hour] as Profile, weights[hour] as number[])), ERROR_FLOOR),
      ),
    )
    const average = meanOf(trust.flat())
    trust = trust.map((hours) => hours.map((value) => value / average))
  }
  return { weights, spreads }
}

/**
 * For each day, as its last known, the forecast of the next day's 24 hours; undefined while there is too little to go
 * by. Nothing of a day after 18:00 and nothing of later days is used for it (a test changes them).
 */
export function forecastEach(model: ForecastModel, days: readonly WeatherDay[]): (Profile | undefined)[] {
  const bare = originsOf(days).map(({ mean, deviations }) =>
    mean.map(
      (value, hour) => value + dot(scaled(deviations[hour] as Profile, model.spreads), model.weights[hour] as Profile),
    ),
  )
  let bias = 0
  return bare.map((forecast, today) => {
    if (today < WARM_UP_DAYS) return undefined
    // Due by 18:00 today: this morning's hours as forecast yesterday, last evening's as forecast the day before.
    const errors = Array.from({ length: HOURS }, (_, hour) => {
      const due = hour < KNOWN_HOURS ? today : today - 1
      const measured = days[due]?.dryBulbCelsius[hour]
      const said = bare[due - 1]?.[hour]
      return measured === undefined || said === undefined || due - 1 < WARM_UP_DAYS ? undefined : measured - said
    }).filter((error) => error !== undefined)
    if (errors.length > 0) bias += BIAS_RATE * (meanOf(errors) - bias)
    return forecast.map((value) => value + BIAS_SHARE * bias)
  })
}

/** The forecast of the day after the last of `days`, of which the hours up to 18:00 are used. */
export const forecastNextDay = (model: ForecastModel, days: readonly WeatherDay[]): Profile | undefined =>
  forecastEach(model, days).at(-1)

export type ForecastScore = {
  readonly days: number
  readonly hours: number
  /** Mean absolute errors in K. */
  readonly forecastK: number
  /** 'The same hour today': each hour of today for the same of tomorrow, also those after 18:00, which it cannot know. */
  readonly sameHourTodayK: number
  /** The same with yesterday's hours after 18:00, which is what could be said at 18:00. */
  readonly sameHourKnownK: number
  /** Forecast ÷ 'same hour today'. */
  readonly ratio: number
}

/** Fitted on 1 January to 30 June, then fixed; scored on each hour of 1 July to 31 December. Undefined without both. */
export function scoreForecast(days: readonly WeatherDay[]): ForecastScore | undefined {
  const half = days.findIndex(({ month }) => month >= 7)
  const model = half < 0 ? undefined : fitForecast(days.slice(0, half))
  if (model === undefined) return undefined
  const forecasts = forecastEach(model, days)
  const errors: { forecast: number; today: number; known: number }[] = []
  const scored = new Set<number>()
  for (let day = half; day < days.length; day++) {
    for (let hour = 0; hour < HOURS; hour++) {
      const measured = days[day]?.dryBulbCelsius[hour]
      const forecast = forecasts[day - 1]?.[hour]
      const today = days[day - 1]?.dryBulbCelsius[hour]
      const known = days[hour < KNOWN_HOURS ? day - 1 : day - 2]?.dryBulbCelsius[hour]
      if (measured === undefined || forecast === undefined || today === undefined || known === undefined) continue
      errors.push({
        forecast: Math.abs(forecast - measured),
        today: Math.abs(today - measured),
        known: Math.abs(known - measured),
      })
      scored.add(day)
    }
  }
  if (errors.length === 0) return undefined
  const [forecastK, sameHourTodayK, sameHourKnownK] = (['forecast', 'today', 'known'] as const).map((name) =>
    meanOf(errors.map((error) => error[name])),
  ) as [number, number, number]
  return {
    days: scored.size,
    hours: errors.length,
    forecastK,
    sameHourTodayK,
    sameHourKnownK,
    ratio: forecastK / sameHourTodayK,
  }
}

/** What is known at 18:00 of each day, one after another. */
function originsOf(days: readonly WeatherDay[]): Origin[] {
  const known = (measure: WeatherMeasure) => knownProfiles(days.map((day) => day[measure]))
  const withMeans = (measure: WeatherMeasure) => {
    const profiles = known(measure)
    return { profiles, means: exponentialMeans(profiles) }
  }
  const temperature = withMeans('dryBulbCelsius')
  const dewPoint = withMeans('dewPointCelsius')
  const infrared = withMeans('infraredWhM2')
  const global = withMeans('globalWhM2')
  const pressure = known('pressurePa').map((profile) => profile[KNOWN_HOURS - 1] as number)
  return days.map((_, day) => {
    const mean = temperature.means[day] as Profile
    const now = minus(temperature.profiles[day] as Profile, mean)
    const shared = [
      meanOf(now),
      now[KNOWN_HOURS - 1] as number,
      meanOf(now.slice(11, 16)),
      meanOf(now.slice(3, 7)),
      meanOf(minus(dewPoint.profiles[day] as Profile, dewPoint.means[day] as Profile).slice(12, KNOWN_HOURS)),
      meanOf(minus(infrared.profiles[day] as Profile, infrared.means[day] as Profile).slice(12, KNOWN_HOURS)),
      meanOf(minus(global.profiles[day] as Profile, global.means[day] as Profile)),
      (pressure[day] as number) - (pressure[day - 1] ?? (pressure[day] as number)),
    ]
    return { mean, deviations: now.map((value) => [value, ...shared]) }
  })
}

/** Today's hours up to 18:00, yesterday's after; what is missing stays as it was last known at that hour. */
function knownProfiles(days: readonly (readonly (number | undefined)[])[]): Profile[] {
  const last: (number | undefined)[] = Array(HOURS).fill(undefined)
  const anything = days.flat().find((value) => value !== undefined) ?? 0
  return days.map((today, day) =>
    Array.from({ length: HOURS }, (_, hour) => {
      last[hour] = (hour < KNOWN_HOURS ? today : days[day - 1])?.[hour] ?? last[hour]
      // Only at the beginning, before that hour was ever measured.
      return last[hour] ?? last.find((value) => value !== undefined) ?? anything
    }),
  )
}

/** At each day the mean of it and all before, each day back weighing a tenth less. */
function exponentialMeans(profiles: readonly Profile[]): Profile[] {
  let sums: number[] = Array(HOURS).fill(0)
  let weight = 0
  return profiles.map((profile) => {
    weight = weight * (1 - MEAN_RATE) + MEAN_RATE
    sums = sums.map((sum, hour) => sum * (1 - MEAN_RATE) + MEAN_RATE * (profile[hour] as number))
    return sums.map((sum) => sum / weight)
  })
}

type Row = { readonly wanted: Profile; readonly scaled: readonly Profile[] }

/** Shrunk least squares for one hour, its neighbours helping with less weight the further they are. */
function fitHour(rows: readonly Row[], trust: readonly Profile[], hour: number, count: number): number[] {
  const products = Array.from({ length: count }, (_, at) =>
    Array.from({ length: count + 1 }, (_, to) => (at === to ? SHRINKAGE : 0)),
  )
  for (let other = Math.max(0, hour - NEIGHBOURS); other <= Math.min(HOURS - 1, hour + NEIGHBOURS); other++) {
    const share = 1 - Math.abs(other - hour) / (NEIGHBOURS + 1)
    for (const [sample, { wanted, scaled }] of rows.entries()) {
      const values = scaled[other] as Profile
      const weight = share * (trust[sample]?.[other] as number)
      for (let at = 0; at < count; at++) {
        const product = products[at] as number[]
        const weighted = weight * (values[at] as number)
        for (let to = 0; to < count; to++) (product[to] as number) += weighted * (values[to] as number)
        ;(product[count] as number) += weighted * (wanted[other] as number)
      }
    }
  }
  return solved(products)
}

/** Gaussian elimination; the shrinkage on the diagonal keeps every pivot away from zero. */
function solved(equations: number[][]): number[] {
  const count = equations.length
  for (let pivot = 0; pivot < count; pivot++) {
    const row = equations[pivot] as number[]
    for (let below = pivot + 1; below < count; below++) {
      const other = equations[below] as number[]
      const factor = (other[pivot] as number) / (row[pivot] as number)
      for (let at = pivot; at <= count; at++) other[at] = (other[at] as number) - factor * (row[at] as number)
    }
  }
  const found: number[] = Array(count).fill(0)
  for (let at = count - 1; at >= 0; at--) {
    const row = equations[at] as number[]
    let rest = row[count] as number
    for (let to = at + 1; to < count; to++) rest -= (row[to] as number) * (found[to] as number)
    found[at] = rest / (row[at] as number)
  }
  return found
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
const minus = (left: readonly number[], right: Profile): number[] =>
  left.map((value, at) => value - (right[at] as number))
const dot = (left: Profile, right: Profile): number =>
  left.reduce((sum, value, at) => sum + value * (right[at] as number), 0)
/** What never moved says nothing: its spread is 0, and it stays 0. */
const scaled = (values: Profile, spreads: readonly number[]): number[] =>
  values.map((value, at) => (spreads[at] === 0 ? 0 : value / (spreads[at] as number)))

function spreadOf(values: readonly number[]): number {
  const mean = meanOf(values)
  const spread = Math.sqrt(meanOf(values.map((value) => (value - mean) ** 2)))
  return spread < 1e-9 ? 0 : spread
}
