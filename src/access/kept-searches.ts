import { randomId } from '../kernel/ids.ts'

const KEPT_MINUTES = 60
const KEPT_MAX = 10_000

type Kept<S> = { readonly officer: string; readonly search: S; readonly until: number }

/**
 * What was searched for, under ids that say nothing, each for the officer who searched and for an hour: a name must not
 * stand in an address. In memory alone, so that nothing of it outlives the server.
 */
export class KeptSearches<S> {
  readonly #kept = new Map<string, Kept<S>>()
  readonly #now: () => Temporal.Instant

  constructor(now: () => Temporal.Instant) {
    this.#now = now
  }

  keep(officer: string, search: S): string {
    const id = randomId()
    this.#kept.set(id, { officer, search, until: this.#now().add({ minutes: KEPT_MINUTES }).epochMilliseconds })
    // The oldest stand first: those that are over, and those beyond what is kept.
    for (const [old, { until }] of this.#kept) {
      if (this.#kept.size <= KEPT_MAX && until > this.#now().epochMilliseconds) break
      this.#kept.delete(old)
    }
    return id
  }

  /** Undefined for anybody else, and when the hour is over. */
  find(officer: string, id: string): S | undefined {
    const kept = this.#kept.get(id)
    if (kept === undefined || kept.officer !== officer) return undefined
    if (kept.until <= this.#now().epochMilliseconds) {
      this.#kept.delete(id)
      return undefined
    }
    return kept.search
  }
}
