import { createHash, timingSafeEqual } from 'node:crypto'
import { randomBytes, randomId } from '../../kernel/ids.ts'
import type { Clock, Sql } from '../../kernel/ports.ts'
import type { Language } from '../../platform/http/problems.ts'
import type { Claimed } from './claims.ts'
import { disabledNow } from './officers.ts'

export type SessionLimits = { readonly idleMinutes: number; readonly hours: number }

/** A session that holds. Times are instants as text. */
export type Session = {
  readonly id: string
  readonly officer: string
  readonly label: string
  readonly role: string
  readonly facility: string | null
  readonly language: Language | null
  readonly authenticated: string | null
  readonly idleUntil: string
  readonly endsAt: string
}

/** A session in a list. */
export type SessionRow = {
  readonly id: string
  readonly officer: string
  readonly label: string
  readonly role: string
  readonly facility: string | null
  readonly created: string
  readonly lastUsed: string
  readonly ends: string
  readonly ended: string | null
  /** SHA-256 of the user agent, for telling one's own browsers apart. */
  readonly agent: string
}

// 43 characters of base64url are 256 bits.
const TOKEN = /^[A-Za-z0-9_-]{43}$/

/** Use is noted at most this often: an idle session may end so much early, never late. */
const NOTED_SECONDS = 60

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest()

/** Begins a session for whoever just signed in. The token is for the cookie alone; only its hash is kept. */
export async function beginSession(
  sql: Sql,
  clock: Clock,
  { hours }: SessionLimits,
  officer: string,
  { role, facility, language, authenticated }: Claimed,
  agent: string,
): Promise<{ readonly token: string; readonly id: string }> {
  const token = randomBytes(32).toString('base64url')
  const id = randomId()
  const now = clock.now()
  await sql.rows(
    `insert into sign_in_session
       (id, sha256, officer, role, facility, language, created, authenticated, last_used, ends, agent)
     values ($1::uuid, $2::bytea, $3::uuid, $4, $5, $6, $7::timestamptz, $8::timestamptz, $7::timestamptz,
       $9::timestamptz, $10::bytea)`,
    [
      id,
      hashOf(token),
      officer,
      role,
      facility ?? null,
      language ?? null,
      now.toString(),
      authenticated?.toString() ?? null,
      now.add({ hours }).toString(),
      hashOf(agent),
    ],
  )
  return { token, id }
}

/**
 * The session of a cookie; undefined when it is unknown, over, too long unused, or its officer has been disabled since
 * it began. Notes that it was used unless `isUnattended`: a page that refreshes itself keeps nobody signed in.
 */
export async function findSession(
  sql: Sql,
  clock: Clock,
  { idleMinutes }: SessionLimits,
  token: string,
  isUnattended = false,
): Promise<Session | undefined> {
  if (!TOKEN.test(token)) return undefined
  const sha256 = hashOf(token)
  const now = clock.now()
  const [row] = await sql.rows<Omit<Session, 'idleUntil'> & { sha256: Buffer; lastUsed: string }>(
    `select s.id, s.sha256, s.officer, o.label, s.role, s.facility, s.language, s.authenticated,
       s.last_used as "lastUsed", s.ends as "endsAt"
     from sign_in_session s join officer o on o.id = s.officer
     where s.sha256 = $1::bytea and s.ended is null and s.ends > $2::timestamptz and s.last_used > $3::timestamptz
       and not ${disabledNow('s.officer')}
       and not exists (
         select from officer_standing d where d.officer = s.officer and d.disabled and d.at >= s.created
       )`,
    [sha256, now.toString(), now.subtract({ minutes: idleMinutes }).toString()],
  )
  // The index looked the hash up, which tells a guesser nothing of a token; the last word is said in constant time.
  if (row === undefined || !timingSafeEqual(row.sha256, sha256)) return undefined
  const { sha256: _, lastUsed, ...session } = row
  let used = Temporal.Instant.from(lastUsed)
  if (!isUnattended && Temporal.Instant.compare(used.add({ seconds: NOTED_SECONDS }), now) <= 0) {
    await sql.rows('update sign_in_session set last_used = $2::timestamptz where id = $1::uuid and last_used < $2', [
      row.id,
      now.toString(),
    ])
    used = now
  }
  return { ...session, idleUntil: used.add({ minutes: idleMinutes }).toString() }
}

/** Ends the session of a cookie, whoever holds it. */
export async function endSessionOf(sql: Sql, clock: Clock, token: string): Promise<void> {
  if (!TOKEN.test(token)) return
  await sql.rows('update sign_in_session set ended = coalesce(ended, $2::timestamptz) where sha256 = $1::bytea', [
    hashOf(token),
    clock.now().toString(),
  ])
}

const listed = `s.id, s.officer, o.label, s.role, s.facility, s.created, s.last_used as "lastUsed", s.ends, s.ended,
  encode(s.agent, 'hex') as agent`

/** Ends a session; undefined when there is none, or it is not of `officer`. A second time changes nothing. */
export async function endSession(
  sql: Sql,
  clock: Clock,
  id: string,
  officer?: string,
): Promise<SessionRow | undefined> {
  const [row] = await sql.rows<SessionRow>(
    `update sign_in_session s set ended = coalesce(ended, $2::timestamptz)
     from officer o
     where o.id = s.officer and s.id = $1::uuid and ($3::uuid is null or s.officer = $3::uuid)
     returning ${listed}`,
    [id, clock.now().toString(), officer ?? null],
  )
  return row
}

/** The sessions that hold or held within a day, the newest first: those of one officer, or all. */
export async function listSessions(sql: Sql, clock: Clock, officer?: string): Promise<SessionRow[]> {
  return sql.rows<SessionRow>(
    `select ${listed} from sign_in_session s join officer o on o.id = s.officer
     where ($1::uuid is null or s.officer = $1::uuid) and coalesce(s.ended, s.ends) > $2::timestamptz
     order by s.created desc, s.id limit 1000`,
    [officer ?? null, clock.now().subtract({ hours: 24 }).toString()],
  )
}

const PRUNED_AT_ONCE = 5_000

/** Deletes sessions that ended at least so many days ago, with what their passkeys were asked. Answers how many. */
export async function pruneSessions(sql: Sql, now: Temporal.Instant, keptDays: number): Promise<number> {
  const before = now.subtract({ hours: 24 * keptDays }).toString()
  for (let pruned = 0; ; ) {
    const gone = await sql.rows(
      `with old as materialized (
         select id from sign_in_session where coalesce(ended, ends) <= $1::timestamptz limit ${PRUNED_AT_ONCE}
       ), asked as (
         delete from step_up where session in (select id from old)
       )
       delete from sign_in_session where id in (select id from old) returning id`,
      [before],
    )
    pruned += gone.length
    if (gone.length < PRUNED_AT_ONCE) return pruned
  }
}

/** Sessions that hold now. */
export const HELD_SESSIONS = `select count(*) from sign_in_session
  where ended is null and ends > $1::timestamptz and last_used > $1::timestamptz - make_interval(mins => $2::integer)`
