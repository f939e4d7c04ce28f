/**
 * The two pieces of cryptography that proofs need, as ports: the server brings `node:crypto`, a browser brings
 * WebCrypto and a JavaScript ML-DSA. Nothing that uses them needs to know which.
 */

/** SHA-256 (FIPS 180-4). Must not keep a reference to `bytes`: callers reuse one scratch buffer for many hashes. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array

/** Signature algorithms of the record: Ed25519 (RFC 8032) and ML-DSA-44 (FIPS 204, pure, empty context). */
export type SignatureAlgorithm = 'ed25519' | 'ml-dsa-44'

/**
 * Verifies a signature over `message`. Keys are raw: 32 bytes for Ed25519, 1,312 for ML-DSA-44.
 * Answers false, never throws, for a malformed key or signature.
 */
export type VerifySignature = (
  algorithm: SignatureAlgorithm,
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
) => boolean | Promise<boolean>

/** What a checker needs, together. */
export type Checker = { sha256: Sha256; verifySignature: VerifySignature }

/** Lengths in bytes, used to refuse malformed material before any cryptography runs. */
export const PUBLIC_KEY_BYTES = { ed25519: 32, 'ml-dsa-44': 1312 } as const satisfies Record<SignatureAlgorithm, number>
export const SIGNATURE_BYTES = { ed25519: 64, 'ml-dsa-44': 2420 } as const satisfies Record<SignatureAlgorithm, number>
