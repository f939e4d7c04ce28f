import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  decapsulate,
  encapsulate,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'
import { derivedId, randomBytes, randomId } from '../kernel/ids.ts'
import type { Sql, Tx } from '../kernel/ports.ts'
import { decrypt, encrypt } from './seal.ts'

/**
 * Keys of subjects: random, wrapped under an hourly epoch key, which is wrapped twice: for the facility and for the
 * oversight body, so that the facility alone can neither lose nor destroy evidence (DESIGN.md §5). Epoch keys never
 * derive data keys: expunging deletes one wrapped key and nothing else.
 */

/** X25519 and ML-KEM-768 together: broken only when both are. PEM texts, as they stand in files. */
export type WrapPublic = { readonly x25519: string; readonly mlkem768: string }
export type WrapPrivate = WrapPublic

const INFO = Buffer.from('habeas/epoch-key/v1')
const MAC_INFO = Buffer.from('habeas/sealed-number/v1')
const X25519_BYTES = 32
const MLKEM_BYTES = 1088

export function makeWrapPair(): { publicKey: WrapPublic; privateKey: WrapPrivate } {
  const x = generateKeyPairSync('x25519')
  const m = generateKeyPairSync('ml-kem-768')
  const pub = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }) as string
  const priv = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }) as string
  return {
    publicKey: { x25519: pub(x.publicKey), mlkem768: pub(m.publicKey) },
    privateKey: { x25519: priv(x.privateKey), mlkem768: priv(m.privateKey) },
  }
}

/** Whether something can be wrapped for these keys: each is a public key of its kind. */
export function isWrapPublic({ x25519, mlkem768 }: WrapPublic): boolean {
  try {
    return (
      createPublicKey(x25519).asymmetricKeyType === 'x25519' &&
      createPublicKey(mlkem768).asymmetricKeyType === 'ml-kem-768'
    )
  } catch {
    // Not a key that anybody could read.
    return false
  }
}

/** `X25519 ciphertext (32) · ML-KEM ciphertext (1,088) · AES-256-GCM of the key`. */
export function wrapFor(publicKey: WrapPublic, key: Buffer): Buffer {
  const x = encapsulate(createPublicKey(publicKey.x25519))
  const m = encapsulate(createPublicKey(publicKey.mlkem768))
  return Buffer.concat([x.ciphertext, m.ciphertext, encrypt(combine(x.sharedKey, m.sharedKey, x.ciphertext), key)])
}

export function unwrapWith(privateKey: WrapPrivate, wrapped: Buffer): Buffer {
  const xText = wrapped.subarray(0, X25519_BYTES)
  const x = decapsulate(createPrivateKey(privateKey.x25519), xText)
  const m = decapsulate(
    createPrivateKey(privateKey.mlkem768),
    wrapped.subarray(X25519_BYTES, X25519_BYTES + MLKEM_BYTES),
  )
  return decrypt(combine(x, m, xText), wrapped.subarray(X25519_BYTES + MLKEM_BYTES))
}

const combine = (x: Buffer, m: Buffer, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.concat([x, m]), salt, INFO, 32))

/** Thrown when a stored key does not open under its epoch key, or that one under the facility's: it was changed. */
export class KeyUnreadable extends Error {
  readonly subject: string
  constructor(subject: string) {
    super(`the stored key of subject ${subject} was changed`)
    this.subject = subject
  }
}

export type WrappedKey = { readonly epoch: string; readonly wrapped: Buffer }
export type StoredKey = WrappedKey & { readonly subject: string; readonly version: number }

/** The id of the key under which a file of a custody lies. */
export const fileSubject = (custody: string, digest: string): string => derivedId('file', custody, digest)

/** How a key is told: its subject, and from the first exchange on its version. */
export const keyIdOf = (subject: string, version: number): string => (version === 0 ? subject : `${subject}#${version}`)

/** Thrown when a subject's key is gone: expunged, or destroyed outside the law (an S1 finding says which). */
export class KeyMissing extends Error {
  readonly subject: string
  constructor(subject: string) {
    super(`no key for subject ${subject}`)
    this.subject = subject
  }
}

/** Keys in each of the two halves of the cache: far more than the subjects of one batch, which must fit. */
const CACHED_KEYS = 10_000
const EPOCH_HOURS = 1

export class KeyRing {
  readonly #facility: WrapPrivate
  readonly #recipients: { facility: WrapPublic; oversight: WrapPublic }
  readonly #epochs = new Map<string, Buffer>()
  #recent = new Map<string, Buffer>()
  #older = new Map<string, Buffer>()
  #current: { id: string; key: Buffer; begun: Temporal.Instant } | undefined

  constructor(facility: { publicKey: WrapPublic; privateKey: WrapPrivate }, oversight: WrapPublic) {
    this.#facility = facility.privateKey
    this.#recipients = { facility: facility.publicKey, oversight }
  }

