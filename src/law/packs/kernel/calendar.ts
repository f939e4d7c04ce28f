/**
 * The calendar that sentence law counts on: days as whole numbers, no clock, no zone. Everything above this file takes
 * a `Calendar` as an argument, so that a second implementation can be put under the same law and compared.
 */

/** A day of the proleptic Gregorian calendar: 0 is 1970-01-01, 1 the day after. */
export type Day = number

/** `YYYY-MM-DD`, years 0001 to 9999. */
export type IsoDate = string

export type Calendar = {
  /** The day of a date, or undefined when the text is no date of the calendar (2023-02-29, 2023-1-1). */
  readonly findDay: (iso: string) => Day | undefined
  readonly toIso: (day: Day) => IsoDate
  /** The same day of another year; 29 February becomes the 28th where the year has none. */
  readonly addYears: (day: Day, years: number) => Day
  /** The same day of another month, or that month's last day where it is shorter. */
  readonly addMonths: (day: Day, months: number) => Day
  /** The last day of the month that the day lies in. */
  readonly monthEnd: (day: Day) => Day
  /** 1 to 31. */
  readonly dayOfMonth: (day: Day) => number
  /** 1 is Monday, 7 is Sunday (ISO 8601). */
  readonly weekday: (day: Day) => number
}

/** The day of a date that is known to be one. Throws RangeError otherwise: the caller has not checked. */
export function dayOf(calendar: Calendar, iso: IsoDate): Day {
  const day = calendar.findDay(iso)
  if (day === undefined) throw new RangeError(`not a date: ${iso}`)
  return day
}

type Fields = { readonly year: number; readonly month: number; readonly dayOfMonth: number }

/** Days before 1 March of year 0 up to 1970-01-01, so that leap days fall at the end of a counted year. */
const MARCH_EPOCH = 719_468
const DAYS_PER_ERA = 146_097

/**
 * The Gregorian calendar on day numbers, in integers only. Years are counted from March in eras of 400 years: the leap
 * day is then the last day of a year and needs no exception.
 */
export const dayNumbers: Calendar = {
  findDay(iso) {
    const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso)
    if (match === null) return undefined
    const [year, month, dayOfMonth] = [Number(match[1]), Number(match[2]), Number(match[3])]
    if (year < 1 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > lengthOfMonth(year, month))
      return undefined
    return fromFields({ year, month, dayOfMonth })
  },
  toIso(day) {
    const { year, month, dayOfMonth } = toFields(day)
    return `${pad(year, 4)}-${pad(month, 2)}-${pad(dayOfMonth, 2)}`
  },
  addYears: (day, years) => addMonths(day, years * 12),
  addMonths,
  monthEnd(day) {
    const fields = toFields(day)
    return fromFields({ ...fields, dayOfMonth: lengthOfMonth(fields.year, fields.month) })
  },
  dayOfMonth: (day) => toFields(day).dayOfMonth,
  // 1970-01-01 was a Thursday.
  weekday: (day) => modulo(day + 3, 7) + 1,
}

function addMonths(day: Day, months: number): Day {
  const { year, month, dayOfMonth } = toFields(day)
  const count = year * 12 + (month - 1) + months
  const target = { year: Math.floor(count / 12), month: modulo(count, 12) + 1 }
  return fromFields({ ...target, dayOfMonth: Math.min(dayOfMonth, lengthOfMonth(target.year, target.month)) })
}

function fromFields({ year, month, dayOfMonth }: Fields): Day {
  const marchYear = month > 2 ? year : year - 1
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + dayOfMonth - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * DAYS_PER_ERA + dayOfEra - MARCH_EPOCH
}

function toFields(day: Day): Fields {
  const shifted = day + MARCH_EPOCH
  const era = Math.floor(shifted / DAYS_PER_ERA)
  const dayOfEra = shifted - era * DAYS_PER_ERA
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const modulo = (value: number, by: number) => ((value % by) + by) % by
const pad = (value: number, width: number) => String(value).padStart(width, '0')
