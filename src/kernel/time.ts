import { z } from 'zod'

// PostgreSQL has no year 0 and writes years from 10,000 on in another way; nothing of ours lies outside.
const isInRange = (year: number) => year >= 1800 && year <= 9998

/**
 * An instant as an RFC 3339 text in UTC, e.g. `2026-11-23T08:51:05.917Z`, cut to the microseconds that the database
 * keeps. The pattern alone lets through what is no instant, such as a second of thirteen digits.
 */
export const InstantText = z.iso.datetime({ offset: true }).transform((text, context) => {
  try {
    const instant = Temporal.Instant.from(text).round({ smallestUnit: 'microsecond', roundingMode: 'floor' })
    if (isInRange(instant.toZonedDateTimeISO('UTC').year)) return instant.toString()
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  context.addIssue({ code: 'custom', message: 'not an instant of the years 1800 to 9998' })
  return z.NEVER
})

export const Zone = z.string().refine(
  (zone) => {
    try {
      Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone)
      return zone.includes('/') || zone === 'UTC'
    } catch {
      return false
    }
  },
  { error: 'not an IANA time zone' },
)

export const Precision = z.enum(['second', 'minute', 'hour', 'day'])
export type Precision = z.infer<typeof Precision>

/** When something happened in the world: folds use the instant, screens show the precision. */
export const OccurredAt = z.strictObject({ at: InstantText, precision: Precision, zone: Zone })
export type OccurredAt = z.infer<typeof OccurredAt>

/**
 * The earliest instant that a stated time allows: the beginning of its second, minute, hour or day in its zone. What is
 * owed begins there, so that a vague time never makes somebody wait longer (DESIGN.md §5, legal time).
 */
export function earliestOf({ at, precision, zone }: OccurredAt): string {
  // Whole minutes of UTC are whole minutes everywhere since 1972; they need no calendar.
  if (precision === 'second' || precision === 'minute')
    return `${at.slice(0, precision === 'minute' ? 16 : 19).padEnd(19, ':00')}Z`
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  if (precision === 'day') return startOfDay(local.toPlainDate(), zone)
  return local.round({ smallestUnit: 'hour', roundingMode: 'floor' }).toInstant().toString()
}

/** Microseconds since 1970, exact as a number until the year 2255: what sorting and comparing use. */
export function microsOf(instant: string): number {
  const known = micros.get(instant)
  if (known !== undefined) return known
  const read = Number(Temporal.Instant.from(instant).epochNanoseconds / 1000n)
  if (micros.size >= MICROS_KEPT) micros.clear()
  micros.set(instant, read)
  return read
}

// Folds ask for the same few instants again and again; reading them each time was a fifth of what a projection took.
const MICROS_KEPT = 10_000
const micros = new Map<string, number>()

/** UTC to the minute, as it stands in a public envelope: `2026-11-23T08:51Z`. */
export const minuteOf = (instant: string): string => `${instant.slice(0, 16)}Z`

// Looked at as text: the check also runs on what is no date, and `Temporal` would throw.
const LegalDay = z.iso.date().refine((date) => isInRange(Number(date.slice(0, 4))), {
  error: 'not a date of the years 1800 to 9998',
})

/**
 * A date of law: 'until 2 April' inclusive holds to 3 April 00:00 in the issuer's zone.
 * Either a calendar date there or an instant.
 */
export const LegalDate = z.union([
  z.strictObject({ date: LegalDay, zone: Zone, inclusive: z.boolean() }),
  z.strictObject({ at: InstantText }),
])
export type LegalDate = z.infer<typeof LegalDate>

/** The instant at which a span that ends on this legal date ends (half-open). */
export function endOf(legal: LegalDate): string {
  return 'at' in legal ? legal.at : midnight(legal.date, legal.inclusive ? 1 : 0, legal.zone)
}

/** The instant at which a span that begins on this legal date begins. */
export function beginOf(legal: LegalDate): string {
  return 'at' in legal ? legal.at : midnight(legal.date, 0, legal.zone)
}

const midnights = new Map<string, string>()
const MIDNIGHTS_MAX = 32_768

/** Orders end on few days and in few zones; looking one up in the calendar costs as much as sealing a section. */
function midnight(date: string, daysLater: 0 | 1, zone: string): string {
  const key = `${date}+${daysLater} ${zone}`
  let instant = midnights.get(key)
  if (instant === undefined) {
    if (midnights.size >= MIDNIGHTS_MAX) midnights.clear()
    instant = startOfDay(Temporal.PlainDate.from(date).add({ days: daysLater }), zone)
    midnights.set(key, instant)
  }
  return instant
}

export const startOfDay = (date: Temporal.PlainDate, zone: string): string =>
  date.toZonedDateTime({ timeZone: zone }).toInstant().toString()
