import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ageOn, birthKnown } from './age.ts'

test('an age is what is sure of it', () => {
  assert.equal(ageOn({ date: '1982-02-09' }, '2026-04-14'), 44)
  assert.equal(ageOn({ date: '1982-04-14' }, '2026-04-14'), 44)
  assert.equal(ageOn({ date: '1982-04-15' }, '2026-04-14'), 43)
  assert.equal(ageOn({ date: '1982-04' }, '2026-04-14'), 43, 'perhaps born on the 30th')
  assert.equal(ageOn({ date: '1982' }, '2026-04-14'), 43)
  assert.equal(ageOn({ ageYears: 24, ageAsOf: '2025-04-15' }, '2026-04-14'), 24)
  assert.equal(ageOn({ ageYears: 24, ageAsOf: '2025-04-14' }, '2026-04-14'), 25)
  assert.equal(ageOn({ ageYears: 24 }, '2026-04-14'), 24)
  assert.equal(ageOn({}, '2026-04-14'), undefined)
})

test('how well a birth is known', () => {
  assert.deepEqual(birthKnown({ date: '1982' }), { date: '1982', precision: 'year' })
  assert.deepEqual(birthKnown({ date: '1982-02' }), { date: '1982-02', precision: 'month' })
  assert.deepEqual(birthKnown({ ageYears: 24 }), { date: null, precision: 'stated' })
  assert.equal(birthKnown({}), undefined)
})
