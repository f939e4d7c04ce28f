/** The dates of a unit with what its group has been credited, has lost and has been given. */
import type { Day } from '../kernel/calendar.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Adjustment, Sentence } from './case.ts'
import type { Conventions } from './counting.ts'
import type { Share } from './law.ts'
import type { Text } from './texts.ts'
import { ordinaryShares, type ShareOf, type Unadjusted, unadjustedOf, type Work } from './unadjusted.ts'
import type { Unit } from './units.ts'

/** What the timeline has bound to a group of sentences so far. */
export type Bound = {
  readonly deductions: readonly Adjustment[]
  readonly atLarge: readonly Adjustment[]
  readonly added: readonly Adjustment[]
  readonly restored: readonly Adjustment[]
  /** Sentences that an early-release scheme gives another share, and the tranche day before which it does not work. */
  readonly schemes: ReadonlyMap<Sentence, { readonly share: Share; readonly notBefore: Day | undefined }>
  /** Additional days that were already served when the sentence was imposed: they do not count against it again. */
  readonly servedBefore: ReadonlyMap<Sentence, number>
  readonly conventions: Conventions
}

export type Adjusted = {
  readonly unit: Unit
  readonly unadjusted: Unadjusted
  readonly release: Ref
  /** The same without additional days: what the next sentence counts served days from. */
  readonly releaseWithoutAdded: Ref
  /** The end of the part that the law requires in custody, whether or not a tranche let the person go later. */
  readonly requisite: Ref
  readonly expiry: Ref
  readonly parole?: Ref
  readonly licenceEnd?: Ref
  /** Remand, tagged bail and days at large that count for this unit, each as one number. */
  readonly credit: Ref | undefined
  readonly atLarge: Ref | undefined
  /** Additional days less those restored and those served before; undefined when none were awarded. */
  readonly netAdded: Ref | undefined
  readonly tranche: Day | undefined
  /** The credit is longer than the part in custody: released on the day of sentence. */
  readonly isExtinguished: boolean
  /** The credit is longer than the whole sentence. */
  readonly isUsedUp: boolean
  /** More days were added than the sentence can hold. */
  readonly isCapped: boolean
}

/** The share of each sentence as the law stood for this group: an early-release scheme where one has reached it. */
export const sharesIn =
  (bound: Bound): ShareOf =>
  (sentence) => {
    const ordinary = ordinaryShares(sentence)
    const scheme = bound.schemes.get(sentence)
    return scheme === undefined ? ordinary : { ...ordinary, release: scheme.share }
  }

export function adjustedOf(work: Work, unit: Unit, bound: Bound, shareOf: ShareOf = sharesIn(bound)): Adjusted {
  const unadjusted = unadjustedOf(work, unit, shareOf)
  const { start } = unadjusted
  const tranche = trancheOf(unit, bound, shareOf)
  const credit = total(work, creditOf(unit, bound), 'credit')
  // Days at large before a sentence was imposed are not days away from it.
  const atLargeOf = bound.atLarge.filter((each) => each.from >= unit.start)
  const isLate = (each: Adjustment) => tranche !== undefined && each.from >= tranche
  const atLarge = total(work, atLargeOf, 'at-large')
  const early = {
    atLarge: total(
      work,
      atLargeOf.filter((each) => !isLate(each)),
      'at-large',
    ),
  }
  const late = { atLarge: total(work, atLargeOf.filter(isLate), 'at-large') }
  const added = netAdded(work, unit, bound)
  const earlyAdded =
    tranche === undefined
      ? added
      : netAdded(
          work,
          unit,
          only(bound, (each) => !isLate(each)),
        )

  const expiry = expiryOf(work, unadjusted, credit, atLarge, atLargeOf)
  const floorOf = (day: Ref) => notBefore(work, day, start, tranche)
  const raw = shift(work, unadjusted.release, { plus: early.atLarge, minus: credit })
  const releaseWithoutAdded = shift(work, floorOf(raw), { plus: late.atLarge })
  const addedTo = bound.conventions.addedFrom === 'sentence' ? notBefore(work, raw, start, undefined) : raw
  const withEarly = add(work, addedTo, earlyAdded)
  const uncapped = floorOf(addLate(work, shift(work, floorOf(withEarly), { plus: late.atLarge }), added, earlyAdded))
  // A sentence that credit has used up lets go on the day it is imposed, not on an earlier end.
  const limit =
    expiry.value >= start.value ? expiry : work.latest([expiry, start], { text: 'not-before-sentence', cite: 's240ZA' })
  const isCapped = uncapped.value > limit.value
  const release = isCapped
    ? work.earliest([uncapped, limit], { text: 'release-not-after-expiry', cite: 's257' })
    : uncapped

  const movedBy = (day: Ref) =>
    notBefore(work, add(work, shift(work, day, { plus: atLarge, minus: credit }), added), start, undefined)
  const parole = paroleOf(work, unit, unadjusted, tranche, movedBy)
  return {
    unit,
    unadjusted,
    release,
    releaseWithoutAdded,
    requisite: shift(work, notBefore(work, raw, start, undefined), { plus: late.atLarge }),
    expiry,
    ...(parole === undefined ? {} : { parole }),
    ...(unadjusted.licenceEnd === undefined
      ? {}
      : { licenceEnd: shift(work, unadjusted.licenceEnd, { plus: atLarge, minus: credit }) }),
    credit,
    atLarge,
    netAdded: added,
    tranche,
    isExtinguished: raw.value < unit.start,
    isUsedUp: expiry.value < unit.start,
    isCapped,
  }
}

