import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type DetailedError,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { Section } from '../kernel/act.ts'
import type { Principal } from '../platform/http/endpoint.ts'
import { ROLES, type Role } from './roles.ts'

/** What the policies ask of one custody. `grantedTo`, `glassBrokenBy`: officers, as things stand now. */
export type CustodyFacts = {
  readonly id: string
  readonly facility: string
  readonly states: readonly string[]
  readonly grantedTo: readonly string[]
  readonly glassBrokenBy: readonly string[]
}

/** A principal with the states whose desk they are. */
export type DeskPrincipal = Principal & { readonly states?: readonly string[] }

/** Who may do what, by the policies in `policies/`. A decision takes about 0.15 ms. */
export type Authoriser = {
  /** May the principal do this: to one custody, in one facility (by its code), or in the installation as a whole? */
  mayDo(principal: DeskPrincipal, permission: string, about?: string | CustodyFacts): boolean
  /** The closed sections that the principal opens of this custody after breaking its glass. */
  openedInNeed(principal: Principal, custody: CustodyFacts): readonly Section[]
  /** The roles that have a permission, for the words of a denial. */
  rolesWith(permission: string): readonly Role[]
  /** All permissions that the schema knows. */
  readonly permissions: ReadonlySet<string>
}

/** The policies do not hold together; the message says which and why. The server must not start with them. */
export class PolicyRefused extends Error {
  override readonly name = 'PolicyRefused'
}

export const policiesFolder = fileURLToPath(new URL('../../policies', import.meta.url))
const SCHEMA = 'habeas.cedarschema'

/** Sections that a policy may open to who broke a custody's glass: the schema has an action `open …` for each. */
const IN_NEED = ['legal', 'act', 'medical'] as const satisfies readonly Section[]

const reference = (type: string, id: string) => ({ __entity: { type, id } })

// Cedar keeps what it parsed under a name for the whole process.
let opened = 0

/**
 * Reads and checks the policies of a folder: one policy a file, called as its `@id`.
 * @throws PolicyRefused when one does not parse, or speaks of what the schema does not know, or can never apply.
 */
export async function openAuthoriser(folder: string = policiesFolder): Promise<Authoriser> {
  const schema = await readFile(join(folder, SCHEMA), 'utf8')
  const staticPolicies = await readPolicies(folder)
  const checked = validate({ schema, policies: { staticPolicies }, validationSettings: { mode: 'strict' } })
  if (checked.type === 'failure') throw new PolicyRefused(wordsOf(checked.errors))
  // A warning here says that a policy can never apply: a misspelled `has` is only that.
  const problems = [...checked.validationErrors, ...checked.validationWarnings]
  if (problems.length > 0) {
    throw new PolicyRefused(problems.map(({ policyId, error }) => `${policyId}.cedar: ${wordsOf([error])}`).join('\n'))
  }
  opened += 1
  const name = `habeas-${opened}`
  for (const parsed of [preparseSchema(name, schema), preparsePolicySet(name, { staticPolicies })]) {
    if (parsed.type === 'failure') throw new PolicyRefused(wordsOf(parsed.errors))
  }

  const decide = (principal: DeskPrincipal, permission: string, about?: string | CustodyFacts): boolean => {
    const { officer, role, facility, states } = principal
    const uid = { type: 'Officer', id: officer }
    const attrs = {
      ...(facility !== undefined && { facility: reference('Facility', facility) }),
      ...(states !== undefined && { states: [...states] }),
    }
    const isCustody = typeof about === 'object'
    const resource = isCustody
      ? { type: 'Custody', id: about.id }
      : about === undefined
        ? { type: 'House', id: 'house' }
        : { type: 'Facility', id: about }
    const custody = isCustody
      ? [
          {
            uid: resource,
            attrs: {
              facility: reference('Facility', about.facility),
              states: [...about.states],
              grantedTo: about.grantedTo.map((one) => reference('Officer', one)),
              glassBrokenBy: about.glassBrokenBy.map((one) => reference('Officer', one)),
            },
            parents: [],
          },
        ]
      : []
    const answer = statefulIsAuthorized({
      principal: uid,
      action: { type: 'Action', id: permission },
      resource,
      context: {},
      preparsedSchemaName: name,
      preparsedPolicySetId: name,
      validateRequest: true,
      entities: [{ uid, attrs, parents: [{ type: 'Role', id: role }] }, ...custody],
    })
    if (answer.type === 'failure') throw new PolicyRefused(wordsOf(answer.errors))
    // A policy that errs is skipped by Cedar, a forbid too: then nothing is sure, and nothing is permitted.
    return answer.response.decision === 'allow' && answer.response.diagnostics.errors.length === 0
  }

  const permissions = new Set(
    [...schema.matchAll(/"([a-z]+\.[a-z-]+)"/g)].map(([, permission]) => permission as string),
  )
  const officer = '00000000-0000-0000-0000-000000000000'
  const roles = new Map(
    [...permissions].map((permission) => [permission, ROLES.filter((role) => decide({ officer, role }, permission))]),
  )
  return {
    mayDo: decide,
    openedInNeed: (principal, custody) =>
      IN_NEED.filter((section) => custody.glassBrokenBy.length > 0 && decide(principal, `open ${section}`, custody)),
    rolesWith: (permission) => roles.get(permission) ?? [],
    permissions,
  }
}

/** The policies of a folder by id. */
async function readPolicies(folder: string): Promise<Record<string, string>> {
  const policies: Record<string, string> = {}
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.cedar')).sort()) {
    const text = await readFile(join(folder, file), 'utf8')
    const id = basename(file, '.cedar')
    if (!text.includes(`@id("${id}")`)) throw new PolicyRefused(`${file}: its policy must carry @id("${id}").`)
    policies[id] = text
  }
  if (Object.keys(policies).length === 0) throw new PolicyRefused(`${folder}: there is no policy.`)
  return policies
}

const wordsOf = (errors: readonly DetailedError[]): string =>
  errors.map(({ message, help }) => (help ? `${message} (${help})` : message)).join('; ')
