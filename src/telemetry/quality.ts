/**
 * The quality of a reading, decided on the way in by a pure reducer: rules of the sensor, what it sent before, the
 * reading, and when it came. `good` is said only of what every rule let pass; what cannot be judged is not good.
 * Each number is ours unless its name or `sensor-kinds.ts` says otherwise (`docs/telemetry-quality.md`).
 */
import type { Words } from '../kernel/refusal.ts'
import type { SensorRules } from './sensor-kinds.ts'

export const QUALITIES = {
  good: { en: 'good', es: 'buena' },
  uncertain: { en: 'uncertain', es: 'dudosa' },
  'out-of-range': { en: 'out of range', es: 'fuera de rango' },
  frozen: { en: 'frozen', es: 'inmóvil' },
  stale: { en: 'stale', es: 'antigua' },
  'clock-off': { en: 'clock off', es: 'reloj desviado' },
  duplicate: { en: 'duplicate', es: 'duplicada' },
  bad: { en: 'bad', es: 'mala' },
} as const satisfies Record<string, Words>
export type Quality = keyof typeof QUALITIES

/** Why. Listed in the order in which the rules look: of several that apply the first is given. */
export const REASONS = {
  'no-time': { quality: 'bad', says: { en: 'no time of measurement', es: 'sin hora de medición' } },
  'clock-ahead': {
    quality: 'clock-off',
    says: { en: 'measured later than it was received', es: 'medida después de recibida' },
  },
  'clock-behind': {
    quality: 'clock-off',
    says: {
      en: 'measured longer ago than any gateway keeps readings',
      es: 'medida hace más de lo que guarda un gateway',
    },
  },
  repeated: { quality: 'duplicate', says: { en: 'sent before', es: 'ya enviada' } },
  contradicts: {
    quality: 'duplicate',
    says: { en: 'another value was sent for the same time', es: 'para la misma hora se envió otro valor' },
  },
  'no-value': { quality: 'bad', says: { en: 'no finite number', es: 'no es un número finito' } },
  fault: { quality: 'bad', says: { en: 'the source calls it faulty', es: 'la fuente la declara defectuosa' } },
  'not-current': {
    quality: 'stale',
    says: { en: 'the source repeats an older value', es: 'la fuente repite un valor anterior' },
  },
  'below-range': { quality: 'out-of-range', says: { en: 'below what it can measure', es: 'por debajo de lo medible' } },
  'above-range': { quality: 'out-of-range', says: { en: 'above what it can measure', es: 'por encima de lo medible' } },
  'by-hand': {
    quality: 'uncertain',
    says: {
      en: 'the source did not measure it: overridden, modified or of an unknown state',
      es: 'la fuente no la midió: forzada, modificada o de estado desconocido',
    },
  },
  'out-of-order': {
    quality: 'uncertain',
    says: { en: 'came after a later one', es: 'llegó después de una posterior' },
  },
  'no-change': { quality: 'frozen', says: { en: 'has not moved for too long', es: 'no cambia desde hace demasiado' } },
  jump: { quality: 'uncertain', says: { en: 'changed more than is believable', es: 'cambió más de lo creíble' } },
  settling: {
    quality: 'uncertain',
    says: { en: 'first after a fault, a jump or a silence', es: 'primera tras un fallo, un salto o un silencio' },
  },
  uncalibrated: {
    quality: 'uncertain',
    says: { en: 'the calibration has expired', es: 'la calibración ha vencido' },
  },
  measured: { quality: 'good', says: { en: 'every rule passed', es: 'cumplió todas las reglas' } },
} as const satisfies Record<string, { quality: Quality; says: Words }>
export type Reason = keyof typeof REASONS

/** What the source itself says of a reading. An unknown word becomes `unknown`. */
export type SourceState = 'fault' | 'down' | 'stale' | 'disabled' | 'null' | 'overridden' | 'unknown'

