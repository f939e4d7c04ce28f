/**
 * Bytes without Node's Buffer, so that the verifier runs in a browser. Decoders are strict: they accept exactly the
 * text that the encoder would produce (RFC 4648 §3.5: no stray bits, no white space, padding as the alphabet demands),
 * because a proof with two spellings is a proof that can be changed without being noticed.
 */

const utf8Encoder = new TextEncoder()
const utf8Decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

export function utf8(text: string): Uint8Array {
  return utf8Encoder.encode(text)
}

/** Undefined when the bytes are not valid UTF-8. A byte order mark is kept, so that it is seen and refused. */
export function findText(bytes: Uint8Array): string | undefined {
  try {
    return utf8Decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** Base64 with padding (RFC 4648 §4). */
export function base64(bytes: Uint8Array): string {
  return bytes.toBase64()
}

/** Base64url without padding (RFC 4648 §5), the form of SD-JWT. */
export function base64url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: 'base64url', omitPadding: true })
}

export function findBase64(text: string): Uint8Array | undefined {
  return decodeStrictly(text, 'base64', base64)
}

export function findBase64url(text: string): Uint8Array | undefined {
  return decodeStrictly(text, 'base64url', base64url)
}

// `fromBase64` skips white space and, when loose, stray bits. Encoding again is the plainest complete check.
function decodeStrictly(
  text: string,
  alphabet: 'base64' | 'base64url',
  encode: (bytes: Uint8Array) => string,
): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.fromBase64(text, { alphabet })
    return encode(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}

export function bytesEqual(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false
  for (let index = 0; index < left.length; index++) if (left[index] !== right[index]) return false
  return true
}

export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.length
  }
  return whole
}

/** Unsigned 64-bit big-endian of a safe, non-negative integer. */
export function uint64(value: number): Uint8Array {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value))
  return bytes
}

/** Undefined when the value is beyond 2^53 − 1. */
export function findUint64(bytes: Uint8Array, offset: number): number | undefined {
  const value = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getBigUint64(offset)
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : undefined
}
