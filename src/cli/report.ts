import { rollAt } from '../custody/read.ts'
import type { Sql } from '../kernel/ports.ts'
import { countBasisAt } from '../law/read.ts'

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
    sql.rows<Report['findings'][number]>(OPEN_FINDINGS, [at]),
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

const OPEN_FINDINGS = `
select rule, severity, state, count(*)::integer as findings, coalesce(sum(coalesce(people, 1)), 0)::integer as people
from finding where span @> $1::timestamptz group by rule, severity, state order by severity, people desc, rule`

/** One who is covered, one in a lapse, one disputed (or whoever there is): the same three at each start. */
const EXAMPLES = `
select "registerNumber", because from (
  select distinct on (b.state) c.register_number as "registerNumber", b.state as because
  from basis b join custody c on c.id = b.custody
  where b.span @> $1::timestamptz and c.register_number is not null
  order by b.state, c.register_number) examples
order by array_position(array['order', 'lapse', 'disputed', 'unknown'], because) limit 3`
