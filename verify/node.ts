/**
 * The ports by `node:crypto`. The record has its own (src/record/node-crypto.ts); the checker shares none of its
 * impure code, so that it stays a checker from outside.
 */
import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import { type Checker, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../src/kernel/hash.ts'

export const nodePorts: Checker = {
  sha256: (bytes) => hash('sha256', bytes, 'buffer'),
  verifySignature: (algorithm, publicKey, message, signature) => {
    if (publicKey.length !== PUBLIC_KEY_BYTES[algorithm] || signature.length !== SIGNATURE_BYTES[algorithm])
      return false
    let key: KeyObject
    try {
      key = createPublicKey({ key: Buffer.from(publicKey), format: 'raw-public', asymmetricKeyType: algorithm })
    } catch {
      return false // no point of the curve
    }
    return verify(null, message, key, signature)
  },
}
