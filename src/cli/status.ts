import { figuresFor } from '../custody/read.ts'
import { dutyFigures } from '../duties/read.ts'
import type { Sql } from '../kernel/ports.ts'
import { UNWITNESSED_MINUTES_MAX } from '../record/heads.ts'
import type { FindingCount } from '../standards/read.ts'
import type { House } from './house.ts'
import type { Status } from './status-contract.ts'

type Marks = NonNullable<Status['worst']>
type Question = keyof Marks
type Mark = Marks[Question]

/** Which question of the navigation a rule answers. What is missing (REG-02) is listed with the people, not marked. */
const questionOf: Readonly<Record<string, Question>> = {
  'LAW-01': 'law',
  'LAW-01-issuer': 'law',
  'LAW-02': 'law',
  'LAW-03': 'law',
  'basis-unknown': 'law',
  'basis-disputed': 'law',
  'order-only-told': 'law',
  'TRF-02': 'law',
  'TRF-09': 'law',
  'custody-overlap': 'who',
  'possible-double': 'who',
  'departure-contradiction': 'who',
  'gone-from-roster': 'where',
  'BED-01': 'conditions',
  'LAW-05': 'owed',
  'LAW-07': 'owed',
  'CON-01': 'owed',
  'CON-02': 'owed',
  'FAM-01': 'owed',
  'HEL-01': 'owed',
  'sv-judge': 'owed',
  'sv-inquiry': 'owed',
  'sv-provisional': 'owed',
  'duty-escalated': 'owed',
  'sync-refused': 'prove',
  'signer-silent': 'prove',
  'checkpoint-unwitnessed': 'prove',
  'witness-contradicts': 'prove',
  'notice-undelivered': 'prove',
  'key-missing': 'prove',
}

/** From the gravest: what fails of severity 1, what is not known of it, what fails of severity 2. */
const ranked: readonly Mark[] = ['S1', 'unknown', 'S2', null]

function markOf({ severity, state }: Pick<FindingCount, 'severity'> & { readonly state: string }): Mark {
  if (severity !== 'S1' && severity !== 'S2') return null
  return state === 'unknown' ? 'unknown' : severity
}

export type StatusSource = Pick<House, 'database' | 'trustPolicy'>

type Asked = {
  readonly at: string
  readonly facility?: string | undefined
  readonly isNow: boolean
  /** Whether people are counted too (default). */
  readonly people?: boolean
}

const NOBODY_COUNTED = {
  held: null,
  confirmed: null,
  unconfirmed: null,
  withoutBasis: null,
  basisUnknown: null,
  dutiesLate: null,
} as const

/**
 * The status strip at an instant, of one facility or of all. What the tree and its witnesses say is of the whole record;
 * entries that wait are known for now alone, and are 0 for an instant that is past.
 */
export async function statusAt(
  { database, trustPolicy }: StatusSource,
  { at, facility, isNow, people: seesPeople = true }: Asked,
): Promise<Status> {
  const [people, tree, findings] = await Promise.all([
    seesPeople ? countedAt(database, { at, facility, isNow }) : NOBODY_COUNTED,
    treeAt(
      database,
      at,
      (await trustPolicy.get()).witnesses.map(({ name }) => name),
    ),
    seesPeople ? openByRule(database, at, facility) : undefined,
  ])
  return {
    at,
    ...people,
    unsequenced: isNow ? tree.waiting : 0,
    checkpoint: tree.checkpoint,
    witnesses: tree.witnesses,
    worst: findings === undefined ? null : worstOf(findings),
  }
}

async function countedAt(sql: Sql, { at, facility, isNow }: Asked) {
  const [figures, { late: dutiesLate }] = await Promise.all([
    figuresFor(sql, at, facility),
    dutyFigures(sql, { at, facility, isPast: !isNow }),
  ])
  return { ...figures, dutiesLate }
}

function worstOf(findings: readonly { rule: string; severity: FindingCount['severity']; state: string }[]): Marks {
  const worst: Record<Question, Mark> = {
    who: null,
    law: null,
    where: null,
    watched: null,
    conditions: null,
    owed: null,
    wrong: null,
    prove: null,
  }
  const graver = (question: Question, mark: Mark) => {
    if (ranked.indexOf(mark) < ranked.indexOf(worst[question])) worst[question] = mark
  }
  for (const finding of findings) {
    const question = questionOf[finding.rule]
    const mark = markOf(finding)
    graver('wrong', mark)
    if (question !== undefined) graver(question, mark)
  }
  return worst
}

/** Those of the facility, and those of the house itself, which concern everybody. */
const openByRule = (sql: Sql, at: string, facility: string | undefined) =>
  sql.rows<{ rule: string; severity: FindingCount['severity']; state: string }>(
    `select distinct rule, severity, state from finding
     where span @> $1::timestamptz and ($2::text is null or facility in ($2, 'HOUSE'))`,
    [at, facility ?? null],
  )

async function treeAt(sql: Sql, at: string, witnesses: readonly string[]) {
  const [row] = await sql.rows<{ waiting: number; at: string | null; size: number; agree: number }>(
    `select head.at, head.size, (select count(*) from pending) as waiting,
       (select count(distinct s.witness) from cosignature s
        where s.witness = any($2::text[]) and s.at <= $1::timestamptz
          and s.at > $1::timestamptz - make_interval(mins => $3::integer)) as agree
     from (values (1)) one
     left join (select at, size from checkpoint where at <= $1::timestamptz order by size desc limit 1) head on true`,
    [at, witnesses, UNWITNESSED_MINUTES_MAX],
  )
  return {
    waiting: row?.waiting ?? 0,
    checkpoint: row?.at == null ? null : { at: row.at, size: row.size },
    witnesses: { agree: row?.agree ?? 0, of: witnesses.length },
  }
}
