import type { Act, Receipt } from './act.ts'
import type { Refusal } from './refusal.ts'

/** The ports through which the record reaches the world. The platform implements them; tests may too. */

/** Reads from a database. Values travel as PostgreSQL parameters, never inside the text. */
export type Sql = {
  rows<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>
}

/**
 * An open transaction on one pipelined connection: statements reach the server in the order of the calls,
 * without waiting for each other's answers.
 */
export type Tx = Sql & {
  /** Sends a statement whose answer nobody reads; its error surfaces in `settle`. */
  write(text: string, values?: readonly unknown[]): void
  /** Waits for every `write` so far and throws the first error. */
  settle(): Promise<void>
}

/** Opens transactions. `run` commits when `work` resolves, rolls back when it throws. */
export type Transactions = {
  run<T>(work: (tx: Tx) => Promise<T>): Promise<T>
}

/** The time outside, as the record sees it. Never read the machine's clock elsewhere. */
export type Clock = { now(): Temporal.Instant }

export const systemClock: Clock = { now: () => Temporal.Now.instant() }

export type SignedPromise = { readonly at: string; readonly delaySeconds: number; readonly signature: string }

/** Signs one promise for a group of leaf hashes; undefined when the signer is away: no fact waits for a signature. */
export type Promiser = { promise(leafHashes: readonly Uint8Array[], at: string): Promise<SignedPromise | undefined> }

/** The one way in. Faults of the world are thrown: the act may have been recorded; send it again with the same id. */
export type Runner = {
  submit(act: Act): Promise<Receipt | Refusal>
  /** All or none: when one is refused none is recorded, and the others are refused `batch-refused`. In order. */
  submitAll(acts: readonly Act[]): Promise<(Receipt | Refusal)[]>
}