export type IncomingReading = {
  /** When it was measured, epoch milliseconds by the gateway's clock. */
  readonly atMs: number
  /** In the sensor's unit; undefined where none was sent. */
  readonly value: number | undefined
  readonly states?: readonly SourceState[]
}

/** What must be remembered of one sensor. Plain data: it can be stored and loaded between any two readings. */
export type SensorState = {
  /** The latest time of measurement, and what was sent for it; an unusable value too. */
  readonly last?: { readonly atMs: number; readonly value: number | undefined }
  /** Earlier times of measurement, to tell repeats; the database's key tells the rest. */
  readonly recent: readonly { readonly atMs: number; readonly value: number | undefined }[]
  readonly lastReceivedAtMs?: number
  /** The latest value within range, which the next one is compared with. */
  readonly level?: { readonly atMs: number; readonly value: number }
  /** Believable values in a row since the last doubt. */
  readonly settled: number
  /** Since when the value has not moved, and where it stood then. */
  readonly still?: { readonly sinceMs: number; readonly value: number }
  /** The smallest change ever seen: the sensor's resolution as far as it has shown. */
  readonly resolution?: number
  readonly quality?: Quality
}

export const NEW_SENSOR: SensorState = { recent: [], settled: 0 }

export type Judged = {
  readonly state: SensorState
  readonly quality: Quality
  readonly reason: Reason
  /** Where the value is frozen: since when. What lies between was judged before it could be known, and may be revised. */
  readonly sinceMs?: number
}

/** A clock this far ahead is one that is being set right; more is wrong. Telemetry §7: skew of ± 5 min is accepted. */
export const CLOCK_AHEAD_MS_MAX = 5 * 60_000
/** What a gateway may hold back while its link is down; older times come of a wrong clock. Telemetry §7: 48 h. */
export const CLOCK_BEHIND_MS_MAX = 48 * 3_600_000
/** Believable values in a row after which a sensor that was in doubt is believed again; the last of them is good. */
export const SETTLED_AFTER = 2
/** A sensor unheard for so many expected intervals is silent (issue of the telemetry, §1). */
export const SILENT_AFTER_INTERVALS = 3
const RECENT_MAX = 16

export function judgeReading(
  rules: SensorRules,
  state: SensorState,
  reading: IncomingReading,
  receivedAtMs: number,
): Judged {
  const { atMs, value } = reading
  const says = (reason: Reason, next: SensorState, sinceMs?: number): Judged => {
    const { quality } = REASONS[reason]
    return { state: { ...next, quality }, quality, reason, ...(sinceMs !== undefined && { sinceMs }) }
  }
  // What is not of this time says nothing of the sensor: the quality of the last reading stands.
  const leaves = (reason: Reason): Judged => ({ state, quality: REASONS[reason].quality, reason })

  if (!Number.isFinite(atMs)) return leaves('no-time')
  if (atMs > receivedAtMs + CLOCK_AHEAD_MS_MAX) return leaves('clock-ahead')
  if (atMs < receivedAtMs - CLOCK_BEHIND_MS_MAX) return leaves('clock-behind')
  const before = seenAt(state, atMs)
  if (before !== undefined) return leaves(Object.is(before.value, value) ? 'repeated' : 'contradicts')

  const isLate = state.last !== undefined && atMs < state.last.atMs
  const heard = remember(state, reading, isLate, receivedAtMs)
  // After a doubt the comparison begins anew; the stillness of a value goes on across it.
  const doubted: SensorState = { ...heard, settled: 0 }
  const tell = isLate ? (reason: Reason) => leaveLate(heard, reason) : (reason: Reason) => says(reason, doubted)

  if (value === undefined || !Number.isFinite(value)) return tell('no-value')
  const states = reading.states ?? []
  if (states.some((word) => word === 'fault' || word === 'disabled' || word === 'null')) return tell('fault')
  if (states.some((word) => word === 'stale' || word === 'down')) return tell('not-current')
  if (value < rules.min) return tell('below-range')
  if (value > rules.max) return tell('above-range')
  if (states.length > 0) return tell('by-hand')
  if (isLate) return leaveLate(heard, 'out-of-order')

  const { level } = heard
  const moved = level === undefined ? 0 : Math.abs(value - level.value)
  const intervals = level === undefined ? 1 : (atMs - level.atMs) / rules.expectedIntervalMs
  const isJump = level !== undefined && rules.stepMax !== undefined && moved > rules.stepMax * Math.max(1, intervals)
  const isAfterSilence = intervals > SILENT_AFTER_INTERVALS
  const next: SensorState = {
    ...heard,
    level: { atMs, value },
    settled: isJump || isAfterSilence ? 1 : Math.min(heard.settled + 1, SETTLED_AFTER),
    // Over a silence nobody saw it stand still.
    still: heard.still?.value === value && !isAfterSilence ? heard.still : { sinceMs: atMs, value },
    ...(moved > 0 && { resolution: Math.min(heard.resolution ?? moved, moved) }),
  }
  const stillFor = atMs - (next.still?.sinceMs ?? atMs)
  const frozenAfter = frozenAfterMs(rules, next)
  if (frozenAfter !== undefined && stillFor >= frozenAfter) return says('no-change', next, next.still?.sinceMs)
  if (isJump) return says('jump', next)
  if (next.settled < SETTLED_AFTER) return says('settling', next)
  if (rules.calibratedUntilMs !== undefined && atMs >= rules.calibratedUntilMs) return says('uncalibrated', next)
  return says('measured', next)
}

