import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeyRing, makeWrapPair } from './keys.ts'

test('a key in use outlives tens of thousands of new ones; one that nobody asks for does not', () => {
  const ring = new KeyRing(makeWrapPair(), makeWrapPair().publicKey)
  const key = Buffer.alloc(32, 7)
  ring.keep('officer', key)
  ring.keep('nobody', key)
  for (let i = 0; i < 25_000; i++) {
    assert.equal(ring.find('officer'), key)
    ring.keep(`custody ${i}`, key)
  }
  assert.equal(ring.find('officer'), key)
  assert.equal(ring.find('nobody'), undefined)
})
