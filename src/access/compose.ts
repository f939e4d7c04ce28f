import type { FastifyInstance } from 'fastify'
import type { ActKind } from '../kernel/act.ts'
import type { Route } from '../kernel/contract.ts'
import type { Clock, Runner, Sql } from '../kernel/ports.ts'
import { EACH_ACT, type Endpoint, PUBLIC, SIGNED_IN } from '../platform/http/endpoint.ts'
import { type HealthSource, healthRoutes } from '../platform/http/health.ts'
import { type MetricsSource, metricsRoute } from '../platform/http/metrics.ts'
import { buildServer, type ServerOptions } from '../platform/http/server.ts'
import type { Log } from '../platform/logs.ts'
import { actRoutes } from './act-routes.ts'
import type { Authoriser } from './authorise.ts'
import { batchRoute } from './batch.ts'
import { type EntrySource, entryRoutes } from './entry-routes.ts'
import { type Files, fileRoutes } from './file-routes.ts'
import { makeGuard } from './guard.ts'
import { type LogSource, logRoutes } from './log-routes.ts'
import { lookedRoutes } from './looked-routes.ts'
import type { Watching } from './looks.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import { tokenRoutes } from './token-routes.ts'

export type ApiOptions = {
  readonly acts: readonly ActKind[]
  readonly routes: readonly Route[]
  /** Those that look at more of a request than a room's routes do. */
  readonly endpoints?: readonly Endpoint[]
  readonly runner: Runner
  readonly macKey: Buffer
  readonly authoriser: Authoriser
  readonly entries: EntrySource
  readonly logSource: LogSource
  readonly files: Files
  readonly health: HealthSource
  readonly metrics?: MetricsSource
  readonly signIn: SignIn
  readonly looks: Watching
  readonly sql: Sql
  readonly clock: Clock
  readonly log: Log
} & Pick<
  ServerOptions,
  | 'version'
  | 'bodyLimitBytes'
  | 'rateLimitPerMinute'
  | 'timeouts'
  | 'trustedProxies'
  | 'pages'
  | 'onAnswered'
  | 'onClosing'
  | 'onClose'
>

/** The whole interface of the rooms given to it. Throws when a permission is asked for that no policy speaks of. */
export async function buildApi(options: ApiOptions): Promise<FastifyInstance> {
  const { authoriser } = options
  const endpoints = endpointsOf(options)
  for (const { contract } of endpoints) {
    const { permission } = contract
    if (![PUBLIC, SIGNED_IN, EACH_ACT].includes(permission) && !authoriser.permissions.has(permission)) {
      throw new Error(`${contract.method} ${contract.path}: add ${permission} to policies/habeas.cedarschema`)
    }
  }
  return buildServer({
    ...options,
    endpoints,
    mounts: options.signIn.mounts,
    guard: makeGuard(options),
  })
}

/** Every endpoint, for the server and for the tests that walk them. */
export function endpointsOf(options: ApiOptions): Endpoint[] {
  const { sql, clock } = options
  return [
    ...healthRoutes(options.health),
    ...(options.metrics ? [metricsRoute(options.metrics)] : []),
    ...logRoutes(options.logSource),
    ...actRoutes(options),
    batchRoute(options),
    ...entryRoutes(options.entries),
    ...fileRoutes(options.files),
    ...lookedRoutes,
    ...tokenRoutes(sql, clock),
    ...options.signIn.endpoints(options.authoriser),
    ...options.routes,
    ...(options.endpoints ?? []),
  ]
}
