import { QueryClient, useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Contract } from '../../src/kernel/contract.ts'
import { useAt } from './at.ts'
import type { Language } from './format.ts'
import { isAttended, UNATTENDED } from './reader.ts'

/**
 * The one way to the interface. A refusal is a value that a page shows at its field; whatever else is not an answer is
 * thrown as a `Problem` and shown by the frame.
 */

type Said = { readonly en: string; readonly es: string }

/** problem+json as the server writes it (RFC 9457). `status` 0: nobody answered. */
export type ProblemBody = {
  readonly title: string
  readonly status: number
  readonly code: string
  readonly says: Said
  readonly remedy: Said
  readonly details: Readonly<Record<string, unknown>>
  readonly requestId: string
  /** The act that would make it pass. */
  readonly act?: string
}

/** A field that the server did not take: where in the body, and why. */
export type WrongField = { readonly path: string; readonly message?: string; readonly code?: string }

export class Problem extends Error {
  readonly body: ProblemBody
  constructor(body: ProblemBody) {
    super(body.code)
    this.body = body
  }
  get status(): number {
    return this.body.status
  }
  /** In the language of the reader. */
  says(language: Language): string {
    return this.body.says[language]
  }
  get fields(): readonly WrongField[] {
    const { fields, section } = this.body.details
    if (!Array.isArray(fields)) return []
    // A correction names the section and, in it, the fields as text.
    return fields.map((field: string | WrongField) =>
      typeof field === 'string' ? { path: [section, field].filter(Boolean).join('.') } : field,
    )
  }
}

const unreachable: ProblemBody = {
  title: 'unreachable',
  status: 0,
  code: 'unreachable',
  says: { en: 'The server does not answer.', es: 'El servidor no responde.' },
  remedy: {
    en: 'What you typed is kept on this machine. It is tried again.',
    es: 'Lo que escribió se guarda en este equipo. Se vuelve a intentar.',
  },
  details: {},
  requestId: '',
}

type Answer<C> = C extends Contract<z.ZodType, z.ZodType, z.ZodType, infer O> ? z.output<O> : never
type Given<T> = T extends z.ZodType ? z.input<T> : never
type Part<C, K extends 'params' | 'query' | 'body'> = C extends { readonly [P in K]?: infer T }
  ? Given<Exclude<T, undefined>>
  : never

export type CallInput<C> = {
  readonly params?: Part<C, 'params'>
  readonly query?: Partial<Part<C, 'query'>>
  readonly body?: Part<C, 'body'>
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
}
export type AnswerOf<C> = Answer<C>

/** A token for machines and tests; who sits here signs in and has a cookie. */
const authorization = (): Record<string, string> => ({})

/** `/api/custodies/:id` with its parameters, and the query as text; what is undefined is left out. */
export function addressOfCall(path: string, params: unknown, query: unknown): string {
  const filled = path.replace(/:([a-z]+)/gi, (_, name: string) =>
    encodeURIComponent(String((params as Record<string, unknown> | undefined)?.[name])),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries((query ?? {}) as Record<string, unknown>)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  const text = search.toString()
  return text === '' ? filled : `${filled}?${text}`
}

/**
 * Asks, and answers as the contract says: `call<typeof listContract>('GET', '/api/custodies', { query: { limit: 200 } })`.
 * @throws Problem for whatever is not an answer, refusals too
 */
export async function call<C>(
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  input: CallInput<C> = {},
): Promise<Answer<C>> {
  const { params, query, body, signal, headers } = input
  const response = await request(addressOfCall(path, params, query), {
    method,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...authorization(),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  })
  return (await response.json()) as Answer<C>
}

/**
 * Any request of ours: the cookie goes with it, and what is not an answer is thrown as a `Problem`. Where nobody has
 * touched the page lately it says so.
 */
export async function request(address: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers)
  if (!isAttended()) for (const [name, value] of Object.entries(UNATTENDED)) headers.set(name, value)
  let response: Response
  try {
    response = await fetch(address, { credentials: 'same-origin', redirect: 'error', ...init, headers })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Problem(unreachable)
  }
  if (response.ok) return response
  if (response.headers.get('content-type')?.includes('json')) {
    const problem = new Problem((await response.json()) as ProblemBody)
    if (problem.body.code === 'unauthenticated') sessionLost()
    throw problem
  }
  throw new Problem({ ...unreachable, status: response.status })
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What the server refuses, it refuses again.
      retry: (count, error) => count < 5 && !(error instanceof Problem && error.status >= 400 && error.status < 500),
      retryDelay: (count) => Math.min(8000, 500 * 2 ** count),
      staleTime: 5000,
      refetchOnWindowFocus: false,
    },
  },
})

/** Some request was answered that nobody is signed in: the frame asks at once whether that is so, and shows it. */
function sessionLost(): void {
  const { data, fetchStatus } = queryClient.getQueryState(SESSION_KEY) ?? {}
  if (data != null && fetchStatus === 'idle') void queryClient.invalidateQueries({ queryKey: SESSION_KEY })
}

export const SESSION_KEY = ['session'] as const

export type ReadOptions = {
  /** Not asked at all while false. */
  readonly enabled?: boolean
  /** Whether the world may change under it: `live` asks again when the facility changed (default). */
  readonly live?: boolean
  /** False for what has no `at` (rules, sessions). */
  readonly timed?: boolean
}

/**
 * Reads at the instant of the time bar. Old rows stay while new ones load.
 * `useRead<typeof custodyContract>('/api/custodies/:id', { params: { id } })`
 */
export function useRead<C>(path: string, input: Omit<CallInput<C>, 'body' | 'signal'> = {}, options: ReadOptions = {}) {
  const { at } = useAt()
  const { enabled = true, timed = true, live = true } = options
  const query = { ...(timed && at !== undefined ? { at } : {}), ...input.query }
  return useQuery<Answer<C>, Error>({
    queryKey: [live ? 'live' : 'still', path, input.params ?? null, query],
    queryFn: ({ signal }) => call<C>('GET', path, { ...input, query: query as Partial<Part<C, 'query'>>, signal }),
    enabled,
    placeholderData: (before, query) => (query?.queryKey[1] === path ? before : undefined),
  })
}
