import type { Sql } from '../kernel/ports.ts'

export type Occupancy = {
  /** Places with somebody in them, each counted where the body is, not above it. */
  readonly places: readonly { readonly place: string; readonly people: number }[]
  /** In no place on file: on the way, in dispute, unknown, or somewhere in words. */
  readonly elsewhere: Readonly<Record<'between' | 'disputed' | 'unknown' | 'inWords', number>>
}

/** How many are in each place of a facility at an instant, by the register of presence. */
export async function occupancyAt(
  sql: Sql,
  { facility, at }: { readonly facility: string; readonly at: string },
): Promise<Occupancy> {
  const rows = await sql.rows<{ place: string | null; state: string; people: number }>(
    `select case when state = 'at' then place end as place, state, count(*) as people from presence
     where span @> $1::timestamptz and facility = $2
     group by 1, 2 order by 1`,
    [at, facility],
  )
  const elsewhere = { between: 0, disputed: 0, unknown: 0, inWords: 0 }
  const places: { place: string; people: number }[] = []
  for (const { place, state, people } of rows) {
    if (place !== null) places.push({ place, people })
    else elsewhere[state === 'at' ? 'inWords' : (state as 'between' | 'disputed' | 'unknown')] += people
  }
  return { places, elsewhere }
}
