/** What becomes of the paper of an order: how it ended, was looked at, arrived. */
export type Ending =
  | 'quashed'
  | 'executed'
  | 'superseded'
  | 'lifted'
  /** By an order to release, by bail, by a decision on appeal. */
  | 'released'
  | 'bailed'
  | 'ended-on-appeal'
  | 'replaced-on-appeal'
  /** The paper is not what it says it is: it never covered. */
  | 'not-authentic'

export type Verification = {
  readonly at: string
  readonly against: string
  readonly by: string
  readonly result: 'authentic' | 'not-authentic'
  readonly document?: string
  readonly n: number
}

/** The arrival of a paper that was only told before. */
export type OrderPaper = {
  readonly at: string
  readonly document?: string
  readonly differences: readonly { readonly what: string; readonly told: string; readonly paper: string }[]
  readonly n: number
}
