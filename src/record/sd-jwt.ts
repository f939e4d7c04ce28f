/**
 * An entry as an SD-JWT (RFC 9901): the envelope is the payload as it stands in the tree, byte for byte, so the hash of
 * the payload is the leaf; the custodian signs it; the disclosures are those that the holder may open.
 *
 *     base64url(header) . base64url(envelope) . base64url(signature) ~ disclosure ~ disclosure ~
 *
 * The header is always, in this spelling, `{"alg":"EdDSA","kid":"…","typ":"habeas-entry+sd-jwt"}`. `kid` is the JWK
 * thumbprint (RFC 7638) of the custodian's Ed25519 key. Text that begins so is no return, promise or checkpoint, and
 * the signer makes the check: what it signs here can be taken for nothing else.
 */
import { base64url, findBase64url, findText, utf8 } from '../kernel/bytes.ts'
import type { Sha256 } from '../kernel/hash.ts'
import { type Parsed, unparsed } from '../kernel/parsed.ts'
import { type Envelope, parseEnvelope } from './disclosure.ts'

export const SD_JWT_TYP = 'habeas-entry+sd-jwt'

/** RFC 7638 over the OKP form of RFC 8037: the members in order, without white space. */
export function keyThumbprint(sha256: Sha256, ed25519: Uint8Array): string {
  return base64url(sha256(utf8(`{"crv":"Ed25519","kty":"OKP","x":"${base64url(ed25519)}"}`)))
}

/** What is signed: `base64url(header).base64url(envelope)`. */
export function sdJwtSigningInput(kid: string, envelope: string): string {
  return `${headerText(kid)}.${base64url(utf8(envelope))}`
}

const headerText = (kid: string) => base64url(utf8(`{"alg":"EdDSA","kid":"${kid}","typ":"${SD_JWT_TYP}"}`))

/** Takes exactly what `sdJwtSigningInput` writes for this key, around an envelope in its one form. */
export function parseSdJwtSigningInput(text: string, kid: string): Parsed<Envelope> {
  const [header, payload, ...more] = text.split('.')
  if (payload === undefined || more.length > 0) return unparsed('the text is not header and payload')
  if (header !== headerText(kid)) return unparsed(`the header is not that of ${SD_JWT_TYP} under this key`)
  const bytes = findBase64url(payload)
  const envelope = bytes && findText(bytes)
  return envelope === undefined ? unparsed('the payload is no base64url of text') : parseEnvelope(envelope)
}

export function formatSdJwt(signingInput: string, signature: Uint8Array, disclosures: readonly string[]): string {
  return `${[`${signingInput}.${base64url(signature)}`, ...disclosures].join('~')}~`
}
