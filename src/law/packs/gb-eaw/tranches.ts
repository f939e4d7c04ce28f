/** When an early-release scheme reaches a sentence: at once, on the day of its tranche, or not at all. */
import type { Day } from '../kernel/calendar.ts'
import { adjustedOf, type Bound } from './adjusted.ts'
import type { Case, Sentence } from './case.ts'
import { type Conventions, isEarlyRelease } from './counting.ts'
import type { Group } from './group.ts'
import type { EarlyRelease, LawBook, SentenceLength, Share } from './law.ts'
import type { Work } from './unadjusted.ts'
import { endOf, isShorterThanMonths, toUnit, type Unit } from './units.ts'

type Scheme = { readonly share: Share; readonly notBefore: Day | undefined }

/** The days on which the timeline has to look whether a scheme moves somebody. */
export const trancheDays = (law: LawBook): Day[] =>
  law.earlyRelease.flatMap((scheme) => scheme.tranches.map((tranche) => tranche.on))

/** A sentence imposed under a scheme has its share from the start; the latest scheme in force counts. */
export function schemeAtSentence(
  sentences: readonly Sentence[],
  law: LawBook,
  conventions: Conventions,
): [Sentence, Scheme][] {
  return sentences.flatMap((sentence): [Sentence, Scheme][] => {
    const share = law.earlyRelease
      .filter((scheme) => scheme.commencement <= sentence.sentencedOn)
      .map((scheme) => scheme.shareFor(sentence, conventions))
      .findLast((each) => each !== undefined)
    return share === undefined ? [] : [[sentence, { share, notBefore: undefined }]]
  })
}

/**
 * The sentences of a group that its tranche moves on this day: imposed before the scheme began, in a unit not released
 * before the day, and the person held. The longest of
 * them decides the tranche for all.
 */
export function applyTranche(work: Work, group: Group, scheme: EarlyRelease, day: Day, given: Case): Bound['schemes'] {
  const unchanged = group.schemes
  if (!scheme.tranches.some((tranche) => tranche.on === day)) return unchanged
  const isOpen = (sentence: Sentence) =>
    sentence.sentencedOn < scheme.commencement && scheme.shareFor(sentence, group.conventions) !== undefined
  const units = group.units.filter((unit) => unit.sentences.some(isOpen))
  if (units.length === 0) return unchanged
  const measured: Record<Conventions['trancheLength'], readonly Unit[]> = {
    chain: units,
    qualifying: units.map((unit) => toUnit(unit.sentences.filter(isOpen))),
    person: group.units,
  }
  if (trancheOf(work, scheme, measured[group.conventions.trancheLength]) !== day) return unchanged
  if (isOut(given, day, group.conventions)) return unchanged
  const reached = units.filter((unit) => adjustedOf(work, unit, group).release.value >= day)
  if (reached.length === 0) return unchanged
  // Whoever is unlawfully at large on the day still serves the sentence, and is moved like the others.
  const moved = reached.flatMap((unit) => unit.sentences.filter(isOpen))
  const schemes = new Map(group.schemes)
  for (const sentence of moved) {
    const share = scheme.shareFor(sentence, group.conventions)
    if (share !== undefined) schemes.set(sentence, { share, notBefore: day })
  }
  return schemes
}

/** Out of custody on the day: the last movement before it leads out. */
function isOut(given: Case, day: Day, { outAtTranche }: Conventions): boolean {
  const last = given.movements
    .filter((each) => each.on <= day)
    .toSorted((a, b) => a.on - b.on)
    .at(-1)
  if (last?.direction !== 'out') return false
  return isEarlyRelease(last.reason) || outAtTranche === 'stays'
}

function trancheOf(work: Work, scheme: EarlyRelease, units: readonly Unit[]): Day | undefined {
  const days = units.map((unit) => scheme.tranches.find((tranche) => tranche.takes(lengthFor(work, unit)))?.on)
  return days.reduce(
    (latest, day) => (day !== undefined && (latest === undefined || day > latest) ? day : latest),
    undefined,
  )
}

function lengthFor({ calendar }: Work, unit: Unit): SentenceLength {
  return {
    days: endOf(calendar, unit) - unit.start + 1,
    isShorterThanMonths: (months) => isShorterThanMonths(calendar, unit, months),
  }
}
