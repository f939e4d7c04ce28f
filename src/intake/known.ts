import type { Sql } from '../kernel/ports.ts'
import type { Known } from './decide.ts'
import type { History } from './history.ts'

type KnownRow = { custody: string; first_seen: string; departed: string | null; history: History }

/** What is known of these custodies, and those of them whose admission no longer stands in the register. */
export async function loadKnown(
  sql: Sql,
  custodies: readonly string[],
): Promise<{ known: Map<string, Known>; withdrawn: ReadonlySet<string> }> {
  const rows = await sql.rows<KnownRow>(
    'select custody, first_seen, departed, history from source_row where custody = any($1::uuid[])',
    [custodies],
  )
  const known = new Map<string, Known>()
  for (const { custody, first_seen, departed, history } of rows) {
    known.set(custody, { history, firstSeen: first_seen, ...(departed !== null && { departed }) })
  }
  const strange = custodies.filter((custody) => !known.has(custody))
  const begun =
    strange.length === 0
      ? []
      : await sql.rows<{ id: string }>('select id from subject where id = any($1::uuid[])', [strange])
  return { known, withdrawn: new Set(begun.map(({ id }) => id)) }
}
