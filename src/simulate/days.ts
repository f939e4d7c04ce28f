/**
 * Days as whole numbers since 1970-01-01 and instants as whole seconds: 160,000 acts ask for the same few thousand
 * days, so their texts are made once by Temporal and kept.
 */
const EPOCH = Temporal.PlainDate.from('1970-01-01')
export const DAY_SECONDS = 86_400

export const dayOf = (date: string): number => EPOCH.until(Temporal.PlainDate.from(date), { largestUnit: 'days' }).days

const texts = new Map<number, string>()

/** `2026-11-01` */
export function dateText(day: number): string {
  let text = texts.get(day)
  if (text === undefined) {
    text = EPOCH.add({ days: day }).toString()
    texts.set(day, text)
  }
  return text
}

const starts = new Map<string, Map<number, number>>()

/** The second at which a day begins in a zone. */
export function startOf(day: number, zone: string): number {
  let known = starts.get(zone)
  if (!known) {
    known = new Map()
    starts.set(zone, known)
  }
  let start = known.get(day)
  if (start === undefined) {
    start = EPOCH.add({ days: day }).toZonedDateTime({ timeZone: zone }).epochMilliseconds / 1000
    known.set(day, start)
  }
  return start
}

/** `2026-11-01T06:00:00Z` */
export const instantText = (second: number): string => Temporal.Instant.fromEpochMilliseconds(second * 1000).toString()

export const secondOf = (instant: string): number => Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000)

/** The day of a second in a zone without summer time, which El Salvador is. */
export const dayAt = (second: number, zone: string): number => {
  const guess = Math.floor(second / DAY_SECONDS)
  return startOf(guess, zone) <= second ? guess : guess - 1
}
