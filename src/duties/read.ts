import type { Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import { dutyRules } from './packs/index.ts'
import type { DutyRule } from './rule.ts'

export type { Duty } from './duties.ts'
export { dueMisses, nextDuty } from './misses.ts'
export type { Owner } from './owners.ts'
export { dutyRules, findDutyRule } from './packs/index.ts'
export type { DutyRule } from './rule.ts'

/**
 * How a duty stands at an instant. `unknown`: nobody can say whether it is owed, or was done. What was done or ended
 * after it was due stays late for ever.
 */
export type DutyState = 'owed' | 'late' | 'unknown' | 'done' | 'done-late' | 'ended' | 'ended-late'

export type DutyRow = {
  readonly duty: string
  readonly custody: string | null
  /** Of the custody, where it is about one. */
  readonly registerNumber: string | null
  readonly facility: string
  readonly rule: string
  readonly item: string
  readonly from: string
  readonly due: string
  readonly state: DutyState
  readonly settled: string | null
  readonly settledN: number | null
  readonly unknown: string | null
  readonly cause: string | null
  readonly readings: readonly { readonly counts: string; readonly due: string }[] | null
  readonly entryN: number
}

/** What a list asks for: late now, due soon, not to be judged, or all three. */
export type Asked = 'late' | 'soon' | 'unknown' | 'open'

export type DutyFilter = {
  readonly at: string
  /** Whether `at` is past: then what was settled since, in time, still counted then. */
  readonly isPast?: boolean
  readonly facility?: string | undefined
  readonly custody?: string | undefined
  /** Ids of rules; absent: all. */
  readonly rules?: readonly string[] | undefined
  /** How far ahead 'soon' reaches. */
  readonly withinHours: number
  /** Whom the reader may see, and which sections; absent: all. */
  readonly visible?: Visible | undefined
}

/** The largest page of any list here. */
export const PAGE_MAX = 1000

const OF_DUTY = { custody: 'd.custody', facility: 'd.facility' }

/** Rules whose facts stand in a section that the reader opens, of those asked for, worst first. */
export function rulesFor(filter: Pick<DutyFilter, 'rules' | 'visible'>): DutyRule[] {
  const open: readonly Section[] = (filter.visible ?? seesAll).sections
  return dutyRules
    .filter(({ id, section }) => open.includes(section) && (filter.rules === undefined || filter.rules.includes(id)))
    .toSorted((a, b) => (a.severity < b.severity ? -1 : a.severity > b.severity ? 1 : 0))
}

const STATE = `case
  when d.settled <= $1::timestamptz then d.settled_as || case when d.settled > d.due then '-late' else '' end
  when d.unknown is not null then 'unknown'
  when d.due <= $1::timestamptz then 'late'
  else 'owed' end`

const DUTY = `d.duty, d.custody, (select register_number from custody c where c.id = d.custody) as "registerNumber",
  d.facility, d.rule, d.item, d.owed_from as "from", d.due, ${STATE} as state,
  case when d.settled <= $1::timestamptz then d.settled end as settled,
  case when d.settled <= $1::timestamptz then d.settled_n end as "settledN",
  d.unknown, d.cause, d.readings, d.entry_n as "entryN"`

const COLUMNS = [
  'duty',
  'custody',
  '"registerNumber"',
  'facility',
  'rule',
  'item',
  '"from"',
  'due',
  'state',
  'settled',
  '"settledN"',
  'unknown',
  'cause',
  'readings',
  '"entryN"',
]
  .map((column) => `d.${column}`)
  .join(', ')

/**
 * Still open at `$1` (instant), begun by then, due within `$2` hours. For now, what was settled in time cannot be among
 * them, and the partial index of what is or was late holds all of the rest.
 */
const openText = (isPast: boolean) => `(d.settled is null or d.settled > $1::timestamptz)
  and d.owed_from <= $1::timestamptz and d.due <= $1::timestamptz + make_interval(hours => $2::integer)
  ${isPast ? '' : 'and (d.settled is null or d.settled > d.due)'}`

const askedText: Readonly<Record<Asked, string>> = {
  late: 'd.unknown is null and d.due <= $1::timestamptz',
  soon: 'd.unknown is null and d.due > $1::timestamptz',
  unknown: 'd.unknown is not null',
  open: 'true',
}

export type DutyCount = {
  readonly rule: string
  readonly late: number
  readonly soon: number
  readonly unknown: number
  /** The longest late, by when it was due; null: none is late. */
  readonly oldest: string | null
}

/** How many duties of each rule are late, due soon, or not to be judged, worst rules first; rules with none are left out. */
export async function countDuties(sql: Sql, filter: DutyFilter): Promise<DutyCount[]> {
  const { at, withinHours, facility = null, custody = null, visible = seesAll, isPast = false } = filter
  const rules = rulesFor(filter).map(({ id }) => id)
  if (rules.length === 0) return []
  const rows = await sql.rows<DutyCount>(
    `select d.rule, count(*) filter (where ${askedText.late}) as late, count(*) filter (where ${askedText.soon}) as soon,
       count(*) filter (where ${askedText.unknown}) as unknown, min(d.due) filter (where ${askedText.late}) as oldest
     from duty d
     where d.rule = any($3::text[]) and ${openText(isPast)}
       and ($4::text is null or d.facility = $4) and ($5::uuid is null or d.custody = $5)
       and ${visible.sql(6, OF_DUTY)}
     group by d.rule`,
    [at, withinHours, rules, facility, custody, ...visible.values],
  )
  return rows.toSorted((a, b) => rules.indexOf(a.rule) - rules.indexOf(b.rule))
}

/** Where a page ended: the rule, when the last duty of it was due, and which it was. */
export type DutyCursor = { readonly rule: string; readonly due: string; readonly duty: string }

export const cursorOf = ({ rule, due, duty }: DutyRow): string => `${rule}~${due}~${duty}`

export function readCursor(text: string): DutyCursor | undefined {
  const [rule = '', due = '', duty = ''] = text.split('~')
  return rule === '' || due === '' || duty === '' ? undefined : { rule, due, duty }
}

/** Duties worst first: by the weight of the rule, then rule by rule, then the longest late. Each rule is read by its index. */
export function listDuties(
  sql: Sql,
  filter: DutyFilter,
  page: { readonly asked: Asked; readonly limit: number; readonly after?: DutyCursor | undefined },
): Promise<DutyRow[]> {
  const { at, withinHours, facility = null, custody = null, visible = seesAll, isPast = false } = filter
  const { asked, limit, after } = page
  const ids = rulesFor(filter).map(({ id }) => id)
  const rules = after === undefined ? ids : ids.slice(Math.max(ids.indexOf(after.rule), 0))
  if (rules.length === 0) return Promise.resolve([])
  return sql.rows<DutyRow>(
    `select ${COLUMNS} from unnest($3::text[]) with ordinality r(rule, place)
     cross join lateral (
       select ${DUTY} from duty d
       where d.rule = r.rule and ${openText(isPast)} and ${askedText[asked]}
         and ($4::text is null or d.facility = $4) and ($5::uuid is null or d.custody = $5)
         and ($6::text is null or r.rule <> $6 or (d.due, d.duty) > ($7::timestamptz, $8::uuid))
         and ${visible.sql(10, OF_DUTY)}
       order by d.due, d.duty limit $9
     ) d
     order by r.place, d.due, d.duty limit $9`,
    [
      at,
      withinHours,
      rules,
      facility,
      custody,
      after?.rule ?? null,
      after?.due ?? null,
      after?.duty ?? null,
      limit,
      ...visible.values,
    ],
  )
}

/** Everything that is or was owed about one custody by an instant, settled too, by when it is due. */
export function dutiesOf(sql: Sql, custody: string, at: string, visible: Visible = seesAll): Promise<DutyRow[]> {
  const rules = rulesFor({ visible }).map(({ id }) => id)
  return sql.rows<DutyRow>(
    `select ${DUTY} from duty_of_custody d
     where d.custody = $2 and d.owed_from <= $1::timestamptz and d.rule = any($3::text[]) order by d.due, d.rule, d.duty`,
    [at, custody, rules],
  )
}

export type DutyEvent = {
  readonly entryN: number
  readonly entry: string
  readonly kind: string
  readonly recorded: string
}

/** The entries that made a duty, that missed it (alone, or with those of one cause) and that settled it, in the order of the record. */
export function historyOf(sql: Sql, { duty, rule, facility, cause, entryN, settledN }: DutyRow): Promise<DutyEvent[]> {
  return sql.rows<DutyEvent>(
    `select e.n as "entryN", e.id as entry, e.kind, e.recorded from entry e
     where e.n in ($1::bigint, $2::bigint) or e.n in (
       select m.entry_n from duty_miss m where m.duty = $3::uuid or (m.rule = $4 and m.cause = $5 and m.facility = $6))
     order by e.n`,
    [entryN, settledN, duty, rule, cause, facility],
  )
}

export type DutyFigures = { readonly late: number; readonly soon: number; readonly unknown: number }

/** How far ahead the figures of the house look. */
export const SOON_HOURS = 24

/** The three figures of the status strip and of the director. */
export async function dutyFigures(sql: Sql, filter: Omit<DutyFilter, 'withinHours'>): Promise<DutyFigures> {
  const counts = await countDuties(sql, { ...filter, withinHours: SOON_HOURS })
  const sum = (of: (count: DutyCount) => number) => counts.reduce((total, count) => total + of(count), 0)
  return { late: sum(({ late }) => late), soon: sum(({ soon }) => soon), unknown: sum(({ unknown }) => unknown) }
}
