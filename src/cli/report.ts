import { rollAt } from '../custody/read.ts'
import type { Sql } from '../kernel/ports.ts'
import { countBasisAt } from '../law/read.ts'
import { countMembers, countPeopleOf, findFinding } from '../standards/read.ts'

/** What stands in the registers at an instant: the answer to 'who is held'. */
export type Report = {
  readonly at: string
  readonly held: number
  /** Held on paper; nobody can say where the body is. */
  readonly unconfirmed: number
  readonly basis: {
    readonly order: number
    readonly lapse: number
    readonly unknown: number
    readonly disputed: number
  }
  readonly withoutBunk: number
  readonly findings: readonly {
    readonly rule: string
    readonly severity: string
    /** `fail`, or `unknown` where nobody can say: that is not a pass. */
    readonly state: string
    readonly findings: number
    readonly people: number
  }[]
  /** Register numbers to try, with why each is worth it. */
  readonly try: readonly {
    readonly registerNumber: string
    readonly because: 'order' | 'lapse' | 'disputed' | 'unknown'
  }[]
}

export async function reportAt(sql: Sql, at: string): Promise<Report> {
  const [roll, basis, [bunks], findings, examples] = await Promise.all([
    rollAt(sql, { at }),
    countBasisAt(sql, at),
    sql.rows<{ without: number }>(WITHOUT_BUNK, [at]),
    findingsAt(sql, at),
    sql.rows<Report['try'][number]>(EXAMPLES, [at]),
  ])
  return {
    at,
    held: roll.held,
    unconfirmed: roll.unconfirmed,
    basis,
    withoutBunk: bunks?.without ?? 0,
    findings,
    try: examples,
  }
}

const WITHOUT_BUNK = `
select count(*)::integer as without from custody c
where c.held @> $1::timestamptz
  and not exists (select from bunk_allocation b where b.custody = c.id and b.held @> $1::timestamptz)`

/** Groups whose people are counted anew; beyond that the report says how many they were when the finding was opened. */
const GROUPS_COUNTED_MAX = 40

/** Open findings by rule. A group's people come and go while its finding stays: they are counted as of now. */
async function findingsAt(sql: Sql, at: string): Promise<Report['findings']> {
  const open = await sql.rows<OpenFindings>(OPEN_FINDINGS, [at])
  const groups = open.filter(({ finding }) => finding !== null).slice(0, GROUPS_COUNTED_MAX)
  const counted = new Map<OpenFindings, number>()
  for (const group of groups) {
    const view = await findFinding(sql, group.finding as string)
    if (view) counted.set(group, await countMembers(sql, view, at))
  }
  const rows = new Map<string, Report['findings'][number]>()
  for (const group of open) {
    const { rule, severity, state, findings, people } = group
    const key = `${severity} ${rule} ${state}`
    const known = rows.get(key) ?? { rule, severity, state, findings: 0, people: 0 }
    rows.set(key, {
      ...known,
      findings: known.findings + findings,
      people: known.people + (counted.get(group) ?? people),
    })
  }
  for (const [key, row] of rows) {
    const groupsOfRule = groups.filter(({ rule, state }) => rule === row.rule && state === row.state)
    if (groupsOfRule.length < 2) continue
    // Its groups may share people; those of a row are never more than the rule finds.
    const { [row.state]: people = row.people } = await countPeopleOf(sql, row.rule, at)
    rows.set(key, { ...row, people: Math.min(row.people, people) })
  }
  return [...rows.values()].sort((a, b) => a.severity.localeCompare(b.severity) || b.people - a.people)
}

type OpenFindings = Report['findings'][number] & { readonly finding: string | null }

/** Findings about one person together, groups and those about the installation one by one. */
const OPEN_FINDINGS = `
select rule, severity, state, case when custody is null then finding end as finding,
  count(*)::integer as findings, sum(case when custody is null then coalesce(people, 0) else 1 end)::integer as people
from finding where span @> $1::timestamptz
group by rule, severity, state, case when custody is null then finding end`

/** One who is covered, one in a lapse, one disputed (or whoever there is): the same three at each start. */
const EXAMPLES = `
select "registerNumber", because from (
  select distinct on (b.state) c.register_number as "registerNumber", b.state as because
  from basis b join custody c on c.id = b.custody
  where b.span @> $1::timestamptz and c.register_number is not null
  order by b.state, c.register_number) examples
order by array_position(array['order', 'lapse', 'disputed', 'unknown'], because) limit 3`
