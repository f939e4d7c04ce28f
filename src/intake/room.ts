import type { Room } from '../kernel/register.ts'
import { intakeActs } from './acts.ts'
import { registers } from './project.ts'
import { importRefusals } from './refusals.ts'

export const room: Room = { name: 'intake', acts: intakeActs, registers, refusals: importRefusals }
