/** Which sentence takes which days of remand: the earliest sentence first, each day once, none that was served. */
import { type Calendar, type Day, dayOf } from '../../kernel/calendar.ts'
import { type Interval, intersect, mergeIntervals, subtract } from '../../kernel/interval.ts'
import type { Charge, RemandCase } from './case.ts'
import type { Period, Related } from './periods.ts'

export type Credit = Interval & {
  /** The charge whose sentence takes it: the first of that day of sentence with remand in these days. */
  readonly charge: Charge
  /** All charges that it is recorded for, in the order of the case. */
  readonly charges: readonly Charge[]
}

/** What the vectors leave open, so that it is refused. `about` is a charge. */
export type Doubt = {
  readonly code:
    | 'release-date-missing'
    | 'remand-out-of-prison'
    | 'stop-after-sentence'
    | 'nothing-credited'
    | 'charges-unclear'
  readonly about: number
}

/** A sentence was being served: from the day of a calculation to the release that it gave. */
export function servedOf(calendar: Calendar, { releases }: RemandCase): Interval[] {
  const latest = new Map<string, Day>()
  for (const { at, release } of releases) {
    const day = dayOf(calendar, release)
    latest.set(at, Math.max(day, latest.get(at) ?? day))
  }
  return (
    [...latest]
      .map(([at, to]) => ({ from: dayOf(calendar, at), to }))
      // Released on the day of sentence: nothing was served, and remand goes on to count.
      .filter(({ from, to }) => from < to)
  )
}

/** From the day of leaving prison to the eve of coming back. */
function outOfPrison(calendar: Calendar, { movements }: RemandCase): Interval[] {
  const out: Interval[] = []
  let left: Day | undefined
  for (const { date, isRelease } of movements.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    const day = dayOf(calendar, date)
    if (isRelease) left ??= day
    else if (left !== undefined) {
      out.push({ from: left, to: day - 1 })
      left = undefined
    }
  }
  return out
}

export type Sentenced = Period & { readonly charge: Charge & { readonly sentence: NonNullable<Charge['sentence']> } }

export const isSentenced = (period: Period): period is Sentenced =>
  period.charge.sentence !== undefined && !period.charge.isTerm

/**
 * The credits of a case, the earliest sentence first; and what could not be decided. With a doubt the credits are not to
 * be used: the vectors show no rule for it.
 */
export function creditRemand(
  calendar: Calendar,
  given: RemandCase,
  related: readonly Related[],
  periods: readonly Period[],
): { credits: Credit[]; doubts: Doubt[] } {
  const counted = periods.filter(isSentenced)
  const served = servedOf(calendar, given)
  const doubts = [...findMissingReleases(calendar, given, counted), ...findImpossible(calendar, given, counted)]
  const days = [...new Set(counted.map(({ charge }) => charge.sentence.date))].toSorted()
  const activeDays = new Set(given.charges.filter(({ id }) => given.inForce.includes(id)).map((c) => c.sentence?.date))
  const terms = mergeIntervals(served)
  const sameTerm = (a: string, b: string) => {
    const [first, second] = [dayOf(calendar, a), dayOf(calendar, b)]
    return terms.some(({ from, to }) => from <= first && second <= to)
  }

  const isShared = days.length > 1 || served.length > 0
  const credits: Credit[] = []
  for (const date of days) {
    const own = counted.filter(({ charge }) => charge.sentence.date === date)
    for (const whole of mergeIntervals(own)) {
      for (const part of subtract(whole, [...served, ...credits])) {
        const first = own.find((period) => intersect(period, part) !== undefined)
        if (first === undefined) throw new Error('days without the remand that they came from')
        const named = counted.filter(({ charge }) => {
          const other = charge.sentence.date
          if (other < date) return false
          const isBefore = dayOf(calendar, charge.offenceDate) <= part.from
          if (other === date) {
            // With one sentence nothing hangs on it; where others were served it decides who is credited.
            if (!isBefore && isShared) doubts.push({ code: 'charges-unclear', about: charge.id })
            return isBefore
          }
          const [inTerm, inStatus] = [sameTerm(date, other), activeDays.has(date) === activeDays.has(other)]
          if (!inTerm && !inStatus) return false
          if (inTerm !== inStatus && !isBefore) return false
          if (inTerm !== inStatus || !isBefore) doubts.push({ code: 'charges-unclear', about: charge.id })
          return inTerm && inStatus && isBefore
        })
        const ids = new Set(named.map(({ charge }) => charge.id))
        const charges = related.map(({ charge }) => charge).filter(({ id }) => ids.has(id))
        credits.push({ ...part, charge: first.charge, charges })
      }
    }
  }
  for (const period of counted) {
    const isCredited = credits.some(
      (credit) => intersect(credit, period) !== undefined && credit.charges.includes(period.charge),
    )
    if (!isCredited) doubts.push({ code: 'nothing-credited', about: period.charge.id })
  }
  return { credits, doubts }
}

/** A sentence or recall before the end of some remand may have been served meanwhile: its release must be known. */
function findMissingReleases(calendar: Calendar, given: RemandCase, counted: readonly Sentenced[]): Doubt[] {
  const known = new Set(given.releases.map(({ at }) => at))
  const last = Math.max(Number.NEGATIVE_INFINITY, ...counted.map(({ to }) => to))
  return given.charges.flatMap(({ id, sentence, events }): Doubt[] => {
    if (sentence === undefined) return []
    const days = [sentence.date, ...events.filter(({ isRecall }) => isRecall).map(({ date }) => date)]
    const isMissing = days.some((date) => !known.has(date) && dayOf(calendar, date) <= last)
    return isMissing ? [{ code: 'release-date-missing', about: id }] : []
  })
}

function findImpossible(calendar: Calendar, given: RemandCase, counted: readonly Sentenced[]): Doubt[] {
  // The day of leaving is one in prison, and whom a court remands may reach the prison on the day after.
  const out = outOfPrison(calendar, given).map(({ from, to }) => ({ from: from + 1, to: to - 1 }))
  return counted.flatMap((period): Doubt[] => {
    const about = period.charge.id
    if (period.stop.date > period.charge.sentence.date) return [{ code: 'stop-after-sentence', about }]
    return out.some((away) => intersect(period, away) !== undefined) ? [{ code: 'remand-out-of-prison', about }] : []
  })
}
