import { microsOf } from '../kernel/time.ts'

const HOUR_MICROS = 3_600_000_000

/** A clock in hours runs on instants. */
export function hoursAfter(instant: string, hours: number): string {
  const micros = microsOf(instant) + hours * HOUR_MICROS
  return micros % 1000 === 0
    ? Temporal.Instant.fromEpochMilliseconds(micros / 1000).toString()
    : Temporal.Instant.fromEpochNanoseconds(BigInt(micros) * 1000n).toString()
}

const WHOLE_SECONDS = 20

/** Below 0: a before b. Whole seconds of UTC, which nearly all are, sort as text; the others are read. */
export const compareInstants = (a: string, b: string): number => {
  if (a.length === WHOLE_SECONDS && b.length === WHOLE_SECONDS) return a < b ? -1 : a > b ? 1 : 0
  return microsOf(a) - microsOf(b)
}

export const isBefore = (a: string, b: string): boolean => compareInstants(a, b) < 0
export const earliest = (a: string, b: string): string => (isBefore(b, a) ? b : a)
export const latest = (a: string, b: string): string => (isBefore(a, b) ? b : a)
