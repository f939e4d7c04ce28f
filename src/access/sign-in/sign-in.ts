import { readFile } from 'node:fs/promises'
import type { Clock, Runner, Sql } from '../../kernel/ports.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { type Config, ConfigInvalid } from '../../platform/config.ts'
import { type Endpoint, isUnattended, type Principal, type RequestHead } from '../../platform/http/endpoint.ts'
import type { Mount } from '../../platform/http/server.ts'
import type { Log } from '../../platform/logs.ts'
import type { Authoriser } from '../authorise.ts'
import { type ClaimNames, readRoleValues } from './claims.ts'
import { cookieName, cookieOf } from './cookies.ts'
import { openDemonstration } from './demonstration.ts'
import { type IssuerOptions, makeIssuer } from './issuer.ts'
import { isLoopbackUrl, makeOrigins, type Origins } from './origin.ts'
import { refuseSignIn } from './refusals.ts'
import { SESSION_COOKIE, type SignInParts, signInRoutes } from './routes.ts'
import { findSession } from './sessions.ts'
import { StepUp } from './step-up.ts'
import { TransactionSeal } from './transaction.ts'

export type SignInConfig = Pick<
  Config,
  | 'databaseUrl'
  | 'host'
  | 'consoleUrl'
  | 'issuerUrl'
  | 'issuerClientId'
  | 'issuerSecretFile'
  | 'issuerScope'
  | 'roleClaim'
  | 'roleValues'
  | 'facilityClaim'
  | 'labelClaim'
  | 'sessionIdleMinutes'
  | 'sessionHours'
  | 'signInsPerMinute'
>

/** The one way into the console. */
export type SignIn = {
  readonly origins: Origins
  readonly isDemonstration: boolean
  readonly mounts: readonly Mount[]
  endpoints(authoriser: Authoriser): Endpoint[]
  /** Who asks, by the cookie of a session; undefined without one that holds. */
  authenticate(request: RequestHead): Promise<Principal | Refusal | undefined>
  /** Undefined when a passkey confirmed this one request, or the principal has no session. */
  steppedUp(principal: Principal, request: RequestHead, given: unknown): Promise<Refusal | undefined>
}

export type SignInOptions = {
  readonly config: SignInConfig
  readonly macKey: Buffer
  readonly sql: Sql
  readonly clock: Clock
  /** Enters that passkeys came and went. */
  readonly runner: Pick<Runner, 'submit'>
  readonly log: Log
  /** Instead of the issuer that the configuration names, for tests. */
  readonly server?: IssuerOptions['server']
}

/**
 * Opens sign-in at the issuer that the configuration names, else at one inside this process, for demonstrations.
 * @throws ConfigInvalid naming each key that stands against it
 */
export async function openSignIn({ config, macKey, sql, clock, runner, log, server }: SignInOptions): Promise<SignIn> {
  checkSignIn(config)
  const isDemonstration = config.issuerUrl === undefined
  const demonstration = isDemonstration ? await openDemonstration() : undefined
  const origins = makeOrigins(config.consoleUrl)
  const limits = { idleMinutes: config.sessionIdleMinutes, hours: config.sessionHours }
  const issuer = makeIssuer({
    ...(demonstration
      ? {
          server: demonstration.server,
          clientId: demonstration.clientId,
          scope: 'openid',
          isHere: true,
          prompt: 'login' as const,
        }
      : {
          server: server ?? new URL(config.issuerUrl as string),
          clientId: config.issuerClientId,
          scope: config.issuerScope,
          ...(config.issuerSecretFile !== undefined && { clientSecret: await readSecret(config.issuerSecretFile) }),
        }),
    claims: demonstration ? claimNames() : claimNames(config),
  })
  const stepUp = new StepUp({ sql, clock, runner, macKey, isDemonstration })
  const parts: SignInParts = {
    sql,
    clock,
    runner,
    log,
    issuer,
    isDemonstration,
    origins,
    limits,
    seal: new TransactionSeal(macKey),
    perMinute: config.signInsPerMinute,
    stepUp,
  }
  return {
    origins,
    isDemonstration,
    mounts: demonstration ? [demonstration.mount] : [],
    endpoints: (authoriser) => signInRoutes(parts, authoriser),
    async authenticate(request) {
      const { method, headers } = request
      const token = cookieOf(headers, cookieName(SESSION_COOKIE, origins.isPublic))
      if (token === undefined) return undefined
      const origin = origins.of(headers.host)
      // A browser says where a request comes from; without that, or from elsewhere, the cookie counts for nothing.
      const isRead = method === 'GET' || method === 'HEAD'
      if (origin === undefined || (!isRead && headers.origin !== origin)) return refuseSignIn('another-origin')
      const session = await findSession(sql, clock, limits, token, isUnattended(request))
      if (session === undefined) return undefined
      const { officer, role, facility, id } = session
      return { officer, role, ...(facility !== null && { facility }), session: id }
    },
    steppedUp: (principal, request, given) => stepUp.check(principal, request, given),
  }
}

/**
 * What no start may go on with: the demonstration issuer where it could be reached by others or stands before real
 * data, and a public address without TLS.
 */
export function checkSignIn(config: SignInConfig): void {
  const wrong: string[] = []
  const isLoopback = isLoopbackUrl(config.consoleUrl)
  if (!isLoopback && !config.consoleUrl.startsWith('https:')) {
    wrong.push('consoleUrl (HABEAS_CONSOLE_URL): a public address must be https')
  }
  if (config.issuerUrl === undefined) {
    const why = 'the demonstration issuer lets anybody in; name your own in issuerUrl (HABEAS_ISSUER_URL)'
    if (config.databaseUrl !== undefined) wrong.push(`databaseUrl (DATABASE_URL) is set: ${why}`)
    if (!isLoopback) wrong.push(`consoleUrl (HABEAS_CONSOLE_URL) is a public address: ${why}`)
    if (!['127.0.0.1', '::1', 'localhost'].includes(config.host)) {
      wrong.push(`host (HABEAS_HOST) is reached from other machines: ${why}`)
    }
  } else {
    const isTls = config.issuerUrl.startsWith('https:')
    if (!isTls && !isLoopbackUrl(config.issuerUrl)) wrong.push('issuerUrl (HABEAS_ISSUER_URL): must be https')
    try {
      readRoleValues(config.roleValues)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      wrong.push(`roleValues (HABEAS_ROLE_VALUES): ${error.message}`)
    }
  }
  if (wrong.length > 0) throw new ConfigInvalid(`The configuration is wrong.\n${wrong.join('\n')}`)
}

const claimNames = (config?: SignInConfig): ClaimNames => ({
  role: config?.roleClaim ?? 'habeas_role',
  facility: config?.facilityClaim ?? 'habeas_facility',
  label: config?.labelClaim ?? 'habeas_label',
  roleValues: readRoleValues(config?.roleValues ?? []),
})

async function readSecret(path: string): Promise<string> {
  try {
    const secret = (await readFile(path, 'utf8')).trim()
    if (secret !== '') return secret
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new ConfigInvalid(`issuerSecretFile (HABEAS_ISSUER_SECRET_FILE): cannot be read (${code})`, { cause: error })
  }
  throw new ConfigInvalid('issuerSecretFile (HABEAS_ISSUER_SECRET_FILE): is empty')
}
