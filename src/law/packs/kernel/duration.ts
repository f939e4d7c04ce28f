/**
 * Lengths as courts state them: years, months, weeks and days. They stay in those units until a day stands at their
 * start; turned into days too early, three months are 89 days or 92.
 */
import type { Calendar, Day } from './calendar.ts'

export type Duration = {
  readonly years: number
  readonly months: number
  readonly weeks: number
  readonly days: number
}

export const noDuration: Duration = { years: 0, months: 0, weeks: 0, days: 0 }

export const duration = (parts: Partial<Duration>): Duration => ({ ...noDuration, ...parts })

export const isNothing = (length: Duration) => !hasCalendarPart(length) && !hasDayPart(length)

const hasCalendarPart = (length: Duration) => length.years !== 0 || length.months !== 0
const hasDayPart = (length: Duration) => length.weeks !== 0 || length.days !== 0

/**
 * The last day of a term whose first day is `start`; the first day counts. From the first of a month a term of months
 * ends with the end of a month (one month from 1 March is the whole of March); otherwise on the eve of the same day.
 * Years and months are added one after the other, each cut to its month: 29 February and one year and one month is
 * 28 March.
 */
export function endOfTerm(calendar: Calendar, start: Day, length: Duration): Day {
  return calendarEnd(calendar, start, length) + length.weeks * 7 + length.days
}

function calendarEnd(calendar: Calendar, start: Day, { years, months }: Duration): Day {
  if (years === 0 && months === 0) return start - 1
  if (calendar.dayOfMonth(start) === 1) {
    return calendar.monthEnd(calendar.addMonths(calendar.addYears(start, years), months - 1))
  }
  return calendar.addMonths(calendar.addYears(start - 1, years), months)
}

/**
 * Terms served one after another, joined where the law adds them as one: neighbouring years and months together,
 * neighbouring weeks and days together. [3 months, 3 weeks, 3 months, 5 months] is [3 months][3 weeks][8 months]. A term
 * of both kinds (1 month and 10 days) is its two parts in that order.
 */
export function joinTerms(lengths: readonly Duration[]): Duration[] {
  const joined: Duration[] = []
  for (const part of lengths.flatMap(partsByKind)) {
    const last = joined.at(-1)
    if (last !== undefined && hasCalendarPart(last) === hasCalendarPart(part))
      joined[joined.length - 1] = plus(last, part)
    else joined.push(part)
  }
  return joined
}

/** The last day of terms served one after another from `start`: each joined block begins the day after the one before. */
export function endOfTerms(calendar: Calendar, start: Day, lengths: readonly Duration[]): Day {
  return joinTerms(lengths).reduce((next, length) => endOfTerm(calendar, next, length) + 1, start) - 1
}

function partsByKind(length: Duration): Duration[] {
  const parts: Duration[] = []
  if (hasCalendarPart(length)) parts.push({ ...length, weeks: 0, days: 0 })
  if (hasDayPart(length)) parts.push({ ...length, years: 0, months: 0 })
  return parts
}

const plus = (a: Duration, b: Duration): Duration => ({
  years: a.years + b.years,
  months: a.months + b.months,
  weeks: a.weeks + b.weeks,
  days: a.days + b.days,
})

/**
 * What lies between two days, the last one included, as whole years, months and days: how an effective length is
 * written. A month is whole when the same number of day is reached: from 31 January to 27 February there is none.
 */
export function lengthBetween(calendar: Calendar, start: Day, last: Day): Duration {
  const end = last + 1
  let months = 0
  while (calendar.addMonths(start, months + 1) <= end) months += 1
  const reached = calendar.addMonths(start, months)
  const isCut = calendar.dayOfMonth(reached) < calendar.dayOfMonth(start)
  if (isCut && end <= calendar.monthEnd(reached)) months -= 1
  return {
    years: Math.floor(months / 12),
    months: months % 12,
    weeks: 0,
    days: end - calendar.addMonths(start, months),
  }
}

/** ISO 8601: `P1Y6M`, `P3W2D`; nothing is `P0D`. */
export function toIsoDuration({ years, months, weeks, days }: Duration): string {
  const parts = [years && `${years}Y`, months && `${months}M`, weeks && `${weeks}W`, days && `${days}D`]
  return `P${parts.filter(Boolean).join('') || '0D'}`
}
