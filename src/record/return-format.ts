/**
 * The return file: the JCS bytes (RFC 8785) and a newline of
 *
 *     {"return":{"checkpoint":"…","custodian":{…},"entries":[…],"format":"habeas/return/v1",…},"signatures":[…]}
 *
 * `custody/` writes it, `verify/` reads it; docs/record-format.md explains it to strangers. Fields of `return` that
 * are not listed here are allowed and signed; only what a statement says with evidence is more than the custodian's word.
 */
import { findBase64 } from '../kernel/bytes.ts'
import { PUBLIC_KEY_BYTES, type SignatureAlgorithm } from '../kernel/hash.ts'
import { isJsonArray, isJsonObject, type Json } from '../kernel/json.ts'
import { type Parsed, parsed, unparsed } from '../kernel/parsed.ts'
import { RETURN_KIND } from './return-signature.ts'
import { HASH_BYTES } from './tree.ts'

export type StatementState = 'proven' | 'attested' | 'not-proven'

/** A value in a section of an entry that equals a part of the statement's value. Pointers are RFC 6901. */
export type Evidence = { index: number; section: string; pointer: string; equals: string }

export type Statement = {
  id: string
  says: { en: string; es: string }
  value: Json
  state: StatementState
  evidence: readonly Evidence[]
}

export type ReturnEntry = {
  index: number
  envelope: string
  disclosures: readonly string[]
  proof: readonly Uint8Array[]
}

export type CustodianKeys = Record<SignatureAlgorithm, string>

export type ReturnBody = {
  format: typeof RETURN_KIND
  origin: string
  custodian: { keys: CustodianKeys; entry: number }
  /** The signed note. */
  checkpoint: string
  entries: readonly ReturnEntry[]
  statements: readonly Statement[]
  /**
   * The highest number within the custody, when the return is about one; by custody id when it is about several;
   * null when it is about none ('not held').
   */
  highestNth: number | null | { readonly [custody: string]: number }
}

export type ReturnFile = {
  body: ReturnBody
  /** The `return` object as it was signed, unknown fields included. */
  signed: Json
  signatures: readonly { alg: SignatureAlgorithm; key: string; sig: Uint8Array }[]
}

const STATES: readonly string[] = ['proven', 'attested', 'not-proven'] satisfies StatementState[]

/** The shape of a file whose JSON was already read strictly. */
export function parseReturnFile(file: Json): Parsed<ReturnFile> {
  if (!isJsonObject(file) || Object.keys(file).length !== 2) return unparsed('the file is not {return, signatures}')
  const { return: signed, signatures: signatureList } = file
  if (!isJsonObject(signed) || !isJsonArray(signatureList)) return unparsed('the file is not {return, signatures}')
  if (signed.format !== RETURN_KIND) return unparsed(`format is not ${RETURN_KIND}`)
  const { origin, custodian, checkpoint } = signed
  if (typeof origin !== 'string' || typeof checkpoint !== 'string') return unparsed('origin or checkpoint is missing')
  if (!isJsonObject(custodian) || !isJsonObject(custodian.keys) || !isIndex(custodian.entry)) {
    return unparsed('custodian is not {keys, entry}')
  }
  const { ed25519, 'ml-dsa-44': mlDsa44, ...otherKeys } = custodian.keys
  if (!isKey('ed25519', ed25519) || !isKey('ml-dsa-44', mlDsa44) || Object.keys(otherKeys).length > 0) {
    return unparsed('the custodian has not exactly one Ed25519 and one ML-DSA-44 key')
  }
  const signatures = all(signatureList, parseSignature)
  if (!signatures.ok) return signatures
  const entries = isJsonArray(signed.entries) ? all(signed.entries, parseEntry) : unparsed('entries is no list')
  if (!entries.ok) return entries
  const statements = isJsonArray(signed.statements)
    ? all(signed.statements, parseStatement)
    : unparsed('statements is no list')
  if (!statements.ok) return statements
  const highestNth = findHighestNth(signed.highestNth)
  if (highestNth === undefined) return unparsed('highestNth is no number, no numbers by custody and not null')
  return parsed({
    body: {
      format: RETURN_KIND,
      origin,
      custodian: { keys: { ed25519, 'ml-dsa-44': mlDsa44 }, entry: custodian.entry },
      checkpoint,
      entries: entries.value,
      statements: statements.value,
      highestNth,
    },
    signed,
    signatures: signatures.value,
  })
}

