import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { randomBytes, randomId } from '../kernel/ids.ts'
import type { Clock, Sql } from '../kernel/ports.ts'
import { line } from '../kernel/text.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import { Role } from './roles.ts'
import { disabledNow } from './sign-in/officers.ts'

/** What a new token is for. The same label keeps the same officer, so that its acts stay those of one hand. */
export const NewToken = z.strictObject({
  role: Role,
  label: line(80).optional(),
  days: z.int().min(1).max(366).default(30),
  /** Binds the token to one facility. */
  facility: FacilityCode.optional(),
})

export type TokenRow = {
  readonly id: string
  readonly officer: string
  readonly label: string | null
  readonly role: Role
  readonly facility: string | null
  readonly created: string
  readonly expires: string
  readonly revoked: string | null
}

// `habeas_` lets scanners for lost secrets find one; 43 characters of base64url are 256 bits.
const TOKEN = /^habeas_[A-Za-z0-9_-]{43}$/

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

/**
 * Makes a token. What is returned is shown once: only its hash is kept.
 * @param sql must be able to write.
 */
export async function createToken(
  sql: Sql,
  clock: Clock,
  wanted: z.input<typeof NewToken>,
): Promise<{ readonly token: string; readonly row: TokenRow }> {
  const { role, label, days, facility } = NewToken.parse(wanted)
  const token = `habeas_${randomBytes(32).toString('base64url')}`
  const now = clock.now()
  const [row] = await sql.rows<TokenRow>(
    `insert into access_token (id, sha256, officer, label, role, facility, created, expires)
     values (
       $1::uuid, $2::bytea,
       coalesce((select officer from access_token where label = $3::text order by created limit 1), $4::uuid),
       $3::text, $5::text, $6::text, $7::timestamptz, $8::timestamptz
     )
     returning id, officer, label, role, facility, created, expires, revoked`,
    [
      randomId(),
      hashOf(token),
      label ?? null,
      randomId(),
      role,
      facility ?? null,
      now.toString(),
      now.add({ hours: 24 * days }).toString(),
    ],
  )
  return { token, row: row as TokenRow }
}

/** Whose token this is; undefined when it is unknown, expired or revoked, or its officer disabled. */
export async function findPrincipal(sql: Sql, clock: Clock, token: string): Promise<Principal | undefined> {
  if (!TOKEN.test(token)) return undefined
  const sha256 = hashOf(token)
  const [row] = await sql.rows<{ sha256: Buffer; officer: string; role: string; facility: string | null }>(
    `select sha256, officer, role, facility from access_token
     where sha256 = $1::bytea and revoked is null and expires > $2::timestamptz
       and not ${disabledNow('access_token.officer')}`,
    [sha256, clock.now().toString()],
  )
  // The index looked the hash up, which tells a guesser nothing of a token; the last word is said in constant time.
  if (row === undefined || !timingSafeEqual(row.sha256, sha256)) return undefined
  return { officer: row.officer, role: row.role, ...(row.facility !== null && { facility: row.facility }) }
}

export async function listTokens(sql: Sql): Promise<TokenRow[]> {
  return sql.rows<TokenRow>(
    'select id, officer, label, role, facility, created, expires, revoked from access_token order by created, id',
  )
}

/** Ends a token at once. Undefined when there is none with this id; a second time changes nothing. */
export async function revokeToken(sql: Sql, clock: Clock, id: string): Promise<TokenRow | undefined> {
  const [row] = await sql.rows<TokenRow>(
    `update access_token set revoked = coalesce(revoked, $2::timestamptz) where id = $1::uuid
     returning id, officer, label, role, facility, created, expires, revoked`,
    [id, clock.now().toString()],
  )
  return row
}
