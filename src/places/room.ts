import type { Room } from '../kernel/register.ts'
import { placeActs } from './acts.ts'
import { registers } from './project.ts'
import { placeRefusals } from './refusals.ts'

export const room: Room = { name: 'places', acts: placeActs, registers, refusals: placeRefusals }
