import { issuerReasonOf, issuerReasons, lawbookOf, onlyTold, quoted, RELEASE_HOURS } from '../../law/read.ts'
import { peopleRule, type Rule } from './rule.ts'

/** From an order to release to the gate, and out of the gate while an order says otherwise. The clock itself: law/release. */

const iccpr = { instrument: 'ICCPR', provision: '9(1)' } as const
const icpped = { instrument: 'ICPPED', provision: '21' } as const
const gone = (c: string) => `least(${c}.gate, ${c}.over)`
const limit = `interval '${RELEASE_HOURS.gone} hours'`

/**
 * Longest first of one custody: two orders to release are one finding, which counts from the receipt of the first. What
 * was over before anybody asked (a departure that was entered late) is found all the same, once: its finding then closes
 * by its own end.
 */
export const heldAfterRelease: Rule = peopleRule({
  id: 'held-after-release',
  severity: 'S1',
  kind: 'ours',
  citation: [iccpr, { instrument: 'Body of Principles (A/RES/43/173)', provision: '11(3)' }, icpped],
  origin: 'ours',
  parameters: [
    { name: 'from the receipt of the order to the gate, at most', value: `${RELEASE_HOURS.gone} h`, origin: 'ours' },
  ],
  says: {
    en: 'Nobody is held after the order to release; time counts from its receipt.',
    es: 'Nadie sigue detenido tras la orden de libertad; el tiempo cuenta desde que se recibió.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select r.facility, r.custody, null::text as grp, null::text as cause, min(r.starts) as since, 'fail' as state,
  jsonb_build_object('orders', jsonb_agg(r.order_id::text order by r.starts, r.order_id), 'limitHours', ${RELEASE_HOURS.gone}) as evidence
from release_clock r
where r.starts + ${limit} <= $1::timestamptz and ($2::text is null or r.facility = $2)
  and (${gone('r')} is null or ${gone('r')} > $1::timestamptz
    or (${gone('r')} > r.starts + ${limit} and not exists (
      select from finding f where f.rule = 'held-after-release' and f.custody = r.custody and f.span @> r.starts)))
group by r.facility, r.custody`,
  until: `
select q.custody, q.since, coalesce(max(${gone('r')}), q.since) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join release_clock r on r.custody = q.custody and r.starts = q.since
group by q.custody, q.since`,
})

/** As it reads at the gate: verified and empowered it proves the error; what nobody looked at proves neither. */
const atGate = `
  o.holds and o.end_stated and o.begins <= d.at and (o.ends is null or o.ends > d.at)
  and o.authentic is distinct from false and not ${onlyTold('o', 'd.at')}
  and not exists (select from jsonb_to_recordset(o.disputes) as x("from" timestamptz, "to" timestamptz)
    where x."from" <= d.at and (x."to" is null or d.at < x."to"))`

/**
 * Who left as released while an order held them: until that order ends, or the person is held again. An issuer who is
 * known not to be empowered held nobody.
 */
export const releasedWithOrder: Rule = peopleRule({
  id: 'released-with-order',
  severity: 'S1',
  kind: 'ours',
  citation: [iccpr, icpped],
  origin: 'ours',
  says: {
    en: 'Nobody is released while a verified order of an empowered authority is in force.',
    es: 'Nadie es puesto en libertad mientras rige una orden verificada de una autoridad facultada.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: `
select facility, custody, grp, null::text as cause, since, case when bool_or(proven) then 'fail' else 'unknown' end as state,
  jsonb_build_object('orders', to_jsonb((array_agg(order_id::text order by order_id))[1:20])) as evidence
from (
  select c.facility, c.id as custody, case when e.batch = c.batch then c.batch::text end as grp, d.at as since, o.order_id,
    o.verified is not null and o.verified <= d.at and ${issuerReasonOf('o')} in (${quoted(issuerReasons, 'yes')}) as proven
  from custody c
  join departure d on d.entry_n = c.departure_n
  join entry e on e.n = d.entry_n
  join legal_order o on o.custody = c.id and ${atGate} and (o.ends is null or o.ends > $1::timestamptz)
  ${lawbookOf('o')}
  where c.departed_as = 'release' and upper(c.held) <= $1::timestamptz and ($2::text is null or c.facility = $2)
    and ${issuerReasonOf('o')} not in (${quoted(issuerReasons, 'no')})
    and not exists (select from custody again
      where again.person = c.person and again.id <> c.id and lower(again.held) >= upper(c.held)
        and lower(again.held) <= $1::timestamptz)
) m
group by facility, custody, grp, since`,
  until: `
select q.custody, q.since, least(
    (select max(o.ends) from legal_order o where o.custody = q.custody and o.holds and o.begins <= q.since and o.ends > q.since),
    (select min(lower(again.held)) from custody c join custody again on again.person = c.person and again.id <> c.id
     where c.id = q.custody and lower(again.held) >= upper(c.held))
  ) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)`,
})

/** A new paper to hold somebody who is ordered released: it may be right, and somebody outside is to look at it. */
export const orderAfterRelease: Rule = peopleRule({
  id: 'order-after-release',
  severity: 'S2',
  kind: 'ours',
  citation: [
    iccpr,
    { instrument: 'Habeas', provision: 'who is ordered released is not held by the next paper unseen' },
  ],
  origin: 'ours',
  says: {
    en: 'No new order to hold somebody arrives after the order to release them.',
    es: 'No llega ninguna orden nueva de detención después de la orden de libertad.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select r.facility, r.custody, null::text as grp, null::text as cause, min(o.heard) as since, 'fail' as state,
  jsonb_build_object('release', min(r.order_id::text), 'orders', to_jsonb((array_agg(distinct o.order_id::text))[1:20])) as evidence
from release_clock r
join legal_order o on o.custody = r.custody and o.holds and o.authentic is distinct from false
  and o.heard > r.received and o.heard <= $1::timestamptz and (o.ends is null or o.ends > $1::timestamptz)
where r.starts <= $1::timestamptz and (${gone('r')} is null or ${gone('r')} > $1::timestamptz)
  and ($2::text is null or r.facility = $2)
group by r.facility, r.custody`,
  until: `
select q.custody, q.since, least(max(${gone('r')}), max(o.ends)) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join release_clock r on r.custody = q.custody and r.received < q.since
left join legal_order o on o.custody = q.custody and o.holds and o.heard = q.since
group by q.custody, q.since`,
})

