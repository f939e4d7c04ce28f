import type { Sql } from '../kernel/ports.ts'

type Period = { readonly from: string; readonly to: string | null }

export type AuthorityView = {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly territories: readonly string[]
  readonly source: string
  readonly powers: readonly (Period & { readonly kind: string; readonly now: boolean })[]
  readonly entryN: number
}

export type StatuteView = {
  readonly id: string
  readonly state: string
  readonly title: string
  readonly article: string | null
  readonly kinds: readonly string[]
  readonly source: string
  readonly inForce: readonly (Period & { readonly now: boolean })[]
  readonly entryN: number
}

/** Bodies on file with what they may order, and whether they may at an instant. By state, then name. */
export const authoritiesAt = (sql: Sql, at: string): Promise<AuthorityView[]> =>
  sql.rows<AuthorityView>(
    `select a.id, a.name, a.state, a.territories, a.source, a.entry_n as "entryN", coalesce((
         select jsonb_agg(jsonb_build_object('kind', p.kind, 'from', ${iso('lower(p.span)')}, 'to', ${iso('upper(p.span)')},
           'now', p.span @> $1::timestamptz) order by p.kind, p.span)
         from authority_power p where p.authority = a.id
       ), '[]') as powers
     from authority a order by a.state, a.name, a.id`,
    [at],
  )

/** Provisions on file with their times in force, and whether they are at an instant. By state, title, article. */
export const statutesAt = (sql: Sql, at: string): Promise<StatuteView[]> =>
  sql.rows<StatuteView>(
    `select s.id, s.state, s.title, s.article, s.kinds, s.source, s.entry_n as "entryN", coalesce((
         select jsonb_agg(jsonb_build_object('from', ${iso('lower(f.span)')}, 'to', ${iso('upper(f.span)')},
           'now', f.span @> $1::timestamptz) order by f.span)
         from statute_force f where f.statute = s.id
       ), '[]') as "inForce"
     from statute s order by s.state, s.title, s.article, s.id`,
    [at],
  )

/** Inside JSON the database writes an instant in the session's way; here as everywhere else. */
function iso(instant: string): string {
  return `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
}
