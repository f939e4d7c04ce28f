/**
 * What a kind of sensor can show, and how fast what it measures can change: defaults for the sensor register, which may
 * narrow them for one sensor. Each number says where it comes from: `technical` (a cited source) or `ours` (a product
 * parameter; `reference/telemetry.md` §7, `docs/telemetry-quality.md`).
 */

export type Origin = 'technical' | 'ours'

export type Limit = { readonly value: number; readonly origin: Origin; readonly why: string }

export type SensorKind = {
  /** UCUM code. */
  readonly unit: string
  readonly min: Limit
  readonly max: Limit
  /** The largest change that is believed within one expected interval, in `unit`; none where anything may happen. */
  readonly stepMax?: Limit
  /** A value that stays within the sensor's own resolution for so long is not being measured; none where it may stay. */
  readonly frozenAfterHours?: Limit
}

const ours = (value: number, why: string): Limit => ({ value, origin: 'ours', why })
const technical = (value: number, why: string): Limit => ({ value, origin: 'technical', why })

const FROZEN = ours(6, 'a heated or cooled room still moves by tenths within hours')

export const SENSOR_KINDS = {
  'air-temperature': {
    unit: 'Cel',
    min: technical(0, 'room sensors are sold for 0 to 50 °C'),
    max: technical(50, 'room sensors are sold for 0 to 50 °C'),
    stepMax: ours(5, 'a full room does not change by 5 K between two readings'),
    frozenAfterHours: FROZEN,
  },
  'supply-air-temperature': {
    unit: 'Cel',
    min: ours(-20, 'outside air may pass unheated'),
    max: ours(80, 'hot-water and electric heaters end there'),
    stepMax: ours(30, 'a heater switches at once'),
    frozenAfterHours: ours(72, 'a plant that is off blows what the room has'),
  },
  'globe-temperature': {
    unit: 'Cel',
    min: technical(0, 'as air temperature'),
    max: technical(120, 'ISO 7726: globes measure 20 to 120 °C'),
    stepMax: ours(10, 'sun through a lattice ceiling comes and goes'),
    frozenAfterHours: FROZEN,
  },
  'relative-humidity': {
    unit: '%',
    min: technical(0, 'by definition; 0 itself does not occur and comes of a broken element'),
    max: technical(100, 'by definition'),
    stepMax: ours(25, 'a shower, a door'),
    frozenAfterHours: ours(12, 'saturated air may stay at 100'),
  },
  co2: {
    unit: '[ppm]',
    min: technical(350, 'outside air holds about 420 ppm; less is a sensor out of calibration'),
    max: ours(20_000, 'far beyond any lock-up; the sensors in use end before it'),
    frozenAfterHours: FROZEN,
  },
  illuminance: {
    unit: 'lx',
    min: technical(0, 'by definition'),
    max: technical(130_000, 'full sun'),
  },
  'sound-level': {
    unit: 'dB[SPL]',
    min: ours(15, 'below every microphone in use'),
    max: technical(140, 'threshold of pain'),
    frozenAfterHours: ours(2, 'sound never stays'),
  },
  'water-flow': {
    unit: 'L/min',
    min: technical(0, 'by definition'),
    max: ours(10_000, 'a main'),
  },
  voltage: {
    unit: 'V',
    min: ours(-1_000_000, 'no fence carries more'),
    max: ours(1_000_000, 'no fence carries more'),
  },
} as const satisfies Record<string, SensorKind>
export type SensorKindName = keyof typeof SENSOR_KINDS

/** What `judgeReading` holds readings of one sensor against. All times in milliseconds, values in the sensor's unit. */
export type SensorRules = {
  readonly min: number
  readonly max: number
  readonly stepMax?: number
  readonly frozenAfterMs?: number
  /** A coarse sensor may stand still longer: used where its smallest change, or deadband, is above `coarseFrom`. */
  readonly frozenCoarseAfterMs?: number
  readonly coarseFrom?: number
  readonly expectedIntervalMs: number
  /** The sensor sends only what moved by this much (and now and then a sign of life); 0 where it sends everything. */
  readonly deadband: number
  /** From then on its calibration has expired; epoch milliseconds. */
  readonly calibratedUntilMs?: number
}

export type SensorGiven = {
  readonly kind: SensorKindName
  /** UCUM; temperatures may be `Cel` or `[degF]`. */
  readonly unit: string
  readonly expectedIntervalMs: number
  readonly deadband?: number
  /** Range of this sensor, in `unit`, where it is narrower than its kind's. */
  readonly min?: number
  readonly max?: number
  readonly calibratedUntilMs?: number
}

const HOUR_MS = 3_600_000
/** Whole degrees Fahrenheit (0.56 K) count as coarse, tenths of a degree do not. Ours. */
const COARSE_KELVIN = 0.25
/** How many times longer a coarse sensor may stand still. Ours. */
const COARSE_FACTOR = 12

/** The rules of one sensor, in its own unit; undefined where the unit is not one of its kind. */
export function findRules(given: SensorGiven): SensorRules | undefined {
  const kind: SensorKind = SENSOR_KINDS[given.kind]
  const isFahrenheit = kind.unit === 'Cel' && given.unit === '[degF]'
  if (given.unit !== kind.unit && !isFahrenheit) return undefined
  const inUnit = (value: number) => (isFahrenheit ? value * 1.8 + 32 : value)
  const spanInUnit = (value: number) => (isFahrenheit ? value * 1.8 : value)
  const frozenAfterMs = kind.frozenAfterHours && kind.frozenAfterHours.value * HOUR_MS
  return {
    min: Math.max(inUnit(kind.min.value), given.min ?? Number.NEGATIVE_INFINITY),
    max: Math.min(inUnit(kind.max.value), given.max ?? Number.POSITIVE_INFINITY),
    ...(kind.stepMax && { stepMax: spanInUnit(kind.stepMax.value) }),
    ...(frozenAfterMs !== undefined && { frozenAfterMs }),
    ...(frozenAfterMs !== undefined &&
      kind.unit === 'Cel' && {
        frozenCoarseAfterMs: frozenAfterMs * COARSE_FACTOR,
        coarseFrom: spanInUnit(COARSE_KELVIN),
      }),
    expectedIntervalMs: given.expectedIntervalMs,
    deadband: given.deadband ?? 0,
    ...(given.calibratedUntilMs !== undefined && { calibratedUntilMs: given.calibratedUntilMs }),
  }
}
