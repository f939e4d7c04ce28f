const HOUR = 3_600_000
const DAY = 24 * HOUR

export const WINDOWS = {
  '24h': { widthMs: DAY, stepMs: HOUR, tickHours: 4 },
  '7d': { widthMs: 7 * DAY, stepMs: DAY, tickHours: 24 },
  '1m': { widthMs: 30 * DAY, stepMs: DAY, tickHours: 24 * 5 },
} as const
export type Window = keyof typeof WINDOWS

/** What the bar shows: up to now while the instant lies in it, else with the instant at six sevenths. */
export function windowAround(
  shown: number,
  now: number,
  window: Window,
): { readonly from: number; readonly to: number } {
  const { widthMs } = WINDOWS[window]
  const to = shown >= now - widthMs ? now : Math.min(now, shown + Math.round(widthMs / 7))
  return { from: to - widthMs, to: to + Math.round(widthMs / 60) }
}

/** No instant after now; within the last minute it is now (undefined). */
export const clampAt = (ms: number, now: number): number | undefined => (ms >= now ? undefined : ms)

/** Where the labels stand: midnights are days, other ticks are hours of the facility. */
export function ticksOf(
  from: number,
  to: number,
  window: Window,
  zone: string,
): readonly { ms: number; isDay: boolean }[] {
  const { tickHours } = WINDOWS[window]
  const ticks: { ms: number; isDay: boolean }[] = []
  const start = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  let at = start.startOfDay()
  while (at.epochMilliseconds <= to) {
    if (at.epochMilliseconds >= from + (to - from) / 100 && at.epochMilliseconds <= to - (to - from) / 20)
      ticks.push({ ms: at.epochMilliseconds, isDay: at.hour === 0 && at.minute === 0 })
    at = tickHours % 24 === 0 ? at.add({ days: tickHours / 24 }) : at.add({ hours: tickHours })
  }
  return ticks
}
