/** What differs between two workings, step by step. */
import { jcs } from '../../kernel/json.ts'

/** A step as it was signed or as it is computed. */
type AnyStep = {
  readonly n: number
  readonly text: string
  readonly op: string
  readonly cite?: string | undefined
  readonly values?: Readonly<Record<string, string | number>> | undefined
  readonly params: object
  readonly unit: string
  readonly value: number
}

export type StepChange<S extends AnyStep = AnyStep> =
  | { readonly change: 'added'; readonly after: S }
  | { readonly change: 'removed'; readonly before: S }
  | {
      readonly change: 'changed'
      readonly before: S
      readonly after: S
      /** A figure of the law or of the facts differs here; otherwise only what came in from earlier steps. */
      readonly isCause: boolean
    }

/**
 * Steps are held against each other in their order: those that say the same thing (text, operation, source) are one
 * step, and differ where their figures or their results do. Empty when nothing changed, whatever the numbering.
 */
export function differencesOf<S extends AnyStep>(before: readonly S[], after: readonly S[]): StepChange<S>[] {
  const changes: StepChange<S>[] = []
  for (const [old, now] of aligned(before, after)) {
    if (old === undefined && now !== undefined) changes.push({ change: 'added', after: now })
    else if (now === undefined && old !== undefined) changes.push({ change: 'removed', before: old })
    else if (old !== undefined && now !== undefined) {
      const isCause = figuresOf(old) !== figuresOf(now) || (isGiven(old) && old.value !== now.value)
      if (isCause || old.value !== now.value || old.unit !== now.unit)
        changes.push({ change: 'changed', before: old, after: now, isCause })
    }
  }
  return changes
}

const isGiven = ({ op }: AnyStep): boolean => op === 'given'

const figuresOf = ({ params, values }: AnyStep): string =>
  jcs(JSON.parse(JSON.stringify({ params: { ...params, value: undefined }, values: values ?? {} })))

const sense = ({ text, op, cite, unit }: AnyStep): string => `${text}\n${op}\n${cite ?? ''}\n${unit}`

/** The longest common run of steps of one sense, the others between them as added or removed. */
function aligned<S extends AnyStep>(before: readonly S[], after: readonly S[]): [S | undefined, S | undefined][] {
  const [a, b] = [before.map(sense), after.map(sense)]
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let [endA, endB] = [a.length, b.length]
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const width = endB - start + 1
  const table = new Int32Array((endA - start + 1) * width)
  const at = (i: number, j: number) => table[(i - start) * width + (j - start)] as number
  for (let i = endA - 1; i >= start; i--) {
    for (let j = endB - 1; j >= start; j--) {
      table[(i - start) * width + (j - start)] =
        a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const pairs: [S | undefined, S | undefined][] = []
  for (let i = 0; i < start; i++) pairs.push([before[i], after[i]])
  let [i, j] = [start, start]
  while (i < endA || j < endB) {
    if (i < endA && j < endB && a[i] === b[j]) pairs.push([before[i++], after[j++]])
    else if (j >= endB || (i < endA && at(i + 1, j) >= at(i, j + 1))) pairs.push([before[i++], undefined])
    else pairs.push([undefined, after[j++]])
  }
  for (; i < a.length; i++, j++) pairs.push([before[i], after[j]])
  return pairs
}

export type FactChange = {
  /** `sentence <id>`, `adjustment <id>`, `event <id>`, `case`. */
  readonly item: string
  readonly change: 'added' | 'changed' | 'removed'
}

/** Which facts differ, by their short digests. */
export function factChanges(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): FactChange[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].sort().flatMap((item): FactChange[] => {
    if (!Object.hasOwn(before, item)) return [{ item, change: 'added' }]
    if (!Object.hasOwn(after, item)) return [{ item, change: 'removed' }]
    return before[item] === after[item] ? [] : [{ item, change: 'changed' }]
  })
}
