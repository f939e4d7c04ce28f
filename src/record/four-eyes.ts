import type { Actor, Entry } from '../kernel/act.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { refuseRecord } from './acts.ts'

/**
 * Four eyes: what one person proposed, another confirms. For the `decide` of every act that confirms one; that the
 * proposal is there and says the same is the act's own question. Undefined when it is another officer.
 */
export function refuseOwnProposal(proposal: Pick<Entry, 'officer'>, actor: Actor): Refusal | undefined {
  return proposal.officer === actor.officer ? refuseRecord('another-must-confirm') : undefined
}
