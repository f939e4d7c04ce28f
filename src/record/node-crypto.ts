import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'
import {
  type Checker,
  PUBLIC_KEY_BYTES,
  type Sha256,
  SIGNATURE_BYTES,
  type SignatureAlgorithm,
  type VerifySignature,
} from '../kernel/hash.ts'

/** SHA-256 by OpenSSL; `crypto.hash` is about 1.5 times as fast as `createHash` on the 65 bytes of a tree node. */
export const sha256: Sha256 = (bytes) => hash('sha256', bytes, 'buffer')

/** Ed25519 and ML-DSA-44 by OpenSSL. */
export const verifySignature: VerifySignature = (algorithm, publicKey, message, signature) => {
  if (publicKey.length !== PUBLIC_KEY_BYTES[algorithm]) return false
  if (signature.length !== SIGNATURE_BYTES[algorithm]) return false
  let key: KeyObject
  try {
    key = publicKeyFromRaw(algorithm, publicKey)
  } catch {
    return false // a key of the right length that is no point of the curve
  }
  return verify(null, message, key, signature)
}

export const nodeChecker: Checker = { sha256, verifySignature }

/** Throws when the bytes are no key of that algorithm. */
export function publicKeyFromRaw(algorithm: SignatureAlgorithm, publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.from(publicKey), format: 'raw-public', asymmetricKeyType: algorithm })
}

export function rawPublicKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: 'raw-public' }))
}
