import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choose, plural, words } from './words.ts'

test('a table is read in one language, sentences with figures too', () => {
  const table = words({
    held: { en: 'Held', es: 'En custodia' },
    rows: { en: (count: number) => `${count} rows`, es: (count: number) => `${count} filas` },
  })
  assert.equal(choose(table, 'es').held, 'En custodia')
  assert.equal(choose(table, 'en').rows(3), '3 rows')
})

test('1 is one, 0 and many are others, in both languages', () => {
  const forms = { one: 'persona', other: 'personas' }
  assert.equal(plural(1, 'es', forms), 'persona')
  for (const count of [0, 2, 1_000_000]) assert.equal(plural(count, 'es', forms), 'personas')
  assert.equal(plural(0, 'en', { one: 'person', other: 'people' }), 'people')
})
