import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Entry } from '../kernel/act.ts'
import type { Register } from '../kernel/register.ts'
import { facilityPlace } from '../places/acts.ts'
import { effective } from '../record/effective.ts'
import {
  addNote,
  admit,
  assignBunk,
  classify,
  depart,
  listProperty,
  recapture,
  recordHealth,
  recordPresence,
  recordResponsibility,
  vacateBunk,
} from './acts.ts'
import { completenessRegister } from './completeness.ts'
import {
  childRegister,
  claimRegister,
  departureRegister,
  healthRegister,
  noteRegister,
  propertyRegister,
} from './events.ts'
import { fieldCodes } from './fields.ts'
import {
  bunkRegister,
  classificationRegister,
  custodyRegister,
  presenceRegister,
  responsibilityRegister,
} from './folds.ts'
import { custodySpanOf, latestOf } from './span.ts'
import { makeCorrection, makeEntry, makeWithdrawal, testId } from './testing.ts'

const cell = testId('cell')
const otherCell = testId('other cell')
const at = (hour: number, day = 1) => `2026-03-0${day}T${String(hour).padStart(2, '0')}:00:00Z`

let n = 0
const when = (hour: number, day = 1) => ({ n: ++n, at: at(hour, day) })
const admitted = (options: { n: number; at: string; precision?: 'day' | 'hour' } = when(8), data: object = {}) =>
  makeEntry(admit, { legal: { ordersStated: true }, ...data }, options)
const left = (as: string, options: { n: number; at: string; precision?: 'day' | 'hour' | 'minute' }) =>
  makeEntry(depart, { legal: { as } }, options)
const seen = (hour: number, place: string, day = 1) =>
  makeEntry(recordPresence, { place: { state: 'at', place }, act: { because: 'seen' } }, when(hour, day))
const gone = (hour: number, day = 1) =>
  makeEntry(recordPresence, { place: { state: 'unknown' }, act: { because: 'gone-from-roster' } }, when(hour, day))

const rows = <R extends Record<string, unknown>>(register: Register, ...entries: Entry[]): R[] =>
  register.rows(effective(entries)) as unknown as R[]
type CustodyRow = {
  held: string
  disputed: boolean
  disputes: string[]
  departed_as: string | null
  follows: string | null
}
const custodyOf = (...entries: Entry[]) => rows<CustodyRow>(custodyRegister, ...entries)[0]
const presence = (...entries: Entry[]) =>
  rows<{ span: string; state: string; place: string | null }>(presenceRegister, ...entries).map(
    ({ span, state, place }) => `${span} ${state}${place === null ? '' : ` ${names.get(place)}`}`,
  )
const names = new Map([
  [cell, 'cell'],
  [otherCell, 'other cell'],
  [facilityPlace('TEC'), 'facility'],
])
const span = (from: string, to = '') => `["${from}",${to === '' ? '' : `"${to}"`})`

