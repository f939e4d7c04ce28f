import { admit, recapture } from '../../custody/acts.ts'
import { custodySpanOf } from '../../custody/read.ts'
import { dataOf, type Entry } from '../../kernel/act.ts'
import { earlier, type Span } from '../../kernel/span.ts'
import { earliestOf, microsOf } from '../../kernel/time.ts'
import { holds, recordOrder } from '../acts.ts'
import { type Ending, type OrderState, orderKinds, ordersOf } from '../orders.ts'
import { isInForce, verifiedSince } from '../releases.ts'
import { AUTHORISE, checkRelease } from './acts.ts'

/** A step that was taken, as an entry says. */
export type Step = { readonly at: string; readonly n: number }

export type ReleaseCheck = Step & {
  readonly check: 'identity' | 'other-orders'
  readonly means: string
  readonly result: string
  readonly by: string
  readonly found: readonly string[]
}

/** An order that stands in the way of this one, and when it does. Whether its issuer may give it is asked by query. */
export type Conflict = Span & { readonly order: string; readonly n: number }

/** An order to let somebody go, and how far it has come. Pure: how long ago is asked at an instant. */
export type ReleaseClock = {
  readonly order: string
  readonly state: OrderState
  /** When the place first heard of it, however: from here on it is owed that the person goes. */
  readonly received: string
  /** From when time counts: the receipt; where the order says later, or the person came later, then. */
  readonly starts: string
  readonly verified?: Step
  /** Since when a second means says that this is the person, and nobody said otherwise afterwards. */
  readonly identity?: Step & { readonly means: string }
  /** When somebody first looked for what else holds the person. */
  readonly others?: Step & { readonly found: boolean }
  readonly authorised?: Step
  /** The person left, and how. */
  readonly gate?: Step & { readonly as: string | undefined }
  /** The order itself no longer stands, though nobody left. */
  readonly over?: Step & { readonly as: Ending }
  /** The earlier of both: from then on nothing is owed by this order. Undefined: it runs. */
  readonly stops?: string
  readonly checks: readonly ReleaseCheck[]
  readonly conflicts: readonly Conflict[]
  /** Orders to hold that the place heard of after it, in that order: they are flagged. */
  readonly later: readonly { readonly order: string; readonly heard: string; readonly n: number }[]
}

/** Kinds of entries that a clock follows from. */
export const releaseKinds = [...orderKinds, checkRelease.kind, AUTHORISE] as const

/** Of the body: what a paper says of a person is the first means, never the second. */
const SECOND_MEANS: ReadonlySet<string> = new Set(['photograph', 'fingerprint', 'iris', 'dna'])

/** What ends an order by itself. That it was carried out is shown by the gate alone, not by somebody's word. */
const ENDED: ReadonlySet<Ending> = new Set(['quashed', 'superseded', 'lifted', 'ended-on-appeal', 'replaced-on-appeal'])

/**
 * The clocks of one custody from its effective entries, oldest first, in the order of receipt. An order lets go where it
 * is one to release or bail, or where it ends what it names and then nothing else is in force. Found not authentic, over
 * before it was due, or received when the person had left, it starts none.
 */
export function releaseClocksOf(entries: readonly Entry[]): ReleaseClock[] {
  if (!entries.some(mayLetGo)) return []
  const span = custodySpanOf(entries)
  if (!span) return []
  const orders = ordersOf(entries)
  const { authorised, checks } = stepsOf(entries)
  const gate =
    span.to !== undefined && span.departure ? { at: span.to, n: span.departure.n, as: span.departedAs } : undefined
  return orders
    .flatMap((state): ReleaseClock[] => {
      const received = receiptOf(state)
      const starts = [state.begins, span.from].reduce(laterOf, received)
      if (!letsGo(state, orders, starts)) return []
      const over =
        state.ended && state.ends !== undefined && ENDED.has(state.ended.as)
          ? { at: state.ends, n: state.ended.n, as: state.ended.as }
          : undefined
      const stops = earlier(gate?.at, over?.at)
      if (stops !== undefined && microsOf(stops) <= microsOf(starts)) return []
      const order = state.order.order
      const verified = verificationOf(state)
      const of = checks.filter((check) => check.order === order).map(({ order: _order, ...check }) => check)
      const identity = identityOf(of)
      const others = of.find(({ check }) => check === 'other-orders')
      const authorisedAt = authorised.get(order)
      const bounds = stops === undefined ? { from: starts } : { from: starts, to: stops }
      return [
        {
          order,
          state,
          received,
          starts,
          ...(verified && { verified }),
          ...(identity && { identity }),
          ...(others && { others: { at: others.at, n: others.n, found: others.result === 'found' } }),
          ...(authorisedAt && { authorised: authorisedAt }),
          ...(gate && stops === gate.at && { gate }),
          ...(over && stops === over.at && { over }),
          ...(stops !== undefined && { stops }),
          checks: of,
          conflicts: orders.flatMap((other) => conflictsWith(other, bounds)),
          later: orders
            .filter((other) => other.holds && other.authentic !== false && isWithin(other.heard, received, stops))
            .map(({ order: later, heard, n }) => ({ order: later.order, heard, n }))
            .sort((a, b) => microsOf(a.heard) - microsOf(b.heard) || a.n - b.n),
        },
      ]
    })
    .sort((a, b) => microsOf(a.received) - microsOf(b.received) || (a.order < b.order ? -1 : 1))
}

