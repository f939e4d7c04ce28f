/**
 * The law of release as dated data. A new regime is a new entry with the day it commences; nothing here is computed.
 * A `LawBook` is the law as it stands at one state of legislation, so that everybody can be recomputed under two.
 */
import { type Day, dayNumbers, dayOf } from '../kernel/calendar.ts'
import { type Fraction, fraction, WHOLE } from '../kernel/fraction.ts'
import type { Sentence } from './case.ts'
import type { Cite } from './citations.ts'
import type { Conventions } from './counting.ts'

const on = (iso: string): Day => dayOf(dayNumbers, iso)

/** Days on which the naming of dates, licences and supervision changed. */
export const commencements = {
  /** Criminal Justice Act 2003: offences from here. */
  cja2003: on('2005-04-04'),
  /** Legal Aid, Sentencing and Punishment of Offenders Act 2012: sentences from here. */
  laspo: on('2012-12-03'),
  /** Offender Rehabilitation Act 2014: offences from here are followed by licence and supervision. */
  ora: on('2015-02-01'),
  /** Special sentences imposed from here reach the Parole Board at two thirds, before at one half. */
  sopcTwoThirds: on('2022-06-28'),
} as const

/** Sentences of twelve months and more carry a licence; top-up supervision follows those under two years. */
export const MONTHS_WITH_LICENCE = 12
export const MONTHS_WITHOUT_SUPERVISION = 24

export type Share = { readonly share: Fraction; readonly cite: Cite }

export const half: Share = { share: fraction(1, 2), cite: 's244' }
export const twoThirdsSds: Share = { share: fraction(2, 3), cite: 's244ZA' }
export const twoThirdsExtended: Share = { share: fraction(2, 3), cite: 's246A' }
export const wholeExtended: Share = { share: WHOLE, cite: 's246A' }
export const wholeSpecial: Share = { share: WHOLE, cite: 's244A' }
export const halfSpecial: Share = { share: fraction(1, 2), cite: 's244A' }
export const twoThirdsSpecial: Share = { share: fraction(2, 3), cite: 's244A' }
/** Licence expiry of the law before the Act of 2003. */
export const threeQuarters: Share = { share: fraction(3, 4), cite: 'cja1991' }

/**
 * An earlier share for sentences that qualify. Imposed on or after `commencement`: at once. Imposed before: on the day
 * of the tranche that the length of sentence falls in, never before that day.
 */
export type EarlyRelease = {
  readonly id: 'sds40' | 'progression'
  readonly commencement: Day
  readonly shareFor: (sentence: Sentence, conventions: Conventions) => Share | undefined
  /** In order; the first that takes the length. */
  readonly tranches: readonly Tranche[]
}

export type Tranche = {
  readonly on: Day
  /** Whether a sentence of this length belongs to it: `endsBefore(months)` compares with whole calendar months. */
  readonly takes: (length: SentenceLength) => boolean
}

export type SentenceLength = { readonly days: number; readonly isShorterThanMonths: (months: number) => boolean }

/** Offences shut out of the 40 % scheme: from its beginning, or (codes ending so) by the order of December 2024. */
const EXCLUSIONS = ['SEXUAL', 'VIOLENT', 'DOMESTIC_ABUSE', 'NATIONAL_SECURITY', 'TERRORISM']
const LATER = /_T3$/
const laterExclusionsFrom = on('2024-12-16')
/** Codes of the scheme of 2026; they say nothing about the 40 % scheme. */
const OTHER_SCHEME = /PROGRESSION_MODEL/

export const isLaterExclusion = (code: string): boolean => LATER.test(code)

/** A code whose meaning for early release nobody has told the pack. */
export const isUnknownExclusion = (code: string): boolean =>
  !EXCLUSIONS.includes(code) && !LATER.test(code) && !OTHER_SCHEME.test(code)

function isShutOutOf40(sentence: Sentence, { laterExclusions }: Conventions): boolean {
  return sentence.exclusions.some((code) => {
    if (OTHER_SCHEME.test(code)) return false
    return !LATER.test(code) || laterExclusions === 'always' || sentence.sentencedOn >= laterExclusionsFrom
  })
}

const sds40: EarlyRelease = {
  id: 'sds40',
  commencement: on('2024-09-10'),
  shareFor(sentence, conventions) {
    if (sentence.kind !== 'sds' || sentence.sdsPlus || isShutOutOf40(sentence, conventions)) return undefined
    return { share: fraction(2, 5), cite: 'si2024-844' }
  },
  tranches: [
    { on: on('2024-09-10'), takes: (length) => length.isShorterThanMonths(60) },
    { on: on('2024-10-22'), takes: () => true },
  ],
}

/** Home detention curfew: from `from` the mid-point and what is taken off above it. */
export type CurfewRegime = { readonly from: Day | undefined; readonly midPoint: number; readonly offAbove: number }

export const curfew = {
  custodyAtLeast: 42,
  servedAtLeast: 28,
  afterStartAtLeast: 14,
  old: { from: undefined, midPoint: 360, offAbove: 180 },
  new: { from: on('2025-06-03'), midPoint: 730, offAbove: 365 },
} as const satisfies Record<string, number | CurfewRegime>

/** Early removal from the country: a share of custody, and no earlier than a window before release. */
export type RemovalRegime = { readonly share: Fraction; readonly window: { days: number } | { months: number } }

export const removal = {
  newFrom: on('2025-09-23'),
  old: { share: fraction(1, 2), window: { days: 544 } },
  new: { share: fraction(3, 10), window: { months: 48 } },
} as const

export type LawBook = {
  readonly id: string
  readonly earlyRelease: readonly EarlyRelease[]
  /** Top-up supervision is still imposed. */
  readonly topUpSupervision: boolean
  /** False while the pack knows of the law but not all its rules. */
  readonly isCovered: boolean
  /** From this day a later law is in force that the pack does not cover: nobody's release on or after it is computed. */
  readonly coveredUntil?: Day
  /** On this day the law treats those out of custody apart, in a way the pack does not decide. */
  readonly mustBeHeldOn?: Day
}

/** The law before the 40 % scheme. */
export const lawAtHalf: LawBook = { id: 'half', earlyRelease: [], topUpSupervision: true, isCovered: true }

/** The law with the 40 % scheme of September 2024. */
export const lawAt40: LawBook = { id: 'sds40', earlyRelease: [sds40], topUpSupervision: true, isCovered: true }

const progressionFrom = on('2026-10-01')

/** The law with the progression model of October 2026. */
export const lawOfProgression: LawBook = {
  ...lawAt40,
  id: 'progression',
  isCovered: false,
  mustBeHeldOn: progressionFrom,
}

/**
 * The law as far as the pack may answer for somebody who is held now. Under the 40 % scheme alone a release after the
 * progression model commenced would be dated too late, which is worse than no date.
 */
export const lawInForce: LawBook = lawOfProgression.isCovered
  ? lawOfProgression
  : { ...lawAt40, coveredUntil: progressionFrom }
