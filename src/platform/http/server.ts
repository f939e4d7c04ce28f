import { type OutgoingHttpHeaders, STATUS_CODES } from 'node:http'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import files from '@fastify/static'
import swagger from '@fastify/swagger'
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import type { z } from 'zod'
import type { Contract } from '../../kernel/contract.ts'
import { randomId } from '../../kernel/ids.ts'
import { parseJson } from '../../kernel/json.ts'
import type { Clock, Sql } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import type { Log } from '../logs.ts'
import { closeInOrder } from './closing.ts'
import { openApiEndpoint, schemaOf } from './document.ts'
import {
  Answer,
  type Endpoint,
  type Guard,
  NOBODY,
  OpenAnswer,
  type Principal,
  PUBLIC,
  type RequestHead,
} from './endpoint.ts'
import type { Pages } from './pages.ts'
import {
  faultProblem,
  isAway,
  languageOf,
  PROBLEM_TYPE,
  type Problem,
  problemOf,
  RETRY_AFTER_SECONDS,
  refuseHttp,
  wrongFields,
} from './problems.ts'

export type ServerOptions = {
  readonly endpoints: readonly Endpoint[]
  readonly guard: Guard
  readonly sql: Sql
  readonly clock: Clock
  readonly log: Log
  readonly version: string
  readonly bodyLimitBytes: number
  readonly rateLimitPerMinute: number
  readonly timeouts?: Partial<typeof TIMEOUTS_MS>
  /** Who may say for whom they ask. */
  readonly trustedProxies?: readonly string[]
  /** What answers beside the endpoints, within the same limits. */
  readonly mounts?: readonly Mount[]
  /** The pages of the console, at every address that nothing else has. */
  readonly pages?: Pages
  /** Told when the server begins to close: what stays open must end. */
  readonly onClosing?: () => void
  /** Run once no request is running any more. */
  readonly onClose?: () => Promise<void>
  /** Told of each answer: method, pattern of the route, status, milliseconds. */
  readonly onAnswered?: (method: string, route: string, status: number, durationMs: number) => void
}

/** Adds routes of its own to a scope of the server. */
export type Mount = (scope: FastifyInstance) => Promise<void>

/**
 * Milliseconds: a silent connection, a request that is slow to arrive, an idle connection, a slow handler, and how long
 * a server that closes waits for requests that are running.
 */
const TIMEOUTS_MS = { connection: 60_000, request: 30_000, keepAlive: 20_000, handler: 60_000, closing: 10_000 }

const YEAR_MS = 365 * 24 * 60 * 60 * 1000

/** Levels of arrays and objects in a body. */
const DEPTH_MAX = 32

/** Nothing is loaded by what is served here but the style and the pictures that a page itself carries. */
const CONTENT_POLICY = {
  defaultSrc: ["'none'"],
  styleSrc: ["'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
}

declare module 'fastify' {
  interface FastifyContextConfig {
    refusalPage?: NonNullable<Endpoint['refusalPage']>
  }
  interface FastifyRequest {
    principal: Principal
    given: unknown
  }
}

/** A body, query or params that is not as its contract says. */
class NotAsAgreed extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('not as agreed')
    this.refusal = refusal
  }
}

/**
 * The server, built from contracts: each is validated, authorised, documented in `/api/openapi.json` and answered in
 * the same way. It listens when told to (`listen`), and closes by itself nothing that it was given.
 */
