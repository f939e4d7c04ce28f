/**
 * Credit for time on remand, England and Wales (Criminal Justice Act 2003, s. 240ZA). The statute says that such days
 * count; how charges, courts and other sentences share them is service practice, and is taken from its results.
 */
import type { Words } from '../../../../kernel/refusal.ts'
import { type Calendar, dayOf, type IsoDate } from '../../kernel/calendar.ts'
import { type Interval, intersect } from '../../kernel/interval.ts'
import type { PackRefusal } from '../../kernel/pack.ts'
import { type Ref, recordSteps, type Step } from '../../kernel/steps.ts'
import type { RemandCase, RemandStatus } from './case.ts'
import { type Credit, creditRemand, isSentenced, servedOf } from './credit.ts'
import { type Finding, findPeriods, type Period, relateCharges } from './periods.ts'
import { citations, findings as findingTexts, refusals, texts } from './texts.ts'

type Counted = { readonly from: IsoDate; readonly to: IsoDate; readonly days: number; readonly step: number }

/** A period of remand; charges with the same court days, booking and result stand together. */
export type ChargeRemand = Counted & { readonly charges: readonly number[]; readonly status: RemandStatus }

/** Days taken off a sentence. */
export type RemandCredit = Counted & {
  readonly booking: number
  readonly sentence: number
  readonly charges: readonly number[]
  readonly status: 'active' | 'inactive'
}

export type RemandOutcome =
  | {
      readonly kind: 'credited'
      readonly remand: readonly ChargeRemand[]
      readonly credits: readonly RemandCredit[]
      readonly findings: readonly (Finding & { readonly says: Words })[]
      readonly steps: readonly Step[]
    }
  | { readonly kind: 'refused'; readonly reasons: readonly PackRefusal[] }

type Text = keyof typeof texts
type Cite = keyof typeof citations

export const remandCredit = {
  id: 'gb-eaw/remand',
  version: '1',
  /** Section 240ZA came into force that day; earlier remand was credited by direction of the court. */
  effective: { from: '2012-12-03' },
  citations,
  texts,
  /** Every reason why no credit is computed; empty means `compute` gives it. */
  accepts(given: RemandCase, calendar: Calendar): readonly PackRefusal[] {
    const worked = work(given, calendar)
    return 'reasons' in worked ? worked.reasons : []
  },
  /** Pure. All or nothing: with one reason to refuse no period is given. */
  compute(given: RemandCase, calendar: Calendar): RemandOutcome {
    const worked = work(given, calendar)
    return 'reasons' in worked ? { kind: 'refused', reasons: worked.reasons } : write(given, calendar, worked)
  },
} as const

type Worked = { readonly periods: readonly Period[]; readonly credits: readonly Credit[]; readonly findings: Finding[] }

function work(given: RemandCase, calendar: Calendar): Worked | { readonly reasons: readonly PackRefusal[] } {
  const bad = findBadDates(given, calendar)
  if (bad.length > 0) return { reasons: bad }
  const related = relateCharges(given)
  const found = related.map((each) => findPeriods(calendar, each))
  const findings = [
    ...found.flatMap((each) => each.findings),
    ...given.charges
      .filter(({ result, events }) => result === RECALLED && !events.some(({ isRecall }) => isRecall))
      .map(({ id }): Finding => ({ code: 'recall-without-event', charge: id })),
  ]
  let periods = found.flatMap((each) => each.periods)
  for (const choice of given.choices) {
    const target = given.charges.find(({ id }) => id === choice.target)
    if (target?.sentence === undefined) return { reasons: [refusal('choice-without-sentence', choice.target)] }
    const chosen = new Set(
      related.filter(({ ids }) => ids.some((id) => choice.charges.includes(id))).map(({ charge }) => charge),
    )
    periods = periods.map((period) =>
      chosen.has(period.charge)
        ? { ...period, charge: target, replaced: [...period.replaced, period.charge.id] }
        : period,
    )
  }
  const { credits, doubts } = creditRemand(calendar, given, related, periods)
  if (doubts.length > 0) return { reasons: uniqueRefusals(doubts.map(({ code, about }) => refusal(code, about))) }
  return { periods, credits, findings }
}

const RECALLED = 'Recall to Prison'

function findBadDates({ charges, releases, movements }: RemandCase, calendar: Calendar): PackRefusal[] {
  const isBad = (date: IsoDate | undefined) => date !== undefined && calendar.findDay(date) === undefined
  const inCharges = charges.filter((charge) =>
    [charge.offenceDate, charge.offenceEnd, charge.sentence?.date, ...charge.events.map(({ date }) => date)].some(
      isBad,
    ),
  )
  const others = [...releases.flatMap(({ at, release }) => [at, release]), ...movements.map(({ date }) => date)]
  return [
    ...inCharges.map(({ id }) => refusal('date-not-valid', id)),
    ...(others.some(isBad) ? [refusal('date-not-valid')] : []),
  ]
}

const refusal = (code: keyof typeof refusals, about?: number): PackRefusal => ({
  code,
  says: refusals[code],
  ...(about === undefined ? {} : { about: String(about) }),
})

const uniqueRefusals = (reasons: readonly PackRefusal[]): PackRefusal[] => [
  ...new Map(reasons.map((reason) => [`${reason.code} ${reason.about}`, reason])).values(),
]

