import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { z } from 'zod'
import type { ActKind } from '../../src/kernel/act.ts'
import { Problem, type ProblemBody, request, type WrongField } from './api.ts'
import { timeId } from './ids.ts'
import { PasskeyRefused, withStepUp } from './step-up.ts'

export type OccurredAt = {
  readonly at: string
  readonly precision: 'second' | 'minute' | 'hour' | 'day'
  readonly zone: string
}

export type ActReceipt = {
  readonly act: string
  readonly entry: string
  readonly n: number
  readonly kind: string
  readonly custody?: string
  readonly registerNumber?: string
  readonly recordedAt: string
  readonly leafHash: string
  readonly repeated: boolean
  readonly promise: 'pending' | { readonly at: string; readonly delaySeconds: number }
}

/** A refusal is an answer: what, what would make it pass, and the fields that it is about. */
export type ActRefusal = ProblemBody & { readonly fields: readonly WrongField[] }

export type ActOutcome = { readonly receipt: ActReceipt } | { readonly refusal: ActRefusal }

type DataIn<K> =
  K extends ActKind<infer S>
    ? { readonly [P in keyof S]?: S[P] extends z.ZodType ? z.input<S[P]> : never }
    : Record<string, unknown>

export type ActInput<K> = {
  readonly occurredAt: OccurredAt
  /** By section; the sections' shapes are those of the act. The subject stands in `person.custody` or `place.facility`. */
  readonly data: DataIn<K> & Readonly<Record<string, unknown>>
}

export type UseAct<K> = {
  /** Sends it. The same form sent twice is one act, since the id stays until there is a receipt. */
  readonly send: (input: ActInput<K>) => Promise<ActOutcome | undefined>
  readonly isSending: boolean
  readonly receipt: ActReceipt | undefined
  readonly refusal: ActRefusal | undefined
  /** What is no answer: the server away. The act may be sent again as it is. */
  readonly fault: unknown
  /** Says whether a field was refused: paths are those of the data, `legal.as`. */
  readonly refusalOf: (path: string) => ActRefusal | undefined
  /** For the next act of the same form. */
  readonly again: () => void
}

/** The refusal in a problem: what the caller did, not what the world did. */
export function refusalIn(error: unknown): ActRefusal | undefined {
  if (!(error instanceof Problem)) return undefined
  const { status } = error
  return status >= 400 && status < 500 && status !== 401 && status !== 429
    ? { ...error.body, fields: error.fields }
    : undefined
}

/** `body.data.legal.as` of the server is `legal.as` of a form. */
export const pathInForm = (path: string): string => path.replace(/^body\.(data\.)?/, '')

/**
 * One act of one form: `const act = useAct<typeof depart>('custody.depart', draft.id)`. An act that must be confirmed
 * with a passkey asks for it when it is sent.
 */
export function useAct<K>(kind: string, id?: string): UseAct<K> {
  const client = useQueryClient()
  const own = useRef(timeId())
  const [state, setState] = useState<{
    receipt?: ActReceipt
    refusal?: ActRefusal
    fault?: unknown
    isSending: boolean
  }>({
    isSending: false,
  })
  const send = useCallback(
    async (input: ActInput<K>): Promise<ActOutcome | undefined> => {
      setState({ isSending: true })
      try {
        const receipt = await sendAct(kind, { id: id ?? own.current, ...input })
        setState({ isSending: false, receipt })
        void client.invalidateQueries({ queryKey: ['live'] })
        return { receipt }
      } catch (error) {
        const refusal = refusalIn(error)
        setState(refusal === undefined ? { isSending: false, fault: error } : { isSending: false, refusal })
        return refusal === undefined ? undefined : { refusal }
      }
    },
    [kind, id, client],
  )
  const again = useCallback(() => {
    own.current = timeId()
    setState({ isSending: false })
  }, [])
  const { refusal } = state
  return {
    send,
    again,
    isSending: state.isSending,
    receipt: state.receipt,
    refusal,
    fault: state.fault,
    refusalOf: (path) =>
      refusal?.fields.some((field) => pathInForm(field.path).startsWith(path)) ? refusal : undefined,
  }
}

/**
 * Sends an act; where the server asks for a passkey, it is asked for, and the act goes once more. For what follows
 * another act; a form has `useAct`.
 * @throws Problem for refusals too: see `refusalIn`
 */
export async function sendAct(kind: string, body: unknown): Promise<ActReceipt> {
  const address = `/api/acts/${kind}`
  const send = async (headers: Record<string, string> = {}) =>
    (await (
      await request(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify(body),
      })
    ).json()) as ActReceipt
  return withStepUp(send)
}

export { PasskeyRefused }
