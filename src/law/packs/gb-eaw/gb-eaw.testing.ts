/** Cases for tests of this pack: few words to write one, dates as text. */
import { dayNumbers, dayOf } from '../kernel/calendar.ts'
import { type Duration, duration } from '../kernel/duration.ts'
import type { Outcome } from '../kernel/pack.ts'
import type { Adjustment, AdjustmentKind, Case, DateType, Sentence } from './case.ts'
import { type LawBook, lawAtHalf } from './law.ts'
import { gbEaw } from './pack.ts'

export const day = (iso: string) => dayOf(dayNumbers, iso)

export const sentence = (
  id: string,
  sentencedOn: string,
  term: Partial<Duration>,
  more: Partial<Omit<Sentence, 'offenceOn'>> & { offenceOn?: string } = {},
): Sentence => {
  const { offenceOn, ...rest } = more
  return {
    id,
    kind: 'sds',
    sentencedOn: day(sentencedOn),
    offenceOn: offenceOn === undefined ? day(sentencedOn) - 30 : day(offenceOn),
    term: duration(term),
    sdsPlus: false,
    sdsPlusOffence: false,
    section250: false,
    exclusions: [],
    ...rest,
  }
}

export const adjustment = (
  kind: AdjustmentKind,
  days: number,
  from: string,
  more: Partial<Adjustment> = {},
): Adjustment => ({
  id: `${kind}-${from}`,
  kind,
  days,
  from: day(from),
  ...more,
})

export const caseOf = (sentences: readonly Sentence[], more: Partial<Case> = {}): Case => ({
  bornOn: day('1985-05-05'),
  registeredSexOffender: false,
  sentences,
  adjustments: [],
  movements: [],
  wantsRemovalDate: false,
  ...more,
})

/** The dates as text, or the codes of what was refused. */
export function datesOf(given: Case, law: LawBook = lawAtHalf): Partial<Record<DateType | 'refused', string>> {
  return plain(gbEaw(law).compute(given, dayNumbers))
}

export function plain(outcome: Outcome<DateType>): Partial<Record<DateType | 'refused', string>> {
  if (outcome.kind === 'ambiguous') return { refused: 'ambiguous' }
  if (outcome.kind === 'refused') return { refused: outcome.reasons.map((each) => each.code).join(' ') }
  return Object.fromEntries(Object.entries(outcome.dates).map(([type, dated]) => [type, dated.date]))
}
