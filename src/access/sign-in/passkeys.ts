import { randomBytes, randomId } from '../../kernel/ids.ts'
import type { Clock, Sql } from '../../kernel/ports.ts'

/** A passkey as it is kept: the public half. */
export type Passkey = {
  readonly id: string
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
}

/** A passkey in a list. */
export type PasskeyRow = {
  readonly id: string
  readonly created: string
  readonly lastUsed: string | null
  readonly revoked: string | null
}

/** Ours: how long a challenge waits for its answer, and how long the answer is good for its one request. */
export const STEP_UP_SECONDS = 120
/** Ours: where it is an issuer that says who somebody is, how long after that a passkey may be registered. */
export const FRESH_SECONDS = 300

/** The passkeys of an officer that still count. */
export const findPasskeys = (sql: Sql, officer: string): Promise<Passkey[]> =>
  sql.rows<Passkey>(
    `select id, credential, public_key as "publicKey", counter, transports from passkey
     where officer = $1::uuid and revoked is null order by created, id`,
    [officer],
  )

export async function hasPasskey(sql: Sql, officer: string): Promise<boolean> {
  const rows = await sql.rows('select from passkey where officer = $1::uuid and revoked is null limit 1', [officer])
  return rows.length > 0
}

const columns = 'id, created, last_used as "lastUsed", revoked'

export const listPasskeys = (sql: Sql, officer: string): Promise<PasskeyRow[]> =>
  sql.rows<PasskeyRow>(`select ${columns} from passkey where officer = $1::uuid order by created, id`, [officer])

/** Undefined where the credential is known already, whoever's it is: one authenticator key stands for one officer. */
export async function addPasskey(
  sql: Sql,
  clock: Clock,
  officer: string,
  key: Omit<Passkey, 'id'>,
): Promise<PasskeyRow | undefined> {
  const [row] = await sql.rows<PasskeyRow>(
    `insert into passkey (id, credential, officer, public_key, counter, transports, created)
     values ($1::uuid, $2::bytea, $3::uuid, $4::bytea, $5::bigint, $6::text[], $7::timestamptz)
     on conflict on constraint passkey_credential_once do nothing
     returning ${columns}`,
    [randomId(), key.credential, officer, key.publicKey, key.counter, key.transports, clock.now().toString()],
  )
  return row
}

/** A passkey stops counting; undefined when the officer has none with this id. A second time changes nothing. */
export async function revokePasskey(
  sql: Sql,
  clock: Clock,
  officer: string,
  id: string,
): Promise<PasskeyRow | undefined> {
  const [row] = await sql.rows<PasskeyRow>(
    `update passkey set revoked = coalesce(revoked, $3::timestamptz)
     where id = $1::uuid and officer = $2::uuid returning ${columns}`,
    [id, officer, clock.now().toString()],
  )
  return row
}

/** Notes a use. Authenticators that count say with each use a larger number, others always 0 (WebAuthn §6.1.1). */
export async function notePasskeyUse(sql: Sql, clock: Clock, id: string, counter: number): Promise<void> {
  await sql.rows(
    'update passkey set counter = greatest(counter, $2::bigint), last_used = $3::timestamptz where id = $1',
    [id, counter, clock.now().toString()],
  )
}

type Purpose = { readonly purpose: 'register' } | { readonly purpose: 'request'; readonly request: Buffer }

const since = (clock: Clock, seconds: number): string => clock.now().subtract({ seconds }).toString()

/**
 * A new challenge for one session and one purpose, base64url. What the session was asked before and is too old by now
 * goes.
 */
export async function makeChallenge(sql: Sql, clock: Clock, session: string, purpose: Purpose): Promise<string> {
  const challenge = randomBytes(32).toString('base64url')
  await sql.rows('delete from step_up where session = $1::uuid and created < $2::timestamptz', [
    session,
    since(clock, 5 * STEP_UP_SECONDS),
  ])
  await sql.rows(
    `insert into step_up (id, session, purpose, challenge, request, created)
     values ($1::uuid, $2::uuid, $3, $4, $5::bytea, $6::timestamptz)`,
    [
      randomId(),
      session,
      purpose.purpose,
      challenge,
      purpose.purpose === 'request' ? purpose.request : null,
      clock.now().toString(),
    ],
  )
  return challenge
}

/** Takes a challenge, once: true when the session was asked this, for this, and not too long ago. */
export async function takeChallenge(
  sql: Sql,
  clock: Clock,
  session: string,
  purpose: Purpose,
  challenge: string,
): Promise<boolean> {
  const rows = await sql.rows(
    `update step_up set answered = $5::timestamptz
     where session = $1::uuid and purpose = $2 and challenge = $3 and request is not distinct from $4::bytea
       and answered is null and created > $6::timestamptz
     returning id`,
    [
      session,
      purpose.purpose,
      challenge,
      purpose.purpose === 'request' ? purpose.request : null,
      clock.now().toString(),
      since(clock, STEP_UP_SECONDS),
    ],
  )
  return rows.length > 0
}

/** The answer to a challenge becomes what the request itself carries: good once. `sha256` is its hash. */
export async function grantStepUp(
  sql: Sql,
  session: string,
  request: Buffer,
  challenge: string,
  sha256: Buffer,
): Promise<void> {
  await sql.rows(
    `update step_up set sha256 = $4::bytea
     where session = $1::uuid and request = $2::bytea and challenge = $3 and answered is not null and sha256 is null`,
    [session, request, challenge, sha256],
  )
}

/** Whether it is the session's, for this request, not too old and not used: then it is used now. */
export async function spendStepUp(
  sql: Sql,
  clock: Clock,
  session: string,
  request: Buffer,
  sha256: Buffer,
): Promise<boolean> {
  const rows = await sql.rows(
    `update step_up set used = $4::timestamptz
     where sha256 = $3::bytea and session = $1::uuid and request = $2::bytea and used is null
       and answered > $5::timestamptz
     returning id`,
    [session, request, sha256, clock.now().toString(), since(clock, STEP_UP_SECONDS)],
  )
  return rows.length > 0
}
