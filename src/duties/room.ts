import type { Room } from '../kernel/register.ts'
import { dutyFacts } from './acts.ts'
import { dischargeDuty } from './discharge.ts'
import { registers } from './project.ts'
import { dutyRefusals } from './refusals.ts'

export const room: Room = { name: 'duties', acts: [...dutyFacts, dischargeDuty], registers, refusals: dutyRefusals }
