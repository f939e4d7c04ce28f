import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { recordable } from './fields-of.ts'
import { type OpenHistory, put, saidOn } from './history.ts'

const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-03-${String(n).padStart(2, '0')}`)
const value = fc.option(fc.constantFrom('MIN', 'MED', 'MAX'), { nil: null })

test('what was said on a day does not depend on the order in which the days became known', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.tuple(day, value), { selector: ([on]) => on }), day, (facts, asked) => {
      const inOrder: OpenHistory = {}
      const asTheyCame: OpenHistory = {}
      for (const [on, said] of [...facts].sort(([a], [b]) => (a < b ? -1 : 1))) put(inOrder, 'level', on, said)
      for (const [on, said] of facts) put(asTheyCame, 'level', on, said)
      assert.deepEqual(asTheyCame, inOrder)
      const expected = facts.filter(([on]) => on <= asked).sort(([a], [b]) => (a < b ? 1 : -1))[0]?.[1]
      assert.equal(saidOn(asTheyCame, 'level', asked), expected)
    }),
  )
})

test('of two words of one day the last one stands', () => {
  const history: OpenHistory = {}
  put(history, 'level', '2026-03-02', 'MIN')
  put(history, 'level', '2026-03-02', null)
  assert.deepEqual(history, { level: [['2026-03-02', null]] })
})

test('a text of a source becomes one line that the record takes, of no more than its length', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), fc.integer({ min: 2, max: 100 }), (text, max) => {
      const line = recordable(text, max)
      assert.ok(line.length <= max)
      assert.ok(line.isWellFormed())
      assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}]/u)
      assert.equal(recordable(line, max), line)
    }),
  )
  assert.equal(recordable(' a\tb\u2028c ', 80), 'a b c')
})
