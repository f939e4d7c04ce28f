import type { Room } from '../kernel/register.ts'
import { oversightActs } from './acts.ts'
import { oversightRefusals } from './decide.ts'
import { registers } from './project.ts'

export const room: Room = { name: 'oversight', acts: oversightActs, registers, refusals: oversightRefusals }
