/**
 * The working behind a date. A pack computes only through a recorder: every number it can show has a step, a step has
 * its operation, its inputs (numbers of earlier steps), its words and its source, and `replaySteps` does the sum again.
 */
import type { Calendar } from './calendar.ts'
import { type Duration, endOfTerms } from './duration.ts'
import { ceilShare, type Fraction, floorShare } from './fraction.ts'

/** What a number is: a day of the calendar or a count of days. */
export type Unit = 'date' | 'days'

/**
 * given: a fact or a figure of the law · term-end: last day of terms from a first day · span: days from one day to
 * another, both included · share: part of a number of days, rounded up · share-down: the same, rounded down · last-day:
 * last of so many days from a first one · sum: added or taken away by sign · latest, earliest: one of several ·
 * add-months: the same day so many months later, cut to the month.
 */
export type Op =
  | 'given'
  | 'term-end'
  | 'span'
  | 'share'
  | 'share-down'
  | 'last-day'
  | 'sum'
  | 'latest'
  | 'earliest'
  | 'add-months'

export type StepParams = {
  readonly value?: number
  readonly lengths?: readonly Duration[]
  readonly share?: Fraction
  readonly signs?: readonly (1 | -1)[]
  readonly months?: number
}

/** What a step says: a key of the pack's texts, figures for its gaps, and a key of the pack's citations. */
export type Say<Text extends string = string, Cite extends string = string> = {
  readonly text: Text
  readonly values?: Readonly<Record<string, string | number>>
  readonly cite?: Cite
}

export type Step = Say & {
  /** From 1, in the order of the working: a step's inputs stand before it. */
  readonly n: number
  readonly op: Op
  readonly in: readonly number[]
  readonly params: StepParams
  readonly unit: Unit
  readonly value: number
}

/** A number with its step: what a pack computes with. */
export type Ref = { readonly n: number; readonly value: number; readonly unit: Unit }

export type Recorder<Text extends string = string, Cite extends string = string> = {
  readonly calendar: Calendar
  readonly given: (unit: Unit, value: number, say: Say<Text, Cite>) => Ref
  readonly termEnd: (start: Ref, lengths: readonly Duration[], say: Say<Text, Cite>) => Ref
  readonly span: (from: Ref, to: Ref, say: Say<Text, Cite>) => Ref
  readonly share: (days: Ref, share: Fraction, say: Say<Text, Cite>) => Ref
  readonly shareDown: (days: Ref, share: Fraction, say: Say<Text, Cite>) => Ref
  readonly lastDay: (start: Ref, days: Ref, say: Say<Text, Cite>) => Ref
  /** Plus and minus in one step. A date with counts is a date, counts alone are a count. */
  readonly sum: (plus: readonly Ref[], minus: readonly Ref[], say: Say<Text, Cite>) => Ref
  readonly latest: (of: readonly Ref[], say: Say<Text, Cite>) => Ref
  readonly earliest: (of: readonly Ref[], say: Say<Text, Cite>) => Ref
  readonly addMonths: (day: Ref, months: number, say: Say<Text, Cite>) => Ref
  /** Only the steps that lead to these numbers, numbered anew; and the new number of each. */
  readonly trace: (results: readonly Ref[]) => { readonly steps: Step[]; readonly numberOf: (result: Ref) => number }
}

