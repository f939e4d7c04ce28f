import type { Sql } from '../kernel/ports.ts'
import { microsOf } from '../kernel/time.ts'
import {
  contestedAt,
  covers,
  issuerReasonOf,
  issuerReasons,
  lawbookOf,
  onlyTold,
  provisionReasonOf,
  provisionReasons,
} from './judge.ts'
import { ORDER_STATES, type OrderStateName, type OrderView } from './order-contract.ts'

/** Ours: how long before its end an order is shown as expiring. */
export const EXPIRING_DAYS = 7

type Condition = {
  readonly kind: string
  readonly says?: string
  readonly until: unknown
  readonly begins: string
  readonly ends: string | null
  readonly document?: string
}

type Row = Omit<OrderView, 'states' | 'conditions' | 'received'> & {
  readonly told: boolean
  readonly authentic: boolean | null
  readonly heard: string
  readonly receivedHow: string | null
  readonly receivedBy: string | null
  readonly said: readonly Condition[] | null
}

const COLUMNS = `
  o.order_id as "order", o.kind, o.holds, jsonb_build_object('name', o.issuer, 'state', o.issuer_state) as issuer,
  o.authority, o.territory, o.provision, o.statute, o.case_number as "caseNumber", coalesce(o.charges, '{}') as charges,
  o.document, o.issued, o.provisional, o.begins as "from", o.ends as "to", o.paper_ends as "paperEnds", o.clock,
  o.end_stated as "endStated", o.ended_as as "endedAs", o.ended_by as "endedBy", o.disputes, o.final, o.against, o.effect,
  o.paper_arrived as "paperArrived", o.verified, o.entry_n as "entryN", o.ended_n as "endedN",
  o.authentic, o.heard, o.received_how as "receivedHow", o.received_by as "receivedBy", o.conditions as said,
  ${onlyTold('o', '$2::timestamptz')} as told,
  case
    when o.ends is not null and greatest(o.begins, o.ends) <= $2::timestamptz then 'ended'
    when o.begins > $2::timestamptz then 'not-yet'
    when ${contestedAt('o', '$2::timestamptz')} then 'disputed'
    else 'standing'
  end as state`

/** All orders of a custody with their standing at an instant, by their beginning. */
export async function ordersOf(sql: Sql, custody: string, at: string): Promise<OrderView[]> {
  const rows = await sql.rows<Row>(
    `select ${COLUMNS} from legal_order o where o.custody = $1 order by o.begins, o.order_id`,
    [custody, at],
  )
  return rows.map((row) => viewOf(row, at))
}

function viewOf(row: Row, at: string): OrderView {
  const { told, authentic: _authentic, heard, receivedHow, receivedBy, said, ...view } = row
  return {
    ...view,
    // Since the paper arrived it is an order like others; before, it says so.
    provisional: told,
    received: { heard, how: receivedHow, by: receivedBy },
    conditions: (said ?? []).map((one) => ({
      kind: one.kind,
      says: one.says ?? null,
      from: one.begins,
      to: one.ends,
      document: one.document ?? null,
      state: conditionAt(one, at),
    })),
    states: statesAt(row, at),
  }
}

function conditionAt({ begins, ends, until }: Condition, at: string) {
  if (microsOf(begins) > microsOf(at)) return 'not-yet'
  if (ends !== null) return microsOf(ends) <= microsOf(at) ? 'ended' : 'in-force'
  return until === 'not-stated' ? 'end-not-stated' : 'in-force'
}

/** What is true of an order at an instant. An end that nobody has stated is not in force: nobody can say that it is. */
function statesAt(row: Row, at: string): OrderStateName[] {
  const now = microsOf(at)
  const has = (instant: string | null) => instant !== null && microsOf(instant) <= now
  const isOver = row.state === 'ended'
  const isFalse = row.authentic === false
  const soon = now + EXPIRING_DAYS * 86_400_000_000
  const ended: Partial<Record<OrderStateName, boolean>> =
    isOver && !isFalse
      ? { [row.endedAs ?? 'lapsed']: true }
      : { 'in-force': row.state === 'standing' && row.endStated && !isFalse }
  const holds: Partial<Record<OrderStateName, boolean>> = {
    provisional: row.told,
    received: has(row.heard) && !row.told,
    verified: has(row.verified),
    'not-authentic': isFalse,
    'not-yet': row.state === 'not-yet',
    expiring: row.state === 'standing' && row.to !== null && microsOf(row.to) <= soon,
    contested: row.state === 'disputed',
    ...ended,
  }
  return ORDER_STATES.filter((state) => holds[state] === true)
}