/** Where a tranche shortens what is served before the part for the Board, a day that had passed by then stands. */
function paroleOf(
  work: Work,
  unit: Unit,
  { parole }: Unadjusted,
  tranche: Day | undefined,
  movedBy: (day: Ref) => Ref,
): Ref | undefined {
  if (parole === undefined) return undefined
  const before = tranche === undefined ? undefined : unadjustedOf(work, unit, ordinaryShares).parole
  if (before === undefined || tranche === undefined) return movedBy(parole)
  const old = movedBy(before)
  return old.value < tranche ? old : movedBy(parole)
}

/** The credit that counts for a unit. */
const creditOf = (unit: Unit, { deductions, conventions }: Bound): readonly Adjustment[] =>
  conventions.creditReach === 'group'
    ? deductions
    : deductions.filter(
        ({ from }) => unit.sentences.some((sentence) => sentence.sentencedOn >= from) || from <= unit.start,
      )

/** The latest tranche day among its sentences, when the share that this computation uses came by a tranche. */
function trancheOf(unit: Unit, bound: Bound, shareOf: ShareOf): Day | undefined {
  const days = unit.sentences.flatMap((sentence) => {
    const scheme = bound.schemes.get(sentence)
    return scheme?.notBefore !== undefined && shareOf(sentence).release === scheme.share ? [scheme.notBefore] : []
  })
  return days.length === 0 ? undefined : Math.max(...days)
}

function expiryOf(
  work: Work,
  { end }: Unadjusted,
  credit: Ref | undefined,
  atLarge: Ref | undefined,
  spells: readonly Adjustment[],
): Ref {
  const moved = shift(work, end, { plus: atLarge, minus: credit })
  const lastAtLarge = Math.max(...spells.flatMap((each) => each.last ?? []))
  if (lastAtLarge === -Infinity || moved.value > lastAtLarge) return moved
  const after = work.given('date', lastAtLarge + 1, { text: 'after-at-large', cite: 'prison-act' })
  return work.latest([moved, after], { text: 'expiry-after-at-large', cite: 'prison-act' })
}

function notBefore(work: Work, day: Ref, start: Ref, tranche: Day | undefined): Ref {
  const floored =
    day.value >= start.value ? day : work.latest([day, start], { text: 'not-before-sentence', cite: 's240ZA' })
  if (tranche === undefined || floored.value >= tranche) return floored
  const from = work.given('date', tranche, { text: 'tranche-day', cite: 'si2024-844' })
  return work.latest([floored, from], { text: 'not-before-tranche', cite: 'si2024-844' })
}

/** Additional days that count for a unit, by the part of them that is asked for; undefined when there are none at all. */
function netAdded(work: Work, unit: Unit, bound: Bound): Ref | undefined {
  const added = total(work, bound.added, 'added')
  if (added === undefined) return undefined
  const restored = total(work, bound.restored, 'restored')
  const servedDays = Math.min(...unit.sentences.map((sentence) => bound.servedBefore.get(sentence) ?? 0))
  const served = servedDays > 0 ? work.given('days', servedDays, { text: 'added-served', cite: 's257' }) : undefined
  const minus = [restored, served].flatMap((each) => each ?? [])
  if (minus.length === 0) return added
  const net = work.sum([added], minus, { text: 'net-added', cite: 's257' })
  // More restored than awarded gives nothing back.
  return net.value >= 0 ? net : work.latest([net, work.given('days', 0, { text: 'none' })], { text: 'at-least-none' })
}

const only = (bound: Bound, keep: (each: Adjustment) => boolean): Bound => ({
  ...bound,
  added: bound.added.filter(keep),
  restored: bound.restored.filter(keep),
})

function total(work: Work, adjustments: readonly Adjustment[], what: Total): Ref | undefined {
  const parts = adjustments.filter((each) => each.days > 0).map((each) => given(work, each))
  if (parts.length === 0) return undefined
  return parts.length === 1 ? parts[0] : work.sum(parts, [], { text: what })
}

type Total = Extract<Text, 'credit' | 'at-large' | 'added' | 'restored'>

function given(work: Work, { kind, days, from }: Adjustment): Ref {
  const values = { from: work.calendar.toIso(from) }
  switch (kind) {
    case 'remand':
    case 'recall-remand':
      return work.given('days', days, { text: 'remand', values, cite: 's240ZA' })
    case 'tagged-bail':
    case 'recall-tagged-bail':
      return work.given('days', days, { text: 'tagged-bail', values, cite: 's240A' })
    case 'unlawfully-at-large':
      return work.given('days', days, { text: 'spell-at-large', values, cite: 'prison-act' })
    case 'added':
      return work.given('days', days, { text: 'award', values, cite: 's257' })
    case 'restored':
      return work.given('days', days, { text: 'restoration', values, cite: 's257' })
  }
}

type Shift = { readonly plus?: Ref | undefined; readonly minus?: Ref | undefined }

function shift(work: Work, day: Ref, { plus, minus }: Shift): Ref {
  if (plus === undefined && minus === undefined) return day
  const present = (ref: Ref | undefined) => (ref === undefined ? [] : [ref])
  const text = plus === undefined ? 'less-credit' : minus === undefined ? 'plus-at-large' : 'less-credit-plus-at-large'
  return work.sum([day, ...present(plus)], present(minus), { text, cite: plus === undefined ? 's240ZA' : 'prison-act' })
}

/** What came after the tranche day: all that counts now less what counted then; days restored since make it less. */
function addLate(work: Work, day: Ref, all: Ref | undefined, early: Ref | undefined): Ref {
  if (all === early || all === undefined) return day
  if (early === undefined) return add(work, day, all)
  return all.value === early.value ? day : work.sum([day, all], [early], { text: 'plus-added-since', cite: 's257' })
}

const add = (work: Work, day: Ref, added: Ref | undefined): Ref =>
  added === undefined || added.value === 0 ? day : work.sum([day, added], [], { text: 'plus-added', cite: 's257' })
