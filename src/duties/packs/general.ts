import { latestOf } from '../../custody/read.ts'
import { type Done, type Facts, firstDone, type Told } from '../facts.ts'
import { compareInstants, earliest, hoursAfter, isBefore } from '../instants.ts'
import { defineDuty } from '../rule.ts'
import { cameUnderDecision, decisionOf, isCivil, isDecision, isReviewed } from './decisions.ts'
import { type Owed, type Pack, some } from './pack.ts'

/** What is owed to everybody in custody, whatever the state: what the instruments ask, with figures of ours where they say 'promptly'. */

const mandela = (provision: string) => ({ instrument: 'Nelson Mandela Rules', provision })
const iccpr = (provision: string) => ({ instrument: 'ICCPR', provision })
const principles = (provision: string) => ({ instrument: 'Body of Principles (A/RES/43/173)', provision })
const vccr = (provision: string) => ({ instrument: 'Vienna Convention on Consular Relations', provision })

const REASONS_HOURS = 1
const JUDGE_HOURS = 48
const PROMPT_HOURS = 24
const REVIEW_DAYS = 90
const EXECUTION_DAYS = 7

export const reasonsGiven = defineDuty({
  id: 'LAW-04',
  severity: 'S2',
  citation: [iccpr('9(2)'), principles('10'), mandela('119(1)')],
  says: { en: 'To be told the reasons', es: 'Conocer los motivos' },
  term: { en: '1 h after admission', es: '1 h desde el ingreso', origin: 'ours' },
  owner: 'registrar',
  steps: [
    { afterHours: 12, to: 'director' },
    { afterHours: 48, to: 'oversight' },
  ],
  acts: ['person.inform'],
  byWord: false,
  section: 'act',
})

export const firstAppearance = defineDuty({
  id: 'LAW-05',
  severity: 'S1',
  citation: [iccpr('9(3)'), { instrument: 'Human Rights Committee, General Comment 35', provision: '33, 34' }],
  says: { en: 'To be brought before a judge in person', es: 'Comparecer en persona ante un juez' },
  term: { en: '48 h after the arrest', es: '48 h desde la detención', origin: 'text' },
  owner: 'director',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 24, to: 'oversight' },
  ],
  acts: ['hearing.record', 'order.record'],
  byWord: false,
  section: 'legal',
})

export const consularRights = defineDuty({
  id: 'CON-01',
  severity: 'S1',
  citation: [vccr('36(1)(b)')],
  says: { en: 'To be told of consular rights', es: 'Conocer los derechos consulares' },
  term: { en: '24 h after admission', es: '24 h desde el ingreso', origin: 'ours' },
  owner: 'registrar',
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: ['person.inform', 'person.describe'],
  byWord: false,
  section: 'legal',
})

export const consularNotice = defineDuty({
  id: 'CON-02',
  severity: 'S1',
  citation: [vccr('36(1)(b)')],
  says: { en: 'That the consulate is told, as the person asks', es: 'Que se avise al consulado, como pide la persona' },
  term: { en: '24 h after the person asks', es: '24 h desde que la persona lo pide', origin: 'ours' },
  owner: 'registrar',
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: 48, to: 'consulate' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: ['consul.notify'],
  byWord: false,
  section: 'legal',
  outlives: true,
})

export const familyTold = defineDuty({
  id: 'FAM-01',
  severity: 'S1',
  citation: [mandela('68'), principles('16(1)'), { instrument: 'ICPPED', provision: '17(2)(d), 18(1)' }],
  says: { en: 'That the family is told', es: 'Que se avise a la familia' },
  term: {
    en: '24 h after admission and after each transfer',
    es: '24 h desde el ingreso y desde cada traslado',
    origin: 'ours',
  },
  owner: 'registrar',
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: ['family.notify'],
  byWord: false,
  section: 'act',
  outlives: true,
})

export const examination = defineDuty({
  id: 'HEL-01',
  severity: 'S1',
  citation: [mandela('30')],
  says: { en: 'To be examined by a health professional', es: 'Ser examinada por personal de salud' },
  term: { en: '24 h after admission', es: '24 h desde el ingreso', origin: 'ours' },
  owner: 'health',
  steps: [
    { afterHours: 24, to: 'director' },
    { afterHours: 72, to: 'oversight' },
  ],
  acts: ['health.record'],
  byWord: false,
  section: 'health',
})

