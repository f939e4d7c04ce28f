import { randomId } from '../../kernel/ids.ts'
import type { Clock, Sql } from '../../kernel/ports.ts'
import type { Claimed } from './claims.ts'

export type OfficerRow = {
  readonly id: string
  readonly label: string
  readonly role: string
  readonly facility: string | null
  readonly firstSeen: string
  readonly lastSeen: string
  readonly disabled: boolean
}

/** Whether an officer is disabled now; `o` stands for what holds the officer's id. */
export const disabledNow = (officer: string): string =>
  `coalesce((select disabled from officer_standing where officer = ${officer} order by entry_n desc limit 1), false)`

const columns = `officer.id, label, role, facility, first_seen as "firstSeen", last_seen as "lastSeen",
  ${disabledNow('officer.id')} as disabled`

/** The officer that an issuer's subject is here, made at the first sign-in; one subject stays one officer for ever. */
export async function seeOfficer(sql: Sql, clock: Clock, claimed: Claimed): Promise<OfficerRow> {
  const id = randomId()
  const [row] = await sql.rows<OfficerRow>(
    `insert into officer (id, issuer, subject, label, role, facility, first_seen, last_seen)
     values ($1::uuid, $2, $3, coalesce($4, $5), $6, $7, $8::timestamptz, $8::timestamptz)
     on conflict (issuer, subject) do update
       set label = coalesce($4, officer.label), role = excluded.role, facility = excluded.facility,
           last_seen = excluded.last_seen
     returning ${columns}`,
    [
      id,
      claimed.issuer,
      claimed.subject,
      claimed.label ?? null,
      `of. ${id.slice(0, 8)}`,
      claimed.role,
      claimed.facility ?? null,
      clock.now().toString(),
    ],
  )
  return row as OfficerRow
}

/** All who ever signed in, by their pseudonyms. */
export const listOfficers = (sql: Sql): Promise<OfficerRow[]> =>
  sql.rows<OfficerRow>(`select ${columns} from officer order by label, officer.id`)
