import { microsOf } from '../../kernel/time.ts'
import { possibleDoubles } from '../../people/read.ts'
import { countOf, peopleRule, type Rule } from './rule.ts'

/** ICPPED 17(3)(a) to (e), as the codes of src/custody/fields.ts. */
export const registerFields = [
  'name',
  'birth',
  'sex',
  'nationality',
  'identifier',
  'deprived-at',
  'deprived-where',
  'deprived-by',
  'ordered',
  'grounds',
  'supervises',
  'admitted-hour',
  'runs',
] as const
/** ICPPED 17(3)(f). */
export const healthFields = ['examined', 'fitness'] as const

const list = (codes: readonly string[]) => `array[${codes.map((code) => `'${code}'`).join(', ')}]::text[]`
const HEALTH_DUE = `interval '24 hours'`

export const missingFields: Rule = peopleRule({
  id: 'REG-02',
  severity: 'S1',
  kind: 'T',
  citation: [{ instrument: 'ICPPED', provision: '17(3)(a)-(f)' }],
  origin: 'text',
  parameters: [{ name: 'elements of health, after admission', value: '24 h', origin: 'ours' }],
  says: {
    en: 'The register holds every field of the minimum content for each person.',
    es: 'El registro contiene cada dato del contenido mínimo de cada persona.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select c.facility, c.id as custody, c.batch::text as grp, null::text as cause,
  case when m.missing && ${list(registerFields)} then c.admitted else c.admitted + ${HEALTH_DUE} end as since,
  'fail' as state, jsonb_build_object('missing', to_jsonb(m.missing)) as evidence
from completeness m join custody c on c.id = m.custody
where m.span @> $1::timestamptz and ($2::text is null or c.facility = $2)
  and (m.missing && ${list(registerFields)}
    or m.missing && ${list(healthFields)} and c.admitted + ${HEALTH_DUE} <= $1::timestamptz)`,
})

export const custodyConflict: Rule = peopleRule({
  id: 'TRF-09',
  severity: 'S1',
  kind: 'T',
  citation: [{ instrument: 'ICPPED', provision: '17(3)(c)-(e)' }],
  origin: 'text',
  says: {
    en: 'Three authorities are named; no two states each name the other as responsible.',
    es: 'Constan tres autoridades; no hay dos Estados que se señalen mutuamente como responsables.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: `
select c.facility, c.id as custody, max(e.batch::text) as grp, null::text as cause, min(lower(a.span * b.span)) as since,
  'fail' as state,
  jsonb_build_object('states', array[min(a.stated_by), min(a.state)], 'roles', array_agg(distinct a.role)) as evidence
from responsibility a
join responsibility b on b.custody = a.custody and b.role = a.role and b.stated_by = a.state and b.state = a.stated_by
  and b.span @> $1::timestamptz
join custody c on c.id = a.custody
join entry e on e.n = greatest(a.entry_n, b.entry_n)
where a.stated_by <> 'register' and a.stated_by < a.state and a.span @> $1::timestamptz
  and ($2::text is null or c.facility = $2)
group by c.facility, c.id`,
  undecided: countOf(`
select from completeness m join custody c on c.id = m.custody
where m.span @> $1::timestamptz and ($2::text is null or c.facility = $2)
  and m.missing && array['ordered', 'supervises', 'runs']::text[]`),
})

export const custodyOverlap: Rule = peopleRule({
  id: 'custody-overlap',
  severity: 'S1',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'one body is in one custody' }],
  origin: 'ours',
  says: {
    en: 'No two custodies of one person overlap, also where two persons were found to be one.',
    es: 'No se superponen dos custodias de una persona, tampoco si se constató que dos personas son una.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  // An overlap does not pass with time: both cannot be true, so it stands until one of them is corrected.
  members: `
with recursive linked (person, same) as (
  select person, same from person_link where since <= $1::timestamptz
  union
  select l.person, k.same from linked l join person_link k on k.person = l.same and k.since <= $1::timestamptz
), certain (id, person, held) as (
  -- 'Left on the 14th', admitted on the 14th: how long it lasted is not known, so it proves no overlap.
  select c.id, c.person, case when d.at <= lower(c.held) then 'empty' else c.held end
  from custody c left join departure d on d.entry_n = c.departure_n
), pair (one, other) as (
  select a.id, b.id from certain a join certain b on b.person = a.person and a.id < b.id and a.held && b.held
  union
  select a.id, b.id
  from linked l join certain a on a.person = l.person join certain b on b.person = l.same
  where a.id < b.id and a.held && b.held
)
select later.facility, later.id as custody, null::text as grp, earlier.id::text as cause, later.admitted as since,
  'fail' as state, jsonb_build_object('custodies', array[earlier.id::text, later.id::text]) as evidence
from pair
join custody later on later.id in (pair.one, pair.other)
join custody earlier on earlier.id in (pair.one, pair.other) and (earlier.admitted, earlier.id) < (later.admitted, later.id)
where later.admitted <= $1::timestamptz and ($2::text is null or later.facility = $2)`,
})

export const goneFromRoster: Rule = peopleRule({
  id: 'gone-from-roster',
  severity: 'S1',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'gone is never a release' }],
  origin: 'ours',
  says: {
    en: 'Nobody vanishes from a roster without a departure that says how.',
    es: 'Nadie desaparece de una lista sin una salida que diga cómo.',
  },
  states: ['pass', 'unknown', 'not_applicable'],
  // The file that lacked them first names the group: its entries share a batch.
  members: `
select c.facility, p.custody, e.batch::text as grp, null::text as cause, lower(p.span) as since, 'unknown' as state,
  jsonb_build_object('entry', e.id) as evidence
from presence p join custody c on c.id = p.custody join entry e on e.n = p.entry_n
where p.state = 'unknown' and p.because = 'gone-from-roster' and p.span @> $1::timestamptz
  and ($2::text is null or c.facility = $2)`,
  until: `
select q.custody, q.since, coalesce(upper(p.span), q.since) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since)
left join presence p on p.custody = q.custody and p.state = 'unknown' and lower(p.span) = q.since`,
})

export const departureContradiction: Rule = peopleRule({
  id: 'departure-contradiction',
  severity: 'S1',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'contradicting facts are all kept' }],
  origin: 'ours',
  says: {
    en: 'What is said of how and when a person left does not contradict itself.',
    es: 'Lo que se dice de cómo y cuándo salió una persona no se contradice.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select c.facility, c.id as custody, null::text as grp, null::text as cause, greatest(c.admitted, min(d.at)) as since,
  'fail' as state, jsonb_build_object('disputes', to_jsonb(c.disputes)) as evidence
from custody c left join departure d on d.custody = c.id
where c.disputed and ($2::text is null or c.facility = $2)
group by c.id
having greatest(c.admitted, min(d.at)) <= $1::timestamptz`,
})

