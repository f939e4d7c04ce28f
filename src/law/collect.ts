import { admit, depart, recapture } from '../custody/acts.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import { beginOf, earliestOf } from '../kernel/time.ts'
import { disputeOrder, endOrder, type Order, receiveOrder, recordOrder, upholdOrder, verifyOrder } from './acts.ts'
import type { Ending, OrderPaper, Verification } from './paper.ts'

export type Paper = { readonly order: Order; readonly n: number; readonly heard: string }
export type End = { readonly at: string; readonly as: Ending; readonly n: number; readonly by?: string }
export type Contest = { readonly at: string; readonly n: number; readonly upholds: boolean; readonly by?: string }

/** What the entries of one custody say of its orders, before any of it is weighed. */
export type Collected = {
  readonly papers: Map<string, Paper>
  readonly ends: Map<string, End[]>
  readonly contests: Map<string, Contest[]>
  readonly verifications: Map<string, Verification[]>
  readonly arrivals: Map<string, OrderPaper[]>
  /** Where clocks may begin. */
  admitted?: string
  deprived?: string
}

/** Kinds of entries that bring or change orders. */
export const orderKinds = [
  admit.kind,
  recapture.kind,
  depart.kind,
  recordOrder.kind,
  endOrder.kind,
  disputeOrder.kind,
  upholdOrder.kind,
  verifyOrder.kind,
  receiveOrder.kind,
] as const

export function collectOrders(entries: readonly Entry[]): Collected {
  const collected: Collected = {
    papers: new Map(),
    ends: new Map(),
    contests: new Map(),
    verifications: new Map(),
    arrivals: new Map(),
  }
  for (const entry of entries) collectors[entry.kind]?.(entry, collected)
  return collected
}

type Collector = (entry: Entry, into: Collected) => void

const admission =
  (kind: typeof admit | typeof recapture): Collector =>
  (entry, into) => {
    const { legal } = dataOf(kind as typeof admit, entry)
    into.admitted = earliestOf(entry.occurredAt)
    const deprived = legal?.deprivation?.at
    if (deprived) into.deprived = earliestOf(deprived)
    for (const order of legal?.orders ?? []) addPaper(into, order, entry)
  }

const collectors: Readonly<Record<(typeof orderKinds)[number] | (string & {}), Collector>> = {
  [admit.kind]: admission(admit),
  [recapture.kind]: admission(recapture),

  // Who left by an order to release: it was carried out then.
  [depart.kind]: (entry, { ends }) => {
    const order = dataOf(depart, entry).legal?.order
    if (order) append(ends, order, { at: entry.occurredAt.at, as: 'executed', n: entry.n })
  },

  [recordOrder.kind]: (entry, into) => {
    const order = dataOf(recordOrder, entry).legal?.order
    if (order) addPaper(into, order, entry)
  },

  [endOrder.kind]: (entry, { ends }) => {
    const { legal } = dataOf(endOrder, entry)
    if (legal) append(ends, legal.order, { at: beginOf(legal.from), as: legal.as, n: entry.n })
  },

  [disputeOrder.kind]: (entry, { contests }) => {
    const { legal } = dataOf(disputeOrder, entry)
    if (legal) append(contests, legal.order, { at: entry.occurredAt.at, n: entry.n, upholds: false })
  },

  [upholdOrder.kind]: (entry, { contests }) => {
    const { legal } = dataOf(upholdOrder, entry)
    if (legal) append(contests, legal.order, { at: entry.occurredAt.at, n: entry.n, upholds: true })
  },

  [verifyOrder.kind]: (entry, { verifications }) => {
    const { legal } = dataOf(verifyOrder, entry)
    if (!legal) return
    const { order, against, by, result, document } = legal
    const { at } = entry.occurredAt
    append(verifications, order, { at, against, by, result, ...(document && { document }), n: entry.n })
  },

  [receiveOrder.kind]: (entry, { arrivals }) => {
    const { legal } = dataOf(receiveOrder, entry)
    if (!legal) return
    const { order, document, received, differences } = legal
    const at = received?.at.at ?? entry.occurredAt.at
    append(arrivals, order, { at, ...(document && { document }), differences: differences ?? [], n: entry.n })
  },
}

/** Recorded twice under one id, it reads as it was last recorded, and was heard of when it first was. */
function addPaper({ papers }: Collected, order: Order, entry: Entry): void {
  const heard = papers.get(order.order)?.heard ?? order.received?.at.at ?? entry.occurredAt.at
  papers.set(order.order, { order, n: entry.n, heard })
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}
