import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { describe, type TestContext, test } from 'node:test'
import type { Act, ActKind, Receipt } from '../kernel/act.ts'
import type { Route } from '../kernel/contract.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { seesAll } from '../kernel/visible.ts'
import { room as law } from '../law/room.ts'
import { describePerson, linkPerson, tellApart } from '../people/acts.ts'
import { countHomonyms } from '../people/doubles.ts'
import { namesakesOf, possibleDoubles, searchPeople } from '../people/read.ts'
import { room as peopleRoom } from '../people/room.ts'
import { routes as peopleRoutes } from '../people/routes.ts'
import { openFacility } from '../places/acts.ts'
import { room as places } from '../places/room.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import { correctEntry, withdrawEntry } from '../record/acts.ts'
import { makeAct, openTestRecord, testActor } from '../record/testing.ts'
import { admit, assignBunk, depart, recordPresence, recordResponsibility, vacateBunk } from './acts.ts'
import { occupancyAt } from './occupancy.ts'
import { custodyAt, dailyIdentity, findCustody, listConflicts, rollAt } from './read.ts'
import { room as custody } from './room.ts'
import { cursorOf, listHeld, readCursor } from './roster.ts'
import { routes } from './routes.ts'

const rooms = [peopleRoom, places, custody, law]
const zone = 'America/El_Salvador'

type House = {
  database: Database
  submit: (kind: ActKind, data: object, at: string, options?: Partial<Act>) => Promise<Receipt>
  admitted: (
    at: string,
    data?: { identity?: object; person?: string; place?: object },
  ) => Promise<{ id: string; person: string; receipt: Receipt }>
}

async function openHouse(t: Pick<TestContext, 'after'>): Promise<House> {
  const database = await freshDatabase(t)
  const { runner } = openTestRecord(database, rooms)
  const submit: House['submit'] = async (kind, data, at, options = {}) => {
    const outcome = await runner.submit(makeAct(kind, data, { ...options, at }))
    if (isRefusal(outcome)) throw new Error(`${kind.kind}: ${outcome.code}`)
    return outcome
  }
  const facility = { facility: 'TEC', name: 'Tecoluca', country: 'SV', zone }
  await submit(openFacility, { place: facility, act: {} }, '2020-01-01T00:00:00Z')
  return {
    database,
    submit,
    async admitted(at, { identity = {}, person = randomUUID(), place = {} } = {}) {
      const id = randomUUID()
      const data = {
        person: { custody: id, person, identity },
        place: { facility: 'TEC', ...place },
        legal: { ordersStated: true },
      }
      return { id, person, receipt: await submit(admit, data, at) }
    },
  }
}

const of = (id: string) => ({ person: { custody: id } })
const left = (id: string, as = 'release') => ({ ...of(id), legal: { as } })