function write(given: RemandCase, calendar: Calendar, { periods, credits, findings }: Worked): RemandOutcome {
  const steps = recordSteps<Text, Cite>(calendar)
  const day = (iso: IsoDate) => dayOf(calendar, iso)
  const bounds = new Map<Period, { from: Ref; to: Ref; days: Ref }>()
  for (const period of periods) {
    const from = steps.given('date', period.from, { text: 'start', cite: 'service' })
    const stop = steps.given('date', day(period.stop.date), { text: 'stop', cite: 'service' })
    const one = () => steps.given('days', 1, { text: 'one-day' })
    const to = period.to === stop.value ? stop : steps.sum([stop], [one()], { text: 'before-sentence', cite: 'credit' })
    bounds.set(period, { from, to, days: steps.span(from, to, { text: 'period-days', cite: 'credit' }) })
  }
  const boundsOf = (period: Period) => {
    const found = bounds.get(period)
    if (found === undefined) throw new Error('a period without its steps')
    return found
  }

  const served = servedOf(calendar, given)
  const written: { credit: Credit; from: Ref; to: Ref; days: Ref }[] = []
  for (const credit of credits) {
    const own = periods.filter((period) => intersect(period, credit) !== undefined && isSentenced(period))
    const begin = own.find((period) => period.from === credit.from)
    const end = own.find((period) => period.to === credit.to)
    const from = begin === undefined ? after(credit.from) : boundsOf(begin).from
    const to = end === undefined ? until(credit.to) : boundsOf(end).to
    written.push({ credit, from, to, days: steps.span(from, to, { text: 'credit-days', cite: 'credit' }) })
  }

  const groups = groupPeriods(given, periods)
  const results = [...groups.map(({ first }) => boundsOf(first).days), ...written.map(({ days }) => days)]
  const { steps: traced, numberOf } = steps.trace(results)
  const counted = ({ from, to }: Interval, days: Ref): Counted => ({
    from: calendar.toIso(from),
    to: calendar.toIso(to),
    days: days.value,
    step: numberOf(days),
  })
  return {
    kind: 'credited',
    remand: groups.map(({ first, charges, status }) => ({ ...counted(first, boundsOf(first).days), charges, status })),
    credits: written.map(({ credit, days }) => ({
      ...counted(credit, days),
      booking: credit.charge.booking,
      sentence: credit.charge.sentence?.sequence ?? 0,
      charges: credit.charges.map(({ id }) => id),
      status: isActive(given, credit.charge.sentence?.date) ? 'active' : 'inactive',
    })),
    findings: findings.map((finding) => ({ ...finding, says: findingTexts[finding.code] })),
    steps: traced,
  }

  /** Why a credit begins on a day on which no remand began: a sentence or another credit ended on the eve. */
  function after(from: number): Ref {
    const one = steps.given('days', 1, { text: 'one-day' })
    const sentence = served.find(({ to }) => to + 1 === from)
    if (sentence !== undefined) {
      const last = steps.given('date', sentence.to, { text: 'served-to', cite: 'service' })
      return steps.sum([last, one], [], { text: 'after-served', cite: 'service' })
    }
    const taken = written.find(({ to }) => to.value + 1 === from)
    if (taken === undefined) throw new Error('a credit that begins without a reason')
    return steps.sum([taken.to, one], [], { text: 'after-credited', cite: 'service' })
  }

  function until(to: number): Ref {
    const one = steps.given('days', 1, { text: 'one-day' })
    const sentence = served.find(({ from }) => from - 1 === to)
    if (sentence !== undefined) {
      const first = steps.given('date', sentence.from, { text: 'served-from', cite: 'service' })
      return steps.sum([first], [one], { text: 'until-served', cite: 'service' })
    }
    const taken = written.find(({ from }) => from.value - 1 === to)
    if (taken === undefined) throw new Error('a credit that ends without a reason')
    return steps.sum([taken.from], [one], { text: 'until-credited', cite: 'service' })
  }
}

type Group = { readonly first: Period; readonly charges: number[]; readonly status: RemandStatus }

function groupPeriods(given: RemandCase, periods: readonly Period[]): Group[] {
  const groups = new Map<string, Group>()
  for (const period of periods) {
    const { charge, from, to, start, stop } = period
    const status = statusOf(given, period)
    const key = JSON.stringify([from, to, start.says, stop.date, stop.says, status, charge.booking, charge.result])
    const known = groups.get(key)
    if (known === undefined) groups.set(key, { first: period, charges: [charge.id], status })
    else if (!known.charges.includes(charge.id)) known.charges.push(charge.id)
  }
  return [...groups.values()]
}

/** A sentence is in force with the day on which it was passed: what was sentenced together is served together. */
const isActive = ({ charges, inForce }: RemandCase, date: IsoDate | undefined) =>
  charges.some(({ id, sentence }) => inForce.includes(id) && sentence?.date === date)

function statusOf(given: RemandCase, { charge }: Period): RemandStatus {
  if (charge.sentence === undefined) return charge.isConcluded ? 'not-sentenced' : 'case-not-concluded'
  if (charge.isTerm) return 'not-applicable-to-term'
  return isActive(given, charge.sentence.date) ? 'applicable' : 'inactive'
}
