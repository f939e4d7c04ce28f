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
  /** An order to release, found authentic, or bail ended what covered. */
  | 'release-ordered'
  /** The paper that would have covered was found not authentic. */
  | 'not-authentic'

export type BasisSegment = {
  readonly span: Span
  readonly state: BasisState
  readonly cause: BasisCause
  /** Orders that make it so: those that cover, are contested, or ended last; by their beginning. */
  readonly orders: readonly string[]
  /**
   * Of `order`: the end of title, where the union of the standing orders ends, whether the person left before or not.
   * None: until further order.
   */
  readonly titleEnds?: string
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
  /** An order to release or bail ended it. */
  readonly released: boolean
  /** Where what was found not authentic would have covered. */
  readonly falseTo: number
  readonly disputes: readonly { readonly from: number; readonly to: number; readonly n: number }[]
}

/** A verified order to release whoever it is, whatever holds them. */
type GeneralRelease = {
  readonly id: string
  readonly instant: string
  readonly at: number
  readonly n: number
}

type Moment = Omit<BasisSegment, 'span' | 'titleEnds'>

/**
 * Every moment of a custody with what covers it: disjoint, without a gap, from admission to departure or without end.
 * A sweep over the instants at which anything begins or ends; neighbours with the same state and cause are one segment.
 * It goes on past the departure only to find where the title would have ended.
 */
export function sweepBasis(holding: Holding, orders: readonly OrderState[]): BasisSegment[] {
  const holdingOrders = orders.filter((one) => one.holds)
  const sources = { holding, reaches: holdingOrders.map(reachOf), releases: orders.flatMap(generalRelease) }
  const bounds = { from: microsOf(holding.span.from), to: endMicros(holding.span.to) }
  const sorted = instantsOf(holding, holdingOrders, sources.releases)
  const segments: BasisSegment[] = []
  for (let i = 0; i < sorted.length; i++) {
    const [micros, from] = sorted[i] as Instant
    const moment = momentAt(micros, bounds.from, sources)
    const last = segments.at(-1)
    if (micros >= bounds.to) {
      if (last?.state === 'order' && moment.state === 'order') continue
      return closeAt(segments, from)
    }
    const next = sorted[i + 1]
    const to = next === undefined || next[0] >= bounds.to ? holding.span.to : next[1]
    const span = to === undefined ? { from } : { from, to }
    if (last && last.state === moment.state && last.cause === moment.cause) {
      segments[segments.length - 1] = extend(last, span, moment)
    } else {
      closeAt(segments, from)
      segments.push({ span, ...moment })
    }
  }
  return segments
}

type Instant = readonly [micros: number, instant: string]

/** When anything may change, from the admission on, in order. */
function instantsOf(holding: Holding, orders: readonly OrderState[], releases: readonly GeneralRelease[]): Instant[] {
  const begin = microsOf(holding.span.from)
  const instants = new Map([[begin, holding.span.from]])
  const mark = (instant: string | undefined) => {
    if (instant === undefined) return
    const micros = microsOf(instant)
    if (micros > begin) instants.set(micros, instant)
  }
  for (const { begins, ends, paperEnds, ended, disputes } of orders) {
    mark(begins)
    mark(ends)
    if (ended?.as === 'not-authentic') mark(paperEnds)
    for (const { from, to } of disputes) {
      mark(from)
      mark(to)
    }
  }
  if (!holding.ordersStated) for (const { instant } of releases) mark(instant)
  return [...instants].sort(([a], [b]) => a - b)
}

/** Says of the last segment, where it is `order`, that the title ends here. */
function closeAt(segments: BasisSegment[], titleEnds: string): BasisSegment[] {
  const last = segments.at(-1)
  if (last?.state === 'order') segments[segments.length - 1] = { ...last, titleEnds }
  return segments
}

function extend(last: BasisSegment, next: Span, moment: Moment): BasisSegment {
  const span = next.to === undefined ? { from: last.span.from } : { from: last.span.from, to: next.to }
  return { ...last, span, orders: [...new Set([...last.orders, ...moment.orders])] }
}

type Sources = {
  readonly holding: Holding
  readonly reaches: readonly Reach[]
  readonly releases: readonly GeneralRelease[]
}

function momentAt(at: number, admitted: number, { holding, reaches, releases }: Sources): Moment {
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
  if (!holding.ordersStated && over.length === 0) {
    const release = releases.find((one) => one.at <= at)
    if (!release) return moment('unknown', 'orders-not-stated', [], holding.n)
    return { state: 'lapse', cause: 'release-ordered', orders: [release.id], n: release.n }
  }
  const untrue = reaches.filter(({ from, falseTo }) => from <= at && at < falseTo)
  if (untrue.length > 0) {
    return moment('lapse', 'not-authentic', untrue, Math.min(...untrue.map(({ overN }) => overN)))
  }
  // An order that never covered a moment of this custody did not end during it: it was entered without one.
  const ended = over.filter(({ from, to, over }) => from < to && over > admitted)
  if (ended.length === 0) return moment('lapse', 'admitted-without-order', over, holding.n)
  const lastEnd = Math.max(...ended.map(({ over }) => over))
  const last = ended.filter(({ over }) => over === lastEnd)
  const cause = last.some(({ released }) => released) ? 'release-ordered' : 'order-ended'
  return moment('lapse', cause, last, Math.min(...last.map(({ overN }) => overN)))
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

function reachOf({ order, n, begins, ends, paperEnds, endStated, ended, disputes }: OrderState): Reach {
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
    released: ended?.as === 'released' || ended?.as === 'bailed',
    falseTo: ended?.as === 'not-authentic' ? endMicros(paperEnds) : from,
    disputes: disputes.map((dispute) => ({
      from: microsOf(dispute.from),
      to: endMicros(dispute.to),
      n: dispute.n,
    })),
  }
}

/** Where the orders of somebody are not on file, a verified order to let go whoever holds them is what is known. */
function generalRelease({ order, n, begins, ends, ended, authentic }: OrderState): GeneralRelease[] {
  const isRelease = order.kind === 'release' || order.kind === 'bail'
  if (!isRelease || order.against !== 'all' || authentic !== true) return []
  if (ended?.as === 'quashed' && ends !== undefined && microsOf(ends) <= microsOf(begins)) return []
  return [{ id: order.order, instant: begins, at: microsOf(begins), n }]
}
