/**
 * What is served as one: a sentence alone, or the sentences of a consecutive chain (s. 264). Built anew whenever a
 * sentence joins, since a later sentence can be made consecutive to one already running.
 */
import type { Calendar, Day } from '../kernel/calendar.ts'
import { chainsOf } from '../kernel/chain.ts'
import { type Duration, endOfTerms, isNothing } from '../kernel/duration.ts'
import type { Sentence } from './case.ts'
import { commencements, MONTHS_WITH_LICENCE } from './law.ts'

export type Unit = {
  /** The ids of its sentences in the order served. */
  readonly id: string
  readonly sentences: readonly Sentence[]
  /** The first day: the earliest day on which a sentence of it was imposed. */
  readonly start: Day
  /** Sentences of the law before 2003 that ran side by side and count as one from the first start to the last end. */
  readonly singleTermOf?: readonly Unit[]
}

/** The chains of a case, each in the order served. `accepts` has refused a case whose chains are not sound. */
export function chainsOfCase(sentences: readonly Sentence[]): readonly (readonly Sentence[])[] {
  const found = chainsOf(sentences)
  if (found.kind !== 'chains') throw new Error(`chains are not sound: ${found.kind}`)
  return found.chains
}

/** The units that the sentences imposed so far make; what is not imposed yet is left out of its chain. */
export function unitsAmong(
  calendar: Calendar,
  chains: readonly (readonly Sentence[])[],
  imposed: ReadonlySet<Sentence>,
): Unit[] {
  const begun = chains
    .map((chain) => chain.filter((sentence) => imposed.has(sentence)))
    .filter((chain) => chain.length > 0)
  const isWithin = (chain: readonly Sentence[], other: readonly Sentence[]) =>
    chain.every((each) => other.includes(each))
  const units = begun.filter(
    (chain, index) =>
      !begun.some((other, at) => at !== index && isWithin(chain, other) && (other.length > chain.length || at < index)),
  )
  return joinSingleTerms(calendar, units.map(toUnit))
}

export function toUnit(sentences: readonly Sentence[]): Unit {
  return {
    id: sentences.map((sentence) => sentence.id).join('+'),
    sentences,
    start: Math.min(...sentences.map((sentence) => sentence.sentencedOn)),
  }
}

/** Custodial terms in the order served, then the extensions: the whole length, in the units the court used. */
export function termsOf(unit: Unit): Duration[] {
  return [...custodialTermsOf(unit), ...unit.sentences.flatMap(({ extension }) => extension ?? [])]
}

export const custodialTermsOf = (unit: Unit): Duration[] =>
  unit.sentences.map((sentence) => sentence.term).filter((term) => !isNothing(term))

/** The last day of the whole length, before any adjustment. */
export function endOf(calendar: Calendar, unit: Unit): Day {
  if (unit.singleTermOf !== undefined) return Math.max(...unit.singleTermOf.map((each) => endOf(calendar, each)))
  return endOfTerms(calendar, unit.start, termsOf(unit))
}

/** Whether the whole length is shorter than so many calendar months. */
export function isShorterThanMonths(calendar: Calendar, unit: Unit, months: number): boolean {
  return endOf(calendar, unit) < endOfTerms(calendar, unit.start, [{ years: 0, months, weeks: 0, days: 0 }])
}

/** Imposed for an offence before the Act of 2003, and before the Act of 2012 took over. */
export const isOfOldLaw = ({ kind, offenceOn, sentencedOn }: Sentence): boolean =>
  kind === 'sds' && offenceOn !== undefined && offenceOn < commencements.cja2003 && sentencedOn < commencements.laspo

/** For an offence after which every sentence, however short, is followed by licence. */
export const isOfOra = ({ offenceOn }: Sentence): boolean => offenceOn !== undefined && offenceOn >= commencements.ora

/**
 * Terms under the Criminal Justice Act 1991 that overlap are one term from the first start to the last end (s. 51(2)).
 * That law held until December 2012 for offences before April 2005 and, whatever the offence, for terms under a year:
 * the provisions of the Act of 2003 for those never commenced.
 */
function joinSingleTerms(calendar: Calendar, units: readonly Unit[]): Unit[] {
  const isOld = (unit: Unit) =>
    unit.sentences.every(({ kind, sentencedOn }) => kind === 'sds' && sentencedOn < commencements.laspo) &&
    (unit.sentences.every(isOfOldLaw) || isShorterThanMonths(calendar, unit, MONTHS_WITH_LICENCE))
  const old = units.filter(isOld)
  if (old.length < 2) return [...units]
  const single: Unit = {
    id: old.map((unit) => unit.id).join('|'),
    sentences: old.flatMap((unit) => unit.sentences),
    start: Math.min(...old.map((unit) => unit.start)),
    singleTermOf: old,
  }
  return [...units.filter((unit) => !old.includes(unit)), single]
}
