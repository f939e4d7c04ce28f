import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Act, ActKind, Receipt } from '../kernel/act.ts'
import { defineContract, defineRoute, type Route } from '../kernel/contract.ts'
import { randomId, timeId } from '../kernel/ids.ts'
import type { Clock, Runner, Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { createLog, type Log } from '../platform/logs.ts'
import { recordActs, refuseRecord } from '../record/acts.ts'
import { openAuthoriser } from './authorise.ts'
import { type ApiOptions, buildApi, endpointsOf } from './compose.ts'
import { Looks } from './looks.ts'
import { ROLES, type Role } from './roles.ts'
import { openSignIn, type SignInConfig, type SignInOptions } from './sign-in/sign-in.ts'
import { createToken } from './tokens.ts'

export const noon = Temporal.Instant.from('2031-05-06T12:00:00Z')
export const testClock: Clock = { now: () => noon }
export const occurredAt = { at: '2031-05-06T11:59:00Z', precision: 'minute', zone: 'America/El_Salvador' }

/** A runner that keeps nothing but ids and MACs: enough to be repeated, refused, and looked at. */
export class FakeRunner implements Runner {
  readonly acts: Act[] = []
  readonly #receipts = new Map<string, { mac: Buffer; officer: string; receipt: Receipt }>()
  /** Says what becomes of an act instead of recording it. */
  answer: (act: Act) => Refusal | Error | undefined = () => undefined

  async submit(act: Act): Promise<Receipt | Refusal> {
    const answered = this.answer(act)
    if (answered instanceof Error) throw answered
    if (answered !== undefined) return answered
    const known = this.#receipts.get(act.id)
    if (known?.officer !== undefined && known.officer !== act.actor.officer) return refuseRecord('not-found')
    if (known !== undefined) {
      return known.mac.equals(act.mac) ? { ...known.receipt, repeated: true } : refuseRecord('id-reused')
    }
    this.acts.push(act)
    const receipt: Receipt = {
      act: act.id,
      entry: randomId(),
      n: this.acts.length,
      kind: act.kind.kind,
      recordedAt: noon.toString(),
      leafHash: randomBytes(32).toString('base64'),
      repeated: false,
      promise: 'pending',
    }
    this.#receipts.set(act.id, { mac: act.mac, officer: act.actor.officer, receipt })
    return receipt
  }

  async submitAll(acts: readonly Act[]): Promise<(Receipt | Refusal)[]> {
    const refused = acts.map((act) => this.answer(act))
    if (refused.some((answer) => answer !== undefined)) {
      return refused.map((answer) =>
        answer instanceof Error ? refuseRecord('busy') : (answer ?? refuseRecord('batch-refused')),
      )
    }
    return Promise.all(acts.map((act) => this.submit(act)))
  }
}

export const testSignInConfig: SignInConfig = {
  host: '127.0.0.1',
  consoleUrl: 'http://127.0.0.1:8472',
  issuerClientId: 'habeas',
  issuerScope: 'openid',
  roleClaim: 'habeas_role',
  roleValues: [],
  facilityClaim: 'habeas_facility',
  labelClaim: 'habeas_label',
  sessionIdleMinutes: 30,
  sessionHours: 12,
  signInsPerMinute: 1_000_000,
}

/** Sign-in at the demonstration issuer. */
export const openTestSignIn = (sql: Sql, log: Log, change: Partial<SignInOptions> = {}) =>
  openSignIn({
    config: testSignInConfig,
    macKey: randomBytes(32),
    sql,
    clock: testClock,
    runner: new FakeRunner(),
    log,
    ...change,
  })

const Roll = z.strictObject({ facility: z.string().optional() })

/** Two routes as a room would bring them: one about persons, one about none. */
export const sampleRoutes: Route[] = [
  defineRoute(
    defineContract({
      method: 'GET',
      path: '/api/sample/roll',
      says: { en: 'A roll for tests', es: 'Una nómina de prueba' },
      permission: 'roll.read',
      personal: true,
      query: Roll,
      ok: z.strictObject({ held: z.int() }),
    }),
    async () => ({ held: 3 }),
  ),
  defineRoute(
    defineContract({
      method: 'POST',
      path: '/api/sample/places',
      says: { en: 'A search of places for tests', es: 'Una búsqueda de lugares de prueba' },
      permission: 'place.read',
      personal: false,
      body: z.strictObject({ code: z.string().max(9) }),
      ok: z.strictObject({ code: z.string() }),
    }),
    async ({ body }) => ({ code: body.code }),
  ),
]

export type TestApi = Awaited<ReturnType<typeof openTestApi>>

/** An API over a fake runner, with a token for each role. `acts` are added to those of the record. */
export async function openTestApi(sql: Sql, acts: readonly ActKind[], change: Partial<ApiOptions> = {}) {
  const runner = new FakeRunner()
  const lines: string[] = []
  const log: Log = createLog('debug', { write: (line: string) => void lines.push(line) })
  const options: ApiOptions = {
    acts: [...acts, ...recordActs],
    routes: sampleRoutes,
    runner,
    macKey: randomBytes(32),
    authoriser: await openAuthoriser(),
    looks: new Looks({
      runner: { submit: async () => refuseRecord('busy'), submitAll: async () => [] },
      sql,
      clock: testClock,
      log,
      macKey: randomBytes(32),
    }),
    entries: { find: async () => undefined, receipt: async () => undefined },
    files: { put: async () => 'ab'.repeat(32), find: async () => undefined },
    logSource: { checkpoint: async () => undefined, tile: async () => undefined, bundle: async () => undefined },
    health: async () => ({
      database: true,
      signer: true,
      signerSilentSince: null,
      stopped: null,
      checkpointAgeSeconds: 1,
      unsequencedEntries: 0,
      unwitnessedSince: null,
      refusedSyncs: 0,
    }),
    signIn: change.signIn ?? (await openTestSignIn(sql, log)),
    sql,
    clock: testClock,
    log,
    version: '0.0.0',
    bodyLimitBytes: 64 * 1024,
    rateLimitPerMinute: 1_000_000,
    ...change,
  }
  const app = await buildApi(options)
  const tokens = {} as Record<Role, string>
  for (const role of ROLES) tokens[role] = (await createToken(sql, testClock, { role, label: `test ${role}` })).token
  const call = (method: 'GET' | 'POST' | 'PUT', url: string, as: Role | string | undefined, body?: unknown) =>
    app.inject({
      method,
      url,
      headers: {
        ...(as !== undefined && { authorization: `Bearer ${tokens[as as Role] ?? as}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
  return { app, runner, tokens, call, lines, options, endpoints: endpointsOf(options) }
}

export const bodyFor = (data: unknown, id = timeId(noon)) => ({ id, occurredAt, data })
