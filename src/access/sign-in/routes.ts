import { z } from 'zod'
import { defineContract } from '../../kernel/contract.ts'
import type { Clock, Runner, Sql } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { Answer, type Endpoint, type EndpointContext, PUBLIC, SIGNED_IN } from '../../platform/http/endpoint.ts'
import type { Log } from '../../platform/logs.ts'
import type { Authoriser } from '../authorise.ts'
import { refuseAccess } from '../refusals.ts'
import { endSessionContract, sessionsContract } from './contract.ts'
import { cookieName, cookieOf, dropCookie, setCookie } from './cookies.ts'
import type { Issuer } from './issuer.ts'
import { listOfficers, seeOfficer } from './officers.ts'
import { localPath, type Origins } from './origin.ts'
import { problemPage, refusalPage } from './page.ts'
import { passkeyRoutes } from './passkey-routes.ts'
import { hasPasskey } from './passkeys.ts'
import { refuseSignIn } from './refusals.ts'
import { beginSession, endSession, endSessionOf, findSession, listSessions, type SessionLimits } from './sessions.ts'
import type { StepUp } from './step-up.ts'
import { TRANSACTION_SECONDS, type TransactionSeal } from './transaction.ts'

export const SESSION_COOKIE = 'habeas_session'
const TRANSACTION_COOKIE = 'habeas_sign_in'

export type SignInParts = {
  readonly sql: Sql
  readonly clock: Clock
  readonly runner: Pick<Runner, 'submit'>
  readonly log: Log
  readonly issuer: Issuer
  readonly isDemonstration: boolean
  readonly origins: Origins
  readonly limits: SessionLimits
  readonly seal: TransactionSeal
  readonly perMinute: number
  readonly stepUp: StepUp
}

const HTML = 'text/html; charset=utf-8'
const Page = z.string().meta({ description: 'A page, or the way to one' })

const begin = defineContract({
  method: 'GET',
  path: '/sign-in',
  says: {
    en: 'Sends a browser to the issuer; `to` is where it wants to be afterwards, `fresh` asks for proof anew',
    es: 'Envía un navegador al emisor; `to` es adónde quiere ir después, `fresh` pide probar de nuevo la identidad',
  },
  permission: PUBLIC,
  personal: false,
  query: z.looseObject({ to: z.unknown().optional(), fresh: z.unknown().optional() }),
  ok: Page,
  answers: HTML,
})

const callback = defineContract({
  method: 'GET',
  path: '/sign-in/callback',
  says: { en: 'The way back from the issuer', es: 'El regreso desde el emisor' },
  permission: PUBLIC,
  personal: false,
  query: z.looseObject({}),
  ok: Page,
  answers: HTML,
})

const end = defineContract({
  method: 'POST',
  path: '/sign-out',
  says: { en: 'Ends the session of this browser', es: 'Termina la sesión de este navegador' },
  permission: PUBLIC,
  personal: false,
  ok: z.strictObject({
    /** Where the browser signs out of the issuer too, if it offers that. */
    issuer: z.string().nullable(),
  }),
})

const own = defineContract({
  method: 'GET',
  path: '/api/session',
  says: { en: 'Who is signed in, and what they may do', es: 'Quién ha iniciado sesión, y qué puede hacer' },
  permission: SIGNED_IN,
  personal: false,
  ok: z.strictObject({
    officer: z.uuid(),
    label: z.string(),
    role: z.string(),
    facility: z.string().nullable(),
    language: z.enum(['es', 'en']).nullable(),
    permissions: z.array(z.string()),
    /** Whether anybody may sign in as anybody: then nothing here is real. */
    demonstration: z.boolean(),
    hasPasskey: z.boolean(),
    idleUntil: z.string(),
    endsAt: z.string(),
  }),
})

