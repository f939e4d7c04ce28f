import type { z } from 'zod'
import type { Sql } from '../../kernel/ports.ts'
import { microsOf } from '../../kernel/time.ts'
import { seesAll, type Visible } from '../../kernel/visible.ts'
import { issuerReasonOf, issuerReasons, lawbookOf, verdictOf } from '../judge.ts'
import { type Clock, RELEASE_STEPS, type releaseFiguresContract } from './contract.ts'
import { RELEASE_HOURS } from './terms.ts'

type Row = Pick<
  Clock,
  'custody' | 'registerNumber' | 'facility' | 'order' | 'kind' | 'received' | 'starts' | 'entryN'
> &
  Pick<Clock, 'leftAs' | 'conflicts' | 'later'> & {
    readonly verified: string | null
    readonly identity: string | null
    readonly others: string | null
    readonly authorised: string | null
    readonly gate: string | null
    readonly over: string | null
  }

export type ReleaseFilter = {
  readonly at: string
  readonly facility?: string | undefined
  readonly custody?: string | undefined
  readonly limit?: number
  readonly visible?: Visible
}

const OF_CLOCK = { custody: 'r.custody', facility: 'r.facility' }
const iso = (instant: string) => `to_char(${instant} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`

/** Clocks that had begun by an instant: of one custody all of them, else those that still ran then, the longest first. */
export async function releasesAt(sql: Sql, filter: ReleaseFilter): Promise<Clock[]> {
  const { at, facility = null, custody = null, limit = 1000, visible = seesAll } = filter
  const rows = await sql.rows<Row>(
    `select r.custody, c.register_number as "registerNumber", r.facility, r.order_id as "order", r.kind, r.received, r.starts,
       r.verified, r.identity, r.others, r.authorised, r.gate, r.over, r.left_as as "leftAs", r.later, r.entry_n as "entryN",
       coalesce((
         select jsonb_agg(jsonb_build_object('order', x.order_id, 'since', ${iso('lower(x.span)')},
           'empowered', ${verdictOf(issuerReasonOf('o'), issuerReasons)}) order by x.order_id)
         from release_conflict x join legal_order o on o.custody = x.custody and o.order_id = x.order_id ${lawbookOf('o')}
         where x.custody = r.custody and x.release_id = r.order_id and x.span @> $1::timestamptz
       ), '[]') as conflicts
     from release_clock r join custody c on c.id = r.custody
     where r.received <= $1::timestamptz and ($2::text is null or r.facility = $2)
       and ($3::uuid is null or r.custody = $3)
       and ($3::uuid is not null or least(r.gate, r.over) is null or least(r.gate, r.over) > $1::timestamptz)
       and ${visible.sql(5, OF_CLOCK)}
     order by r.starts, r.custody, r.order_id limit $4`,
    [at, facility, custody, limit, ...visible.values],
  )
  return rows.map((row) => clockAt(row, at))
}

function clockAt(row: Row, at: string): Clock {
  const { verified, identity, others, authorised, gate, over, leftAs, later, ...rest } = row
  const now = microsOf(at)
  const has = (instant: string | null): boolean => instant !== null && microsOf(instant) <= now
  const steps = [verified, identity, others, authorised, gate]
  const end = [gate, over].find((one) => has(one)) ?? at
  const minutes = Math.max(0, Math.floor((microsOf(end) - microsOf(row.starts)) / 60_000_000))
  const isChecked = has(verified) && has(identity) && has(others)
  const open = has(authorised) ? 'authorised' : isChecked ? 'checked' : has(verified) ? 'verified' : 'received'
  const stage = has(gate) ? 'gone' : has(over) ? 'over' : open
  const isOpen = stage === open
  return {
    ...rest,
    minutes,
    late: minutes >= RELEASE_HOURS.gone * 60,
    stage,
    missing: isOpen ? RELEASE_STEPS.filter((_, i) => !has(steps[i] ?? null)) : [],
    leftAs: has(gate) ? leftAs : null,
    later: later.filter(({ heard }) => microsOf(heard) <= now),
  }
}

type Figures = Omit<z.output<typeof releaseFiguresContract.ok>, 'at' | 'days'>

/** Of a custody with several orders the longest counts, once. Whom the order no longer concerns counts no more. */
export async function releaseFigures(
  sql: Sql,
  { at, facility, days, visible = seesAll }: ReleaseFilter & { readonly days: number },
): Promise<Figures> {
  const [row] = await sql.rows<Figures>(
    `with one as (
       select r.custody, min(r.starts) as starts, max(r.gate) as gate, max(least(r.gate, r.over)) as stops,
         bool_or(least(r.gate, r.over) is null or least(r.gate, r.over) > $1::timestamptz) as runs
       from release_clock r
       where r.starts <= $1::timestamptz and ($2::text is null or r.facility = $2) and ${visible.sql(4, OF_CLOCK)}
       group by r.custody
     ), timed as (
       select *, extract(epoch from gate - starts) / 60 as minutes,
         not runs and gate > $1::timestamptz - make_interval(days => $3::integer) as went,
         greatest(0, extract(epoch from least(case when runs then $1::timestamptz else stops end, $1::timestamptz)
           - greatest(starts, $1::timestamptz - make_interval(days => $3::integer))) / 60) as held
       from one
     )
     select count(*) filter (where runs)::integer as waiting,
       count(*) filter (where runs and starts + interval '${RELEASE_HOURS.gone} hours' <= $1::timestamptz)::integer as late,
       count(*) filter (where went)::integer as gone,
       round((percentile_cont(0.5) within group (order by minutes) filter (where went))::numeric)::integer as "medianMinutes",
       round(max(minutes) filter (where went))::integer as "worstMinutes",
       coalesce(round(sum(held)), 0)::integer as "heldAfterMinutes"
     from timed`,
    [at, facility ?? null, days, ...visible.values],
  )
  return row ?? { waiting: 0, late: 0, gone: 0, medianMinutes: null, worstMinutes: null, heldAfterMinutes: 0 }
}
