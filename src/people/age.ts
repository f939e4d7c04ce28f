import type { Birth } from './acts.ts'

export type BirthKnown = {
  readonly date: string | null
  readonly precision: 'day' | 'month' | 'year' | 'stated'
}

const precisions = { 4: 'year', 7: 'month', 10: 'day' } as const

/** How well a birth is known; undefined: not at all. */
export function birthKnown({ date, ageYears }: Partial<Birth>): BirthKnown | undefined {
  if (date !== undefined) return { date, precision: precisions[date.length as keyof typeof precisions] ?? 'day' }
  return ageYears === undefined ? undefined : { date: null, precision: 'stated' }
}

/**
 * Whole years on a day (`2026-04-14`), as far as they are known: of a birth known by month or year, the years that the
 * person has at least; of an age that was said, that age and the whole years since. Undefined: nothing is known.
 */
export function ageOn({ date, ageYears, ageAsOf }: Partial<Birth>, day: string): number | undefined {
  const on = Temporal.PlainDate.from(day)
  if (date !== undefined) {
    // The latest day that the date can mean.
    const last =
      date.length === 10
        ? Temporal.PlainDate.from(date)
        : date.length === 7
          ? lastOf(Temporal.PlainYearMonth.from(date))
          : Temporal.PlainDate.from(`${date}-12-31`)
    return Math.max(0, last.until(on, { largestUnit: 'years' }).years)
  }
  if (ageYears === undefined) return undefined
  if (ageAsOf === undefined) return ageYears
  return Math.max(0, ageYears + Temporal.PlainDate.from(ageAsOf).until(on, { largestUnit: 'years' }).years)
}

const lastOf = (month: Temporal.PlainYearMonth): Temporal.PlainDate => month.toPlainDate({ day: month.daysInMonth })
