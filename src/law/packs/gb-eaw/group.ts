import type { Bound } from './adjusted.ts'
import type { Sentence } from './case.ts'
import type { Unit } from './units.ts'

/** Sentences that hold together, with what is bound to them. */
export type Group = Bound & {
  readonly imposed: ReadonlySet<Sentence>
  readonly units: readonly Unit[]
  /** Additional days that have run so far, each once. */
  readonly addedServed: number
}
