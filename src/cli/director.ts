import type { z } from 'zod'
import { dailyIdentity, figuresFor } from '../custody/read.ts'
import { countDuties, dutyFigures, findDutyRule, SOON_HOURS } from '../duties/read.ts'
import type { Sql } from '../kernel/ports.ts'
import { findCapacity, findFacility } from '../places/read.ts'
import { countFindings } from '../standards/read.ts'
import type { directorContract } from './director-contract.ts'

type Director = z.output<typeof directorContract.ok>
type Counts = Director['now']

const DAYS = 30
const MORNING_HOUR = 6

/** What the director sees first. Undefined: no such facility. */
export async function directorAt(
  sql: Sql,
  { at, facility }: { at: string; facility: string },
): Promise<Director | undefined> {
  const known = await findFacility(sql, facility)
  if (!known) return undefined
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(known.zone)
  const early = local.with({ hour: MORNING_HOUR, minute: 0, second: 0, millisecond: 0, microsecond: 0, nanosecond: 0 })
  const morningLocal = Temporal.ZonedDateTime.compare(early, local) > 0 ? early.subtract({ days: 1 }) : early
  const morning = morningLocal.toInstant().toString()
  const times = daysBefore(local, DAYS)
  const [now, then, flow, capacity, day, findings, duties, held, lapses, openS1] = await Promise.all([
    countsAt(sql, at, facility),
    countsAt(sql, morning, facility),
    flowBetween(sql, facility, morning, at),
    findCapacity(sql, facility, at),
    dailyIdentity(sql, facility, local.toPlainDate().toString()),
    countFindings(sql, { at, facility }),
    countDuties(sql, { at, facility, isPast: true, withinHours: SOON_HOURS }),
    daily(sql, times, facility, HELD),
    daily(sql, times, facility, LAPSES),
    daily(sql, times, facility, OPEN_S1),
  ])
  if (!capacity || !day) return undefined
  return {
    at,
    facility,
    zone: known.zone,
    now,
    morning: then,
    cameSince: flow.came,
    leftSince: flow.gone,
    capacity: { ...capacity, byStandard: [...capacity.byStandard] },
    day: shortened(day as Director['day']),
    findings,
    series: { held, lapses, openS1 },
    duties: duties.flatMap(({ rule, late, soon, unknown }) => {
      const known = findDutyRule(rule)
      return known ? [{ rule, severity: known.severity, says: { ...known.says }, late, soon, unknown }] : []
    }),
    notMeasured: ['counts', 'shifts'],
  }
}

/** After an import thousands were entered late: the count says it, the day's own page names them. */
const LATE_NAMED = 20

function shortened(day: Director['day']): Director['day'] {
  const cut = (late: Director['day']['lateFromBefore']['in']) => ({ ...late, lines: late.lines.slice(0, LATE_NAMED) })
  return { ...day, lateFromBefore: { in: cut(day.lateFromBefore.in), out: cut(day.lateFromBefore.out) } }
}

async function countsAt(sql: Sql, at: string, facility: string): Promise<Counts> {
  const [figures, findings, duties] = await Promise.all([
    figuresFor(sql, at, facility),
    countFindings(sql, { at, facility }),
    // Past or not, the page compares two instants: both are counted the same way.
    dutyFigures(sql, { at, facility, isPast: true }),
  ])
  const open = (wanted: string) =>
    findings.reduce((sum, { severity, findings: count }) => sum + (severity === wanted ? count : 0), 0)
  return { at, ...figures, openS1: open('S1'), openS2: open('S2'), duties }
}

async function flowBetween(sql: Sql, facility: string, from: string, to: string) {
  const [row] = await sql.rows<{ came: number; gone: number }>(
    `select count(*) filter (where admitted > $2::timestamptz and admitted <= $3::timestamptz) as came,
       count(*) filter (where upper(held) > $2::timestamptz and upper(held) <= $3::timestamptz) as gone
     from custody where facility = $1`,
    [facility, from, to],
  )
  return { came: row?.came ?? 0, gone: row?.gone ?? 0 }
}

/** The ends of the last days there, as midnights, and now. */
function daysBefore(local: Temporal.ZonedDateTime, days: number): string[] {
  const today = local.startOfDay()
  const midnights = Array.from({ length: days }, (_, i) => today.subtract({ days: days - 1 - i }))
  const times = midnights.map((one) => one.toInstant().toString())
  const now = local.toInstant().toString()
  return times.at(-1) === now ? times : [...times, now]
}

/** Spans of a facility (`$2`): of each its beginning `b` and end `e`, null while open. */
const HELD = 'select lower(held) as b, upper(held) as e from custody where facility = $2'
const LAPSES = `select lower(span) as b, upper(span) as e from basis where state <> 'order' and state = 'lapse' and facility = $2`
const OPEN_S1 = `select lower(span) as b, upper(span) as e from finding where severity = 'S1' and facility = $2`

/**
 * How many of the spans hold at each instant: one pass over the table, each beginning and each end sorted between the
 * instants, then summed up. Counted instant by instant it took thirty passes.
 */
async function daily(sql: Sql, times: readonly string[], facility: string, spans: string) {
  // A bucket begins at its bound; what begins or ends on the instant itself counts as happened, hence a microsecond more.
  const rows = await sql.rows<{ came: number; gone: number; spans: number }>(
    `with bounds as (select array_agg(t::timestamptz + interval '1 microsecond' order by t::timestamptz) as bound
       from unnest($1::text[]) t)
     select width_bucket(b, bound) as came, width_bucket(coalesce(e, 'infinity'), bound) as gone, count(*) as spans
     from (${spans}) s, bounds group by 1, 2`,
    [times, facility],
  )
  // In bucket i: not before the i-th instant, so counted from the next one on.
  return times.map((at, i) => ({
    at,
    value: rows.reduce((sum, { came, gone, spans: some }) => (came <= i && gone > i ? sum + some : sum), 0),
  }))
}
