import type { Sql } from '../kernel/ports.ts'
import { possibleDoubles } from '../people/read.ts'
import type { FieldCode } from './fields.ts'
import { type Lack, missingOf } from './file.ts'
import type { HeldFilter } from './held-filter.ts'
import { type HeldCursor, listHeld } from './roster.ts'
import type { HeldRow } from './roster-contract.ts'

export type Admission = HeldRow & {
  readonly recorded: string
  readonly lacks: readonly Lack[]
  readonly possibleDouble: boolean
}

/** Rows of the roster, each with what it lacks and since when, and whether somebody else may be the same person. */
export async function listAdmissions(
  sql: Sql,
  filter: HeldFilter,
  page: { readonly after?: HeldCursor | undefined; readonly limit: number },
): Promise<Admission[]> {
  const rows = await listHeld(sql, filter, page)
  const custodies = rows.map(({ custody }) => custody)
  const [steps, recorded, doubles] = await Promise.all([
    sql.rows<{ custody: string; missing: FieldCode[]; since: string }>(
      `select custody, missing, lower(span) as since from completeness
       where custody = any($1::uuid[]) and lower(span) <= $2::timestamptz order by custody, span desc`,
      [custodies, filter.at],
    ),
    sql.rows<{ id: string; recorded: string }>(
      'select id, admission_recorded as recorded from custody where id = any($1::uuid[])',
      [custodies],
    ),
    possibleDoubles(
      sql,
      filter.at,
      rows.flatMap(({ person }) => person ?? []),
    ),
  ])
  const persons = new Set(doubles.flatMap(({ person, other }) => [person, other]))
  const stepsOf = Map.groupBy(steps, ({ custody }) => custody)
  const recordedAt = new Map(recorded.map((one) => [one.id, one.recorded]))
  return rows.map((row) => ({
    ...row,
    recorded: recordedAt.get(row.custody) ?? row.since,
    lacks: missingOf(stepsOf.get(row.custody) ?? []),
    possibleDouble: row.person !== null && persons.has(row.person),
  }))
}
