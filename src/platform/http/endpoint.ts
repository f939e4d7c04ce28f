import type { IncomingHttpHeaders, ServerResponse } from 'node:http'
import type { Actor } from '../../kernel/act.ts'
import type { Contract, RouteContext, RouteInput } from '../../kernel/contract.ts'
import type { Refusal, Words } from '../../kernel/refusal.ts'
import type { Visible } from '../../kernel/visible.ts'
import type { Language } from './problems.ts'

/** Who asks: an actor, bound to one facility or to none; with a session where a person signed in. */
export type Principal = Actor & { readonly facility?: string; readonly session?: string }

/** What a request says of itself beside its contract. */
export type RequestHead = {
  readonly method: string
  /** Path and query as they were asked for. */
  readonly url: string
  readonly headers: IncomingHttpHeaders
  /** Where it comes from; through a proxy only where that one is trusted. */
  readonly address: string
  readonly id: string
  /** Asked by ourselves for a request that goes on (`stillMay`): it keeps nobody signed in. */
  readonly unattended?: boolean
}

/** Whether nobody sits behind a request: a page that refreshes itself says so, and what we ask again ourselves is so. */
export const isUnattended = ({ unattended, headers }: Pick<RequestHead, 'unattended' | 'headers'>): boolean =>
  unattended === true || headers['habeas-unattended'] !== undefined

/** What the server's own endpoints see besides what every room's route sees. */
export type EndpointContext = RouteContext & {
  readonly principal: Principal
  /** The body as it arrived, before defaults and normalising: a repeat is told from a reused id by it. */
  readonly given: unknown
  readonly request: RequestHead
  /** Whether who asked is still signed in and permitted: for answers that stay open. */
  readonly stillMay: () => Promise<boolean>
  /** Of titles; sentences come in both. */
  readonly language: Language
}

/** A room's `Route` is one; those of `access/` may look at more. */
export type Endpoint = {
  readonly contract: Contract
  /** Whether who asks from this machine itself, not through a proxy, needs no token: for collectors beside the server. */
  readonly loopback?: boolean
  /** Requests from one address in a minute, where fewer are taken than elsewhere. */
  readonly perMinute?: number
  /** What a browser is shown where this cannot be answered; without it, and for programs, a problem. */
  readonly refusalPage?: (says: Words, status: number, language: Language, id: string) => Answer
  readonly handle: (input: RouteInput<never, never, never>, context: EndpointContext) => Promise<unknown>
}

/** An answer that is not simply 200: another status, headers of its own, bytes. */
export class Answer {
  readonly body: unknown
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[]>>
  constructor(body: unknown, status = 200, headers: Readonly<Record<string, string | string[]>> = {}) {
    this.body = body
    this.status = status
    this.headers = headers
  }
}

/** An answer that stays open until somebody ends it: it is handed the response with its head already set. */
export class OpenAnswer {
  readonly begin: (response: ServerResponse) => void
  constructor(begin: (response: ServerResponse) => void) {
    this.begin = begin
  }
}

/** The permission of routes that need no token. */
export const PUBLIC = 'public'
/** The permission of routes that anybody may use who is known, about themselves. */
export const SIGNED_IN = 'signed-in'
/** The permission of the batch route: any token; each act of the batch is then asked for by its own permission. */
export const EACH_ACT = 'each-act'

export type Input = { readonly params: unknown; readonly query: unknown; readonly body: unknown }

/** Who may do what, as the server asks it. `access/` implements it. */
export type Guard = {
  /** By the `Authorization` header, else by the cookie of a session. */
  authenticate(request: RequestHead): Promise<Principal | Refusal>
  /** Before anything of the request is read. */
  authorise(principal: Principal, contract: Contract): Refusal | undefined
  /** Once it is known what is asked for: whether the principal may do it there, and about whom. */
  within(principal: Principal, contract: Contract, input: Input): Promise<Refusal | undefined>
  /** What the principal may see, for the handler to cut its answer by. */
  view(principal: Principal, now: string): Visible
  /** Told of each answer that was given, before it is sent: reads of personal data are noted. */
  answered(principal: Principal, contract: Contract, input: Input, result: unknown): void
  /** Told of each denial. */
  denied(principal: Principal, contract: Contract, refusal: Refusal): void
  /** For contracts with `stepUp`: whether the officer confirmed this one request with a passkey. Asked once, last. */
  steppedUp(principal: Principal, request: RequestHead, given: unknown): Promise<Refusal | undefined>
}

/** The principal of a public route. */
export const NOBODY: Principal = { officer: '00000000-0000-0000-0000-000000000000', role: PUBLIC }
