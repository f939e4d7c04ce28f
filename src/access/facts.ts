import type { Sql } from '../kernel/ports.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import type { CustodyFacts } from './authorise.ts'

type Row = Omit<CustodyFacts, 'id'> & {
  readonly id: string | null
  readonly isGranted: boolean
  readonly isBroken: boolean
}

/**
 * What the policies ask of these custodies and of this principal, as the registers have it now. Grants and broken glass
 * of other officers are left out: no policy about this one asks for them.
 */
export async function factsOf(
  sql: Sql,
  { officer, role }: Principal,
  custodies: readonly { readonly id: string; readonly facility: string }[],
  now: string,
): Promise<{ readonly states: readonly string[]; readonly custodies: readonly CustodyFacts[] }> {
  if (custodies.length === 0) return { states: [], custodies: [] }
  const [rows, desks] = await Promise.all([
    sql.rows<Row>(FACTS, [custodies.map(({ id }) => id), officer, role, now]),
    role === 'sending-state' ? sql.rows<{ state: string }>(DESKS, [officer, now]) : [],
  ])
  return {
    states: desks.map(({ state }) => state),
    custodies: rows.flatMap(({ id, facility, states, isGranted, isBroken }) =>
      id === null
        ? []
        : [{ id, facility, states, grantedTo: isGranted ? [officer] : [], glassBrokenBy: isBroken ? [officer] : [] }],
    ),
  }
}

// Looked up by what was asked for, not by what is there: of somebody who does not exist it must take as long.
const FACTS = `
select s.id, s.facility,
  array(select distinct state from responsibility where custody = asked.id and role in ('ordered', 'supervises')) as states,
  exists (select from access_grant where custody = asked.id and officer = $2::uuid and role = $3::text
    and span @> $4::timestamptz) as "isGranted",
  exists (select from glass_broken where custody = asked.id and officer = $2::uuid
    and span @> $4::timestamptz) as "isBroken"
from unnest($1::uuid[]) asked(id) left join subject s on s.id = asked.id and s.kind = 'custody'`

const DESKS = `select distinct state from access_desk where officer = $1::uuid and span @> $2::timestamptz order by state`
