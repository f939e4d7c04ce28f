/**
 * Federal sentences of the United States (18 U.S.C. 3584, 3585, 3624): one aggregate term, prior custody each day once,
 * good conduct time by the law of the day of the computation, and the weekend rule as a *may*.
 */
import { type Calendar, dayOf, type IsoDate } from '../kernel/calendar.ts'
import { type Duration, duration, toIsoDuration } from '../kernel/duration.ts'
import { floorShare } from '../kernel/fraction.ts'
import { type Interval, mergeIntervals, subtract } from '../kernel/interval.ts'
import type { Assumption, Dated, Outcome, Pack, PackRefusal } from '../kernel/pack.ts'
import { type Recorder, type Ref, recordSteps } from '../kernel/steps.ts'
import {
  citations,
  DAYS_PER_YEAR,
  isHoliday,
  PER_DAY,
  REGIMES,
  refusals,
  texts,
  YEAR_SERVED,
  YEAR_WITH_CREDIT,
} from './law.ts'

/** Both days are in it. */
export type Custody = { readonly from: IsoDate; readonly to: IsoDate }

export type FederalSentence = {
  readonly id: string
  readonly imposed: IsoDate
  /** Absent: life, or no stated length. */
  readonly term?: Pick<Duration, 'years' | 'months' | 'days'>
  /** As ordered by the court. Absent: concurrent when imposed at one time, consecutive otherwise (§ 3584(a)). */
  readonly runs?: 'concurrent' | 'consecutive'
}

export type FederalCase = {
  readonly sentences: readonly FederalSentence[]
  /** Received in custody to serve it, or arrived (§ 3585(a)). */
  readonly start: IsoDate
  /** Official detention before `start` for the offence, or for another charge after it. */
  readonly custody: readonly Custody[]
  /** Of these days: credited against another sentence already (§ 3585(b)). */
  readonly creditedElsewhere: readonly Custody[]
  readonly disallowedDays: number
  /** The day whose law applies. */
  readonly lawOn: IsoDate
  /** Earned time credits on record, in days: never part of a date here. */
  readonly earnedTimeDays?: number
}

/**
 * full-term: last day of the whole term · expiry: less prior custody · release: less good conduct time as well ·
 * release-may: the preceding weekday, where that day is a weekend or holiday · earned-time-release: always refused.
 */
export type FederalDate = 'full-term' | 'expiry' | 'release' | 'release-may' | 'earned-time-release'

type Text = keyof typeof texts
type Work = Recorder<Text, keyof typeof citations>

export type FederalOutcome = Outcome<FederalDate> & {
  /** The counts that courts state beside the dates: days, with their steps. */
  readonly counts?: Readonly<
    Record<'custody' | 'goodTime' | 'goodTimeNet', { readonly days: number; readonly step: number }>
  >
}

export const usFederal = {
  id: 'us-federal',
  version: '1',
  effective: { from: '1987-11-01' },
  citations,
  texts,
  accepts,
  compute,
} as const satisfies Pack<FederalCase, FederalDate>

function accepts(given: FederalCase, calendar: Calendar): PackRefusal[] {
  const bad = findBadFacts(given, calendar)
  if (bad.length > 0) return bad
  const worked = work(given, calendar)
  return worked.goodTime.value < given.disallowedDays ? [refusal('disallowed-above-earned')] : []
}

function findBadFacts(given: FederalCase, calendar: Calendar): PackRefusal[] {
  const spans = [...given.custody, ...given.creditedElsewhere]
  const dates = [given.start, given.lawOn, ...given.sentences.map(({ imposed }) => imposed)]
  if ([...dates, ...spans.flatMap(({ from, to }) => [from, to])].some((date) => calendar.findDay(date) === undefined))
    return [refusal('date-not-valid')]
  const reasons: PackRefusal[] = []
  if (given.sentences.length === 0) reasons.push(refusal('no-sentence'))
  if (regimeOf(given) === undefined) reasons.push(refusal('law-before-1987'))
  const first = given.sentences[0]
  for (const { id, term, imposed, runs } of given.sentences) {
    if (term === undefined || term.years + term.months + term.days === 0) {
      reasons.push(refusal('life-or-indeterminate', id))
    } else if (imposed !== first?.imposed && runs === 'concurrent') reasons.push(refusal('concurrent-later', id))
  }
  if (spans.some(({ from, to }) => to < from)) reasons.push(refusal('interval-reversed'))
  if (given.custody.some(({ to }) => to >= given.start)) reasons.push(refusal('custody-not-before-start'))
  return reasons
}

