import type { Sql } from '../kernel/ports.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import type { BasisState } from './basis.ts'
import { issuerReasons, JUDGED, NOT_CONVICTED, provisionReasons, quoted, type Verdict } from './judge.ts'
import type { LawList, LawListCount, LawListRow } from './lists-contract.ts'

/**
 * The lists that a director must face, each at any instant. `members` answers one row a person: `custody, facility, key,
 * since, until, verdict, reason, order_id`; `key` is by what it is sorted: who has waited longest, or whose title ends
 * first, stands first. `$1` is the instant, `$2` a facility or null.
 */
const members: Readonly<Record<LawList, string>> = {
  'without-basis': ofState('lapse'),
  'basis-unknown': ofState('unknown'),
  contested: ofState('disputed'),
  'expiring-24h': expiringWithin('24 hours'),
  'expiring-7d': expiringWithin('7 days'),
  'expiring-30d': expiringWithin('30 days'),
  'provisional-only': `
    select custody, min(facility) as facility, min(since) as key, min(since) as since, max(title_ends) as until,
      'no' as verdict, 'paper-not-arrived' as reason, (array_agg(order_id order by ends desc nulls first, order_id))[1] as order_id
    from (${withTitle(JUDGED)}) j group by custody having bool_and(told)`,
  'issuer-not-empowered': ofJudgment('issuer', issuerReasons),
  'provision-not-in-force': ofJudgment('provision', provisionReasons),
  'convicted-only': `
    select custody, facility, since as key, since, null::timestamptz as until, verdict, reason, order_id
    from (${NOT_CONVICTED}) n`,
}

function ofState(state: Exclude<BasisState, 'order'>): string {
  return `
    select b.custody, b.facility, lower(b.span) as key, lower(b.span) as since, upper(b.span) as until,
      '${state === 'unknown' ? 'unknown' : 'no'}' as verdict, b.cause as reason, b.orders[1]::uuid as order_id
    from basis b
    where b.state <> 'order' and b.state = '${state}' and b.span @> $1::timestamptz and ($2::text is null or b.facility = $2)`
}

/** By the end of title, which is that of the union of the standing orders, not of one paper. */
function expiringWithin(length: string): string {
  return `
    select b.custody, b.facility, b.title_ends as key, lower(b.span) as since, b.title_ends as until,
      'no' as verdict, 'title-ends' as reason, (
        select o.order_id from legal_order o where o.custody = b.custody and o.holds and o.ends = b.title_ends
        order by o.begins, o.order_id limit 1
      ) as order_id
    from basis b
    where b.state = 'order' and b.span @> $1::timestamptz and ($2::text is null or b.facility = $2)
      and b.title_ends > $1::timestamptz and b.title_ends <= $1::timestamptz + interval '${length}'`
}

/** Whom no covering order speaks well of: unknown where nobody can say of one of them, no where all are known to fail. */
function ofJudgment(of: 'issuer' | 'provision', reasons: Readonly<Record<string, Verdict>>): string {
  const isUnknown = `j.${of} in (${quoted(reasons, 'unknown')})`
  return `
    select custody, min(facility) as facility, min(since) as key, min(since) as since, max(title_ends) as until,
      case when bool_or(${isUnknown}) then 'unknown' else 'no' end as verdict,
      (array_agg(j.${of} order by ${isUnknown} desc, j.ends desc nulls first, j.order_id))[1] as reason,
      (array_agg(order_id order by ${isUnknown} desc, j.ends desc nulls first, j.order_id))[1] as order_id
    from (${withTitle(JUDGED)}) j group by custody having not bool_or(j.${of} in (${quoted(reasons, 'yes')}))`
}

function withTitle(judged: string): string {
  return judged.replace('o.statute,', 'o.statute, b.title_ends,')
}

export type ListFilter = {
  readonly at: string
  readonly facility?: string | undefined
  /** Whom the reader may see; absent: all. */
  readonly visible?: Visible
}

const OF_MEMBER = { custody: 'm.custody', facility: 'm.facility' }

/** Where a page begins: after this row. */
export type ListCursor = { readonly key: string; readonly custody: string }

export const listCursorOf = ({ key, custody }: ListCursor): string => `${key}~${custody}`

export function readListCursor(text: string): ListCursor {
  const at = text.lastIndexOf('~')
  return { key: text.slice(0, at), custody: text.slice(at + 1) }
}

