import type { Entry } from '../../kernel/act.ts'
import type { Span } from '../../kernel/span.ts'
import { microsOf } from '../../kernel/time.ts'

/** How a place is called, and the facility it belongs to: what those see to whom `place` is told. */
export type PlaceName = { readonly words: string; readonly facility: string }

/** What is asked of a custody: the instant, and how its places are called. */
export type Question = {
  readonly at: string
  readonly registerNumber: string
  /** Effective entries of the custody, oldest first. */
  readonly entries: readonly Entry[]
  readonly places: ReadonlyMap<string, PlaceName>
  /** Register numbers of the person's other custodies. */
  readonly others: readonly string[]
}

/** A segment that the answer still covers: what holds after the instant is not stated. */
export const until = (span: Span, at: string): Span | undefined => {
  if (microsOf(span.from) > microsOf(at)) return undefined
  return span.to !== undefined && microsOf(span.to) <= microsOf(at) ? span : { from: span.from }
}
