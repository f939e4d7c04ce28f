/**
 * Standard effective temperature: the two-node model of A. P. Gagge, A. P. Fobelets, L. G. Berglund, *A Standard
 * Predictive Index of Human Response to the Thermal Environment*, ASHRAE Trans. 92 (1986), with the constants of
 * ASHRAE 55 Annex D. Core and skin are followed for an hour, minute by minute; then the room of still air is sought in
 * which the same skin, in standard clothes, would give off the same heat.
 */

/** Conditions of a person. Speeds are relative to the body, in m/s; 1 met = 58.2 W/m², 1 clo = 0.155 m²K/W. */
export type ThermalCase = {
  readonly airCelsius: number
  readonly radiantCelsius: number
  readonly airSpeedMs: number
  readonly humidityPercent: number
  readonly met: number
  readonly clo: number
  /** Work done outwards; as a rule 0. */
  readonly externalWorkMet?: number
}

const BODY_KG = 69.9
const BODY_M2 = 1.8258
const MET_W_M2 = 58.2
const SKIN_NEUTRAL = 33.7
const CORE_NEUTRAL = 36.8
const BODY_NEUTRAL = 36.49
const BLOOD_FLOW_NEUTRAL = 6.3 // l/(m²h)
const STEFAN_BOLTZMANN = 5.6697e-8
const LEWIS = 2.2 // K/torr at sea level
const MINUTES = 60

/** Saturated vapour pressure in torr. */
const saturatedTorr = (celsius: number): number => Math.exp(18.6686 - 4030.183 / (celsius + 235))
const above = (value: number): number => Math.max(value, 0)

type Skin = {
  readonly celsius: number
  readonly heatLoss: number
  readonly wettedness: number
  readonly radiant: number
}

/** In °C. */
export function standardEffectiveCelsius(thermal: ThermalCase): number {
  return standardRoomOf(skinAfterAnHour(thermal), thermal)
}

function skinAfterAnHour(thermal: ThermalCase): Skin {
  const { airCelsius, radiantCelsius, clo } = thermal
  const work = (thermal.externalWorkMet ?? 0) * MET_W_M2
  const speed = Math.max(thermal.airSpeedMs, 0.1)
  const vapourTorr = (thermal.humidityPercent * saturatedTorr(airCelsius)) / 100
  const clothing = 0.155 * clo // m²K/W
  const area = 1 + 0.15 * clo
  const wettednessMax = clo <= 0 ? 0.38 * speed ** -0.29 : 0.59 * speed ** -0.08
  const permeation = clo <= 0 ? 1 : 0.45
  const convective = Math.max(3, 8.600001 * speed ** 0.53)
  const restingHeat = thermal.met * MET_W_M2
  const evaporativeResistance = 1 / (LEWIS * area * convective) + clothing / (LEWIS * permeation)

  let [skin, core, bloodFlow, skinShare] = [SKIN_NEUTRAL, CORE_NEUTRAL, BLOOD_FLOW_NEUTRAL, 0.1]
  let [heat, evaporated, wettedness, radiant, dry] = [restingHeat, 0.1 * thermal.met, 0, 4.7, 0]
  const operativeAt = () => (radiant * radiantCelsius + convective * airCelsius) / (radiant + convective)
  let surface =
    operativeAt() + (skin - operativeAt()) / ((radiant + convective) * (1 / (area * (radiant + convective)) + clothing))

  for (let minute = 0; minute < MINUTES; minute++) {
    // The clothing's temperature and the radiation it gives off depend on each other; a few rounds settle it.
    let airLayer = 1 / (area * (radiant + convective))
    for (let round = 0; round < 100; round++) {
      const before = surface
      radiant = 4 * STEFAN_BOLTZMANN * ((surface + radiantCelsius) / 2 + 273.15) ** 3 * 0.72
      airLayer = 1 / (area * (radiant + convective))
      surface = (airLayer * skin + clothing * operativeAt()) / (airLayer + clothing)
      if (Math.abs(surface - before) <= 0.01) break
    }
    dry = (skin - operativeAt()) / (airLayer + clothing)
    const fromCore = (core - skin) * (5.28 + 1.163 * bloodFlow)
    const breath = 0.0023 * heat * (44 - vapourTorr) + 0.0014 * heat * (34 - airCelsius)
    const [skinGain, coreGain] = [fromCore - dry - evaporated, heat - fromCore - breath - work]
    skin += (skinGain * BODY_M2) / (0.97 * skinShare * BODY_KG * 60)
    core += (coreGain * BODY_M2) / (0.97 * (1 - skinShare) * BODY_KG * 60)

    const [warmSkin, coldSkin] = [above(skin - SKIN_NEUTRAL), above(SKIN_NEUTRAL - skin)]
    const [warmCore, coldCore] = [above(core - CORE_NEUTRAL), above(CORE_NEUTRAL - core)]
    const warmBody = above(skinShare * skin + (1 - skinShare) * core - BODY_NEUTRAL)
    bloodFlow = Math.min(Math.max((BLOOD_FLOW_NEUTRAL + 120 * warmCore) / (1 + 0.5 * coldSkin), 0.5), 90)
    const sweat = 0.68 * Math.min(170 * warmBody * Math.exp(warmSkin / 10.7), 500)
    const evaporatedMax = (saturatedTorr(skin) - vapourTorr) / evaporativeResistance
    ;({ evaporated, wettedness } = evaporation(sweat, evaporatedMax, wettednessMax))
    heat = restingHeat + 19.4 * coldSkin * coldCore // shivering
    skinShare = 0.0417737 + 0.7451833 / (bloodFlow + 0.585417)
  }
  return { celsius: skin, heatLoss: dry + evaporated, wettedness, radiant }
}

