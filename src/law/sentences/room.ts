import type { Room } from '../../kernel/register.ts'
import { sentenceActs } from './acts.ts'
import { registers } from './project.ts'
import { sentenceRefusals } from './refusals.ts'

export const room: Room = { name: 'sentences', acts: sentenceActs, registers, refusals: sentenceRefusals }
