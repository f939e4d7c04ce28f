import type { DecideContext } from '../kernel/act.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { dutiesOfCustody, dutiesOfHouse } from './duties.ts'
import { findDutyRule } from './packs/index.ts'
import { refuseDuty } from './refusals.ts'

/** Who may say of any duty that it was done: nobody of the facility. */
const OUTSIDE = new Set(['oversight', 'service'])

type Discharge = { readonly act: { readonly duty: string } }

/** A duty of this subject, and one that words can settle; oversight says so of any. */
export function decideDischarge({ act }: Discharge, { entries, actor }: DecideContext): Refusal | undefined {
  const isCustody = entries.some(({ custody }) => custody !== undefined)
  const duty = (isCustody ? dutiesOfCustody(entries) : dutiesOfHouse(entries)).find((one) => one.duty === act.duty)
  if (!duty) return refuseDuty('duty-unknown', { duty: act.duty })
  const rule = findDutyRule(duty.rule)
  if (!rule?.byWord && !OUTSIDE.has(actor.role))
    return refuseDuty('duty-shown-by-its-act', { rule: duty.rule, acts: [...(rule?.acts ?? [])] })
  return undefined
}
