/**
 * What passes over the signer's socket: frames of a big-endian uint32 length and that many bytes of JSON. Each request
 * carries a number, its answer the same one, so many can be in flight and answers may overtake each other.
 * Bytes are base64 with padding.
 */

export type SignerRequest =
  | { op: 'keys' }
  | { op: 'state' }
  | { op: 'checkpoint'; origin: string; size: number; root: string; from: number; proof: string[] }
  | { op: 'promise'; message: string }
  | { op: 'sign-return'; digest: string }
  | { op: 'sign-sd-jwt'; input: string }

/** Raw public keys in base64. */
export type KeyAnswer = {
  log: { ed25519: string; 'ml-dsa-44': string }
  promise: { ed25519: string }
  custodian: { ed25519: string; 'ml-dsa-44': string }
}

/** The last tree head that was signed. Before the first: origin null, size 0, the empty root. */
export type StateAnswer = { origin: string | null; size: number; root: string }

/** Why a checkpoint is not signed, with what the signer last signed, so that the caller can find the difference. */
export type CheckpointRefusal =
  /** The signer serves one log, and it is another. */
  | { refused: 'origin'; origin: string; size: number; root: string }
  /** The size is less than the last signed: the database is older than the signer. */
  | { refused: 'older'; size: number; root: string }
  /** The proof starts at another size than the last signed; make it from `size`. */
  | { refused: 'other-start'; size: number; root: string }
  /** Same size and another root, or a proof that does not hold: the log was rewritten. */
  | { refused: 'fork'; size: number; root: string }

export type CheckpointAnswer = { note: string; lines: string[] } | CheckpointRefusal

export type PromiseAnswer = { signature: string }

export type ReturnAnswer = { signatures: { alg: 'ed25519' | 'ml-dsa-44'; key: string; sig: string }[] }

/** The custodian's Ed25519 signature over the input of an SD-JWT of an entry. */
export type SdJwtAnswer = { signature: string }

/** The request itself was wrong; a bug of the caller. */
export type BadRequest = { bad: string }

/** A frame longer than this is no request of ours; a checkpoint with its proof has about 3 KB. */
export const FRAME_BYTES_MAX = 1 << 20

export function encodeFrame(message: object): Buffer {
  const body = JSON.stringify(message)
  const length = Buffer.byteLength(body)
  const frame = Buffer.allocUnsafe(4 + length)
  frame.writeUInt32BE(length)
  frame.write(body, 4)
  return frame
}

/** Cuts a stream of chunks into frames. Throws when a frame is too long or no JSON object: drop the connection. */
export function makeFrameReader(onFrame: (message: Record<string, unknown>) => void): (chunk: Buffer) => void {
  let held: Buffer = Buffer.alloc(0)
  return (chunk) => {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk])
    while (held.length >= 4) {
      const length = held.readUInt32BE()
      if (length > FRAME_BYTES_MAX) throw new Error(`frame of ${length} bytes`)
      if (held.length < 4 + length) return
      const message: unknown = JSON.parse(held.toString('utf8', 4, 4 + length))
      held = held.subarray(4 + length)
      if (typeof message !== 'object' || message === null) throw new Error('frame is no object')
      onFrame(message as Record<string, unknown>)
    }
  }
}
