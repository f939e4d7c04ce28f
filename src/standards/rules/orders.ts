import { issuerReasons, JUDGED, NOT_CONVICTED, provisionReasons, quoted, type Verdict } from '../../law/read.ts'
import { peopleRule, type Rule } from './rule.ts'

/**
 * People whose covering orders all fail a judgment, or of whom nobody can say. One authority or one provision on file is
 * one cause, whomever it concerns; so is what nobody has linked or registered.
 */
const judged = (
  of: 'issuer' | 'provision',
  link: 'authority' | 'statute',
  reasons: Readonly<Record<string, Verdict>>,
) => {
  const isUnknown = `j.${of} in (${quoted(reasons, 'unknown')})`
  const worst = `order by ${isUnknown} desc, j.ends desc nulls first, j.order_id`
  return `
select min(facility) as facility, custody,
  case when bool_or(${isUnknown}) then (array_agg(j.${of} ${worst}))[1]
    else (array_agg(j.${of} || ':' || j.${link} ${worst}))[1] end as grp,
  null::text as cause, min(since) as since, case when bool_or(${isUnknown}) then 'unknown' else 'fail' end as state,
  jsonb_build_object('orders', to_jsonb(array_agg(order_id ${worst})), 'because', (array_agg(j.${of} ${worst}))[1]) as evidence
from (${JUDGED}) j group by custody having not bool_or(j.${of} in (${quoted(reasons, 'yes')}))`
}

export const issuerEmpowered: Rule = peopleRule({
  id: 'LAW-01-issuer',
  severity: 'S1',
  kind: 'T',
  citation: [
    { instrument: 'Nelson Mandela Rules', provision: '7' },
    { instrument: 'ICPPED', provision: '17(2)(b)' },
  ],
  origin: 'text',
  says: {
    en: 'Whoever ordered that somebody be held was empowered for that kind of order, there and then.',
    es: 'Quien ordenó detener a alguien estaba facultado para esa clase de orden, allí y entonces.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: judged('issuer', 'authority', issuerReasons),
})

export const provisionInForce: Rule = peopleRule({
  id: 'LAW-02',
  severity: 'S1',
  kind: 'T',
  citation: [{ instrument: 'ICCPR', provision: '9(1)' }],
  origin: 'text',
  says: {
    en: 'Nobody is held but by a provision of law that was in force when the order was made and allows such an order.',
    es: 'Nadie es detenido sino por una disposición legal vigente al dictarse la orden y que permita tal orden.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: judged('provision', 'statute', provisionReasons),
})

export const finalJudgment: Rule = peopleRule({
  id: 'TRF-02',
  severity: 'S1',
  kind: 'T',
  citation: [
    { instrument: 'Convention on the Transfer of Sentenced Persons (ETS 112)', provision: '3(1)(b)' },
    { instrument: 'Inter-American Convention on Serving Criminal Sentences Abroad', provision: 'I(3)' },
  ],
  origin: 'text',
  says: {
    en: 'Who is received under an agreement for convicted people has a judgment that is final.',
    es: 'Quien es recibido bajo un acuerdo para personas condenadas tiene una sentencia firme.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  // Those who came together are one cause; of whom nobody said whether the judgment is final, another.
  members: `
select n.facility, n.custody,
  case when n.verdict = 'unknown' then n.reason when c.batch is not null then n.reason || ':' || c.batch end as grp,
  null::text as cause, n.since, case when n.verdict = 'unknown' then 'unknown' else 'fail' end as state,
  jsonb_build_object('because', n.reason, 'order', n.order_id) as evidence
from (${NOT_CONVICTED}) n join custody c on c.id = n.custody`,
})

export const onlyToldOrder: Rule = peopleRule({
  id: 'order-only-told',
  severity: 'S2',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'an order as told is provisional until its paper arrives' }],
  origin: 'ours',
  says: {
    en: 'Nobody is held on word alone: the paper of the order is there.',
    es: 'Nadie es detenido solo de palabra: el documento de la orden está.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select min(facility) as facility, custody, null::text as grp, null::text as cause, min(since) as since, 'fail' as state,
  jsonb_build_object('orders', to_jsonb(array_agg(order_id order by order_id))) as evidence
from (${JUDGED}) j group by custody having bool_and(told)`,
})

export const basisDisputed: Rule = peopleRule({
  id: 'basis-disputed',
  severity: 'S2',
  kind: 'ours',
  citation: [{ instrument: 'ICCPR', provision: '9(4)' }],
  origin: 'ours',
  says: {
    en: 'Nobody is held on a contested order alone.',
    es: 'Nadie es detenido solo por una orden impugnada.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select b.facility, b.custody, null::text as grp, null::text as cause, lower(b.span) as since, 'fail' as state,
  jsonb_build_object('basis', b.cause, 'orders', to_jsonb(b.orders[:50])) as evidence
from basis b
where b.state <> 'order' and b.state = 'disputed' and b.span @> $1::timestamptz and ($2::text is null or b.facility = $2)`,
  until: `
select q.custody, q.since, coalesce(upper(b.span), q.since) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join basis b on b.custody = q.custody and b.span @> q.since and b.state = 'disputed' and lower(b.span) = q.since`,
})
