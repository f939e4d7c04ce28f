/** The whole length of all sentences, before any adjustment: for every kind of sentence and every law alike. */
import type { Calendar, Day } from '../kernel/calendar.ts'
import { endOfTerms, lengthBetween, toIsoDuration } from '../kernel/duration.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Case } from './case.ts'
import { lengthOf, type Work } from './unadjusted.ts'
import { chainsOfCase, type Unit, unitsAmong } from './units.ts'

/** No more than two years of detention and training at a time (Powers of Criminal Courts (Sentencing) Act 2000, s. 101). */
const MONTHS_DETENTION_AND_TRAINING = 24

/** `end` is absent where nothing but committals for breach of supervision is served: those have no sentence end. */
export type WholeLength = { readonly end: Ref | undefined; readonly effectiveLength: string }

/** The end (ESED) and the length from the first day of the earliest sentence to it. The case's chains must be sound. */
export function wholeLengthOf(work: Work, given: Case): WholeLength {
  const { calendar } = work
  const units = unitsAmong(calendar, chainsOfCase(given.sentences), new Set(given.sentences))
  const end = work.latest(
    units.map((unit) => endOfUnit(work, unit)),
    { text: 'latest-end', cite: 's263' },
  )
  const start = Math.min(...given.sentences.map((sentence) => sentence.sentencedOn))
  const isCommittal = given.sentences.every((sentence) => sentence.kind === 'botus')
  return {
    end: isCommittal ? undefined : end,
    effectiveLength: toIsoDuration(lengthBetween(calendar, start, end.value)),
  }
}

function endOfUnit(work: Work, unit: Unit): Ref {
  const { start, end } = lengthOf(work, unit)
  if (!unit.sentences.every((sentence) => sentence.kind === 'dto')) return end
  if (end.value <= limitOf(work.calendar, unit.start)) return end
  const limit = work.termEnd(start, [{ years: 0, months: MONTHS_DETENTION_AND_TRAINING, weeks: 0, days: 0 }], {
    text: 'dto-limit',
    cite: 'dto',
  })
  return work.earliest([end, limit], { text: 'dto-capped', cite: 'dto' })
}

const limitOf = (calendar: Calendar, start: Day): Day =>
  endOfTerms(calendar, start, [{ years: 0, months: MONTHS_DETENTION_AND_TRAINING, weeks: 0, days: 0 }])
