/**
 * Wet-bulb globe temperature, in °C, and the limits that are held against it. Sources: ISO 7243:2017, NIOSH 2016-106
 * §8.1, `reference/standards.md` HEA-03 to HEA-05.
 */

/**
 * How a WBGT came about. A measured one needs a natural wet bulb and a globe. Where a cell has only air temperature and
 * humidity, the wet bulb is estimated and the globe taken as air: under a hot roof the globe is warmer and in still air
 * the natural wet bulb is too, so the true value is not below it. `bound` says that wherever the number goes.
 */
export type Wbgt = {
  readonly celsius: number
  readonly method: 'measured' | 'stull-globe-is-air' | 'stull-globe-measured'
  /** `lower`: the true value is at least this, less what the estimate of the wet bulb may be too high by, 0.65 K. */
  readonly bound: 'none' | 'lower'
}

/** Out of the sun or indoors: 0.7 natural wet bulb + 0.3 globe (ISO 7243). */
export const wbgtIndoorCelsius = (naturalWetBulbCelsius: number, globeCelsius: number): number =>
  0.7 * naturalWetBulbCelsius + 0.3 * globeCelsius

/** In the sun: 0.7 natural wet bulb + 0.2 globe + 0.1 air (ISO 7243). */
export const wbgtOutdoorCelsius = (naturalWetBulbCelsius: number, globeCelsius: number, airCelsius: number): number =>
  0.7 * naturalWetBulbCelsius + 0.2 * globeCelsius + 0.1 * airCelsius

/**
 * Wet bulb in °C from air temperature (−20 to 50 °C) and relative humidity (5 to 99 %) at sea-level pressure: R. Stull,
 * *Wet-Bulb Temperature from Relative Humidity and Air Temperature*, J. Appl. Meteor. Climatol. 50 (2011), eq. 1.
 * Off by −1.0 to +0.65 K. Undefined outside that range: there the fit says nothing. Saturated air (above 99 %) is its own wet bulb.
 */
export function findWetBulbCelsius(airCelsius: number, humidityPercent: number): number | undefined {
  const [t, r] = [airCelsius, humidityPercent]
  if (!(t >= -20 && t <= 50) || !(r >= 5 && r <= 100)) return undefined
  if (r > 99) return t
  return (
    t * Math.atan(0.151977 * Math.sqrt(r + 8.313659)) +
    Math.atan(t + r) -
    Math.atan(r - 1.676331) +
    0.00391838 * r ** 1.5 * Math.atan(0.023101 * r) -
    4.686035
  )
}

export type IndoorClimate = {
  readonly airCelsius: number
  readonly humidityPercent: number
  readonly globeCelsius?: number
  readonly naturalWetBulbCelsius?: number
}

/** The best indoor WBGT that the sensors of a cell allow, with how it was made; undefined where none can be said. */
export function findWbgtIndoor(climate: IndoorClimate): Wbgt | undefined {
  const { airCelsius, humidityPercent, globeCelsius, naturalWetBulbCelsius } = climate
  if (naturalWetBulbCelsius !== undefined && globeCelsius !== undefined) {
    const celsius = wbgtIndoorCelsius(naturalWetBulbCelsius, globeCelsius)
    return { celsius, method: 'measured', bound: 'none' }
  }
  const wetBulb = naturalWetBulbCelsius ?? findWetBulbCelsius(airCelsius, humidityPercent)
  if (wetBulb === undefined) return undefined
  const celsius = wbgtIndoorCelsius(wetBulb, globeCelsius ?? airCelsius)
  return {
    celsius,
    method: globeCelsius === undefined ? 'stull-globe-is-air' : 'stull-globe-measured',
    bound: 'lower',
  }
}

/** NIOSH recommended exposure limit (acclimatised), °C WBGT as one-hour mean, from the metabolic rate in W. */
export const nioshRelCelsius = (metabolicWatts: number): number => 56.7 - 11.5 * Math.log10(metabolicWatts)

/** NIOSH recommended alert limit (not acclimatised), °C WBGT as one-hour mean, from the metabolic rate in W. */
export const nioshRalCelsius = (metabolicWatts: number): number => 59.9 - 14.1 * Math.log10(metabolicWatts)

/** ISO 7243:2017 Table A.1, °C WBGT, acclimatised and not; watts as NIOSH Table 5-1 gives the class. */
export const WORK_CLASSES = {
  rest: { watts: 115, acclimatised: 33, unacclimatised: 32 },
  low: { watts: 180, acclimatised: 30, unacclimatised: 29 },
  moderate: { watts: 300, acclimatised: 28, unacclimatised: 26 },
  high: { watts: 415, acclimatised: 26, unacclimatised: 23 },
  'very-high': { watts: 520, acclimatised: 25, unacclimatised: 20 },
} as const
export type WorkClass = keyof typeof WORK_CLASSES

/** The stricter of NIOSH and ISO 7243 for a class of work, in °C WBGT (HEA-04). */
export function wbgtLimitCelsius(work: WorkClass, isAcclimatised: boolean): number {
  const { watts, acclimatised, unacclimatised } = WORK_CLASSES[work]
  return isAcclimatised
    ? Math.min(nioshRelCelsius(watts), acclimatised)
    : Math.min(nioshRalCelsius(watts), unacclimatised)
}
