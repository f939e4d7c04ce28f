import { useQueries } from '@tanstack/react-query'
import type { searchContract } from '../../../src/people/contract.ts'
import { type AnswerOf, call } from '../../frame/api.ts'
import type { AdmissionValues } from '../admit/values.ts'

export type Alike = AnswerOf<typeof searchContract>['people']

/** Who may be meant by each row; asked a few at a time, in the order of the list. `undefined`: not known yet. */
export function useAlike(rows: readonly AdmissionValues[]): readonly (Alike | undefined)[] {
  return useQueries({
    queries: rows.map((row) => {
      const name = [row.given, row.family1, row.family2].filter((part) => part !== '').join(' ')
      const number = row.number.trim()
      return {
        queryKey: ['alike', name, number],
        enabled: name.length >= 3 || number.length >= 4,
        staleTime: 300_000,
        queryFn: () =>
          inTurn(async () => {
            const search = (body: object) =>
              call<typeof searchContract>('POST', '/api/people/search', { body: { ...body, limit: 3 } as never })
            const byNumber = number.length >= 4 ? (await search({ number })).people : []
            const byName = name.length >= 3 ? (await search({ name })).people : []
            // Of names only those of which every word was met: a list of hundreds is read by one person.
            const close = byName.filter(({ why }) => why.missing.length === 0)
            return [...byNumber, ...close.filter(({ person }) => byNumber.every((one) => one.person !== person))]
          }),
      }
    }),
  }).map(({ data, isEnabled }) => (isEnabled ? data : []))
}

const AT_ONCE = 3
let running = 0
const waiting: (() => void)[] = []

/** A list of a thousand must not take the searches of everybody else. */
async function inTurn<T>(search: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve))
  running += 1
  try {
    return await search()
  } finally {
    running -= 1
    waiting.shift()?.()
  }
}
