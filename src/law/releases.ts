import type { Entry } from '../kernel/act.ts'
import { contains } from '../kernel/span.ts'
import { microsOf } from '../kernel/time.ts'
import { type OrderState, ordersOf } from './orders.ts'

/** An order to let somebody go, or bail, as the clock that starts with it looks at it. */
export type ReleaseOrder = {
  readonly state: OrderState
  /** When the place first heard of it: from here on time counts. */
  readonly heard: string
  /** From when it ends what it is against, once it is verified. */
  readonly effective: string
  /** Since when it has been found authentic; absent: nobody looked, or it was found not to be. */
  readonly verified?: string
  /** When somebody left by it, or it was entered as executed. */
  readonly executed?: string
}

/** The orders to release and bail of one custody from its effective entries, oldest first; false papers are left out. */
export const releaseOrdersOf = (entries: readonly Entry[]): ReleaseOrder[] =>
  ordersOf(entries)
    .filter(({ order, authentic }) => (order.kind === 'release' || order.kind === 'bail') && authentic !== false)
    .map((state) => {
      const verified = verifiedSince(state)
      const executed = state.ended?.as === 'executed' ? state.ends : undefined
      return {
        state,
        heard: state.heard,
        effective: state.begins,
        ...(verified !== undefined && { verified }),
        ...(executed !== undefined && { executed }),
      }
    })
    .sort((a, b) => microsOf(a.heard) - microsOf(b.heard))

/**
 * The orders that alone may stand in the way of a release at an instant: they hold, are in force this minute with a known
 * end, were found authentic, came on paper and are contested by nobody. Whether the issuer is empowered for that kind
 * stands in the register of authorities, at which no fold looks: ask it by query (`issuerReasonOf`).
 */
export const verifiedOrdersInForce = (entries: readonly Entry[], at: string): OrderState[] =>
  ordersOf(entries).filter((state) => isInForce(state, at) && hasPaper(state, at) && isVerifiedBy(state, at))

/** It holds, covers the instant and nobody contests it. */
export function isInForce({ holds, endStated, begins, ends, disputes }: OrderState, at: string): boolean {
  const now = microsOf(at)
  if (!holds || !endStated || microsOf(begins) > now) return false
  if (ends !== undefined && microsOf(ends) <= now) return false
  return !disputes.some((dispute) => contains(dispute, at))
}

/** It was never only told, or its paper has arrived by the instant. */
export const hasPaper = ({ order, arrivals }: OrderState, at: string): boolean =>
  order.provisional !== true || arrivals.some((paper) => microsOf(paper.at) <= microsOf(at))

const isVerifiedBy = (state: OrderState, at: string): boolean => {
  const since = verifiedSince(state)
  return since !== undefined && microsOf(since) <= microsOf(at)
}

/** Since when an order has been found authentic without a look that said otherwise; undefined: it is not. */
export function verifiedSince({ authentic, verifications }: OrderState): string | undefined {
  if (authentic !== true) return undefined
  const lastOther = verifications.findLastIndex(({ result }) => result !== 'authentic')
  return verifications[lastOther + 1]?.at
}
