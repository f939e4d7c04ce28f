import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { admit, depart } from '../custody/acts.ts'
import { room as custody } from '../custody/room.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { seesAll } from '../kernel/visible.ts'
import { room as people } from '../people/room.ts'
import { room as places } from '../places/room.ts'
import { Answer } from '../platform/http/endpoint.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import {
  disputeOrder,
  endAuthority,
  endStatute,
  receiveOrder,
  recordAuthority,
  recordOrder,
  recordStatute,
  verifyOrder,
} from './acts.ts'
import { LAW_LISTS, type LawList } from './lists-contract.ts'
import { countLists, ordersOf, rowsOfList } from './read.ts'
import { room } from './room.ts'
import { routes } from './routes.ts'

const zone = 'America/El_Salvador'
const issuer = { name: 'Juzgado Primero de Paz', state: 'SV' }
const id = (...names: string[]) => derivedId('test', 'lists', ...names)
const until = (date: string) => ({ date, zone, inclusive: true })
const NOW = '2026-03-01T12:00:00Z'
const court = id('authority', 'court')
const code = id('statute', 'code')

const paper = (name: string, end: unknown, more: object = {}) => ({
  order: id('order', name),
  kind: 'remand',
  issuer,
  authority: court,
  statute: code,
  from: until('2026-01-01'),
  until: end,
  ...more,
})
const admitted = (name: string, orders: unknown[], legal: object = {}, facility = 'TEC') =>
  makeAct(
    admit,
    {
      person: { custody: id('custody', name), person: id('person', name) },
      place: { facility },
      legal: { orders, ordersStated: true, ...legal },
    },
    { at: '2026-01-05T15:00:00Z' },
  )
const about = (name: string) => ({ person: { custody: id('custody', name) } })

const entersCourt = (more: object = {}) =>
  makeAct(
    recordAuthority,
    {
      legal: {
        authority: court,
        name: 'Juzgado Primero de Paz',
        state: 'SV',
        powers: [{ kind: 'remand', from: until('2020-01-01'), until: 'open' }],
        source: 'Ley de ejemplo',
        ...more,
      },
    },
    { at: '2026-01-01T00:00:00Z' },
  )
const entersCode = (more: object = {}) =>
  makeAct(
    recordStatute,
    {
      legal: {
        statute: code,
        state: 'SV',
        title: 'Código de ejemplo',
        kinds: ['remand', 'sentence'],
        inForce: [{ from: until('2020-01-01'), until: 'open' }],
        source: 'Diario de ejemplo',
        ...more,
      },
    },
    { at: '2026-01-01T00:00:00Z' },
  )

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
  const names = new Map('abcdefghij'.split('').map((name) => [id('custody', name), name]))
  const onList = async (list: LawList, at = NOW) =>
    (await rowsOfList(sql, list, { at }, { limit: 100 })).map(
      ({ custody: of, verdict, reason }) => `${names.get(of)} ${verdict} ${reason}`,
    )
  const ask = async (path: string, params: object, query: object = {}) => {
    const route = routes.find(({ contract }) => contract.path === path)
    assert.ok(route, path)
    const parsed = route.contract.query?.parse(query) ?? {}
    const context = { sql, now: NOW, actor: { officer: id('officer'), role: 'court' }, visible: seesAll }
    const answer = await route.handle({ params, query: parsed, body: undefined } as never, context)
    return isRefusal(answer) || answer instanceof Answer ? answer : route.contract.ok.parse(answer)
  }
  /** Every count is the number of rows of its list, by verdict: no figure says what its list does not. */
  const agree = async (at = NOW) => {
    for (const { list, people, unknown } of await countLists(sql, { at })) {
      const rows = await rowsOfList(sql, list, { at }, { limit: 100 })
      const verdicts = (verdict: string) => rows.filter((row) => row.verdict === verdict).length
      assert.deepEqual([list, people, unknown], [list, verdicts('no'), verdicts('unknown')])
    }
  }
  return { sql, submit, onList, ask, agree }
}

