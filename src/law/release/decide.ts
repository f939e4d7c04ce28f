import type { DecideContext, Entry } from '../../kernel/act.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { microsOf } from '../../kernel/time.ts'
import { issuerReasonFrom } from '../empowered.ts'
import { issuerReasons } from '../judge.ts'
import type { OrderState } from '../orders.ts'
import { verifiedOrdersInForce } from '../releases.ts'
import { releaseClocksOf } from './clock.ts'
import { refuseRelease } from './refusals.ts'

/**
 * The orders that alone may stand in the way of a release at an instant: verified, on paper, in force this minute,
 * contested by nobody, and from an issuer who is known to be empowered for that kind. Whatever is provisional,
 * contested, expired, unverified, or from somebody of whom nobody can say that they may, holds nobody back.
 */
export const ordersInTheWay = (entries: readonly Entry[], house: readonly Entry[], at: string): OrderState[] =>
  verifiedOrdersInForce(entries, at).filter(({ order }) => issuerReasons[issuerReasonFrom(house, order)] === 'yes')

type Authorisation = { readonly legal: { readonly orders: readonly string[] } }

/** Refused by an identity that no second means confirms, or by an order in the way; by nothing else. */
export function decideAuthorise(
  { legal }: Authorisation,
  { entries, house, now }: Pick<DecideContext, 'entries' | 'house' | 'now'>,
): Refusal | undefined {
  const clocks = new Map(
    releaseClocksOf(entries)
      .filter(({ over }) => over === undefined || microsOf(over.at) > microsOf(now))
      .map((clock) => [clock.order, clock]),
  )
  const unknown = legal.orders.filter((order) => !clocks.has(order))
  if (unknown.length > 0) return refuseRelease('release-order-unknown', { orders: unknown })
  const strange = legal.orders.filter((order) => clocks.get(order)?.identity === undefined)
  if (strange.length > 0) return refuseRelease('identity-unverified', { orders: strange })
  const standing = ordersInTheWay(entries, house, now)
  if (standing.length > 0) return refuseRelease('order-in-force', { orders: standing.map(({ order }) => order.order) })
  return undefined
}
