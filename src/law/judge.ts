/**
 * Whether the issuer of an order was empowered and its provision in force, at the order's own date: by query, because
 * the registers of authorities and statutes belong to the installation and no fold of a custody may look at them.
 * Nothing is refused for it. What nobody can say is `unknown`, never `yes`.
 */

export type Verdict = 'yes' | 'no' | 'unknown'

export const issuerReasons = {
  empowered: 'yes',
  'issuer-not-linked': 'unknown',
  'issuer-not-registered': 'unknown',
  'territory-not-stated': 'unknown',
  'issuer-of-another-state': 'no',
  'not-for-this-kind': 'no',
  'not-at-that-date': 'no',
  'outside-its-territory': 'no',
} as const satisfies Readonly<Record<string, Verdict>>
export type IssuerReason = keyof typeof issuerReasons

export const provisionReasons = {
  'in-force': 'yes',
  'provision-not-linked': 'unknown',
  'provision-not-registered': 'unknown',
  'provision-of-another-state': 'no',
  'not-for-this-kind': 'no',
  'not-in-force': 'no',
} as const satisfies Readonly<Record<string, Verdict>>
export type ProvisionReason = keyof typeof provisionReasons

/**
 * SQL: the order `o` of `legal_order` covers the instant: it holds, its end is known, nobody contests it. The same that
 * the fold says of a moment (basis.ts), of the registers as they read now.
 */
export const covers = (o: string, at: string): string => `
  ${o}.holds and ${o}.end_stated and ${o}.begins <= ${at} and (${o}.ends is null or ${o}.ends > ${at})
  and (${o}.disputes = '[]'::jsonb or not ${contestedAt(o, at)})`

/** SQL: somebody contests the order `o` at the instant. */
export const contestedAt = (o: string, at: string): string => `exists (
    select from jsonb_to_recordset(${o}.disputes) as d("from" timestamptz, "to" timestamptz)
    where d."from" <= ${at} and (d."to" is null or ${at} < d."to"))`

/** SQL: only word of the order `o` has come by the instant, not its paper. */
export const onlyTold = (o: string, at: string): string =>
  `(${o}.provisional and (${o}.paper_arrived is null or ${o}.paper_arrived > ${at}))`

/** SQL: what the two reasons need, joined to an order `o`. Powers and times in force do not overlap: one row each at most. */
export const lawbookOf = (o: string): string => `
  left join authority au on au.id = ${o}.authority
  left join (select distinct authority, kind from authority_power) ak on ak.authority = ${o}.authority and ak.kind = ${o}.kind
  left join authority_power ap on ap.authority = ${o}.authority and ap.kind = ${o}.kind and ap.span @> ${o}.issued
  left join statute st on st.id = ${o}.statute
  left join statute_force sf on sf.statute = ${o}.statute and sf.span @> ${o}.issued`

/** SQL: one of `issuerReasons` for an order `o` beside `lawbookOf(o)`. */
export const issuerReasonOf = (o: string): string => `case
    when ${o}.authority is null then 'issuer-not-linked'
    when au.id is null then 'issuer-not-registered'
    when au.state <> ${o}.issuer_state then 'issuer-of-another-state'
    when ak.kind is null then 'not-for-this-kind'
    when ap.kind is null then 'not-at-that-date'
    when cardinality(au.territories) = 0 then 'empowered'
    when ${o}.territory is null then 'territory-not-stated'
    when ${o}.territory <> all(au.territories) then 'outside-its-territory'
    else 'empowered' end`

/** SQL: one of `provisionReasons` for an order `o` beside `lawbookOf(o)`. */
export const provisionReasonOf = (o: string): string => `case
    when ${o}.statute is null then 'provision-not-linked'
    when st.id is null then 'provision-not-registered'
    when st.state <> ${o}.issuer_state then 'provision-of-another-state'
    when ${o}.kind <> all(st.kinds) then 'not-for-this-kind'
    when sf.statute is null then 'not-in-force'
    else 'in-force' end`

/** SQL: a verdict from a reason, by the tables above. */
export const verdictOf = (reason: string, reasons: Readonly<Record<string, Verdict>>): string =>
  `case when ${reason} in (${quoted(reasons, 'yes')}) then 'yes' when ${reason} in (${quoted(reasons, 'unknown')}) then 'unknown' else 'no' end`

/** Reasons of a verdict as SQL texts. */
export const quoted = (reasons: Readonly<Record<string, Verdict>>, verdict: Verdict): string =>
  Object.entries(reasons)
    .flatMap(([reason, of]) => (of === verdict ? [`'${reason}'`] : []))
    .join(', ')

/**
 * SQL: a row for each order that covers somebody at `$1` (`$2`: a facility, or null), judged: `custody, facility, since,
 * order_id, kind, begins, ends, authority, statute, told, issuer, provision`.
 */
export const JUDGED = `
  select b.custody, b.facility, lower(b.span) as since, o.order_id, o.kind, o.begins, o.ends, o.authority, o.statute,
    ${onlyTold('o', '$1::timestamptz')} as told, ${issuerReasonOf('o')} as issuer, ${provisionReasonOf('o')} as provision
  from basis b join legal_order o on o.custody = b.custody ${lawbookOf('o')}
  where b.state = 'order' and b.span @> $1::timestamptz and ($2::text is null or b.facility = $2)
    and ${covers('o', '$1::timestamptz')}`

/**
 * SQL: people received only as convicted (`receivedUnder: convicted-only`) and held at `$1`, without a sentence that is
 * final on file then: `custody, facility, since, verdict, reason, order_id`. Whether it still runs is another question.
 */
export const NOT_CONVICTED = `
  select c.id as custody, c.facility, c.admitted as since,
    case when bool_or(o.order_id is not null and o.final is null) then 'unknown' else 'no' end as verdict,
    case when count(o.order_id) = 0 then 'no-judgment'
      when bool_or(o.final is null) then 'finality-not-stated' else 'judgment-not-final' end as reason,
    (array_agg(o.order_id order by o.begins desc, o.order_id))[1] as order_id
  from custody c
  left join legal_order o on o.custody = c.id and o.kind = 'sentence' and o.issued <= $1::timestamptz
    and o.authentic is distinct from false
    and (o.ended_as is null or o.ended_as not in ('quashed', 'ended-on-appeal', 'replaced-on-appeal') or o.ends > $1::timestamptz)
  where c.received_under = 'convicted-only' and c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)
  group by c.id
  having not coalesce(bool_or(o.final), false)`
