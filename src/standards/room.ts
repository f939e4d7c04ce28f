import type { Room } from '../kernel/register.ts'
import { standardsActs } from './acts.ts'
import { findingRefusals } from './decide.ts'
import { registers } from './project.ts'

export const room: Room = { name: 'standards', acts: standardsActs, registers, refusals: findingRefusals }
