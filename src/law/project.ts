import { admit, depart, recapture } from '../custody/acts.ts'
import { custodySpanOf } from '../custody/read.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import { defineFold, type Register } from '../kernel/register.ts'
import { spanText } from '../kernel/span.ts'
import { type BasisSegment, sweepBasis } from './basis.ts'
import { orderKinds, ordersOf } from './orders.ts'

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
  columns: {
    custody: 'uuid',
    facility: 'text',
    span: 'tstzrange',
    state: 'text',
    cause: 'text',
    orders: 'text[]',
    entry_n: 'bigint',
  },
  key: ['custody', 'span'],
  scope: 'custody',
  kinds: [...orderKinds, depart.kind],
  rows: (entries) =>
    basisOfEntries(entries).map(({ span, state, cause, orders, n }) => ({
      custody: entries[0]?.custody ?? null,
      facility: entries[0]?.facility ?? null,
      span: spanText(span),
      state,
      cause,
      orders,
      entry_n: n,
    })),
})

export const orderRegister = defineFold({
  table: 'legal_order',
  columns: {
    custody: 'uuid',
    order_id: 'uuid',
    kind: 'text',
    issuer: 'text',
    issuer_state: 'text',
    provision: 'text',
    case_number: 'text',
    document: 'text',
    provisional: 'boolean',
    begins: 'timestamptz',
    ends: 'timestamptz',
    end_stated: 'boolean',
    ended_as: 'text',
    disputes: 'jsonb',
    entry_n: 'bigint',
    ended_n: 'bigint',
  },
  key: ['custody', 'order_id'],
  scope: 'custody',
  kinds: orderKinds,
  rows: (entries) =>
    ordersOf(entries).map(({ order, n, begins, ends, endStated, ended, disputes }) => ({
      custody: entries[0]?.custody ?? null,
      order_id: order.order,
      kind: order.kind,
      issuer: order.issuer.name,
      issuer_state: order.issuer.state,
      provision: order.provision ?? null,
      case_number: order.caseNumber ?? null,
      document: order.document ?? null,
      provisional: order.provisional ?? false,
      begins,
      ends: ends ?? null,
      end_stated: endStated,
      ended_as: ended?.as ?? null,
      disputes: disputes.map(({ from, to }) => (to === undefined ? { from } : { from, to })),
      entry_n: n,
      ended_n: ended?.n ?? null,
    })),
})

export const registers: readonly Register[] = [orderRegister, basisRegister]
