import type { Sql } from '../../kernel/ports.ts'
import { lawChangesOf, lawHashes } from '../../law/read.ts'
import { countOf, type Fact, peopleRule, type Rule } from './rule.ts'

/** A person whose sentences are served is still held lawfully where another order, of another kind, stands. */
const noOtherOrder = `not exists (
  select from legal_order o
  where o.custody = c.id and o.begins <= $1::timestamptz and (o.ends is null or o.ends > $1::timestamptz)
    and o.kind in ('arrest', 'administrative-detention', 'judicial-detention', 'remand', 'extension', 'immigration',
      'civil-commitment')
    and o.order_id::text <> all(s.orders))`

export const releaseDatePassed: Rule = peopleRule({
  id: 'release-date-passed',
  severity: 'S1',
  kind: 'ours',
  citation: [
    { instrument: 'ICCPR', provision: '9(1)' },
    { instrument: 'Body of Principles (A/RES/43/173)', provision: '11(3)' },
    { instrument: 'Habeas', provision: 'the earliest reading of a sentence drives the alarm' },
  ],
  origin: 'ours',
  says: {
    en: 'Nobody is held past the earliest day on which all sentences may be served.',
    es: 'Nadie sigue detenido después del primer día en que todas sus condenas pueden estar cumplidas.',
  },
  states: ['pass', 'fail', 'unknown', 'not_applicable'],
  members: `
select c.facility, c.id as custody, case when s.since is null then 'no-release-date' end as grp, null::text as cause,
  coalesce(s.since, s.entered) as since, case when s.since is null then 'unknown' else 'fail' end as state,
  jsonb_build_object('lastLawfulDay', s.last_day::text, 'cases', s.cases) as evidence
from (
  select t.custody, case when bool_and(t.free_from is not null) then max(t.free_from) end as since,
    max(t.last_day) as last_day, count(*) as cases, min(e.recorded) as entered,
    array(select unnest(u.orders) from sentence_case u where u.custody = t.custody) as orders
  from sentence_case t join sentence_entry e on e.entry_n = t.entry_n
  where t.custody in (select custody from sentence_case where free_from is null or free_from <= $1::timestamptz)
  group by t.custody
) s
join custody c on c.id = s.custody
where c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)
  and s.entered <= $1::timestamptz and (s.since is null or s.since <= $1::timestamptz and ${noOtherOrder})`,
  undecided: countOf(`
select c.id from custody c
where c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)
  and exists (
    select from legal_order o where o.custody = c.id and o.kind = 'sentence' and o.begins <= $1::timestamptz
      and (o.ends is null or o.ends > $1::timestamptz))
  and not exists (select from sentence_case s where s.custody = c.id)`),
})

export const signedDateOutdated: Rule = peopleRule({
  id: 'signed-date-outdated',
  severity: 'S2',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'a date is signed over its facts and its law' }],
  origin: 'ours',
  says: {
    en: 'Signed dates of a sentence are those that follow from its facts and its law now, and no second person disagrees.',
    es: 'Las fechas firmadas de una condena son las que resultan de sus hechos y su ley ahora, y ninguna segunda persona disiente.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  members: `
select c.facility, c.id as custody, null::text as grp, null::text as cause,
  min(case when d.state = 'outdated' then d.outdated_from else d.checked_at end) as since, 'fail' as state,
  jsonb_build_object('dates', array_agg(distinct d.type), 'causes', array_agg(distinct coalesce(d.cause, 'disagreed'))) as evidence
from sentence_date d join custody c on c.id = d.custody
where (d.state = 'outdated' or d.checked = 'disagrees') and c.held @> $1::timestamptz
  and ($2::text is null or c.facility = $2) and d.signed_at <= $1::timestamptz
group by c.facility, c.id`,
})

/**
 * A law takes effect for people who are held, and nobody has looked at whom it moves: a change that commenced since their
 * sentence was entered, or a pack of this program that is another than the one their dates were signed over.
 */
export const lawNotReviewed: Rule = {
  id: 'law-not-reviewed',
  severity: 'S2',
  kind: 'ours',
  citation: [{ instrument: 'Habeas', provision: 'everybody is recomputed before a new law takes effect' }],
  origin: 'ours',
  says: {
    en: 'Before a new sentence law takes effect, everybody was recomputed and somebody looked at who moves.',
    es: 'Antes de que una nueva ley de condenas rija, se recalculó a todas las personas y alguien miró a quién mueve.',
  },
  states: ['pass', 'fail', 'not_applicable'],
  async current(sql, at, facility) {
    const found = [...(await unreviewedVersions(sql, at, facility)), ...(await unreviewedChanges(sql, at, facility))]
    return found.map(
      ({ facility: code, pack, change, people, from }): Fact => ({
        facility: code,
        cause: `${pack} ${change}`,
        from,
        state: 'fail',
        people,
        evidence: { pack, change, people, seenAt: at },
      }),
    )
  },
}

type Unreviewed = { facility: string; pack: string; change: string; people: number; from: string }

const unreviewedVersions = (sql: Sql, at: string, facility: string | undefined): Promise<Unreviewed[]> =>
  sql.rows<Unreviewed>(
    `select c.facility, s.pack, 'version' as change, count(distinct c.id)::integer as people, min(d.signed_at) as "from"
     from sentence_date d join sentence_case s on s.custody = d.custody and s.case_id = d.case_id
     join custody c on c.id = d.custody join unnest($3::text[], $4::text[]) h(pack, hash) on h.pack = s.pack
     where d.pack_hash is not null and d.pack_hash <> h.hash and c.held @> $1::timestamptz
       and ($2::text is null or c.facility = $2)
       and not exists (
         select from law_review r where r.pack = s.pack and r.after = h.hash and r.facility = c.facility
           and r.at <= $1::timestamptz)
     group by c.facility, s.pack order by c.facility, s.pack`,
    [at, facility ?? null, [...lawHashes.keys()], [...lawHashes.values()]],
  )

function unreviewedChanges(sql: Sql, at: string, facility: string | undefined): Promise<Unreviewed[]> {
  const changes = lawChangesOf().filter(({ commences }) => commences <= at.slice(0, 10))
  return sql.rows<Unreviewed>(
    `select c.facility, s.pack, k.change, count(distinct c.id)::integer as people, min(k.commences)::timestamptz as "from"
     from unnest($3::text[], $4::text[], $5::date[]) k(pack, change, commences)
     join sentence_case s on s.pack = k.pack join sentence_entry e on e.entry_n = s.entry_n
     join custody c on c.id = s.custody
     where e.recorded < k.commences and c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)
       and not exists (
         select from law_review r where r.pack = s.pack and r.change = k.change and r.facility = c.facility
           and r.at <= $1::timestamptz)
     group by c.facility, s.pack, k.change order by c.facility, s.pack, k.change`,
    [
      at,
      facility ?? null,
      changes.map(({ pack }) => pack),
      changes.map(({ change }) => change),
      changes.map(({ commences }) => commences),
    ],
  )
}
