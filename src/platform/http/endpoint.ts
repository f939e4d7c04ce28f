import type { Actor } from '../../kernel/act.ts'
import type { Contract, RouteContext, RouteInput } from '../../kernel/contract.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import type { Language } from './problems.ts'

/** Who asks: an actor, bound to one facility or to none. */
export type Principal = Actor & { readonly facility?: string }

/** What the server's own endpoints see besides what every room's route sees. */
export type EndpointContext = RouteContext & {
  readonly principal: Principal
  /** The body as it arrived, before defaults and normalising: a repeat is told from a reused id by it. */
  readonly given: unknown
  /** Of titles; sentences come in both. */
  readonly language: Language
}

/** A room's `Route` is one; those of `access/` may look at more. */
export type Endpoint = {
  readonly contract: Contract
  /** Whether who asks from this machine itself, not through a proxy, needs no token: for collectors beside the server. */
  readonly loopback?: boolean
  readonly handle: (input: RouteInput<never, never, never>, context: EndpointContext) => Promise<unknown>
}

/** An answer that is not simply 200: another status, headers of its own, bytes. */
export class Answer {
  readonly body: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  constructor(body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}) {
    this.body = body
    this.status = status
    this.headers = headers
  }
}

/** The permission of routes that need no token. */
export const PUBLIC = 'public'
/** The permission of the batch route: any token; each act of the batch is then asked for by its own permission. */
export const EACH_ACT = 'each-act'

export type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown }

/** Who may do what, as the server asks it. `access/` implements it. */
export type Guard = {
  /** Reads the `Authorization` header. */
  authenticate(authorization: string | undefined): Promise<Principal | Refusal>
  /** Before anything of the request is read. */
  authorise(principal: Principal, contract: Contract): Refusal | undefined
  /** For a principal bound to a facility, once it is known what is asked for. */
  within(principal: Principal, contract: Contract, input: Input): Promise<Refusal | undefined>
}

/** The principal of a public route. */
export const NOBODY: Principal = { officer: '00000000-0000-0000-0000-000000000000', role: PUBLIC }
