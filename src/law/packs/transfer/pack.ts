/**
 * Transferred sentences (ETS 112, art. 9 to 11). Whatever the administering state makes of a foreign sentence, the
 * original, the method and the decision stay beside it, and it never ends later than the original.
 */
import { type Calendar, dayOf, type IsoDate } from '../kernel/calendar.ts'
import { type Duration, duration, isNothing, lengthBetween, toIsoDuration } from '../kernel/duration.ts'
import { countDays, daysOf, type Interval, mergeIntervals } from '../kernel/interval.ts'
import type { Assumption, Dated, Outcome, Pack, PackRefusal } from '../kernel/pack.ts'
import { type Recorder, type Ref, recordSteps } from '../kernel/steps.ts'
import { citations, findings, refusals, texts } from './texts.ts'

type Term = Pick<Duration, 'years' | 'months' | 'days'>
type Span = { readonly from: IsoDate; readonly to: IsoDate }

/** A decision of a court of the administering state: name of the court, day, number. */
export type Decision = { readonly court: string; readonly on: IsoDate; readonly reference: string }

export type Original = {
  /** ISO 3166 code of the sentencing state. */
  readonly state: string
  readonly court: string
  readonly imposed: IsoDate
  readonly term: Term
  /** The last day as the sentencing state certifies it (art. 6(2)); its law counts, not ours. */
  readonly lastDay?: IsoDate
}

/** art. 10: enforced as it is, or adapted by decision to the nearest penalty here. */
export type Continued = {
  readonly method: 'continued'
  /** When the deprivation of liberty for this sentence began: needed where it is adapted or a maximum applies. */
  readonly begun: IsoDate
  readonly adapted?: Term
  readonly homeMaximum?: Term
}

/** art. 11: replaced by a sentence of the administering state on the facts found. */
export type Converted = {
  readonly method: 'converted'
  readonly sanction: 'custody' | 'money'
  readonly term: Term
  /** From when it is served here. */
  readonly begins: IsoDate
  /** Every deprivation of liberty for it before that, wherever: all of it is deducted. */
  readonly served: readonly Span[]
}

export type TransferCase = {
  readonly original: Original
  readonly enforced: Continued | Converted
  readonly decision?: Decision
}

/** original-end: by the sentencing state · enforced-end: as decided here · end: the earliest of all, the one that holds. */
export type TransferDate = 'original-end' | 'enforced-end' | 'end'

export type TransferOutcome = Outcome<TransferDate> & {
  readonly keeps?: { readonly original: Original; readonly method: string; readonly decision?: Decision }
  readonly findings?: readonly Assumption[]
}

type Text = keyof typeof texts
type Work = Recorder<Text, keyof typeof citations>

export const transfer = {
  id: 'transfer',
  version: '1',
  /** The day on which the convention came into force. */
  effective: { from: '1985-07-01' },
  citations,
  texts,
  accepts,
  compute,
} as const satisfies Pack<TransferCase, TransferDate>

function accepts({ original, enforced, decision }: TransferCase, calendar: Calendar): PackRefusal[] {
  const dates = [
    original.imposed,
    original.lastDay,
    decision?.on,
    ...(enforced.method === 'continued'
      ? [enforced.begun]
      : [enforced.begins, ...enforced.served.flatMap(({ from, to }) => [from, to])]),
  ]
  if (dates.some((date) => date !== undefined && calendar.findDay(date) === undefined))
    return [refusal('date-not-valid')]
  const reasons: PackRefusal[] = []
  if (original.lastDay === undefined) reasons.push(refusal('original-not-known'))
  const isChanged = enforced.method === 'converted' || enforced.adapted !== undefined
  if (isChanged && decision === undefined) reasons.push(refusal('decision-missing'))
  if (enforced.method === 'converted') {
    if (enforced.sanction === 'money') reasons.push(refusal('converted-to-money'))
    else if (isNothing(duration(enforced.term))) reasons.push(refusal('no-length'))
    if (enforced.served.some(({ from, to }) => to < from || to >= enforced.begins))
      reasons.push(refusal('served-not-before'))
  } else if (enforced.adapted !== undefined && isNothing(duration(enforced.adapted))) reasons.push(refusal('no-length'))
  return reasons
}

