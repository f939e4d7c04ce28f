/**
 * Hash and signatures in JavaScript. WebCrypto would do for Ed25519 in new browsers, but has no ML-DSA, no synchronous
 * SHA-256, and is not there at all where a browser holds a page from a disk to be insecure.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { ml_dsa44 } from '@noble/post-quantum/ml-dsa.js'
import { type Checker, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from '../../../src/kernel/hash.ts'

export const browserPorts: Checker = {
  sha256: (bytes) => sha256(bytes),
  verifySignature: (algorithm, publicKey, message, signature) => {
    if (publicKey.length !== PUBLIC_KEY_BYTES[algorithm] || signature.length !== SIGNATURE_BYTES[algorithm])
      return false
    try {
      // zip215 off: RFC 8032 as Node checks it, no second spelling of a key or signature.
      return algorithm === 'ed25519'
        ? ed25519.verify(signature, message, publicKey, { zip215: false })
        : ml_dsa44.verify(signature, message, publicKey)
    } catch {
      return false // no point of the curve
    }
  },
}
