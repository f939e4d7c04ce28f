import { startOfDay } from '../kernel/time.ts'
import type { LegalClock } from './acts.ts'

/**
 * The instant at which a clock that began at `start` has run out (half-open: the first one that it no longer covers).
 * - `{ hours: 72 }` from 14:00 is 72 times 60 minutes, through a change of the clocks too.
 * - `{ days: 3 }` from any hour of 1 May: that day counts, 3 May is the last, it ends on 4 May at 00:00 in `zone`;
 *   with `firstDay: 'excluded'` on 5 May at 00:00.
 * - `{ months: 1 }` from 31 January: there is no 31 February, the month is over with February, and since the first day
 *   counts the last is the 27th. The shorter reading, on purpose: an alarm too early harms nobody.
 */
export function clockEnd({ after, zone, firstDay }: LegalClock, start: string): string {
  const instant = Temporal.Instant.from(start)
  if ('hours' in after) return bounded(instant.add({ hours: after.hours }))
  const first = instant.toZonedDateTimeISO(zone).toPlainDate()
  // Constrained to the month's last day: 31 January and a month is 28 February.
  const same = first.add(after, { overflow: 'constrain' })
  const last = firstDay === 'counts' ? same.subtract({ days: 1 }) : same
  return bounded(Temporal.Instant.from(startOfDay(last.add({ days: 1 }), zone)))
}

// The database writes years of five digits in another way (kernel/time.ts); no order lives so long.
const LATEST = Temporal.Instant.from('9999-01-01T00:00:00Z')

const bounded = (end: Temporal.Instant): string => (Temporal.Instant.compare(end, LATEST) > 0 ? LATEST : end).toString()