describe('custody', () => {
  test('lasts from admission, open until a departure', () => {
    assert.equal(custodyOf(admitted())?.held, span(at(8)))
    const ended = custodyOf(admitted(), left('release', when(8, 3)))
    assert.equal(ended?.held, span(at(8), at(8, 3)))
    assert.equal(ended?.departed_as, 'release')
    assert.equal(ended?.disputed, false)
  })

  test('a departure before the admission ends nothing and is a dispute', () => {
    const custody = custodyOf(admitted(when(8, 3)), left('release', when(8, 1)))
    assert.equal(custody?.held, span(at(8, 3)))
    assert.deepEqual(custody?.disputes, ['departed-before-admission'])
  })

  test('a departure of the same instant as the admission ends nothing, unless its precision reaches past it', () => {
    const admission = admitted(when(8))
    const sameSecond = left('release', { n: ++n, at: at(8) })
    // A second is an interval too: he may have left within it.
    assert.equal(custodyOf(admission, sameSecond)?.held, span(at(8), '2026-03-01T08:00:01Z'))
    assert.equal(custodyOf(admission, left('release', { n: ++n, at: '2026-03-01T07:59:59Z' }))?.held, span(at(8)))
  })

  test('left on the day of admission, the hour unknown: gone by the end of that day in the zone of the place', () => {
    const custody = custodyOf(
      admitted(when(20)),
      left('unknown', { n: ++n, at: '2026-03-01T06:00:00Z', precision: 'day' }),
    )
    assert.equal(custody?.held, span(at(20), '2026-03-02T06:00:00Z'))
    assert.equal(custody?.disputed, false)
  })

  test('of two departures that differ the later ends it, and the time between is disputed', () => {
    const entries = [admitted(), left('transfer', when(8, 3)), left('release', when(8, 2))]
    const custody = custodyOf(...entries)
    assert.equal(custody?.held, span(at(8), at(8, 3)))
    assert.deepEqual(custody?.disputes, ['departures-differ'])
    assert.equal(custody?.departed_as, 'disputed')
    assert.deepEqual(presence(...entries), [
      `${span(at(8), at(8, 2))} at facility`,
      `${span(at(8, 2), at(8, 3))} disputed`,
    ])
  })

  test('a departure `unknown` gives way to one that says how', () => {
    const custody = custodyOf(admitted(), left('unknown', when(8, 2)), left('death', when(8, 3)))
    assert.equal(custody?.held, span(at(8), at(8, 3)))
    assert.equal(custody?.departed_as, 'death')
    assert.equal(custody?.disputed, false)
  })

  test('seen after the departure is a dispute, seen within what its precision allows is not', () => {
    assert.deepEqual(custodyOf(admitted(), left('release', when(8, 2)), seen(9, cell, 2))?.disputes, [
      'seen-after-departure',
    ])
    const leftThatDay = left('release', { n: ++n, at: '2026-03-02T06:00:00Z', precision: 'day' })
    assert.deepEqual(custodyOf(admitted(), leftThatDay, seen(9, cell, 2))?.disputes, [])
  })

  test('a withdrawn admission leaves no row in any fold', () => {
    const admission = admitted()
    const entries = [admission, seen(9, cell), makeWithdrawal(admission, when(10))]
    for (const register of [custodyRegister, presenceRegister, bunkRegister, completenessRegister]) {
      assert.deepEqual(rows(register, ...entries), [])
    }
    assert.equal(custodySpanOf(effective(entries)), undefined)
  })

  test('a withdrawn departure opens it again; a corrected time moves it', () => {
    const admission = admitted()
    const departure = left('release', when(8, 3))
    assert.equal(custodyOf(admission, departure, makeWithdrawal(departure, when(9, 3)))?.held, span(at(8)))
    const moved = makeCorrection(departure, {}, { n: ++n, at: at(6, 3) }, true)
    assert.equal(custodyOf(admission, departure, moved)?.held, span(at(8), at(6, 3)))
  })

  test('a recapture is a custody that follows another', () => {
    const again = makeEntry(
      recapture,
      { legal: { ordersStated: true }, act: { follows: testId('escaped') } },
      { ...when(8), custody: testId('second') },
    )
    assert.equal(custodyOf(again)?.follows, testId('escaped'))
  })

  test('what a stated time allows: the hour that occurs twice, the day of 25 hours', () => {
    const zone = 'America/New_York'
    // On 1 November 2026 clocks go from 02:00 −04 back to 01:00 −05: 01:30 occurs twice, an hour apart.
    const first = { at: '2026-11-01T05:30:00Z', precision: 'hour', zone } as const
    const second = { at: '2026-11-01T06:30:00Z', precision: 'hour', zone } as const
    assert.equal(latestOf(first), '2026-11-01T06:00:00Z')
    assert.equal(latestOf(second), '2026-11-01T07:00:00Z')
    assert.equal(latestOf({ ...first, precision: 'day' }), '2026-11-02T05:00:00Z')
    const admission = makeEntry(admit, { legal: { ordersStated: true } }, { n: ++n, ...first })
    const departure = makeEntry(depart, { legal: { as: 'release' } }, { n: ++n, ...second })
    assert.equal(custodyOf(admission, departure)?.held, span(first.at, second.at))
  })
})

