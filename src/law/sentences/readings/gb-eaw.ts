import type { Case, Adjustment as PackAdjustment, Sentence as PackSentence, Recall } from '../../packs/gb-eaw/case.ts'
import type { Adjustment, CaseFacts, Sentence } from '../facts.ts'
import { day, dayIf, daysIn, inOrderServed, type Reading, termOf, Unread } from './reading.ts'

const KINDS: ReadonlySet<string> = new Set(['sds', 'eds', 'sopc', 'dto', 'fine', 'botus'])
const RECALLS: ReadonlySet<string> = new Set(['standard', 'fixed-14', 'fixed-28', 'fixed-56'])
const ADJUSTMENTS: ReadonlySet<string> = new Set([
  'remand',
  'tagged-bail',
  'recall-remand',
  'recall-tagged-bail',
  'unlawfully-at-large',
  'added',
  'restored',
])
/** Properties of a sentence by name; `excluded:CODE` shuts its offence out of a scheme of early release. */
const MARKS: ReadonlySet<string> = new Set(['automatic-release', 'sds-plus', 'sds-plus-offence', 'section-250'])
const EXCLUDED = 'excluded:'
const CASE_MARKS: ReadonlySet<string> = new Set(['registered-sex-offender', 'wants-removal-date'])
const FIXED_TERM_DAYS = 'fixed-term-recall-days'

/**
 * England and Wales. Events: `in`, `out` (movements, `why` is the reason), `returned` (to custody, after a recall).
 * Options: `fixed-term-recall-days`.
 */
export const readGbEaw: Reading<Case> = (facts) => {
  const unread = new Unread()
  if (facts.birth === undefined) unread.note('birth-missing')
  for (const mark of facts.marks) if (!CASE_MARKS.has(mark)) unread.note('mark-unknown')
  for (const name of Object.keys(facts.options)) if (name !== FIXED_TERM_DAYS) unread.note('fact-not-read')
  const sentences = inOrderServed(facts.sentences).flatMap((one) => sentenceOf(one, unread))
  const adjustments = facts.adjustments.flatMap((one) => adjustmentOf(one, unread))
  const movements = facts.events.flatMap(({ event, kind, on, why }) => {
    if (kind === 'in' || kind === 'out') return { direction: kind, on: day(on), reason: why ?? '' } as const
    if (kind !== 'returned') unread.note('kind-unknown', event)
    return []
  })
  const returned = facts.events.filter(({ kind }) => kind === 'returned').map(({ on }) => day(on))
  const returnedOn = returned.sort((a, b) => a - b).at(-1)
  const fixed = fixedTerm(facts, returnedOn, unread)
  if (!unread.isClean || facts.birth === undefined) return { refused: unread.refused }
  return {
    read: {
      bornOn: day(facts.birth),
      registeredSexOffender: facts.marks.includes('registered-sex-offender'),
      wantsRemovalDate: facts.marks.includes('wants-removal-date'),
      sentences,
      adjustments,
      movements: movements.sort((a, b) => a.on - b.on),
      ...(returnedOn !== undefined && { returnedToCustodyOn: returnedOn }),
      ...fixed,
    },
  }
}

function fixedTerm({ options }: CaseFacts, returnedOn: number | undefined, unread: Unread) {
  const days = options[FIXED_TERM_DAYS]
  if (days === undefined) return {}
  if (typeof days !== 'number' || returnedOn === undefined) {
    unread.note('fact-not-read')
    return {}
  }
  return { fixedTermRecall: { days, returnedOn } }
}

function sentenceOf(one: Sentence, unread: Unread): PackSentence[] {
  if (!KINDS.has(one.kind)) unread.note('kind-unknown', one.sentence)
  const odd = one.marks.filter((mark) => !MARKS.has(mark) && !mark.startsWith(EXCLUDED))
  if (odd.length > 0) unread.note('mark-unknown', one.sentence)
  if (one.begins !== undefined && one.begins !== one.imposed) unread.note('fact-not-read', one.sentence)
  if (one.terms.some(({ part }) => part === 'supervision')) unread.note('fact-not-read', one.sentence)
  const extension = termOf(one, 'extension')
  const recall = recallOf(one, unread)
  const common = {
    kind: one.kind as PackSentence['kind'],
    sentencedOn: day(one.imposed),
    term: termOf(one, 'custody') ?? { years: 0, months: 0, weeks: 0, days: 0 },
    ...(extension !== undefined && { extension }),
    ...(one.consecutiveTo !== undefined && { after: one.consecutiveTo }),
    ...(one.marks.includes('automatic-release') && { automaticRelease: true }),
    sdsPlus: one.marks.includes('sds-plus'),
    sdsPlusOffence: one.marks.includes('sds-plus-offence') || one.marks.includes('sds-plus'),
    section250: one.marks.includes('section-250'),
    exclusions: one.marks.filter((mark) => mark.startsWith(EXCLUDED)).map((mark) => mark.slice(EXCLUDED.length)),
    ...(one.fine !== undefined && { fineAmount: one.fine }),
    ...(recall !== undefined && { recall }),
  }
  // Several offences under one sentence are as many sentences to the pack, which may all be called by its name.
  const offences = one.offences.length === 0 ? [{}] : one.offences
  return offences.map((offence, index) => {
    const offenceOn = dayIf(offence.to ?? offence.from)
    return {
      ...common,
      id: index === 0 ? one.sentence : `${one.sentence}#${index + 1}`,
      ...(offences.length > 1 && { alias: one.sentence }),
      ...(offenceOn !== undefined && { offenceOn }),
      ...(offence.code !== undefined && { offenceCode: offence.code }),
    }
  })
}

function recallOf({ sentence, recall }: Sentence, unread: Unread): Recall | undefined {
  if (recall === undefined) return undefined
  if (!RECALLS.has(recall.kind)) unread.note('kind-unknown', sentence)
  const [returnedOn, revokedOn] = [dayIf(recall.returned), dayIf(recall.revoked)]
  return {
    kind: recall.kind as Recall['kind'],
    ...(returnedOn !== undefined && { returnedOn }),
    ...(revokedOn !== undefined && { revokedOn }),
  }
}

function adjustmentOf(one: Adjustment, unread: Unread): PackAdjustment[] {
  if (!ADJUSTMENTS.has(one.kind)) unread.note('kind-unknown', one.adjustment)
  // The pack gives an adjustment to whatever is being served on its day; one sentence alone is not named to it.
  if (one.sentence !== undefined) unread.note('fact-not-read', one.adjustment)
  const [days, from, last] = [daysIn(one), dayIf(one.from), dayIf(one.to)]
  if (days === undefined) unread.note('days-missing', one.adjustment)
  if (from === undefined) unread.note('day-missing', one.adjustment)
  if (days === undefined || from === undefined) return []
  return [
    {
      id: one.adjustment,
      kind: one.kind as PackAdjustment['kind'],
      days,
      from,
      ...(last !== undefined && { first: from, last }),
      ...(one.why !== undefined && { reason: one.why }),
    },
  ]
}
