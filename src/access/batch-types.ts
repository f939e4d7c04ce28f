import type { Act } from '../kernel/act.ts'
import type { Clock, Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Log } from '../platform/logs.ts'
import type { ActRoutesOptions } from './act-routes.ts'
import type { Watching } from './looks.ts'

export type BatchOptions = ActRoutesOptions & {
  readonly log: Log
  readonly sql: Sql
  readonly clock: Clock
  readonly looks: Watching
}

/** An item of a batch on its way: an act, or why it cannot become one. */
export type Prepared = {
  readonly id: string | null
  readonly kind: string
  readonly given: unknown
  readonly after: readonly string[]
  /** What keeps order: acts of one subject go in the order of the batch. */
  readonly subject: string
  readonly act: Act | Refusal
}
