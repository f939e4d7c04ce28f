import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulate } from './simulation.testing.ts'

// The full size, 1,000 custodies, is a line of `npm run bench -- law`.
test('five simulated years, every kind of order: each moment has a basis, no duty is missing, replay is equal', () => {
  for (const seed of [1, 2]) {
    const { duties, onTime, late, unknown, running } = simulate(seed, 60)
    assert.ok(duties > 60 * 4)
    assert.ok(onTime > 0 && late > 0 && unknown > 0 && running > 0, 'the mixture has some of each')
  }
})
