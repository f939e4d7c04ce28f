import type { Visible } from '../kernel/visible.ts'
import type { FieldCode } from './fields.ts'
import type { PresenceState } from './roll.ts'
import type { HeldRow } from './roster-contract.ts'

/** Which of those who are held the roster shows. */
export type HeldFilter = {
  readonly at: string
  readonly facility?: string | undefined
  readonly presence?: PresenceState | 'confirmed' | undefined
  readonly basis?: NonNullable<HeldRow['basis']>['state'] | undefined
  /** Only those whom no order covers at that instant. */
  readonly withoutBasis?: boolean | undefined
  readonly missing?: FieldCode | 'any' | undefined
  readonly admittedWithinDays?: number | undefined
  readonly place?: string | undefined
  readonly nationality?: string | undefined
  readonly double?: boolean | undefined
  readonly sort?: 'number' | 'admitted' | undefined
  /** Which custodies the reader may see; absent: all. */
  readonly visible?: Visible | undefined
}
