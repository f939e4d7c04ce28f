/** Everybody recomputed before and after a change of law: who moves, from which date to which, by which step. */
import { createHash } from 'node:crypto'
import { jcs } from '../../kernel/json.ts'
import type { Sql } from '../../kernel/ports.ts'
import type { Words } from '../../kernel/refusal.ts'
import type { Visible } from '../../kernel/visible.ts'
import { findPack } from '../packs/index.ts'
import type { Outcome } from '../packs/kernel/pack.ts'
import type { LawPack } from '../packs/registry.ts'
import { computedOf, datesOf, outcomeOf, refusedOf, stepsTo, type Working, workBy } from './compute.ts'
import { differencesOf, type StepChange } from './difference.ts'
import type { CaseFacts } from './facts.ts'
import type { SignedStep } from './forms.ts'
import { type HeldCase, nextHeldCases } from './read.ts'
import { stepChangeViews } from './view.ts'

/** The law on both sides of a change, for one case. */
export type Sides = {
  readonly before: (one: HeldCase['one']) => Working
  readonly after: (one: HeldCase['one']) => Working
}

/** The change of a pack by its id; undefined where there is none. */
export function sidesOf(pack: LawPack, change: string): Sides | undefined {
  const found = pack.changes.find(({ id }) => id === change)
  if (found === undefined) return undefined
  const by = (compute: (facts: CaseFacts) => Outcome) => (one: HeldCase['one']) =>
    workBy(pack, outcomeOf(compute, one.facts), pack.id)
  return { before: by(found.before), after: by(found.after ?? pack.compute) }
}

export type Moved = {
  readonly type: string
  readonly says: Words
  /** The earliest reading on each side; null: none is given. */
  readonly before: string | null
  readonly after: string | null
  /** Code of the reason where the date is refused from then on. */
  readonly refused: string | null
  /** The first step that the change of law itself alters on the way to this date. */
  readonly because: ReturnType<typeof stepChangeViews>[number] | null
}

export type Mover = {
  readonly custody: string
  readonly registerNumber: string | null
  readonly facility: string
  readonly case: string
  readonly dates: readonly Moved[]
}

export type Counts = {
  readonly examined: number
  readonly moved: number
  readonly earlier: number
  readonly later: number
  readonly refused: number
}

export const NOBODY: Counts = { examined: 0, moved: 0, earlier: 0, later: 0, refused: 0 }

const plus = (a: Counts, b: Counts): Counts => ({
  examined: a.examined + b.examined,
  moved: a.moved + b.moved,
  earlier: a.earlier + b.earlier,
  later: a.later + b.later,
  refused: a.refused + b.refused,
})

export type ReviewPage = {
  readonly counts: Counts
  readonly movers: readonly Mover[]
  /** Where to go on; undefined at the end. */
  readonly next: string | undefined
  /** Over the list so far, a line at a time: wherever pages are cut, the whole list has one digest. */
  readonly digest: string
}

export type ReviewAsked = {
  readonly pack: string
  readonly change: string
  readonly at: string
  readonly after?: string | undefined
  readonly digest?: string | undefined
  readonly facility?: string | undefined
  readonly visible?: Visible
}

/** Custodies that are recomputed between two looks at the database: memory does not grow with how many are held. */
export const REVIEW_STEP = 250

/** The digest of an empty list. */
export const EMPTY_LIST = '0'.repeat(64)

/** The next part of the review. Undefined: no such pack or change. */
export async function reviewPage(sql: Sql, asked: ReviewAsked): Promise<ReviewPage | undefined> {
  const pack = findPack(asked.pack)
  const sides = pack === undefined ? undefined : sidesOf(pack, asked.change)
  if (pack === undefined || sides === undefined) return undefined
  const { cases, last } = await nextHeldCases(sql, { ...asked, limit: REVIEW_STEP })
  let [counts, digest] = [NOBODY, asked.digest ?? EMPTY_LIST]
  const movers: Mover[] = []
  for (const held of cases) {
    const mover = moverOf(pack, held, sides)
    counts = plus(counts, countsOf(mover))
    if (mover === undefined) continue
    movers.push(mover)
    digest = chained(digest, mover)
  }
  return { counts, movers, next: last, digest }
}

/** The whole review, part by part; `onPart` hears how many cases were looked at. Memory holds one part. */
export async function* reviewAll(sql: Sql, asked: Omit<ReviewAsked, 'after' | 'digest'>): AsyncGenerator<ReviewPage> {
  let page = await reviewPage(sql, asked)
  let counts = NOBODY
  while (page !== undefined) {
    counts = plus(counts, page.counts)
    yield { ...page, counts }
    if (page.next === undefined) return
    page = await reviewPage(sql, { ...asked, after: page.next, digest: page.digest })
  }
}

