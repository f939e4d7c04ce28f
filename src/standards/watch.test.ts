import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Sql } from '../kernel/ports.ts'
import { admitted, makeWorld, paper } from './testing.ts'
import { DueWatch } from './watch.ts'

test('the rules are asked again only when an entry came, the house changed or an instant was reached', async (t) => {
  const world = await makeWorld(t)
  // Under a judgment that ends at an instant, whose half nobody can count: nothing else is owed that time makes late.
  await world.submit(
    admitted('a', { legal: { orders: [{ ...paper('a', { at: '2026-12-11T06:00:00Z' }), kind: 'sentence' }] } }),
  )
  await world.settle()
  let asked = 0
  const counting: Sql = {
    rows: (text, values) => {
      asked++
      return world.sql.rows(text, values)
    },
  }
  const watch = new DueWatch()
  const pass = async (now: string, house = {}) => {
    asked = 0
    const due = await watch.due(counting, now, house)
    return { asked, rules: due.map((one) => one.data.act?.rule) }
  }
  const before = '2026-12-01T00:00:00Z'

  assert.deepEqual((await pass(before)).rules, ['BED-01'])
  assert.ok((await pass(before)).asked > 5, 'what is due and not yet entered is due again')
  await world.tick(before)
  assert.ok((await pass(before)).asked > 5, 'entries wait for the tree')
  await world.settle()
  assert.deepEqual((await pass(before)).rules, [])
  assert.equal((await pass('2026-12-02T00:00:00Z')).asked, 1, 'quiet')

  assert.deepEqual((await pass('2026-12-02T00:00:00Z', { signerSilentSince: before })).rules, ['signer-silent'])
  assert.deepEqual((await pass('2026-12-02T00:00:00Z')).rules, [])
  assert.equal((await pass('2026-12-11T05:59:59Z')).asked, 1, 'quiet until the order ends')
  assert.deepEqual((await pass('2026-12-11T06:00:00Z')).rules, ['LAW-03'])
})