export const rulesTold = defineDuty({
  id: 'INF-02',
  severity: 'S3',
  citation: [mandela('54, 55'), { instrument: 'Human Rights Committee, General Comment 35', provision: '58' }],
  says: {
    en: 'To be told rights and rules in a language understood',
    es: 'Conocer derechos y reglas en un idioma que entiende',
  },
  term: { en: '24 h after admission', es: '24 h desde el ingreso', origin: 'ours' },
  owner: 'registrar',
  steps: [
    { afterHours: 72, to: 'director' },
    { afterHours: 336, to: 'oversight' },
  ],
  acts: ['person.inform'],
  byWord: false,
  section: 'act',
})

export const detentionReview = defineDuty({
  id: 'detention-review',
  severity: 'S2',
  citation: [principles('11(3), 39'), iccpr('9(3), 9(4)')],
  says: { en: 'That a court reviews the detention', es: 'Que un tribunal revise la detención' },
  term: {
    en: '90 days after the last decision of a court',
    es: '90 días desde la última decisión de un tribunal',
    origin: 'ours',
  },
  owner: 'director',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 720, to: 'oversight' },
  ],
  acts: ['hearing.record', 'order.record'],
  byWord: false,
  section: 'legal',
})

export const orderCarriedOut = defineDuty({
  id: 'order-execution',
  severity: 'S2',
  citation: [{ instrument: 'Habeas', provision: 'an order is carried out or answered' }],
  says: {
    en: 'That an order to transfer or to produce is carried out',
    es: 'Que se ejecute una orden de traslado o de presentación',
  },
  term: {
    en: 'by its date, at most 7 days after it begins',
    es: 'en su fecha, a más tardar 7 días desde que rige',
    origin: 'ours',
  },
  owner: 'director',
  steps: [
    { afterHours: 72, to: 'court' },
    { afterHours: 168, to: 'oversight' },
  ],
  acts: ['order.end', 'custody.depart', 'hearing.record'],
  byWord: false,
  section: 'legal',
})

function reasons(facts: Facts): Owed {
  const { admission, admitted, told } = facts
  const done = firstDone(told, ({ of }) => of.includes('reasons'))
  const due = hoursAfter(admitted, REASONS_HOURS)
  return { rule: reasonsGiven.id, item: '', from: admitted, due, source: admission, done }
}

/**
 * Owed on a criminal charge, from the arrest. Somebody who was handed over under a decision of a judge has been before
 * one: when, this register cannot say, and it is not this house that owed it. Where the source does not say that its
 * orders are all, nobody knows.
 */
function appearance(facts: Facts): Owed | undefined {
  const { orders, arrested, admission, hearings, ordersStated } = facts
  if (orders.length > 0 && orders.every(isCivil)) return undefined
  if (cameUnderDecision(facts)) return undefined
  const decision = firstDone(orders.filter(isDecision).map(decisionOf))
  const heard = firstDone(hearings, ({ mode, at }) => mode === 'in-person' && !isBefore(at, arrested))
  return {
    rule: firstAppearance.id,
    item: '',
    from: arrested,
    due: hoursAfter(arrested, JUDGE_HOURS),
    source: admission,
    done: firstDone([heard, decision].filter((one) => one !== undefined)),
    ...(!ordersStated && { unknown: 'orders' as const }),
  }
}

/** Owed to whoever is not known to be of the state where they are held: an unknown nationality hides nobody's right. */
function consularInformation(facts: Facts): Owed | undefined {
  const { nationalities, country, admission, admitted, told } = facts
  const unknown = nationalities === undefined ? 'nationality' : country === undefined ? 'country' : undefined
  if (unknown === undefined && nationalities?.every((state) => state === country) && nationalities.length > 0)
    return undefined
  return {
    rule: consularRights.id,
    item: '',
    from: admitted,
    due: hoursAfter(admitted, PROMPT_HOURS),
    source: admission,
    done: firstDone(told, ({ of }) => of.includes('consular')),
    unknown,
  }
}

function consulAsked({ asksConsul, consul }: Facts): Owed | undefined {
  if (!asksConsul) return undefined
  const { at, entry } = asksConsul
  return {
    rule: consularNotice.id,
    item: '',
    from: at,
    due: hoursAfter(at, PROMPT_HOURS),
    source: entry,
    done: firstDone(consul, ({ of }) => of === 'detention'),
  }
}

function family({ admission, admitted, family: told, left }: Facts): Owed[] {
  const owed = (item: string, from: string, source: Owed['source'], of: string): Owed => ({
    rule: familyTold.id,
    item,
    from,
    due: hoursAfter(from, PROMPT_HOURS),
    source,
    done: firstDone(told, (one) => one.reached && one.of === of),
  })
  const onAdmission = owed('', admitted, admission, 'admission')
  return left?.as === 'transfer' ? [onAdmission, owed('transfer', left.at, left.entry, 'transfer')] : [onAdmission]
}