/** What of the sweat evaporates, in W/m², and the share of wet skin; above the largest share the rest drips off. */
function evaporation(sweat: number, max: number, wettednessMax: number): { evaporated: number; wettedness: number } {
  // In air moister than the skin water condenses on it.
  if (max < 0) return { evaporated: max, wettedness: wettednessMax }
  const wettedness = 0.06 + 0.94 * (sweat / max)
  if (wettedness <= wettednessMax) return { evaporated: wettedness * max, wettedness }
  const sweating = wettednessMax / 0.94
  return { evaporated: sweating * max + 0.06 * (1 - sweating) * max, wettedness: wettednessMax }
}

/** The temperature of still air at half humidity in which that skin gives off that heat, in °C. */
function standardRoomOf(skin: Skin, { met, externalWorkMet = 0 }: ThermalCase): number {
  const convective = met < 0.85 ? 3 : Math.max(5.66 * (met - 0.85) ** 0.39, 3)
  const combined = convective + skin.radiant
  const clo = 1.52 / (met - externalWorkMet + 0.6944) - 0.1835
  const clothing = 0.155 * clo
  const area = 1 + 0.25 * clo
  const efficiency = 1 / (1 + 0.155 * area * combined * clo)
  const convectiveShare = convective / combined
  const permeation = (0.45 * convectiveShare * (1 - efficiency)) / (convectiveShare - efficiency * 0.45)
  const dryLoss = 1 / (1 / (area * combined) + clothing)
  const moistLoss = 1 / (1 / (LEWIS * area * convective) + clothing / (LEWIS * permeation))
  const skinTorr = saturatedTorr(skin.celsius)
  let [low, high] = [-200, 300]
  for (let step = 0; step < 50; step++) {
    const room = (low + high) / 2
    const loss =
      dryLoss * (skin.celsius - room) +
      skin.wettedness * moistLoss * (skinTorr - 0.5 * saturatedTorr(Math.max(room, -230)))
    if (loss > skin.heatLoss) low = room
    else high = room
  }
  return (low + high) / 2
}
