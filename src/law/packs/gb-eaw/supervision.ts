/** Top-up supervision (s. 256AA): twelve months from release for adults with a short licence. */

import type { Day } from '../kernel/calendar.ts'
import type { Ref } from '../kernel/steps.ts'
import type { LawBook } from './law.ts'
import { MONTHS_WITHOUT_SUPERVISION } from './law.ts'
import { isAdultOn, type Named } from './names.ts'
import type { Work } from './unadjusted.ts'
import { isOfOra, isShorterThanMonths } from './units.ts'

const MONTHS_FROM_RELEASE = 12
const LICENCE_DAYS_BELOW = 365

/** The end of supervision for one unit, counted from the end of the part required in custody; undefined where there is none. */
export function supervisionOf(work: Work, unit: Named, bornOn: Day, law: LawBook): Ref | undefined {
  if (!law.topUpSupervision || !unit.unit.sentences.every((sentence) => sentence.kind === 'sds')) return undefined
  if (!unit.unit.sentences.some(isOfOra) || unit.unadjusted.length.value <= 1) return undefined
  if (!isShorterThanMonths(work.calendar, unit.unit, MONTHS_WITHOUT_SUPERVISION)) return undefined
  if (!isAdultOn(work.calendar, bornOn, unit.requisite.value)) return undefined
  const licence = unit.expiry.value - unit.requisite.value
  if (licence >= LICENCE_DAYS_BELOW) return undefined
  return work.addMonths(unit.requisite, MONTHS_FROM_RELEASE, { text: 'supervision', cite: 's256AA' })
}