function parseSignature(value: Json): Parsed<ReturnFile['signatures'][number]> {
  if (!isJsonObject(value) || Object.keys(value).length !== 3) return unparsed('a signature is not {alg, key, sig}')
  const { alg, key, sig } = value
  const bytes = typeof sig === 'string' ? findBase64(sig) : undefined
  if ((alg !== 'ed25519' && alg !== 'ml-dsa-44') || typeof key !== 'string' || bytes === undefined) {
    return unparsed('a signature is malformed')
  }
  return parsed({ alg, key, sig: bytes })
}

function parseEntry(value: Json): Parsed<ReturnEntry> {
  if (!isJsonObject(value)) return unparsed('an entry is no object')
  const { index, envelope, disclosures, proof } = value
  if (!isIndex(index) || typeof envelope !== 'string') return unparsed('an entry lacks index or envelope')
  if (!isJsonArray(disclosures) || !disclosures.every((text) => typeof text === 'string')) {
    return unparsed(`the disclosures of entry ${index} are no list of texts`)
  }
  if (!isJsonArray(proof)) return unparsed(`the proof of entry ${index} is no list`)
  const hashes = proof.map((hash) => (typeof hash === 'string' ? findBase64(hash) : undefined))
  if (!hashes.every((hash) => hash !== undefined && hash.length === HASH_BYTES)) {
    return unparsed(`the proof of entry ${index} has a malformed hash`)
  }
  return parsed({ index, envelope, disclosures, proof: hashes as Uint8Array[] })
}

function parseStatement(value: Json): Parsed<Statement> {
  if (!isJsonObject(value)) return unparsed('a statement is no object')
  const { id, says, value: stated, state, evidence } = value
  if (typeof id !== 'string' || id === '') return unparsed('a statement has no id')
  if (!isJsonObject(says) || typeof says.en !== 'string' || typeof says.es !== 'string') {
    return unparsed(`statement ${id} does not speak both languages`)
  }
  if (stated === undefined) return unparsed(`statement ${id} has no value`)
  if (typeof state !== 'string' || !STATES.includes(state)) return unparsed(`statement ${id} has no known state`)
  if (!isJsonArray(evidence)) return unparsed(`statement ${id} has no list of evidence`)
  const parts: Evidence[] = []
  for (const part of evidence) {
    if (!isJsonObject(part)) return unparsed(`statement ${id} has malformed evidence`)
    const { index, section, pointer, equals } = part
    if (!isIndex(index) || typeof section !== 'string' || typeof pointer !== 'string' || typeof equals !== 'string') {
      return unparsed(`statement ${id} has malformed evidence`)
    }
    parts.push({ index, section, pointer, equals })
  }
  return parsed({
    id,
    says: { en: says.en, es: says.es },
    value: stated,
    state: state as StatementState,
    evidence: parts,
  })
}

function findHighestNth(value: Json | undefined): ReturnBody['highestNth'] | undefined {
  if (value === null) return null
  if (isIndex(value)) return value
  if (isJsonObject(value) && Object.values(value).every(isIndex)) return value as { [custody: string]: number }
  return undefined
}

function all<T>(values: readonly Json[], parse: (value: Json) => Parsed<T>): Parsed<T[]> {
  const read: T[] = []
  for (const value of values) {
    const one = parse(value)
    if (!one.ok) return one
    read.push(one.value)
  }
  return parsed(read)
}

function isIndex(value: Json | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isKey(algorithm: SignatureAlgorithm, value: Json | undefined): value is string {
  return typeof value === 'string' && findBase64(value)?.length === PUBLIC_KEY_BYTES[algorithm]
}
