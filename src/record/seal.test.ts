import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { disclosureDigest, disclosureText, parseEnvelope } from './disclosure.ts'
import { nodeChecker } from './node-crypto.ts'
import { decrypt, encrypt, leafHashOf, seal, unseal } from './seal.ts'

const facts = {
  id: '0b0b0b0b-0000-4000-8000-000000000001',
  kind: 'note.add',
  v: 1,
  facility: 'TEC',
  recordedAt: '2026-01-02T03:04:05.678Z',
}
const keys = [randomBytes(32), randomBytes(32)] as const

test('what is sealed opens under its key, matches the envelope digest by digest, and shows nothing outside', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      (text, name) => {
        const sections = { person: { name }, act: { text }, staff: { officer: 'x' } }
        const sealed = seal(facts, sections, ...keys)
        const envelope = parseEnvelope(sealed.envelope.toString())
        assert.ok(envelope.ok)
        const opened = [...unseal(keys[0], sealed.sealed), ...unseal(keys[1], sealed.staff)]
        assert.deepEqual(Object.fromEntries(opened.map(({ section, value }) => [section, value])), sections)
        const digests = opened.map(({ json }) => disclosureDigest(nodeChecker.sha256, disclosureText(json)))
        assert.deepEqual(digests, envelope.value.digests)
        assert.deepEqual(sealed.leafHash, leafHashOf(sealed.envelope))
      },
    ),
  )
})

test('a section with half a character is a bug that is named; a backslash before ud00 is text', () => {
  assert.throws(() => seal(facts, { act: { text: 'half \ud800' } }, ...keys), /not Unicode/)
  const sealed = seal(facts, { act: { text: '\\ud800 and \\\\ud800 and 😀' } }, ...keys)
  assert.deepEqual(unseal(keys[0], sealed.sealed)[0]?.value, { text: '\\ud800 and \\\\ud800 and 😀' })
})

test('a wrong key or a changed byte opens nothing', () => {
  const blob = encrypt(keys[0], Buffer.from('sealed'))
  assert.throws(() => decrypt(keys[1], blob))
  for (let i = 0; i < blob.length; i++) {
    const changed = Buffer.from(blob)
    changed[i] = (changed[i] as number) ^ 1
    assert.throws(() => decrypt(keys[0], changed))
  }
})
