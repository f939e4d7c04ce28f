import type { Act, ActKind } from '../kernel/act.ts'
import type { Clock, Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { EACH_ACT, type Guard, type Principal, PUBLIC } from '../platform/http/endpoint.ts'
import { isAmendment } from '../record/registry.ts'
import type { Authoriser } from './authorise.ts'
import { refuseAccess } from './refusals.ts'
import { facilitiesOf } from './scope.ts'
import { findPrincipal } from './tokens.ts'

/** The server's guard: tokens for who, policies for what, one decision a request (two where a facility binds). */
export function makeGuard(authoriser: Authoriser, sql: Sql, clock: Clock): Guard {
  return {
    async authenticate(authorization) {
      const token = /^Bearer ([^\s]{1,200})$/i.exec(authorization ?? '')?.[1]
      const principal = token === undefined ? undefined : await findPrincipal(sql, clock, token)
      return principal ?? refuseAccess('unauthenticated')
    },
    authorise(principal, contract) {
      if (contract.permission === EACH_ACT) return undefined
      // Who is bound is asked about at home first; what the request turns out to be about comes in `within`.
      return refusalFor(authoriser, principal, contract.permission, principal.facility)
    },
    async within(principal, contract, input) {
      if (contract.permission === EACH_ACT || contract.permission === PUBLIC) return undefined
      return refusalWithin(authoriser, principal, contract.permission, await facilitiesOf(sql, contract, input))
    },
  }
}

/** Undefined when the principal may. */
export function refusalFor(
  authoriser: Authoriser,
  principal: Principal,
  permission: string,
  facility?: string,
): Refusal | undefined {
  if (authoriser.mayDo(principal, permission, facility)) return undefined
  return refuseAccess('not-permitted', { permission, roles: authoriser.rolesWith(permission) })
}

/** For a principal bound to a facility: every facility that a request is about must be its own, or be permitted. */
export function refusalWithin(
  authoriser: Authoriser,
  principal: Principal,
  permission: string,
  facilities: readonly string[],
): Refusal | undefined {
  const asked = facilities.length === 0 ? [undefined] : facilities
  const allowed = asked.every(
    (facility) => facility === principal.facility || authoriser.mayDo(principal, permission, facility),
  )
  return allowed ? undefined : refuseAccess('another-facility', { permission, facility: principal.facility })
}

/**
 * Whoever corrects or withdraws an entry must be allowed to make such an entry: else a facility could withdraw a
 * finding against itself. Undefined when that is so, and where the entry is unknown (the record refuses that itself).
 */
export async function refusalToAmend(
  authoriser: Authoriser,
  sql: Sql,
  kinds: ReadonlyMap<string, ActKind>,
  principal: Principal,
  act: Act,
): Promise<Refusal | undefined> {
  if (!isAmendment(act.kind.kind)) return undefined
  // A withdrawal of a correction of an entry: what is amended in the end is the first entry.
  const [first] = await sql.rows<{ kind: string }>(
    `with recursive amended as (
       select id, kind, amends, 1 as depth from entry where id = $1::uuid
       union all
       select entry.id, entry.kind, entry.amends, depth + 1
       from entry join amended on entry.id = amended.amends
       where depth < 1000
     )
     select kind from amended order by depth desc limit 1`,
    [act.data.act?.entry],
  )
  const permission = first === undefined ? undefined : kinds.get(first.kind)?.permission
  if (permission === undefined) return undefined
  return refusalFor(authoriser, principal, permission, principal.facility)
}
