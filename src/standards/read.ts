import type { Sql } from '../kernel/ports.ts'
import { seesAll, type Visible } from '../kernel/visible.ts'
import { type Assessment, assess } from './evaluate.ts'
import { findRule, rules } from './rules/index.ts'
import { countPeople, type Evidence, type Severity } from './rules/rule.ts'

export { DueWatch } from './watch.ts'

export type FindingView = {
  readonly finding: string
  readonly rule: string
  readonly severity: Severity
  readonly state: 'fail' | 'unknown'
  readonly facility: string
  readonly custody: string | null
  /** Of the custody, where it is about one. */
  readonly registerNumber: string | null
  readonly cause: string | null
  readonly from: string
  /** Null: open. */
  readonly to: string | null
  /** People when it was opened; `membersOf` counts them at any instant. */
  readonly peopleAtOpening: number | null
  readonly openEvidence: Evidence
  readonly closeEvidence: Evidence | null
  readonly entryN: number
  readonly closedN: number | null
}

const FINDING = `finding, rule, severity, state, facility, custody,
  (select register_number from custody c where c.id = finding.custody) as "registerNumber", cause, lower(span) as "from", upper(span) as "to",
  people as "peopleAtOpening", open_evidence as "openEvidence", close_evidence as "closeEvidence",
  entry_n as "entryN", closed_n as "closedN"`

export type FindingFilter = {
  readonly at: string
  readonly facility?: string
  readonly rule?: string
  readonly severity?: Severity
  readonly custody?: string
  /** Keyset: the entry number of the last finding of the page before. */
  readonly after?: number
  readonly limit: number
  /** Whom the reader may see; absent: all. */
  readonly visible?: Visible
}

const OF_FINDING = { custody: 'finding.custody', facility: 'finding.facility' }

const MATCHING = `from finding where span @> $1::timestamptz and ($2::text is null or facility = $2)
  and ($3::text is null or rule = $3) and ($4::text is null or severity = $4) and ($5::uuid is null or custody = $5)`

const matchingValues = ({ at, facility, rule, severity, custody }: Omit<FindingFilter, 'limit'>) => [
  at,
  facility ?? null,
  rule ?? null,
  severity ?? null,
  custody ?? null,
]

/** Findings that stood at an instant, in the order in which they were opened. */
export function listFindings(sql: Sql, filter: FindingFilter): Promise<FindingView[]> {
  const { visible = seesAll } = filter
  return sql.rows<FindingView>(
    `select ${FINDING} ${MATCHING} and entry_n > $6 and ${visible.sql(8, OF_FINDING)} order by entry_n limit $7`,
    [...matchingValues(filter), filter.after ?? 0, filter.limit, ...visible.values],
  )
}

export type FindingCount = { readonly rule: string; readonly severity: Severity; readonly findings: number }

/** How many findings of each rule stood at an instant. */
export function countFindings(sql: Sql, filter: Omit<FindingFilter, 'after' | 'limit'>): Promise<FindingCount[]> {
  const { visible = seesAll } = filter
  return sql.rows<FindingCount>(
    `select rule, severity, count(*) as findings ${MATCHING} and ${visible.sql(6, OF_FINDING)}
     group by rule, severity order by severity, rule`,
    [...matchingValues(filter), ...visible.values],
  )
}

/** Undefined where there is none, or none that the reader may see. */
export async function findFinding(
  sql: Sql,
  finding: string,
  visible: Visible = seesAll,
): Promise<FindingView | undefined> {
  const text = `select ${FINDING} from finding where finding = $1 and ${visible.sql(2, OF_FINDING)}`
  return (await sql.rows<FindingView>(text, [finding, ...visible.values]))[0]
}

export type FindingMember = {
  readonly custody: string
  readonly registerNumber: string | null
  readonly since: string
}

type MembersQuery = { readonly at: string; readonly after?: string; readonly limit: number }

/**
 * The people of a finding at an instant: of a group those whom its rule finds then, by custody id; of a single one its
 * custody. Nobody where the finding is about no person.
 */
export async function membersOf(sql: Sql, finding: FindingView, query: MembersQuery): Promise<FindingMember[]> {
  const { at, after = null, limit } = query
  if (finding.custody !== null) {
    return sql.rows<FindingMember>(
      `select id as custody, register_number as "registerNumber", $2::timestamptz as since from custody
       where id = $1 and ($3::uuid is null or id > $3) limit $4`,
      [finding.custody, finding.from, after, limit],
    )
  }
  const members = findRule(finding.rule)?.members
  if (members === undefined) return []
  return sql.rows<FindingMember>(
    `select m.custody, c.register_number as "registerNumber", min(m.since) as since
     from (${members}) m join custody c on c.id = m.custody
     where m.grp = $3 and m.state = $4 and ($5::uuid is null or m.custody > $5)
     group by m.custody, c.register_number
     order by m.custody limit $6`,
    [at, finding.facility, finding.cause, finding.state, after, limit],
  )
}

/** How many people a rule finds at an instant, each once though several of its findings name them. */
export async function countPeopleOf(sql: Sql, rule: string, at: string): Promise<Readonly<Record<string, number>>> {
  const members = findRule(rule)?.members
  return members === undefined ? {} : countPeople(sql, members, at)
}

/** How many people a finding has at an instant. */
export async function countMembers(sql: Sql, finding: FindingView, at: string): Promise<number> {
  if (finding.custody !== null) return 1
  const members = findRule(finding.rule)?.members
  if (members === undefined) return 0
  const rows = await sql.rows<{ people: number }>(
    `select count(distinct m.custody) as people from (${members}) m where m.grp = $3 and m.state = $4`,
    [at, finding.facility, finding.cause, finding.state],
  )
  return rows[0]?.people ?? 0
}

/**
 * Every rule with its state at an instant. What the rules about the installation need of the house is not in the
 * registers: their open findings say it, as of the clock's last pass.
 */
export async function scorecardAt(sql: Sql, options: { at: string; facility?: string }): Promise<Assessment[]> {
  const open = await sql.rows<{ rule: string; cause: string; since: string }>(
    `select rule, cause, lower(span) as since from finding where facility = 'HOUSE' and span @> $1::timestamptz
       and rule in ('signer-silent', 'checkpoint-unwitnessed', 'witness-contradicts', 'notice-undelivered')`,
    [options.at],
  )
  const since = new Map(open.map((finding) => [finding.rule, finding.since]))
  const of = (rule: string) => open.filter((finding) => finding.rule === rule)
  const house = {
    signerSilentSince: since.get('signer-silent'),
    unwitnessedSince: since.get('checkpoint-unwitnessed'),
    contradictedBy: of('witness-contradicts').map(({ cause, since }) => ({ witness: cause, since })),
    undelivered: of('notice-undelivered').map(({ cause, since }) => ({ recipient: cause, since })),
  }
  return Promise.all(rules.map((rule) => assess(sql, rule, { ...options, house })))
}
