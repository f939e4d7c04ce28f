import { countOf, peopleRule, type Rule } from './rule.ts'

/** Those admitted together share what their admission lacked; that one paper is not authentic is its own cause. */
const admittedTogether = `case when b.cause <> 'not-authentic' then c.batch::text end`
/**
 * A file that brings orders which had ended before it came is one cause, however many people it has. Whose order ends
 * while they are held stands alone: nobody else's end is its cause.
 */
const broughtAlreadyOver = `(select e.batch::text from entry e where e.n = b.entry_n and lower(b.span) <= e.recorded)`

/** People under one state of basis, grouped by a shared cause. */
const uncovered = (state: 'lapse' | 'unknown', causes: string, group: string) => `
select c.facility, b.custody, ${group} as grp, null::text as cause, lower(b.span) as since,
  '${state === 'lapse' ? 'fail' : 'unknown'}' as state, jsonb_build_object('basis', b.cause, 'orders', to_jsonb(b.orders[:50])) as evidence
from basis b join custody c on c.id = b.custody
where b.state <> 'order' and b.state = '${state}' and b.cause in (${causes}) and b.span @> $1::timestamptz
  and ($2::text is null or c.facility = $2)`

/** A lapse ends where its segment ends as it reads now; one that later papers cover from its beginning never was. */
const until = (state: 'lapse' | 'unknown') => `
select q.custody, q.since, coalesce(upper(b.span), q.since) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join basis b on b.custody = q.custody and b.span @> q.since and b.state = '${state}' and lower(b.span) = q.since`

const undecided = countOf(uncovered('unknown', "'orders-not-stated', 'end-not-stated'", admittedTogether))

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
  members: uncovered('lapse', "'admitted-without-order', 'not-authentic'", admittedTogether),
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
  members: uncovered('lapse', "'order-ended', 'release-ordered'", broughtAlreadyOver),
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
  members: uncovered('unknown', "'orders-not-stated', 'end-not-stated'", admittedTogether),
  until: until('unknown'),
})
