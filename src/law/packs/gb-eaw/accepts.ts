/** What the pack refuses before it computes, in the order of the catalogue. */
import type { Calendar } from '../kernel/calendar.ts'
import { chainsOf } from '../kernel/chain.ts'
import { duration, endOfTerm, isNothing } from '../kernel/duration.ts'
import { intersect } from '../kernel/interval.ts'
import type { PackRefusal } from '../kernel/pack.ts'
import type { Case, Sentence } from './case.ts'
import { isUnknownExclusion, type LawBook } from './law.ts'
import { type RefusalCode, refuse } from './refusals.ts'

/** More chains than this from one set of sentences is a mistake of the record, not a sentence. */
const CHAINS_AT_MOST = 200

/** Breaches of a sexual harm prevention order and its forerunners (Sexual Offences Act 2003, ss. 103I, 113, 122). */
const ORDER_BREACH = /^SX032(20|44|47)[A-Z]?$/
const SEXUAL = 'SEXUAL'

/** Contradictions and gaps: no date may be given at all. */
export function contradictionsIn(given: Case, calendar: Calendar, law: LawBook): PackRefusal[] {
  if (given.sentences.length === 0) return [refuse('no-sentence')]
  return [
    ...chainRefusals(given),
    ...given.sentences.flatMap((sentence) => sentenceRefusals(calendar, sentence)),
    ...creditRefusals(given),
    ...atLargeRefusals(given),
    ...heldRefusals(given, law),
    ...betweenTranches(given, law),
  ]
}

/** Kinds of sentence, recalls and laws that the pack does not compute yet: only the whole length is known. */
export function notCoveredIn(given: Case, law: LawBook): PackRefusal[] {
  const kinds = given.sentences.filter(({ kind }) => kind === 'dto' || kind === 'fine' || kind === 'botus')
  const recalls = given.sentences.filter((sentence) => sentence.recall !== undefined)
  const isRecall = recalls.length > 0 || given.fixedTermRecall !== undefined || given.returnedToCustodyOn !== undefined
  const hasRecallCredit = given.adjustments.some(
    ({ kind }) => kind === 'recall-remand' || kind === 'recall-tagged-bail',
  )
  return [
    ...kinds.map(({ id }) => refuse('kind-not-covered', id)),
    ...(isRecall || hasRecallCredit ? [refuse('recall-not-covered', recalls[0]?.id)] : []),
    ...given.sentences.flatMap(({ id, exclusions }) =>
      exclusions.some(isUnknownExclusion) ? [refuse('exclusion-unknown', id)] : [],
    ),
    ...(law.isCovered ? [] : [refuse('law-not-covered')]),
  ]
}

function chainRefusals({ sentences }: Case): PackRefusal[] {
  const found = chainsOf(sentences)
  if (found.kind === 'missing') return [refuse('chain-broken', found.id)]
  if (found.kind === 'cycle') return found.ids.map((id) => refuse('chain-circular', id))
  return found.chains.length > CHAINS_AT_MOST ? [refuse('chain-too-branched')] : []
}

function sentenceRefusals(calendar: Calendar, sentence: Sentence): PackRefusal[] {
  const is = (code: RefusalCode, applies: boolean) => (applies ? [refuse(code, sentence.id)] : [])
  return [
    ...is('no-term', isNothing(sentence.term)),
    ...is('offence-date-missing', sentence.offenceOn === undefined),
    ...is(
      'order-breach-unclear',
      ORDER_BREACH.test(sentence.offenceCode ?? '') && sentence.exclusions.includes(SEXUAL),
    ),
    ...is('extension-not-lawful', !isExtensionLawful(calendar, sentence)),
  ]
}

/** A special sentence adds exactly a year; an extended one from a year to eight, for terrorism to ten. */
function isExtensionLawful(calendar: Calendar, { kind, extension, sentencedOn }: Sentence): boolean {
  if (kind !== 'eds' && kind !== 'sopc') return extension === undefined
  if (extension === undefined) return false
  const end = endOfTerm(calendar, sentencedOn, extension)
  const after = (years: number) => endOfTerm(calendar, sentencedOn, duration({ years }))
  return kind === 'sopc' ? end === after(1) : end >= after(1) && end <= after(10)
}

/** No day may be credited twice. */
function creditRefusals({ adjustments }: Case): PackRefusal[] {
  const spells = adjustments.flatMap(({ id, kind, first, last }) =>
    kind === 'remand' && first !== undefined && last !== undefined ? [{ id, from: first, to: last }] : [],
  )
  return spells.flatMap((spell, index) =>
    spells.slice(index + 1).some((other) => intersect(spell, other) !== undefined)
      ? [refuse('credit-overlaps', spell.id)]
      : [],
  )
}

function atLargeRefusals({ adjustments, sentences }: Case): PackRefusal[] {
  const first = Math.min(...sentences.map((sentence) => sentence.sentencedOn))
  return adjustments
    .filter(({ kind, from, days }) => kind === 'unlawfully-at-large' && days > 0 && from < first)
    .map(({ id }) => refuse('at-large-before-sentence', id))
}

/** Some laws ask who was held on the day they commence, and leave open what becomes of the others. */
function heldRefusals({ adjustments, movements }: Case, { mustBeHeldOn: day }: LawBook): PackRefusal[] {
  if (day === undefined) return []
  const spells = adjustments.filter(({ kind }) => kind === 'unlawfully-at-large')
  // Back on the day itself is not held on it.
  const isAtLarge = spells.some(({ first, last }) => first !== undefined && first < day && (last ?? first) >= day - 1)
  const before = movements.filter(({ on }) => on < day).toSorted((a, b) => a.on - b.on)
  return isAtLarge || before.at(-1)?.direction === 'out' ? [refuse('out-at-commencement')] : []
}

/** Neither the day of its own length nor that of the whole chain is certain for such a sentence. */
function betweenTranches({ sentences }: Case, { earlyRelease }: LawBook): PackRefusal[] {
  const found = chainsOf(sentences)
  if (found.kind !== 'chains') return []
  const isBetween = (chain: readonly Sentence[]) =>
    earlyRelease.some(({ commencement, tranches }) => {
      const last = tranches.at(-1)?.on ?? commencement
      return (
        chain.some((each) => each.sentencedOn < commencement) &&
        chain.some((each) => each.sentencedOn >= commencement && each.sentencedOn < last)
      )
    })
  return found.chains.some(isBetween) ? [refuse('imposed-between-tranches')] : []
}
