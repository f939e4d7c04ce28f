import type { Room } from '../kernel/register.ts'
import { custodyActs } from './acts.ts'
import { registers } from './project.ts'
import { custodyRefusals } from './refusals.ts'

export const room: Room = { name: 'custody', acts: custodyActs, registers, refusals: custodyRefusals }
