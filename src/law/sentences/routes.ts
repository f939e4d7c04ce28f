import { defineRoute, type Route } from '../../kernel/contract.ts'
import { findPack, packs } from '../packs/index.ts'
import type { Citation } from '../packs/kernel/pack.ts'
import { inputsOf, itemsOf, type SentenceCase } from './cases.ts'
import { computedOf, work } from './compute.ts'
import { lawChangesContract, lawReviewContract, sentenceContract, whatIfContract } from './contract.ts'
import { differencesOf, factChanges } from './difference.ts'
import type { CaseFacts } from './facts.ts'
import type { SignedStep } from './forms.ts'
import { casesAt, isCustody, labelsOf, ordersNamed } from './read.ts'
import { refuseSentence } from './refusals.ts'
import { listReviews, packUse, reviewPage } from './review.ts'
import { standingOf } from './standing.ts'
import { caseView, numbersView, outcomeView, packView, stepChangeViews } from './view.ts'

export const routes: readonly Route[] = [
  defineRoute(sentenceContract, async ({ params, query }, { sql, now, actor }) => {
    const at = query.at ?? now
    if (!(await isCustody(sql, params.id))) return refuseSentence('sentence-not-found', { custody: params.id })
    const cases = await casesAt(sql, params.id, at)
    const officers = cases.flatMap(({ signatures }) =>
      signatures.flatMap(({ officer, checks }) => [officer, ...checks.map((check) => check.officer)]),
    )
    const labels = await labelsOf(
      sql,
      officers.filter((officer) => officer !== undefined),
    )
    const hands = {
      label: (officer: string | undefined) => (officer === undefined ? null : (labels.get(officer) ?? null)),
      you: actor.officer,
    }
    const views = cases.map(async (one) => ({
      ...caseView(one, hands),
      orders: await ordersOfCase(one, (orders) => ordersNamed(sql, params.id, orders, at)),
    }))
    return { at, cases: await Promise.all(views) }
  }),

  defineRoute(whatIfContract, async ({ params, query, body }, { sql, now }) => {
    const at = query.at ?? now
    if (!(await isCustody(sql, params.id))) return refuseSentence('sentence-not-found', { custody: params.id })
    const cases = await casesAt(sql, params.id, at)
    const known = cases.find(({ facts }) => facts.case === body.case)
    if (body.case !== undefined && known === undefined) return refuseSentence('case-unknown', { case: body.case })
    const facts = varied(known?.facts, body)
    return { at, ...whatIf(known, facts) }
  }),

  defineRoute(lawChangesContract, async ({ query }, { sql, now, visible }) => {
    const at = query.at ?? now
    const hashes = new Map(packs.map(({ id, hash }) => [id, hash]))
    const [use, reviews] = await Promise.all([packUse(sql, at, hashes, visible), listReviews(sql)])
    const today = at.slice(0, 10)
    return {
      at,
      packs: packs.map((pack) => {
        const used = use.find((one) => one.pack === pack.id)
        return {
          ...packView(pack),
          cases: used?.cases ?? 0,
          signedUnderOther: used?.signedUnderOther ?? 0,
          movedByLaw: used?.movedByLaw ?? 0,
          changes: pack.changes.map(({ id, commences, says, cite }) => ({
            id,
            commences,
            says,
            cite: citeView(cite),
            hasCommenced: commences <= today,
            reviews: reviews
              .filter((one) => one.pack === pack.id && one.change === id)
              .map(({ entryN, facility, at, list, after, examined, moved, earlier, later, refused }) => ({
                entryN,
                facility,
                at,
                list,
                counts: { examined, moved, earlier, later, refused },
                isCurrent: after === pack.hash,
              })),
          })),
        }
      }),
      withoutPack: use
        .filter(({ pack }) => findPack(pack) === undefined)
        .map(({ pack, cases }) => ({ id: pack, cases })),
    }
  }),

  defineRoute(lawReviewContract, async ({ params, query }, { sql, now, visible }) => {
    const at = query.at ?? now
    const page = await reviewPage(sql, { ...params, ...query, at, visible })
    if (page === undefined) return refuseSentence('law-change-unknown', params)
    const people = page.movers.map((mover) => ({ ...mover, dates: [...mover.dates] }))
    return { at, counts: page.counts, people, next: page.next ?? null, digest: page.digest }
  }),
]

