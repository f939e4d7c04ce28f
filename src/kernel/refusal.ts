/**
 * Refusals are answers, not exceptions: typed, with a code, a sentence in both languages and what would make it pass.
 * Exceptions are left for bugs and for faults of the world (database away, disk full).
 */

/** A sentence in the two languages of the product. */
export type Words = { readonly en: string; readonly es: string }

/** What kind of answer it is; the HTTP edge alone turns this into a status. */
export type RefusalSort =
  | 'invalid'
  | 'unauthenticated'
  | 'not-permitted'
  | 'not-found'
  | 'conflict'
  | 'too-large'
  | 'too-many'
  | 'unavailable'

export type RefusalSpec = {
  readonly sort: RefusalSort
  readonly says: Words
  /** What would make it pass; `act` names the act that helps, so that a screen can offer it. */
  readonly remedy: Words
  readonly act?: string
}

export type Refusal = {
  readonly refused: true
  readonly code: string
  readonly sort: RefusalSort
  readonly says: Words
  readonly remedy: Words
  readonly act?: string
  /** Ids, counts and field names only: never personal data. */
  readonly details: Readonly<Record<string, unknown>>
}

export type RefusalCatalogue = Readonly<Record<string, RefusalSpec>>

/** A catalogue of refusals and the function that makes one. List them in the order in which they are checked. */
export function defineRefusals<const C extends RefusalCatalogue>(
  catalogue: C,
): { catalogue: C; refuse: (code: keyof C & string, details?: Readonly<Record<string, unknown>>) => Refusal } {
  return {
    catalogue,
    refuse(code, details = {}) {
      const spec = catalogue[code] as RefusalSpec
      return { refused: true, code, ...spec, details }
    },
  }
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && (value as { refused?: unknown }).refused === true
}
