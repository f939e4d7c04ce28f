/**
 * What is public of an entry, and what opens the rest.
 *
 * The *envelope* is the leaf of the tree, public, in JCS form (RFC 8785):
 *
 *     {"_sd":["…","…"],"_sd_alg":"sha-256","at":"2026-11-23T08:51Z","facility":"TEC","id":"…","kind":"note.add","v":1}
 *
 * Each digest in `_sd` is that of a *disclosure* (SD-JWT, RFC 9901 §4.2.1): base64url of the JSON `[salt, section,
 * value]`; the digest is base64url of SHA-256 over the ASCII of that base64url text. The text itself is what is kept
 * and hashed; it is never written anew from its parts.
 */
import { base64url, findBase64url, utf8 } from '../kernel/bytes.ts'
import type { Sha256 } from '../kernel/hash.ts'
import { isJsonArray, isJsonObject, type Json, parseJson } from '../kernel/json.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'

export type Envelope = {
  /** Digests, one for each section of the kind, in the order of sections. */
  digests: readonly string[]
  /** When it was recorded, cut to the minute, in UTC: `2026-11-23T08:51Z`. */
  at: string
  facility: string
  id: string
  kind: string
  v: number
}

export type Disclosure = {
  /** The base64url text that was hashed. */
  text: string
  salt: string
  section: string
  value: Json
}

/** Salts are 128 random bits (RFC 9901 §9.3) in base64url. */
const SALT_BYTES = 16

/** Makes a disclosure. Throws when the value has no strict JSON form, because then nobody could open it. */
export function makeDisclosure(salt: Uint8Array, section: string, value: Json): Disclosure {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a salt has ${SALT_BYTES} bytes`)
  const encodedSalt = base64url(salt)
  const json = JSON.stringify([encodedSalt, section, value])
  const check = parseJson(json)
  if (!check.ok) throw new TypeError(`section ${section} cannot be sealed: ${check.reason}`)
  return { text: base64url(utf8(json)), salt: encodedSalt, section, value }
}

export function disclosureDigest(sha256: Sha256, text: string): string {
  return base64url(sha256(utf8(text)))
}

/** The disclosure text of the JSON `[salt, section, value]` that was sealed, byte for byte. */
export function disclosureText(json: string): string {
  return base64url(utf8(json))
}

export function parseDisclosure(text: string): Parsed<Disclosure> {
  const bytes = findBase64url(text)
  if (bytes === undefined) return unparsed('a disclosure is no base64url')
  const json = parseJson(bytes)
  if (!json.ok) return unparsed(`a disclosure is no JSON: ${json.reason}`)
  if (!isJsonArray(json.value) || json.value.length !== 3) return unparsed('a disclosure is no list of three')
  const [salt, section, value] = json.value
  if (typeof salt !== 'string' || findBase64url(salt)?.length !== SALT_BYTES) return unparsed('a salt is not 128 bits')
  if (typeof section !== 'string' || value === undefined) return unparsed('a disclosure names no section')
  return parsed({ text, salt, section, value })
}

/** The bytes of the envelope. Values are ASCII without quotes by their schema, so the template is its own JCS form. */
export function formatEnvelope({ digests, at, facility, id, kind, v }: Envelope): string {
  return `{"_sd":["${digests.join('","')}"],"_sd_alg":"sha-256","at":"${at}","facility":"${facility}","id":"${id}","kind":"${kind}","v":${v}}`
}

const ENVELOPE_FIELDS = {
  at: /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$/,
  facility: /^[A-Za-z0-9._-]{1,64}$/,
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  kind: /^[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/,
} as const

/** Takes only what `formatEnvelope` writes, byte for byte: an envelope has one spelling. */
export function parseEnvelope(text: string): Parsed<Envelope> {
  const json = parseJson(text)
  if (!json.ok) return unparsed(`the envelope is no JSON: ${json.reason}`)
  if (!isJsonObject(json.value)) return unparsed('the envelope is no object')
  const { _sd: digests, _sd_alg: algorithm, at, facility, id, kind, v } = json.value
  if (!isJsonArray(digests) || digests.length === 0 || !digests.every(isDigest))
    return unparsed('_sd is no list of digests')
  if (new Set(digests).size !== digests.length) return unparsed('a digest stands twice in _sd')
  if (algorithm !== 'sha-256') return unparsed('_sd_alg is not sha-256')
  const named = { at, facility, id, kind }
  for (const [name, form] of Object.entries(ENVELOPE_FIELDS)) {
    const value = named[name as keyof typeof named]
    if (typeof value !== 'string' || !form.test(value)) return unparsed(`${name} of the envelope is malformed`)
  }
  if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 1) return unparsed('v of the envelope is no version')
  const envelope = { digests, ...(named as Record<keyof typeof named, string>), v }
  if (formatEnvelope(envelope) !== text) return unparsed('the envelope is not in canonical form')
  return parsed(envelope)
}

function isDigest(value: Json): value is string {
  return typeof value === 'string' && findBase64url(value)?.length === 32
}

/**
 * Opens disclosures against an envelope: each must have its digest there, no digest or section may come twice
 * (RFC 9901 §7.1). Answers the sections that were opened; those not handed over stay closed.
 */
export function openDisclosures(
  sha256: Sha256,
  envelope: Envelope,
  texts: readonly string[],
): Parsed<ReadonlyMap<string, Json>> {
  const digests = new Set(envelope.digests)
  const sections = new Map<string, Json>()
  for (const text of texts) {
    if (!digests.delete(disclosureDigest(sha256, text))) {
      return unparsed('a disclosure is not committed to by the entry, or stands twice')
    }
    const disclosure = parseDisclosure(text)
    if (!disclosure.ok) return disclosure
    const { section, value } = disclosure.value
    if (sections.has(section)) return unparsed(`section ${section} is disclosed twice`)
    sections.set(section, value)
  }
  return parsed(sections)
}
