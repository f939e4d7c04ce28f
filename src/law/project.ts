import { admit, recapture } from '../custody/acts.ts'
import { custodySpanOf } from '../custody/read.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import { defineEvents, defineFold, type Register } from '../kernel/register.ts'
import { spanText } from '../kernel/span.ts'
import { beginOf, endOf } from '../kernel/time.ts'
import { type Condition, disputeOrder, endOrder, receiveOrder, recordOrder, upholdOrder, verifyOrder } from './acts.ts'
import { type BasisSegment, sweepBasis } from './basis.ts'
import { lawbookRegisters } from './lawbook.ts'
import { type OrderState, orderKinds, ordersOf } from './orders.ts'
import { verifiedSince } from './releases.ts'

/**
 * What covers each moment of a custody, from its effective entries, oldest first. Nothing without an admission: it was
 * withdrawn. Where the legal section of the admission was expunged, nobody says that its orders were all.
 */
export function basisOfEntries(entries: readonly Entry[]): BasisSegment[] {
  const span = custodySpanOf(entries)
  if (!span) return []
  const { admission } = span
  const { legal } = dataOf(admission.kind === admit.kind ? admit : recapture, admission)
  return sweepBasis({ span, ordersStated: legal?.ordersStated === true, n: admission.n }, ordersOf(entries))
}

export const basisRegister = defineFold({
  table: 'basis',
  version: 3,
  columns: {
    custody: 'uuid',
    facility: 'text',
    span: 'tstzrange',
    state: 'text',
    cause: 'text',
    orders: 'text[]',
    title_ends: 'timestamptz',
    entry_n: 'bigint',
  },
  key: ['custody', 'span'],
  scope: 'custody',
  kinds: orderKinds,
  rows: (entries) =>
    basisOfEntries(entries).map(({ span, state, cause, orders, titleEnds, n }) => ({
      custody: entries[0]?.custody ?? null,
      facility: entries[0]?.facility ?? null,
      span: spanText(span),
      state,
      cause,
      orders,
      title_ends: titleEnds ?? null,
      entry_n: n,
    })),
})

export const orderRegister = defineFold({
  table: 'legal_order',
  version: 3,
  columns: {
    custody: 'uuid',
    order_id: 'uuid',
    kind: 'text',
    holds: 'boolean',
    issuer: 'text',
    issuer_state: 'text',
    authority: 'uuid',
    territory: 'text',
    provision: 'text',
    statute: 'uuid',
    case_number: 'text',
    charges: 'text[]',
    document: 'text',
    issued: 'timestamptz',
    begins: 'timestamptz',
    ends: 'timestamptz',
    paper_ends: 'timestamptz',
    end_stated: 'boolean',
    clock: 'jsonb',
    ended_as: 'text',
    ended_by: 'uuid',
    ended_n: 'bigint',
    disputes: 'jsonb',
    final: 'boolean',
    against: 'jsonb',
    effect: 'text',
    heard: 'timestamptz',
    received_how: 'text',
    received_by: 'text',
    provisional: 'boolean',
    paper_arrived: 'timestamptz',
    verified: 'timestamptz',
    authentic: 'boolean',
    conditions: 'jsonb',
    entry_n: 'bigint',
  },
  key: ['custody', 'order_id'],
  scope: 'custody',
  kinds: orderKinds,
  rows: (entries) => {
    const custody = entries[0]?.custody ?? null
    return ordersOf(entries).map((state) => ({ custody, ...rowOf(state) }))
  },
})

