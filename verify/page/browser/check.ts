/** From the chosen files to one answer; no DOM. */

import { isJsonObject, parseJson } from '../../../src/kernel/json.ts'
import type { VerifierKey } from '../../../src/record/note.ts'
import { parsePolicy } from '../../../src/record/policy.ts'
import { findAttachedReturn, isPdf } from '../../attached.ts'
import { findPublishedKey } from '../../published-key.ts'
import { isReceipt, originOf, type ReceiptVerdict, verifyReceipt } from '../../receipt.ts'
import { verifyReturn } from '../../return.ts'
import { isSdJwt, type SdJwtVerdict, verifySdJwt } from '../../sd-jwt.ts'
import type { ReturnVerdict } from '../../verdict.ts'
import { UnusablePolicy } from '../../verdict.ts'
import { printable } from '../../words.ts'
import { browserPorts } from './ports.ts'

export type Files = { readonly file?: Uint8Array; readonly policy?: Uint8Array; readonly key?: Uint8Array }

export type Outcome =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'pdf-without-return' }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | {
      readonly kind: 'return'
      readonly judged: ReturnVerdict
      readonly hasPolicy: boolean
      readonly isPrinted: boolean
    }
  | { readonly kind: 'receipt'; readonly judged: ReceiptVerdict; readonly hasPolicy: boolean }
  | { readonly kind: 'sd-jwt'; readonly judged: SdJwtVerdict; readonly hasKey: boolean }

/** A policy that trusts no log: what is checked without one can at best be consistent. */
const NO_TRUST = 'quorum none\n'

/** What a dropped file is, told by how it begins: a name proves nothing. */
export function kindOf(bytes: Uint8Array): keyof Files {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096))
  if (/^(#[^\n]*\n|\s)*(log|witness|group|quorum)[ \t]/.test(start)) return 'policy'
  return /^[A-Za-z0-9+/]{43}=\r?\n?$/.test(start) ? 'key' : 'file'
}

export async function check({ file: chosen, policy, key }: Files): Promise<Outcome> {
  if (chosen === undefined) return { kind: 'waiting' }
  const isPrinted = isPdf(chosen)
  const file = await fileWithin(chosen)
  if (file === undefined) return { kind: 'pdf-without-return' }
  const policyText = policy === undefined ? NO_TRUST : new TextDecoder().decode(policy)
  const hasPolicy = policy !== undefined
  try {
    if (isSdJwt(file)) {
      const custodianKey = key && (await findPublishedKey('custodian', key, policyText, browserPorts))
      if (custodianKey !== undefined && !custodianKey.ok) return { kind: 'unreadable', detail: custodianKey.reason }
      const judged = await verifySdJwt(file, browserPorts, custodianKey?.value)
      return { kind: 'sd-jwt', judged, hasKey: custodianKey !== undefined }
    }
    if (!isReceipt(file))
      return { kind: 'return', judged: await verifyReturn(file, policyText, browserPorts), hasPolicy, isPrinted }
    const promiseKey = key && (await findPublishedKey('promise', key, policyText, browserPorts, originOf(file) ?? ''))
    if (promiseKey !== undefined && !promiseKey.ok) return { kind: 'unreadable', detail: promiseKey.reason }
    const judged = await verifyReceipt(file, policyText, browserPorts, promiseKey?.value)
    return { kind: 'receipt', judged, hasPolicy }
  } catch (error) {
    if (error instanceof UnusablePolicy) return { kind: 'unreadable', detail: error.message }
    throw error
  }
}

/** The file itself, or the return within the pages of one; undefined for a PDF that carries none. */
export const fileWithin = async (chosen: Uint8Array): Promise<Uint8Array | undefined> =>
  isPdf(chosen) ? findAttachedReturn(chosen, inflate) : chosen

/** Whom a policy trusts, in its own words; undefined for text that is no policy. */
export type Trusted = {
  readonly logs: readonly { readonly name: string; readonly key: string; readonly type: string }[]
  readonly witnesses: readonly { readonly name: string; readonly key: string; readonly type: string }[]
  readonly quorum: string
}

export function readTrusted(policy: Uint8Array): Trusted | undefined {
  const read = parsePolicy(browserPorts.sha256, new TextDecoder().decode(policy))
  if (!read.ok) return undefined
  const { logs, witnesses, quorum } = read.value
  const shown = (name: string, { name: keyName, keyId, type }: VerifierKey) => ({
    name,
    key: `${keyName}+${keyId.toHex()}`,
    type,
  })
  return {
    logs: logs.map(({ key }) => shown(key.name, key)),
    witnesses: witnesses.map(({ name, key }) => shown(name, key)),
    quorum,
  }
}

/** A value of a file as lines of JSON: only the breaks between them are ours. */
export const jsonLines = (value: unknown): string =>
  JSON.stringify(value, null, 1).split('\n').map(printable).join('\n')

/** What of an entry is public, from its envelope. */
export function envelopeFacts(text: string | undefined): [name: string, value: string][] {
  const envelope = parseJson(text ?? '')
  const about = envelope.ok && isJsonObject(envelope.value) ? envelope.value : {}
  return ['kind', 'facility', 'at', 'id'].map((name) => [name, String(about[name] ?? '')])
}

async function inflate(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
