import assert from 'node:assert/strict'
import { test } from 'node:test'
import file from './mixture.json' with { type: 'json' }
import { parseMixture, readMixture } from './mixture.ts'

test('every figure says what it is and where it comes from', () => {
  const walk = (node: unknown, path: string) => {
    assert.ok(typeof node === 'object' && node !== null, `${path} is a bare value`)
    if ('value' in node) return assert.ok('origin' in node && 'says' in node, path)
    for (const [key, inner] of Object.entries(node)) walk(inner, path === '' ? key : `${path}.${key}`)
  }
  walk(file, '')
  assert.equal(readMixture().people, 40_000)
})

test('people are not made by looks, tattoos, faith, colour, gang or loyalty (DESIGN.md §1.10)', () => {
  const forbidden =
    /tattoo|tatua|\bmarks?\b|looks?\b|skin|colou?r\b|race|racial|ethnic|faith|relig|church|gang|pandill|mara\b|politic|orientation|\bscore|\brisk/i
  const words = JSON.stringify(file)
    .replace(/"says":"(?:[^"\\]|\\.)*"/g, '')
    .split('"')
  for (const word of words) assert.doesNotMatch(word, forbidden)
})

test('a mixture that cannot be is refused, and the key is named', () => {
  const broken = (change: (mixture: typeof file) => void) => {
    const copy = structuredClone(file)
    change(copy)
    return () => parseMixture(copy)
  }
  assert.throws(
    broken((m) => (m.life.note.value = 1.2)),
    /note/,
  )
  assert.throws(
    broken((m) => (m.law.cover.value.expired = 0.5)),
    /do not add up/,
  )
  assert.throws(
    broken((m) => Reflect.deleteProperty(m.identity.namePools.value, 'VE')),
    /namePools lacks VE/,
  )
  assert.throws(
    broken((m) => Reflect.deleteProperty(m.law.daysLeftMax.value, 'remand')),
    /daysLeftMax lacks remand/,
  )
  assert.throws(
    broken((m) => Reflect.set(m.missing, 'extra', m.missing.birth)),
    /extra/,
  )
})
