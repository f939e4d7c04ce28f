/**
 * What a source said of one custody: for each field the days on which it began to say something else, oldest first.
 * Sparse: a day on which it said the same again is not in it. `null`: it said nothing.
 */
export type Said = readonly [day: string, value: string | null]
export type History = Readonly<Record<string, readonly Said[]>>
export type OpenHistory = Record<string, Said[]>

/** Whether the source showed the row at all. */
export const ROSTER = 'roster'
export const SEEN = 'seen'
export const GONE = 'gone'

/** What the source said last, on or before a day; undefined: it is not known to have said anything by then. */
export function saidOn(history: History, field: string, day: string): string | null | undefined {
  return factOn(history, field, day)?.[1]
}

export function factOn(history: History, field: string, day: string): Said | undefined {
  const said = history[field]
  if (!said) return undefined
  for (let i = said.length - 1; i >= 0; i--) {
    const fact = said[i] as Said
    if (fact[0] <= day) return fact
  }
  return undefined
}

/** Puts a fact in its place; of two on one day the one put last stands. */
export function put(history: OpenHistory, field: string, day: string, value: string | null): void {
  const said = history[field]
  if (!said) {
    history[field] = [[day, value]]
    return
  }
  let i = said.length
  while (i > 0 && (said[i - 1] as Said)[0] > day) i--
  if (i > 0 && (said[i - 1] as Said)[0] === day) said[i - 1] = [day, value]
  else said.splice(i, 0, [day, value])
}

export const firstSeenOf = (history: History): string | undefined =>
  history[ROSTER]?.find(([, value]) => value === SEEN)?.[0]

/** The first day from `day` on for which the source is known to have shown the row. */
export function nextSeen(history: History, completeDay: string | undefined, day: string): string | undefined {
  if (completeDay !== undefined && saidOn(history, ROSTER, completeDay) === SEEN) return completeDay
  return history[ROSTER]?.find(([on, value]) => on > day && value === SEEN)?.[0]
}

const days = new Map<string, string>()

/** The calendar day of an instant in a zone. Remembered, within bounds: a file has few days and many rows. */
export function dayOf(instant: string, zone: string): string {
  const key = `${instant} ${zone}`
  let day = days.get(key)
  if (day === undefined) {
    day = Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
    if (days.size >= 5_000) days.clear()
    days.set(key, day)
  }
  return day
}
