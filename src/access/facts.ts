import type { Sql } from '../kernel/ports.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import type { CustodyFacts } from './authorise.ts'

type Row = CustodyFacts & { readonly isGranted: boolean; readonly isBroken: boolean }

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
    custodies: rows.map(({ id, facility, states, isGranted, isBroken }) => ({
      id,
      facility,
      states,
      grantedTo: isGranted ? [officer] : [],
      glassBrokenBy: isBroken ? [officer] : [],
    })),
  }
}

const FACTS = `
select s.id, s.facility,
  array(select distinct state from responsibility where custody = s.id and role in ('ordered', 'supervises')) as states,
  exists (select from access_grant where custody = s.id and officer = $2::uuid and role = $3::text
    and span @> $4::timestamptz) as "isGranted",
  exists (select from glass_broken where custody = s.id and officer = $2::uuid
    and span @> $4::timestamptz) as "isBroken"
from subject s where s.id = any($1::uuid[]) and s.kind = 'custody'`

const DESKS = `select distinct state from access_desk where officer = $1::uuid and span @> $2::timestamptz order by state`
