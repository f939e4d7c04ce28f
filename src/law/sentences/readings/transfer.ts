import type { Decision, TransferCase } from '../../packs/transfer/pack.ts'
import type { Adjustment, CaseFacts, Sentence } from '../facts.ts'
import { type Reading, termOf, Unread } from './reading.ts'

const OPTIONS: ReadonlySet<string> = new Set([
  'state',
  'court',
  'original-last-day',
  'home-maximum-years',
  'decision-court',
  'decision-on',
  'decision-reference',
  'sanction',
])

/**
 * Transferred sentences. One sentence `original`, and where the administering state changed it one `adapted` (continued)
 * or `converted`, with what was decided. Adjustments `served` (with their days): deprivation of liberty before it began
 * here. Event `begun`: since when liberty was taken for it. Options `state`, `court` (of the original),
 * `original-last-day` as the sentencing state certifies it, `home-maximum-years`, `decision-court`, `decision-on`,
 * `decision-reference`, `sanction` (custody, money).
 */
export const readTransfer: Reading<TransferCase> = (facts) => {
  const unread = new Unread()
  if (facts.marks.length > 0) unread.note('mark-unknown')
  for (const name of Object.keys(facts.options)) if (!OPTIONS.has(name)) unread.note('fact-not-read')
  for (const { event, kind } of facts.events) if (kind !== 'begun') unread.note('kind-unknown', event)
  const originals = facts.sentences.filter(({ kind }) => kind === 'original')
  const changed = facts.sentences.filter(({ kind }) => kind === 'adapted' || kind === 'converted')
  for (const one of facts.sentences) {
    if (one !== originals[0] && one !== changed[0]) unread.note('kind-unknown', one.sentence)
    if (one.terms.some(({ part, weeks }) => part !== 'custody' || weeks > 0)) unread.note('fact-not-read', one.sentence)
  }
  const served = facts.adjustments.flatMap((one) => servedOf(one, unread))
  const [original] = originals
  if (original === undefined) unread.note('original-missing')
  if (!unread.isClean || original === undefined) return { refused: unread.refused }
  const text = textsIn(facts)
  const lastDay = text('original-last-day')
  const decision = decisionOf(text)
  return {
    read: {
      original: {
        state: text('state') ?? '',
        court: text('court') ?? '',
        imposed: original.imposed,
        term: lengthOf(original),
        ...(lastDay !== undefined && { lastDay }),
      },
      enforced: enforcedOf(facts, original, changed[0], served),
      ...(decision !== undefined && { decision }),
    },
  }
}

const textsIn =
  ({ options }: CaseFacts) =>
  (name: string): string | undefined =>
    typeof options[name] === 'string' ? options[name] : undefined

function enforcedOf(
  facts: CaseFacts,
  original: Sentence,
  changed: Sentence | undefined,
  served: { from: string; to: string }[],
): TransferCase['enforced'] {
  if (changed?.kind === 'converted') {
    const begins = changed.begins ?? changed.imposed
    const sanction = facts.options.sanction === 'money' ? 'money' : 'custody'
    return { method: 'converted', sanction, term: lengthOf(changed), begins, served }
  }
  const begun = facts.events.map(({ on }) => on).sort()[0] ?? original.begins ?? original.imposed
  const maximum = facts.options['home-maximum-years']
  return {
    method: 'continued',
    begun,
    ...(changed !== undefined && { adapted: lengthOf(changed) }),
    ...(typeof maximum === 'number' && { homeMaximum: { years: maximum, months: 0, days: 0 } }),
  }
}

function decisionOf(text: (name: string) => string | undefined): Decision | undefined {
  const [court, on, reference] = [text('decision-court'), text('decision-on'), text('decision-reference')]
  return court === undefined || on === undefined ? undefined : { court, on, reference: reference ?? '' }
}

function servedOf({ adjustment, kind, from, to }: Adjustment, unread: Unread): { from: string; to: string }[] {
  if (kind !== 'served') unread.note('kind-unknown', adjustment)
  else if (from === undefined || to === undefined) unread.note('day-missing', adjustment)
  else return [{ from, to }]
  return []
}

function lengthOf(one: Sentence) {
  const { years = 0, months = 0, days = 0 } = termOf(one, 'custody') ?? {}
  return { years, months, days }
}
