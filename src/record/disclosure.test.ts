import assert from 'node:assert/strict'
import { generateKeyPairSync, hash, randomBytes, sign, verify } from 'node:crypto'
import { test } from 'node:test'
import { SDJwtInstance } from '@sd-jwt/core'
import canonicalize from 'canonicalize'
import fc from 'fast-check'
import { base64url, utf8 } from '../kernel/bytes.ts'
import type { Json } from '../kernel/json.ts'
import {
  disclosureDigest,
  type Envelope,
  formatEnvelope,
  makeDisclosure,
  openDisclosures,
  parseDisclosure,
  parseEnvelope,
} from './disclosure.ts'
import { sha256 } from './node-crypto.ts'
import { seal } from './seal.ts'

const digestOf = (text: string) => disclosureDigest(sha256, text)
const anyDigest = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(base64url)
const anyEnvelope: fc.Arbitrary<Envelope> = fc.record(
  {
    digests: fc.uniqueArray(anyDigest, { minLength: 1, maxLength: 7 }),
    at: fc
      .date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })
      .map((date) => `${date.toISOString().slice(0, 16)}Z`),
    facility: fc.stringMatching(/^[A-Z][A-Z0-9]{1,7}$/),
    id: fc.uuid(),
    kind: fc.constantFrom('custody.admit', 'note.add', 'entry.correct'),
    v: fc.integer({ min: 1, max: 99 }),
  },
  { noNullPrototype: true },
)
const anyValue = fc.dictionary(
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
  fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean(), fc.constant(null)),
  { noNullPrototype: true },
)

test('the template is its own canonical form, and reads back', () => {
  fc.assert(
    fc.property(anyEnvelope, (envelope) => {
      const text = formatEnvelope(envelope)
      assert.equal(text, canonicalize(JSON.parse(text)))
      assert.deepEqual(parseEnvelope(text), { ok: true, value: envelope })
    }),
  )
})

test('an envelope that is anything else is refused', () => {
  const envelope = {
    _sd: [digestOf('x')],
    _sd_alg: 'sha-256',
    at: '2026-11-23T08:51Z',
    facility: 'TEC',
    id: '5f0c3b1a-9c7e-4d2f-8a6b-000000000001',
    kind: 'note.add',
    v: 1,
  }
  assert.ok(parseEnvelope(JSON.stringify(envelope)).ok)
  const spoilt: object[] = [
    { ...envelope, _sd: [] },
    { ...envelope, _sd: [digestOf('x'), digestOf('x')] },
    { ...envelope, _sd: ['short'] },
    { ...envelope, _sd_alg: 'sha-512' },
    { ...envelope, at: '2026-11-23T08:51:05Z' },
    { ...envelope, facility: 'T"C' },
    { ...envelope, id: 'x' },
    { ...envelope, kind: 'note' },
    { ...envelope, v: 0 },
    { ...envelope, more: 1 },
    Object.fromEntries(Object.entries(envelope).toReversed()),
  ]
  for (const each of spoilt) assert.equal(parseEnvelope(JSON.stringify(each)).ok, false, JSON.stringify(each))
  assert.equal(parseEnvelope(`${JSON.stringify(envelope)} `).ok, false)
})

test('a disclosure opens to what was sealed; a changed one has another digest', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), anyValue, (salt, raw) => {
      fc.pre(!JSON.stringify(raw).includes('\\u0000'))
      const value = raw as Json
      const disclosure = makeDisclosure(salt, 'person', value)
      const opened = parseDisclosure(disclosure.text)
      assert.ok(opened.ok)
      assert.deepEqual(opened.value, disclosure)
      assert.notEqual(digestOf(makeDisclosure(salt, 'place', value).text), digestOf(disclosure.text))
    }),
  )
})

test('what could not be opened strictly cannot be sealed', () => {
  const salt = randomBytes(16)
  for (const value of [{ name: '\ud800' }, { name: 'a\0b' }, { amount: 2 ** 60 }]) {
    assert.throws(() => makeDisclosure(salt, 'person', value), TypeError)
  }
  assert.throws(() => makeDisclosure(randomBytes(8), 'person', {}), RangeError)
})

