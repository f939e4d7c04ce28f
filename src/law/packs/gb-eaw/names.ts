/**
 * What the last day in custody and the end of a sentence are called: whether a licence follows depends on the law under
 * which the sentence was passed, on its length and on age.
 */
import type { Calendar, Day } from '../kernel/calendar.ts'
import { endOfTerms } from '../kernel/duration.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Adjusted } from './adjusted.ts'
import { MONTHS_WITH_LICENCE } from './law.ts'
import { type Doubt, doubts } from './refusals.ts'
import type { Work } from './unadjusted.ts'
import { isOfOldLaw, isOfOra, isShorterThanMonths } from './units.ts'

/**
 * licence: to the end of the sentence (CRD, SLED) · none: released without one (ARD, SED) · part: for a part of what is
 * left (CRD, LED, SED).
 */
export type Naming = 'licence' | 'none' | 'part'

/** A unit with the name of its dates and the end of its licence. */
export type Named = Adjusted & { readonly naming: Naming; readonly licenceUntil: Ref | undefined }

const MONTHS_OLD_LAW_LICENCE_TO_END = 48
export const ADULT = 18

export function isAdultOn(calendar: Calendar, bornOn: Day, day: Day): boolean {
  return calendar.addYears(bornOn, ADULT) <= day
}

export function nameOf(work: Work, adjusted: Adjusted, bornOn: Day): { named: Named; doubts: readonly Doubt[] } {
  const naming = namingOf(work.calendar, adjusted, bornOn)
  if (naming === 'none') return { named: { ...adjusted, naming, licenceUntil: undefined }, doubts: [] }
  if (naming === 'licence') return { named: { ...adjusted, naming, licenceUntil: adjusted.expiry }, doubts: [] }
  if (adjusted.licenceEnd !== undefined) {
    return { named: { ...adjusted, naming, licenceUntil: adjusted.licenceEnd }, doubts: [] }
  }
  const { until, isUnclear } = partLicence(work, adjusted)
  const open = isUnclear ? [doubts.one('LED', 'licence-unclear')] : []
  return { named: { ...adjusted, naming, licenceUntil: until }, doubts: open }
}

function namingOf(calendar: Calendar, { unit, unadjusted, requisite }: Adjusted, bornOn: Day): Naming {
  if (unit.sentences.some((sentence) => sentence.kind === 'eds' || sentence.kind === 'sopc')) return 'licence'
  if (unadjusted.length.value <= 1) return 'none'
  if (!isShorterThanMonths(calendar, unit, MONTHS_WITH_LICENCE)) {
    const isOld = unit.singleTermOf !== undefined || unit.sentences.every(isOfOldLaw)
    return isOld && isShorterThanMonths(calendar, unit, MONTHS_OLD_LAW_LICENCE_TO_END) ? 'part' : 'licence'
  }
  if (!isAdultOn(calendar, bornOn, requisite.value)) return 'none'
  if (unit.sentences.every(isOfOra)) return 'licence'
  return unit.sentences.some(isOfOra) ? 'part' : 'none'
}

/** Under a year, partly for offences from February 2015: licence for half the length of those, after release. */
function partLicence(work: Work, { unit, release }: Adjusted): { until: Ref; isUnclear: boolean } {
  const later = unit.sentences.filter(isOfOra)
  const start = Math.min(...later.map((sentence) => sentence.sentencedOn))
  const from = work.given('date', start, { text: 'start' })
  const end = work.termEnd(
    from,
    later.map((sentence) => sentence.term),
    { text: 'ora-end', cite: 's264' },
  )
  const length = work.span(from, end, { text: 'length' })
  const half = work.shareDown(length, { over: 1, under: 2 }, { text: 'ora-half', cite: 's249' })
  const apart = later.reduce(
    (sum, each) => sum + endOfTerms(work.calendar, each.sentencedOn, [each.term]) - each.sentencedOn + 1,
    0,
  )
  return {
    until: work.sum([release, half], [], { text: 'ora-licence', cite: 's249' }),
    isUnclear: Math.floor(apart / 2) !== half.value,
  }
}

/** The release and expiry names of a person from the units that still count. */
export function endNames(live: readonly Named[], all: readonly Named[]) {
  const release = latestOf(live.map((each) => each.release))
  const expiry = latestOf(all.map((each) => each.expiry))
  const ending = all.filter((each) => each.expiry.value === expiry)
  const licences = all.flatMap(({ licenceUntil }) => (licenceUntil === undefined ? [] : [licenceUntil]))
  const isLicenceToEnd = ending.some((each) => each.naming === 'licence')
  const running = licences.filter((each) => each.value > release)
  return {
    release: running.length > 0 ? ('CRD' as const) : ('ARD' as const),
    expiry: isLicenceToEnd ? ('SLED' as const) : ('SED' as const),
    /** Ends of licences that run past the release, when the sentence itself runs longer. */
    licences: isLicenceToEnd ? [] : running,
  }
}

const latestOf = (refs: readonly Ref[]): Day => Math.max(...refs.map((each) => each.value))
