import type { Sql } from '../kernel/ports.ts'
import { startOfDay } from '../kernel/time.ts'
import { findFacility } from '../places/read.ts'

/** A line of the identity: one custody that makes a difference. */
export type DayLine = {
  readonly custody: string
  readonly registerNumber: string
  readonly at: string
  readonly precision: string
  /** How they came or left; null where the source does not say. */
  readonly as: string | null
  readonly recordedAt: string
  /** Entered after the day had ended: it was not in the roll as it was then told. */
  readonly late: boolean
}

export type DailyIdentity = {
  readonly facility: string
  readonly date: string
  readonly zone: string
  readonly from: string
  readonly to: string
  readonly yesterday: number
  readonly in: readonly DayLine[]
  readonly out: readonly DayLine[]
  readonly today: number
  /** yesterday + in − out − today, as counted; 0 when it balances. */
  readonly difference: number
  readonly balances: boolean
  /** Held at the day's end on paper, and nobody can say where the body is. */
  readonly unconfirmed: readonly { readonly custody: string; readonly registerNumber: string; readonly since: string }[]
  /** Yesterday's roll as it was told at the day's beginning: without what was entered later. */
  readonly yesterdayAsTold: number
  /** What makes the difference to that; after a whole roster was entered at once only the first lines are named. */
  readonly lateFromBefore: { readonly in: Late; readonly out: Late }
}

type Late = { readonly count: number; readonly lines: readonly DayLine[] }
const LATE_LINES_MAX = 500

const LINE = `c.id as custody, c.register_number as "registerNumber"`
const IN_LINE = `${LINE}, c.admitted as at, c.began_precision as precision, c.manner as "as",
  c.admission_recorded as "recordedAt"`
const OUT_LINE = `${LINE}, upper(c.held) as at, c.ended_precision as precision, c.departed_as as "as",
  c.departure_recorded as "recordedAt"`

/**
 * Yesterday's roll + in − out = today's roll, for a calendar day in the facility's zone, each difference named. A roll is
 * who is held at midnight, the moment before the day turns: who left at 00:00 left that day. The three parts are counted
 * apart, so that a register that does not add up says so. Undefined: no such facility.
 */
export async function dailyIdentity(sql: Sql, code: string, date: string): Promise<DailyIdentity | undefined> {
  const facility = await findFacility(sql, code)
  if (!facility) return undefined
  const day = Temporal.PlainDate.from(date)
  const from = startOfDay(day, facility.zone)
  const to = startOfDay(day.add({ days: 1 }), facility.zone)
  const values = [code, from, to]
  const lateOf = async (text: string): Promise<Late> => {
    const rows = await sql.rows<DayLine & { total: number }>(text, [code, from])
    return { count: rows[0]?.total ?? 0, lines: rows.map(({ total: _total, ...line }) => line) }
  }
  const late = (recorded: string) => `, ${recorded} >= $3::timestamptz as late`
  const [rolls, ins, outs, unconfirmed, beforeIn, beforeOut] = await Promise.all([
    sql.rows<{ yesterday: number; today: number }>(
      `select count(*) filter (where c.admitted < $2::timestamptz and (upper(c.held) is null or upper(c.held) >= $2::timestamptz)) as yesterday,
         count(*) filter (where c.admitted < $3::timestamptz and (upper(c.held) is null or upper(c.held) >= $3::timestamptz)) as today
       from custody c where c.facility = $1`,
      values,
    ),
    sql.rows<DayLine>(
      `select ${IN_LINE}${late('c.admission_recorded')} from custody c
       where c.facility = $1 and c.admitted >= $2::timestamptz and c.admitted < $3::timestamptz
       order by c.admitted, c.register_number`,
      values,
    ),
    sql.rows<DayLine>(
      `select ${OUT_LINE}${late('c.departure_recorded')} from custody c
       where c.facility = $1 and upper(c.held) >= $2::timestamptz and upper(c.held) < $3::timestamptz
       order by upper(c.held), c.register_number`,
      values,
    ),
    sql.rows<DailyIdentity['unconfirmed'][number]>(
      `select ${LINE}, lower(p.span) as since from custody c join presence p on p.custody = c.id and p.state = 'unknown'
       where c.facility = $1 and lower(p.span) < $2::timestamptz
         and (upper(p.span) is null or upper(p.span) >= $2::timestamptz)
       order by c.register_number`,
      [code, to],
    ),
    lateOf(
      `select ${IN_LINE}, true as late, count(*) over () as total from custody c
       where c.facility = $1 and c.admitted < $2::timestamptz and c.admission_recorded >= $2::timestamptz
         and (upper(c.held) is null or upper(c.held) >= $2::timestamptz)
       order by c.admitted, c.register_number limit ${LATE_LINES_MAX}`,
    ),
    lateOf(
      `select ${OUT_LINE}, true as late, count(*) over () as total from custody c
       where c.facility = $1 and upper(c.held) < $2::timestamptz and c.departure_recorded >= $2::timestamptz
         and c.admission_recorded < $2::timestamptz
       order by upper(c.held), c.register_number limit ${LATE_LINES_MAX}`,
    ),
  ])
  const { yesterday, today } = rolls[0] as { yesterday: number; today: number }
  const difference = yesterday + ins.length - outs.length - today
  return {
    facility: code,
    date,
    zone: facility.zone,
    from,
    to,
    yesterday,
    in: ins,
    out: outs,
    today,
    difference,
    balances: difference === 0,
    unconfirmed,
    yesterdayAsTold: yesterday - beforeIn.count + beforeOut.count,
    lateFromBefore: { in: beforeIn, out: beforeOut },
  }
}
