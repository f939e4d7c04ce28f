import type { OrderState } from '../../law/read.ts'
import { type Done, type Facts, firstDone } from '../facts.ts'
import { isBefore } from '../instants.ts'

/** Kinds by which a judge decided about the detention. A warrant of arrest does not: the person has not been heard. */
const JUDGES: ReadonlySet<string> = new Set(['judicial-detention', 'remand', 'extension', 'sentence'])
/** Not on a criminal charge: ICCPR 9(3) does not speak of them, 9(4) does. */
const CIVIL: ReadonlySet<string> = new Set(['immigration', 'civil-commitment'])
/** Detention before judgment, or by the administration: what is reviewed. */
const REVIEWED: ReadonlySet<string> = new Set([
  'arrest',
  'administrative-detention',
  'judicial-detention',
  'remand',
  'extension',
  ...CIVIL,
])

export const isCivil = ({ order }: OrderState): boolean => CIVIL.has(order.kind)
export const isReviewed = ({ order }: OrderState): boolean => REVIEWED.has(order.kind)

/** A paper of a judge who decided: not what was only told by telephone, nor what was found not authentic. */
export const isDecision = ({ order, authentic, arrivals }: OrderState): boolean =>
  JUDGES.has(order.kind) && authentic !== false && (order.provisional !== true || arrivals.length > 0)

export const decisionOf = ({ begins, n }: OrderState): Done => ({ at: begins, n })

/**
 * Somebody who was handed over under a decision of a judge has been before one: when, this register cannot say, and it
 * is not this house that owed it.
 */
export function cameUnderDecision({ manner, orders, admitted }: Facts): boolean {
  if (manner !== 'transfer' && manner !== 'surrender' && manner !== 'return') return false
  const decision = firstDone(orders.filter(isDecision).map(decisionOf))
  return decision !== undefined && !isBefore(admitted, decision.at)
}