/** Lists that may also be cut to those whom the check fails, or cannot judge. */
export type RowsFilter = ListFilter & { readonly verdict?: 'no' | 'unknown' | undefined }

/** A page of one list, with the key that its cursor is made of. The page is cut first and joined then. */
export function rowsOfList(
  sql: Sql,
  list: LawList,
  { at, facility, verdict, visible = seesAll }: RowsFilter,
  { after, limit }: { readonly after?: ListCursor | undefined; readonly limit: number },
): Promise<(LawListRow & { readonly key: string })[]> {
  return sql.rows<LawListRow & { key: string }>(
    `with page as materialized (
       select m.* from (${members[list]}) m
       where ($3::text is null or m.verdict = $3)
         and ($4::timestamptz is null or (m.key, m.custody) > ($4::timestamptz, $5::uuid)) and ${visible.sql(7, OF_MEMBER)}
       order by m.key, m.custody limit $6
     )
     select page.custody, c.register_number as "registerNumber", page.facility, b.state as basis, b.cause, page.since,
       page.until, page.verdict, page.reason, page.order_id as "order", o.kind, o.issuer, page.key
     from page join custody c on c.id = page.custody
     left join basis b on b.custody = page.custody and b.span @> $1::timestamptz
     left join legal_order o on o.custody = page.custody and o.order_id = page.order_id
     order by page.key, page.custody`,
    [at, facility ?? null, verdict ?? null, after?.key ?? null, after?.custody ?? null, limit, ...visible.values],
  )
}

/** How many each list has at an instant: three looks, whatever the number of lists. */
export async function countLists(sql: Sql, { at, facility, visible = seesAll }: ListFilter): Promise<LawListCount[]> {
  const values = [at, facility ?? null, ...visible.values]
  const seen = visible.sql(3, OF_MEMBER)
  const [basis, judged, convicted] = await Promise.all([
    sql.rows<Record<string, number>>(
      `select count(*) filter (where m.state = 'lapse') as "without-basis",
         count(*) filter (where m.state = 'unknown') as "basis-unknown",
         count(*) filter (where m.state = 'disputed') as contested,
         ${(['24 hours', '7 days', '30 days'] as const)
           .map(
             (length) =>
               `count(*) filter (where m.title_ends <= $1::timestamptz + interval '${length}') as "expiring-${shortOf[length]}"`,
           )
           .join(', ')}
       from basis m where m.span @> $1::timestamptz and ($2::text is null or m.facility = $2) and ${seen}`,
      values,
    ),
    sql.rows<Record<string, number>>(
      `select count(*) filter (where told) as "provisional-only",
         count(*) filter (where not empowered and not issuer_unknown) as "issuer-not-empowered",
         count(*) filter (where not empowered and issuer_unknown) as "issuer-not-empowered?",
         count(*) filter (where not in_force and not provision_unknown) as "provision-not-in-force",
         count(*) filter (where not in_force and provision_unknown) as "provision-not-in-force?"
       from (
         select bool_and(m.told) as told, bool_or(m.issuer in (${quoted(issuerReasons, 'yes')})) as empowered,
           bool_or(m.issuer in (${quoted(issuerReasons, 'unknown')})) as issuer_unknown,
           bool_or(m.provision in (${quoted(provisionReasons, 'yes')})) as in_force,
           bool_or(m.provision in (${quoted(provisionReasons, 'unknown')})) as provision_unknown
         from (${JUDGED}) m where ${seen} group by m.custody
       ) j`,
      values,
    ),
    sql.rows<Record<string, number>>(
      `select count(*) filter (where m.verdict = 'no') as "convicted-only",
         count(*) filter (where m.verdict = 'unknown') as "convicted-only?"
       from (${NOT_CONVICTED}) m where ${seen}`,
      values,
    ),
  ])
  const counts: Record<string, number> = { ...basis[0], ...judged[0], ...convicted[0] }
  return (Object.keys(members) as LawList[]).map((list) => ({
    list,
    people: list === 'basis-unknown' ? 0 : (counts[list] ?? 0),
    unknown: list === 'basis-unknown' ? (counts[list] ?? 0) : (counts[`${list}?`] ?? 0),
  }))
}

const shortOf = { '24 hours': '24h', '7 days': '7d', '30 days': '30d' } as const
