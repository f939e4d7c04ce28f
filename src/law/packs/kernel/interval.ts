/** Days from one to another, both included: custody is counted with its first and its last day. */
import type { Day } from './calendar.ts'

export type Interval = { readonly from: Day; readonly to: Day }

export const daysOf = ({ from, to }: Interval): number => Math.max(0, to - from + 1)

/** The days in both, or undefined when there is none. */
export function intersect(a: Interval, b: Interval): Interval | undefined {
  const common = { from: Math.max(a.from, b.from), to: Math.min(a.to, b.to) }
  return common.from <= common.to ? common : undefined
}

/** The same days without overlap, in order; neighbours become one. Empty intervals vanish. */
export function mergeIntervals(intervals: readonly Interval[]): Interval[] {
  const merged: Interval[] = []
  for (const next of intervals.filter((each) => each.from <= each.to).toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1)
    if (last !== undefined && next.from <= last.to + 1) {
      merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, next.to) }
    } else merged.push(next)
  }
  return merged
}

/** What is left of `whole` when `taken` is cut out of it, in order. */
export function subtract(whole: Interval, taken: readonly Interval[]): Interval[] {
  const left: Interval[] = []
  let from = whole.from
  for (const cut of mergeIntervals(taken)) {
    if (cut.to < from || cut.from > whole.to) continue
    if (cut.from > from) left.push({ from, to: cut.from - 1 })
    from = cut.to + 1
  }
  if (from <= whole.to) left.push({ from, to: whole.to })
  return left
}

/** How many days are in at least one of them: no day counts twice. */
export const countDays = (intervals: readonly Interval[]): number =>
  mergeIntervals(intervals).reduce((sum, each) => sum + daysOf(each), 0)
