import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { derivedId, facilitySubject, randomId } from '../kernel/ids.ts'
import { seesAll } from '../kernel/visible.ts'
import { refuseSync } from '../record/acts.ts'
import { testActor } from '../record/testing.ts'
import {
  about,
  act,
  admitted,
  batchOf,
  custodyOf,
  departed,
  makeWorld,
  paper,
  type World,
} from '../standards/testing.ts'
import { informPerson, receivePetition } from './acts.ts'
import { boardCsv } from './csv.ts'
import { dischargeDuty } from './discharge.ts'
import { countDuties, cursorOf, dutiesOf, dutyFigures, historyOf, listDuties, nextDuty, readCursor } from './read.ts'
import { stepsView } from './views.ts'

const AT = '2026-01-10T00:00:00Z'
const SOON = { withinHours: 24 }

/** Under a judgment, so that no review and no month runs; nobody was told anything. */
const silent = (name: string, options: { at?: string; batch?: string } = {}) =>
  admitted(
    name,
    {
      legal: { orders: [{ ...paper(name, 'open'), kind: 'sentence' }] },
      act: { informed: undefined, familyTold: undefined },
    },
    options,
  )

const countsAt = async ({ sql }: World, at: string, more: object = {}) =>
  (await countDuties(sql, { at, ...SOON, ...more })).map(({ rule, late, soon, unknown }) => [rule, late, soon, unknown])

describe('the board', () => {
  test('late, due soon and done, at any instant: nothing wakes up for it', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'), admitted('b'))
    assert.deepEqual(await countsAt(world, '2026-01-05T15:30:00Z'), [
      ['FAM-01', 0, 1, 0],
      ['LAW-04', 0, 1, 0],
      ['INF-02', 0, 1, 0],
    ])
    assert.deepEqual(await countsAt(world, '2026-01-05T16:00:00Z'), [
      ['FAM-01', 0, 1, 0],
      ['LAW-04', 1, 0, 0],
      ['INF-02', 0, 1, 0],
    ])
    assert.deepEqual(await dutyFigures(world.sql, { at: AT }), { late: 3, soon: 0, unknown: 0 })
    await world.submit(
      act(informPerson, { ...about('a'), act: { of: ['reasons', 'rights'], language: 'es' } }, { at: AT }),
    )
    assert.deepEqual(await dutyFigures(world.sql, { at: AT }), { late: 1, soon: 0, unknown: 0 })
    const duties = await dutiesOf(world.sql, custodyOf('a'), AT)
    assert.equal(duties.find(({ rule }) => rule === 'LAW-04')?.state, 'done-late', 'late stays late')
    const before = await dutiesOf(world.sql, custodyOf('a'), '2026-01-09T00:00:00Z')
    assert.equal(before.find(({ rule }) => rule === 'LAW-04')?.state, 'late', 'the world at an instant')
    // What was done since, in time, was due soon then: both examinations.
    assert.deepEqual(await countsAt(world, '2026-01-05T15:30:00Z', { isPast: true }), [
      ['FAM-01', 0, 1, 0],
      ['HEL-01', 0, 2, 0],
      ['LAW-04', 0, 1, 0],
      ['INF-02', 0, 1, 0],
    ])
  })

  test('worst first, page by page, each duty once', async (t) => {
    const world = await makeWorld(t)
    const names = ['a', 'b', 'c', 'd', 'e']
    await world.submit(...names.map((name, i) => silent(name, { at: `2026-01-0${5 + (i % 2)}T1${i}:00:00Z` })))
    const all = await listDuties(world.sql, { at: AT, ...SOON }, { asked: 'late', limit: 100 })
    assert.deepEqual([...new Set(all.map(({ rule }) => rule))], ['FAM-01', 'HEL-01', 'LAW-04', 'INF-02'])
    for (const [, of] of Map.groupBy(all, ({ rule }) => rule))
      assert.deepEqual(
        of,
        of.toSorted((x, y) => (x.due < y.due ? -1 : 1)),
      )
    const paged: typeof all = []
    for (let last = all[0]; last !== undefined; last = paged.at(-1)) {
      const after = paged.length === 0 ? undefined : readCursor(cursorOf(last))
      const page = await listDuties(world.sql, { at: AT, ...SOON }, { asked: 'late', limit: 4, after })
      if (page.length === 0) break
      paged.push(...page)
    }
    assert.deepEqual(paged, all)
    const lines = await Array.fromAsync(boardCsv(world.sql, { at: AT, ...SOON }, { asked: 'late', language: 'es' }))
    assert.equal(lines.length, all.length + 1)
    assert.match(lines[1] ?? '', /^S1,FAM-01,Que se avise a la familia,TEC-/)
  })

  test('whoever opens no section sees no duty whose facts stand in it, and nobody of another facility', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('F1/a'), silent('F2/b'))
    const filter = { at: AT, ...SOON }
    const legalOnly = { ...seesAll, sections: ['legal' as const] }
    assert.deepEqual(await countDuties(world.sql, { ...filter, visible: legalOnly }), [])
    assert.deepEqual(await dutiesOf(world.sql, custodyOf('F1/a'), AT, { ...seesAll, sections: [] }), [])
    const bound = {
      ...seesAll,
      everybody: false,
      sql: (first: number, columns?: { facility: string }) => `${columns?.facility} = $${first}`,
      values: ['F1'],
    }
    assert.equal((await dutyFigures(world.sql, { at: AT, visible: bound })).late, 3)
    assert.equal((await dutyFigures(world.sql, { at: AT, facility: 'F2' })).late, 3)
    assert.equal((await dutyFigures(world.sql, { at: AT })).late, 6)
  })

  test('a duty that nobody can judge is listed as unknown, and is not late', async (t) => {
    const world = await makeWorld(t)
    await world.submit(admitted('a', { person: { identity: {} } }))
    assert.deepEqual(await countsAt(world, AT), [['CON-01', 0, 0, 1]])
    const due = await world.tick(AT)
    assert.ok(!due.some(({ kind }) => kind === 'duty.miss'))
    assert.ok(due.some(({ data }) => data.act?.rule === 'CON-01' && data.act?.state === 'unknown'))
  })
})