export async function buildServer(options: ServerOptions): Promise<FastifyInstance> {
  const { log } = options
  const timeouts = { ...TIMEOUTS_MS, ...options.timeouts }
  const app = fastify({
    logger: false,
    genReqId: () => randomId(),
    requestIdHeader: false,
    bodyLimit: options.bodyLimitBytes,
    connectionTimeout: timeouts.connection,
    requestTimeout: timeouts.request,
    keepAliveTimeout: timeouts.keepAlive,
    handlerTimeout: timeouts.handler,
    exposeHeadRoutes: false,
    ...(options.trustedProxies?.length && { trustProxy: [...options.trustedProxies] }),
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (_error, request, reply) => sendProblem(request, reply, refuseHttp('no-route')),
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify(problemOf(refuseHttp('not-as-agreed'), 'es'))
      if (socket.writable)
        socket.end(
          `HTTP/1.1 400 ${STATUS_CODES[400]}\r\ncontent-type: ${PROBLEM_TYPE}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
        )
    },
  })

  closeInOrder(app, timeouts.closing)
  app.addHook('preClose', async () => options.onClosing?.())

  app.addHook('onClose', async () => options.onClose?.())
  app.decorateRequest('principal')
  app.decorateRequest('given')
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => (value: unknown) => {
    const isAddress = httpPart === 'querystring' || httpPart === 'params'
    if (isAddress && hasNul(value)) return { error: new NotAsAgreed(refuseHttp('not-as-agreed')) }
    const result = schema.safeParse(value)
    if (result.success) return { value: result.data }
    const fields = wrongFields(result.error, httpPart === 'querystring' ? 'query' : (httpPart ?? 'body'))
    return { error: new NotAsAgreed(refuseHttp('not-as-agreed', { fields })) }
  })
  // Parsed again on the way out: a field that the contract does not know is a bug here, not a leak there.
  app.setSerializerCompiler<z.ZodType>(
    ({ schema }) =>
      (value: unknown) =>
        JSON.stringify(schema.parse(value)),
  )
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, bytes, done) => {
    const json = parseJson(bytes as Buffer, { depthMax: DEPTH_MAX })
    if (json.ok) done(null, json.value)
    else done(new NotAsAgreed(refuseHttp('not-json', { reason: json.reason })))
  })

  // Pictures alone travel as bytes; a route that wants JSON finds that they are none.
  app.addContentTypeParser(['image/jpeg', 'image/png'], { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, bytes),
  )

  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id).header('cache-control', 'no-store')
    if (namesTwoHosts(request)) return sendProblem(request, reply, refuseHttp('not-as-agreed'))
  })
  app.addHook('onResponse', async (request, reply) => {
    const { url = 'none' } = request.routeOptions
    options.onAnswered?.(request.method, url, reply.statusCode, reply.elapsedTime)
    log.info('answered', {
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime * 10) / 10,
      requestId: request.id,
    })
  })
  app.setErrorHandler((error, request, reply) => {
    if (error instanceof NotAsAgreed) return sendProblem(request, reply, error.refusal)
    const refusal = refusalOf(error as FastifyError)
    if (refusal !== undefined) return sendProblem(request, reply, refusal)
    log.error('fault', { error, requestId: request.id, route: request.routeOptions.url ?? 'none' })
    return sendAsAsked(request, reply, faultProblem(languageOf(request.headers['accept-language']), request.id))
  })

  await app.register(helmet, { contentSecurityPolicy: { useDefaults: false, directives: CONTENT_POLICY } })
  await app.register(rateLimit, { max: options.rateLimitPerMinute, timeWindow: 60_000 })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Habeas', version: options.version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer' },
          session: { type: 'apiKey', in: 'cookie', name: 'habeas_session' },
        },
      },
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  if (options.pages !== undefined) {
    await app.register(files, { root: options.pages.folder, serve: false, suppressWarning: true, dotfiles: 'deny' })
  }
  app.setNotFoundHandler({ preHandler: app.rateLimit() }, async (request, reply) => {
    const page = await options.pages?.find(headOf(request))
    if (page === undefined) return sendProblem(request, reply, refuseHttp('no-route'))
    if ('file' in page) {
      return reply.sendFile(page.file, page.immutable ? { immutable: true, maxAge: YEAR_MS } : { maxAge: 0 })
    }
    return reply.code(page.status).headers(page.headers).send(page.body)
  })

  const endpoints = [...options.endpoints, openApiEndpoint(app)]
  await app.register(async (scope) => {
    for (const endpoint of endpoints) addEndpoint(scope, endpoint, options)
  })
  for (const mount of options.mounts ?? []) {
    await app.register(async (scope) => {
      // No contract says them: they stand in no document of the interface.
      scope.addHook('onRoute', (route) => {
        route.schema = { ...route.schema, hide: true }
      })
      await mount(scope)
    })
  }
  await app.ready()
  return app
}

/** One contract as one route: authenticate, authorise, read, validate, check the facility, answer. */
function addEndpoint(app: FastifyInstance, endpoint: Endpoint, options: ServerOptions): void {
  const { contract } = endpoint
  const { guard, sql, clock, log } = options
  app.route({
    method: contract.method,
    url: contract.path,
    schema: schemaOf(contract),
    config: {
      ...(endpoint.perMinute !== undefined && { rateLimit: { max: endpoint.perMinute, timeWindow: 60_000 } }),
      ...(endpoint.refusalPage && { refusalPage: endpoint.refusalPage }),
    },
    async onRequest(request, reply) {
      request.principal = NOBODY
      if (contract.permission === PUBLIC || (endpoint.loopback === true && isFromHere(request))) return
      const principal = await guard.authenticate(headOf(request))
      if (isRefusal(principal)) {
        reply.header('www-authenticate', 'Bearer realm="habeas"')
        return sendProblem(request, reply, principal)
      }
      request.principal = principal
      const refusal = guard.authorise(principal, contract)
      if (refusal === undefined) return
      logDenial(log, request, contract, principal)
      guard.denied(principal, contract, refusal)
      return sendProblem(request, reply, refusal)
    },
    async preValidation(request) {
      request.given = request.body
    },
    async handler(request, reply) {
      const input = { params: request.params, query: request.query, body: request.body }
      const { principal } = request
      const strange = await guard.within(principal, contract, input)
      if (strange !== undefined) {
        logDenial(log, request, contract, principal)
        guard.denied(principal, contract, strange)
        return sendProblem(request, reply, strange)
      }
      if (contract.stepUp && principal.session !== undefined) {
        const refusal = await guard.steppedUp(principal, headOf(request), request.given)
        if (refusal !== undefined) return sendProblem(request, reply, refusal)
      }
      const now = clock.now().toString({ smallestUnit: 'millisecond' })
      const result = await endpoint.handle(input as never, {
        sql,
        actor: { officer: principal.officer, role: principal.role },
        principal,
        given: request.given,
        request: headOf(request),
        stillMay: async () => {
          const again = await guard.authenticate({ ...headOf(request), unattended: true })
          return !isRefusal(again) && again.officer === principal.officer && !guard.authorise(again, contract)
        },
        language: languageOf(request.headers['accept-language']),
        now,
        visible: guard.view(principal, now),
      })
      if (isRefusal(result)) return sendProblem(request, reply, result)
      if (result instanceof OpenAnswer) {
        // Out of Fastify's hands, or its handler timeout would end it.
        reply.type(contract.answers ?? 'application/octet-stream').hijack()
        reply.raw.writeHead(200, reply.getHeaders() as OutgoingHttpHeaders)
        result.begin(reply.raw)
        return reply
      }
      const answer = result instanceof Answer ? result : new Answer(result)
      guard.answered(principal, contract, input, answer.body)
      return reply
        .code(answer.status)
        .type(contract.answers ?? 'application/json; charset=utf-8')
        .headers(answer.headers)
        .send(answer.body)
    },
  })
}

const headOf = ({ method, originalUrl, headers, ip, id }: FastifyRequest): RequestHead => ({
  method,
  url: originalUrl,
  headers,
  address: ip,
  id,
})

/** No text of PostgreSQL holds U+0000, so nothing is found by one; bodies are refused by `parseJson` and by their forms. */
const hasNul = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.values(value).some((one) => String(one).includes('\0'))

/** Node keeps the first of two; a proxy before us may have decided by the second (RFC 9112 §3.2). */
const namesTwoHosts = ({ raw }: FastifyRequest): boolean =>
  raw.rawHeaders.filter((name, i) => i % 2 === 0 && name.toLowerCase() === 'host').length > 1

const HERE = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/**
 * Straight from this machine. Behind a proxy everybody would seem to be; proxies say that they are. And by a name of
 * this machine: a page whose own name was bound to this address is a stranger's, though its browser is here.
 */
function isFromHere({ socket, headers }: FastifyRequest): boolean {
  const isPlain = ['authorization', 'forwarded', 'x-forwarded-for', 'via'].every((name) => headers[name] === undefined)
  return (
    isPlain &&
    HERE.test(headers.host ?? '') &&
    ['127.0.0.1', '::1', '::ffff:127.0.0.1'].includes(socket.remoteAddress ?? '')
  )
}

/** A denial stands in the log without who; who it was stands in the entry that the guard makes of it. */
function logDenial(log: Log, request: FastifyRequest, contract: Contract, principal: Principal): void {
  log.warn('not permitted', {
    method: contract.method,
    route: contract.path,
    permission: contract.permission,
    role: principal.role,
    requestId: request.id,
  })
}

function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: Refusal): FastifyReply {
  return sendAsAsked(request, reply, problemOf(refusal, languageOf(request.headers['accept-language']), request.id))
}

/** A problem; to a browser at an address of pages, the page that says the same. */
function sendAsAsked(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const refusalPage = request.routeOptions.config?.refusalPage
  if (!refusalPage || !request.headers.accept?.includes('text/html')) return send(reply, problem)
  const page = refusalPage(problem.says, problem.status, languageOf(request.headers['accept-language']), request.id)
  if (problem.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  return reply.code(page.status).headers(page.headers).send(page.body)
}

function send(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS))
  // As bytes: to a text Fastify adds a charset, which the media type does not have (RFC 9457 §6.1).
  return reply
    .code(problem.status)
    .type(PROBLEM_TYPE)
    .send(Buffer.from(JSON.stringify(problem)))
}

/** Faults of the world and of the caller as refusals; undefined for ours. */
function refusalOf(error: FastifyError): Refusal | undefined {
  if (isAway(error) || error.code === 'FST_ERR_HANDLER_TIMEOUT') return refuseHttp('unavailable')
  if (error.statusCode === 429) return refuseHttp('too-many-requests')
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return refuseHttp('body-too-large')
  if (error.code?.startsWith('FST_ERR_CTP_')) return refuseHttp('not-json')
  if (error.statusCode !== undefined && error.statusCode < 500) return refuseHttp('not-as-agreed')
  return undefined
}