const officers = defineContract({
  method: 'GET',
  path: '/api/officers',
  says: {
    en: 'Who ever signed in, by pseudonym; `officer.disable` and `officer.enable` say who may',
    es: 'Quiénes han iniciado sesión, por seudónimo; `officer.disable` y `officer.enable` dicen quién puede',
  },
  permission: 'officer.manage',
  personal: false,
  ok: z.strictObject({
    officers: z.array(
      z.strictObject({
        id: z.uuid(),
        label: z.string(),
        role: z.string(),
        facility: z.string().nullable(),
        firstSeen: z.string(),
        lastSeen: z.string(),
        disabled: z.boolean(),
      }),
    ),
  }),
})

/** Signing in and out, and the sessions that come of it. */
export function signInRoutes(parts: SignInParts, authoriser: Authoriser): Endpoint[] {
  const { sql, clock, origins, limits } = parts
  const permissions = new Map<string, readonly string[]>()
  const permissionsOf = ({ role, facility, officer }: EndpointContext['principal']): readonly string[] => {
    const key = `${role} ${facility ?? ''}`
    let found = permissions.get(key)
    if (found === undefined) {
      const principal = { officer, role, ...(facility !== undefined && { facility }) }
      found = [...authoriser.permissions].filter((one) => authoriser.mayDo(principal, one, facility)).sort()
      permissions.set(key, found)
    }
    return found
  }
  const sessionOf = async ({ principal, request }: Pick<EndpointContext, 'principal' | 'request'>) => {
    if (principal.session === undefined) return undefined
    const token = cookieOf(request.headers, cookieName(SESSION_COOKIE, origins.isPublic)) ?? ''
    return findSession(sql, clock, limits, token, true)
  }
  const mayManage = ({ principal }: EndpointContext) => authoriser.mayDo(principal, 'officer.manage')
  const marked = <R extends { id: string }>(row: R, { principal }: EndpointContext) => ({
    ...row,
    current: row.id === principal.session,
  })

  return [
    {
      contract: begin,
      perMinute: parts.perMinute,
      refusalPage: problemPage,
      handle: ({ query }: { query: { to?: unknown; fresh?: unknown } }, context) =>
        beginSignIn(parts, localPath(query.to), query.fresh === 'true', context),
    },
    {
      contract: callback,
      perMinute: parts.perMinute,
      refusalPage: problemPage,
      handle: (_input, context) => finishSignIn(parts, context),
    },
    {
      contract: end,
      async handle(_input, { request }) {
        const { headers } = request
        const token = cookieOf(headers, cookieName(SESSION_COOKIE, origins.isPublic))
        const origin = origins.of(headers.host)
        if (token === undefined) return { issuer: null }
        if (origin === undefined || headers.origin !== origin) return refuseSignIn('another-origin')
        await endSessionOf(sql, clock, token)
        const issuer = parts.issuer.signOutUrl(origin) ?? null
        return new Answer({ issuer }, 200, { 'set-cookie': dropCookie(SESSION_COOKIE, sessionCookie(origins)) })
      },
    },
    {
      contract: own,
      async handle(_input, { principal, request }) {
        const session = await sessionOf({ principal, request })
        if (session === undefined) return refuseSignIn('no-session')
        const { officer, label, role, facility, language, idleUntil, endsAt } = session
        return {
          ...{ officer, label, role, facility, language, idleUntil, endsAt },
          permissions: permissionsOf(principal),
          demonstration: parts.isDemonstration,
          hasPasskey: await hasPasskey(sql, officer),
        }
      },
    },
    {
      contract: sessionsContract,
      async handle({ query }: { query: { of: 'own' | 'all' } }, context) {
        const all = query.of === 'all'
        if (all && !mayManage(context)) return notManager(authoriser)
        const rows = await listSessions(sql, clock, all ? undefined : context.principal.officer)
        return { sessions: rows.map((row) => marked(row, context)) }
      },
    },
    {
      contract: endSessionContract,
      async handle({ params }: { params: { id: string } }, context) {
        // Another's session is answered like none at all.
        const row = await endSession(sql, clock, params.id, mayManage(context) ? undefined : context.principal.officer)
        return row === undefined ? refuseSignIn('no-such-session') : marked(row, context)
      },
    },
    { contract: officers, handle: async () => ({ officers: await listOfficers(sql) }) },
    ...passkeyRoutes({ sql, clock, runner: parts.runner, origins, stepUp: parts.stepUp, sessionOf }),
  ]
}

