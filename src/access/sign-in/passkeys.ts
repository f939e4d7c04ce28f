import type { ActKind } from '../../kernel/act.ts'
import { derivedId, randomBytes, randomId } from '../../kernel/ids.ts'
import type { Clock, Runner, Sql } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { serviceAct } from '../../record/house-keeping.ts'
import { addPasskey as addPasskeyAct, revokePasskey as revokePasskeyAct } from './acts.ts'

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
  /** As which entries the record has it; null for a key of before such entries, and while it is not revoked. */
  readonly addedAs: EntryOf | null
  readonly revokedAs: EntryOf | null
}
type EntryOf = { readonly entry: string; readonly n: number }
type Row = Omit<PasskeyRow, 'addedAs' | 'revokedAs'>

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

export async function listPasskeys(sql: Sql, officer: string): Promise<PasskeyRow[]> {
  const rows = await sql.rows<Row>(`select ${columns} from passkey where officer = $1::uuid order by created, id`, [
    officer,
  ])
  return withEntries(sql, rows)
}

const entryColumns = 'select act, id as entry, n from entry where act = any($1::uuid[])'

async function withEntries(sql: Sql, rows: readonly Row[]): Promise<PasskeyRow[]> {
  const acts = rows.flatMap(({ id }) => [actOf(addPasskeyAct, id), actOf(revokePasskeyAct, id)])
  const found = await sql.rows<EntryOf & { act: string }>(entryColumns, [acts])
  const entryOf = (act: string): EntryOf | null => {
    const known = found.find((one) => one.act === act)
    return known === undefined ? null : { entry: known.entry, n: known.n }
  }
  return rows.map((row) => ({
    ...row,
    addedAs: entryOf(actOf(addPasskeyAct, row.id)),
    revokedAs: entryOf(actOf(revokePasskeyAct, row.id)),
  }))
}

/** The id that `serviceAct` gives to what is said of a passkey, once. */
const actOf = ({ kind }: ActKind, passkey: string): string => derivedId('act', kind, passkey)

/** Says it in the record; said again it is the same entry. Undefined when the record took it. */
async function enter(
  { runner, clock }: PasskeyRecord,
  kind: ActKind,
  officer: string,
  passkey: string,
): Promise<Refusal | undefined> {
  const outcome = await runner.submit(serviceAct(kind, { act: { officer, passkey } }, clock, [passkey]))
  return isRefusal(outcome) ? outcome : undefined
}

/** Where passkeys are kept, and where it is said that they were added and revoked. */
export type PasskeyRecord = { readonly sql: Sql; readonly clock: Clock; readonly runner: Pick<Runner, 'submit'> }

/**
 * Undefined where the credential is known already, whoever's it is: one authenticator key stands for one officer. It is
 * entered first: a key that the record does not know never counts.
 */
export async function addPasskey(
  record: PasskeyRecord,
  officer: string,
  key: Omit<Passkey, 'id'>,
): Promise<PasskeyRow | Refusal | undefined> {
  const { sql, clock } = record
  const known = await sql.rows('select from passkey where credential = $1::bytea', [key.credential])
  if (known.length > 0) return undefined
  const id = randomId()
  const refusal = await enter(record, addPasskeyAct, officer, id)
  if (refusal !== undefined) return refusal
  const rows = await sql.rows<Row>(
    `insert into passkey (id, credential, officer, public_key, counter, transports, created)
     values ($1::uuid, $2::bytea, $3::uuid, $4::bytea, $5::bigint, $6::text[], $7::timestamptz)
     on conflict on constraint passkey_credential_once do nothing
     returning ${columns}`,
    [id, key.credential, officer, key.publicKey, key.counter, key.transports, clock.now().toString()],
  )
  return (await withEntries(sql, rows))[0]
}

/**
 * A passkey stops counting; undefined when the officer has none with this id. A second time changes nothing. It stops
 * first: where the record cannot be reached, the same request says it later.
 */
export async function revokePasskey(
  record: PasskeyRecord,
  officer: string,
  id: string,
): Promise<PasskeyRow | Refusal | undefined> {
  const { sql, clock } = record
  const rows = await sql.rows<Row>(
    `update passkey set revoked = coalesce(revoked, $3::timestamptz)
     where id = $1::uuid and officer = $2::uuid returning ${columns}`,
    [id, officer, clock.now().toString()],
  )
  const refusal = rows.length > 0 ? await enter(record, revokePasskeyAct, officer, id) : undefined
  if (refusal !== undefined) return refusal
  return (await withEntries(sql, rows))[0]
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
