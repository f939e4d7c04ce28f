import { countOf, peopleRule, type Rule } from './rule.ts'

/** People under one state of basis. Those admitted together are one group: an import without orders is one finding. */
const uncovered = (state: 'lapse' | 'unknown', causes: string, grouped: boolean) => `
select c.facility, b.custody, ${grouped ? 'c.batch::text' : 'null::text'} as grp, null::text as cause, lower(b.span) as since,
  '${state === 'lapse' ? 'fail' : 'unknown'}' as state, jsonb_build_object('basis', b.cause, 'orders', to_jsonb(b.orders[:50])) as evidence
from basis b join custody c on c.id = b.custody
where b.state <> 'order' and b.state = '${state}' and b.cause in (${causes}) and b.span @> $1::timestamptz
  and ($2::text is null or c.facility = $2)`

/** A lapse ends where its segment ends as it reads now; one that later papers cover from its beginning never was. */
const until = (state: 'lapse' | 'unknown') => `
select q.custody, q.since, coalesce(upper(b.span), q.since) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join basis b on b.custody = q.custody and b.span @> q.since and b.state = '${state}' and lower(b.span) = q.since`

const undecided = countOf(uncovered('unknown', "'orders-not-stated', 'end-not-stated'", true))

export const admittedWithoutOrder: Rule = peopleRule({
  id: 'LAW-01',
  severity: 'S1',
  kind: 'T',
  citation: [
    { instrument: 'Nelson Mandela Rules', provision: '7' },
    { instrument: 'ICCPR', provision: '9(1)' },
    { instrument: 'ICPPED', provision: '17(2)(a)-(b)' },
  ],
  origin: 'text',
  says: {
    en: 'Nobody is received without a valid order of an authority empowered by law.',
    es: 'Nadie es recibido sin una orden válida de una autoridad facultada por la ley.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: uncovered('lapse', "'admitted-without-order'", true),
  until: until('lapse'),
  undecided,
})

export const heldBeyondOrder: Rule = peopleRule({
  id: 'LAW-03',
  severity: 'S1',
  kind: 'T',
  citation: [
    { instrument: 'ICCPR', provision: '9(1)' },
    { instrument: 'Body of Principles (A/RES/43/173)', provision: '11(3)' },
  ],
  origin: 'text',
  says: { en: 'Custody ends when its title ends.', es: 'La custodia termina cuando termina su título.' },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: uncovered('lapse', "'order-ended'", false),
  until: until('lapse'),
  undecided,
})

export const basisUnknown: Rule = peopleRule({
  id: 'basis-unknown',
  severity: 'S1',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'unknown is not a pass' }],
  origin: 'ours',
  says: {
    en: 'For everybody it is known by what order they are held, and until when.',
    es: 'De cada persona se sabe por qué orden está detenida, y hasta cuándo.',
  },
  states: ['pass', 'unknown', 'not_applicable'],
  members: uncovered('unknown', "'orders-not-stated', 'end-not-stated'", true),
  until: until('unknown'),
})
