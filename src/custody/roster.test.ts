import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import type { ActKind } from '../kernel/act.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { room as law } from '../law/room.ts'
import { room as people } from '../people/room.ts'
import { establishPlace, facilityPlace, openFacility } from '../places/acts.ts'
import { room as places } from '../places/room.ts'
import { freshDatabase } from '../platform/testing.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { admit, depart, recordPresence } from './acts.ts'
import { listAdmissions } from './admissions.ts'
import { figuresAt } from './figures.ts'
import type { HeldFilter } from './held-filter.ts'
import { room as custody } from './room.ts'
import { countHeld, cursorOf, listHeld, readCursor } from './roster.ts'
import { rosterCsv } from './roster-csv.ts'

const zone = 'America/El_Salvador'
const at = '2026-04-14T15:12:00Z'

async function openHouse(t: Pick<TestContext, 'after'>) {
  const database = await freshDatabase(t)
  const { runner } = openTestRecord(database, [people, places, custody, law])
  const submit = async (kind: ActKind, data: object, when: string) => {
    const outcome = await runner.submit(makeAct(kind, data, { at: when }))
    if (isRefusal(outcome)) throw new Error(`${kind.kind}: ${outcome.code}`)
    return outcome
  }
  await submit(
    openFacility,
    { place: { facility: 'TEC', name: 'T', country: 'SV', zone }, act: {} },
    '2020-01-01T00:00:00Z',
  )
  return {
    database,
    submit,
    async admitted(when: string, { identity = {}, legal = {}, place = {} }: Record<string, object> = {}) {
      const id = randomUUID()
      const person = randomUUID()
      await submit(
        admit,
        {
          person: { custody: id, person, identity },
          place: { facility: 'TEC', ...place },
          legal: { ordersStated: true, ...legal },
        },
        when,
      )
      return { id, person }
    },
  }
}

const orderUntil = (until: object) => ({
  orders: [
    {
      order: randomUUID(),
      kind: 'remand',
      issuer: { name: 'Court 3 (synthetic)', state: 'SV' },
      from: { at: '2026-01-01T00:00:00Z' },
      until,
      caseNumber: '119-2025',
    },
  ],
})
const named = (given: string, family1: string, more: object = {}) => ({
  names: [{ use: 'recorded', given, family1 }],
  ...more,
})