const refusal = (code: keyof typeof refusals, about?: string): PackRefusal => ({
  code,
  says: refusals[code],
  ...(about === undefined ? {} : { about }),
})

const regimeOf = ({ lawOn }: FederalCase) =>
  REGIMES.find(({ from, to }) => from <= lawOn && (to === undefined || lawOn <= to))

/** Pure: no clock, no input or output. */
function compute(given: FederalCase, calendar: Calendar): FederalOutcome {
  const reasons = accepts(given, calendar)
  if (reasons.length > 0) return { kind: 'refused', reasons }
  const { steps, term, fullTerm, expiry, custody, goodTime, net, release } = work(given, calendar)
  const may = findEarlierWeekday(steps, release)
  const results = [fullTerm, expiry, custody, goodTime, net, release, ...(may === undefined ? [] : [may])]
  const { steps: traced, numberOf } = steps.trace(results)
  const dated = (ref: Ref): Dated => ({ date: calendar.toIso(ref.value), step: numberOf(ref) })
  const count = (ref: Ref) => ({ days: ref.value, step: numberOf(ref) })
  return {
    kind: 'dated',
    dates: {
      'full-term': dated(fullTerm),
      expiry: dated(expiry),
      release: dated(release),
      ...(may === undefined ? {} : { 'release-may': dated(may) }),
    },
    refused: given.earnedTimeDays === undefined ? {} : { 'earned-time-release': refusal('earned-time-not-projected') },
    effectiveLength: toIsoDuration(term),
    steps: traced,
    assumptions: [GOOD_TIME_ASSUMED],
    counts: { custody: count(custody), goodTime: count(goodTime), goodTimeNet: count(net) },
  }
}

const GOOD_TIME_ASSUMED: Assumption = {
  code: 'good-time-earned',
  says: {
    en: 'All good conduct time is taken as earned, except what is stated to be disallowed.',
    es: 'Todo el tiempo por buena conducta se toma como ganado, salvo el que consta como denegado.',
  },
}

function work(given: FederalCase, calendar: Calendar) {
  const steps: Work = recordSteps(calendar)
  const start = steps.given('date', dayOf(calendar, given.start), { text: 'start', cite: 'start' })
  const one = steps.given('days', 1, { text: 'one-day' })
  const term = aggregate(given.sentences, calendar, start.value)
  const values = { term: toIsoDuration(term) }
  const months = term.years * 12 + term.months
  // Years and months are one count here: BOP adds 67 months, not 5 years and then 7 months.
  const byMonths = steps.addMonths(start, months, { text: 'term-end', values, cite: 'aggregate' })
  const days = term.days === 0 ? [] : [steps.given('days', term.days, { text: 'term-days' })]
  const end = days.length === 0 ? byMonths : steps.sum([byMonths, ...days], [], { text: 'term-with-days' })
  const fullTerm = steps.sum([end], [one], { text: 'full-term', cite: 'aggregate' })
  const custody = recordCustody(steps, given)
  const expiry = steps.sum([fullTerm], [custody], { text: 'expiry', cite: 'credit' })
  const isLong = end.value > calendar.addMonths(start.value, 12)
  const goodTime = !isLong
    ? steps.given('days', 0, { text: 'no-good-time', cite: 'good-time' })
    : regimeOf(given)?.by === 'served'
      ? goodTimeServed(steps, start, fullTerm)
      : goodTimeImposed(steps, start, end, fullTerm)
  const disallowed = steps.given('days', given.disallowedDays, { text: 'disallowed', cite: 'good-time' })
  const net = steps.sum([goodTime], [disallowed], { text: 'good-time-net', cite: 'good-time' })
  const earned = steps.sum([expiry], [net], { text: 'release', cite: 'release' })
  // Custody of more days than the term: nobody leaves before the sentence has begun.
  const release =
    earned.value >= start.value ? earned : steps.latest([earned, start], { text: 'not-before-start', cite: 'start' })
  return { steps, term, fullTerm, expiry, custody, goodTime, net, release }
}

