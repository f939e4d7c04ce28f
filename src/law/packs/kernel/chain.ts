/** Sentences that follow one another, put in the order in which they are served. */

export type Link = {
  readonly id: string
  /** Other names of the same sentence: several offences can stand under one, and each is then a start of its own. */
  readonly alias?: string
  /** The id or alias of the sentence after which this one begins. */
  readonly after?: string
}

export type Chains<L extends Link> =
  | { readonly kind: 'chains'; readonly chains: readonly (readonly L[])[] }
  /** The links lead back to themselves; nobody can say which is served first. */
  | { readonly kind: 'cycle'; readonly ids: readonly string[] }
  /** A link names a sentence that is not there. */
  | { readonly kind: 'missing'; readonly id: string; readonly after: string }

/**
 * Every way from a first sentence to a last one. Two sentences after the same one make two chains that share their
 * beginning; a sentence that nothing follows and that follows nothing is a chain of one.
 */
export function chainsOf<L extends Link>(links: readonly L[]): Chains<L> {
  const named = new Map<string, L[]>()
  for (const link of links) {
    for (const name of new Set([link.id, link.alias ?? link.id])) named.set(name, [...(named.get(name) ?? []), link])
  }
  const followed = new Set<L>()
  for (const { id, after } of links) {
    if (after === undefined) continue
    const before = named.get(after)
    if (before === undefined) return { kind: 'missing', id, after }
    for (const link of before) followed.add(link)
  }
  const chains: L[][] = []
  const inChain = new Set<L>()
  const walk = (link: L, later: readonly L[]): string[] | undefined => {
    const chain = [link, ...later]
    if (later.includes(link)) return chain.map((each) => each.id)
    if (link.after === undefined) {
      chains.push(chain)
      for (const each of chain) inChain.add(each)
      return undefined
    }
    for (const before of named.get(link.after) ?? []) {
      const cycle = walk(before, chain)
      if (cycle !== undefined) return cycle
    }
    return undefined
  }
  for (const link of links) {
    if (followed.has(link)) continue
    const cycle = walk(link, [])
    if (cycle !== undefined) return { kind: 'cycle', ids: cycle }
  }
  // A closed ring has no last sentence to start from.
  const outside = links.filter((link) => !inChain.has(link))
  return outside.length > 0 ? { kind: 'cycle', ids: outside.map((link) => link.id) } : { kind: 'chains', chains }
}