test('the roster', async (t) => {
  const house = await openHouse(t)
  const { database: sql, submit } = house
  const [pavilion, cell] = [randomUUID(), randomUUID()]
  const establish = (id: string, kind: string, code: string, parent: string) =>
    submit(
      establishPlace,
      { place: { facility: 'TEC', place: id, parent, kind, code }, act: {} },
      '2020-01-02T00:00:00Z',
    )
  await establish(pavilion, 'pavilion', 'P3', facilityPlace('TEC'))
  await establish(cell, 'cell', '3-14', pavilion)

  const covered = await house.admitted('2026-02-01T12:00:00Z', {
    identity: named('Néstor', 'PRUEBA', {
      birth: { date: '2004-04-20' },
      nationalities: [{ state: 'HN', standing: 'stated' }],
    }),
    legal: orderUntil({ date: '2026-09-13', zone, inclusive: true }),
    place: { place: cell },
  })
  const lapsed = await house.admitted('2026-02-02T12:00:00Z', {
    identity: named('=1+1', 'FICTICIO'),
    legal: orderUntil({ date: '2026-04-01', zone, inclusive: true }),
  })
  const unknown = await house.admitted('2026-03-01T12:00:00Z', { legal: { ordersStated: false } })
  const vanished = await house.admitted('2026-04-14T12:00:00Z', { identity: named('Ana', 'MODELO') })
  await submit(
    recordPresence,
    { person: { custody: vanished.id }, place: { state: 'unknown' }, act: { because: 'gone-from-roster' } },
    '2026-04-14T13:00:00Z',
  )
  const gone = await house.admitted('2026-01-05T12:00:00Z')
  await submit(depart, { person: { custody: gone.id }, legal: { as: 'release' } }, '2026-04-14T14:00:00Z')

  const idsOf = async (filter: Partial<HeldFilter>) =>
    (await listHeld(sql, { at, ...filter }, { limit: 50 })).map((row) => row.custody)

  await t.test('a row says who, where, by what law and until when, in the custody’s own days', async () => {
    const rows = new Map((await listHeld(sql, { at }, { limit: 50 })).map((row) => [row.custody, row]))
    assert.equal(rows.size, 4)
    const first = rows.get(covered.id)
    assert.deepEqual(
      [first?.name?.family, first?.age, first?.birth?.precision, first?.days, first?.place.path, first?.worst],
      ['PRUEBA', 21, 'day', 72, ['P3', '3-14'], null],
    )
    assert.deepEqual(first?.nationalities, [{ state: 'HN', standing: 'stated' }])
    assert.deepEqual(
      [first?.basis?.state, first?.basis?.kind, first?.basis?.until, first?.basis?.untilDay],
      ['order', 'remand', '2026-09-14T06:00:00Z', '2026-09-13'],
    )
    const second = rows.get(lapsed.id)
    assert.deepEqual([second?.basis?.state, second?.basis?.untilDay], ['lapse', '2026-04-01'])
    assert.deepEqual(second?.worst, { mark: 'S1', reason: 'LAW-03' })
    assert.deepEqual(rows.get(unknown.id)?.worst, { mark: 'unknown', reason: 'basis-unknown' })
    assert.equal(rows.get(unknown.id)?.name, null)
    assert.equal(rows.get(vanished.id)?.presence.because, 'gone-from-roster')
  })

  await t.test('each filter finds its people, the count says as many', async () => {
    const filters: [Partial<HeldFilter>, string[]][] = [
      [{ facility: 'ELSEWHERE' }, []],
      [{ presence: 'unknown' }, [vanished.id]],
      [{ basis: 'lapse' }, [lapsed.id, vanished.id]],
      [{ basis: 'order' }, [covered.id]],
      [{ basis: 'unknown' }, [unknown.id]],
      [{ withoutBasis: true }, [lapsed.id, unknown.id, vanished.id]],
      [{ missing: 'birth' }, [lapsed.id, unknown.id, vanished.id]],
      [{ missing: 'any' }, [covered.id, lapsed.id, unknown.id, vanished.id]],
      [{ admittedWithinDays: 1 }, [vanished.id]],
      [{ place: pavilion }, [covered.id]],
      [{ place: randomUUID() }, []],
      [{ nationality: 'HN' }, [covered.id]],
      [{ double: true }, []],
      [{ double: false }, [covered.id, lapsed.id, unknown.id, vanished.id]],
    ]
    for (const [filter, expected] of filters) {
      assert.deepEqual((await idsOf(filter)).sort(), expected.sort(), JSON.stringify(filter))
      assert.equal(await countHeld(sql, { at, ...filter }), expected.length, JSON.stringify(filter))
    }
    const visible = {
      everybody: false,
      sql: (first: number) => `c.id = $${first}::uuid`,
      values: [lapsed.id],
      sections: [],
      told: [],
      sectionsOf: async () => [],
    }
    assert.deepEqual(await idsOf({ visible, withoutBasis: true, missing: 'birth' }), [lapsed.id])
    assert.equal(await countHeld(sql, { at, visible }), 1)
    assert.equal((await idsOf({ at: '2026-01-06T00:00:00Z' })).length, 1, 'another instant, another roster')
  })

  await t.test('pages join without a gap in either order', async () => {
    for (const sort of ['number', 'admitted'] as const) {
      const seen: string[] = []
      let after: string | undefined
      do {
        const page = { limit: 1, after: after === undefined ? undefined : readCursor(after) }
        const [row] = await listHeld(sql, { at, sort }, page)
        after = row && cursorOf(row, sort)
        if (row) seen.push(row.custody)
      } while (after !== undefined)
      const order = [covered.id, lapsed.id, unknown.id, vanished.id]
      assert.deepEqual(seen, sort === 'number' ? order : order.reverse())
    }
  })

  await t.test('the CSV has the columns asked for, and no cell that a spreadsheet would run', async () => {
    const columns = ['registerNumber', 'family', 'given', 'until', 'basis', 'place'] as const
    const read = async (language: 'en' | 'es') => {
      let text = ''
      for await (const piece of rosterCsv(sql, { at }, { columns, language })) text += piece
      return text.split('\r\n')
    }
    const lines = await read('es')
    assert.equal(lines[0], '\uFEFFN.º,Apellidos,Nombres,Hasta,Base,Dónde está')
    assert.equal(lines[1], 'TEC-26-000001,PRUEBA,Néstor,2026-09-13,orden,P3 · 3-14')
    assert.match(lines[2] as string, /FICTICIO,'=1\+1,2026-04-01,lapso/)
    assert.match(lines[3] as string, /desconocido,desconocido,desconocido,desconocida/, 'nothing stays empty')
    assert.deepEqual([lines.length, lines.at(-1)], [6, ''])
    assert.equal((await read('en'))[0], '\uFEFFNo.,Surnames,Given names,Until,Basis,Where')
  })

  await t.test('the figures add up', async () => {
    const figures = await figuresAt(sql, { at, facility: 'TEC' })
    assert.deepEqual([figures.held, figures.confirmed, figures.unconfirmed, figures.unconfirmedToday], [4, 3, 1, 1])
    assert.deepEqual([figures.cameToday, figures.leftToday, figures.dayBegan], [1, 1, '2026-04-14T06:00:00Z'])
    assert.deepEqual([figures.withoutBasis, figures.basisUnknown, figures.withMissing], [2, 1, 4])
    assert.equal(figures.longestLapseSince, '2026-04-02T06:00:00Z')
  })

  await t.test('the queue of admissions: the latest first, what each lacks, since when, and whom to ask', async () => {
    const queue = await listAdmissions(
      sql,
      { at, admittedWithinDays: 60, missing: 'any', sort: 'admitted' },
      { limit: 10 },
    )
    assert.deepEqual(
      queue.map(({ custody: id }) => id),
      [vanished.id, unknown.id],
    )
    const birth = queue[0]?.lacks.find(({ code }) => code === 'birth')
    assert.deepEqual([birth?.since, birth?.from], ['2026-04-14T12:00:00Z', 'person'])
    assert.equal(queue[0]?.possibleDouble, false)
  })
})
