import type { Entry } from '../kernel/act.ts'
import type { Span } from '../kernel/span.ts'
import { beginOf, endOf, microsOf } from '../kernel/time.ts'
import { holds, type Order } from './acts.ts'
import { clockEnd } from './clock.ts'
import { type Collected, type Contest, collectOrders, type End, type Paper } from './collect.ts'
import { type Effects, effectsOf, isAuthentic } from './effects.ts'
import type { Ending, OrderPaper, Verification } from './paper.ts'

export { orderKinds } from './collect.ts'
export type { Ending } from './paper.ts'

/** An order as the entries leave it: the paper, when it covers, and what became of it. */
export type OrderState = {
  readonly order: Order
  /** The entry that brought the order as it now reads. */
  readonly n: number
  /** Whether its kind can cover a moment: an order to release, to produce, a decision never does. */
  readonly holds: boolean
  /** When the place first heard of it. */
  readonly heard: string
  readonly begins: string
  /** Where the coverage ends, by the paper or by what ended it. None: open. Not after `begins`: it covers nothing. */
  readonly ends?: string
  /** The end by the paper or its clock alone. */
  readonly paperEnds?: string
  /** Whether the end is known: stated by the paper, counted by its clock, or an entry ended the order. */
  readonly endStated: boolean
  /** What ended it before its own date, the entry that says so, and the order that did. */
  readonly ended?: { readonly as: Ending; readonly n: number; readonly by?: string }
  /** When it was contested, each until it was upheld; the entry, and the order where one contests it. */
  readonly disputes: readonly (Span & { readonly n: number; readonly by?: string })[]
  readonly verifications: readonly Verification[]
  /** Whether the last look found it authentic; absent: nobody looked. */
  readonly authentic?: boolean
  readonly arrivals: readonly OrderPaper[]
}

/**
 * The orders of one custody from its effective entries, oldest first, in the order of their beginning. An order recorded
 * twice under one id reads as it was last recorded; of several ends the earliest holds.
 */
export function ordersOf(entries: readonly Entry[]): OrderState[] {
  const collected = collectOrders(entries)
  // Most custodies have one paper that nobody has touched: nothing to weigh.
  const effects = effectsOf(collected)
  return [...collected.papers.values()]
    .map((paper) => stateOf(paper, collected, effects))
    .sort((a, b) => microsOf(a.begins) - microsOf(b.begins) || (a.order.order < b.order.order ? -1 : 1))
}

function stateOf(paper: Paper, collected: Collected, effects: Effects): OrderState {
  const { order, n, heard } = paper
  const id = order.order
  const begins = beginOf(order.from)
  const byPaper = paperEnd(order, collected)
  const authentic = isAuthentic(collected, id)
  const verifications = collected.verifications.get(id) ?? []
  const end = endOfOrder(begins, collected, effects, id)
  const endedEarly = end && (byPaper === undefined || microsOf(end.at) < microsOf(byPaper))
  const last = endedEarly ? end.at : byPaper
  return {
    order,
    n,
    holds: holds(order.kind),
    heard,
    begins,
    ...(last !== undefined && { ends: last }),
    ...(byPaper !== undefined && { paperEnds: byPaper }),
    endStated: byPaper !== undefined || order.until === 'open' || end !== undefined,
    ...(endedEarly && { ended: { as: end.as, n: end.n, ...(end.by !== undefined && { by: end.by }) } }),
    disputes: disputesOf([...(collected.contests.get(id) ?? []), ...(effects.contests.get(id) ?? [])]),
    verifications,
    ...(authentic !== undefined && { authentic }),
    arrivals: collected.arrivals.get(id) ?? [],
  }
}

/** Undefined: open, not stated, or counted from something that nobody has stated. */
function paperEnd({ from, until }: Order, { admitted, deprived }: Collected): string | undefined {
  if (typeof until === 'string') return undefined
  if (!('after' in until)) return endOf(until)
  const start = { begin: beginOf(from), admission: admitted, deprivation: deprived }[until.from]
  return start === undefined ? undefined : clockEnd(until, start)
}

/** The earliest of what ended it. What is not authentic ended before it began. */
function endOfOrder(begins: string, { ends, verifications }: Collected, effects: Effects, id: string): End | undefined {
  const last = verifications.get(id)?.at(-1)
  if (last?.result === 'not-authentic') return { at: begins, as: 'not-authentic', n: last.n }
  let earliest: End | undefined
  for (const end of [...(ends.get(id) ?? []), ...(effects.ends.get(id) ?? [])]) {
    const lead = earliest ? microsOf(end.at) - microsOf(earliest.at) : -1
    if (lead < 0 || (lead === 0 && earliest && end.n < earliest.n)) earliest = end
  }
  return earliest
}

/** Contests pair with the next upholding; a second contest of an order already contested adds nothing. */
function disputesOf(contests: readonly Contest[]): OrderState['disputes'] {
  if (contests.length === 0) return []
  const spans: (Span & { n: number; by?: string })[] = []
  const spanOf = ({ at, n, by }: Contest, to?: string) => ({
    from: at,
    ...(to !== undefined && { to }),
    n,
    ...(by !== undefined && { by }),
  })
  let open: Contest | undefined
  for (const contest of contests.toSorted((a, b) => microsOf(a.at) - microsOf(b.at) || a.n - b.n)) {
    if (!contest.upholds) open ??= contest
    else if (open) {
      if (microsOf(open.at) < microsOf(contest.at)) spans.push(spanOf(open, contest.at))
      open = undefined
    }
  }
  if (open) spans.push(spanOf(open))
  return spans
}
