import type { Room } from '../kernel/register.ts'
import { lawActs } from './acts.ts'
import { registers } from './project.ts'
import { lawRefusals } from './refusals.ts'

export const room: Room = { name: 'law', acts: lawActs, registers, refusals: lawRefusals }
