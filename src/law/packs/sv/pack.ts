/**
 * El Salvador: half, two thirds and end of a prison sentence. How days are counted is a parameter; what is not given is
 * computed in every way, and the outcome is then ambiguous. All of it is provisional.
 */
import { type Calendar, dayOf, type IsoDate } from '../kernel/calendar.ts'
import { type Duration, duration, toIsoDuration } from '../kernel/duration.ts'
import { type Fraction, fraction } from '../kernel/fraction.ts'
import { mergeIntervals } from '../kernel/interval.ts'
import type { Assumption, Dated, Outcome, Pack, PackRefusal } from '../kernel/pack.ts'
import { type Recorder, type Ref, recordSteps } from '../kernel/steps.ts'
import {
  assumptionOf,
  assumptions,
  type Convention,
  citations,
  conventionsOf,
  HALF,
  MAXIMUM_YEARS,
  refusals,
  TWO_THIRDS,
  texts,
} from './law.ts'

export type SvSentence = { readonly id: string; readonly term?: Pick<Duration, 'years' | 'months' | 'days'> }

export type SvCase = {
  /** Of one concurso real: their total counts. */
  readonly sentences: readonly SvSentence[]
  /** The capture from which the person is held until now; pretrial detention counts. */
  readonly heldSince: IsoDate
  /** Detention for the same case before that, both days included. */
  readonly heldEarlier: readonly { readonly from: IsoDate; readonly to: IsoDate }[]
  /** Whether an offence is shut out of conditional release. */
  readonly restricted: 'no' | 'yes' | 'unknown'
  /** Days redeemed by work that are on record: never part of a date here. */
  readonly redeemedDays?: number
  /** What is left out is read in every way. */
  readonly counting: Partial<Convention>
}

/** half: early conditional release can be proposed · two-thirds: conditional release · end: the whole is served. */
export type SvDate = 'half' | 'two-thirds' | 'end' | 'redeemed-end'

type Text = keyof typeof texts
type Cite = keyof typeof citations
type Work = Recorder<Text, Cite>

export const sv = {
  id: 'sv',
  version: '1',
  /** Código Penal of 1998. */
  effective: { from: '1998-04-20' },
  citations,
  texts,
  accepts,
  compute,
} as const satisfies Pack<SvCase, SvDate>

function accepts(given: SvCase, calendar: Calendar): PackRefusal[] {
  const dates = [given.heldSince, ...given.heldEarlier.flatMap(({ from, to }) => [from, to])]
  if (dates.some((date) => calendar.findDay(date) === undefined)) return [refusal('date-not-valid')]
  const reasons: PackRefusal[] = []
  if (given.sentences.length === 0) reasons.push(refusal('no-sentence'))
  for (const { id, term } of given.sentences) {
    if (term === undefined || term.years + term.months + term.days === 0) reasons.push(refusal('no-length', id))
  }
  if (given.heldEarlier.some(({ from, to }) => to < from || to >= given.heldSince))
    reasons.push(refusal('earlier-not-before'))
  return reasons
}

const refusal = (code: keyof typeof refusals, about?: string): PackRefusal => ({
  code,
  says: refusals[code],
  ...(about === undefined ? {} : { about }),
})

/** Pure. One reading where the counting is given whole; otherwise every reading, with the earliest and latest end. */
function compute(given: SvCase, calendar: Calendar): Outcome<SvDate> {
  const reasons = accepts(given, calendar)
  if (reasons.length > 0) return { kind: 'refused', reasons }
  const readings = conventionsOf(given.counting).map((convention) => read(given, convention, calendar))
  const [only] = readings
  if (readings.length === 1 && only !== undefined) return only
  const range = rangeOf(readings, 'end')
  if (range === undefined) throw new Error('a reading without an end')
  return { kind: 'ambiguous', readings, ...range }
}

/** The earliest and the latest that the readings give for a date; undefined where none gives it. */
export function rangeOf(
  readings: readonly Outcome<SvDate>[],
  type: SvDate,
): { readonly earliest: IsoDate; readonly latest: IsoDate } | undefined {
  const found = readings
    .flatMap((reading) => (reading.kind === 'dated' ? [reading.dates[type]?.date] : []))
    .filter((date) => date !== undefined)
    .toSorted()
  const [earliest, latest] = [found[0], found.at(-1)]
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest }
}

