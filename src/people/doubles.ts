import type { Sql } from '../kernel/ports.ts'
import type { Visible } from '../kernel/visible.ts'
import { type PossibleDouble, possibleDoubles } from './read.ts'

export type Pair = {
  readonly person: string
  readonly other: string
  readonly because: PossibleDouble['because'] | 'same-name'
}

export type PairFilter = {
  readonly at: string
  readonly facility?: string | undefined
  readonly visible?: Visible | undefined
}
export type PairCursor = { readonly person: string; readonly other: string }

/** Held persons whom the reader may see, as a condition on a column `person`; `$1` is the instant, `$2` the facility. */
const heldPerson = (column: string, { visible }: PairFilter, first: number): string =>
  `${column} in (select c.person from custody c where c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)
     ${visible && !visible.everybody ? `and ${visible.sql(first)}` : ''})`
const valuesOf = (visible: Visible | undefined) => (visible && !visible.everybody ? visible.values : [])

/** Possible doubles of whom at least one is held, each pair once with its first reason; by the ids of the two. */
export async function heldDoubles(sql: Sql, filter: PairFilter): Promise<Pair[]> {
  const all = await possibleDoubles(sql, filter.at)
  const persons = [...new Set(all.flatMap(({ person, other }) => [person, other]))]
  const held = await sql.rows<{ person: string }>(
    `select p.person from unnest($3::uuid[]) p(person) where ${heldPerson('p.person', filter, 4)}`,
    [filter.at, filter.facility ?? null, persons, ...valuesOf(filter.visible)],
  )
  const shown = new Set(held.map(({ person }) => person))
  // Who sees only some people learns nothing of the others, not that there is a pair.
  const counts = ({ person, other }: PossibleDouble) =>
    filter.visible === undefined || filter.visible.everybody
      ? shown.has(person) || shown.has(other)
      : shown.has(person) && shown.has(other)
  const pairs = new Map<string, Pair>()
  for (const double of all.filter(counts)) {
    const key = `${double.person} ${double.other}`
    if (!pairs.has(key)) pairs.set(key, double)
  }
  return [...pairs.values()]
}

const HOMONYMS = (filter: PairFilter, first: number) => `
select distinct a.person, b.person as other
from person_name a
join person_name b on b.name_key = a.name_key and b.person > a.person
where a.name_key <> '' and a.span @> $1::timestamptz and b.span @> $1::timestamptz
  and ${heldPerson('a.person', filter, first)} and ${heldPerson('b.person', filter, first)}
  and not exists (select from person_link l where l.person = a.person and l.same = b.person and l.since <= $1::timestamptz)
  and not exists (
    select from person_difference d where d.person = a.person and d.other = b.person and d.since <= $1::timestamptz
  )`

/** Pairs of held persons who bear the same full name, in whatever order, and are neither found to be one nor told apart. */
export async function heldHomonyms(
  sql: Sql,
  filter: PairFilter,
  { after, limit }: { readonly after?: PairCursor | undefined; readonly limit: number },
): Promise<Pair[]> {
  const nil = '00000000-0000-0000-0000-000000000000'
  const rows = await sql.rows<PairCursor>(
    `select person, other from (${HOMONYMS(filter, 6)}) pairs
     where (person, other) > ($3::uuid, $4::uuid) order by person, other limit $5`,
    [filter.at, filter.facility ?? null, after?.person ?? nil, after?.other ?? nil, limit, ...valuesOf(filter.visible)],
  )
  return rows.map((row) => ({ ...row, because: 'same-name' }))
}

export async function countHomonyms(sql: Sql, filter: PairFilter): Promise<number> {
  const [row] = await sql.rows<{ pairs: number }>(`select count(*) as pairs from (${HOMONYMS(filter, 3)}) pairs`, [
    filter.at,
    filter.facility ?? null,
    ...valuesOf(filter.visible),
  ])
  return row?.pairs ?? 0
}
