import { beginOf } from '../../kernel/time.ts'
import { dayNumbers, type OrderState, type SvDate, type SvSentence, sv as sentenceLaw } from '../../law/read.ts'
import { type Facts, firstDone } from '../facts.ts'
import { hoursAfter, isBefore } from '../instants.ts'
import { defineDuty } from '../rule.ts'
import { isDecision } from './decisions.ts'
import type { Owed, Reading } from './pack.ts'

/** Half and two thirds of a sentence in El Salvador: somebody has to look at it then, whatever comes of it. */

const REVIEW_DAYS_BEFORE = 90

const shared = {
  severity: 'S2',
  provisional: true,
  section: 'legal',
  byWord: false,
  owner: 'director',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 720, to: 'oversight' },
  ],
  acts: ['hearing.record', 'custody.depart'],
} as const

export const halfLookedAt = defineDuty({
  ...shared,
  id: 'sv-half',
  citation: [{ instrument: 'Código Penal de El Salvador', provision: '86' }],
  says: {
    en: 'That early conditional release is looked at',
    es: 'Que se examine la libertad condicional anticipada',
  },
  term: { en: 'at half of the sentence', es: 'a la mitad de la pena', origin: 'text' },
})

export const twoThirdsLookedAt = defineDuty({
  ...shared,
  id: 'sv-two-thirds',
  citation: [{ instrument: 'Código Penal de El Salvador', provision: '85' }],
  says: { en: 'That conditional release is looked at', es: 'Que se examine la libertad condicional' },
  term: { en: 'at two thirds of the sentence', es: 'a los dos tercios de la pena', origin: 'text' },
})

const parts: readonly { readonly rule: typeof halfLookedAt | typeof twoThirdsLookedAt; readonly date: SvDate }[] = [
  { rule: halfLookedAt, date: 'half' },
  { rule: twoThirdsLookedAt, date: 'two-thirds' },
]

type Term = NonNullable<SvSentence['term']>

/** The length of a paper that names its end, or counts it; undefined where it says neither. */
function termOf({
  order,
}: OrderState): { readonly begins: string; readonly zone: string; readonly term: Term } | undefined {
  const { from, until } = order
  if (!('date' in from) || typeof until === 'string') return undefined
  const of = (term: Term) => ({ begins: from.date, zone: from.zone, term })
  if ('after' in until) {
    const { years = 0, months = 0, days = 0 } = until.after as { years?: number; months?: number; days?: number }
    return years + months + days > 0 ? of({ years, months, days }) : undefined
  }
  const [first, last] = [dayNumbers.findDay(from.date), 'date' in until ? dayNumbers.findDay(until.date) : undefined]
  if (first === undefined || last === undefined || !('date' in until)) return undefined
  const days = last - first + (until.inclusive ? 1 : 0)
  return days > 0 ? of({ years: 0, months: 0, days }) : undefined
}

type Counted = { readonly counts: string; readonly day: number }

/** Every way to count, as the pack of the law gives it, from one day on. */
function countFrom(heldSince: string, term: Term): Map<SvDate, Counted[]> {
  const isDays = term.years + term.months === 0
  const outcome = sentenceLaw.compute(
    {
      sentences: [{ id: 'sentence', term }],
      heldSince,
      heldEarlier: [],
      restricted: 'unknown',
      // Days alone are as many in each kind of year.
      counting: isDays ? { yearDays: 365 } : {},
    },
    dayNumbers,
  )
  const found = new Map<SvDate, Counted[]>(parts.map(({ date }) => [date, []]))
  for (const reading of outcome.kind === 'ambiguous' ? outcome.readings : []) {
    if (reading.kind !== 'dated') continue
    const counting =
      reading.assumptions.find(({ code }) => code.startsWith(COUNTING))?.code.slice(COUNTING.length) ?? ''
    for (const { date } of parts) {
      const day = dayNumbers.findDay(reading.dates[date]?.date ?? '')
      if (day !== undefined) found.get(date)?.push({ counts: isDays ? counting.replace('365-', '') : counting, day })
    }
  }
  return found
}

const COUNTING = 'counting-'
const EPOCH = dayNumbers.toIso(0)
const LENGTHS_KEPT = 16_384
const lengths = new Map<number, Map<SvDate, Counted[]>>()

/** Days count alike from any day on: of one length the law is asked once, and the answer moved. */
function countDays(days: number): Map<SvDate, Counted[]> {
  let counted = lengths.get(days)
  if (!counted) {
    if (lengths.size >= LENGTHS_KEPT) lengths.clear()
    counted = countFrom(EPOCH, { years: 0, months: 0, days })
    lengths.set(days, counted)
  }
  return counted
}

/** Dates of law, as they are: days of the issuer's calendar. */
function readingsFrom(heldSince: string, term: Term, date: SvDate, counts: string): Reading[] {
  const isDays = term.years + term.months === 0
  const moved = isDays ? (dayNumbers.findDay(heldSince) ?? 0) : 0
  const counted = (isDays ? countDays(term.days) : countFrom(heldSince, term)).get(date) ?? []
  return counted.map((one) => ({ counts: `${counts}-${one.counts}`, due: dayNumbers.toIso(one.day + moved) }))
}

/**
 * Of each sentence of a court of El Salvador whose length its paper shows. The time before the judgment counts (M), so
 * one reading counts from the capture; the earliest one is when it is due.
 */
export function sentenceParts({ orders, capture, captureStated, entryOf, admission, hearings }: Facts): Owed[] {
  return orders.flatMap((state): Owed[] => {
    const { order, begins, n, ended, ends } = state
    if (order.kind !== 'sentence' || order.issuer.state !== 'SV' || !isDecision(state)) return []
    const given = termOf(state)
    if (!given) return []
    const { zone, term } = given
    const captured = captureStated ? dayIn(capture.at, zone) : given.begins
    const moot = ended && ends !== undefined ? { at: ends, n: ended.n } : undefined
    return parts.flatMap(({ rule, date }): Owed[] => {
      const readings = [
        ...(captured < given.begins ? readingsFrom(captured, term, date, 'from-capture') : []),
        ...readingsFrom(given.begins, term, date, 'from-order'),
      ].sort((a, b) => (a.due < b.due ? -1 : 1))
      const [first] = readings
      if (!first) return []
      const reached = beginOf({ date: first.due, zone, inclusive: true })
      const due = isBefore(reached, begins) ? begins : reached
      const early = hoursAfter(due, -24 * REVIEW_DAYS_BEFORE)
      return [
        {
          rule: rule.id,
          item: order.order,
          from: begins,
          due,
          readings,
          source: entryOf(n) ?? admission,
          done: firstDone(hearings, ({ of, mode, at }) => of === 'review' && mode !== 'absent' && !isBefore(at, early)),
          moot,
        },
      ]
    })
  })
}

const dayIn = (instant: string, zone: string): string =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()
