/** The whole length of all sentences, before any adjustment: for every kind of sentence and every law alike. */
import type { Calendar, Day } from '../kernel/calendar.ts'
import { duration, lengthBetween, toIsoDuration } from '../kernel/duration.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Case } from './case.ts'
import { lengthOf, type Work } from './unadjusted.ts'
import { chainsOfCase, endOf, type Unit, unitsAmong } from './units.ts'

/** No more than two years of detention and training at a time (Powers of Criminal Courts (Sentencing) Act 2000, s. 101). */
const MONTHS_DETENTION_AND_TRAINING = 24

/** `end` is absent where nothing but committals for breach of supervision is served: those have no sentence end. */
export type WholeLength = { readonly end: Ref | undefined; readonly effectiveLength: string }

/** The end (ESED) and the length from the first day of the earliest sentence to it. The case's chains must be sound. */
export function wholeLengthOf(work: Work, given: Case): WholeLength {
  const { calendar } = work
  const units = unitsAmong(calendar, chainsOfCase(given.sentences), new Set(given.sentences))
  const end = work.latest(
    units.map((unit) => endOfUnit(work, unit, units)),
    { text: 'latest-end', cite: 's263' },
  )
  const start = Math.min(...given.sentences.map((sentence) => sentence.sentencedOn))
  const isCommittal = given.sentences.every((sentence) => sentence.kind === 'botus')
  return {
    end: isCommittal ? undefined : end,
    effectiveLength: toIsoDuration(lengthBetween(calendar, start, end.value)),
  }
}

/** Orders that overlap are one term, and the limit runs from the first of them. */
function endOfUnit(work: Work, unit: Unit, units: readonly Unit[]): Ref {
  const { end } = lengthOf(work, unit)
  if (!isDto(unit)) return end
  const first = firstOf(work.calendar, unit, units.filter(isDto))
  const limit = work.termEnd(
    work.given('date', first, { text: 'start' }),
    [duration({ months: MONTHS_DETENTION_AND_TRAINING })],
    { text: 'dto-limit', cite: 'dto' },
  )
  return end.value <= limit.value ? end : work.earliest([end, limit], { text: 'dto-capped', cite: 'dto' })
}

const isDto = (unit: Unit) => unit.sentences.every((sentence) => sentence.kind === 'dto')

/** The start of the earliest order that overlaps this one, directly or through others. */
function firstOf(calendar: Calendar, unit: Unit, orders: readonly Unit[]): Day {
  const before = orders.filter((each) => each.start < unit.start && endOf(calendar, each) >= unit.start)
  return Math.min(unit.start, ...before.map((each) => firstOf(calendar, each, orders)))
}
