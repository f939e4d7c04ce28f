/**
 * Predicted mean vote and predicted percentage dissatisfied (P. O. Fanger): ISO 7730:2005 §4.1 and Annex D; with air
 * moving faster than 0.1 m/s after ASHRAE 55 Annex D, by the cooling effect that standard effective temperature gives.
 */
import { standardEffectiveCelsius, type ThermalCase } from './effective-temperature.ts'

export type ThermalStandard = 'iso' | 'ashrae'

export type Vote = {
  /** −3 cold to +3 hot. */
  readonly pmv: number
  readonly ppdPercent: number
  /** What lies outside the range for which the standard gives the vote; empty where it applies. */
  readonly outside: readonly string[]
}

export type VoteOptions = {
  readonly standard: ThermalStandard
  /** Whether the people can change the air speed: without it ASHRAE 55 allows less of it. */
  readonly hasAirSpeedControl?: boolean
}

/** The vote of people in these conditions, whether or not the standard covers them; `outside` says. */
export function predictVote(thermal: ThermalCase, { standard, hasAirSpeedControl = true }: VoteOptions): Vote {
  const coolingCelsius = standard === 'ashrae' ? coolingEffectCelsius(thermal) : 0
  const pmv = meanVote(coolingCelsius === 0 ? thermal : inStillAir(thermal, coolingCelsius))
  const outside = outsideOf(thermal, standard)
  if (standard === 'iso' && Math.abs(pmv) > 2) outside.push('pmv')
  if (standard === 'ashrae' && !hasAirSpeedControl && thermal.airSpeedMs > airSpeedLimitMs(thermal)) {
    outside.push('airSpeedMs without control')
  }
  return { pmv, ppdPercent: dissatisfiedPercent(pmv), outside }
}

/** ISO 7730 eq. 5. */
export const dissatisfiedPercent = (pmv: number): number => 100 - 95 * Math.exp(-0.03353 * pmv ** 4 - 0.2179 * pmv ** 2)

/** ISO 7730 eq. 1 to 4. */
function meanVote(thermal: ThermalCase): number {
  const { airCelsius: ta, radiantCelsius: tr, airSpeedMs, humidityPercent, met, clo } = thermal
  const vapourPa = humidityPercent * 10 * Math.exp(16.6536 - 4030.183 / (ta + 235))
  const insulation = 0.155 * clo // m²K/W
  const metabolic = met * 58.15 // W/m²
  const heat = metabolic - (thermal.externalWorkMet ?? 0) * 58.15
  const clothingArea = insulation <= 0.078 ? 1 + 1.29 * insulation : 1.05 + 0.645 * insulation
  const forced = 12.1 * Math.sqrt(airSpeedMs)
  const radiantFourth = ((tr + 273) / 100) ** 4
  const losses = (clothing: number) => {
    const convection = Math.max(2.38 * Math.abs(clothing - ta) ** 0.25, forced)
    return {
      radiation: 3.96 * clothingArea * (((clothing + 273) / 100) ** 4 - radiantFourth),
      convection: clothingArea * convection * (clothing - ta),
    }
  }
  const clothing = solve((celsius) => {
    const { radiation, convection } = losses(celsius)
    return 35.7 - 0.028 * heat - insulation * (radiation + convection) - celsius
  })
  const { radiation, convection } = losses(clothing)
  const skinDiffusion = 3.05e-3 * (5733 - 6.99 * heat - vapourPa)
  const sweat = heat > 58.15 ? 0.42 * (heat - 58.15) : 0
  const latentBreath = 1.7e-5 * metabolic * (5867 - vapourPa)
  const dryBreath = 1.4e-3 * metabolic * (34 - ta)
  const sensation = 0.303 * Math.exp(-0.036 * metabolic) + 0.028
  return sensation * (heat - skinDiffusion - sweat - latentBreath - dryBreath - radiation - convection)
}

/** How much cooler still air (0.1 m/s) would have to be to feel like this air, in K; 0 up to 0.1 m/s. */
export function coolingEffectCelsius(thermal: ThermalCase): number {
  if (thermal.airSpeedMs <= STILL_MS) return 0
  const felt = standardEffectiveCelsius(thermal)
  const excess = (cooling: number) => standardEffectiveCelsius(inStillAir(thermal, cooling)) - felt
  // Air warmer than skin heats when it moves: there is nothing to take off then.
  return excess(0) <= 0 ? 0 : solve(excess, 0, COOLING_MAX)
}

const STILL_MS = 0.1
const COOLING_MAX = 40

const inStillAir = (thermal: ThermalCase, cooling: number): ThermalCase => ({
  ...thermal,
  airCelsius: thermal.airCelsius - cooling,
  radiantCelsius: thermal.radiantCelsius - cooling,
  airSpeedMs: STILL_MS,
})

/** The zero of a falling function, by halving: it always ends, which the fixed-point iteration of Annex D does not. */
function solve(falling: (x: number) => number, low = -150, high = 250): number {
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (falling(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}

type Range = readonly [min: number, max: number]
type Ranges = Record<'airCelsius' | 'radiantCelsius' | 'airSpeedMs' | 'met' | 'clo', Range>

/** ISO 7730:2005 §4.1; ASHRAE 55 §5.3 as its calculation tools apply it. */
const RANGES: Record<ThermalStandard, Ranges> = {
  iso: { airCelsius: [10, 30], radiantCelsius: [10, 40], airSpeedMs: [0, 1], met: [0.8, 4], clo: [0, 2] },
  ashrae: { airCelsius: [10, 40], radiantCelsius: [10, 40], airSpeedMs: [0, 2], met: [1, 4], clo: [0, 1.5] },
}

function outsideOf(thermal: ThermalCase, standard: ThermalStandard): string[] {
  const ranges = Object.entries(RANGES[standard]) as [keyof Ranges, Range][]
  return ranges.flatMap(([name, [min, max]]) => (thermal[name] >= min && thermal[name] <= max ? [] : [name]))
}

/** ASHRAE 55 §5.3.3: the highest speed for lightly clad people at rest who cannot change it; else no limit of its own. */
function airSpeedLimitMs({ airCelsius, radiantCelsius, airSpeedMs, met, clo }: ThermalCase): number {
  if (clo >= 0.7 || met >= 1.3) return Number.POSITIVE_INFINITY
  const airShare = airSpeedMs < 0.2 ? 0.5 : airSpeedMs < 0.6 ? 0.6 : 0.7
  const operative = airShare * airCelsius + (1 - airShare) * radiantCelsius
  if (operative > 25.5) return 0.8
  return operative < 23 ? 0.2 : 50.49 - 4.4047 * operative + 0.096425 * operative ** 2
}