describe('what the clock enters', () => {
  const misses = (due: Awaited<ReturnType<World['tick']>>) =>
    due
      .filter(({ kind }) => kind === 'duty.miss')
      .map(({ data, occurredAt }) => [data.act?.rule, occurredAt.at, data.act?.people ?? 1])
      .sort()

  test('each miss once, with the instant at which it was due; what is done afterwards was missed all the same', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'), act(informPerson, { ...about('a'), act: { of: ['reasons'] } }, { at: AT }))
    assert.deepEqual(misses(await world.tick(AT)), [
      ['FAM-01', '2026-01-06T15:00:00Z', 1],
      ['INF-02', '2026-01-06T15:00:00Z', 1],
      ['LAW-04', '2026-01-05T16:00:00Z', 1],
    ])
    assert.deepEqual(misses(await world.tick(AT)), [])
    const [row] = await listDuties(world.sql, { at: AT, ...SOON, rules: ['FAM-01'] }, { asked: 'late', limit: 1 })
    assert.ok(row)
    assert.deepEqual(
      (await historyOf(world.sql, row)).map(({ kind }) => kind),
      ['custody.admit', 'duty.miss'],
    )
    assert.deepEqual(
      stepsView(row, AT).map(({ to, reached }) => [to.id, reached]),
      [
        ['director', true],
        ['oversight', true],
      ],
    )
  })

  test('an import that brought late duties along is one miss of its cause for each rule', async (t) => {
    const world = await makeWorld(t)
    const some = ['a', 'b', 'c'].map((name, i) => silent(name, { batch: 'import', at: `2026-01-0${i + 2}T15:00:00Z` }))
    await world.submit(...some)
    assert.deepEqual(misses(await world.tick(AT)), [
      ['FAM-01', '2026-01-03T15:00:00Z', 3],
      ['HEL-01', '2026-01-03T15:00:00Z', 3],
      ['INF-02', '2026-01-03T15:00:00Z', 3],
      ['LAW-04', '2026-01-02T16:00:00Z', 3],
    ])
    await world.submit(silent('d', { batch: 'import', at: '2026-01-06T15:00:00Z' }))
    assert.deepEqual(misses(await world.tick(AT)), [], 'a group stays itself while its people come and go')
    const [row] = await listDuties(world.sql, { at: AT, ...SOON }, { asked: 'late', limit: 1 })
    assert.equal(row?.cause, batchOf('import'))
  })

  test('the finding of a critical duty opens with its miss and closes when it is done', async (t) => {
    const world = await makeWorld(t)
    const petition = randomId()
    await world.submit(
      silent('a'),
      act(receivePetition, { ...about('a'), legal: { petition, sort: 'habeas', by: 'counsel' } }, { at: AT }),
    )
    const rulesOpen = async () =>
      (
        await world.sql.rows<{ rule: string }>('select rule from finding where closed_n is null order by rule, cause')
      ).map(({ rule }) => rule)
    await world.tick('2026-01-17T00:00:00Z')
    assert.ok((await rulesOpen()).includes('LAW-07'))
    assert.ok((await rulesOpen()).includes('FAM-01'))
    await world.submit(departed('a', 'release', '2026-01-18T00:00:00Z'))
    await world.tick('2026-01-19T00:00:00Z')
    assert.ok((await rulesOpen()).includes('LAW-07'), 'an answer is owed to whoever was released, too')
  })

  test('the next instant at which time alone changes something', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'))
    assert.equal(await nextDuty(world.sql, '2026-01-05T15:30:00Z'), '2026-01-05T16:00:00Z')
    assert.equal(await nextDuty(world.sql, '2026-01-06T16:00:00Z'), '2026-01-07T16:00:00Z', 'the reasons go outside')
    assert.equal(await nextDuty(world.sql, '2027-01-01T00:00:00Z'), null)
  })
})

