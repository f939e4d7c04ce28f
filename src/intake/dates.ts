/**
 * Dates and times as a source writes them. A form is a pattern of these parts, all else being literal:
 * `YYYY MM M DD D HH H hh h mm ss SSS A Z` (`A` is AM or PM, `Z` is `Z` or an offset such as `-03:00`).
 */

export interface LocalReading {
  readonly repeated: 'earlier' | 'later'
  readonly missing: 'earlier' | 'later'
}

export interface SourceTime {
  /** Instant in UTC. */
  readonly at: string
  readonly epochMs: number
  readonly precision: 'second' | 'minute' | 'hour' | 'day'
  readonly zone: string
  /** As the source wrote it. */
  readonly source: string
  readonly localHour?: 'repeated' | 'missing'
}

export type TimeProblem = 'date-form' | 'date-not-real'

const parts = /YYYY|MM|M|DD|D|HH|H|hh|h|mm|ss|SSS|A|Z/g
const partPattern: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<half>\\d{2})',
  h: '(?<half>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{1,9})',
  A: '(?<meridiem>AM|PM|am|pm)',
  Z: '(?<offset>Z|[+-]\\d{2}:?\\d{2})',
}

export interface DateForm {
  readonly form: string
  readonly pattern: RegExp
}

/** `undefined` when the form does not name year, month and day once each, or gives a smaller part without the larger. */
export function compileDateForm(form: string): DateForm | undefined {
  const source = patternSource(form)
  let pattern: RegExp
  try {
    pattern = new RegExp(`^${source}$`)
  } catch (error) {
    // The same part twice is a doubled group name.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
  const has = (name: string) => source.includes(`(?<${name}>`)
  const time = has('hour') || has('half')
  const whole = has('year') && has('month') && has('day')
  const ordered = (!has('minute') || time) && (!has('second') || has('minute')) && (!has('fraction') || has('second'))
  return whole && ordered && has('half') === has('meridiem') && (!has('offset') || time) ? { form, pattern } : undefined
}

export function patternSource(form: string): string {
  let source = ''
  let last = 0
  for (const match of form.matchAll(parts)) {
    source += escapeLiteral(form.slice(last, match.index)) + partPattern[match[0]]
    last = match.index + match[0].length
  }
  return source + escapeLiteral(form.slice(last))
}

export function escapeLiteral(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
}

interface Day {
  readonly date: Temporal.PlainDate
  readonly text: string
  readonly startMs: number
  /** No change of clocks on this day: local time is start plus elapsed time. */
  readonly plain: boolean
}

/** Reads times of one zone. Days already seen are remembered, up to a bound, since a roster repeats few of them. */
export class TimeReader {
  private readonly zone: string
  private readonly reading: LocalReading
  private readonly days = new Map<string, Day | undefined>()
  private lastDate: { readonly ms: number; readonly date: string } | undefined
  private lastEnd: { readonly date: string; readonly ms: number } | undefined

  constructor(zone: string, reading: LocalReading) {
    this.zone = zone
    this.reading = reading
  }

  readDate(text: string, forms: readonly DateForm[]): string | TimeProblem {
    const groups = match(text, forms)
    if (!groups) return 'date-form'
    return this.dayOf(groups)?.text ?? 'date-not-real'
  }

  readTime(text: string, forms: readonly DateForm[]): SourceTime | TimeProblem {
    const groups = match(text, forms)
    if (!groups) return 'date-form'
    const day = this.dayOf(groups)
    if (!day) return 'date-not-real'
    const { hour: full, half, meridiem, minute = '0', second = '0', fraction, offset } = groups
    if (full === undefined && half === undefined) return this.time(day.startMs, 'day', text)
    const hour = full === undefined ? hourOf(half, meridiem) : Number(full)
    if (hour === undefined || hour > 23 || Number(minute) > 59 || Number(second) > 59) return 'date-not-real'
    const precision = groups.second !== undefined ? 'second' : groups.minute !== undefined ? 'minute' : 'hour'
    const millisecond = fraction ? Number(fraction.padEnd(3, '0').slice(0, 3)) : 0
    const ofDay = ((hour * 60 + Number(minute)) * 60 + Number(second)) * 1000 + millisecond
    if (day.plain && offset === undefined) return this.time(day.startMs + ofDay, precision, text)
    const local = day.date.toPlainDateTime({
      hour,
      minute: Number(minute),
      second: Number(second),
      millisecond,
    })
    if (offset !== undefined) {
      const instant = offsetInstant(local, offset)
      return instant === undefined ? 'date-not-real' : this.time(instant, precision, text)
    }
    return this.changedDay(local, precision, text)
  }

  /** The first instant after this calendar day. */
  dayEndMs(date: string): number {
    if (this.lastEnd?.date !== date) {
      const next = Temporal.PlainDate.from(date).add({ days: 1 })
      this.lastEnd = { date, ms: next.toZonedDateTime(this.zone).epochMilliseconds }
    }
    return this.lastEnd.ms
  }

  /** The calendar day in this zone at an instant; remembered, since it is asked for one `now` over and over. */
  dateAt(epochMs: number): string {
    if (this.lastDate?.ms !== epochMs) {
      const date = Temporal.Instant.fromEpochMilliseconds(epochMs)
        .toZonedDateTimeISO(this.zone)
        .toPlainDate()
        .toString()
      this.lastDate = { ms: epochMs, date }
    }
    return this.lastDate.date
  }

  private changedDay(local: Temporal.PlainDateTime, precision: SourceTime['precision'], text: string): SourceTime {
    const earlier = local.toZonedDateTime(this.zone, { disambiguation: 'earlier' })
    const later = local.toZonedDateTime(this.zone, { disambiguation: 'later' })
    if (earlier.epochMilliseconds === later.epochMilliseconds)
      return this.time(earlier.epochMilliseconds, precision, text)
    // In a gap neither reading shows the local time that was written.
    const localHour = earlier.toPlainDateTime().equals(local) ? 'repeated' : 'missing'
    const taken = this.reading[localHour] === 'earlier' ? earlier : later
    return { ...this.time(taken.epochMilliseconds, precision, text), localHour }
  }

  private time(epochMs: number, precision: SourceTime['precision'], source: string): SourceTime {
    const at = Temporal.Instant.fromEpochMilliseconds(epochMs).toString()
    return { at, epochMs, precision, zone: this.zone, source }
  }

  private dayOf(groups: Readonly<Record<string, string | undefined>>): Day | undefined {
    const key = `${groups.year}-${groups.month}-${groups.day}`
    if (this.days.has(key)) return this.days.get(key)
    if (this.days.size >= 20_000) this.days.clear()
    const day = this.makeDay(Number(groups.year), Number(groups.month), Number(groups.day))
    this.days.set(key, day)
    return day
  }

  private makeDay(year: number, month: number, day: number): Day | undefined {
    let date: Temporal.PlainDate
    try {
      date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
    const start = date.toZonedDateTime(this.zone)
    const end = date.add({ days: 1 }).toZonedDateTime(this.zone)
    // From just before its start: a day that begins with a change of clocks is not plain either.
    const change = start.subtract({ nanoseconds: 1 }).getTimeZoneTransition('next')
    const plain = change === null || change.epochNanoseconds >= end.epochNanoseconds
    return { date, text: date.toString(), startMs: start.epochMilliseconds, plain }
  }
}

function match(text: string, forms: readonly DateForm[]): Readonly<Record<string, string | undefined>> | undefined {
  for (const { pattern } of forms) {
    const groups = pattern.exec(text)?.groups
    if (groups) return groups
  }
  return undefined
}

function hourOf(half: string | undefined, meridiem: string | undefined): number | undefined {
  const hour = Number(half)
  if (hour < 1 || hour > 12) return undefined
  return (hour % 12) + (meridiem?.toUpperCase() === 'PM' ? 12 : 0)
}

function offsetInstant(local: Temporal.PlainDateTime, offset: string): number | undefined {
  const normal = offset === 'Z' || offset.includes(':') ? offset : `${offset.slice(0, 3)}:${offset.slice(3)}`
  try {
    return Temporal.Instant.from(`${local.toString()}${normal}`).epochMilliseconds
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
