/**
 * Signed notes (C2SP signed-note v1.0.0): a text, an empty line, signature lines.
 *
 *     habeas.example/tecoluca
 *     20852163
 *     CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=
 *
 *     — habeas.example/tecoluca Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
 *
 * A line is `— name base64(key id ‖ signature)`, the key id the first four bytes of
 * `SHA256(name ‖ "\n" ‖ type ‖ public key)`. What is signed depends on the type of the key:
 *
 * | type | key | signature | over |
 * |---|---|---|---|
 * | 0x01 | Ed25519, of a log | 64 bytes | the text |
 * | 0x04 | Ed25519, of a witness | uint64 time, 64 bytes | `cosignature/v1\ntime <time>\n` and the text |
 * | 0x06 | ML-DSA-44, of a log or a witness | uint64 time, 2,420 bytes | a `cosigned_message`, see `subtreeMessage` |
 *
 * The choice for a log's ML-DSA-44 key: signed-note itself assigns no type to ML-DSA-44, and tlog-checkpoint (main
 * text of 2026) says that logs SHOULD use ML-DSA-44 *cosignatures* to sign their checkpoint. So our log signs as
 * cosigner of itself, type 0x06, cosigner name = origin, time = when it signed, subtree [0, size). The text itself is
 * therefore not what is signed; origin, size and root are, which is all that a checkpoint without extensions says.
 */
import { base64, concatBytes, findBase64, findUint64, uint64, utf8 } from '../kernel/bytes.ts'
import {
  type Checker,
  PUBLIC_KEY_BYTES,
  type Sha256,
  SIGNATURE_BYTES,
  type SignatureAlgorithm,
} from '../kernel/hash.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { type Checkpoint, isKeyName, parseCheckpoint } from './checkpoint.ts'

/** Type bytes of signed-note and tlog-cosignature. */
export const KEY_TYPES = {
  note: { byte: 0x01, algorithm: 'ed25519', isTimed: false },
  cosignature: { byte: 0x04, algorithm: 'ed25519', isTimed: true },
  subtree: { byte: 0x06, algorithm: 'ml-dsa-44', isTimed: true },
} as const satisfies Record<string, { byte: number; algorithm: SignatureAlgorithm; isTimed: boolean }>

export type KeyType = keyof typeof KEY_TYPES

export type VerifierKey = { name: string; type: KeyType; publicKey: Uint8Array; keyId: Uint8Array }

/** The key of a name: computes its id. Throws on a name or a length that cannot be. */
export function makeVerifierKey(sha256: Sha256, name: string, type: KeyType, publicKey: Uint8Array): VerifierKey {
  if (!isKeyName(name)) throw new RangeError('a key name has no spaces, no plus sign and no control characters')
  const { byte, algorithm } = KEY_TYPES[type]
  if (publicKey.length !== PUBLIC_KEY_BYTES[algorithm])
    throw new RangeError(`${algorithm} key of ${publicKey.length} bytes`)
  const keyId = sha256(concatBytes(utf8(`${name}\n`), Uint8Array.of(byte), publicKey)).slice(0, 4)
  return { name, type, publicKey, keyId }
}

/** `name+<key id in hex>+base64(type ‖ public key)`, the form in which policies name keys. */
export function formatVerifierKey(key: VerifierKey): string {
  const material = concatBytes(Uint8Array.of(KEY_TYPES[key.type].byte), key.publicKey)
  return `${key.name}+${key.keyId.toHex()}+${base64(material)}`
}

export function parseVerifierKey(sha256: Sha256, vkey: string): Parsed<VerifierKey> {
  const match = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(vkey)
  if (match === null) return unparsed('a key is written name+id+base64')
  const [, name = '', id = '', encoded = ''] = match
  if (!isKeyName(name)) return unparsed('the key name has a space or a control character')
  const material = findBase64(encoded)
  if (material === undefined) return unparsed('the key is no base64')
  const type = findKeyType(material[0])
  if (type === undefined) return unparsed(`keys of type ${material[0]} are not known`)
  const publicKey = material.slice(1)
  if (publicKey.length !== PUBLIC_KEY_BYTES[KEY_TYPES[type].algorithm]) return unparsed('the key has a wrong length')
  const key = makeVerifierKey(sha256, name, type, publicKey)
  if (key.keyId.toHex() !== id) return unparsed('the key id is not that of the name and the key')
  return parsed(key)
}

function findKeyType(byte: number | undefined): KeyType | undefined {
  return (Object.keys(KEY_TYPES) as KeyType[]).find((type) => KEY_TYPES[type].byte === byte)
}

/** A signature line as it stands in a note; `body` is what follows the key id. */
export type NoteSignature = { name: string; keyId: Uint8Array; body: Uint8Array }

export type Note = { text: string; signatures: NoteSignature[] }

/** More lines than any quorum of ours; signed-note asks for a limit of at least 16. */
const SIGNATURES_MAX = 100

