import type { doublesContract } from '../../../src/people/contract.ts'
import type { AnswerOf } from '../../frame/api.ts'

export type Answer = AnswerOf<typeof doublesContract>
