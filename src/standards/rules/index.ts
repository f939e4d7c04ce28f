import { admittedWithoutOrder, basisUnknown, heldBeyondOrder } from './basis.ts'
import { ownBed } from './bed.ts'
import { dutyFindings } from './duties.ts'
import {
  checkpointUnwitnessed,
  glassBroken,
  keyMissing,
  noticeUndelivered,
  signerSilent,
  syncRefused,
  witnessContradicts,
} from './house.ts'
import { basisDisputed, finalJudgment, issuerEmpowered, onlyToldOrder, provisionInForce } from './orders.ts'
import {
  custodyConflict,
  custodyOverlap,
  departureContradiction,
  goneFromRoster,
  missingFields,
  possibleDouble,
} from './register.ts'
import { releaseFindings } from './release.ts'
import type { Rule } from './rule.ts'
import { lawNotReviewed, releaseDatePassed, signedDateOutdated } from './sentences.ts'

/** Every rule, in the order of the scorecard: law, register, people, places, what is owed, the house itself. */
export const rules: readonly Rule[] = [
  admittedWithoutOrder,
  issuerEmpowered,
  provisionInForce,
  heldBeyondOrder,
  basisUnknown,
  basisDisputed,
  onlyToldOrder,
  finalJudgment,
  releaseDatePassed,
  signedDateOutdated,
  lawNotReviewed,
  ...releaseFindings,
  custodyConflict,
  missingFields,
  custodyOverlap,
  departureContradiction,
  goneFromRoster,
  possibleDouble,
  ownBed,
  ...dutyFindings,
  syncRefused,
  signerSilent,
  checkpointUnwitnessed,
  witnessContradicts,
  noticeUndelivered,
  keyMissing,
  glassBroken,
]

export const findRule = (id: string): Rule | undefined => rules.find((rule) => rule.id === id)
