import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'

/** Entries measured at most: those recorded last. */
const MEASURED_MAX = 10_000
const LATE_SHOWN = 50

/** The record keeps when an entry was recorded and which head first held it; a promise itself is kept by its holder. */
export const notKept: Words = {
  en: 'The record does not keep the promises themselves: each is held by whoever got it, with its own time. What is measured here is the time from recording to the first signed head that holds the entry.',
  es: 'El registro no conserva las promesas: cada una la guarda quien la recibió, con su propio plazo. Lo que se mide aquí es el tiempo desde el asiento hasta el primer sello que lo contiene.',
}

export type Promises = {
  readonly measured: number
  readonly kept: number
  readonly late: number
  readonly waiting: number
  readonly slowestSeconds: number | null
  readonly lateEntries: { id: string; recorded: string; signed: string | null; seconds: number }[]
}

/** Whether what was recorded in a span came under a signed head in time: entries in bulk were promised nothing sooner. */
export async function promisesIn(
  sql: Sql,
  { from, to, now, delaySeconds }: { from: string; to: string; now: string; delaySeconds: number },
): Promise<Promises> {
  // The heads are few beside the entries: each place is looked up in their sorted sizes.
  const measured = `
with recent as (
  select e.n, e.id, e.recorded, l.idx from entry e left join leaf l on l.n = e.n
  where e.recorded >= $1::timestamptz and e.recorded < $2::timestamptz order by e.n desc limit ${MEASURED_MAX}
), met as (
  select r.id, r.recorded, h.at as signed,
    extract(epoch from coalesce(h.at, $3::timestamptz) - r.recorded)::float8 as seconds
  from recent r
  left join lateral (select at from checkpoint where size > r.idx order by size limit 1) h on true
)`
  const [counts, late] = await Promise.all([
    sql.rows<{ measured: number; kept: number; waiting: number; slowest: number | null; late: number }>(
      `${measured}
       select count(*) as measured, count(*) filter (where signed is not null and seconds <= $4) as kept,
         count(*) filter (where signed is null and seconds <= $4) as waiting,
         count(*) filter (where seconds > $4) as late, max(seconds) filter (where signed is not null) as slowest from met`,
      [from, to, now, delaySeconds],
    ),
    sql.rows<Promises['lateEntries'][number]>(
      `${measured} select id, recorded, signed, seconds from met where seconds > $4 order by seconds desc, id limit ${LATE_SHOWN}`,
      [from, to, now, delaySeconds],
    ),
  ])
  const { measured: all = 0, kept = 0, waiting = 0, late: lateCount = 0, slowest = null } = counts[0] ?? {}
  return { measured: all, kept, late: lateCount, waiting, slowestSeconds: slowest, lateEntries: late }
}
