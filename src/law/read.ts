import type { Sql } from '../kernel/ports.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import type { BasisCause, BasisState } from './basis.ts'

// The same pure functions that the registers are made by, for who reads a custody from its entries (the return).
export type { BasisSegment } from './basis.ts'
export {
  issuerReasonOf,
  issuerReasons,
  JUDGED,
  lawbookOf,
  NOT_CONVICTED,
  onlyTold,
  provisionReasons,
  quoted,
  type Verdict,
} from './judge.ts'
export type { AuthorityView, StatuteView } from './lawbook-view.ts'
export { countLists, rowsOfList } from './lists.ts'
export { type OrderPage, ordersOf } from './order-view.ts'
export { type OrderState, ordersOf as ordersOfEntries } from './orders.ts'
export { dayNumbers } from './packs/kernel/calendar.ts'
export { administrativeDetention, type Clock, inquiryDetention, provisionalDetention } from './packs/sv/clocks.ts'
export { type SvDate, type SvSentence, sv } from './packs/sv/pack.ts'
export { basisOfEntries } from './project.ts'
export { type ReleaseClock, releaseClocksOf, releaseKinds } from './release/clock.ts'
export { OVERSIGHT_AFTER_HOURS, RELEASE_HOURS } from './release/terms.ts'
export type { ReleaseOrder } from './releases.ts'

export type WithoutBasis = {
  readonly custody: string
  readonly registerNumber: string | null
  readonly facility: string
  readonly state: Exclude<BasisState, 'order'>
  readonly cause: BasisCause
  /** Since when without a break in this state. */
  readonly since: string
  /** Until when, as things stand now: a lapse that an order received later closes has an end. */
  readonly until: string | null
}

export type WithoutBasisFilter = {
  readonly at: string
  readonly facility?: string
  readonly states?: readonly BasisState[]
  /** Keyset: the custody of the last row of the page before. */
  readonly after?: string
  readonly limit?: number
  /** Whom the reader may see; absent: all. */
  readonly visible?: Visible
}

/** Where `basis` says whose it is. */
const OF_BASIS = { custody: 'basis.custody', facility: 'basis.facility' }

const UNQUIET: readonly BasisState[] = ['lapse', 'disputed', 'unknown']

/** The largest page of any list here. */
export const PAGE_MAX = 1000

/**
 * Who is held at an instant without an undisputed standing order: one plain query for any instant, past or to come. In
 * the order of the custodies' ids. The page is cut on `basis` alone, by its partial index `basis_not_order` (1 ms among
 * 40,000 people), and joined then: as one join it walked all custodies in order of id (75 ms).
 */
export function withoutBasisAt(sql: Sql, filter: WithoutBasisFilter): Promise<WithoutBasis[]> {
  const { at, facility = null, states = UNQUIET, after = null, limit = PAGE_MAX, visible = seesAll } = filter
  return sql.rows<WithoutBasis>(
    `with page as materialized (
       select custody, facility, state, cause, span from basis
       where state <> 'order' and span @> $1::timestamptz and state = any($2::text[])
         and ($3::text is null or facility = $3) and ($4::uuid is null or custody > $4)
         and ${visible.sql(6, OF_BASIS)}
       order by custody limit $5
     )
     select page.custody, c.register_number as "registerNumber", page.facility, page.state, page.cause,
       lower(page.span) as since, upper(page.span) as until
     from page join custody c on c.id = page.custody
     order by page.custody`,
    [at, states, facility, after, limit, ...visible.values],
  )
}

export type BasisCounts = Readonly<Record<BasisState, number>>

