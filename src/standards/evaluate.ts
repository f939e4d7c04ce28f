import { dueMisses } from '../duties/read.ts'
import { HOUSE } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { microsOf } from '../kernel/time.ts'
import { closeFinding, openFinding } from './acts.ts'
import { findRule, rules } from './rules/index.ts'
import { type CheckState, countPeople, type Fact, type House, heldAt, type Rule, type Severity } from './rules/rule.ts'

/** An act that is due, as the service `clock` submits it: the id is derived, so doing it twice changes nothing. */
export type DueAct = {
  readonly id: string
  readonly kind: 'finding.open' | 'finding.close' | 'duty.miss'
  readonly occurredAt: { readonly at: string; readonly precision: 'second'; readonly zone: 'UTC' }
  readonly data: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

type OpenFinding = {
  readonly finding: string
  readonly rule: string
  readonly facility: string
  readonly custody: string | null
  readonly cause: string | null
  readonly state: 'fail' | 'unknown'
  readonly from: string
  readonly round: number | null
  readonly entryN: number
}

/**
 * Compares what every rule finds at `now` with the findings that are open, and answers the acts that make them agree:
 * a finding for each new fact, a closing for each finding whose fact has ended; and, first, the duties missed since. The head count of an open group is not a
 * fact of its own: `membersOf` shows it live. Findings that a person opened are left to people.
 */
export async function dueActs(sql: Sql, now: string, house: House = {}): Promise<DueAct[]> {
  const [open, current, misses] = await Promise.all([findOpen(sql), findCurrent(sql, now, house), dueMisses(sql, now)])
  const known = new Set(open.map(keyOfFinding))
  const facts = new Map(current.map(({ rule, fact }) => [keyOfFact(rule, fact), { rule, fact }]))
  const begun = [...facts].filter(([key]) => !known.has(key)).map(([, one]) => one)
  const ended = open.filter((finding) => !facts.has(keyOfFinding(finding)))
  const [openings, closings] = await Promise.all([openActs(sql, begun), closeActs(sql, ended, now)])
  return [...misses, ...closings, ...openings]
}

type RuleFact = { readonly rule: Rule; readonly fact: Fact }

async function findCurrent(sql: Sql, now: string, house: House): Promise<RuleFact[]> {
  const found = await Promise.all(rules.map((rule) => rule.current(sql, now, undefined, house)))
  return found.flatMap((facts, i) => facts.map((fact) => ({ rule: rules[i] as Rule, fact })))
}

/** Open findings that the clock opened: those carry their round and the id that is derived with it. */
async function findOpen(sql: Sql): Promise<OpenFinding[]> {
  const open = await sql.rows<OpenFinding>(
    `select finding, rule, facility, custody, cause, state, lower(span) as "from", entry_n as "entryN",
       (open_evidence ->> 'round')::integer as round
     from finding where closed_n is null and rule = any($1::text[])`,
    [rules.map(({ id }) => id)],
  )
  return open.filter((finding) => finding.round !== null && finding.finding === findingId(finding, finding.round))
}

type Identity = {
  rule: string
  facility: string
  custody: string | null
  cause: string | null
  state: string
  from: string
}

/** A single fact is told by its beginning; a group stays itself while its people come and go. */
const keyOfFinding = ({ rule, facility, custody, cause, state, from }: Identity): string =>
  custody === null
    ? JSON.stringify([rule, facility, null, cause, state])
    : JSON.stringify([rule, facility, custody, cause, state, microsOf(from)])

const identityOf = ({ id }: Rule, fact: Fact): Identity => ({
  rule: id,
  facility: fact.facility,
  custody: fact.custody ?? null,
  cause: fact.cause ?? null,
  state: fact.state,
  from: fact.from,
})

const keyOfFact = (rule: Rule, fact: Fact): string => keyOfFinding(identityOf(rule, fact))

/** `round` counts how often the very same fact came back after its finding was closed. */
const findingId = ({ rule, facility, custody, cause, state, from }: Identity, round: number): string =>
  derivedId('finding', rule, custody ?? facility, cause ?? '', state, String(microsOf(from)), String(round))

async function openActs(sql: Sql, begun: readonly RuleFact[]): Promise<DueAct[]> {
  const waiting = begun.map(({ rule, fact }) => ({ rule, fact, identity: identityOf(rule, fact), round: 0 }))
  // Ids taken by findings that are closed: the same fact is back, and takes the next round.
  for (let unsettled = waiting; unsettled.length > 0; ) {
    const ids = unsettled.map(({ identity, round }) => findingId(identity, round))
    const rows = await sql.rows<{ finding: string }>('select finding from finding where finding = any($1::uuid[])', [
      ids,
    ])
    const taken = new Set(rows.map(({ finding }) => finding))
    unsettled = unsettled.filter((_, i) => taken.has(ids[i] as string))
    for (const one of unsettled) one.round++
  }
  return waiting.map(({ rule, fact, identity, round }) => {
    const finding = findingId(identity, round)
    return {
      id: derivedId('act', openFinding.kind, finding),
      kind: 'finding.open',
      occurredAt: { at: fact.from, precision: 'second', zone: 'UTC' },
      data: {
        ...subjectOf(identity),
        act: {
          finding,
          rule: rule.id,
          severity: rule.severity,
          state: fact.state,
          from: fact.from,
          ...(fact.cause !== undefined && { cause: fact.cause }),
          ...(fact.people !== undefined && { people: fact.people }),
          evidence: { ...fact.evidence, round },
        },
      },
    }
  })
}

/** An act about the installation itself names no facility. */
function subjectOf({ custody, facility }: { custody: string | null; facility: string }) {
  if (custody !== null) return { person: { custody } }
  return facility === HOUSE ? {} : { place: { facility } }
}

async function closeActs(sql: Sql, ended: readonly OpenFinding[], now: string): Promise<DueAct[]> {
  const ends = await endsOf(sql, ended)
  return ended.map((finding) => {
    const end = ends.get(finding.finding)
    const to = end !== undefined && microsOf(end) < microsOf(now) ? end : now
    return {
      id: derivedId('act', closeFinding.kind, finding.finding, String(finding.entryN)),
      kind: 'finding.close',
      occurredAt: { at: to, precision: 'second', zone: 'UTC' },
      data: {
        ...subjectOf(finding),
        act: { finding: finding.finding, to, evidence: { seenAt: now, because: 'the fact no longer holds' } },
      },
    }
  })
}

/** When the facts of single findings ended, by the rule's own table, else with the custody. Groups: as noticed. */
async function endsOf(sql: Sql, ended: readonly OpenFinding[]): Promise<Map<string, string>> {
  const ends = new Map<string, string>()
  const single = ended.filter(({ custody }) => custody !== null)
  for (const [rule, findings] of Map.groupBy(single, ({ rule }) => rule)) {
    const rows = await sql.rows<{ custody: string; since: string; until: string | null }>(
      findRule(rule)?.until ?? UNTIL_DEPARTURE,
      [findings.map(({ custody }) => custody), findings.map(({ from }) => from)],
    )
    const found = new Map(rows.map(({ custody, since, until }) => [`${custody} ${microsOf(since)}`, until]))
    for (const { finding, custody, from } of findings) {
      const until = found.get(`${custody} ${microsOf(from)}`)
      if (until) ends.set(finding, until)
    }
  }
  return ends
}

const UNTIL_DEPARTURE = `
select q.custody, q.since, upper(c.held) as until
from unnest($1::uuid[], $2::timestamptz[]) q(custody, since) join custody c on c.id = q.custody`

export type Assessment = {
  readonly rule: string
  readonly severity: Severity
  readonly state: CheckState
  readonly facts: readonly Fact[]
  /** People whom the rule finds failing, and whom it cannot judge. */
  readonly failing: number
  readonly unknown: number
}

/** One rule on one facility (or all) at an instant. Nobody held: the rules about people do not apply. */
export async function assess(
  sql: Sql,
  rule: Rule,
  { at, facility, house = {} }: { at: string; facility?: string; house?: House },
): Promise<Assessment> {
  const [facts, held, undecided] = await Promise.all([
    rule.current(sql, at, facility, house),
    rule.states.includes('not_applicable') ? heldAt(sql, at, facility) : 1,
    rule.undecided?.(sql, at, facility) ?? 0,
  ])
  const people = await peopleIn(sql, rule, facts, at, facility)
  const [failing, unknown] = [people.fail, people.unknown + undecided]
  return {
    rule: rule.id,
    severity: rule.severity,
    state: stateOf(failing, unknown, held, rule),
    facts,
    failing,
    unknown,
  }
}

/** Groups of one rule may share people: then they are counted by the rule's own query, each once. */
async function peopleIn(sql: Sql, { members }: Rule, facts: readonly Fact[], at: string, facility?: string) {
  const isShared = facts.length > 1 && facts.some((fact) => fact.people !== undefined)
  if (members !== undefined && isShared) return countPeople(sql, members, at, facility)
  const sum = (state: Fact['state']) =>
    facts.filter((fact) => fact.state === state).reduce((all, fact) => all + (fact.people ?? 1), 0)
  return { fail: sum('fail'), unknown: sum('unknown') }
}

function stateOf(failing: number, unknown: number, held: number, rule: Rule): CheckState {
  if (failing > 0) return 'fail'
  if (unknown > 0) return 'unknown'
  if (held === 0) return 'not_applicable'
  return rule.states.includes('pass') ? 'pass' : 'unknown'
}
