import type { statusContract } from '../../../src/cli/status-contract.ts'
import { type AnswerOf, useRead } from '../../frame/api.ts'
import { useFacility } from '../../frame/session.ts'

/** The status strip's figures, for the pages that show them large. */
export function useStrip(): AnswerOf<typeof statusContract> | undefined {
  const { code } = useFacility()
  const query = code === '' ? {} : { facility: code }
  return useRead<typeof statusContract>('/api/status', { query }).data
}