const refusal = (code: keyof typeof refusals): PackRefusal => ({ code, says: refusals[code] })

/** Pure. A decision that would end later than the original is not followed; the finding says so. */
function compute(given: TransferCase, calendar: Calendar): TransferOutcome {
  const reasons = accepts(given, calendar)
  if (reasons.length > 0) return { kind: 'refused', reasons }
  const { original, enforced, decision } = given
  const steps: Work = recordSteps(calendar)
  const found: Assumption[] = []
  const originalEnd = steps.given('date', dayOf(calendar, original.lastDay ?? ''), { text: 'original', cite: 'method' })
  const isContinued = enforced.method === 'continued'
  const limits = isContinued ? limitsContinued(steps, enforced) : [endConverted(steps, enforced, found)]
  const end = steps.earliest([originalEnd, ...limits.map(({ end }) => end)], {
    text: 'end',
    cite: isContinued ? 'not-aggravated-10' : 'not-aggravated-11',
  })
  const decided = limits.find(({ isDecided }) => isDecided)?.end
  if (decided !== undefined && decided.value > originalEnd.value) found.push(findings['later-than-original'])
  if (limits.some(({ isDecided, end: limit }) => !isDecided && limit.value < originalEnd.value))
    found.push(findings['above-home-maximum'])
  const results = [originalEnd, end, ...(decided === undefined ? [] : [decided])]
  const { steps: traced, numberOf } = steps.trace(results)
  const dated = (ref: Ref): Dated => ({ date: calendar.toIso(ref.value), step: numberOf(ref) })
  return {
    kind: 'dated',
    dates: {
      'original-end': dated(originalEnd),
      ...(decided === undefined ? {} : { 'enforced-end': dated(decided) }),
      end: dated(end),
    },
    refused: {},
    effectiveLength: lengthOf(given, calendar, end),
    steps: traced,
    assumptions: [],
    keeps: { original, method: enforced.method, ...(decision === undefined ? {} : { decision }) },
    findings: found,
  }
}

/** From the day on which it is served here, or began at all, to its last day. */
function lengthOf({ enforced }: TransferCase, calendar: Calendar, end: Ref): string {
  const start = dayOf(calendar, enforced.method === 'continued' ? enforced.begun : enforced.begins)
  return toIsoDuration(start > end.value ? duration({}) : lengthBetween(calendar, start, end.value))
}

/** A day that the end may not pass; decided: by the court's decision, otherwise by the law here. */
type Limit = { readonly end: Ref; readonly isDecided: boolean }

function limitsContinued(steps: Work, { begun, adapted, homeMaximum }: Continued): Limit[] {
  if (adapted === undefined && homeMaximum === undefined) return []
  const start = steps.given('date', dayOf(steps.calendar, begun), { text: 'adapted-start', cite: 'continued' })
  const endAfter = (term: Term, text: Text) =>
    steps.termEnd(start, [duration(term)], { text, cite: 'not-aggravated-10' })
  return [
    ...(adapted === undefined ? [] : [{ end: endAfter(adapted, 'adapted-end'), isDecided: true }]),
    ...(homeMaximum === undefined ? [] : [{ end: endAfter(homeMaximum, 'home-maximum'), isDecided: false }]),
  ]
}

function endConverted(steps: Work, { term, begins, served }: Converted, found: Assumption[]): Limit {
  const day = (iso: IsoDate) => dayOf(steps.calendar, iso)
  const spans = served.map(({ from, to }): Interval => ({ from: day(from), to: day(to) }))
  if (countDays(spans) < spans.reduce((sum, span) => sum + daysOf(span), 0)) found.push(findings['served-overlap'])
  const start = steps.given('date', day(begins), { text: 'converted-start', cite: 'method' })
  const whole = steps.termEnd(start, [duration(term)], { text: 'converted-end', cite: 'method' })
  const days = mergeIntervals(spans).map(({ from, to }) =>
    steps.span(
      steps.given('date', from, { text: 'served-from', cite: 'deducted' }),
      steps.given('date', to, { text: 'served-to', cite: 'deducted' }),
      { text: 'served-days', cite: 'deducted' },
    ),
  )
  return { end: steps.sum([whole], days, { text: 'deducted', cite: 'deducted' }), isDecided: true }
}