const notManager = (authoriser: Authoriser): Refusal =>
  refuseAccess('not-permitted', { permission: 'officer.manage', roles: authoriser.rolesWith('officer.manage') })

const sessionCookie = ({ isPublic }: Origins) => ({ secure: isPublic, sameSite: 'Strict' as const })
// Lax: the way back from the issuer comes from another site.
const transactionCookie = ({ isPublic }: Origins) => ({ secure: isPublic, sameSite: 'Lax' as const })

/** One cookie a sign-in: somebody may have begun in several tabs. */
const transactionName = (state: string): string => `${TRANSACTION_COOKIE}_${state.slice(0, 12)}`

async function beginSignIn(
  { issuer, origins, seal, clock, log }: SignInParts,
  to: string,
  fresh: boolean,
  { request, language }: EndpointContext,
): Promise<Answer> {
  const { host } = request.headers
  const origin = origins.of(host)
  if (origin === undefined) return refusalPage(refuseSignIn('another-origin'), language, request.id)
  if (!origins.isPublic && new URL(origin).host !== host) {
    return redirect(`${origin}/sign-in?to=${encodeURIComponent(to)}${fresh ? '&fresh=true' : ''}`)
  }
  const begun = await issuer.begin(origin, { to, fresh, now: clock.now() })
  if (isRefusal(begun)) {
    log.warn('no way to sign in', { code: begun.code, requestId: request.id })
    return refusalPage(begun, language, request.id)
  }
  const { location, transaction } = begun
  const options = { ...transactionCookie(origins), seconds: TRANSACTION_SECONDS }
  const name = transactionName(transaction.state)
  return redirect(location, { 'set-cookie': setCookie(name, seal.seal(transaction), options) })
}

async function finishSignIn(parts: SignInParts, { request, language }: EndpointContext): Promise<Answer> {
  const { sql, clock, issuer, origins, limits, seal, log } = parts
  const query = request.url.split('?').slice(1).join('?')
  const state = new URLSearchParams(query).get('state') ?? ''
  const origin = origins.of(request.headers.host)
  const name = /^[A-Za-z0-9_-]{20,100}$/.test(state) ? transactionName(state) : undefined
  const drop = name === undefined ? [] : [dropCookie(name, transactionCookie(origins))]
  const refused = (refusal: Refusal): Answer => {
    log.warn('sign-in refused', { code: refusal.code, requestId: request.id })
    return refusalPage(refusal, language, request.id, { 'set-cookie': drop })
  }
  const sealed = name && cookieOf(request.headers, cookieName(name, origins.isPublic))
  const transaction = sealed ? seal.open(sealed, clock.now()) : undefined
  if (origin === undefined || transaction === undefined || transaction.state !== state) {
    return refused(refuseSignIn('sign-in-interrupted'))
  }
  const claimed = await issuer.finish(origin, query, transaction)
  if (isRefusal(claimed)) return refused(claimed)
  const officer = await seeOfficer(sql, clock, claimed)
  if (officer.disabled) return refused(refuseSignIn('officer-disabled'))
  // Whoever knew the cookie before this sign-in knows nothing after it.
  const before = cookieOf(request.headers, cookieName(SESSION_COOKIE, origins.isPublic))
  if (before !== undefined) await endSessionOf(sql, clock, before)
  const agent = request.headers['user-agent'] ?? ''
  const { token } = await beginSession(sql, clock, limits, officer.id, claimed, agent)
  log.info('signed in', { role: claimed.role, requestId: request.id })
  const cookies = [...drop, setCookie(SESSION_COOKIE, token, sessionCookie(origins))]
  return redirect(transaction.to, { 'set-cookie': cookies })
}

const redirect = (location: string, headers: Readonly<Record<string, string | string[]>> = {}): Answer =>
  new Answer('', 302, { location, ...headers })