type Judged = Row & {
  readonly coversNow: boolean
  readonly issuerReason: keyof typeof issuerReasons
  readonly provisionReason: keyof typeof provisionReasons
  readonly registeredAuthority: OrderPage['empowered']['authority']
  readonly registeredStatute: OrderPage['inForce']['statute']
  readonly registerNumber: string
  readonly facility: string
}

type Event = {
  readonly entryN: number
  readonly what: string
  readonly at: string
  readonly precision: string
  readonly recorded: string
  readonly by: string | null
  readonly detail: Record<string, unknown>
}

export type OrderPage = {
  readonly at: string
  readonly custody: { readonly id: string; readonly registerNumber: string; readonly facility: string }
  readonly order: OrderView
  readonly coversNow: boolean
  readonly empowered: {
    readonly verdict: 'yes' | 'no' | 'unknown'
    readonly reason: string
    readonly authority: { id: string; name: string; state: string; territories: string[]; ends: string | null } | null
  }
  readonly inForce: {
    readonly verdict: 'yes' | 'no' | 'unknown'
    readonly reason: string
    readonly statute: {
      id: string
      title: string
      article: string | null
      state: string
      ends: string | null
    } | null
  }
  readonly affects: { order: string; kind: string; endedAs: string | null }[]
  readonly events: Event[]
  readonly entries: { n: number; id: string; kind: string; recorded: string; amends: string | null }[]
}

/** Everything about one order at an instant; undefined: the custody has no such order. */
export async function findOrder(sql: Sql, custody: string, order: string, at: string): Promise<OrderPage | undefined> {
  const [[row], affects, events, entries] = await Promise.all([
    sql.rows<Judged>(
      `select ${COLUMNS}, ${covers('o', '$2::timestamptz')} and c.held @> $2::timestamptz as "coversNow",
         ${issuerReasonOf('o')} as "issuerReason", ${provisionReasonOf('o')} as "provisionReason",
         case when au.id is not null then jsonb_build_object('id', au.id, 'name', au.name, 'state', au.state,
           'territories', au.territories, 'ends', au.ends) end as "registeredAuthority",
         case when st.id is not null then jsonb_build_object('id', st.id, 'title', st.title, 'article', st.article,
           'state', st.state, 'ends', st.ends) end as "registeredStatute",
         c.register_number as "registerNumber", c.facility
       from legal_order o join custody c on c.id = o.custody ${lawbookOf('o')}
       where o.custody = $1 and o.order_id = $3`,
      [custody, at, order],
    ),
    sql.rows<OrderPage['affects'][number]>(
      `select order_id as "order", kind, ended_as as "endedAs" from legal_order
       where custody = $1 and ended_by = $2 order by begins, order_id`,
      [custody, order],
    ),
    sql.rows<Event>(
      `select entry_n as "entryN", what, at, precision, recorded, by, detail from order_event
       where custody = $1 and order_id = $2 order by at, entry_n`,
      [custody, order],
    ),
    sql.rows<OrderPage['entries'][number]>(ENTRIES, [custody, order]),
  ])
  if (!row) return undefined
  const { coversNow, issuerReason, provisionReason, registeredAuthority, registeredStatute, ...rest } = row
  const { registerNumber, facility, ...paper } = rest
  return {
    at,
    custody: { id: custody, registerNumber, facility },
    order: viewOf(paper, at),
    coversNow,
    empowered: {
      verdict: issuerReasons[issuerReason],
      reason: issuerReason,
      authority: registeredAuthority && { ...registeredAuthority, ends: instantOf(registeredAuthority.ends) },
    },
    inForce: {
      verdict: provisionReasons[provisionReason],
      reason: provisionReason,
      statute: registeredStatute && { ...registeredStatute, ends: instantOf(registeredStatute.ends) },
    },
    affects,
    events,
    entries,
  }
}

/** The entry that brought it, those about it, and what corrects or withdraws any of them. */
const ENTRIES = `
with recursive about as (
  select e.n, e.id, e.kind, e.recorded, e.amends from entry e
  where e.custody = $1 and e.n in (
    select entry_n from legal_order where custody = $1 and order_id = $2
    union select ended_n from legal_order where custody = $1 and order_id = $2 and ended_n is not null
    union select entry_n from order_event where custody = $1 and order_id = $2
  )
  union
  select e.n, e.id, e.kind, e.recorded, e.amends
  from entry e join about a on e.amends = a.id and e.custody = $1
)
select n, id, kind, recorded, amends from about order by n`

/** As the database writes an instant inside JSON, in our writing. */
const instantOf = (text: string | null): string | null => text && Temporal.Instant.from(text).toString()
