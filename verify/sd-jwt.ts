/**
 * Checks one entry that was handed over as an SD-JWT (RFC 9901): each disclosure stands in the envelope, and the
 * custodian signed it. That the entry stands in the log is for its receipt to prove, not for this.
 */
import { base64url, findBase64url, findText, utf8 } from '../src/kernel/bytes.ts'
import type { Checker } from '../src/kernel/hash.ts'
import { isJsonObject, type Json, parseJson } from '../src/kernel/json.ts'
import { openDisclosures } from '../src/record/disclosure.ts'
import { keyThumbprint, parseSdJwtSigningInput } from '../src/record/sd-jwt.ts'
import type { Problem, Verdict } from './verdict.ts'

export type SdJwtVerdict = {
  verdict: Verdict
  problems: Problem[]
  envelope?: string
  /** Sections that are opened; its holder may have left some out. */
  sections?: Record<string, Json>
  /** The key that the file claims, as its thumbprint (RFC 7638). */
  kid?: string
  signature?: 'verified' | 'unchecked'
}

/**
 * `custodianKey` is the raw Ed25519 key, known from elsewhere; without it a file in itself consistent is `unknown-key`:
 * anybody could have made it.
 */
export async function verifySdJwt(
  fileBytes: Uint8Array,
  { sha256, verifySignature }: Checker,
  custodianKey?: Uint8Array,
): Promise<SdJwtVerdict> {
  const [jwt, ...texts] = (findText(fileBytes) ?? '').replace(/\r?\n$/, '').split('~')
  // Each part ends in a tilde, the last too: behind it a key binding would stand, which ours have not.
  if (jwt === undefined || texts.pop() !== '') return broken('form', 'the file is no SD-JWT, or is cut off')
  const at = jwt.lastIndexOf('.')
  const input = jwt.slice(0, at)
  const signature = findBase64url(jwt.slice(at + 1))
  const kid = claimedKid(input)
  if (kid === undefined || signature === undefined) return broken('form', 'header or signature is not readable')
  const envelope = parseSdJwtSigningInput(input, kid)
  if (!envelope.ok) return broken('envelope', envelope.reason)
  const sections = openDisclosures(sha256, envelope.value, texts)
  if (!sections.ok) return broken('disclosure', sections.reason)
  const told = {
    envelope: findText(findBase64url(input.split('.')[1] as string) as Uint8Array) as string,
    sections: Object.fromEntries(sections.value),
    kid,
  }
  if (custodianKey === undefined) {
    const detail = `the custodian's key was not given; the file claims the key ${kid}`
    return { verdict: 'unknown-key', problems: [{ code: 'custodian-key', detail }], ...told, signature: 'unchecked' }
  }
  if (keyThumbprint(sha256, custodianKey) !== kid) {
    const detail = `the file claims the key ${kid}, which is not the one that was given`
    return { verdict: 'unknown-key', problems: [{ code: 'custodian-key', detail }], ...told, signature: 'unchecked' }
  }
  if (!(await verifySignature('ed25519', custodianKey, utf8(input), signature)))
    return broken('signature', "the custodian's signature does not verify")
  return { verdict: 'verified', problems: [], ...told, signature: 'verified' }
}

/** The beginning of a header in the one spelling that ours have. */
const HEADER_START = base64url(utf8('{"alg":"EdDSA","kid"')).slice(0, 24)

/** Whether the bytes begin as an SD-JWT of ours does. */
export const isSdJwt = (fileBytes: Uint8Array): boolean =>
  new TextDecoder('latin1').decode(fileBytes.subarray(0, HEADER_START.length)) === HEADER_START

function claimedKid(input: string): string | undefined {
  const header = findBase64url(input.split('.')[0] as string)
  const json = header && parseJson(header)
  if (!json?.ok || !isJsonObject(json.value)) return undefined
  return typeof json.value.kid === 'string' ? json.value.kid : undefined
}

function broken(code: string, detail: string): SdJwtVerdict {
  return { verdict: 'broken', problems: [{ code, detail }] }
}
