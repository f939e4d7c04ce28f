import type { Room } from '../kernel/register.ts'
import { accessActs, grantRefusals } from './acts.ts'
import { registers } from './project.ts'

/** Whose people they are, who looked, who was denied, who opened what is closed, and by which policies. */
export const room: Room = { name: 'access', acts: accessActs, registers, refusals: grantRefusals }
