import { createCipheriv, createDecipheriv, hash } from 'node:crypto'
import type { Section } from '../kernel/act.ts'
import { randomBytes } from '../kernel/ids.ts'
import { minuteOf } from '../kernel/time.ts'
import { formatEnvelope } from './disclosure.ts'

/**
 * Sealing: each section becomes an SD-JWT disclosure (RFC 9901), its digest goes into the envelope, its JSON bytes are
 * encrypted under the key of the subject (section `staff`: of the officer). One cipher call a key, not a section: the
 * set-up costs 10 µs whatever the size (reference/pipeline.md §2).
 */

export type SectionValues = Readonly<Partial<Record<Section, Readonly<Record<string, unknown>>>>>

export type Sealed = {
  /** JCS bytes; the leaf of the tree is `SHA256(0x00 || envelope)`. */
  readonly envelope: Buffer
  readonly sealed: Buffer
  readonly staff: Buffer
  readonly leafHash: Buffer
}

export type EnvelopeFacts = {
  readonly id: string
  readonly kind: string
  readonly v: number
  readonly facility: string
  readonly recordedAt: string
}

const LEAF_PREFIX = Buffer.of(0)
/** How `JSON.stringify` writes half a character; an escaped backslash before `ud…` is plain text. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f][0-9a-f]{2}/

/** Seals the sections, in the order given; every section of the kind must be there (`{}` when empty). */
export function seal(facts: EnvelopeFacts, sections: SectionValues, subjectKey: Buffer, officerKey: Buffer): Sealed {
  const digests: string[] = []
  const lines: string[] = []
  let staffLine = ''
  for (const [name, value] of Object.entries(sections)) {
    const json = `["${randomBytes(16).toString('base64url')}","${name}",${JSON.stringify(value)}]`
    // A lone surrogate has no strict JSON form: nobody could open the section again. Schemas keep it out.
    if (LONE_SURROGATE.test(json)) throw new TypeError(`section ${name} holds text that is not Unicode`)
    digests.push(digestOfJson(json))
    if (name === 'staff') staffLine = json
    else lines.push(json)
  }
  const { id, kind, v, facility, recordedAt } = facts
  const envelope = Buffer.from(formatEnvelope({ digests, at: minuteOf(recordedAt), facility, id, kind, v }))
  return {
    envelope,
    sealed: encrypt(subjectKey, Buffer.from(lines.join('\n'))),
    staff: encrypt(officerKey, Buffer.from(staffLine)),
    leafHash: leafHashOf(envelope),
  }
}

/** The digest of a disclosure, from its JSON text (RFC 9901 §4.2.3). */
export const digestOfJson = (json: string): string =>
  hash('sha256', Buffer.from(json).toString('base64url'), 'base64url')

export const leafHashOf = (envelope: Buffer): Buffer => hash('sha256', Buffer.concat([LEAF_PREFIX, envelope]), 'buffer')

/** One opened disclosure: the exact JSON text that was sealed, and what it says. */
export type Opened = { readonly json: string; readonly section: Section; readonly value: Record<string, unknown> }

/** Opens a blob. Throws when the key is wrong or a byte was changed (AES-GCM), never returns a part. */
export function unseal(key: Buffer, blob: Buffer): Opened[] {
  const text = decrypt(key, blob).toString()
  if (text === '') return []
  return text.split('\n').map((json) => {
    const [, section, value] = JSON.parse(json) as [string, Section, Record<string, unknown>]
    return { json, section, value }
  })
}

const NONCE_BYTES = 12
const TAG_BYTES = 16

/** AES-256-GCM: `nonce · ciphertext · tag`. */
export function encrypt(key: Buffer, plain: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

export function decrypt(key: Buffer, blob: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, blob.subarray(0, NONCE_BYTES))
  decipher.setAuthTag(blob.subarray(-TAG_BYTES))
  const head = decipher.update(blob.subarray(NONCE_BYTES, -TAG_BYTES))
  const tail = decipher.final()
  return tail.length === 0 ? head : Buffer.concat([head, tail])
}
