import { readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type DetailedError,
  type EntityUidJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs'
import type { Principal } from '../platform/http/endpoint.ts'
import { ROLES, type Role } from './roles.ts'

/** Who may do what, by the policies in `policies/`. A decision takes about 0.15 ms. */
export type Authoriser = {
  /** May the principal do this, in this facility or (without one) in the installation as a whole? */
  mayDo(principal: Principal, permission: string, facility?: string): boolean
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

  const decide = (principal: Principal, permission: string, facility?: string): boolean => {
    const uid = { type: 'Officer', id: principal.officer }
    const attrs: Record<string, { __entity: EntityUidJson & { type: string; id: string } }> =
      principal.facility === undefined ? {} : { facility: { __entity: { type: 'Facility', id: principal.facility } } }
    const answer = statefulIsAuthorized({
      principal: uid,
      action: { type: 'Action', id: permission },
      resource: facility === undefined ? { type: 'House', id: 'house' } : { type: 'Facility', id: facility },
      context: {},
      preparsedSchemaName: name,
      preparsedPolicySetId: name,
      validateRequest: true,
      entities: [{ uid, attrs, parents: [{ type: 'Role', id: principal.role }] }],
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