test('who is held', async (t) => {
  // 1 March: three come in. 2 March (local): one leaves, one is gone from the roster, one comes.
  const house = await openHouse(t)
  const people: { id: string; person: string; receipt: Receipt }[] = []
  for (const hour of ['14', '15', '16']) people.push(await house.admitted(`2026-03-01T${hour}:00:00Z`))
  const [first, second] = people
  assert.ok(first && second)
  await house.submit(depart, left(first.id), '2026-03-02T14:00:00Z')
  await house.submit(
    recordPresence,
    { ...of(second.id), place: { state: 'unknown' }, act: { because: 'gone-from-roster' } },
    '2026-03-02T15:00:00Z',
  )
  people.push(await house.admitted('2026-03-03T05:59:59Z'))

  await t.test('the roll counts confirmed and unconfirmed at any instant', async () => {
    const roll = async (at: string) => {
      const { held, confirmed, unconfirmed } = await rollAt(house.database, { facility: 'TEC', at })
      return [held, confirmed, unconfirmed]
    }
    assert.deepEqual(await roll('2026-03-01T13:59:59Z'), [0, 0, 0])
    assert.deepEqual(await roll('2026-03-01T16:00:00Z'), [3, 3, 0])
    assert.deepEqual(await roll('2026-03-02T13:59:59Z'), [3, 3, 0])
    assert.deepEqual(await roll('2026-03-02T14:00:00Z'), [2, 2, 0])
    assert.deepEqual(await roll('2026-03-10T00:00:00Z'), [3, 2, 1])
    assert.equal((await rollAt(house.database, { facility: 'ELSEWHERE', at: '2026-03-10T00:00:00Z' })).held, 0)
  })

  await t.test('the list goes page by page and says who is unconfirmed and who has no basis', async () => {
    const at = '2026-03-10T00:00:00Z'
    const first = await listHeld(house.database, { at }, { limit: 2 })
    const last = first.at(-1)
    assert.ok(last)
    const rest = await listHeld(house.database, { at }, { limit: 2, after: readCursor(cursorOf(last)) })
    assert.deepEqual(
      [...first, ...rest].map(({ registerNumber }) => registerNumber),
      ['TEC-26-000002', 'TEC-26-000003', 'TEC-26-000004'],
    )
    const unknown = await listHeld(house.database, { at, presence: 'unknown' }, { limit: 10 })
    assert.deepEqual(
      unknown.map((row) => row.custody),
      [people[1]?.id],
    )
    const confirmed = await listHeld(house.database, { at, presence: 'confirmed' }, { limit: 10 })
    assert.deepEqual(
      confirmed.map(({ presence }) => presence.state === 'unknown'),
      [false, false],
    )
    const { places, elsewhere } = await occupancyAt(house.database, { facility: 'TEC', at })
    const inPlaces = places.reduce((sum, { people }) => sum + people, 0)
    assert.equal(elsewhere.unknown, 1)
    assert.equal(inPlaces + elsewhere.between + elsewhere.disputed + elsewhere.unknown + elsewhere.inWords, 3)
    assert.equal((await listHeld(house.database, { at, withoutBasis: true }, { limit: 10 })).length, 3)
    assert.equal((await listHeld(house.database, { at, facility: 'ELSEWHERE' }, { limit: 10 })).length, 0)
  })

  await t.test('the daily identity names each difference and balances', async () => {
    const first = await dailyIdentity(house.database, 'TEC', '2026-03-01')
    assert.deepEqual([first?.yesterday, first?.in.length, first?.out.length, first?.today], [0, 3, 0, 3])
    const second = await dailyIdentity(house.database, 'TEC', '2026-03-02')
    assert.deepEqual([second?.yesterday, second?.in.length, second?.out.length, second?.today], [3, 1, 1, 3])
    assert.equal(second?.out[0]?.registerNumber, 'TEC-26-000001')
    // 05:59:59 UTC on the 3rd is still the 2nd in El Salvador.
    assert.equal(second?.in[0]?.custody, people[3]?.id)
    assert.deepEqual(
      second?.unconfirmed.map(({ registerNumber }) => registerNumber),
      ['TEC-26-000002'],
    )
    assert.ok(first?.balances && second?.balances)
    // All was entered long after: told at the time, the roll was empty.
    assert.equal(second?.yesterdayAsTold, 0)
    assert.equal(second?.lateFromBefore.in.count, 3)
    assert.equal(await dailyIdentity(house.database, 'NONE', '2026-03-02'), undefined)
  })

  await t.test('every route answers what its contract says, and a refusal for what is not there', async () => {
    const context = { sql: house.database, actor: testActor, now: '2026-03-10T00:00:00Z', visible: seesAll }
    const [first] = people
    const inputs: Record<string, object> = {
      id: first?.id as string,
      number: 'TEC-26-000001',
      code: 'TEC',
      date: '2026-03-02',
    } as never
    const call = (route: Route, params: object, body = {}) => {
      const { query } = route.contract
      return route.handle({ params, query: query ? query.parse({}) : undefined, body } as never, context)
    }
    for (const route of [...routes, ...peopleRoutes]) {
      const isPerson = route.contract.path.startsWith('/api/people')
      const body = route.contract.body?.parse({ number: 'TEC-26-000001' }) as object | undefined
      const answer = await call(route, { ...inputs, ...(isPerson && { id: first?.person }) }, body)
      assert.ok(route.contract.ok.safeParse(answer).success, route.contract.path)
      assert.ok(/^\w+\.\w+$/.test(route.contract.permission))
    }
    const nothing = { id: randomUUID(), number: 'TEC-99-000001', code: 'NONE', date: '2026-03-02' }
    for (const route of [...routes, ...peopleRoutes].filter(({ contract }) => contract.params)) {
      assert.ok(isRefusal(await call(route, nothing)), route.contract.path)
    }
  })

  await t.test('the slip is a page without script, and what people wrote in it is only text', async () => {
    const identity = { names: [{ use: 'recorded', given: '<script>alert(1)</script>', family1: 'O\u2019Neil & Co' }] }
    const { id, receipt } = await house.admitted('2026-03-09T15:58:12Z', { identity })
    const route = routes.find(({ contract }) => contract.path.endsWith('/slip')) as Route
    const context = { sql: house.database, actor: testActor, now: '2026-03-10T00:00:00Z', visible: seesAll }
    for (const reader of ['person', 'family']) {
      const page = String(await route.handle({ params: { id }, query: { for: reader } } as never, context))
      assert.ok(!page.includes('<script'))
      assert.ok(page.includes('&lt;script&gt;'))
      assert.ok(page.includes(receipt.registerNumber as string))
      assert.ok(page.includes(receipt.entry))
      assert.ok(page.includes('9 mar 2026 09:58:12 −06'))
      assert.ok(page.includes('<svg'))
      assert.equal(page.includes('Todavía no consta'), reader === 'person')
    }
  })
})

