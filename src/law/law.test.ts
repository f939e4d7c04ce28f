import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { admit, depart } from '../custody/acts.ts'
import { room as custody } from '../custody/room.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { seesAll } from '../kernel/visible.ts'
import { room as people } from '../people/room.ts'
import { room as places } from '../places/room.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { disputeOrder, endOrder, recordOrder } from './acts.ts'
import { basisOf, countBasisAt, ordersOf, withoutBasisAt } from './read.ts'
import { room } from './room.ts'
import { routes } from './routes.ts'

const zone = 'America/El_Salvador'
const issuer = { name: 'Juzgado Primero de Paz', state: 'SV' }
const custodyOf = (name: string) => derivedId('test', 'custody', name)
const orderOf = (name: string) => derivedId('test', 'order', name)
const until = (date: string) => ({ date, zone, inclusive: true })
const paper = (name: string, end: unknown) => ({
  order: orderOf(name),
  kind: 'remand',
  issuer,
  from: until('2026-01-01'),
  until: end,
})

const admitted = (name: string, orders: unknown[], ordersStated = true, facility = 'TEC') =>
  makeAct(
    admit,
    {
      person: { custody: custodyOf(name), person: derivedId('test', 'person', name) },
      place: { facility },
      legal: { orders, ordersStated },
    },
    { at: '2026-01-05T15:00:00Z' },
  )
const about = (name: string) => ({ person: { custody: custodyOf(name) } })

async function setUp(t: Parameters<typeof freshDatabase>[0]) {
  const sql = await freshDatabase(t)
  const { record, runner } = openTestRecord(sql, [people, places, custody, room])
  await record.keys.begin(sql, record.clock.now())
  t.after(async () => assert.deepEqual((await replay(record, sql)).differences, []))
  const submit = async (...acts: ReturnType<typeof makeAct>[]) => {
    for (const act of acts) {
      const outcome = await runner.submit(act)
      assert.ok(!isRefusal(outcome), isRefusal(outcome) ? outcome.code : '')
    }
  }
  const names = new Map(['a', 'b', 'c', 'd'].map((name) => [custodyOf(name), name]))
  const listAt = async (at: string, more: object = {}) =>
    (await withoutBasisAt(sql, { at, ...more }))
      .map(({ custody: id, state, since }) => `${names.get(id)} ${state} ${since}`)
      .sort()
  return { sql, submit, listAt }
}

