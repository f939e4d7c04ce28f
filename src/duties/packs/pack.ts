import type { Entry } from '../../kernel/act.ts'
import type { Done, Facts } from '../facts.ts'
import type { DutyRule } from '../rule.ts'

/** One way to count, where no source fixes it: an instant, or a date of law. */
export type Reading = { readonly counts: string; readonly due: string }

/** Something that is or was owed, as a pack finds it in the facts. */
export type Owed = {
  /** Id of the rule. */
  readonly rule: string
  /** Tells two of one rule apart: an order, a petition, a departure. Empty where a custody has one. */
  readonly item: string
  readonly from: string
  readonly due: string
  /** The entry that made it. */
  readonly source: Entry
  readonly done?: Done | undefined
  /** It is no longer owed, though it was not done. */
  readonly moot?: Done | undefined
  /** What would have to be known to say whether it is owed at all, or was done. */
  readonly unknown?: 'nationality' | 'country' | 'orders' | undefined
  readonly readings?: readonly Reading[]
}

/** A pure function from the facts of a custody to what is owed, with the rules that it speaks of. */
export type Pack = {
  readonly name: string
  readonly rules: readonly DutyRule[]
  readonly owed: (facts: Facts) => readonly Owed[]
}

/** Nothing that a list of one or none says is lost by joining it. */
export const some = (...owed: readonly (Owed | undefined)[]): Owed[] => owed.filter((one) => one !== undefined)
