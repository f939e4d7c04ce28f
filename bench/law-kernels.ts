import { type Calendar, dayNumbers, dayOf } from '../src/law/packs/kernel/calendar.ts'
import { type Duration, duration, endOfTerm } from '../src/law/packs/kernel/duration.ts'
import { temporalCalendar } from '../src/law/packs/kernel/temporal.ts'

/** Lengths that courts impose: every month of the first two years, round ones up to 30 years, and mixed ones. */
const TERMS: readonly Duration[] = [
  ...Array.from({ length: 24 }, (_, index) => duration({ months: index + 1 })),
  ...[27, 30, 32, 36, 40, 42, 48, 54, 60, 72, 78, 84, 96, 120].map((months) => duration({ months })),
  ...[1, 2, 3, 4, 5, 7, 10, 12, 15, 18, 20, 25, 30].map((years) => duration({ years })),
  duration({ years: 1, months: 1 }),
  duration({ years: 2, months: 7, days: 16 }),
  duration({ years: 4, months: 11, weeks: 2 }),
  duration({ months: 1, days: 10 }),
  duration({ weeks: 3 }),
]

/** The ends of all terms from all days of 1990 to 2060, by both calendars: how many were asked for, how many differ. */
export function compareKernels(quick: boolean): { compared: number; differences: number } {
  const [first, last] = [dayOf(dayNumbers, '1990-01-01'), dayOf(dayNumbers, '2060-12-31')]
  // Not a multiple of a week or a month: a quick run still meets every day of the month.
  const step = quick ? 13 : 1
  let compared = 0
  let differences = 0
  for (let start = first; start <= last; start += step) {
    for (const term of TERMS) {
      compared += 2
      differences += differs((calendar) => endOfTerm(calendar, start, term))
      differences += differs((calendar) => calendar.addMonths(start, term.years * 12 + term.months))
    }
  }
  return { compared, differences }
}

const differs = (ask: (calendar: Calendar) => number) => (ask(dayNumbers) === ask(temporalCalendar) ? 0 : 1)
