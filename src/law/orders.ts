import { admit, recapture } from '../custody/acts.ts'
import { dataOf, type Entry } from '../kernel/act.ts'
import type { Span } from '../kernel/span.ts'
import { beginOf, endOf, microsOf } from '../kernel/time.ts'
import { disputeOrder, endOrder, type Order, recordOrder, upholdOrder } from './acts.ts'

export type Ending = 'quashed' | 'executed' | 'superseded' | 'lifted'

/** An order as the entries leave it: the paper, when it covers, and what became of it. */
export type OrderState = {
  readonly order: Order
  /** The entry that brought the order as it now reads. */
  readonly n: number
  readonly begins: string
  /** Where the coverage ends, by the paper or by what ended it. None: open. Not after `begins`: it covers nothing. */
  readonly ends?: string
  /** Whether the end is known: stated by the paper, or an entry ended the order. */
  readonly endStated: boolean
  /** What ended it before its own date, and the entry that says so. */
  readonly ended?: { readonly as: Ending; readonly n: number }
  /** When it was contested, each until it was upheld; the entry that contested it. */
  readonly disputes: readonly (Span & { readonly n: number })[]
}

/** Kinds of entries that bring or change orders. */
export const orderKinds = [
  admit.kind,
  recapture.kind,
  recordOrder.kind,
  endOrder.kind,
  disputeOrder.kind,
  upholdOrder.kind,
] as const

type End = { readonly at: string; readonly as: Ending; readonly n: number }
type Contest = { readonly at: string; readonly n: number; readonly upholds: boolean }
type Collected = {
  readonly papers: Map<string, { order: Order; n: number }>
  readonly ends: Map<string, End>
  readonly contests: Map<string, Contest[]>
}

/**
 * The orders of one custody from its effective entries, oldest first, in the order of their beginning. An order recorded
 * twice under one id reads as it was last recorded; of several ends the earliest holds.
 */
export function ordersOf(entries: readonly Entry[]): OrderState[] {
  const collected: Collected = { papers: new Map(), ends: new Map(), contests: new Map() }
  for (const entry of entries) collect[entry.kind]?.(entry, collected)
  return [...collected.papers.values()]
    .map(({ order, n }) => stateOf(order, n, collected))
    .sort((a, b) => microsOf(a.begins) - microsOf(b.begins) || (a.order.order < b.order.order ? -1 : 1))
}

const collect: Readonly<Record<string, (entry: Entry, into: Collected) => void>> = {
  [admit.kind]: (entry, { papers }) => {
    for (const order of dataOf(admit, entry).legal?.orders ?? []) papers.set(order.order, { order, n: entry.n })
  },
  [recapture.kind]: (entry, { papers }) => {
    for (const order of dataOf(recapture, entry).legal?.orders ?? []) papers.set(order.order, { order, n: entry.n })
  },
  [recordOrder.kind]: (entry, { papers }) => {
    const order = dataOf(recordOrder, entry).legal?.order
    if (order) papers.set(order.order, { order, n: entry.n })
  },
  [endOrder.kind]: (entry, { ends }) => {
    const { legal } = dataOf(endOrder, entry)
    if (!legal) return
    const end = { at: beginOf(legal.from), as: legal.as, n: entry.n }
    const known = ends.get(legal.order)
    if (!known || microsOf(end.at) < microsOf(known.at)) ends.set(legal.order, end)
  },
  [disputeOrder.kind]: (entry, { contests }) => {
    const { legal } = dataOf(disputeOrder, entry)
    if (legal) append(contests, legal.order, { at: entry.occurredAt.at, n: entry.n, upholds: false })
  },
  [upholdOrder.kind]: (entry, { contests }) => {
    const { legal } = dataOf(upholdOrder, entry)
    if (legal) append(contests, legal.order, { at: entry.occurredAt.at, n: entry.n, upholds: true })
  },
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function stateOf(order: Order, n: number, { ends, contests }: Collected): OrderState {
  const byPaper = typeof order.until === 'string' ? undefined : endOf(order.until)
  const end = ends.get(order.order)
  const endedEarly = end && (byPaper === undefined || microsOf(end.at) < microsOf(byPaper))
  const last = endedEarly ? end.at : byPaper
  return {
    order,
    n,
    begins: beginOf(order.from),
    ...(last !== undefined && { ends: last }),
    endStated: order.until !== 'not-stated' || end !== undefined,
    ...(endedEarly && { ended: { as: end.as, n: end.n } }),
    disputes: disputesOf(contests.get(order.order) ?? []),
  }
}

/** Contests pair with the next upholding; a second contest of an order already contested adds nothing. */
function disputesOf(contests: readonly Contest[]): (Span & { n: number })[] {
  const spans: (Span & { n: number })[] = []
  let open: Contest | undefined
  for (const contest of contests) {
    if (!contest.upholds) open ??= contest
    else if (open) {
      if (microsOf(open.at) < microsOf(contest.at)) spans.push({ from: open.at, to: contest.at, n: open.n })
      open = undefined
    }
  }
  if (open) spans.push({ from: open.at, n: open.n })
  return spans
}
