import type { Sections } from './sections.ts'

export type Standing = {
  readonly id: string
  readonly kind: string
  readonly facility: string
  readonly custody: string | undefined
  readonly occurredAt: { readonly at: string; readonly precision: 'second'; readonly zone: string } | undefined
  /** What the act itself said, as it stands after earlier corrections. */
  readonly sections: Sections
  readonly closed: readonly string[]
  readonly wasCorrected: boolean
}
