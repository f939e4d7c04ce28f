import { createHash } from 'node:crypto'
import { type Actor, FacilityCode } from '../kernel/act.ts'
import type { Clock, Runner, Sql } from '../kernel/ports.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { issueApart, issueReturn } from './acts.ts'
import { FACILITY_ROLES } from './roles.ts'

export type Issued = {
  /** Who had it made; of the machine itself: the service. */
  readonly actor: Actor
  readonly registerNumber: string
  readonly audience: string
  readonly at: string
  readonly known?: number | string
  /** The signed file. */
  readonly bytes: Uint8Array
}

type IssuingHouse = { readonly runner: Runner; readonly database: Sql; readonly clock: Clock }

/**
 * Enters that a return was issued, before it is handed out: to whom, for when, and the digest of the file; not what it
 * says. Undefined when it stands in the record; a refusal where that cannot be now.
 */
export async function enterIssued(
  { runner, database, clock }: IssuingHouse,
  issued: Issued,
): Promise<Refusal | undefined> {
  const { actor, registerNumber, audience, at, known, bytes } = issued
  const [custody] = await database.rows<{ id: string; facility: string }>(
    "select id, facility from custody where register_number = $1 and register_number <> '' limit 1",
    [registerNumber],
  )
  // The number of a sealed custody stands in no register; its facility is its beginning.
  const facility = custody?.facility ?? FacilityCode.safeParse(registerNumber.split('-')[0]).data
  const digest = createHash('sha256').update(bytes).digest('hex')
  const now = clock.now().toString({ smallestUnit: 'millisecond' })
  const isOfFacility = actor.role === 'service' || (FACILITY_ROLES as readonly string[]).includes(actor.role)
  const act = {
    officer: actor.officer,
    role: actor.role,
    route: 'POST /api/returns/:number',
    since: now,
    until: now,
    audience,
    at,
    digest,
    ...(known !== undefined && { known }),
    ...(custody !== undefined && { custody: custody.id }),
  }
  const data = { ...(facility !== undefined && { place: { facility } }), act }
  const kind = isOfFacility ? issueReturn : issueApart
  const outcome = await runner.submit(serviceAct(kind, data, clock, [actor.officer, digest, now]))
  return isRefusal(outcome) ? outcome : undefined
}
