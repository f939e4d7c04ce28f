import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Name } from '../people/acts.ts'
import { POOLS } from './mixture.ts'
import { makeName, nearly, recorded } from './names.ts'
import { randomOf } from './random.ts'

const aName = fc.record({ seed: fc.nat(), pool: fc.constantFrom(...POOLS), woman: fc.boolean() })

test('names of every pool are already in the normal form of the register', () => {
  fc.assert(
    fc.property(aName, ({ seed, pool, woman }) => {
      const name = recorded(makeName(randomOf(seed), pool, woman, 0.9))
      assert.deepEqual(Name.parse(name), name)
    }),
  )
})

test('nearly the same name is never the same, and is as near as asked for', () => {
  fc.assert(
    fc.property(aName, fc.constantFrom('letter', 'accent', 'swapped'), ({ seed, pool, woman }, by) => {
      const name = makeName(randomOf(seed), pool, woman, 0.9)
      const near = nearly(randomOf(seed, 1), name, by)
      assert.notDeepEqual(near, name)
      assert.deepEqual(Name.parse(recorded(near)), recorded(near))
      if (by !== 'swapped') assert.ok(Math.abs(near.family1.length - name.family1.length) <= 1)
    }),
  )
})

test('a name on a paper in Arabic script keeps it beside the transliteration', () => {
  const name = recorded({ given: 'Samir', family1: 'Haddad' })
  assert.equal(name.written, 'سمير حداد')
})
