import type { sentenceContract } from '../../../src/law/sentences/contract.ts'
import type { AnswerOf } from '../../frame/api.ts'

export type Case = AnswerOf<typeof sentenceContract>['cases'][number]
