import type { OccurredAt } from '../../kernel/time.ts'
import {
  administrativeDetention,
  type Clock,
  inquiryDetention,
  type OrderState,
  provisionalDetention,
} from '../../law/read.ts'
import { type Done, type Facts, firstDone } from '../facts.ts'
import { compareInstants, isBefore } from '../instants.ts'
import { defineDuty } from '../rule.ts'
import { cameUnderDecision, decisionOf, isDecision } from './decisions.ts'
import { type Owed, type Pack, some } from './pack.ts'
import { halfLookedAt, sentenceParts, twoThirdsLookedAt } from './sv-sentence.ts'

/**
 * El Salvador: the clocks of `law/packs/sv`, as duties. No Salvadoran court has been read on how they are counted, so
 * each shows every reading and falls due on the earliest. The pack applies where the authority that runs the place is of
 * El Salvador, and to orders of its courts: both stand in the entries of the custody, so that no configuration decides
 * what somebody is owed.
 */
const SV = 'SV'

const provisional = { provisional: true, section: 'legal', byWord: false } as const

export const toTheJudge = defineDuty({
  ...provisional,
  id: 'sv-judge',
  severity: 'S1',
  citation: [
    { instrument: 'Constitución de El Salvador', provision: '13 inc. 2' },
    { instrument: 'Constitución de El Salvador', provision: '29, 30 (Decreto 333/2022)' },
  ],
  says: { en: 'To be handed over to the competent judge', es: 'Ser puesta a la orden del juez competente' },
  term: {
    en: '72 h after the capture; 15 days while that is suspended',
    es: '72 h desde la captura; 15 días mientras está suspendido',
    origin: 'text',
  },
  owner: 'director',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 24, to: 'oversight' },
  ],
  acts: ['hearing.record', 'order.record'],
})

export const inquiryEnds = defineDuty({
  ...provisional,
  id: 'sv-inquiry',
  severity: 'S1',
  citation: [{ instrument: 'Constitución de El Salvador', provision: '13 inc. 3' }],
  says: {
    en: 'That the judge orders release or provisional detention',
    es: 'Que el juez decrete la libertad o la detención provisional',
  },
  term: { en: '72 h after the handing over', es: '72 h desde la puesta a su orden', origin: 'text' },
  owner: 'court',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 24, to: 'oversight' },
  ],
  acts: ['order.record', 'custody.depart'],
})

export const provisionalEnds = defineDuty({
  ...provisional,
  id: 'sv-provisional',
  severity: 'S1',
  citation: [{ instrument: 'Código Procesal Penal de El Salvador', provision: '8' }],
  says: {
    en: 'That provisional detention ends, or a judgment is given',
    es: 'Que cese la detención provisional, o se dicte sentencia',
  },
  term: {
    en: '12 months, 24 for a serious offence, 12 more around the appeal',
    es: '12 meses, 24 por delito grave, 12 más por el recurso',
    origin: 'text',
  },
  owner: 'court',
  steps: [
    { afterHours: 0, to: 'court' },
    { afterHours: 24, to: 'oversight' },
  ],
  acts: ['order.record', 'order.end', 'custody.depart'],
})

/** Of many custodies few days differ: the months are counted once for each day. Counting them anew took a third of the fold. */
const DAYS_KEPT = 4_096
const months = new Map<string, Clock>()

function monthsFrom({ at, precision, zone }: OccurredAt): Clock {
  const key = `${precision === 'day' ? at : Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate()} ${zone}`
  let clock = months.get(key)
  if (!clock) {
    if (months.size >= DAYS_KEPT) months.clear()
    clock = provisionalDetention({
      ordered: { at, precision, zone },
      seriousness: 'unknown',
      appealExtension: 'unknown',
    })
    months.set(key, clock)
  }
  return clock
}

const readingsOf = ({ earliest, readings }: Clock) => ({
  due: earliest,
  readings: readings.map(({ id, due }) => ({ counts: id, due })),
})

const isHome = ({ order }: OrderState): boolean => order.issuer.state === SV