describe('one custody', () => {
  test('its file shows the world at an instant, not what came after', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const cell = randomUUID()
    const { id } = await admitted('2026-03-01T14:00:00Z', {
      identity: { names: [{ use: 'recorded', given: 'Ana', family1: 'Paz' }] },
    })
    await submit(
      recordPresence,
      { ...of(id), place: { state: 'at', place: cell }, act: { because: 'moved' } },
      '2026-03-02T14:00:00Z',
    )
    await submit(
      describePerson,
      { person: { custody: id, identity: { names: [{ use: 'corrected', given: 'Anna', family1: 'Paz' }] } }, act: {} },
      '2026-03-03T14:00:00Z',
    )
    await submit(depart, left(id), '2026-03-04T14:00:00Z')

    const early = await custodyAt(database, id, '2026-03-01T20:00:00Z')
    assert.equal(early?.inCustody, true)
    assert.equal(early?.chain.length, 1)
    assert.deepEqual(
      early?.identity?.names.map(({ given, current }) => [given, current]),
      [['Ana', true]],
    )
    assert.deepEqual(early?.departures, [])
    assert.ok(early?.missing.some(({ code, since }) => code === 'supervises' && since === '2026-03-01T14:00:00Z'))

    const late = await custodyAt(database, id, '2026-03-03T20:00:00Z')
    assert.equal(late?.presence?.place, cell)
    assert.deepEqual(
      late?.identity?.names.map(({ given, current }) => [given, current]),
      [
        ['Anna', true],
        ['Ana', false],
      ],
    )
    const over = await custodyAt(database, id, '2026-03-05T00:00:00Z')
    assert.equal(over?.inCustody, false)
    assert.equal(over?.presence, null)
    assert.equal(over?.departures[0]?.as, 'release')
    assert.equal((await findCustody(database, 'TEC-26-000001'))?.custody, id)
    assert.equal(await findCustody(database, ''), undefined)
  })

  test('two states that each name the other are one query', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const { id } = await admitted('2026-03-01T14:00:00Z')
    const says = (statedBy: string, state: string, at: string) =>
      submit(
        recordResponsibility,
        { ...of(id), legal: { role: 'supervises', statedBy, authority: { name: `the authority of ${state}`, state } } },
        at,
      )
    await says('SV', 'US', '2026-03-02T00:00:00Z')
    assert.deepEqual(await listConflicts(database, { at: '2026-03-05T00:00:00Z' }), [])
    await says('US', 'SV', '2026-03-04T00:00:00Z')
    assert.deepEqual(await listConflicts(database, { at: '2026-03-03T00:00:00Z' }), [])
    const [conflict] = await listConflicts(database, { at: '2026-03-05T00:00:00Z', facility: 'TEC' })
    assert.equal(conflict?.custody, id)
    assert.equal(conflict?.since, '2026-03-04T00:00:00Z')
    assert.deepEqual((await custodyAt(database, id, '2026-03-05T00:00:00Z'))?.conflicts, ['supervises'])
    // One of them changes its mind.
    await says('US', 'US', '2026-03-06T00:00:00Z')
    assert.deepEqual(await listConflicts(database, { at: '2026-03-07T00:00:00Z' }), [])
  })

  test('a bunk is meant for one person: the second is refused, and passes once the first gave it up', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const [first, second] = [await admitted('2026-03-01T14:00:00Z'), await admitted('2026-03-01T14:00:00Z')]
    const bunk = randomUUID()
    const assign = (id: string, at: string) => submit(assignBunk, { ...of(id), place: { bunk } }, at)
    await assign(first.id, '2026-03-01T15:00:00Z')
    await assert.rejects(assign(second.id, '2026-03-01T16:00:00Z'), /bunk-taken/)
    await submit(vacateBunk, of(first.id), '2026-03-01T17:00:00Z')
    await assign(second.id, '2026-03-01T17:00:00Z')
    const held = await database.rows('select from bunk_allocation where bunk = $1 and upper(held) is null', [bunk])
    assert.equal(held.length, 1)
  })

  test('a wrong departure is withdrawn, a wrong name corrected: number and person stay', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const { id, person, receipt } = await admitted('2026-03-01T14:00:00Z', {
      identity: { names: [{ use: 'recorded', given: 'Ana' }] },
    })
    const departure = await submit(depart, left(id), '2026-03-02T14:00:00Z')
    await submit(
      withdrawEntry,
      { ...of(id), act: { entry: departure.entry, reason: 'another person' } },
      '2026-03-02T15:00:00Z',
    )
    const identity = { names: [{ use: 'recorded', given: 'Anna' }] }
    await submit(
      correctEntry,
      {
        person: { custody: id, person, identity },
        act: { entry: receipt.entry, reason: 'misspelt', replaces: ['person'] },
      },
      '2026-03-02T16:00:00Z',
    )
    const file = await custodyAt(database, id, '2026-03-03T00:00:00Z')
    assert.equal(file?.inCustody, true)
    assert.equal(file?.registerNumber, 'TEC-26-000001')
    assert.deepEqual(
      file?.identity?.names.map(({ given }) => given),
      ['Anna'],
    )
  })

  test('an admission corrected in its time: the custody begins then, with its presence', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const { id, receipt } = await admitted('2026-03-01T14:00:00Z')
    await submit(
      correctEntry,
      { ...of(id), act: { entry: receipt.entry, reason: 'clock of the desk', replaces: [], moves: true } },
      '2026-03-01T13:00:00Z',
    )
    const file = await custodyAt(database, id, '2026-03-02T00:00:00Z')
    assert.equal(file?.from, '2026-03-01T13:00:00Z')
    assert.equal(file?.presence?.from, '2026-03-01T13:00:00Z')
  })

  test('the database itself refuses a custody that presence does not cover', async (t) => {
    const { database, admitted } = await openHouse(t)
    const { id } = await admitted('2026-03-01T14:00:00Z')
    await assert.rejects(
      database.run(async (tx) => tx.write('delete from presence where custody = $1', [id])),
      /custody_covered_by_presence/,
    )
  })
})