describe('presence', () => {
  test('begins at the facility where the admission names no place, and follows what is seen', () => {
    assert.deepEqual(presence(admitted(), seen(9, cell), seen(10, cell), seen(11, otherCell)), [
      `${span(at(8), at(9))} at facility`,
      `${span(at(9), at(11))} at cell`,
      `${span(at(11))} at other cell`,
    ])
  })

  test('gone from a roster is unknown until seen again, and never a departure', () => {
    const entries = [admitted(), gone(9), seen(12, cell)]
    assert.deepEqual(presence(...entries), [
      `${span(at(8), at(9))} at facility`,
      `${span(at(9), at(12))} unknown`,
      `${span(at(12))} at cell`,
    ])
    assert.equal(custodyOf(...entries)?.held, span(at(8)))
  })

  test('two facts of one instant that differ are disputed, with both named, until the next fact', () => {
    const entries = [admitted(), seen(9, cell), seen(9, otherCell), seen(10, cell)]
    assert.deepEqual(presence(...entries), [
      `${span(at(8), at(9))} at facility`,
      `${span(at(9), at(10))} disputed`,
      `${span(at(10))} at cell`,
    ])
    const [, disputed] = rows<{ rivals: { place: string }[] | null }>(presenceRegister, ...entries)
    assert.deepEqual(
      disputed?.rivals?.map(({ place }) => place),
      [cell, otherCell],
    )
  })

  test('a place seen at the instant of admission is more exact than the facility, not another word', () => {
    assert.deepEqual(presence(admitted(), seen(8, cell)), [`${span(at(8))} at cell`])
  })

  test('a fact that comes late takes its place in time; one from before the admission gives way to it', () => {
    const late = [admitted(), seen(11, otherCell), seen(9, cell), seen(7, otherCell)]
    assert.deepEqual(presence(...late), [
      `${span(at(8), at(9))} at facility`,
      `${span(at(9), at(11))} at cell`,
      `${span(at(11))} at other cell`,
    ])
  })

  test('an expunged place is unknown, not the facility', () => {
    const { place: _gone, ...rest } = seen(9, cell).sections
    const expunged = { ...seen(9, cell), sections: rest }
    assert.equal(presence(admitted(), expunged)[1], `${span(at(9))} unknown`)
  })
})

describe('bunk', () => {
  const bunk = testId('bunk')
  const given = (hour: number, to = bunk, day = 1) => makeEntry(assignBunk, { place: { bunk: to } }, when(hour, day))
  const vacated = (hour: number, day = 1) => makeEntry(vacateBunk, {}, when(hour, day))
  const allocations = (...entries: Entry[]) => rows<{ held: string }>(bunkRegister, ...entries).map(({ held }) => held)

  test('is meant for one person until given up, changed or left', () => {
    assert.deepEqual(allocations(admitted(), given(9)), [span(at(9))])
    assert.deepEqual(allocations(admitted(), given(9), vacated(10)), [span(at(9), at(10))])
    assert.deepEqual(allocations(admitted(), given(9), left('release', when(11))), [span(at(9), at(11))])
    assert.deepEqual(allocations(admitted(), given(9), given(10, testId('another'))), [
      span(at(9), at(10)),
      span(at(10)),
    ])
    assert.deepEqual(allocations(admitted(), given(9), vacated(9)), [])
  })

  test('no fact makes an allocation longer: any departure ends it, also where a later one is stated', () => {
    const first = [admitted(), given(9), left('unknown', when(8, 2))]
    assert.deepEqual(allocations(...first), [span(at(9), at(8, 2))])
    assert.deepEqual(allocations(...first, left('release', when(8, 3)), left('transfer', when(8, 4))), [
      span(at(9), at(8, 2)),
    ])
  })
})