function examined({ admission, admitted, examined: all }: Facts): Owed {
  // 'Examined that day', admitted that day at three: it may have been after, and is taken so.
  const done = firstDone(all, ({ at, when }) => !isBefore(at, admitted) || isBefore(admitted, latestOf(when)))
  const due = hoursAfter(admitted, PROMPT_HOURS)
  return { rule: examination.id, item: '', from: admitted, due, source: admission, done }
}

/** In a language that the person is known to speak; where none is known, one that the person says to have understood. */
const isUnderstood = ({ language, understood }: Told, languages: readonly string[] | undefined): boolean => {
  if (understood === false) return false
  if (languages === undefined || languages.length === 0) return understood === true || language !== undefined
  return language === undefined ? understood === true : languages.includes(language)
}

function rights({ admission, admitted, told, languages }: Facts): Owed {
  const done = firstDone(
    told,
    (one) => (one.of.includes('rights') || one.of.includes('rules')) && isUnderstood(one, languages),
  )
  const due = hoursAfter(admitted, PROMPT_HOURS)
  return { rule: rulesTold.id, item: '', from: admitted, due, source: admission, done }
}

/**
 * While somebody is held before judgment: counted anew from each decision of a court. A judgment ends it. Each interval
 * is a duty of its own, so that one that was late stays so.
 */
function reviews(facts: Facts): Owed[] {
  const { orders, admitted, admission, hearings, entryOf } = facts
  const before = orders.filter(isReviewed)
  if (before.length === 0) return []
  const judgment = firstDone(
    orders.filter((order) => order.order.kind === 'sentence' && isDecision(order)).map(decisionOf),
  )
  const decisions: Decision[] = [
    ...before.filter(isDecision).map((order) => ({ ...decisionOf(order), item: order.order.order })),
    ...hearings
      .filter(({ of, mode }) => (of === 'review' || of === 'first-appearance') && mode !== 'absent')
      .map(({ at, n }) => ({ at, n, item: entryOf(n)?.id ?? '' })),
  ].sort((a, b) => compareInstants(a.at, b.at))
  const owed: Owed[] = []
  // The last decision with which somebody came in; without one, admission.
  let since: Decision = {
    ...(decisions.findLast(({ at }) => !isBefore(admitted, at)) ?? { at: admitted, n: admission.n }),
    item: '',
  }
  for (const next of [...decisions, undefined]) {
    if (next && !isBefore(since.at, next.at)) continue
    if (judgment && !isBefore(since.at, judgment.at)) break
    const ended = judgment && (!next || !isBefore(next.at, judgment.at)) ? judgment : undefined
    owed.push({
      rule: detentionReview.id,
      item: since.item,
      from: since.at,
      due: hoursAfter(since.at, REVIEW_DAYS * 24),
      source: entryOf(since.n) ?? admission,
      done: ended ? undefined : next,
      moot: ended,
    })
    if (!next || ended) break
    since = next
  }
  return owed
}

type Decision = Done & { readonly item: string }

/** An order to transfer is done when the person leaves; one to produce, when the person stood before a court. */
function executions({ orders, entryOf, admission, left, hearings }: Facts): Owed[] {
  return orders.flatMap(({ order, begins, n, ended, ends, paperEnds }): Owed[] => {
    const produces = order.kind === 'production'
    if (!produces && order.kind !== 'transfer') return []
    const heard = firstDone(hearings, ({ mode, at }) => mode === 'in-person' && !isBefore(at, begins))
    const end = ended && ends !== undefined ? { at: ends, n: ended.n } : undefined
    const isExecuted = ended?.as === 'executed'
    const counted = hoursAfter(begins, EXECUTION_DAYS * 24)
    return [
      {
        rule: orderCarriedOut.id,
        item: order.order,
        from: begins,
        due: paperEnds !== undefined && !isBefore(paperEnds, begins) ? earliest(counted, paperEnds) : counted,
        source: entryOf(n) ?? admission,
        done: isExecuted ? end : produces ? heard : left?.as === 'transfer' ? left : undefined,
        moot: isExecuted ? undefined : end,
      },
    ]
  })
}

export const general: Pack = {
  name: 'general',
  rules: [
    reasonsGiven,
    firstAppearance,
    consularRights,
    consularNotice,
    familyTold,
    examination,
    rulesTold,
    detentionReview,
    orderCarriedOut,
  ],
  owed: (facts) => [
    reasons(facts),
    ...some(appearance(facts), consularInformation(facts), consulAsked(facts)),
    ...family(facts),
    examined(facts),
    rights(facts),
    ...reviews(facts),
    ...executions(facts),
  ],
}
