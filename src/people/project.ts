import type { Register } from '../kernel/register.ts'
import {
  contactRegister,
  differenceRegister,
  linkRegister,
  markRegister,
  needRegister,
  photographRegister,
} from './events.ts'
import { factRegister, identifierRegister, nameRegister } from './folds.ts'

export const registers: readonly Register[] = [
  nameRegister,
  factRegister,
  identifierRegister,
  photographRegister,
  markRegister,
  needRegister,
  contactRegister,
  linkRegister,
  differenceRegister,
]