/** One term of all sentences (§ 3584(c)): what runs together as the longest, what follows added. */
function aggregate(sentences: readonly FederalSentence[], calendar: Calendar, start: number): Duration {
  const endOf = (term: Duration) => calendar.addMonths(start, term.years * 12 + term.months) + term.days
  let longest = duration({})
  let following = duration({})
  for (const [index, { imposed, runs, term }] of sentences.entries()) {
    const length = duration(term ?? {})
    const isConsecutive = runs === 'consecutive' || (runs === undefined && imposed !== sentences[0]?.imposed)
    if (isConsecutive && index > 0) following = plus(following, length)
    else if (endOf(length) > endOf(longest)) longest = length
  }
  return plus(longest, following)
}

const plus = (a: Duration, b: Duration): Duration =>
  duration({ years: a.years + b.years, months: a.months + b.months, days: a.days + b.days })

function recordCustody(steps: Work, given: FederalCase): Ref {
  const spans = (of: readonly Custody[]): Interval[] =>
    of.map(({ from, to }) => ({ from: dayOf(steps.calendar, from), to: dayOf(steps.calendar, to) }))
  const elsewhere = spans(given.creditedElsewhere)
  const left = mergeIntervals(spans(given.custody)).flatMap((span) => subtract(span, elsewhere))
  const counted = left.map(({ from, to }) =>
    steps.span(
      steps.given('date', from, { text: 'custody-from', cite: 'credit' }),
      steps.given('date', to, { text: 'custody-to', cite: 'credit' }),
      { text: 'custody-days', cite: 'credit' },
    ),
  )
  const some = counted.length > 0 ? counted : [steps.given('days', 0, { text: 'no-days', cite: 'credit' })]
  return steps.sum(some, [], { text: 'custody-total', cite: 'credit' })
}

/** 54 days for each year of the sentence imposed, the last part of a year at 0.148 a day (First Step Act). */
function goodTimeImposed(steps: Work, start: Ref, end: Ref, fullTerm: Ref): Ref {
  let whole = 0
  while (steps.calendar.addMonths(start.value, (whole + 1) * 12) <= end.value) whole += 1
  const years = steps.given('days', whole, { text: 'whole-years', cite: 'good-time' })
  const reached = steps.addMonths(start, whole * 12, { text: 'anniversary', cite: 'good-time' })
  const forYears = steps.share(years, DAYS_PER_YEAR, { text: 'years-credit', cite: 'good-time' })
  const rest = steps.span(reached, fullTerm, { text: 'rest-days', cite: 'good-time' })
  const forRest = steps.shareDown(rest, PER_DAY, { text: 'rest-credit', cite: 'prorated' })
  return steps.sum([forYears, forRest], [], { text: 'good-time', cite: 'good-time' })
}

/** 54 days for each 365 days served; in the last part as many days are served as fit with what they earn. */
function goodTimeServed(steps: Work, start: Ref, fullTerm: Ref): Ref {
  const whole = steps.span(start, fullTerm, { text: 'whole-days', cite: 'served' })
  const count = Math.floor(whole.value / YEAR_WITH_CREDIT.over)
  const years = steps.given('days', count, { text: 'years-served', cite: 'served' })
  const used = steps.share(years, YEAR_WITH_CREDIT, { text: 'years-used', cite: 'served' })
  const left = steps.sum([whole], [used], { text: 'days-left', cite: 'served' })
  let most = 0
  while (most < YEAR_SERVED && most + 1 + floorShare(most + 1, PER_DAY) <= left.value) most += 1
  const last = steps.given('days', most, { text: 'days-served', cite: 'served' })
  const forYears = steps.share(years, DAYS_PER_YEAR, { text: 'years-credit', cite: 'served' })
  const forRest = steps.shareDown(last, PER_DAY, { text: 'rest-credit', cite: 'prorated' })
  return steps.sum([forYears, forRest], [], { text: 'good-time', cite: 'served' })
}

/** The last preceding weekday that is no holiday, where the day itself is not one. */
function findEarlierWeekday(steps: Work, release: Ref): Ref | undefined {
  const isFree = (day: number) => steps.calendar.weekday(day) >= 6 || isHoliday(steps.calendar, day)
  let back = 0
  while (isFree(release.value - back)) back += 1
  if (back === 0) return undefined
  const days = steps.given('days', back, { text: 'days-back', cite: 'holidays' })
  return steps.sum([release], [days], { text: 'release-may', cite: 'release' })
}
