import assert from 'node:assert/strict'
import { test } from 'node:test'
import { admit } from '../custody/acts.ts'
import { room as custodyRoom } from '../custody/room.ts'
import type { Entry } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { room as people } from '../people/room.ts'
import { room as places } from '../places/room.ts'
import { freshDatabase } from '../platform/testing.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { endAuthority, Order, recordAuthority } from './acts.ts'
import { issuerReasonFrom } from './empowered.ts'
import { issuerReasonOf, issuerReasons, lawbookOf } from './judge.ts'
import { room as law } from './room.ts'
import { custody, day, entry, orderId, paper } from './testing.ts'

const idOf = (name: string) => derivedId('test', 'authority', name)
const body = (name: string, more: object = {}) => ({
  authority: idOf(name),
  name,
  state: 'SV',
  territories: [],
  powers: [{ kind: 'remand', from: day('2020-01-01'), until: 'open' }],
  source: 'law 1',
  ...more,
})
const bodies = [
  body('court'),
  body('abroad', { state: 'US' }),
  body('police', { powers: [{ kind: 'arrest', from: day('2020-01-01'), until: 'open' }] }),
  body('young', { powers: [{ kind: 'remand', from: day('2026-06-01'), until: 'open' }] }),
  body('local', { territories: ['San Salvador'] }),
  body('gone'),
]
const gone = { authority: idOf('gone'), from: day('2025-01-01') }
const orders = [
  ...['court', 'abroad', 'police', 'young', 'local', 'gone', 'nobody'].map((name) =>
    paper(name, day('2026-01-01'), 'open', { authority: idOf(name) }),
  ),
  paper('none', day('2026-01-01'), 'open'),
  paper('local-here', day('2026-01-01'), 'open', { authority: idOf('local'), territory: 'San Salvador' }),
  paper('local-there', day('2026-01-01'), 'open', { authority: idOf('local'), territory: 'Usulután' }),
]

test('a decision and a query say the same of every issuer', async (t) => {
  const sql = await freshDatabase(t)
  const { record, runner } = openTestRecord(sql, [people, places, custodyRoom, law])
  await record.keys.begin(sql, record.clock.now())
  const admission = {
    person: { custody, person: derivedId('test', 'person') },
    place: { facility: 'TEC' },
    legal: { orders, ordersStated: true },
  }
  const acts = [
    makeAct(admit, admission),
    ...bodies.map((legal) => makeAct(recordAuthority, { legal })),
    makeAct(endAuthority, { legal: gone }),
  ]
  for (const act of acts) assert.ok(!isRefusal(await runner.submit(act)))
  const rows = await sql.rows<{ order: string; reason: string }>(
    `select o.order_id as "order", ${issuerReasonOf('o')} as reason from legal_order o ${lawbookOf('o')}`,
  )
  const house: Entry[] = [
    ...bodies.map((legal) => entry(recordAuthority, '2026-01-01T00:00:00Z', legal)),
    entry(endAuthority, '2026-01-01T00:00:00Z', gone),
  ]
  const asked = new Map(orders.map((order) => [order.order, Order.parse(order)]))
  assert.deepEqual(
    rows.map(({ order, reason }) => [order, reason]),
    rows.map(({ order }) => [order, issuerReasonFrom(house, asked.get(order) as Order)]),
  )
  assert.deepEqual(new Set(rows.map(({ reason }) => reason)), new Set(Object.keys(issuerReasons)))
  assert.equal(rows.find(({ order }) => order === orderId('gone'))?.reason, 'not-at-that-date')
})