test('opening: foreign, doubled and twice-named disclosures are refused; a part may stay closed', () => {
  const [person, act, again] = [
    makeDisclosure(randomBytes(16), 'person', { name: 'Ana' }),
    makeDisclosure(randomBytes(16), 'act', {}),
    makeDisclosure(randomBytes(16), 'act', { other: true }),
  ]
  const envelope: Envelope = {
    digests: [person, act, again].map(({ text }) => digestOf(text)),
    at: '2026-11-23T08:51Z',
    facility: 'TEC',
    id: '5f0c3b1a-9c7e-4d2f-8a6b-000000000001',
    kind: 'note.add',
    v: 1,
  }
  const open = (...texts: string[]) => openDisclosures(sha256, envelope, texts)
  const part = open(person.text)
  assert.ok(part.ok)
  assert.deepEqual([...part.value], [['person', { name: 'Ana' }]])
  assert.equal(open().ok, true)
  assert.equal(open(person.text, person.text).ok, false)
  assert.equal(open(act.text, again.text).ok, false)
  assert.equal(open(makeDisclosure(randomBytes(16), 'person', { name: 'Ana' }).text).ok, false)
})

test('what the record seals, this opens', () => {
  const facts = {
    id: '5f0c3b1a-9c7e-4d2f-8a6b-000000000001',
    kind: 'custody.admit',
    v: 1,
    facility: 'TEC',
    recordedAt: '2026-11-23T08:51:05.917123Z',
  }
  const { envelope } = seal(facts, { person: { name: 'Ñandú' }, act: {}, staff: {} }, randomBytes(32), randomBytes(32))
  const parsed = parseEnvelope(envelope.toString())
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason)
  assert.equal(parsed.value.digests.length, 3)
  assert.equal(parsed.value.at, '2026-11-23T08:51Z')
})

test('@sd-jwt/core opens our disclosures against our envelope, and no other', async () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const sections: [string, Json][] = [
    ['person', { name: 'Ñandú “A”', nth: 3 }],
    ['place', { cell: '3-14' }],
    ['medical', { note: 'línea\nsegunda 😀' }],
  ]
  const disclosures = sections.map(([section, value]) => makeDisclosure(randomBytes(16), section, value))
  const envelope = formatEnvelope({
    digests: disclosures.map(({ text }) => digestOf(text)),
    at: '2026-11-23T08:51Z',
    facility: 'TEC',
    id: '5f0c3b1a-9c7e-4d2f-8a6b-000000000001',
    kind: 'note.add',
    v: 1,
  })
  const head = base64url(utf8(JSON.stringify({ alg: 'EdDSA', typ: 'sd-jwt' })))
  const signed = `${head}.${base64url(utf8(envelope))}`
  const jwt = `${signed}.${base64url(sign(null, utf8(signed), privateKey))}`
  const outside = new SDJwtInstance({
    hasher: (data: string | ArrayBuffer) =>
      new Uint8Array(hash('sha256', typeof data === 'string' ? data : Buffer.from(data), 'buffer')),
    verifier: async (data: string, signature: string) =>
      verify(null, Buffer.from(data), publicKey, Buffer.from(signature, 'base64url')),
  })
  const opened = (await outside.verify(`${jwt}~${disclosures.map(({ text }) => text).join('~')}~`)).payload as Record<
    string,
    unknown
  >
  for (const [section, value] of sections) assert.deepEqual(opened[section], value)
  assert.equal(opened.kind, 'note.add')

  const part = (await outside.verify(`${jwt}~${disclosures[1]?.text}~`)).payload as Record<string, unknown>
  assert.deepEqual(part.place, { cell: '3-14' })
  assert.equal(part.person, undefined)

  const foreign = makeDisclosure(randomBytes(16), 'person', { name: 'other' })
  // 0.19.0 leaves a foreign disclosure aside where RFC 9901 §7.1 would refuse; what matters is that it opens nothing.
  const none = (await outside.verify(`${jwt}~${foreign.text}~`)).payload as Record<string, unknown>
  assert.equal(none.person, undefined)
})
