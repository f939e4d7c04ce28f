import type { Calendar, Day } from './calendar.ts'

const EPOCH = Temporal.PlainDate.from('1970-01-01')

/**
 * The same calendar by `Temporal`: written by other people, on other principles, so that an error in one of the two
 * shows as a difference. Slower; the packs compute with day numbers and the tests compare.
 */
export const temporalCalendar: Calendar = {
  findDay(iso) {
    // `Temporal` also reads dates with a time, a calendar or six digits of year.
    if (!/^\d{4}-\d{2}-\d{2}$/.test(iso) || iso.startsWith('0000')) return undefined
    try {
      return numberOf(Temporal.PlainDate.from(iso))
    } catch (error) {
      if (error instanceof RangeError) return undefined
      throw error
    }
  },
  toIso: (day) => dateOf(day).toString(),
  addYears: (day, years) => numberOf(dateOf(day).add({ years })),
  addMonths: (day, months) => numberOf(dateOf(day).add({ months })),
  monthEnd(day) {
    const date = dateOf(day)
    return numberOf(date.with({ day: date.daysInMonth }))
  },
  dayOfMonth: (day) => dateOf(day).day,
  weekday: (day) => dateOf(day).dayOfWeek,
}

const dateOf = (day: Day) => EPOCH.add({ days: day })
const numberOf = (date: Temporal.PlainDate): Day => EPOCH.until(date, { largestUnit: 'days' }).days
