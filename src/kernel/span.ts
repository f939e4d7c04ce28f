import { microsOf } from './time.ts'

/** A half-open interval `[from, to)` of instants; no `to` means open, never the value `infinity`. */
export type Span = { readonly from: string; readonly to?: string }

/** The PostgreSQL text of a span: `["2026-01-01T00:00:00Z",)`. */
export const spanText = (span: Span): string => `["${span.from}",${span.to === undefined ? '' : `"${span.to}"`})`

/** Reads what `spanText` wrote. Throws on anything else: a register row that the record did not make is a bug. */
export function parseSpan(text: string): Span {
  const match = /^\["([^"]+)",(?:"([^"]+)")?\)$/.exec(text)
  if (!match?.[1]) throw new RangeError(`no span: ${text}`)
  return match[2] === undefined ? { from: match[1] } : { from: match[1], to: match[2] }
}

export const contains = (span: Span, instant: string): boolean => {
  const at = microsOf(instant)
  return microsOf(span.from) <= at && (span.to === undefined || at < microsOf(span.to))
}

/** Cuts a span to bounds; undefined when nothing is left. */
export function cut(span: Span, bounds: Span): Span | undefined {
  const from = microsOf(span.from) >= microsOf(bounds.from) ? span.from : bounds.from
  const to = earlier(span.to, bounds.to)
  if (to !== undefined && microsOf(to) <= microsOf(from)) return undefined
  return to === undefined ? { from } : { from, to }
}

/** The earlier of two ends, where none means open. */
export function earlier(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined) return b
  if (b === undefined) return a
  return microsOf(a) <= microsOf(b) ? a : b
}

/** A fact that holds from an instant until the next one. */
export type TimelineFact<V> = { readonly at: string; readonly n: number; readonly value: V }
export type Segment<V> = { readonly span: Span; readonly n: number; readonly value: V }

/**
 * The last fact wins: each fact holds until the next, cut to the bounds. Facts before the bounds hold from their
 * beginning. Several facts of one instant are given to `meet`, in record order, which says what holds then.
 * The result covers the bounds from the first fact on, in time order, without overlap.
 */
export function timeline<V>(
  facts: readonly TimelineFact<V>[],
  bounds: Span,
  meet: (values: readonly V[]) => V = (values) => values.at(-1) as V,
): Segment<V>[] {
  const sorted = facts
    .map((fact) => ({ fact, at: microsOf(fact.at) }))
    .sort((a, b) => a.at - b.at || a.fact.n - b.fact.n)
  const segments: Segment<V>[] = []
  for (let i = 0; i < sorted.length; ) {
    let next = i + 1
    while (next < sorted.length && sorted[next]?.at === sorted[i]?.at) next++
    const together = sorted.slice(i, next).map(({ fact }) => fact)
    const last = together.at(-1) as TimelineFact<V>
    const to = sorted[next]?.fact.at
    const span = cut(to === undefined ? { from: last.at } : { from: last.at, to }, bounds)
    if (span) segments.push({ span, n: last.n, value: meet(together.map(({ value }) => value)) })
    i = next
  }
  return segments
}