describe('lists about orders', () => {
  test('by state: without a basis the longest first, unknown, contested', async (t) => {
    const { submit, onList, agree } = await setUp(t)
    await submit(
      admitted('a', [paper('a', until('2026-02-20'))]),
      admitted('b', []),
      admitted('c', [], { ordersStated: false }),
      admitted('d', [paper('d', 'open')]),
      makeAct(
        disputeOrder,
        { ...about('d'), legal: { order: id('order', 'd'), by: 'counsel', reason: 'x' } },
        { at: '2026-02-01T00:00:00Z' },
      ),
    )
    assert.deepEqual(await onList('without-basis'), ['b no admitted-without-order', 'a no order-ended'])
    assert.deepEqual(await onList('basis-unknown'), ['c unknown orders-not-stated'])
    assert.deepEqual(await onList('contested'), ['d no contested'])
    assert.deepEqual(await onList('without-basis', '2026-02-01T00:00:00Z'), ['b no admitted-without-order'])
    assert.deepEqual(await onList('contested', '2026-01-31T00:00:00Z'), [])
    await agree()
    await agree('2026-01-31T00:00:00Z')
  })

  test('expiring by the end of title, which is that of the union; also looked at after the person left', async (t) => {
    const { submit, onList, agree, ask } = await setUp(t)
    await submit(
      admitted('a', [paper('a', { at: '2026-03-02T11:00:00Z' })]),
      admitted('b', [
        paper('b1', { at: '2026-03-02T11:00:00Z' }),
        paper('b2', { at: '2026-03-07T00:00:00Z' }, { from: { at: '2026-03-02T11:00:00Z' } }),
      ]),
      admitted('c', [paper('c', until('2026-03-25'))]),
      admitted('d', [paper('d', 'open')]),
      makeAct(depart, { ...about('a'), legal: { as: 'release' } }, { at: '2026-03-01T18:00:00Z' }),
    )
    assert.deepEqual(await onList('expiring-24h'), ['a no title-ends'])
    assert.deepEqual(await onList('expiring-7d'), ['a no title-ends', 'b no title-ends'])
    assert.deepEqual(await onList('expiring-30d'), ['a no title-ends', 'b no title-ends', 'c no title-ends'])
    assert.deepEqual(await onList('expiring-24h', '2026-03-01T19:00:00Z'), [], 'gone by then')
    await agree()
    const page = (await ask('/api/law/lists/:list', { list: 'expiring-7d' }, { limit: '1' })) as {
      rows: { until: string; order: string }[]
      next: string
    }
    assert.deepEqual([page.rows[0]?.until, page.rows[0]?.order], ['2026-03-02T11:00:00Z', id('order', 'a')])
    const next = (await ask('/api/law/lists/:list', { list: 'expiring-7d' }, { after: page.next })) as typeof page
    assert.deepEqual(
      next.rows.map(({ order }) => order),
      [id('order', 'b2')],
    )
  })

  test('provisional paper only, until the paper arrives; another paper beside it takes one off the list', async (t) => {
    const { sql, submit, onList, agree } = await setUp(t)
    const told = {
      provisional: true,
      received: { at: { at: '2026-01-05T08:10:00Z', precision: 'minute', zone }, how: 'telephone', by: 'duty judge' },
    }
    await submit(
      admitted('a', [paper('a', 'open', told)]),
      admitted('b', [paper('b1', 'open', told), paper('b2', 'open')]),
    )
    assert.deepEqual(await onList('provisional-only'), ['a no paper-not-arrived'])
    await agree()
    const received = { order: id('order', 'a'), document: 'ab'.repeat(32), differences: [] }
    await submit(makeAct(receiveOrder, { ...about('a'), legal: received }, { at: '2026-02-10T00:00:00Z' }))
    assert.deepEqual(await onList('provisional-only'), [])
    assert.deepEqual(await onList('provisional-only', '2026-02-09T00:00:00Z'), ['a no paper-not-arrived'])
    const [before] = await ordersOf(sql, id('custody', 'a'), '2026-02-09T00:00:00Z')
    const [after] = await ordersOf(sql, id('custody', 'a'), NOW)
    assert.deepEqual(before?.states, ['provisional', 'in-force'])
    assert.deepEqual(after?.states, ['received', 'in-force'])
    assert.deepEqual(after?.received, { heard: '2026-01-05T08:10:00Z', how: 'telephone', by: 'duty judge' })
  })

  test('an issuer that is empowered, is not, or of which nobody can say; each with its reason', async (t) => {
    const { submit, onList, agree } = await setUp(t)
    await submit(
      entersCourt(),
      entersCode(),
      admitted('a', [paper('a', 'open')]),
      admitted('b', [paper('b', 'open', { kind: 'sentence' })]),
      admitted('c', [paper('c', 'open', { authority: id('authority', 'nobody') })]),
      admitted('d', [{ ...paper('d', 'open'), authority: undefined }]),
      admitted('e', [paper('e', 'open', { issuer: { name: 'x', state: 'US' } })]),
      admitted('f', [paper('f', 'open', { issued: until('2019-12-31') })]),
      admitted('g', [paper('g1', 'open', { kind: 'sentence' }), paper('g2', 'open')]),
    )
    const expected = [
      'b no not-for-this-kind',
      'c unknown issuer-not-registered',
      'd unknown issuer-not-linked',
      'e no issuer-of-another-state',
      'f no not-at-that-date',
    ]
    assert.deepEqual((await onList('issuer-not-empowered')).sort(), expected)
    await agree()
    await submit(
      entersCourt({ territories: ['San Salvador'] }),
      admitted('h', [paper('h', 'open', { territory: 'San Salvador' })]),
      admitted('i', [paper('i', 'open', { territory: 'La Paz' })]),
    )
    const territorial = (await onList('issuer-not-empowered')).filter((row) => /^[aghi]/.test(row)).sort()
    assert.deepEqual(territorial, [
      'a unknown territory-not-stated',
      'g unknown territory-not-stated',
      'i no outside-its-territory',
    ])
    await submit(
      makeAct(endAuthority, { legal: { authority: court, from: until('2025-06-01') } }, { at: '2026-02-01T00:00:00Z' }),
    )
    assert.ok((await onList('issuer-not-empowered')).includes('h no not-at-that-date'), 'abolished before the order')
    await agree()
  })

  test('a provision in force at the order’s own date, not so, or unknown', async (t) => {
    const { submit, onList, agree } = await setUp(t)
    const suspended = [
      { from: until('2020-01-01'), until: until('2021-12-31') },
      { from: until('2024-01-01'), until: 'open' },
    ]
    await submit(
      entersCourt(),
      entersCode({ inForce: suspended }),
      admitted('a', [paper('a', 'open')]),
      admitted('b', [paper('b', 'open', { issued: until('2022-05-01') })]),
      admitted('c', [{ ...paper('c', 'open'), statute: undefined }]),
      admitted('d', [paper('d', 'open', { kind: 'immigration' })]),
      admitted('e', [paper('e', 'open', { statute: id('statute', 'nowhere') })]),
    )
    const expected = [
      'b no not-in-force',
      'c unknown provision-not-linked',
      'd no not-for-this-kind',
      'e unknown provision-not-registered',
    ]
    assert.deepEqual((await onList('provision-not-in-force')).sort(), expected)
    await submit(makeAct(endStatute, { legal: { statute: code, from: until('2025-12-31') } }, { at: NOW }))
    assert.ok((await onList('provision-not-in-force')).includes('a no not-in-force'), 'repealed before the order')
    await agree()
  })

  test('received only as convicted: no judgment, one that is not final, one of which nobody said', async (t) => {
    const { submit, onList, agree } = await setUp(t)
    const convicted = { receivedUnder: 'convicted-only' }
    const sentence = (name: string, more: object) => paper(name, 'open', { kind: 'sentence', ...more })
    await submit(
      admitted('a', [sentence('a', { final: true })], convicted),
      admitted('b', [paper('b', 'open')], convicted),
      admitted('c', [sentence('c', { final: false })], convicted),
      admitted('d', [sentence('d', {})], convicted),
      admitted('e', [paper('e', 'open')]),
      admitted('f', [sentence('f', { final: true })], convicted),
      makeAct(
        verifyOrder,
        {
          ...about('f'),
          legal: { order: id('order', 'f'), against: 'court-system', by: 'the clerk', result: 'not-authentic' },
        },
        { at: '2026-02-01T00:00:00Z' },
      ),
    )
    const expected = [
      'b no no-judgment',
      'c no judgment-not-final',
      'd unknown finality-not-stated',
      'f no no-judgment',
    ]
    assert.deepEqual((await onList('convicted-only')).sort(), expected)
    await agree()
  })

  test('counts of a facility, the CSV in both languages, and every answer is what its contract says', async (t) => {
    const { submit, ask } = await setUp(t)
    await submit(entersCourt(), entersCode(), admitted('a', []), admitted('b', [], {}, 'OTRA'))
    const { lists } = (await ask('/api/law/lists', {}, { facility: 'OTRA' })) as {
      lists: { list: string; people: number }[]
    }
    assert.deepEqual(
      lists.map(({ list }) => list),
      [...LAW_LISTS],
    )
    assert.equal(lists[0]?.people, 1)
    for (const list of LAW_LISTS) await ask('/api/law/lists/:list', { list }, { verdict: 'no' })
    for (const [language, head] of [['en', 'No.,Facility'] as const, ['es', 'N.º,Establecimiento'] as const]) {
      const csv = await ask('/api/law/lists/:list/csv', { list: 'without-basis' }, { language })
      assert.ok(csv instanceof Answer)
      const text = (await Array.fromAsync(csv.body as AsyncIterable<Buffer | string>)).join('')
      assert.ok(text.startsWith(`\uFEFF${head}`), text)
      assert.equal(text.trimEnd().split('\r\n').length, 3)
    }
    await ask('/api/law/authorities', {})
    const { statutes } = (await ask('/api/law/statutes', {})) as { statutes: { inForce: unknown }[] }
    assert.deepEqual(statutes[0]?.inForce, [{ from: '2020-01-01T06:00:00Z', to: null, now: true }])
  })

  test('the page of one order says everything about it, with its entries', async (t) => {
    const { submit, ask } = await setUp(t)
    await submit(
      entersCourt(),
      entersCode(),
      admitted('a', [
        paper('a', until('2026-03-05'), {
          charges: ['art. 1'],
          conditions: [{ kind: 'isolation', from: until('2026-01-05'), until: until('2026-01-15') }],
        }),
      ]),
      makeAct(
        recordOrder,
        {
          ...about('a'),
          legal: { order: paper('r', 'open', { kind: 'release', from: until('2026-03-01'), against: 'all' }) },
        },
        { at: '2026-03-01T11:00:00Z' },
      ),
      makeAct(
        verifyOrder,
        {
          ...about('a'),
          legal: { order: id('order', 'r'), against: 'issuer-called-back', by: 'the clerk', result: 'authentic' },
        },
        { at: '2026-03-01T11:30:00Z' },
      ),
    )
    type Page = {
      order: { states: string[]; endedAs: string; conditions: { state: string }[] }
      coversNow: boolean
      empowered: { verdict: string }
      inForce: { verdict: string; statute: { title: string } }
      affects: { order: string }[]
      events: { what: string; by: string | null }[]
      entries: { kind: string }[]
    }
    const asked = { id: id('custody', 'a'), order: id('order', 'a') }
    const before = (await ask('/api/custodies/:id/orders/:order', asked, { at: '2026-02-28T12:00:00Z' })) as Page
    assert.equal(before.coversNow, true)
    assert.deepEqual(before.order.conditions, [
      {
        kind: 'isolation',
        says: null,
        from: '2026-01-05T06:00:00Z',
        to: '2026-01-16T06:00:00Z',
        document: null,
        state: 'ended',
      },
    ])
    const page = (await ask('/api/custodies/:id/orders/:order', asked)) as Page
    assert.deepEqual(
      [page.order.states, page.order.endedAs, page.coversNow],
      [['received', 'released'], 'released', false],
    )
    assert.deepEqual([page.empowered.verdict, page.inForce.verdict], ['yes', 'yes'])
    const release = (await ask('/api/custodies/:id/orders/:order', { ...asked, order: id('order', 'r') })) as Page
    assert.deepEqual(
      release.affects.map(({ order }) => order),
      [id('order', 'a')],
    )
    assert.deepEqual(
      release.events.map(({ what, by }) => [what, by]),
      [
        ['order.record', null],
        ['order.verify', 'the clerk'],
      ],
    )
    assert.deepEqual(
      release.entries.map(({ kind }) => kind),
      ['order.record', 'order.verify'],
    )
    assert.deepEqual(release.order.states, ['received', 'verified', 'in-force'])
    const nothing = await ask('/api/custodies/:id/orders/:order', { ...asked, order: id('order', 'x') })
    assert.ok(isRefusal(nothing) && nothing.code === 'order-not-found')
  })
})
