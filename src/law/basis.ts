import type { Span } from '../kernel/span.ts'
import { microsOf } from '../kernel/time.ts'
import type { OrderState } from './orders.ts'

/**
 * What covers a moment of custody (DESIGN.md §5):
 * - `order`: at least one order stands whose end is stated and that nobody contests;
 * - `disputed`: only contested ones stand;
 * - `unknown`: an order whose end is not stated began, or nobody said that all orders are on file;
 * - `lapse`: known to be uncovered.
 */
export type BasisState = 'order' | 'disputed' | 'unknown' | 'lapse'

/** Why it is so: what a reader of the list sees beside `since`. */
export type BasisCause =
  | 'covered'
  | 'contested'
  | 'end-not-stated'
  | 'orders-not-stated'
  | 'admitted-without-order'
  | 'order-ended'

export type BasisSegment = {
  readonly span: Span
  readonly state: BasisState
  readonly cause: BasisCause
  /** Orders that make it so: those that cover, are contested, or ended last; by their beginning. */
  readonly orders: readonly string[]
  /** The entry by which it began. */
  readonly n: number
}

export type Holding = {
  readonly span: Span
  /** Whether the admission says that its orders are all there are. */
  readonly ordersStated: boolean
  /** The entry of the admission. */
  readonly n: number
}

/** An order on the number line, in microseconds. */
type Reach = {
  readonly id: string
  readonly n: number
  readonly from: number
  readonly to: number
  /** The moment from which it is known to be over; `Infinity` while it is not. */
  readonly over: number
  readonly overN: number
  readonly endStated: boolean
  readonly disputes: readonly { readonly from: number; readonly to: number; readonly n: number }[]
}

type Moment = Omit<BasisSegment, 'span'>

/**
 * Every moment of a custody with what covers it: disjoint, without a gap, from admission to departure or without end.
 * A sweep over the instants at which anything begins or ends; neighbours with the same state and cause are one segment.
 */
export function sweepBasis(holding: Holding, orders: readonly OrderState[]): BasisSegment[] {
  const reaches = orders.map(reachOf)
  const bounds = { from: microsOf(holding.span.from), to: endMicros(holding.span.to) }
  const instants = new Map([[bounds.from, holding.span.from]])
  const mark = (instant: string | undefined) => {
    if (instant === undefined) return
    const micros = microsOf(instant)
    if (micros > bounds.from && micros < bounds.to) instants.set(micros, instant)
  }
  for (const { begins, ends, disputes } of orders) {
    mark(begins)
    mark(ends)
    for (const { from, to } of disputes) {
      mark(from)
      mark(to)
    }
  }
  const sorted = [...instants].sort(([a], [b]) => a - b)
  const segments: BasisSegment[] = []
  sorted.forEach(([micros, from], i) => {
    const to = sorted[i + 1]?.[1] ?? holding.span.to
    const span = to === undefined ? { from } : { from, to }
    const moment = momentAt(micros, bounds.from, holding, reaches)
    const last = segments.at(-1)
    if (last && last.state === moment.state && last.cause === moment.cause) {
      segments[segments.length - 1] = extend(last, span, moment)
    } else segments.push({ span, ...moment })
  })
  return segments
}

function extend(last: BasisSegment, next: Span, moment: Moment): BasisSegment {
  const span = next.to === undefined ? { from: last.span.from } : { from: last.span.from, to: next.to }
  return { ...last, span, orders: [...new Set([...last.orders, ...moment.orders])] }
}

function momentAt(at: number, admitted: number, holding: Holding, reaches: readonly Reach[]): Moment {
  const standing = reaches.filter(({ from, to }) => from <= at && at < to)
  const contest = (reach: Reach) => reach.disputes.find(({ from, to }) => from <= at && at < to)
  const covering = standing.filter((reach) => reach.endStated && !contest(reach))
  if (covering.length > 0) return moment('order', 'covered', covering, firstOf(covering))
  const contested = standing.filter((reach) => contest(reach) !== undefined)
  if (contested.length > 0) {
    return moment(
      'disputed',
      'contested',
      contested,
      Math.min(...contested.map((reach) => contest(reach)?.n ?? reach.n)),
    )
  }
  // The paper came, its end did not: that somebody may be held is not shown where nobody can say until when.
  if (standing.length > 0) return moment('unknown', 'end-not-stated', standing, firstOf(standing))

  const over = reaches.filter(({ over }) => over <= at)
  if (!holding.ordersStated && over.length === 0) return moment('unknown', 'orders-not-stated', [], holding.n)
  // An order that never covered a moment of this custody did not end during it: it was entered without one.
  const ended = over.filter(({ from, to, over }) => from < to && over > admitted)
  if (ended.length === 0) return moment('lapse', 'admitted-without-order', over, holding.n)
  const lastEnd = Math.max(...ended.map(({ over }) => over))
  const last = ended.filter(({ over }) => over === lastEnd)
  return moment('lapse', 'order-ended', last, Math.min(...last.map(({ overN }) => overN)))
}

const moment = (state: BasisState, cause: BasisCause, reaches: readonly Reach[], n: number): Moment => ({
  state,
  cause,
  orders: reaches.map(({ id }) => id),
  n,
})

const firstOf = (reaches: readonly Reach[]): number => Math.min(...reaches.map(({ n }) => n))

const endMicros = (instant: string | undefined): number =>
  instant === undefined ? Number.POSITIVE_INFINITY : microsOf(instant)

function reachOf({ order, n, begins, ends, endStated, ended, disputes }: OrderState): Reach {
  const from = microsOf(begins)
  const to = endMicros(ends)
  return {
    id: order.order,
    n,
    from,
    to,
    over: Math.max(from, to),
    overN: ended?.n ?? n,
    endStated,
    disputes: disputes.map((dispute) => ({
      from: microsOf(dispute.from),
      to: endMicros(dispute.to),
      n: dispute.n,
    })),
  }
}