function rowOf(state: OrderState) {
  const { order, n, begins, ends, paperEnds, endStated, ended, disputes, arrivals, authentic } = state
  const { until, against, conditions } = order
  return {
    order_id: order.order,
    kind: order.kind,
    holds: state.holds,
    issuer: order.issuer.name,
    issuer_state: order.issuer.state,
    authority: order.authority ?? null,
    territory: order.territory ?? null,
    provision: order.provision ?? null,
    statute: order.statute ?? null,
    case_number: order.caseNumber ?? null,
    charges: order.charges ?? null,
    document: arrivals.findLast(({ document }) => document !== undefined)?.document ?? order.document ?? null,
    issued: beginOf(order.issued ?? order.from),
    begins,
    ends: ends ?? null,
    paper_ends: paperEnds ?? null,
    end_stated: endStated,
    clock: typeof until === 'object' && 'after' in until ? until : null,
    ended_as: ended?.as ?? null,
    ended_by: ended?.by ?? null,
    ended_n: ended?.n ?? null,
    disputes: disputes.map(({ from, to }) => (to === undefined ? { from } : { from, to })),
    final: order.final ?? null,
    against: against ?? null,
    effect: order.effect ?? null,
    heard: state.heard,
    received_how: order.received?.how ?? null,
    received_by: order.received?.by ?? null,
    provisional: order.provisional ?? false,
    paper_arrived: arrivals[0]?.at ?? null,
    verified: verifiedSince(state) ?? null,
    authentic: authentic ?? null,
    conditions: conditions?.map((one) => ({ ...one, begins: beginOf(one.from), ends: endOfCondition(one) })) ?? null,
    entry_n: n,
  }
}

const endOfCondition = ({ until }: Condition): string | null => (typeof until === 'string' ? null : endOf(until))

/**
 * What was done about an order after its admission, one row an entry, for its history: who says it, and what beside the
 * fact that it was done. The order itself stands in `legal_order`.
 */
export const orderEventRegister = defineEvents({
  table: 'order_event',
  columns: {
    entry_n: 'bigint',
    custody: 'uuid',
    order_id: 'uuid',
    what: 'text',
    at: 'timestamptz',
    precision: 'text',
    recorded: 'timestamptz',
    by: 'text',
    detail: 'jsonb',
  },
  key: ['entry_n'],
  rows: {
    [recordOrder.kind]: (entry) => {
      const order = dataOf(recordOrder, entry).legal?.order
      return order ? [eventOf(entry, order.order, order.received?.by, { how: order.received?.how })] : []
    },
    [endOrder.kind]: (entry) => {
      const { legal } = dataOf(endOrder, entry)
      if (!legal) return []
      return [eventOf(entry, legal.order, legal.by?.name, { as: legal.as, from: beginOf(legal.from) }, legal.document)]
    },
    [disputeOrder.kind]: (entry) => {
      const { legal } = dataOf(disputeOrder, entry)
      return legal ? [eventOf(entry, legal.order, legal.by, { reason: legal.reason })] : []
    },
    [upholdOrder.kind]: (entry) => {
      const { legal } = dataOf(upholdOrder, entry)
      return legal ? [eventOf(entry, legal.order, legal.by.name, {}, legal.document)] : []
    },
    [verifyOrder.kind]: (entry) => {
      const { legal } = dataOf(verifyOrder, entry)
      if (!legal) return []
      return [eventOf(entry, legal.order, legal.by, { against: legal.against, result: legal.result }, legal.document)]
    },
    [receiveOrder.kind]: (entry) => {
      const { legal } = dataOf(receiveOrder, entry)
      if (!legal) return []
      const { received, differences, document } = legal
      return [eventOf(entry, legal.order, received?.by, { how: received?.how, differences }, document)]
    },
  },
})

function eventOf(entry: Entry, order: string, by: string | undefined, detail: object, document?: string) {
  return {
    entry_n: entry.n,
    custody: entry.custody ?? null,
    order_id: order,
    what: entry.kind,
    at: entry.occurredAt.at,
    precision: entry.occurredAt.precision,
    recorded: entry.recordedAt,
    by: by ?? null,
    detail: document === undefined ? detail : { ...detail, document },
  }
}

export const registers: readonly Register[] = [orderRegister, orderEventRegister, basisRegister, ...lawbookRegisters]
