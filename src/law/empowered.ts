import type { Entry } from '../kernel/act.ts'
import { contains, parseSpan } from '../kernel/span.ts'
import { beginOf } from '../kernel/time.ts'
import { endAuthority, type Order, recordAuthority } from './acts.ts'
import type { IssuerReason } from './judge.ts'
import { authorityPowerRegister, authorityRegister } from './lawbook.ts'

/** Kinds of the installation's entries from which it can be said whether an issuer was empowered. */
export const consultedKinds = [recordAuthority.kind, endAuthority.kind] as const

/**
 * Whether the issuer of an order was empowered for its kind, at the order's own date, by the register of authorities:
 * the same answer as `issuerReasonOf` gives by query (judge.ts; a test holds them together), for a decision that sees
 * entries. `house`: the effective entries about the installation.
 */
export function issuerReasonFrom(house: readonly Entry[], order: Order): IssuerReason {
  if (order.authority === undefined) return 'issuer-not-linked'
  const said = house.filter(({ kind }) => (consultedKinds as readonly string[]).includes(kind))
  const body = authorityRegister.rows(said).find(({ id }) => id === order.authority)
  if (!body) return 'issuer-not-registered'
  if (body.state !== order.issuer.state) return 'issuer-of-another-state'
  const powers = authorityPowerRegister
    .rows(said)
    .filter(({ authority, kind }) => authority === order.authority && kind === order.kind)
  if (powers.length === 0) return 'not-for-this-kind'
  const issued = beginOf(order.issued ?? order.from)
  if (!powers.some(({ span }) => contains(parseSpan(span as string), issued))) return 'not-at-that-date'
  const territories = body.territories as readonly string[]
  if (territories.length === 0) return 'empowered'
  if (order.territory === undefined) return 'territory-not-stated'
  return territories.includes(order.territory) ? 'empowered' : 'outside-its-territory'
}