const laterOf = (a: string, b: string): string => (microsOf(b) > microsOf(a) ? b : a)

const isWithin = (at: string, after: string, until: string | undefined): boolean =>
  microsOf(at) > microsOf(after) && (until === undefined || microsOf(at) < microsOf(until))

/** Most custodies have no paper that lets go: then nothing more is looked at. */
function mayLetGo(entry: Entry): boolean {
  if (entry.kind === recordOrder.kind) {
    const order = dataOf(recordOrder, entry).legal?.order
    return order !== undefined && !holds(order.kind)
  }
  if (entry.kind !== admit.kind && entry.kind !== recapture.kind) return false
  const { legal } = dataOf(entry.kind === admit.kind ? admit : recapture, entry)
  return legal?.orders?.some(({ kind }) => !holds(kind)) ?? false
}

/** The earliest instant that the stated receipt allows. */
function receiptOf({ heard, order }: OrderState): string {
  const stated = order.received?.at
  return stated !== undefined && stated.at === heard ? earliestOf(stated) : heard
}

function letsGo({ order, authentic }: OrderState, orders: readonly OrderState[], starts: string): boolean {
  if (authentic === false) return false
  if (order.kind === 'release' || order.kind === 'bail') return true
  const ends = order.kind === 'quashing' || (order.kind === 'appeal-decision' && order.effect === 'ends')
  return ends && order.against !== undefined && !orders.some((other) => isInForce(other, starts))
}

function verificationOf(state: OrderState): Step | undefined {
  const since = verifiedSince(state)
  const look = state.verifications.find(({ at, result }) => at === since && result === 'authentic')
  return look && { at: look.at, n: look.n }
}

type CheckOfOrder = ReleaseCheck & { readonly order: string }

function stepsOf(entries: readonly Entry[]) {
  const authorised = new Map<string, Step>()
  const checks: CheckOfOrder[] = []
  for (const entry of entries) {
    const step = { at: entry.occurredAt.at, n: entry.n }
    if (entry.kind === checkRelease.kind) {
      const { legal } = dataOf(checkRelease, entry)
      if (!legal) continue
      const { order, check, means, result, by, found } = legal
      checks.push({ ...step, order, check, means, result, by, found: found ?? [] })
    } else if (entry.kind === AUTHORISE) {
      const named = entry.sections.legal?.orders
      if (!Array.isArray(named)) continue
      for (const order of named as string[]) if (!authorised.has(order)) authorised.set(order, step)
    }
  }
  return { authorised, checks }
}

/**
 * A contradiction by whatever means undoes a confirmation, until a second means confirms anew; what was inconclusive, and
 * what a paper says, does neither.
 */
function identityOf(checks: readonly ReleaseCheck[]): ReleaseClock['identity'] {
  let identity: ReleaseClock['identity']
  for (const { check, means, result, at, n } of checks) {
    if (check !== 'identity') continue
    if (result === 'contradicted') identity = undefined
    else if (result === 'confirmed' && SECOND_MEANS.has(means)) identity ??= { at, n, means }
  }
  return identity
}

/** When an order stands, verified and on paper, within a clock: its contests are cut out. */
function conflictsWith(other: OrderState, bounds: Span): Conflict[] {
  const { order, holds: isHolding, endStated, begins, ends, disputes, arrivals, n } = other
  const verified = verifiedSince(other)
  const paper = order.provisional === true ? arrivals[0]?.at : begins
  if (!isHolding || !endStated || verified === undefined || paper === undefined) return []
  const from = [begins, verified, paper].reduce(laterOf, bounds.from)
  const to = earlier(ends, bounds.to)
  let rest: Span[] = [to === undefined ? { from } : { from, to }]
  for (const dispute of disputes) rest = rest.flatMap((span) => without(span, dispute))
  return rest
    .filter((span) => span.to === undefined || microsOf(span.from) < microsOf(span.to))
    .map((span) => ({ order: order.order, ...span, n }))
}

/** What is left of a span before and after another. */
function without(span: Span, taken: Span): Span[] {
  const before = earlier(span.to, taken.from) as string
  const left: Span[] = microsOf(span.from) < microsOf(before) ? [{ from: span.from, to: before }] : []
  if (taken.to === undefined) return left
  const from = laterOf(span.from, taken.to)
  if (span.to !== undefined && microsOf(from) >= microsOf(span.to)) return left
  return [...left, span.to === undefined ? { from } : { from, to: span.to }]
}
