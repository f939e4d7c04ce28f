import type { Sql } from '../kernel/ports.ts'
import { nameLine, namesOf, type PersonName } from '../people/read.ts'

export type PresenceState = 'at' | 'between' | 'disputed' | 'unknown'

/** The roll at an instant. `unconfirmed`: held on paper, and nobody can say where the body is. */
export type Roll = {
  readonly at: string
  readonly held: number
  readonly confirmed: number
  readonly unconfirmed: number
  readonly byPresence: Readonly<Record<PresenceState, number>>
}

/** Who is held at an instant, in one facility or in all: presence covers every custody, so it is counted alone. */
export async function rollAt(sql: Sql, { facility, at }: { facility?: string; at: string }): Promise<Roll> {
  const rows = await sql.rows<{ state: PresenceState; count: number }>(
    `select state, count(*) as count from presence
     where span @> $1::timestamptz and ($2::text is null or facility = $2)
     group by state`,
    [at, facility ?? null],
  )
  const byPresence = { at: 0, between: 0, disputed: 0, unknown: 0 }
  for (const { state, count } of rows) byPresence[state] = count
  const held = rows.reduce((sum, { count }) => sum + count, 0)
  return { at, held, confirmed: held - byPresence.unknown, unconfirmed: byPresence.unknown, byPresence }
}

export type Held = {
  readonly custody: string
  readonly person: string | null
  readonly registerNumber: string
  readonly facility: string
  readonly since: string
  readonly sincePrecision: string
  readonly presence: PresenceState
  readonly place: string | null
  readonly presenceSince: string
  /** Limits contested: see the file. */
  readonly disputed: boolean
  readonly missing: number
  readonly name: string | null
}
export type HeldFilter = {
  readonly at: string
  readonly facility?: string
  /** Only those whom no order covers at that instant. */
  readonly withoutBasis?: boolean
  readonly presence?: PresenceState
  readonly after?: { readonly registerNumber: string; readonly custody: string }
  readonly limit: number
}

const NIL = '00000000-0000-0000-0000-000000000000'

/** A page of those held, by register number. The last row's number and id are the next page's `after`. */
export async function listHeld(sql: Sql, filter: HeldFilter): Promise<Held[]> {
  const { at, facility, withoutBasis, presence, after, limit } = filter
  const values: unknown[] = [at, after?.registerNumber ?? '', after?.custody ?? NIL, limit]
  const conditions = ['c.held @> $1::timestamptz', '(c.register_number, c.id) > ($2::text, $3::uuid)']
  if (facility !== undefined) conditions.push(`c.facility = $${values.push(facility)}`)
  if (presence !== undefined) {
    const state = `$${values.push(presence)}`
    conditions.push(`c.id in (select custody from presence where span @> $1::timestamptz and state = ${state})`)
  }
  if (withoutBasis) {
    conditions.push("c.id in (select custody from basis where span @> $1::timestamptz and state <> 'order')")
  }
  // The page is cut first and joined then: joined first, a planner without statistics looks up each of 40,000 people.
  const rows = await sql.rows<Omit<Held, 'name'>>(
    `with page as materialized (
       select c.* from custody c where ${conditions.join('\n         and ')}
       order by c.register_number, c.id limit $4
     )
     select c.id as custody, c.person, c.register_number as "registerNumber", c.facility, c.admitted as since,
       c.began_precision as "sincePrecision", p.state as presence, p.place, lower(p.span) as "presenceSince", c.disputed,
       coalesce(cardinality(m.missing), 0) as missing
     from page c
     join presence p on p.custody = c.id and p.span @> $1::timestamptz
     left join completeness m on m.custody = c.id and m.span @> $1::timestamptz
     order by c.register_number, c.id`,
    values,
  )
  const names = firstNames(
    await namesOf(
      sql,
      rows.map(({ person }) => person).filter((id) => id !== null),
      at,
    ),
  )
  return rows.map((row) => ({ ...row, name: (row.person !== null && names.get(row.person)) || null }))
}

/** Each person's first name in the order of `namesOf`, which puts the current official one first. */
function firstNames(names: readonly PersonName[]): Map<string, string> {
  const first = new Map<string, string>()
  for (const name of names) if (!first.has(name.person)) first.set(name.person, nameLine(name))
  return first
}