function countsOf(mover: Mover | undefined): Counts {
  if (mover === undefined) return { ...NOBODY, examined: 1 }
  const isAny = (test: (one: Moved) => boolean) => (mover.dates.some(test) ? 1 : 0)
  return {
    examined: 1,
    moved: 1,
    earlier: isAny(({ before, after }) => before !== null && after !== null && after < before),
    later: isAny(({ before, after }) => before !== null && after !== null && after > before),
    refused: isAny(({ before, after }) => before !== null && after === null),
  }
}

const chained = (digest: string, { custody, case: id, dates }: Mover): string =>
  createHash('sha256')
    .update(`${digest}\n${jcs([custody, id, dates.map(({ type, before, after }) => [type, before, after])])}`)
    .digest('hex')

/** Undefined where nothing moves. */
export function moverOf(
  pack: LawPack,
  { custody, registerNumber, facility, one }: HeldCase,
  sides: Sides,
): Mover | undefined {
  const [before, after] = [sides.before(one), sides.after(one)]
  if (before.digest === after.digest) return undefined
  const types = new Set([before, after].flatMap(({ readings }) => readings.flatMap(({ dates }) => Object.keys(dates))))
  const dates = [...types].sort().flatMap((type) => movedDate(pack, type, before, after) ?? [])
  return dates.length === 0 ? undefined : { custody, registerNumber, facility, case: one.facts.case, dates }
}

function movedDate(pack: LawPack, type: string, before: Working, after: Working): Moved | undefined {
  const [old, now] = [computedOf(before, type), computedOf(after, type)]
  if (old.join() === now.join()) return undefined
  return {
    type,
    says: pack.dates[type]?.says ?? { en: type, es: type },
    before: old[0] ?? null,
    after: now[0] ?? null,
    refused: now.length > 0 ? null : (refusedOf(after, type)?.code ?? after.reasons[0]?.code ?? null),
    because: now.length === 0 || old.length === 0 ? null : becauseOf(pack, type, before, after),
  }
}

type AnyStep = Omit<SignedStep, 'params'> & { readonly params: object }

function becauseOf(pack: LawPack, type: string, before: Working, after: Working): Moved['because'] {
  const [old, now] = [stepsOf(before, type), stepsOf(after, type)]
  const changes = differencesOf<AnyStep>(old, now)
  const first = changes.find(isCause) ?? changes[0]
  return first === undefined ? null : (stepChangeViews([first], pack, all(before), all(after))[0] ?? null)
}

const isCause = (one: StepChange<AnyStep>): boolean => one.change !== 'changed' || one.isCause

const all = ({ readings }: Working): AnyStep[] => (readings[0]?.steps ?? []).map((step) => step as unknown as AnyStep)

function stepsOf({ readings }: Working, type: string): AnyStep[] {
  const reading = readings[0]
  const dated = reading === undefined ? undefined : datesOf(reading.dates).find(([name]) => name === type)
  if (reading === undefined || dated === undefined) return []
  return stepsTo(reading.steps, dated[1].step).map((step) => step as unknown as AnyStep)
}

export type PackUse = {
  readonly pack: string
  readonly cases: number
  /** Signatures that stand over another version of the pack, and how many of them it moved. */
  readonly signedUnderOther: number
  readonly movedByLaw: number
}

/** How many cases each pack has among those who are held, and how the signatures over them stand. */
export function packUse(
  sql: Sql,
  at: string,
  hashes: ReadonlyMap<string, string>,
  visible: Visible,
): Promise<PackUse[]> {
  return sql.rows<PackUse>(
    `select s.pack, count(distinct (s.custody, s.case_id))::integer as cases,
       count(distinct (s.custody, s.case_id)) filter (where d.pack_hash <> h.hash)::integer as "signedUnderOther",
       count(distinct (s.custody, s.case_id)) filter (where d.cause in ('law', 'facts-and-law'))::integer as "movedByLaw"
     from sentence_case s join custody c on c.id = s.custody
     left join unnest($2::text[], $3::text[]) h(pack, hash) on h.pack = s.pack
     left join sentence_date d on d.custody = s.custody and d.case_id = s.case_id and d.signed is not null
     where c.held @> $1::timestamptz and ${visible.sql(4)}
     group by s.pack order by s.pack`,
    [at, [...hashes.keys()], [...hashes.values()], ...visible.values],
  )
}

export type LawReviewRow = {
  readonly entryN: number
  readonly facility: string
  readonly at: string
  readonly pack: string
  readonly change: string | null
  readonly after: string
  readonly list: string
} & Counts

/** Reviews on record, the last first. */
export const listReviews = (sql: Sql): Promise<LawReviewRow[]> =>
  sql.rows<LawReviewRow>(
    `select entry_n as "entryN", facility, at, pack, change, after, list, examined, moved, earlier, later, refused
     from law_review order by at desc, entry_n desc limit 500`,
  )
