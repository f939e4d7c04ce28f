/** From court events to periods of remand: related charges as one, first start to stop. */
import type { Calendar, Day } from '../../kernel/calendar.ts'
import { dayOf } from '../../kernel/calendar.ts'
import type { Charge, CourtEvent, RemandCase } from './case.ts'

/** Charges of one offence, entered again when a case moved from court to court or was sentenced again. */
export type Related = {
  /** The charge that the credit is recorded against: sentenced, in force, of the active booking, or the first. */
  readonly charge: Charge
  readonly ids: readonly number[]
  readonly events: readonly CourtEvent[]
}

export type Period = {
  /** Against whom it is recorded. */
  readonly charge: Charge
  readonly from: Day
  readonly to: Day
  readonly start: CourtEvent
  readonly stop: CourtEvent
  /** Its charges, where somebody chose to record it against another one. */
  readonly replaced: readonly number[]
}

export type Finding = {
  readonly code: 'remand-not-closed' | 'start-on-sentence-day' | 'recall-without-event'
  readonly charge: number
}

/** Related charges in the order in which the first of each stands in the case. */
export function relateCharges({ charges, inForce }: RemandCase): Related[] {
  const groups = new Map<string, Charge[]>()
  for (const charge of charges) {
    const key = [charge.offence, charge.offenceDate, charge.offenceEnd ?? ''].join(' ')
    groups.set(key, [...(groups.get(key) ?? []), charge])
  }
  const weigh = (charge: Charge) =>
    (charge.sentence === undefined ? 0 : 4) + (inForce.includes(charge.id) ? 2 : 0) + (charge.isActiveBooking ? 1 : 0)
  return [...groups.values()].map((related) => {
    const [charge] = related.toSorted((a, b) => weigh(b) - weigh(a))
    if (charge === undefined) throw new Error('a group without a charge')
    return {
      charge,
      ids: related.map(({ id }) => id),
      events: related.flatMap(({ events }) => events).toSorted(byDay),
    }
  })
}

// On one day a start stands before a stop: remanded in the morning and bailed in the evening is a day of remand.
const byDay = (a: CourtEvent, b: CourtEvent) =>
  a.date < b.date ? -1 : a.date > b.date ? 1 : Number(a.type === 'stop') - Number(b.type === 'stop')

/**
 * Opens at the first start before the sentence. A final custodial stop ends it with the day before: the day of sentence
 * is the sentence's first. Any other stop ends it with its own day. What nothing closes is found, never guessed.
 */
export function findPeriods(calendar: Calendar, related: Related): { periods: Period[]; findings: Finding[] } {
  const { charge } = related
  const periods: Period[] = []
  const findings: Finding[] = []
  let open: CourtEvent | undefined
  for (const event of related.events) {
    if (event.type === 'stop') {
      if (open === undefined) continue
      const stop = dayOf(calendar, event.date)
      const to = event.isFinal && event.isCustodial ? stop - 1 : stop
      const from = dayOf(calendar, open.date)
      if (from <= to) periods.push({ charge, from, to, start: open, stop: event, replaced: [] })
      open = undefined
    } else if (charge.sentence === undefined || event.date < charge.sentence.date) open ??= event
    else if (event.date === charge.sentence.date) findings.push({ code: 'start-on-sentence-day', charge: charge.id })
  }
  if (open !== undefined) findings.push({ code: 'remand-not-closed', charge: charge.id })
  return { periods, findings }
}
