import type { YearDays } from '../../packs/sv/law.ts'
import type { SvCase, SvSentence } from '../../packs/sv/pack.ts'
import type { CaseFacts, Sentence } from '../facts.ts'
import { daysIn, type Reading, termOf, Unread } from './reading.ts'

const YEAR_DAYS: Readonly<Record<string, YearDays>> = { calendar: 'calendar', 365: 365, 360: 360 }

/**
 * El Salvador. Sentences `prison`; marks `restricted`, `not-restricted` (one on each, else it is unknown). Adjustments
 * `held` (detention for the case before, with its days), `redeemed` (by work). Event `captured`: since when the person is
 * held. Options `year-days` (calendar, 365, 360), `first-day-counts`, `rounding` (up, down).
 */
export const readSv: Reading<SvCase> = (facts) => {
  const unread = new Unread()
  if (facts.marks.length > 0) unread.note('mark-unknown')
  for (const { event, kind } of facts.events) if (kind !== 'captured') unread.note('kind-unknown', event)
  const heldEarlier = facts.adjustments.flatMap(({ adjustment, kind, from, to }) => {
    if (kind !== 'held') return []
    if (from === undefined || to === undefined) {
      unread.note('day-missing', adjustment)
      return []
    }
    return { from, to }
  })
  const redeemed = facts.adjustments.filter(({ kind }) => kind === 'redeemed')
  for (const { adjustment, kind } of facts.adjustments)
    if (kind !== 'held' && kind !== 'redeemed') unread.note('kind-unknown', adjustment)
  for (const one of redeemed) if (daysIn(one) === undefined) unread.note('days-missing', one.adjustment)
  const sentences = facts.sentences.map((one) => sentenceOf(one, unread))
  const counting = countingOf(facts, unread)
  const heldSince = heldSinceOf(facts)
  if (!unread.isClean) return { refused: unread.refused }
  return {
    read: {
      sentences,
      // Without a sentence the pack refuses by itself, whatever the day.
      heldSince: heldSince ?? '1970-01-01',
      heldEarlier,
      restricted: restrictedOf(facts),
      ...(redeemed.length > 0 && { redeemedDays: redeemed.reduce((sum, one) => sum + (daysIn(one) ?? 0), 0) }),
      counting,
    },
  }
}

/** The capture; where nobody entered one, the first day of the first sentence. */
function heldSinceOf({ events, sentences }: CaseFacts): string | undefined {
  const captured = events.filter(({ kind }) => kind === 'captured').map(({ on }) => on)
  const begun = sentences.map(({ begins, imposed }) => begins ?? imposed)
  return (captured.length > 0 ? captured : begun).sort()[0]
}

function sentenceOf(one: Sentence, unread: Unread): SvSentence {
  if (one.kind !== 'prison') unread.note('kind-unknown', one.sentence)
  const isOdd = one.terms.some(({ part, weeks }) => part !== 'custody' || weeks > 0)
  if (isOdd || one.recall !== undefined || one.fine !== undefined) unread.note('fact-not-read', one.sentence)
  if (one.marks.some((mark) => mark !== 'restricted' && mark !== 'not-restricted'))
    unread.note('mark-unknown', one.sentence)
  const term = termOf(one, 'custody')
  return {
    id: one.sentence,
    ...(term !== undefined && { term: { years: term.years, months: term.months, days: term.days } }),
  }
}

function restrictedOf({ sentences }: CaseFacts): SvCase['restricted'] {
  if (sentences.some(({ marks }) => marks.includes('restricted'))) return 'yes'
  return sentences.every(({ marks }) => marks.includes('not-restricted')) ? 'no' : 'unknown'
}

function countingOf({ options }: CaseFacts, unread: Unread): SvCase['counting'] {
  const counting: { -readonly [K in keyof SvCase['counting']]: SvCase['counting'][K] } = {}
  for (const [name, value] of Object.entries(options)) {
    const yearDays = name === 'year-days' ? YEAR_DAYS[String(value)] : undefined
    if (yearDays !== undefined) counting.yearDays = yearDays
    else if (name === 'first-day-counts' && typeof value === 'boolean') counting.inclusiveStart = value
    else if (name === 'rounding' && (value === 'up' || value === 'down')) counting.rounding = value
    else unread.note('fact-not-read')
  }
  return counting
}
