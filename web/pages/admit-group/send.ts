import type { ActReceipt, ActRefusal, OccurredAt } from '../../frame/act.ts'
import { Problem, type ProblemBody, request } from '../../frame/api.ts'

/** An admission of the list on its way. */
export type Item = {
  readonly id: string
  readonly occurredAt: OccurredAt
  readonly data: unknown
}

export type RowAnswer =
  | { readonly as: 'recorded'; readonly receipt: ActReceipt }
  | { readonly as: 'refused'; readonly refusal: Pick<ActRefusal, 'says' | 'remedy'> }
  | { readonly as: 'retry' }

type Answered = {
  readonly answers: readonly {
    readonly id: string | null
    readonly status: 'accepted' | 'repeated' | 'refused' | 'retry'
    readonly receipt?: ActReceipt
    readonly problem?: ProblemBody
  }[]
}
type Named = { readonly id: string | null; readonly says: ProblemBody['says'] }

/** Rows a request: small enough to show progress, large enough not to ask often. */
const CHUNK = 50

/**
 * Sends admissions, each by itself or all or none; tells the answers as they come. Ids are those of the rows, so what is
 * sent again is one act.
 * @throws Problem where nobody answers: what was not answered may be sent again
 */
export async function sendGroup(
  items: readonly Item[],
  mode: 'each' | 'all',
  onAnswers: (answers: ReadonlyMap<string, RowAnswer>) => void,
): Promise<void> {
  const size = mode === 'all' ? items.length : CHUNK
  for (let from = 0; from < items.length; from += size) {
    const acts = items.slice(from, from + size).map((item) => ({ ...item, kind: 'custody.admit' }))
    try {
      const response = await request('/api/acts', {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify({ mode, acts }),
      })
      const { answers } = (await response.json()) as Answered
      onAnswers(new Map(answers.flatMap((one) => (one.id === null ? [] : [[one.id, answerOf(one)]]))))
    } catch (error) {
      const named = namedIn(error)
      if (named === undefined) throw error
      const remedy = (error as Problem).body.remedy
      onAnswers(new Map(named.map(({ id, says }) => [id ?? '', { as: 'refused', refusal: { says, remedy } }])))
    }
  }
}

function answerOf({ status, receipt, problem }: Answered['answers'][number]): RowAnswer {
  if (receipt !== undefined) return { as: 'recorded', receipt }
  return status === 'refused' && problem !== undefined ? { as: 'refused', refusal: problem } : { as: 'retry' }
}

/** The acts that a refused whole names. */
function namedIn(error: unknown): readonly Named[] | undefined {
  if (!(error instanceof Problem)) return undefined
  const { acts } = error.body.details
  return Array.isArray(acts) ? (acts as Named[]) : undefined
}