describe('held without a basis', () => {
  test('the list at any instant, past or to come, with state and since', async (t) => {
    const { sql, submit, listAt } = await setUp(t)
    await submit(
      admitted('a', [paper('a', until('2026-04-02'))]),
      admitted('b', []),
      admitted('c', [], false),
      admitted('d', [paper('d', 'open')], true, 'OTRA'),
      makeAct(
        disputeOrder,
        { ...about('d'), legal: { order: orderOf('d'), by: 'counsel', reason: 'no judge signed' } },
        {
          at: '2026-02-01T00:00:00Z',
        },
      ),
    )
    assert.deepEqual(await listAt('2026-01-04T00:00:00Z'), [], 'nobody is held yet')
    assert.deepEqual(await listAt('2026-01-10T00:00:00Z'), [
      'b lapse 2026-01-05T15:00:00Z',
      'c unknown 2026-01-05T15:00:00Z',
    ])
    assert.deepEqual(await listAt('2031-01-01T00:00:00Z'), [
      'a lapse 2026-04-03T06:00:00Z',
      'b lapse 2026-01-05T15:00:00Z',
      'c unknown 2026-01-05T15:00:00Z',
      'd disputed 2026-02-01T00:00:00Z',
    ])
    assert.deepEqual(await listAt('2031-01-01T00:00:00Z', { facility: 'OTRA' }), ['d disputed 2026-02-01T00:00:00Z'])
    assert.deepEqual(await listAt('2031-01-01T00:00:00Z', { states: ['unknown'] }), ['c unknown 2026-01-05T15:00:00Z'])
    assert.deepEqual(await countBasisAt(sql, '2026-03-01T00:00:00Z'), { order: 1, disputed: 1, unknown: 1, lapse: 1 })
    assert.deepEqual(await countBasisAt(sql, '2026-03-01T00:00:00Z', 'TEC'), {
      order: 1,
      disputed: 0,
      unknown: 1,
      lapse: 1,
    })
  })

  test('an order that arrives late closes the lapse; a departure ends the band', async (t) => {
    const { sql, submit, listAt } = await setUp(t)
    await submit(
      admitted('a', []),
      makeAct(recordOrder, { ...about('a'), legal: { order: paper('a', 'open') } }, { at: '2026-02-01T00:00:00Z' }),
    )
    assert.deepEqual(await listAt('2026-01-10T00:00:00Z'), [], 'the paper covers from its own date')
    await submit(makeAct(depart, { ...about('a'), legal: { as: 'release' } }, { at: '2026-02-10T00:00:00Z' }))
    assert.deepEqual(
      (await basisOf(sql, custodyOf('a'))).map(({ state, from, to }) => [state, from, to]),
      [['order', '2026-01-05T15:00:00Z', '2026-02-10T00:00:00Z']],
    )
  })

  test('orders show how they stand at an instant', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(
      admitted('a', [paper('a', 'not-stated')]),
      makeAct(
        endOrder,
        { ...about('a'), legal: { order: orderOf('a'), as: 'lifted', from: until('2026-03-01') } },
        {
          at: '2026-03-01T12:00:00Z',
        },
      ),
      makeAct(
        disputeOrder,
        { ...about('a'), legal: { order: orderOf('a'), by: 'counsel', reason: 'x' } },
        {
          at: '2026-02-01T00:00:00Z',
        },
      ),
    )
    const standing = async (at: string) => (await ordersOf(sql, custodyOf('a'), at)).map(({ state }) => state)
    assert.deepEqual(await standing('2025-12-01T00:00:00Z'), ['not-yet'])
    assert.deepEqual(await standing('2026-01-10T00:00:00Z'), ['standing'])
    assert.deepEqual(await standing('2026-02-01T00:00:00Z'), ['disputed'])
    assert.deepEqual(await standing('2026-03-01T06:00:00Z'), ['ended'])
    const [order] = await ordersOf(sql, custodyOf('a'), '2026-01-10T00:00:00Z')
    assert.deepEqual([order?.issuer, order?.endedAs, order?.endStated], [issuer, 'lifted', true])
  })

  test('pages follow each other without loss, and every answer is what its contract says', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(admitted('a', [paper('a', 'open')]), admitted('b', []), admitted('c', []), admitted('d', []))
    const context = {
      sql,
      now: '2026-03-01T00:00:00Z',
      actor: { officer: derivedId('o'), role: 'court' },
      visible: seesAll,
    }
    const ask = async (path: string, params: object, query: object = {}) => {
      const route = routes.find(({ contract }) => contract.path === path)
      assert.ok(route)
      const parsed = route.contract.query?.parse(query) ?? {}
      const answer = await route.handle({ params, query: parsed, body: undefined } as never, context)
      return isRefusal(answer) ? answer.code : route.contract.ok.parse(answer)
    }
    type Page = { people: { custody: string }[]; next: string | null }
    const seen: string[] = []
    let next: string | null = null
    do {
      const page: Page = (await ask('/api/without-basis', {}, { limit: '2', ...(next && { after: next }) })) as Page
      seen.push(...page.people.map(({ custody: id }) => id))
      next = page.next
    } while (next)
    assert.deepEqual(seen, ['b', 'c', 'd'].map(custodyOf).sort())
    await ask('/api/custodies/:id/basis', { id: custodyOf('a') })
    await ask('/api/custodies/:id/orders', { id: custodyOf('a') })
    assert.equal(await ask('/api/custodies/:id/basis', { id: custodyOf('nobody') }), 'basis-not-found')
    assert.equal(await ask('/api/custodies/:id/orders', { id: custodyOf('nobody') }), 'basis-not-found')
  })
})
