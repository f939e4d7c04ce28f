import { type Act, type ActKind, SECTIONS } from '../kernel/act.ts'
import type { Contract } from '../kernel/contract.ts'
import type { Clock, Sql } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Visible } from '../kernel/visible.ts'
import { EACH_ACT, type Guard, type Input, type Principal, PUBLIC, SIGNED_IN } from '../platform/http/endpoint.ts'
import { isAmendment } from '../record/registry.ts'
import { breakGlass } from './acts.ts'
import type { Authoriser } from './authorise.ts'
import { factsOf } from './facts.ts'
import type { Watching } from './looks.ts'
import { visibleTo } from './predicate.ts'
import { refuseAccess } from './refusals.ts'
import { GRANTED_ROLES } from './roles.ts'
import { scopeOf } from './scope.ts'
import { mayOpenKind } from './sections.ts'
import type { SignIn } from './sign-in/sign-in.ts'
import { findPrincipal } from './tokens.ts'

export type GuardOptions = {
  readonly authoriser: Authoriser
  readonly sql: Sql
  readonly clock: Clock
  readonly acts: readonly ActKind[]
  readonly signIn: Pick<SignIn, 'authenticate' | 'steppedUp'>
  readonly looks: Watching
}

/** Permissions of whoever asks for themselves, or that are asked for act by act: nothing to decide about others. */
const UNDECIDED = new Set<string>([PUBLIC, SIGNED_IN, EACH_ACT])

/**
 * The server's guard: tokens and sessions for who, policies for what. One decision a request; a second one about whom,
 * for those who see only some people.
 */
export function makeGuard(options: GuardOptions): Guard {
  const { authoriser, sql, clock, signIn, looks } = options
  const about = makeAbout(options)
  return {
    async authenticate(request) {
      const { authorization } = request.headers
      const signedIn = authorization === undefined ? await signIn.authenticate(request) : undefined
      if (signedIn !== undefined) return signedIn
      const token = /^Bearer ([^\s]{1,200})$/i.exec(authorization ?? '')?.[1]
      const principal = token === undefined ? undefined : await findPrincipal(sql, clock, token)
      return principal ?? refuseAccess('unauthenticated')
    },
    authorise(principal, contract) {
      if (UNDECIDED.has(contract.permission)) return undefined
      // Who is bound is asked about at home first; what the request turns out to be about comes in `within`.
      return refusalFor(authoriser, principal, contract.permission, principal.facility)
    },
    async within(principal, contract, input) {
      return UNDECIDED.has(contract.permission) ? undefined : about(principal, contract, input)
    },
    steppedUp: (principal, request, given) => signIn.steppedUp(principal, request, given),
    view: (principal, now) => viewOf(authoriser, sql, principal, now),
    answered: (principal, contract, input, answer) => looks.note(principal, contract, input, answer),
    denied: (principal, contract, { code }) => looks.deny(principal, contract, code),
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

/** Decides about what a request names: `undefined` when the principal may. */
export type About = (
  principal: Principal,
  contract: Pick<Contract, 'path' | 'permission' | 'personal' | 'cut'>,
  input: Input,
) => Promise<Refusal | undefined>

/** A custody that is nobody's. */
const NOBODY_HELD = {
  id: '00000000-0000-0000-0000-000000000000',
  facility: 'NOBODY',
  states: [],
  grantedTo: [],
  glassBrokenBy: [],
} as const

/**
 * For a principal who sees only some people: each custody that a request names must be one of them. What is not is
 * answered as what does not exist, in the same words. Who is bound to a facility must name it where no custody is named,
 * unless the answer is cut.
 */
export function makeAbout({ authoriser, sql, clock, acts }: Omit<GuardOptions, 'signIn'>): About {
  const beginning = new Set(acts.filter(({ begins }) => begins).map(({ kind }) => `/api/acts/${kind}`))
  return async (principal, contract, input) => {
    const isGranted = (GRANTED_ROLES as readonly string[]).includes(principal.role)
    const isLimited = isGranted || principal.facility !== undefined
    if (!isLimited && !contract.path.startsWith('/api/entries/')) return undefined
    const scope = await scopeOf(sql, contract, input)
    if (scope.entries.some(({ kind }) => !mayOpenKind(principal.role, kind))) {
      return refuseAccess(isLimited ? 'nothing-here' : 'no-such-entry')
    }
    if (!isLimited) return undefined
    // An admission names a custody that is not there yet: it is about its facility.
    const isBeginning = beginning.has(contract.path) && scope.custodies.length === 0
    const { permission } = contract
    if (scope.isUnknown && !isBeginning) {
      // The same work as for somebody who may not be seen: else the time would tell who exists.
      await factsOf(sql, principal, [NOBODY_HELD], clock.now().toString())
      authoriser.mayDo(principal, permission, NOBODY_HELD)
      return refuseAccess('nothing-here')
    }
    const { states, custodies } = await factsOf(sql, principal, scope.custodies, clock.now().toString())
    const who = states.length > 0 ? { ...principal, states } : principal
    if (!custodies.every((custody) => authoriser.mayDo(who, permission, custody))) return refuseAccess('nothing-here')
    const places = [
      ...scope.facilities,
      ...scope.entries.flatMap(({ custody, facility }) => (custody === null ? [facility] : [])),
    ]
    if (isGranted && contract.personal && !contract.cut && custodies.length === 0) return refuseAccess('nothing-here')
    if (principal.facility === undefined) return undefined
    const isNamed = places.length > 0 || custodies.length > 0 || contract.cut === true
    const allowed = isNamed
      ? places.every((facility) => authoriser.mayDo(principal, permission, facility))
      : authoriser.mayDo(principal, permission)
    return allowed ? undefined : refuseAccess('another-facility', { permission, facility: principal.facility })
  }
}

/** What a principal may see. Sections of one custody are asked for only where some may have been opened in need. */
export function viewOf(authoriser: Authoriser, sql: Sql, principal: Principal, now: string): Visible {
  const visible = visibleTo(principal, now)
  return {
    ...visible,
    async sectionsOf(custody) {
      if (authoriser.rolesWith('glass.break').every((role) => role !== principal.role)) return visible.sections
      const { custodies } = await factsOf(sql, principal, [{ id: custody, facility: '' }], now)
      const opened = custodies.flatMap((facts) => authoriser.openedInNeed(principal, facts))
      return SECTIONS.filter((section) => visible.sections.includes(section) || opened.includes(section))
    },
  }
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
  // Whoever broke a glass would otherwise take it back before oversight has looked.
  if (first?.kind === breakGlass.kind) return refuseAccess('not-permitted', { permission, roles: [] })
  return refusalFor(authoriser, principal, permission, principal.facility)
}
