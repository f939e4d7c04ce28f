import type { Room } from '../kernel/register.ts'
import { peopleActs } from './acts.ts'
import { registers } from './project.ts'
import { peopleRefusals } from './refusals.ts'

export const room: Room = { name: 'people', acts: peopleActs, registers, refusals: peopleRefusals }