/** An empty working. It is written to as the computation goes; nobody else sees it before `trace`. */
export function recordSteps<Text extends string = string, Cite extends string = string>(
  calendar: Calendar,
): Recorder<Text, Cite> {
  const steps: Step[] = []
  const add = (op: Op, unit: Unit, inputs: readonly Ref[], params: StepParams, say: Say<Text, Cite>): Ref => {
    const values = inputs.map((input) => input.value)
    const step = { ...say, n: steps.length + 1, op, in: inputs.map((input) => input.n), params, unit }
    const value = evaluate(calendar, step, values)
    steps.push({ ...step, value })
    return { n: step.n, value, unit }
  }
  return {
    calendar,
    given: (unit, value, say) => add('given', unit, [], { value }, say),
    termEnd: (start, lengths, say) => add('term-end', 'date', [start], { lengths }, say),
    span: (from, to, say) => add('span', 'days', [from, to], {}, say),
    share: (days, share, say) => add('share', 'days', [days], { share }, say),
    shareDown: (days, share, say) => add('share-down', 'days', [days], { share }, say),
    lastDay: (start, days, say) => add('last-day', 'date', [start, days], {}, say),
    sum(plus, minus, say) {
      const signs = [...plus.map((): 1 | -1 => 1), ...minus.map((): 1 | -1 => -1)]
      const unit = plus.some((each) => each.unit === 'date') ? 'date' : 'days'
      return add('sum', unit, [...plus, ...minus], { signs }, say)
    },
    latest: (of, say) => pick('latest', of, say),
    earliest: (of, say) => pick('earliest', of, say),
    addMonths: (day, months, say) => add('add-months', 'date', [day], { months }, say),
    trace: (results) => trace(steps, results),
  }

  function pick(op: 'latest' | 'earliest', of: readonly Ref[], say: Say<Text, Cite>): Ref {
    const first = of[0]
    if (first === undefined) throw new RangeError(`${op} of nothing`)
    // One candidate is no choice and needs no words.
    return of.length === 1 ? first : add(op, first.unit, of, {}, say)
  }
}

function trace(steps: readonly Step[], results: readonly Ref[]) {
  const needed = new Set<number>()
  const open = results.map((result) => result.n)
  for (let n = open.pop(); n !== undefined; n = open.pop()) {
    if (needed.has(n)) continue
    needed.add(n)
    open.push(...stepAt(steps, n).in)
  }
  const kept = [...needed].toSorted((a, b) => a - b)
  const renumbered = new Map(kept.map((n, index) => [n, index + 1]))
  const numberFor = (n: number) => {
    const found = renumbered.get(n)
    if (found === undefined) throw new Error(`step ${n} was not traced`)
    return found
  }
  return {
    steps: kept.map((n) => {
      const step = stepAt(steps, n)
      return { ...step, n: numberFor(n), in: step.in.map(numberFor) }
    }),
    numberOf: (result: Ref) => numberFor(result.n),
  }
}

/**
 * Every value worked out again from the inputs alone, in order. Equal to the recorded values, or the working was
 * altered. Throws RangeError when a step reads one that does not stand before it.
 */
export function replaySteps(calendar: Calendar, steps: readonly Step[]): number[] {
  const values: number[] = []
  for (const step of steps) {
    const inputs = step.in.map((n) => {
      const value = n >= 1 ? values[n - 1] : undefined
      if (value === undefined) throw new RangeError(`step ${step.n} reads step ${n}, which is not before it`)
      return value
    })
    values.push(evaluate(calendar, step, inputs))
  }
  return values
}

function stepAt(steps: readonly Step[], n: number): Step {
  const step = steps[n - 1]
  if (step === undefined) throw new RangeError(`no step ${n}`)
  return step
}

type Sum = Pick<Step, 'op' | 'params' | 'n'>

function evaluate(calendar: Calendar, { op, params, n }: Sum, inputs: readonly number[]): number {
  const input = (index: number) => {
    const value = inputs[index]
    if (value === undefined) throw new RangeError(`step ${n} (${op}) lacks input ${index + 1}`)
    return value
  }
  const needed = <T>(value: T | undefined): T => {
    if (value === undefined) throw new RangeError(`step ${n} (${op}) lacks its figure`)
    return value
  }
  switch (op) {
    case 'given':
      return needed(params.value)
    case 'term-end':
      return endOfTerms(calendar, input(0), needed(params.lengths))
    case 'span':
      return input(1) - input(0) + 1
    case 'share':
      return ceilShare(input(0), needed(params.share))
    case 'share-down':
      return floorShare(input(0), needed(params.share))
    case 'last-day':
      return input(0) + input(1) - 1
    case 'sum':
      return inputs.reduce((sum, value, index) => sum + value * needed(params.signs?.[index]), 0)
    case 'latest':
      return Math.max(input(0), ...inputs)
    case 'earliest':
      return Math.min(input(0), ...inputs)
    case 'add-months':
      return calendar.addMonths(input(0), needed(params.months))
  }
}