describe('authorities', () => {
  const sv = { name: 'Centros Penales', state: 'SV' }
  const us = { name: 'Department of Homeland Security', state: 'US' }
  type Row = { role: string; stated_by: string; state: string; span: string; rivals: unknown }
  const says = (hour: number, statedBy: string | undefined, authority: typeof sv, role = 'supervises') =>
    makeEntry(recordResponsibility, { legal: { role, authority, ...(statedBy && { statedBy }) } }, when(hour))
  const authorities = (...entries: Entry[]) => rows<Row>(responsibilityRegister, ...entries)

  test('two states each naming the other stand side by side', () => {
    const found = authorities(admitted(), says(9, 'SV', us), says(10, 'US', sv))
    assert.deepEqual(
      found.map(({ stated_by, state, span: held }) => [stated_by, state, held]),
      [
        ['SV', 'US', span(at(9))],
        ['US', 'SV', span(at(10))],
      ],
    )
  })

  test('the register says what the admission says until it is told otherwise', () => {
    const admission = admitted(when(8), { legal: { ordersStated: true, authorities: { supervises: sv } } })
    assert.deepEqual(
      authorities(admission, says(9, undefined, us)).map(({ state, span: held }) => [state, held]),
      [
        ['SV', span(at(8), at(9))],
        ['US', span(at(9))],
      ],
    )
  })

  test('one voice that names two at one instant keeps both', () => {
    const [row] = authorities(admitted(), says(9, 'SV', us), says(9, 'SV', sv))
    assert.equal(row?.state, 'SV')
    assert.deepEqual(row?.rivals, [us])
  })
})

describe('what is missing', () => {
  const missing = (...entries: Entry[]) => rows<{ span: string; missing: string[] }>(completenessRegister, ...entries)

  test('an admission that says nothing lacks everything but its hour', () => {
    assert.deepEqual(
      missing(admitted())[0]?.missing,
      fieldCodes.filter((code) => code !== 'admitted-hour'),
    )
    assert.ok(missing(admitted({ ...when(8), precision: 'day' }))[0]?.missing.includes('admitted-hour'))
  })

  test('each fact takes its field from the list, one row a change', () => {
    const list = makeEntry(listProperty, { act: { items: [] } }, when(9))
    const health = makeEntry(recordHealth, { health: { injuriesRecorded: false }, medical: {} }, when(10))
    const note = makeEntry(addNote, { act: { text: 'nothing new' } }, when(11))
    const [first, second, third, ...rest] = missing(admitted(), list, health, note)
    assert.deepEqual([first?.span, second?.span, third?.span], [span(at(8), at(9)), span(at(9), at(10)), span(at(10))])
    assert.deepEqual(rest, [])
    assert.ok(first?.missing.includes('property') && !second?.missing.includes('property'))
    assert.ok(second?.missing.includes('injuries') && !third?.missing.includes('injuries'))
  })

  test('no children is an answer; not asked is missing', () => {
    assert.ok(missing(admitted())[0]?.missing.includes('children'))
    assert.ok(!missing(admitted(when(8), { act: { children: [] } }))[0]?.missing.includes('children'))
  })
})

describe('event registers', () => {
  test('each entry keeps its own row', () => {
    const claim = { label: 'srg_flg', value: 'Y' }
    const source = { file: 'a'.repeat(64), row: '7', profile: 'nyc-doc', claims: [claim] }
    const admission = admitted(when(8), {
      health: { needs: ['insulin'] },
      act: { source, children: [{ ageYears: 4, where: 'with-family' }] },
    })
    assert.deepEqual(
      rows<{ label: string; value: string }>(claimRegister, admission).map(({ label, value }) => ({ label, value })),
      [claim],
    )
    assert.equal(rows(childRegister, admission).length, 1)
    assert.equal(rows<{ needs: string[] }>(healthRegister, admission)[0]?.needs[0], 'insulin')
    assert.deepEqual(rows(healthRegister, admitted()), [])
    const both = [left('release', when(8, 2)), left('death', when(8, 3))]
    assert.equal(rows(departureRegister, ...both).length, 2)
    assert.equal(rows(noteRegister, makeEntry(addNote, { act: { text: 'x' } }, when(9))).length, 1)
    const items = [
      { what: 'belt', held: 'stored' },
      { what: 'ring', held: 'given-to-family' },
    ]
    assert.equal(rows(propertyRegister, makeEntry(listProperty, { act: { items } }, when(9))).length, 2)
  })

  test('a level holds until the next; an empty value ends it', () => {
    const level = (hour: number, value: string | null) =>
      makeEntry(classify, { act: { field: 'level', value } }, when(hour))
    const found = rows<{ value: string; span: string }>(
      classificationRegister,
      admitted(),
      level(9, 'MED'),
      level(11, null),
    )
    assert.deepEqual(
      found.map(({ value, span: held }) => [value, held]),
      [['MED', span(at(9), at(11))]],
    )
  })
})