export const possibleDouble: Rule = {
  id: 'possible-double',
  severity: 'S3',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'two files may be one person' }],
  origin: 'ours',
  says: {
    en: 'No two persons bear the same number, or the same name and birth date, without being told apart or linked.',
    es: 'No hay dos personas con el mismo número, o con el mismo nombre y fecha de nacimiento, sin distinguir o vincular.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  async current(sql, at, facility) {
    const doubles = await possibleDoubles(sql, at)
    if (doubles.length === 0) return []
    const persons = [...new Set(doubles.flatMap(({ person, other }) => [person, other]))]
    const first = await sql.rows<{ person: string; custody: string; facility: string; admitted: string }>(
      `select distinct on (person) person, id as custody, facility, admitted from custody
       where person = any($1::uuid[]) and admitted <= $2::timestamptz order by person, admitted, id`,
      [persons, at],
    )
    const known = new Map(first.map((row) => [row.person, row]))
    return doubles.flatMap(({ person, other, because }) => {
      const [a, b] = [known.get(person), known.get(other)]
      // Found when the second of the two came: the finding stands on their custody.
      if (!a || !b) return []
      const lead = microsOf(a.admitted) - microsOf(b.admitted)
      const later = lead < 0 || (lead === 0 && a.custody < b.custody) ? b : a
      if (facility !== undefined && later.facility !== facility) return []
      return {
        facility: later.facility,
        custody: later.custody,
        cause: `${because}:${later === a ? other : person}`,
        from: later.admitted,
        state: 'fail' as const,
        evidence: { persons: [person, other], because },
      }
    })
  },
}