/** Whether nothing was heard of the sensor for three of its intervals: its rules then are `unknown`, and an alarm stands. */
export function isSilent(rules: SensorRules, state: SensorState, nowMs: number): boolean {
  const { lastReceivedAtMs } = state
  return lastReceivedAtMs !== undefined && nowMs - lastReceivedAtMs > SILENT_AFTER_INTERVALS * rules.expectedIntervalMs
}

/** The quality under which the last value may be shown now; undefined before the first. A silent sensor's is stale. */
export const findQualityNow = (rules: SensorRules, state: SensorState, nowMs: number): Quality | undefined =>
  isSilent(rules, state, nowMs) && state.quality !== undefined && state.quality !== 'bad' ? 'stale' : state.quality

function frozenAfterMs(rules: SensorRules, state: SensorState): number | undefined {
  if (rules.frozenCoarseAfterMs === undefined || rules.coarseFrom === undefined) return rules.frozenAfterMs
  // What has never moved has shown no resolution: it is given the longer time.
  const smallestChange = Math.max(rules.deadband, state.resolution ?? Number.POSITIVE_INFINITY)
  return smallestChange > rules.coarseFrom ? rules.frozenCoarseAfterMs : rules.frozenAfterMs
}

const seenAt = ({ last, recent }: SensorState, atMs: number) =>
  last === undefined || atMs > last.atMs
    ? undefined
    : atMs === last.atMs
      ? last
      : recent.find((earlier) => earlier.atMs === atMs)

function remember(
  state: SensorState,
  { atMs, value }: IncomingReading,
  isLate: boolean,
  receivedAtMs: number,
): SensorState {
  const lastReceivedAtMs = Math.max(state.lastReceivedAtMs ?? receivedAtMs, receivedAtMs)
  const earlier = isLate ? { atMs, value } : state.last
  const recent = earlier === undefined ? state.recent : [...state.recent.slice(1 - RECENT_MAX), earlier]
  return { ...state, recent, lastReceivedAtMs, ...(!isLate && { last: { atMs, value } }) }
}

/** A reading that came late changes nothing of what is compared next, nor the quality of the newer one. */
const leaveLate = (heard: SensorState, reason: Reason): Judged => ({
  state: heard,
  quality: REASONS[reason].quality,
  reason,
})
