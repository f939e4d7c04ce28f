import { defineRoute, type Route } from '../kernel/contract.ts'
import {
  findingContract,
  findingPeopleContract,
  findingsContract,
  rulesContract,
  scorecardContract,
} from './contract.ts'
import { refuseFinding } from './decide.ts'
import { countFindings, countMembers, findFinding, listFindings, membersOf, scorecardAt } from './read.ts'
import { rules } from './rules/index.ts'

/** A list without the fields that were not asked for: an absent filter filters nothing. */
const given = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

export const routes: readonly Route[] = [
  defineRoute(findingsContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, limit, after, ...filters } = query
    const filter = { at, visible, ...given(filters) }
    const [counts, findings] = await Promise.all([
      countFindings(sql, filter),
      // One more than asked for tells whether there is a next page.
      listFindings(sql, { ...filter, ...given({ after }), limit: limit + 1 }),
    ])
    const page = findings.slice(0, limit)
    return { at, counts, findings: page, next: findings.length > limit ? (page.at(-1)?.entryN ?? null) : null }
  }),

  defineRoute(findingContract, async ({ params, query }, { sql, now, visible }) => {
    const at = query.at ?? now
    const finding = await findFinding(sql, params.id, visible)
    if (!finding) return refuseFinding('finding-unknown', { finding: params.id })
    return { at, finding, people: await countMembers(sql, finding, at) }
  }),

  defineRoute(findingPeopleContract, async ({ params, query }, { sql, now, visible }) => {
    const { at = now, after, limit } = query
    const finding = await findFinding(sql, params.id, visible)
    if (!finding) return refuseFinding('finding-unknown', { finding: params.id })
    const people = await membersOf(sql, finding, { at, ...given({ after }), limit: limit + 1 })
    const page = people.slice(0, limit)
    return { at, people: page, next: people.length > limit ? (page.at(-1)?.custody ?? null) : null }
  }),

  defineRoute(rulesContract, async () => ({
    rules: rules.map(({ id, severity, kind, citation, origin, parameters, says, states }) => ({
      id,
      severity,
      kind,
      citation: [...citation],
      origin,
      parameters: [...(parameters ?? [])],
      says,
      states: [...states],
    })),
  })),

  defineRoute(scorecardContract, async ({ query }, { sql, now }) => {
    const { at = now, ...filters } = query
    const card = await scorecardAt(sql, { at, ...given(filters) })
    return {
      at,
      rules: card.map(({ facts: _facts, ...measured }) => measured),
    }
  }),
]
