import type { Sql } from '../../kernel/ports.ts'
import type { Words } from '../../kernel/refusal.ts'

export type Severity = 'S1' | 'S2' | 'S3' | 'S4'

/** What every check can say. `unknown` is never shown as `pass`. */
export type CheckState = 'pass' | 'fail' | 'unknown' | 'not_applicable' | 'fail_justified'

/** Where a rule or a figure comes from; ours are shown as ours. */
export type Origin = 'text' | 'technical' | 'ours'

/** How binding the source is: `J` absolute, `T` treaty, `U` UN soft law, `R` regional, `G` expert, `N` one country's, `ours`. */
export type RuleKind = 'J' | 'T' | 'U' | 'R' | 'G' | 'N' | 'ours'

/** What the caller knows of the house itself, since no table says it. */
export type House = {
  /** Since when the signer does not answer. */
  readonly signerSilentSince?: string | undefined
  /** Since when no checkpoint was cosigned by enough witnesses. */
  readonly unwitnessedSince?: string | undefined
  /** Witnesses that have cosigned another or a larger tree of this log. */
  readonly contradictedBy?: readonly { readonly witness: string; readonly since: string }[]
  /** Recipients whom notices have not reached for too long: role and channel, never the address. */
  readonly undelivered?: readonly { readonly recipient: string; readonly since: string }[]
}

/** One way in which a rule fails or cannot be known now: about one custody, or about a facility and a cause. */
export type Fact = {
  readonly facility: string
  readonly custody?: string
  /** What made it so: for a group the batch or condition that its people share. */
  readonly cause?: string
  readonly from: string
  readonly state: 'fail' | 'unknown'
  /** People of a group. Absent: one custody, or no person at all. */
  readonly people?: number
  readonly evidence: Evidence
}

export type Evidence = Readonly<Record<string, string | number | boolean | null | readonly string[]>>

export type Rule = {
  readonly id: string
  readonly severity: Severity
  readonly kind: RuleKind
  readonly citation: readonly { readonly instrument: string; readonly provision: string }[]
  readonly origin: Origin
  /** Figures that stand in the check, each with its own origin. */
  readonly parameters?: readonly { readonly name: string; readonly value: string; readonly origin: Origin }[]
  readonly says: Words
  /** The states that this check can give; each has a test. */
  readonly states: readonly CheckState[]
  /** What fails or cannot be known at an instant, one query for all people. */
  readonly current: (sql: Sql, at: string, facility?: string, house?: House) => Promise<Fact[]>
  /**
   * The people behind `current`, one row each: `facility, custody, grp, cause, since, state, evidence`. `$1` is the
   * instant, `$2` a facility or null. `grp` names the group that a row belongs to; null: it stands for itself.
   */
  readonly members?: string
  /**
   * When single facts that no longer hold came to their end: `$1` custodies, `$2` their beginnings, of one length;
   * answers `custody, since, until`. Absent: they end with the custody, or when it was noticed.
   */
  readonly until?: string
  /** How many people the check cannot judge at an instant, where that is not among its own facts. */
  readonly undecided?: (sql: Sql, at: string, facility?: string) => Promise<number>
}

type PeopleRule = Omit<Rule, 'current'> & {
  readonly members: string
  /** What a group's finding shows besides its head count. */
  readonly groupEvidence?: (sql: Sql, at: string, facility: string) => Promise<Evidence>
}

type Grouped = {
  facility: string
  custody: string | null
  cause: string | null
  state: 'fail' | 'unknown'
  from: string
  people: number
  evidence: Evidence
}

/** A rule whose facts are people: those of one cause are one fact, the others stand alone. */
export function peopleRule({ groupEvidence, ...rule }: PeopleRule): Rule {
  return {
    ...rule,
    async current(sql, at, facility) {
      const rows = await sql.rows<Grouped>(groupedText(rule.members), [at, facility ?? null])
      return Promise.all(
        rows.map(async ({ custody, cause, people, evidence, ...row }) => {
          if (custody !== null) return { ...row, custody, ...(cause !== null && { cause }), evidence }
          const shown = groupEvidence ? await groupEvidence(sql, at, row.facility) : {}
          return { ...row, cause: cause as string, people, evidence: { ...shown, people, seenAt: at } }
        }),
      )
    },
  }
}

/** Each person once, however often a rule finds the same one; what is about no person counts as a thing. */
const HEADS = 'count(distinct custody) + count(*) filter (where custody is null)'

/** How many people a rule finds at an instant, by state: of several groups that share people each is counted once. */
export async function countPeople(
  sql: Sql,
  members: string,
  at: string,
  facility?: string,
): Promise<Readonly<Record<Fact['state'], number>>> {
  const rows = await sql.rows<{ state: Fact['state']; people: number }>(
    `select state, ${HEADS} as people from (${members}) m group by state`,
    [at, facility ?? null],
  )
  return { fail: 0, unknown: 0, ...Object.fromEntries(rows.map(({ state, people }) => [state, people])) }
}

const groupedText = (members: string): string => `
select facility, case when grp is null then custody end as custody, coalesce(grp, cause) as cause, state,
  min(since) as "from", ${HEADS} as people, any_value(case when grp is null then evidence end) as evidence
from (${members}) m
group by facility, grp, cause, state, case when grp is null then custody end`

/** How many people the rows of a query are; `$1` the instant, `$2` a facility or null. */
export const countOf =
  (text: string) =>
  async (sql: Sql, at: string, facility?: string): Promise<number> =>
    (await sql.rows<{ people: number }>(`select count(*) as people from (${text}) m`, [at, facility ?? null]))[0]
      ?.people ?? 0

/** Somebody is held: without it a rule about people does not apply. */
export const heldAt = countOf(
  'select id from custody where held @> $1::timestamptz and ($2::text is null or facility = $2)',
)
