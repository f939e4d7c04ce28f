import assert from 'node:assert/strict'
import { test } from 'node:test'
import { KeptSearches } from './kept-searches.ts'

test('a search is read again by who made it, for an hour', () => {
  let now = Temporal.Instant.from('2031-05-06T12:00:00Z')
  const kept = new KeptSearches<string>(() => now)
  const id = kept.keep('officer-a', 'Ana Paz')
  assert.doesNotMatch(id, /Ana|Paz/)
  assert.equal(kept.find('officer-a', id), 'Ana Paz')
  assert.equal(kept.find('officer-b', id), undefined)
  assert.equal(kept.find('officer-a', 'another'), undefined)
  now = now.add({ minutes: 59 })
  assert.equal(kept.find('officer-a', id), 'Ana Paz')
  now = now.add({ minutes: 1 })
  assert.equal(kept.find('officer-a', id), undefined)
})