describe('said to be done', () => {
  const refused = (name?: string) =>
    act(refuseSync, {
      ...(name === undefined ? { place: { facility: 'TEC' } } : about(name)),
      act: { refusedAct: derivedId('refused', name ?? ''), refusedKind: 'bunk.assign', code: 'bunk-taken', body: {} },
    })
  const dutyOf = async ({ sql }: World, rule: string) => {
    const rows = await sql.rows<{ duty: string; custody: string | null; settled: string | null }>(
      'select duty, custody, settled from duty where rule = $1 order by custody nulls first',
      [rule],
    )
    return rows.map(({ duty, settled }) => ({ duty, settled }))
  }

  test('a refused act of a device: the shift commander looks, and its finding closes', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'), refused('a'), refused())
    const [ofFacility, ofCustody] = await dutyOf(world, 'sync-refused')
    assert.ok(ofFacility && ofCustody)
    const now = Temporal.Now.instant().add({ seconds: 1 }).toString()
    await world.tick(now)
    const open = async () =>
      (await world.sql.rows("select from finding where rule = 'sync-refused' and closed_n is null")).length
    assert.equal(await open(), 2)
    const actor = { ...testActor, role: 'shift-commander' }
    const how = 'entered by hand'
    await world.submit(
      { ...act(dischargeDuty, { ...about('a'), act: { duty: ofCustody.duty, how } }, { at: now }), actor },
      {
        ...act(dischargeDuty, { place: { facility: 'TEC' }, act: { duty: ofFacility.duty, how } }, { at: now }),
        actor,
      },
    )
    assert.deepEqual(
      (await dutyOf(world, 'sync-refused')).map(({ settled }) => settled !== null),
      [true, true],
    )
    const later = Temporal.Instant.from(now).add({ hours: 1 }).toString()
    await world.tick(later)
    assert.equal(await open(), 0)
  })

  test('what an act shows is not done by the word of the facility; oversight may say so', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'))
    const [family] = await dutyOf(world, 'FAM-01')
    assert.ok(family)
    const said = act(dischargeDuty, { ...about('a'), act: { duty: family.duty, how: 'told by telephone' } }, { at: AT })
    const no = await world.refused(said)
    assert.equal(no.code, 'duty-shown-by-its-act')
    assert.deepEqual(no.details, { rule: 'FAM-01', acts: ['family.notify'] })
    await world.submit({ ...said, id: randomId(), actor: { ...testActor, role: 'oversight' } })
    assert.equal((await dutyOf(world, 'FAM-01'))[0]?.settled, AT)
  })

  test('a duty of somebody else is not known here', async (t) => {
    const world = await makeWorld(t)
    await world.submit(silent('a'), silent('b'), refused())
    const [family] = await world.sql.rows<{ duty: string }>(
      "select duty from duty_of_custody where rule = 'FAM-01' and custody = $1",
      [custodyOf('b')],
    )
    const of = (subject: object, duty: string) => act(dischargeDuty, { ...subject, act: { duty, how: 'x' } })
    assert.equal((await world.refused(of(about('a'), family?.duty ?? ''))).code, 'duty-unknown')
    assert.equal((await world.refused(of({ place: { facility: 'TEC' } }, facilitySubject('TEC')))).code, 'duty-unknown')
  })
})
