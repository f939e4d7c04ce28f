import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { randomOf, sfc32, weigh } from './random.ts'

/** The recurrence once more, in whole numbers without a size, cut to 32 bits where C would. */
function sfc32InC(words: readonly [number, number, number, number]): () => number {
  const MOD = 2n ** 32n
  let [a, b, c, counter] = words.map(BigInt) as [bigint, bigint, bigint, bigint]
  return () => {
    const t = (a + b + counter) % MOD
    counter = (counter + 1n) % MOD
    a = b ^ (b >> 9n)
    b = (c * 9n) % MOD
    c = (((c * 2n ** 21n) % MOD) + c / 2n ** 11n + t) % MOD
    return Number(t)
  }
}

test('the words are those of sfc32', () => {
  const word = fc.integer({ min: 0, max: 0xffffffff })
  fc.assert(
    fc.property(fc.tuple(word, word, word, word), (words) => {
      const [ours, theirs] = [sfc32(...words), sfc32InC(words)]
      for (let i = 0; i < 200; i++) assert.equal(ours(), theirs())
    }),
  )
})

test('a path is a stream of its own, the same each time', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 4 }), (path) => {
      const [one, two] = [randomOf(...path), randomOf(...path)]
      const other = randomOf(...path.slice(0, -1), (path.at(-1) as number) + 1)
      const words = Array.from({ length: 8 }, one.word)
      assert.deepEqual(words, Array.from({ length: 8 }, two.word))
      assert.notDeepEqual(words, Array.from({ length: 8 }, other.word))
    }),
  )
})

test('whole numbers stay within their bounds and reach both', () => {
  const random = randomOf(3)
  const seen = new Set(Array.from({ length: 2000 }, () => random.int(-2, 5)))
  assert.deepEqual(
    [...seen].sort((a, b) => a - b),
    [-2, -1, 0, 1, 2, 3, 4, 5],
  )
})

test('a table is drawn by its shares, and a share of nothing never', () => {
  const random = randomOf(4)
  const table = weigh({ never: 0, seldom: 0.1, often: 0.9 })
  const count = { never: 0, seldom: 0, often: 0 }
  for (let i = 0; i < 20_000; i++) count[random.weighted(table)]++
  assert.equal(count.never, 0)
  assert.ok(Math.abs(count.seldom / 20_000 - 0.1) < 0.01)
})

test('neighbouring people are not alike: the average of first draws is a half', () => {
  let sum = 0
  for (let person = 0; person < 20_000; person++) sum += randomOf(1, 2, person).real()
  assert.ok(Math.abs(sum / 20_000 - 0.5) < 0.01)
})
