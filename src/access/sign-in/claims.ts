import { FacilityCode } from '../../kernel/act.ts'
import { line } from '../../kernel/text.ts'
import type { Language } from '../../platform/http/problems.ts'
import { ROLES, type Role } from '../roles.ts'

/** Roles of people. A service has a token; nobody signs in as one. */
export type OfficerRole = Exclude<Role, 'service'>
export const OFFICER_ROLES = ROLES.filter((role): role is OfficerRole => role !== 'service')

/** Who signed in, as the issuer says it. */
export type Claimed = {
  readonly issuer: string
  readonly subject: string
  readonly role: OfficerRole
  readonly facility?: string
  /** A pseudonym. */
  readonly label?: string
  readonly language?: Language
  /** When the officer last proved who they are; only where that was asked for. */
  readonly authenticated?: Temporal.Instant
}

export type ClaimNames = {
  readonly role: string
  readonly facility: string
  readonly label: string
  /** Pairs of a claim's value and the role it stands for; the first that holds counts. */
  readonly roleValues: readonly (readonly [value: string, role: OfficerRole])[]
}

/**
 * Pairs as they are configured, `value=role`; the roles' own names where there are none.
 * @throws RangeError naming the role that does not exist
 */
export function readRoleValues(pairs: readonly string[]): ClaimNames['roleValues'] {
  if (pairs.length === 0) return OFFICER_ROLES.map((role) => [role, role] as const)
  return pairs.map((pair) => {
    const at = pair.lastIndexOf('=')
    const role = OFFICER_ROLES.find((role) => role === pair.slice(at + 1))
    if (role === undefined)
      throw new RangeError(`${pair.slice(at + 1)} is no role (known: ${OFFICER_ROLES.join(', ')})`)
    return [pair.slice(0, at), role] as const
  })
}

const Label = line(80)

/** The claims of an ID token; undefined when they name no role here, or a facility that none can be called. */
export function readClaims(
  claims: Readonly<Record<string, unknown>>,
  names: ClaimNames,
): Pick<Claimed, 'role' | 'facility' | 'label' | 'language'> | undefined {
  const held = [claimOf(claims, names.role)].flat().filter((value) => typeof value === 'string')
  const role = names.roleValues.find(([value]) => held.includes(value))?.[1]
  if (role === undefined) return undefined
  const facility = claimOf(claims, names.facility)
  if (facility !== undefined && facility !== null && !FacilityCode.safeParse(facility).success) return undefined
  const label = Label.safeParse(claimOf(claims, names.label))
  const language = String(claims.locale ?? '').slice(0, 2)
  return {
    role,
    ...(typeof facility === 'string' && { facility }),
    ...(label.success && { label: label.data }),
    ...((language === 'es' || language === 'en') && { language }),
  }
}

/** By its name, else by a path of names: some issuers put roles into an object (`realm_access.roles`). */
function claimOf(claims: Readonly<Record<string, unknown>>, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      claims,
    )
}
