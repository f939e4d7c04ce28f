/**
 * Heat as people feel it: heat index, humidex, and the bands that their sources name. All pure; what a value means for
 * a rule is the rule's business. Sources: `reference/standards.md` HEA-02, HEA-06.
 */
import type { Words } from '../kernel/refusal.ts'

export const fahrenheitOf = (celsius: number): number => celsius * 1.8 + 32
export const celsiusOf = (fahrenheit: number): number => (fahrenheit - 32) / 1.8

/**
 * The nine-term regression alone, in °F from °F and relative humidity in per cent. L. P. Rothfusz, *The Heat Index
 * "Equation"*, NWS Southern Region SR 90-23, 1990. Fitted to 80–112 °F and 13–85 %: elsewhere it still gives a number,
 * which the reference vectors record (77 °F, 50 % → 78.6 °F); only `heatIndexNwsFahrenheit` is fit for people.
 */
export function heatIndexRothfuszFahrenheit(airFahrenheit: number, humidityPercent: number): number {
  const [t, r] = [airFahrenheit, humidityPercent]
  return (
    -42.379 +
    2.04901523 * t +
    10.14333127 * r -
    0.22475541 * t * r -
    6.83783e-3 * t * t -
    5.481717e-2 * r * r +
    1.22874e-3 * t * t * r +
    8.5282e-4 * t * r * r -
    1.99e-6 * t * t * r * r
  )
}

/**
 * The procedure of the US National Weather Service (wpc.ncep.noaa.gov, *The Heat Index Equation*), in °F: Steadman's
 * simple formula where its mean with the air temperature stays below 80 °F, else the regression with its two
 * adjustments, for air drier than 13 % and for air moister than 85 %.
 */
export function heatIndexNwsFahrenheit(airFahrenheit: number, humidityPercent: number): number {
  const [t, r] = [airFahrenheit, humidityPercent]
  const simple = (0.5 * (t + 61 + (t - 68) * 1.2 + r * 0.094) + t) / 2
  if (simple < 80) return simple
  const full = heatIndexRothfuszFahrenheit(t, r)
  if (r < 13 && t >= 80 && t <= 112) return full - ((13 - r) / 4) * Math.sqrt((17 - Math.abs(t - 95)) / 17)
  if (r > 85 && t >= 80 && t <= 87) return full + ((r - 85) / 10) * ((87 - t) / 5)
  return full
}

/** The same in Celsius. */
export const heatIndexNwsCelsius = (airCelsius: number, humidityPercent: number): number =>
  celsiusOf(heatIndexNwsFahrenheit(fahrenheitOf(airCelsius), humidityPercent))

/**
 * Humidex, a number on the scale of °C: J. M. Masterton, F. A. Richardson, *Humidex*, Environment Canada CLI 1-79, 1979.
 * Vapour pressure in hPa from relative humidity by Magnus' formula.
 */
export function humidex(airCelsius: number, humidityPercent: number): number {
  const vapourHpa = (6.112 * 10 ** ((7.5 * airCelsius) / (237.7 + airCelsius)) * humidityPercent) / 100
  return airCelsius + (5 / 9) * (vapourHpa - 10)
}

/** A named stretch of a scale. `from` is where it begins; each ends where the next begins. */
export type Band<Name extends string> = { readonly name: Name; readonly from: number; readonly says: Words }

/** NWS bands of the heat index, from its lower bound in °F on. */
export const HEAT_INDEX_BANDS = [
  { name: 'none', from: Number.NEGATIVE_INFINITY, says: { en: 'no caution', es: 'sin advertencia' } },
  { name: 'caution', from: 80, says: { en: 'caution', es: 'precaución' } },
  { name: 'extreme-caution', from: 90, says: { en: 'extreme caution', es: 'precaución extrema' } },
  { name: 'danger', from: 103, says: { en: 'danger', es: 'peligro' } },
  { name: 'extreme-danger', from: 125, says: { en: 'extreme danger', es: 'peligro extremo' } },
] as const satisfies readonly Band<string>[]
export type HeatIndexBand = (typeof HEAT_INDEX_BANDS)[number]['name']

/** The band of a heat index in °F. */
export const heatIndexBandOf = (indexFahrenheit: number): HeatIndexBand =>
  (HEAT_INDEX_BANDS.findLast(({ from }) => indexFahrenheit >= from) ?? HEAT_INDEX_BANDS[0]).name

/** Bands of the humidex by their upper bound, which belongs to them (Meteorological Service of Canada). */
export const HUMIDEX_BANDS = [
  { name: 'little', to: 30, says: { en: 'Little or no discomfort', es: 'Molestia escasa o nula' } },
  { name: 'noticeable', to: 35, says: { en: 'Noticeable discomfort', es: 'Molestia apreciable' } },
  { name: 'evident', to: 40, says: { en: 'Evident discomfort', es: 'Molestia evidente' } },
  {
    name: 'intense',
    to: 45,
    says: { en: 'Intense discomfort; avoid exertion', es: 'Molestia intensa; evite el esfuerzo' },
  },
  { name: 'dangerous', to: 54, says: { en: 'Dangerous discomfort', es: 'Molestia peligrosa' } },
  {
    name: 'heat-stroke',
    to: Number.POSITIVE_INFINITY,
    says: { en: 'Heat stroke probable', es: 'Golpe de calor probable' },
  },
] as const
export type HumidexBand = (typeof HUMIDEX_BANDS)[number]

/** The band of a humidex. Compared to one decimal, as humidex is reported: 45.02 is reported 45.0 and is 'intense'. */
export function humidexBandOf(value: number): HumidexBand {
  const reported = Math.round(value * 10) / 10
  return HUMIDEX_BANDS.find(({ to }) => reported <= to) ?? HUMIDEX_BANDS[5]
}
