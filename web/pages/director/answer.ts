import type { directorContract } from '../../../src/cli/director-contract.ts'
import type { AnswerOf } from '../../frame/api.ts'

export type Director = AnswerOf<typeof directorContract>