/**
 * Two orders that contradict each other, the second of which stands. Of an issuer of whom nobody can say whether they are
 * empowered the release is not refused, and the question is open: unknown. Who is known not to be holds nobody.
 */
export const releaseConflict: Rule = peopleRule({
  id: 'release-conflict',
  severity: 'S1',
  kind: 'ours',
  citation: [
    iccpr,
    { instrument: 'Habeas', provision: 'who is ordered released and ordered held is put before both who ordered' },
  ],
  origin: 'ours',
  parameters: [
    { name: 'to put both orders before both issuers', value: `${RELEASE_HOURS.conflict} h`, origin: 'ours' },
  ],
  says: {
    en: 'No order to release meets another order that stands in its way.',
    es: 'Ninguna orden de libertad tropieza con otra orden que se le opone.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: `
select facility, custody, null::text as grp, null::text as cause, min(since) as since,
  case when bool_or(proven) then 'fail' else 'unknown' end as state,
  jsonb_build_object('releases', jsonb_agg(distinct release_id::text), 'orders', jsonb_agg(distinct order_id::text)) as evidence
from (
  select x.facility, x.custody, x.release_id, x.order_id, lower(x.span) as since,
    ${issuerReasonOf('o')} in (${quoted(issuerReasons, 'yes')}) as proven
  from release_conflict x join legal_order o on o.custody = x.custody and o.order_id = x.order_id ${lawbookOf('o')}
  where x.span @> $1::timestamptz and ($2::text is null or x.facility = $2)
    and ${issuerReasonOf('o')} not in (${quoted(issuerReasons, 'no')})
) m
group by facility, custody`,
  until: `
select q.custody, q.since, max(upper(x.span)) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join release_conflict x on x.custody = q.custody and lower(x.span) = q.since
group by q.custody, q.since`,
})

const VERIFIED_HOURS = 24

/** Nobody can check a release of which nothing is left but that it is said to have happened. */
export const releaseVerifiable: Rule = peopleRule({
  id: 'LAW-12',
  severity: 'S1',
  kind: 'T',
  citation: [icpped],
  origin: 'text',
  parameters: [{ name: 'after the release, for what shows it', value: `${VERIFIED_HOURS} h`, origin: 'ours' }],
  says: {
    en: 'People are released so that it can be verified with certainty that they were.',
    es: 'Las personas son puestas en libertad de modo que pueda verificarse con certeza que lo fueron.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select c.facility, c.id as custody, case when e.batch = c.batch then c.batch::text end as grp, null::text as cause, upper(c.held) as since,
  'fail' as state, '{}'::jsonb as evidence
from custody c join departure d on d.entry_n = c.departure_n join entry e on e.n = d.entry_n
where c.departed_as = 'release' and d.verification is null
  and upper(c.held) + interval '${VERIFIED_HOURS} hours' <= $1::timestamptz and ($2::text is null or c.facility = $2)`,
  until: `
select q.custody, q.since, null::timestamptz as until from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)`,
})

export const releaseFindings: readonly Rule[] = [
  heldAfterRelease,
  releasedWithOrder,
  releaseConflict,
  orderAfterRelease,
  releaseVerifiable,
]
