import type { ActDraft } from './draft.ts'

/**
 * Whole people, packed into batches of about `size` acts (a person is never cut in two). Within a batch the acts of
 * several people stand in runs of one kind, which the loader projects at once; each person's own order is kept.
 */
export function* inBatches(
  people: Iterable<readonly ActDraft[]>,
  { size }: { readonly size: number },
): Generator<ActDraft[]> {
  let waiting: (readonly ActDraft[])[] = []
  let acts = 0
  for (const person of people) {
    waiting.push(person)
    acts += person.length
    if (acts >= size) {
      yield interleave(waiting)
      waiting = []
      acts = 0
    }
  }
  if (acts > 0) yield interleave(waiting)
}

/** Takes, again and again, the kind that most people have next. */
export function interleave(people: readonly (readonly ActDraft[])[]): ActDraft[] {
  const next = people.map(() => 0)
  const result: ActDraft[] = []
  for (;;) {
    const waiting = new Map<string, number>()
    people.forEach((acts, i) => {
      const kind = acts[next[i] as number]?.kind.kind
      if (kind !== undefined) waiting.set(kind, (waiting.get(kind) ?? 0) + 1)
    })
    let [chosen, most] = ['', 0]
    for (const [kind, count] of waiting) if (count > most) [chosen, most] = [kind, count]
    if (most === 0) return result
    people.forEach((acts, i) => {
      for (let at = next[i] as number; acts[at]?.kind.kind === chosen; at++) {
        result.push(acts[at] as ActDraft)
        next[i] = at + 1
      }
    })
  }
}