  /** Makes the hour's epoch key when there is none yet. Its row must be committed before a subject's key uses it. */
  async begin(sql: Sql, now: Temporal.Instant): Promise<void> {
    const current = this.#current
    if (current && Temporal.Duration.compare(now.since(current.begun), { hours: EPOCH_HOURS }) < 0) return
    const epoch = { id: randomId(), key: Buffer.from(randomBytes(32)), begun: now }
    await sql.rows('insert into keystore.epoch_key (id, begun, for_facility, for_oversight) values ($1, $2, $3, $4)', [
      epoch.id,
      now.toString(),
      wrapFor(this.#recipients.facility, epoch.key),
      wrapFor(this.#recipients.oversight, epoch.key),
    ])
    this.#epochs.set(epoch.id, epoch.key)
    this.#current = epoch
  }

  /** A new random key and its wrapping under the current epoch. The caller stores the wrapping and calls `keep`. */
  make(): { key: Buffer; wrapped: WrappedKey } {
    const key = Buffer.from(randomBytes(32))
    return { key, wrapped: this.wrap(key) }
  }

  /** Wraps a key that came back (a sealed custody that is opened again) under the current epoch. */
  wrap(key: Buffer): WrappedKey {
    if (!this.#current) throw new Error('KeyRing.begin was not called')
    return { epoch: this.#current.id, wrapped: encrypt(this.#current.key, key) }
  }

  keep(keyId: string, key: Buffer): void {
    if (this.#recent.size >= CACHED_KEYS) {
      this.#older = this.#recent
      this.#recent = new Map()
    }
    this.#recent.set(keyId, key)
  }

  forget(keyId: string): void {
    this.#recent.delete(keyId)
    this.#older.delete(keyId)
  }

  /** HMAC-SHA256 of a text under a key that follows from the facility's: the same for as long as that one stays. */
  macOf(text: string): Buffer {
    const secret = createPrivateKey(this.#facility.x25519).export({ type: 'pkcs8', format: 'der' })
    const key = Buffer.from(hkdfSync('sha256', secret, '', MAC_INFO, 32))
    return createHmac('sha256', key).update(text).digest()
  }

  /** Forgets every opened key: an audit believes what is stored, not what was opened before. */
  forgetAll(): void {
    this.#recent.clear()
    this.#older.clear()
    this.#epochs.clear()
  }

  /**
   * The key, if it is here. Asking keeps it: the keys that a batch was seen to have at its beginning are still there
   * when it has made thousands of new ones.
   */
  find(keyId: string): Buffer | undefined {
    const key = this.#recent.get(keyId) ?? this.#older.get(keyId)
    if (key && !this.#recent.has(keyId)) this.keep(keyId, key)
    return key
  }

  /** Opens wrapped keys, loading epoch keys that this process has not met yet. */
  async open(sql: Sql, rows: readonly StoredKey[]): Promise<void> {
    const strange = [...new Set(rows.map(({ epoch }) => epoch))].filter((epoch) => !this.#epochs.has(epoch))
    const changed = new Set<string>()
    if (strange.length > 0) {
      const found = await sql.rows<{ id: string; for_facility: Buffer }>(
        'select id, for_facility from keystore.epoch_key where id = any($1::uuid[])',
        [strange],
      )
      for (const { id, for_facility } of found) {
        try {
          this.#epochs.set(id, unwrapWith(this.#facility, for_facility))
        } catch {
          changed.add(id)
        }
      }
    }
    for (const { subject, version, epoch, wrapped } of rows) {
      if (changed.has(epoch)) throw new KeyUnreadable(subject)
      const epochKey = this.#epochs.get(epoch)
      if (!epochKey) throw new KeyMissing(subject)
      try {
        this.keep(keyIdOf(subject, version), decrypt(epochKey, wrapped))
      } catch {
        throw new KeyUnreadable(subject)
      }
    }
  }

  /** The key of a file of a custody, made at its first use. */
  async ensureFileKey(sql: Sql, file: string, custody: string): Promise<Buffer> {
    const { wrapped } = this.make()
    await sql.rows(
      'insert into keystore.subject_key (subject, epoch, wrapped, owner) values ($1, $2, $3, $4) on conflict do nothing',
      [file, wrapped.epoch, wrapped.wrapped, custody],
    )
    await this.load(sql, [file])
    const key = this.find(file)
    if (!key) throw new KeyMissing(file)
    return key
  }

  /** Loads keys by id; those that do not exist, or no longer, stay unfound. */
  async load(sql: Sql, keyIds: readonly string[]): Promise<void> {
    const unknown = keyIds.filter((keyId) => !this.find(keyId)).map((keyId) => keyId.split('#')[0] as string)
    if (unknown.length === 0) return
    await this.open(sql, await sql.rows(SELECT_KEYS, [unknown]))
  }

  /** The key of an officer or a facility, made at its first use, outside any group's transaction. */
  async ensure(tx: Tx, subject: { id: string; kind: 'officer' | 'facility'; facility: string }): Promise<Buffer> {
    const known = this.find(subject.id)
    if (known) return known
    const { wrapped } = this.make()
    tx.write('insert into subject (id, kind, facility) values ($1, $2, $3) on conflict do nothing', [
      subject.id,
      subject.kind,
      subject.facility,
    ])
    tx.write('insert into keystore.subject_key (subject, epoch, wrapped) values ($1, $2, $3) on conflict do nothing', [
      subject.id,
      wrapped.epoch,
      wrapped.wrapped,
    ])
    await tx.settle()
    await this.load(tx, [subject.id])
    const key = this.find(subject.id)
    if (!key) throw new KeyMissing(subject.id)
    return key
  }
}

export const SELECT_KEYS =
  'select subject, version, epoch, wrapped from keystore.subject_key where subject = any($1::uuid[])'
