/** Parole eligibility: when the Board may decide, and no sentence without the Board still holds. */
import type { Ref } from '../kernel/steps.ts'
import type { Adjusted } from './adjusted.ts'
import type { Work } from './unadjusted.ts'

export function paroleOf(work: Work, units: readonly Adjusted[]): Ref | undefined {
  if (units.every((unit) => unit.parole === undefined)) return undefined
  const day = work.latest(
    units.map((unit) => unit.parole ?? unit.release),
    { text: 'parole-latest', cite: 's246A' },
  )
  const release = Math.max(...units.map((unit) => unit.release.value))
  return day.value < release ? day : undefined
}
