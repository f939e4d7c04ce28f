import type { Sql } from '../kernel/ports.ts'

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