const citeView = (cite: Citation | undefined) =>
  cite === undefined ? null : { title: cite.title, provision: cite.provision ?? null, checked: cite.checked }

async function ordersOfCase(
  { facts }: SentenceCase,
  find: (orders: readonly string[]) => ReturnType<typeof ordersNamed>,
) {
  const named = [...new Set(facts.sentences.flatMap(({ order }) => order ?? []))].sort()
  if (named.length === 0) return []
  const found = new Map((await find(named)).map((one) => [one.order, one]))
  return named.map((order) => ({
    order,
    kind: found.get(order)?.kind ?? null,
    ended: found.get(order)?.ended ?? false,
  }))
}

type Variation = {
  readonly pack?: string | undefined
  readonly zone?: string | undefined
  readonly birth?: string | undefined
  readonly marks?: readonly string[] | undefined
  readonly options?: CaseFacts['options'] | undefined
  readonly sentences: CaseFacts['sentences']
  readonly adjustments: CaseFacts['adjustments']
  readonly events: CaseFacts['events']
  readonly without: readonly string[]
}

const NEW_CASE = '00000000-0000-4000-8000-000000000000'

/** The facts of a case as the reader would have them. */
export function varied(known: CaseFacts | undefined, by: Variation): CaseFacts {
  const birth = by.birth ?? known?.birth
  const without = new Set(by.without)
  const list = <T>(old: readonly T[] | undefined, added: readonly T[], id: (one: T) => string): T[] =>
    [...new Map([...(old ?? []), ...added].map((one) => [id(one), one])).values()]
      .filter((one) => !without.has(id(one)))
      .sort((a, b) => (id(a) < id(b) ? -1 : 1))
  return {
    case: known?.case ?? NEW_CASE,
    pack: by.pack ?? known?.pack ?? '',
    zone: by.zone ?? known?.zone ?? 'UTC',
    ...(birth !== undefined && { birth }),
    marks: [...(by.marks ?? known?.marks ?? [])].sort(),
    options: by.options ?? known?.options ?? {},
    sentences: list(known?.sentences, by.sentences, ({ sentence }) => sentence),
    adjustments: list(known?.adjustments, by.adjustments, ({ adjustment }) => adjustment),
    events: list(known?.events, by.events, ({ event }) => event),
  }
}

/** What follows from other facts, held against the case as it stands. Pure. */
export function whatIf(known: SentenceCase | undefined, facts: CaseFacts) {
  const items = itemsOf(facts)
  const varied: SentenceCase = { facts, items, inputs: inputsOf(items), sources: new Map(), signatures: [] }
  const [before, after] = [
    known === undefined ? undefined : work(known.facts, known.inputs),
    work(facts, varied.inputs),
  ]
  const types = new Set(
    [before, after].flatMap((working) => working?.readings.flatMap(({ dates }) => Object.keys(dates)) ?? []),
  )
  const stepsOf = (working: typeof before) => (working?.readings[0]?.steps ?? []) as unknown as SignedStep[]
  const changes = before === undefined ? [] : differencesOf(stepsOf(before), stepsOf(after))
  return {
    recorded: false as const,
    pack: after.pack === undefined ? null : packView(after.pack),
    outcome: outcomeView(after),
    numbers: numbersView(standingOf(varied)),
    before: known === undefined ? null : numbersView(standingOf({ ...known, signatures: [] })),
    dates: [...types].sort().map((type) => ({
      type,
      says: after.pack?.dates[type]?.says ?? { en: type, es: type },
      before: before === undefined ? null : (computedOf(before, type)[0] ?? null),
      after: computedOf(after, type)[0] ?? null,
    })),
    facts: known === undefined ? [] : factChanges(known.items, items),
    steps: stepChangeViews(changes, after.pack, stepsOf(before), stepsOf(after)),
  }
}
