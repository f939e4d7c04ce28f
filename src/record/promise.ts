/**
 * The promise: the record's signed word, given with the answer to an act, that these entries will stand in the tree
 * within a delay. It closes the only window in which a committed act could vanish without trace. One promise may
 * cover a group of acts. The text that is signed:
 *
 *     habeas.example/tecoluca
 *     habeas/promise/v1
 *     1795424523
 *     10
 *     zMvbB8wU0C3pJt2SWqvXxbp7EeVeAIQYv+8FPeInFnY=
 *
 * origin, kind, POSIX time in seconds, promised delay in seconds, then the leaf hashes, one a line.
 */
import { base64, findBase64, utf8 } from '../kernel/bytes.ts'
import type { VerifySignature } from '../kernel/hash.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { findDecimal, isKeyName } from './checkpoint.ts'
import { HASH_BYTES } from './tree.ts'

export type RecordPromise = {
  origin: string
  timeSeconds: number
  delaySeconds: number
  leafHashes: readonly Uint8Array[]
}

export const PROMISE_KIND = 'habeas/promise/v1'

/** The text that the promise key signs. */
export function formatPromise({ origin, timeSeconds, delaySeconds, leafHashes }: RecordPromise): string {
  let text = `${origin}\n${PROMISE_KIND}\n${timeSeconds}\n${delaySeconds}\n`
  for (const hash of leafHashes) text += `${base64(hash)}\n`
  return text
}

export function parsePromise(text: string): Parsed<RecordPromise> {
  const lines = text.split('\n')
  if (lines.pop() !== '') return unparsed('a promise ends in a newline')
  const [origin = '', kind, time = '', delay = '', ...hashes] = lines
  if (!isKeyName(origin)) return unparsed('the origin is no name')
  if (kind !== PROMISE_KIND) return unparsed(`the second line is not ${PROMISE_KIND}`)
  const timeSeconds = findDecimal(time)
  const delaySeconds = findDecimal(delay)
  if (timeSeconds === undefined || delaySeconds === undefined) return unparsed('time or delay is no number')
  if (hashes.length === 0) return unparsed('the promise covers no entry')
  const leafHashes: Uint8Array[] = []
  for (const line of hashes) {
    const hash = findBase64(line)
    if (hash === undefined || hash.length !== HASH_BYTES) return unparsed('a leaf hash is no base64 of 32 bytes')
    leafHashes.push(hash)
  }
  return parsed({ origin, timeSeconds, delaySeconds, leafHashes })
}

/** True when the Ed25519 promise key signed this text. */
export async function verifyPromise(
  verifySignature: VerifySignature,
  text: string,
  publicKey: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  return verifySignature('ed25519', publicKey, utf8(text), signature)
}