export function parseNote(note: string): Parsed<Note> {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: signed-note forbids exactly these
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note)) return unparsed('the note has a control character')
  if (!note.isWellFormed()) return unparsed('the note is no valid Unicode')
  const split = note.lastIndexOf('\n\n')
  if (split < 0) return unparsed('the note has no empty line before its signatures')
  const text = note.slice(0, split + 1)
  const lines = note.slice(split + 2).split('\n')
  if (lines.pop() !== '' || lines.length === 0) return unparsed('the note does not end in signature lines')
  if (lines.length > SIGNATURES_MAX) return unparsed(`the note has more than ${SIGNATURES_MAX} signatures`)
  const signatures: NoteSignature[] = []
  for (const line of lines) {
    const match = /^— (\S+) (\S+)$/.exec(line)
    const bytes = findBase64(match?.[2] ?? '')
    const name = match?.[1] ?? ''
    if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return unparsed('a signature line is malformed')
    signatures.push({ name, keyId: bytes.slice(0, 4), body: bytes.slice(4) })
  }
  return parsed({ text, signatures })
}

/** `— name base64(key id ‖ body)` with its newline. For timed types `body` begins with the time. */
export function formatSignatureLine(key: VerifierKey, body: Uint8Array): string {
  return `— ${key.name} ${base64(concatBytes(key.keyId, body))}\n`
}

export function formatNote(text: string, signatureLines: readonly string[]): string {
  return `${text}\n${signatureLines.join('')}`
}

/** The body of a signature line: for timed types the time stands before the signature. */
export function signatureBody(type: KeyType, signature: Uint8Array, timeSeconds: number): Uint8Array {
  return KEY_TYPES[type].isTimed ? concatBytes(uint64(timeSeconds), signature) : signature
}

/** The bytes that a key of this type signs. `timeSeconds` is POSIX time and ignored by type `note`. */
export function signedMessage(key: VerifierKey, checkpoint: Checkpoint, text: string, timeSeconds: number): Uint8Array {
  switch (key.type) {
    case 'note':
      return utf8(text)
    case 'cosignature':
      return utf8(`cosignature/v1\ntime ${timeSeconds}\n${text}`)
    case 'subtree':
      return subtreeMessage(key.name, checkpoint, timeSeconds)
  }
}

/**
 * `cosigned_message` of tlog-cosignature for a whole tree: label of 12 bytes, name, time, origin, start 0, end = size,
 * root. Strings stand behind one byte of length, numbers are big-endian.
 */
function subtreeMessage(name: string, { origin, size, root }: Checkpoint, timeSeconds: number): Uint8Array {
  return concatBytes(
    utf8('subtree/v1\n\0'),
    lengthPrefixed(name),
    uint64(timeSeconds),
    lengthPrefixed(origin),
    uint64(0),
    uint64(size),
    root,
  )
}

function lengthPrefixed(text: string): Uint8Array {
  const bytes = utf8(text)
  if (bytes.length < 1 || bytes.length > 255) throw new RangeError('a name of 1 to 255 bytes is needed')
  return concatBytes(Uint8Array.of(bytes.length), bytes)
}

export type OpenedCheckpoint = {
  checkpoint: Checkpoint
  /** Known keys whose signature verified, with their time (POSIX seconds) where the type has one. */
  signedBy: { key: VerifierKey; timeSeconds: number | undefined }[]
}

/**
 * Opens a checkpoint under known keys. As signed-note demands: lines of unknown keys are ignored, a line of a known
 * key that does not verify refuses the whole note. `signedBy` may be empty: the caller decides what that means.
 */
export async function openCheckpoint(
  { verifySignature }: Checker,
  note: string,
  keys: readonly VerifierKey[],
): Promise<Parsed<OpenedCheckpoint>> {
  const opened = parseNote(note)
  if (!opened.ok) return opened
  const { text, signatures } = opened.value
  const checkpoint = parseCheckpoint(text)
  if (!checkpoint.ok) return checkpoint
  const signedBy: OpenedCheckpoint['signedBy'] = []
  for (const signature of signatures) {
    const key = keys.find((known) => known.name === signature.name && known.keyId.toHex() === signature.keyId.toHex())
    if (key === undefined || signedBy.some((signer) => signer.key === key)) continue
    const { algorithm, isTimed } = KEY_TYPES[key.type]
    const timeSeconds = isTimed && signature.body.length > 8 ? findUint64(signature.body, 0) : undefined
    const bare = isTimed ? signature.body.slice(8) : signature.body
    const isWhole = bare.length === SIGNATURE_BYTES[algorithm] && (!isTimed || timeSeconds !== undefined)
    const message = isWhole ? signedMessage(key, checkpoint.value, text, timeSeconds ?? 0) : undefined
    if (message === undefined || !(await verifySignature(algorithm, key.publicKey, message, bare))) {
      return unparsed(`the signature of ${key.name} (${algorithm}) does not verify`)
    }
    signedBy.push({ key, timeSeconds })
  }
  return parsed({ checkpoint: checkpoint.value, signedBy })
}
