import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { seesAll } from '../kernel/visible.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { bunkId, closePlace, establishPlace, facilityPlace, openFacility } from './acts.ts'
import { findCapacity, findFacility, findPlace, listFacilities, placePath, placePaths, placeTree } from './read.ts'
import { room } from './room.ts'
import { routes } from './routes.ts'

const opened = '2026-01-01T06:00:00Z'
const later = '2026-06-01T00:00:00Z'
const id = (code: string) => derivedId('test', 'place', code)
const cellPlan = {
  kind: 'cell',
  areaM2: 100,
  bunks: [
    { position: 'A1', tier: 1 },
    { position: 'A2', tier: 2 },
  ],
}

const facility = (place: object = {}, at = opened) =>
  makeAct(
    openFacility,
    {
      place: { facility: 'TEC', name: 'Tecoluca', country: 'SV', zone: 'America/El_Salvador', ...place },
      act: { sources: [{ figure: 'announced', source: 'https://example.org/plan', says: '40,000' }] },
    },
    { at },
  )
const establish = (code: string, parent: string, plan: object, at = opened) =>
  makeAct(establishPlace, { place: { facility: 'TEC', place: id(code), parent, code, ...plan }, act: {} }, { at })
const close = (code: string, at: string) =>
  makeAct(closePlace, { place: { facility: 'TEC', place: id(code) }, act: { reason: 'flooded' } }, { at })

const plan = () => [
  facility({ announcedCapacity: 40000 }),
  establish('P1', facilityPlace('TEC'), { kind: 'pavilion' }),
  establish('P1-L1', id('P1'), { kind: 'level' }),
  establish('P1-C2', id('P1-L1'), cellPlan),
  establish('P1-C1', id('P1-L1'), { ...cellPlan, areaM2: 33.9, name: 'Celda 1' }),
]

async function setUp(t: Parameters<typeof freshDatabase>[0]) {
  const sql = await freshDatabase(t)
  const { record, runner } = openTestRecord(sql, [room])
  await record.keys.begin(sql, record.clock.now())
  t.after(async () => assert.deepEqual((await replay(record, sql)).differences, []))
  const submit = async (...acts: ReturnType<typeof makeAct>[]) => {
    const outcomes = await runner.submitAll(acts)
    assert.deepEqual(outcomes.filter(isRefusal), [])
  }
  return { sql, submit }
}

