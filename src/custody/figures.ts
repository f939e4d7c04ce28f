import type { z } from 'zod'
import type { Sql } from '../kernel/ports.ts'
import { startOfDay } from '../kernel/time.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import { findFacility, listFacilities } from '../places/read.ts'
import type { figuresContract } from './roster-contract.ts'

export type Figures = z.output<typeof figuresContract.ok>

/** Midnight before `at` where the facility stands; without one, where the first facility on file stands. */
export async function dayBegan(sql: Sql, at: string, facility?: string): Promise<string> {
  const known = facility === undefined ? (await listFacilities(sql))[0] : await findFacility(sql, facility)
  const zone = known?.zone ?? 'UTC'
  return startOfDay(Temporal.Instant.from(at).toZonedDateTimeISO(zone).toPlainDate(), zone)
}

/** The figures over the roster: each counted where it stands, none from another. */
export async function figuresAt(
  sql: Sql,
  {
    at,
    facility,
    visible = seesAll,
  }: { readonly at: string; readonly facility?: string | undefined; readonly visible?: Visible },
): Promise<Figures> {
  const began = await dayBegan(sql, at, facility)
  const values = [at, facility ?? null, began, ...visible.values]
  const here = (table: string, custody = `${table}.custody`) =>
    `$3::timestamptz is not null and ($2::text is null or ${table}.facility = $2)
     and ${visible.sql(4, { custody, facility: `${table}.facility` })}`
  const [presence, basis, flow, missing] = await Promise.all([
    sql.rows<{ held: number; unconfirmed: number; today: number }>(
      `select count(*) as held, count(*) filter (where state = 'unknown') as unconfirmed,
         count(*) filter (where state = 'unknown' and lower(span) >= $3::timestamptz) as today
       from presence p where p.span @> $1::timestamptz and ${here('p')}`,
      values,
    ),
    sql.rows<{ lapse: number; disputed: number; unknown: number; batches: number; since: string | null }>(
      `select count(*) filter (where b.state = 'lapse') as lapse, count(*) filter (where b.state = 'disputed') as disputed,
         count(*) filter (where b.state = 'unknown') as unknown,
         count(distinct c.batch) filter (where b.state = 'unknown') as batches,
         min(lower(b.span)) filter (where b.state = 'lapse') as since
       from basis b join custody c on c.id = b.custody
       where b.state <> 'order' and b.span @> $1::timestamptz and ${here('b')}`,
      values,
    ),
    sql.rows<{ came: number; gone: number }>(
      `select count(*) filter (where c.admitted >= $3::timestamptz and c.admitted <= $1::timestamptz) as came,
         count(*) filter (where upper(c.held) >= $3::timestamptz and upper(c.held) <= $1::timestamptz) as gone
       from custody c where ${here('c', 'c.id')}`,
      values,
    ),
    sql.rows<{ people: number }>(
      `select count(*) as people from completeness m join custody c on c.id = m.custody
       where m.span @> $1::timestamptz and cardinality(m.missing) > 0 and ${here('c', 'c.id')}`,
      values,
    ),
  ])
  const { held = 0, unconfirmed = 0, today = 0 } = presence[0] ?? {}
  return {
    at,
    dayBegan: began,
    held,
    cameToday: flow[0]?.came ?? 0,
    leftToday: flow[0]?.gone ?? 0,
    confirmed: held - unconfirmed,
    unconfirmed,
    unconfirmedToday: today,
    withoutBasis: basis[0]?.lapse ?? 0,
    longestLapseSince: basis[0]?.since ?? null,
    basisUnknown: basis[0]?.unknown ?? 0,
    basisUnknownBatches: basis[0]?.batches ?? 0,
    basisDisputed: basis[0]?.disputed ?? 0,
    withMissing: missing[0]?.people ?? 0,
  }
}

export type StripFigures = Pick<Figures, 'held' | 'confirmed' | 'unconfirmed' | 'withoutBasis' | 'basisUnknown'>

/** The figures of the status strip: two counts, because everybody who watches has them read again each second. */
export async function figuresFor(sql: Sql, at: string, facility?: string): Promise<StripFigures> {
  const values = [at, facility ?? null]
  const [presence, basis] = await Promise.all([
    sql.rows<{ held: number; unconfirmed: number }>(
      `select count(*) as held, count(*) filter (where state = 'unknown') as unconfirmed from presence
       where span @> $1::timestamptz and ($2::text is null or facility = $2)`,
      values,
    ),
    sql.rows<{ lapse: number; unknown: number }>(
      `select count(*) filter (where state = 'lapse') as lapse, count(*) filter (where state = 'unknown') as unknown
       from basis where state <> 'order' and span @> $1::timestamptz and ($2::text is null or facility = $2)`,
      values,
    ),
  ])
  const { held = 0, unconfirmed = 0 } = presence[0] ?? {}
  return {
    held,
    confirmed: held - unconfirmed,
    unconfirmed,
    withoutBasis: basis[0]?.lapse ?? 0,
    basisUnknown: basis[0]?.unknown ?? 0,
  }
}
