/**
 * Witnessing without a network: the request leaves as a file, the answer comes back as one, on a stick or as a QR code.
 * The bytes are those of HTTP, so that any witness will do: `habeas-witness --once`, or somebody with `curl` elsewhere.
 */
import type { Clock, Sql } from '../kernel/ports.ts'
import type { Policy, PolicyWitness } from './policy.ts'
import { findHead, keepLines, lastCosigned, makeRequest, type WitnessReport } from './witness-client.ts'
import { findConflictSize, parseAddCheckpoint } from './witness-protocol.ts'

export type ExchangeContext = { readonly sql: Sql; readonly policy: Policy; readonly clock: Clock }

/** Why no request could be made or no answer taken. */
export type ExchangeProblem =
  | { readonly problem: 'no-such-witness' | 'nothing-signed' | 'request-malformed' | 'not-our-checkpoint' }
  /** What the witness wrote is neither lines nor a size: its reason for refusing. */
  | { readonly problem: 'refused'; readonly words: string }
  /** The witness stands elsewhere: export again from that size. Larger than our head: we are an older copy. */
  | { readonly problem: 'other-size'; readonly witnessSize: number; readonly size: number }

/**
 * The request for one witness of the policy, with the proof from what it cosigned last as far as we know; `oldSize` when
 * its answer said otherwise.
 */
export async function exportRequest(
  { sql, policy }: Omit<ExchangeContext, 'clock'>,
  witness: string,
  oldSize?: number,
): Promise<{ readonly request: string; readonly size: number; readonly oldSize: number } | ExchangeProblem> {
  const witnesses = policy.witnesses.filter(({ name }) => name === witness || name.startsWith(`${witness}/`))
  if (witnesses.length === 0) return { problem: 'no-such-witness' }
  const head = await findHead(sql)
  if (head === undefined) return { problem: 'nothing-signed' }
  const from = oldSize ?? (await lastCosigned(sql, witnesses))
  if (from > head.size) return { problem: 'other-size', witnessSize: from, size: head.size }
  return { request: await makeRequest(sql, head, from), size: head.size, oldSize: from }
}

/** Takes the answer to a request that this log made; both files are needed, because an answer does not say to what. */
export async function importResponse(
  { sql, policy, clock }: ExchangeContext,
  request: string,
  response: string,
): Promise<WitnessReport | ExchangeProblem> {
  const asked = parseAddCheckpoint(request)
  if (!asked.ok) return { problem: 'request-malformed' }
  const size = sizeOf(asked.value.checkpoint)
  const [own] = await sql.rows<{ size: number; note: string }>('select size, note from checkpoint where size = $1', [
    size ?? -1,
  ])
  if (own === undefined || own.note !== asked.value.checkpoint) return { problem: 'not-our-checkpoint' }
  const witnessSize = findConflictSize(response)
  if (witnessSize !== undefined) return { problem: 'other-size', witnessSize, size: own.size }
  if (!response.startsWith('— ')) return { problem: 'refused', words: response.trim().slice(0, 200) }
  return keepLines({ sql, clock }, signersOf(policy, response), own, response)
}

/** The second line of a checkpoint, which is compared as a whole afterwards. */
function sizeOf(checkpoint: string): number | undefined {
  const size = Number(/^[^\n]+\n([0-9]{1,15})\n/.exec(checkpoint)?.[1] ?? 'none')
  return Number.isSafeInteger(size) ? size : undefined
}

/** The policy's witnesses whose name stands on a line; whether the line is theirs is `keepLines`'s to find out. */
function signersOf(policy: Policy, response: string): PolicyWitness[] {
  const names = new Set(response.split('\n').map((line) => line.split(' ')[1]))
  return policy.witnesses.filter(({ key }) => names.has(key.name))
}