/** When an order was given, as precisely as the paper says. */
function givenAt({ order, begins }: OrderState, zone: string): OccurredAt {
  return 'date' in order.from
    ? { at: begins, precision: 'day', zone: order.from.zone }
    : { at: begins, precision: 'second', zone }
}

function handedOver(facts: Facts): Owed | undefined {
  const { country, capture, arrested, admission, orders, hearings, ordersStated } = facts
  if (country !== SV || cameUnderDecision(facts)) return undefined
  const decision = firstDone(orders.filter(isDecision).map(decisionOf))
  const heard = firstDone(hearings, ({ mode, at }) => mode !== 'absent' && !isBefore(at, arrested))
  return {
    rule: toTheJudge.id,
    item: '',
    from: arrested,
    ...readingsOf(administrativeDetention(capture)),
    source: admission,
    done: firstDone([heard, decision].filter((one) => one !== undefined)),
    ...(!ordersStated && { unknown: 'orders' as const }),
  }
}

/** The judge has the person: from the hearing, or from an order of detention for inquiry. */
function inquiry({ orders, hearings, entryOf, admission, country, zone }: Facts): Owed | undefined {
  const decided = orders.filter((order) => isHome(order) && isDecision(order))
  const inquiries = decided.filter(({ order }) => order.kind === 'judicial-detention')
  const heard = country === SV ? hearings.filter(({ of, mode }) => of === 'first-appearance' && mode !== 'absent') : []
  const begun = firstDone<Done & { when: OccurredAt }>([
    ...inquiries.map((order) => ({ ...decisionOf(order), when: givenAt(order, zone) })),
    ...heard.map((one) => ({ ...one, when: entryOf(one.n)?.occurredAt ?? admission.occurredAt })),
  ])
  if (!begun) return undefined
  const decision = firstDone(decided.filter(({ order }) => order.kind !== 'judicial-detention').map(decisionOf))
  const { due, readings } = readingsOf(inquiryDetention(begun.when))
  return {
    rule: inquiryEnds.id,
    item: '',
    from: begun.at,
    due,
    readings,
    source: entryOf(begun.n) ?? admission,
    // A decision that came before is of this judge too: the hearing was held after it.
    done: decision && isBefore(decision.at, begun.at) ? { ...decision, at: begun.at } : decision,
  }
}

/** From the first order of provisional detention, to a judgment. Whether the offence is serious stands in no paper here. */
function remand({ orders, capture, captureStated, entryOf, admission, zone }: Facts): Owed | undefined {
  const decided = orders.filter((order) => isHome(order) && isDecision(order))
  const first = decided.find(({ order }) => order.kind === 'remand')
  if (!first) return undefined
  const judgment = firstDone(decided.filter(({ order }) => order.kind === 'sentence').map(decisionOf))
  if (judgment && !isBefore(first.begins, judgment.at)) return undefined
  const ordered = givenAt(first, zone)
  const captured = captureStated && !isBefore(first.begins, capture.at) ? capture : undefined
  const fromOrder = monthsFrom(ordered).readings.map(({ id, due }) => ({ counts: id, due }))
  // The time before the order is deprivation of liberty as well, and may count: the same months from the capture.
  const fromCapture = captured
    ? monthsFrom(captured).readings.map(({ id, due }) => ({ counts: id.replace('from-order', 'from-capture'), due }))
    : []
  const readings = [...fromCapture, ...fromOrder].sort((a, b) => compareInstants(a.due, b.due))
  const lifted = first.ended && first.ends !== undefined ? { at: first.ends, n: first.ended.n } : undefined
  return {
    rule: provisionalEnds.id,
    item: '',
    from: first.begins,
    due: readings[0]?.due ?? first.begins,
    readings,
    source: entryOf(first.n) ?? admission,
    done: judgment,
    moot: lifted,
  }
}

export const sv: Pack = {
  name: 'sv',
  rules: [toTheJudge, inquiryEnds, provisionalEnds, halfLookedAt, twoThirdsLookedAt],
  owed: (facts) => [...some(handedOver(facts), inquiry(facts), remand(facts)), ...sentenceParts(facts)],
}