function read(given: SvCase, convention: Convention, calendar: Calendar): Outcome<SvDate> {
  const steps: Work = recordSteps(calendar)
  const start = steps.given('date', dayOf(calendar, given.heldSince), { text: 'start', cite: 'credit' })
  const term = given.sentences.reduce((sum, sentence) => plus(sum, duration(sentence.term ?? {})), duration({}))
  const total =
    convention.yearDays === 'calendar' ? calendarDays(steps, start, term) : fixedDays(steps, term, convention)
  const earlier = recordEarlier(steps, given)
  const dateOf = (days: Ref): Ref => {
    const reached = convention.inclusiveStart
      ? steps.lastDay(start, days, { text: 'first-counted', cite: 'computation' })
      : steps.sum([start, days], [], { text: 'first-not-counted', cite: 'computation' })
    return earlier.length === 0 ? reached : steps.sum([reached], earlier, { text: 'less-earlier', cite: 'credit' })
  }
  const part = (share: Fraction, cite: Cite) =>
    dateOf(
      convention.rounding === 'up'
        ? steps.share(total, share, { text: 'part-days', cite })
        : steps.shareDown(total, share, { text: 'part-days', cite }),
    )
  const isRestricted = given.restricted === 'yes'
  const end = dateOf(total)
  const parts = isRestricted ? [] : [part(HALF, 'half'), part(TWO_THIRDS, 'two-thirds')]
  const { steps: traced, numberOf } = steps.trace([end, ...parts])
  const dated = (ref: Ref): Dated => ({ date: calendar.toIso(ref.value), step: numberOf(ref) })
  const [half, twoThirds] = parts
  return {
    kind: 'dated',
    dates: {
      end: dated(end),
      ...(half === undefined ? {} : { half: dated(half) }),
      ...(twoThirds === undefined ? {} : { 'two-thirds': dated(twoThirds) }),
    },
    refused: {
      ...(isRestricted ? { half: refusal('restricted-offence'), 'two-thirds': refusal('restricted-offence') } : {}),
      ...(given.redeemedDays === undefined ? {} : { 'redeemed-end': refusal('redemption-not-projected') }),
    },
    effectiveLength: toIsoDuration(term),
    steps: traced,
    assumptions: assumptionsOf(given, term, convention),
  }
}

function assumptionsOf(given: SvCase, term: Duration, convention: Convention): Assumption[] {
  const months = term.years * 12 + term.months
  return [
    assumptions.provisional,
    assumptionOf(convention),
    ...(given.sentences.length > 1 ? [assumptions.total] : []),
    ...(months > MAXIMUM_YEARS * 12 || (months === MAXIMUM_YEARS * 12 && term.days > 0)
      ? [assumptions['above-maximum']]
      : []),
    ...(given.restricted === 'unknown' ? [assumptions['restriction-unknown']] : []),
  ]
}

/** The days of a penalty by the calendar, from the day on which it began to run. */
function calendarDays(steps: Work, start: Ref, term: Duration): Ref {
  const values = { term: toIsoDuration(term) }
  const reached = steps.addMonths(start, term.years * 12 + term.months, { text: 'calendar-end', values })
  const after =
    term.days === 0
      ? reached
      : steps.sum([reached, steps.given('days', term.days, { text: 'extra-days' })], [], { text: 'calendar-after' })
  const both = steps.span(start, after, { text: 'calendar-span' })
  // The span counts the first day after the penalty as well.
  return steps.sum([both], [steps.given('days', 1, { text: 'one-day' })], { text: 'total-days', cite: 'computation' })
}

function fixedDays(steps: Work, term: Duration, { yearDays }: Convention): Ref {
  const parts: Ref[] = []
  const add = (count: number, each: number, text: Text) => {
    if (count === 0) return
    const given = steps.given('days', count, { text })
    parts.push(steps.share(given, fraction(each, 1), { text: 'years-days', cite: 'computation' }))
  }
  add(term.years, yearDays === 360 ? 360 : 365, 'years-given')
  add(term.months, 30, 'months-given')
  if (term.days > 0) parts.push(steps.given('days', term.days, { text: 'extra-days' }))
  return steps.sum(parts, [], { text: 'total-days', cite: 'computation' })
}

function recordEarlier(steps: Work, { heldEarlier }: SvCase): Ref[] {
  const day = (iso: IsoDate) => dayOf(steps.calendar, iso)
  return mergeIntervals(heldEarlier.map(({ from, to }) => ({ from: day(from), to: day(to) }))).map(({ from, to }) =>
    steps.span(
      steps.given('date', from, { text: 'earlier-from', cite: 'credit' }),
      steps.given('date', to, { text: 'earlier-to', cite: 'credit' }),
      { text: 'earlier-days', cite: 'credit' },
    ),
  )
}

const plus = (a: Duration, b: Duration): Duration =>
  duration({ years: a.years + b.years, months: a.months + b.months, days: a.days + b.days })