describe('places', () => {
  test('a plan comes as one batch and reads as a tree, each place after its parent', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan())
    const tree = await placeTree(sql, 'TEC', later)
    assert.deepEqual(
      tree.map(({ code, kind, bunks }) => [code, kind, bunks]),
      [
        ['TEC', 'facility', 0],
        ['P1', 'pavilion', 0],
        ['P1-L1', 'level', 0],
        ['P1-C1', 'cell', 2],
        ['P1-C2', 'cell', 2],
      ],
    )
    assert.deepEqual(
      await placeTree(sql, 'TEC', '2025-12-31T00:00:00Z'),
      [],
      'before it was opened nothing stood there',
    )
  })

  test('the way down to a bunk names facility, pavilion, level, cell, bunk', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan())
    const bunk = bunkId(id('P1-C1'), 'A2')
    const path = await placePath(sql, bunk, later)
    assert.deepEqual(
      path.map(({ kind, code }) => `${kind} ${code}`),
      ['facility TEC', 'pavilion P1', 'level P1-L1', 'cell P1-C1', 'bunk A2'],
    )
    const paths = await placePaths(sql, [bunk, id('P1'), derivedId('nowhere')], later)
    assert.deepEqual([...paths.keys()].sort(), [bunk, id('P1')].sort())
  })

  test('capacity is four numbers: certified, announced, bunks, and floor space by each standard', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan())
    const capacity = await findCapacity(sql, 'TEC', later)
    assert.deepEqual(
      { ...capacity, byStandard: capacity?.byStandard.map(({ rule, people }) => [rule, people]) },
      {
        certified: null,
        announced: 40000,
        cells: 2,
        bunks: 4,
        areaM2: 133.9,
        cellsWithoutArea: 0,
        // 100 m² and 33.9 m², whole people in each: 25 + 8, 29 + 9, 33 + 11, 50 + 16.
        byStandard: [
          ['SPA-01', 33],
          ['SPA-09', 38],
          ['SPA-06', 44],
          ['SPA-10', 66],
        ],
      },
    )
    assert.equal(await findCapacity(sql, 'NIL', later), undefined)
  })

  test('the last statement of a place holds from when it was made; a closed place is gone from then on', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan())
    await submit(
      establish(
        'P1-C2',
        id('P1-L1'),
        { ...cellPlan, areaM2: 90, bunks: [{ position: 'A1', tier: 1 }] },
        '2026-03-01T00:00:00Z',
      ),
    )
    await submit(close('P1-C2', '2026-04-01T00:00:00Z'))
    const areaAt = async (at: string) => {
      const place = await findPlace(sql, id('P1-C2'), at)
      return place && [place.areaM2, place.bunks]
    }
    assert.deepEqual(await areaAt('2026-02-01T00:00:00Z'), [100, 2])
    assert.deepEqual(await areaAt('2026-03-15T00:00:00Z'), [90, 1])
    assert.equal(await areaAt('2026-04-01T00:00:00Z'), undefined)
    assert.deepEqual(await placePath(sql, bunkId(id('P1-C2'), 'A1'), later), [])
  })

  test('a level that is closed takes the cells below it out of the tree', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan(), close('P1-L1', '2026-04-01T00:00:00Z'))
    assert.deepEqual(
      (await placeTree(sql, 'TEC', later)).map(({ code }) => code),
      ['TEC', 'P1'],
    )
  })

  test('a place that is its own ancestor by a wrong fact neither loops nor fails', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan(), establish('P1', id('P1-L1'), { kind: 'pavilion' }))
    assert.deepEqual(
      (await placeTree(sql, 'TEC', later)).map(({ code }) => code),
      ['TEC'],
    )
    assert.ok((await placePath(sql, id('P1-C1'), later)).length > 0)
  })

  test('a position that a cell names twice is one bunk: a fact never fails on a key', async (t) => {
    const { sql, submit } = await setUp(t)
    const bunks = [
      { position: 'A1', tier: 1 },
      { position: 'A1', tier: 2 },
    ]
    await submit(facility(), establish('C9', facilityPlace('TEC'), { kind: 'cell', bunks }))
    assert.equal((await findPlace(sql, id('C9'), later))?.bunks, 1)
  })

  test('the last opening of a facility wins; it is known since the first', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(facility({ announcedCapacity: 20000 }))
    await submit(facility({ announcedCapacity: 40000, certifiedCapacity: 6400 }, '2026-02-01T00:00:00Z'))
    const found = await findFacility(sql, 'TEC')
    assert.deepEqual([found?.announcedCapacity, found?.certifiedCapacity, found?.since], [40000, 6400, opened])
    assert.equal((await listFacilities(sql)).length, 1)
  })

  test('every answer is what its contract says; an unknown facility or place is a refusal', async (t) => {
    const { sql, submit } = await setUp(t)
    await submit(...plan())
    const context = { sql, now: later, actor: { officer: derivedId('o'), role: 'auditor' }, visible: seesAll }
    const ask = async (path: string, params: object) => {
      const route = routes.find(({ contract }) => contract.path === path)
      assert.ok(route)
      const answer = await route.handle({ params, query: {}, body: undefined } as never, context)
      return isRefusal(answer) ? answer.code : route.contract.ok.parse(answer)
    }
    await ask('/api/facilities', {})
    await ask('/api/facilities/:code', { code: 'TEC' })
    await ask('/api/facilities/:code/places', { code: 'TEC' })
    await ask('/api/places/:id', { id: id('P1-C1') })
    assert.equal(await ask('/api/facilities/:code', { code: 'NIL' }), 'place-not-found')
    assert.equal(await ask('/api/facilities/:code/places', { code: 'NIL' }), 'place-not-found')
    assert.equal(await ask('/api/places/:id', { id: derivedId('nowhere') }), 'place-not-found')
  })
})
