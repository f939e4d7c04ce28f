import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto'
import { z } from 'zod'
import { randomBytes } from '../../kernel/ids.ts'

/** What must be remembered between the way to the issuer and the way back. */
const Transaction = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  /** Where the officer wanted to go: a local path. */
  to: z.string(),
  /** Whether the officer must prove anew who they are. */
  fresh: z.boolean(),
  /** Instant, in milliseconds. */
  begun: z.int(),
})
export type Transaction = z.infer<typeof Transaction>

/** Longer than anybody looks for a password, shorter than a shift. */
export const TRANSACTION_SECONDS = 600

const IV = 12
const TAG = 16

/**
 * Keeps transactions with the browser, sealed (AES-256-GCM): nothing is written before anybody is known, and nobody can
 * give another's browser a state and a verifier of their own choosing.
 */
export class TransactionSeal {
  readonly #key: Buffer

  constructor(macKey: Buffer) {
    this.#key = Buffer.from(hkdfSync('sha256', macKey, '', 'habeas sign-in transaction', 32))
  }

  seal(transaction: Transaction): string {
    const iv = randomBytes(IV)
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv)
    const sealed = Buffer.concat([cipher.update(JSON.stringify(transaction), 'utf8'), cipher.final()])
    return Buffer.concat([iv, sealed, cipher.getAuthTag()]).toString('base64url')
  }

  /** Undefined when it is not ours, was changed, or is too old. */
  open(text: string, now: Temporal.Instant): Transaction | undefined {
    const bytes = Buffer.from(text, 'base64url')
    if (bytes.length <= IV + TAG) return undefined
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, IV), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(-TAG))
    let plain: string
    try {
      plain = Buffer.concat([decipher.update(bytes.subarray(IV, -TAG)), decipher.final()]).toString('utf8')
    } catch {
      // Sealed by another key, or changed: the same as none.
      return undefined
    }
    const transaction = Transaction.parse(JSON.parse(plain))
    const age = now.epochMilliseconds - transaction.begun
    return age >= 0 && age <= TRANSACTION_SECONDS * 1000 ? transaction : undefined
  }
}