describe('one person or two', () => {
  test('are found by name in any order, by number, as namesakes, as possible doubles; a link settles it', async (t) => {
    const { database, submit, admitted } = await openHouse(t)
    const named = (given: string, date: string, value: string) => ({
      names: [{ use: 'recorded', given, family1: 'Núñez', family2: 'Paz' }],
      birth: { date },
      identifiers: [{ scheme: 'DUI', issuer: 'SV', value }],
    })
    const at = '2026-03-10T00:00:00Z'
    const a = await admitted('2026-03-01T14:00:00Z', { identity: named('José', '1991-07-05', '1') })
    const b = await admitted('2026-03-02T14:00:00Z', { identity: named('JOSE', '1991-07-05', '2') })
    const c = await admitted('2026-03-03T14:00:00Z', { identity: named('José', '1980-01-01', '3') })
    const d = await admitted('2026-03-04T14:00:00Z', { identity: named('Eva', '1970-01-01', '3') })

    const found = async (search: { name?: string; number?: string }, when = at) =>
      (await searchPeople(database, search, when, 10)).map(({ person }) => person).sort()
    assert.deepEqual(await found({ name: 'paz jose' }), [a.person, b.person, c.person].sort())
    assert.deepEqual(await found({ name: 'NUNEZ' }, '2026-03-01T15:00:00Z'), [a.person])
    assert.deepEqual(await found({ number: '3' }), [c.person, d.person].sort())
    assert.deepEqual(await found({ name: 'nun' }), [])

    const namesakes = await namesakesOf(database, a.person, at)
    assert.deepEqual(namesakes.map(({ person }) => person).sort(), [b.person, c.person].sort())
    const doubles = async () =>
      (await possibleDoubles(database, at)).map(({ person, other, because }) => [because, person, other])
    const pair = (x: string, y: string) => [x, y].sort()
    assert.deepEqual(
      (await doubles()).sort(),
      [
        ['identifier', ...pair(c.person, d.person)],
        ['name-and-birth', ...pair(a.person, b.person)],
      ].sort(),
    )
    const link = await submit(
      linkPerson,
      { ...of(a.id), act: { same: b.person, evidence: 'prints' } },
      '2026-03-05T00:00:00Z',
    )
    assert.equal((await doubles()).length, 1)
    assert.deepEqual(
      (await namesakesOf(database, a.person, at)).map(({ person }) => person),
      [c.person],
    )
    await submit(
      withdrawEntry,
      { ...of(a.id), act: { entry: link.entry, reason: 'two people' } },
      '2026-03-06T00:00:00Z',
    )
    assert.equal((await doubles()).length, 2)
  })

  test('persons told apart are asked about no more, until the entry is withdrawn', async (t) => {
    const { admitted, submit, database } = await openHouse(t)
    const identity = { names: [{ use: 'recorded', given: 'Ana', family1: 'Prueba' }], birth: { date: '1990-01-02' } }
    const a = await admitted('2026-03-01T00:00:00Z', { identity })
    const b = await admitted('2026-03-02T00:00:00Z', { identity })
    const at = '2026-04-01T00:00:00Z'
    const of = (custody: string) => ({ person: { custody } })
    const listed = async () => [(await possibleDoubles(database, at)).length, await countHomonyms(database, { at })]
    assert.deepEqual(await listed(), [1, 1])
    const told = await submit(
      tellApart,
      { ...of(b.id), act: { other: a.person, evidence: 'prints differ' } },
      '2026-03-05T00:00:00Z',
    )
    assert.deepEqual(await listed(), [0, 0])
    assert.equal((await possibleDoubles(database, '2026-03-04T00:00:00Z')).length, 1)
    await submit(
      withdrawEntry,
      { ...of(b.id), act: { entry: told.entry, reason: 'prints of another' } },
      '2026-03-06T00:00:00Z',
    )
    assert.deepEqual(await listed(), [1, 1])
  })
})
