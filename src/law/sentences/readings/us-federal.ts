import { REGIMES } from '../../packs/us-federal/law.ts'
import type { FederalCase, FederalSentence } from '../../packs/us-federal/pack.ts'
import type { CaseFacts, Sentence } from '../facts.ts'
import { daysIn, inOrderServed, type Reading, termOf, Unread } from './reading.ts'

/**
 * Federal sentences of the United States. Sentences `prison` (without a term: life); mark `concurrent` where the court
 * ordered it; `consecutiveTo` where it ordered that. Adjustments `custody` and `credited-elsewhere` (with their days),
 * `disallowed` and `earned-time` (counts). Event `received`: in custody to serve it. Option `law-on`.
 */
export const readUsFederal: Reading<FederalCase> = (facts) => {
  const unread = new Unread()
  if (facts.marks.length > 0) unread.note('mark-unknown')
  for (const { event, kind } of facts.events) if (kind !== 'received') unread.note('kind-unknown', event)
  for (const name of Object.keys(facts.options)) if (name !== 'law-on') unread.note('fact-not-read')
  const sentences = inOrderServed(facts.sentences).map((one) => sentenceOf(one, unread))
  const spans = (wanted: string) =>
    facts.adjustments.flatMap(({ adjustment, kind, from, to }) => {
      if (kind !== wanted) return []
      if (from === undefined || to === undefined) {
        unread.note('day-missing', adjustment)
        return []
      }
      return { from, to }
    })
  const days = (wanted: string) => {
    const own = facts.adjustments.filter(({ kind }) => kind === wanted)
    for (const one of own) if (daysIn(one) === undefined) unread.note('days-missing', one.adjustment)
    return own.reduce((sum, one) => sum + (daysIn(one) ?? 0), 0)
  }
  for (const { adjustment, kind } of facts.adjustments)
    if (!['custody', 'credited-elsewhere', 'disallowed', 'earned-time'].includes(kind))
      unread.note('kind-unknown', adjustment)
  const [custody, creditedElsewhere] = [spans('custody'), spans('credited-elsewhere')]
  const [disallowedDays, earnedTimeDays] = [days('disallowed'), days('earned-time')]
  if (!unread.isClean) return { refused: unread.refused }
  const start = startOf(facts)
  return {
    read: {
      sentences,
      start,
      custody,
      creditedElsewhere,
      disallowedDays,
      lawOn: lawOn(facts, start),
      ...(earnedTimeDays > 0 && { earnedTimeDays }),
    },
  }
}

function startOf({ events, sentences }: CaseFacts): string {
  const received = events.filter(({ kind }) => kind === 'received').map(({ on }) => on)
  const begun = sentences.map(({ begins, imposed }) => begins ?? imposed)
  // Without a sentence the pack refuses by itself, whatever the day.
  return (received.length > 0 ? received : begun).sort()[0] ?? '1970-01-01'
}

/** Whoever is computed now is computed by the law of now: the last that the pack knows, unless a day is named. */
function lawOn({ options }: CaseFacts, start: string): string {
  const named = options['law-on']
  const last = REGIMES.at(-1)?.from ?? start
  return typeof named === 'string' ? named : start > last ? start : last
}

function sentenceOf(one: Sentence, unread: Unread): FederalSentence {
  if (one.kind !== 'prison') unread.note('kind-unknown', one.sentence)
  const isOdd = one.terms.some(({ part, weeks }) => part === 'extension' || weeks > 0)
  if (isOdd || one.recall !== undefined || one.fine !== undefined) unread.note('fact-not-read', one.sentence)
  if (one.marks.some((mark) => mark !== 'concurrent')) unread.note('mark-unknown', one.sentence)
  const term = termOf(one, 'custody')
  const runs =
    one.consecutiveTo !== undefined ? 'consecutive' : one.marks.includes('concurrent') ? 'concurrent' : undefined
  return {
    id: one.sentence,
    imposed: one.imposed,
    ...(term !== undefined && { term: { years: term.years, months: term.months, days: term.days } }),
    ...(runs !== undefined && { runs }),
  }
}
