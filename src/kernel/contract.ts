import type { z } from 'zod'
import type { Actor } from './act.ts'
import type { Sql } from './ports.ts'
import type { Refusal, Words } from './refusal.ts'
import type { Visible } from './visible.ts'

/** What a route promises: shared by the server, the API document and the console, so none can drift. */
export type Contract<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
  O extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT'
  /** `/api/custodies/:id`; never carries a name. */
  readonly path: string
  readonly says: Words
  /** The permission that Cedar is asked for; `public` needs no token. */
  readonly permission: string
  /** Whether somebody who signed in must confirm each such request with a passkey. */
  readonly stepUp?: boolean
  /** Whether the answer holds personal data: then the read itself will be recorded. */
  readonly personal: boolean
  /**
   * The handler cuts its answer by `visible`, so that who sees only some people may ask without naming one. Of a route
   * that does not, such a reader is answered only about a custody that the request names.
   */
  readonly cut?: boolean
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly ok: O
  /** Media type of the answer where it is not JSON. */
  readonly answers?: string
}

export const defineContract = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  contract: Contract<P, Q, B, O>,
): Contract<P, Q, B, O> => contract

/** What a handler may use. Reads take `at`; nothing here writes. */
export type RouteContext = {
  readonly sql: Sql
  readonly actor: Actor
  readonly now: string
  /** Which custodies who asks may see, and which sections of them: every answer about persons is cut by it. */
  readonly visible: Visible
}

export type RouteInput<P, Q, B> = { readonly params: P; readonly query: Q; readonly body: B }

export type Route = {
  readonly contract: Contract
  readonly handle: (input: RouteInput<never, never, never>, context: RouteContext) => Promise<unknown>
}

/** Binds a handler to its contract; the handler answers what the contract says, or a refusal. */
export function defineRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, O extends z.ZodType>(
  contract: Contract<P, Q, B, O>,
  handle: (
    input: RouteInput<z.output<P>, z.output<Q>, z.output<B>>,
    context: RouteContext,
  ) => Promise<z.input<O> | Refusal>,
): Route {
  return { contract, handle }
}
