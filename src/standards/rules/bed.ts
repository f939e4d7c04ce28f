import { peopleRule, type Rule } from './rule.ts'

/**
 * Who has no bunk, by facility. Where no bunk of the facility is on file nobody can say, so it is unknown; whether a
 * bunk has its bedding is measured nowhere yet, so that is unknown for everybody who has one.
 */
const members = `
select c.facility, c.id as custody,
  case when a.bunk is null then 'no-bunk' else 'bedding-not-measured' end as grp, null::text as cause, c.admitted as since,
  case when a.bunk is null and c.facility = any(array(
    select distinct facility from bunk where span @> $1::timestamptz
  )) then 'fail' else 'unknown' end as state, '{}'::jsonb as evidence
from custody c
left join bunk_allocation a on a.custody = c.id and a.held @> $1::timestamptz
where c.held @> $1::timestamptz and ($2::text is null or c.facility = $2)`

export const ownBed: Rule = peopleRule({
  id: 'BED-01',
  severity: 'S2',
  kind: 'U',
  citation: [{ instrument: 'Nelson Mandela Rules', provision: '21' }],
  origin: 'text',
  says: {
    en: 'Every person has a bed of their own, with sufficient clean bedding of their own.',
    es: 'Toda persona dispone de una cama individual, con ropa de cama individual suficiente y limpia.',
  },
  // No `pass` until bedding is measured: unknown is never shown as one.
  states: ['fail', 'unknown', 'not_applicable'],
  members,
  async groupEvidence(sql, at, facility) {
    const [row] = await sql.rows<{ held: number; bunks: number }>(
      `select (select count(*) from custody where facility = $2 and held @> $1::timestamptz) as held,
         (select count(*) from bunk where facility = $2 and span @> $1::timestamptz) as bunks`,
      [at, facility],
    )
    return { held: row?.held ?? 0, bunks: row?.bunks ?? 0 }
  },
})
