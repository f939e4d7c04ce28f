/** For tests: a small log with keys of its own, and returns and receipts made from it by hand. */
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { base64, utf8 } from '../src/kernel/bytes.ts'
import { type Json, jcs } from '../src/kernel/json.ts'
import { formatCheckpoint } from '../src/record/checkpoint.ts'
import { disclosureDigest, formatEnvelope, makeDisclosure } from '../src/record/disclosure.ts'
import {
  formatNote,
  formatSignatureLine,
  type KeyType,
  makeVerifierKey,
  signatureBody,
  signedMessage,
} from '../src/record/note.ts'
import { formatPolicy, type Policy } from '../src/record/policy.ts'
import type { ReturnBody, Statement } from '../src/record/return-format.ts'
import { returnSignedMessage } from '../src/record/return-signature.ts'
import { inclusionProofOf, leafHash, rootOf } from '../src/record/tree.ts'
import { nodePorts } from './node.ts'

const { sha256 } = nodePorts
export const ORIGIN = 'habeas.example/test'
export const CUSTODY = '0192f0c1-0000-7000-8000-000000000001'

export type TestKey = { publicKey: Uint8Array; sign: (message: Uint8Array) => Uint8Array }

export function makeKey(algorithm: 'ed25519' | 'ml-dsa-44'): TestKey {
  const pair: { publicKey: KeyObject; privateKey: KeyObject } =
    algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44')
  return {
    publicKey: new Uint8Array(pair.publicKey.export({ format: 'raw-public' })),
    sign: (message) => sign(null, message, pair.privateKey),
  }
}

export const logKeys = { note: makeKey('ed25519'), subtree: makeKey('ml-dsa-44') }
export const custodianKeys = { ed25519: makeKey('ed25519'), 'ml-dsa-44': makeKey('ml-dsa-44') }
export const witnessKey = makeKey('ed25519')

export function policyOf(changes: Partial<Policy> = {}): string {
  return formatPolicy({
    logs: (['note', 'subtree'] as const).map((type) => ({
      key: makeVerifierKey(sha256, ORIGIN, type, logKeys[type].publicKey),
    })),
    witnesses: [],
    groups: [],
    quorum: 'none',
    ...changes,
  })
}

export type TestEntry = { envelope: string; disclosures: string[] }

let made = 0
export function makeEntry(kind: string, sections: Record<string, Json>): TestEntry {
  const disclosures = Object.entries(sections).map(
    ([section, value]) => makeDisclosure(randomBytes(16), section, value).text,
  )
  const envelope = formatEnvelope({
    digests: disclosures.map((text) => disclosureDigest(sha256, text)),
    at: '2026-11-23T08:51Z',
    facility: 'TEC',
    id: `5f0c3b1a-9c7e-4d2f-8a6b-${String(++made).padStart(12, '0')}`,
    kind,
    v: 1,
  })
  return { envelope, disclosures }
}

export function idOf({ envelope }: TestEntry): string {
  return JSON.parse(envelope).id
}

/** A custody entry: the number is sealed in the section `person`. */
export function custodyEntry(nth: number, kind: string, sections: Record<string, Json>, custody = CUSTODY): TestEntry {
  const { person, ...rest } = sections
  return makeEntry(kind, { person: { ...(person as object), custody, nth }, ...rest })
}

export function keyEntry(): TestEntry {
  return makeEntry('key.publish', {
    act: {
      use: 'custodian',
      origin: ORIGIN,
      ed25519: base64(custodianKeys.ed25519.publicKey),
      'ml-dsa-44': base64(custodianKeys['ml-dsa-44'].publicKey),
    },
    staff: {},
  })
}

const SIGNED_AT = 1_795_424_523

export function signNote(root: Uint8Array, size: number, signers: readonly [KeyType, string, TestKey][]): string {
  const checkpoint = { origin: ORIGIN, size, root }
  const text = formatCheckpoint(checkpoint)
  const lines = signers.map(([type, name, { publicKey, sign }]) => {
    const key = makeVerifierKey(sha256, name, type, publicKey)
    return formatSignatureLine(
      key,
      signatureBody(type, sign(signedMessage(key, checkpoint, text, SIGNED_AT)), SIGNED_AT),
    )
  })
  return formatNote(text, lines)
}

export const LOG_SIGNERS: readonly [KeyType, string, TestKey][] = [
  ['note', ORIGIN, logKeys.note],
  ['subtree', ORIGIN, logKeys.subtree],
]

export function logOf(entries: readonly TestEntry[], signers = LOG_SIGNERS) {
  const leaves = entries.map(({ envelope }) => leafHash(sha256, utf8(envelope)))
  const root = rootOf(sha256, leaves)
  return {
    leaves,
    root,
    note: signNote(root, entries.length, signers),
    proof: (index: number) => inclusionProofOf(sha256, leaves, index),
  }
}

/** The return of a log whose entry 0 publishes the keys; `change` may spoil it before it is signed. */
export function makeReturn(
  entries: readonly TestEntry[],
  statements: readonly Statement[],
  highestNth: ReturnBody['highestNth'],
  change: (body: Record<string, Json>) => void = () => undefined,
  log = logOf(entries),
): Uint8Array {
  const body = {
    format: 'habeas/return/v1',
    origin: ORIGIN,
    custodian: {
      keys: {
        ed25519: base64(custodianKeys.ed25519.publicKey),
        'ml-dsa-44': base64(custodianKeys['ml-dsa-44'].publicKey),
      },
      entry: 0,
    },
    checkpoint: log.note,
    entries: entries.map((entry, index) => ({ index, ...entry, proof: log.proof(index).map(base64) })),
    person: { registerNumber: 'TEC-25-031208' },
    statements: statements as unknown as Json,
    highestNth,
  }
  change(body as unknown as Record<string, Json>)
  return signReturn(body as unknown as Json)
}

export function signReturn(body: Json): Uint8Array {
  const message = returnSignedMessage(base64(sha256(utf8(jcs(body)))))
  const signatures = (['ed25519', 'ml-dsa-44'] as const).map((alg) => ({
    alg,
    key: base64(custodianKeys[alg].publicKey),
    sig: base64(custodianKeys[alg].sign(message)),
  }))
  return utf8(`${jcs({ return: body, signatures })}\n`)
}

export const HELD: Statement = {
  id: 'held',
  says: { en: 'The person is held in cell 3-14', es: 'La persona está en la celda 3-14' },
  value: { cell: '3-14', since: '2026-11-20T10:00Z' },
  state: 'proven',
  evidence: [
    { index: 2, section: 'place', pointer: '/cell', equals: '/cell' },
    { index: 2, section: 'act', pointer: '/at', equals: '/since' },
  ],
}

export const ATTESTED: Statement = {
  id: 'complete',
  says: { en: 'These are all entries', es: 'Estos son todos los asientos' },
  value: true,
  state: 'attested',
  evidence: [],
}

export function smallLog(): TestEntry[] {
  return [
    keyEntry(),
    custodyEntry(1, 'custody.admit', { person: { name: 'Ana' }, act: {}, staff: {} }),
    custodyEntry(2, 'custody.move', { place: { cell: '3-14' }, act: { at: '2026-11-20T10:00Z' }, staff: {} }),
  ]
}