/** How many are held at an instant under each state of basis. Together: everybody in custody. */
export async function countBasisAt(
  sql: Sql,
  at: string,
  facility?: string,
  visible: Visible = seesAll,
): Promise<BasisCounts> {
  const rows = await sql.rows<{ state: BasisState; people: number }>(
    `select state, count(*) as people from basis
     where span @> $1::timestamptz and ($2::text is null or facility = $2) and ${visible.sql(3, OF_BASIS)}
     group by state`,
    [at, facility ?? null, ...visible.values],
  )
  const counts = { order: 0, disputed: 0, unknown: 0, lapse: 0 }
  for (const { state, people } of rows) counts[state] = people
  return counts
}

export type Covering = {
  readonly custody: string
  readonly state: BasisState
  readonly cause: BasisCause
  readonly since: string
  /** The order that covers longest, of a lapse the one that ended last. */
  readonly order: string | null
  readonly kind: string | null
  /** How many orders the segment rests on. */
  readonly orders: number
  /** First instant no longer covered; null: without an end, or not known. */
  readonly until: string | null
  readonly untilKnown: boolean
}

/** Causes of a lapse that began because something that covered came to its end. */
const ENDED = "'order-ended', 'release-ordered'"

/** What covers each of these custodies at an instant, and until when. One row each; none for who is not held then. */
export function coveringOf(sql: Sql, custodies: readonly string[], at: string): Promise<Covering[]> {
  return sql.rows<Covering>(
    `select b.custody, b.state, b.cause, lower(b.span) as since, o.order_id as "order", o.kind,
       cardinality(b.orders) as orders,
       case when b.state = 'order' then b.title_ends when b.cause in (${ENDED}) then lower(b.span) end as until,
       b.state = 'order' or b.cause in (${ENDED}) as "untilKnown"
     from basis b
     left join lateral (
       select order_id, kind from legal_order
       where custody = b.custody and order_id = any(b.orders::uuid[])
       order by ends desc nulls first, order_id limit 1
     ) o on true
     where b.custody = any($1::uuid[]) and b.span @> $2::timestamptz`,
    [custodies, at],
  )
}

export type BasisBand = {
  readonly state: BasisState
  readonly cause: BasisCause
  readonly from: string
  readonly to: string | null
  readonly orders: readonly string[]
  readonly entryN: number
}

/** What covers each moment of a custody, from admission to departure or without end. Empty: no such custody. */
export function basisOf(sql: Sql, custody: string): Promise<BasisBand[]> {
  return sql.rows<BasisBand>(
    `select state, cause, lower(span) as "from", upper(span) as "to", orders, entry_n as "entryN"
     from basis where custody = $1 order by span`,
    [custody],
  )
}

export type FoundOrder = {
  readonly order: string
  readonly kind: string
  readonly caseNumber: string | null
  readonly issuer: string
  readonly custody: string
  readonly registerNumber: string | null
  readonly facility: string
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** Orders by their id, or by a case number that begins so (case and accents as written), of those the reader may see. */
export function findOrders(
  sql: Sql,
  text: string,
  { limit, visible }: { readonly limit: number; readonly visible: Visible },
): Promise<FoundOrder[]> {
  const asked = text.trim()
  const isId = UUID.test(asked.toLowerCase())
  if (!isId && asked.length < 3) return Promise.resolve([])
  return sql.rows<FoundOrder>(
    `select o.order_id as "order", o.kind, o.case_number as "caseNumber", o.issuer, c.id as custody,
       c.register_number as "registerNumber", c.facility
     from legal_order o join custody c on c.id = o.custody
     where ${isId ? 'o.order_id = $1::uuid' : 'starts_with(upper(o.case_number), upper($1::text))'}
       and c.register_number <> '' and ${visible.sql(3)}
     order by o.case_number, o.begins, o.order_id limit $2`,
    [isId ? asked.toLowerCase() : asked, limit, ...visible.values],
  )
}

// Sentences: for the rules, and for who makes cases of the reference facility.
export { lawChangesOf, lawHashes } from './packs/index.ts'
export {
  adjustSentence,
  checkSentence,
  enterSentence,
  signSentence,
} from './sentences/acts.ts'
export { workedOut } from './sentences/sign.ts'
