import { formatMonth, formatTickDate, type Language } from '../frame/format.ts'

export type Tick = { readonly at: string; readonly text: string }

const STEPS = [1, 2, 3, 6, 12, 24, 60] as const

/** Beginnings of months (or of days, where the axis is short), at most `most` of them; the year stands where it begins. */
export function monthTicks(from: string, to: string, zone: string, language: Language, most: number): readonly Tick[] {
  const start = Temporal.Instant.from(from).toZonedDateTimeISO(zone)
  const end = Temporal.Instant.from(to).toZonedDateTimeISO(zone)
  const days = start.until(end, { largestUnit: 'day' }).days
  if (days <= 62) return dayTicks(start, end, days, zone, language, most)
  const months = start.until(end, { largestUnit: 'month' }).months + 1
  const step = STEPS.find((one) => months / one <= most) ?? 120
  const ticks: Tick[] = []
  const first = start.toPlainDate().toPlainYearMonth()
  for (let n = 0; n <= months + step; n += 1) {
    const month = first.add({ months: n })
    const at = month.toPlainDate({ day: 1 }).toZonedDateTime(zone).toInstant()
    const isFirst = ticks.length === 0
    if ((month.month - 1) % Math.min(step, 12) !== 0 || (step > 12 && month.year % (step / 12) !== 0)) continue
    if (Temporal.Instant.compare(at, start.toInstant()) < 0 || Temporal.Instant.compare(at, end.toInstant()) > 0)
      continue
    ticks.push({
      at: at.toString(),
      text: formatMonth(month.toString(), language, isFirst || month.month === 1 || step >= 12),
    })
  }
  return ticks
}

function dayTicks(
  start: Temporal.ZonedDateTime,
  end: Temporal.ZonedDateTime,
  days: number,
  zone: string,
  language: Language,
  most: number,
): readonly Tick[] {
  const step = [1, 2, 5, 7, 14, 31].find((one) => days / one <= most) ?? 62
  const ticks: Tick[] = []
  let day = start.startOfDay().add({ days: 1 })
  while (Temporal.ZonedDateTime.compare(day, end) <= 0) {
    const at = day.toInstant().toString()
    ticks.push({ at, text: formatTickDate(at, zone, language) })
    day = day.add({ days: step })
  }
  return ticks
}
