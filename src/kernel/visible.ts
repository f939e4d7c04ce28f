import { SECTIONS, type Section } from './act.ts'

/** What one reader may see: which custodies, and which sections of them. Every list and every file asks it. */
export type Visible = {
  /** Nobody is hidden from this reader; `sql` is then `true`. */
  readonly everybody: boolean
  /**
   * The condition that a custody may be seen, for the `where` of a query. It speaks of these two columns (unless told,
   * of a table `custody c`) and numbers its parameters from `first`; their values are `values`.
   */
  sql(first: number, columns?: CustodyColumns): string
  readonly values: readonly unknown[]
  /** The sections that the reader opens of any of them, by role. */
  readonly sections: readonly Section[]
  /** Of these the custodian says what the reader may know (`told` in audience.ts); they stay closed. */
  readonly told: readonly Section[]
  /** Those of one custody: by role, and what the reader has broken the glass of. */
  sectionsOf(custody: string): Promise<readonly Section[]>
}

export type CustodyColumns = { readonly custody: string; readonly facility: string }

/** For who runs the house from its own machine, and for tests: nothing is hidden. */
export const seesAll: Visible = {
  everybody: true,
  sql: () => 'true',
  values: [],
  sections: SECTIONS,
  told: [],
  sectionsOf: async () => SECTIONS,
}
