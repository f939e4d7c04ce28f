import type { Register } from '../kernel/register.ts'
import { completenessRegister } from './completeness.ts'
import {
  childRegister,
  claimRegister,
  departureRegister,
  deprivationRegister,
  healthRegister,
  noteRegister,
  propertyRegister,
} from './events.ts'
import {
  bunkRegister,
  classificationRegister,
  custodyRegister,
  presenceRegister,
  responsibilityRegister,
} from './folds.ts'

export const registers: readonly Register[] = [
  custodyRegister,
  presenceRegister,
  bunkRegister,
  responsibilityRegister,
  completenessRegister,
  classificationRegister,
  deprivationRegister,
  departureRegister,
  healthRegister,
  propertyRegister,
  childRegister,
  noteRegister,
  claimRegister,
]
