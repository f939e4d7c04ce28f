import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Entry } from '../kernel/act.ts'
import type { Register, Row } from '../kernel/register.ts'
import { microsOf, type Precision } from '../kernel/time.ts'
import { recordOrder } from '../law/acts.ts'
import { describePerson, linkPerson, photographPerson, recordContact, recordNeed } from '../people/acts.ts'
import { room as people } from '../people/room.ts'
import { project } from '../record/project.ts'
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
import { registers as custodyRegisters } from './project.ts'
import { makeCorrection, makeEntry, makeWithdrawal, testId } from './testing.ts'

const registers = [...people.registers, ...custodyRegisters]
const zones = ['America/El_Salvador', 'America/New_York', 'UTC']

/** Few instants, so that many facts meet at one; around the night on which New York's 01:30 occurs twice. */
const instant = fc
  .integer({ min: 0, max: 11 })
  .map((step) => new Temporal.Instant(1793505600_000_000_000n).add({ minutes: step * 30 }).toString())
const precision = fc.constantFrom<Precision>('second', 'minute', 'hour', 'day')
const place = fc.constantFrom(testId('cell 1'), testId('cell 2'))
const bunk = fc.constantFrom(testId('bunk 1'), testId('bunk 2'))
const authority = fc.constantFrom({ name: 'Corte', state: 'SV' }, { name: 'DHS', state: 'US' })
const identity = fc.record(
  {
    names: fc.array(
      fc.record({
        use: fc.constantFrom('recorded', 'alias', 'corrected', 'self'),
        given: fc.constantFrom('Ana', 'Ána', 'Luz'),
      }),
      { maxLength: 2 },
    ),
    birth: fc.record({ date: fc.constantFrom('1991', '1991-07', '1991-07-05', '1990-01-01') }),
    identifiers: fc.array(
      fc.record({ scheme: fc.constant('DUI'), issuer: fc.constantFrom('SV', 'US'), value: fc.constantFrom('1', '2') }),
      { maxLength: 2 },
    ),
    sex: fc.constantFrom('F', 'M'),
    nationalities: fc.constantFrom([], [{ state: 'SV', standing: 'disputed' }]),
  },
  { requiredKeys: [] },
)

type Draft = { kind: Parameters<typeof makeEntry>[0]; data: object }
const draft = (kind: Draft['kind'], data: fc.Arbitrary<object>): fc.Arbitrary<Draft> =>
  data.map((of) => ({ kind, data: of }))
const fact = fc.oneof(
  draft(depart, fc.record({ legal: fc.record({ as: fc.constantFrom('release', 'transfer', 'unknown') }) })),
  draft(
    recordPresence,
    fc.record({
      place: fc.oneof(
        fc.record({ state: fc.constant('at'), place }),
        fc.record({ state: fc.constantFrom('at', 'between', 'unknown') }),
      ),
      act: fc.constant({ because: 'seen' }),
    }),
  ),
  draft(assignBunk, fc.record({ place: fc.record({ bunk }) })),
  draft(vacateBunk, fc.constant({})),
  draft(
    recordResponsibility,
    fc.record({
      legal: fc.record(
        { role: fc.constantFrom('ordered', 'runs'), authority, statedBy: fc.constantFrom('SV', 'US') },
        { requiredKeys: ['role', 'authority'] },
      ),
    }),
  ),
  draft(
    classify,
    fc.record({ act: fc.record({ field: fc.constant('level'), value: fc.constantFrom('MED', 'MAX', null) }) }),
  ),
  draft(recordHealth, fc.record({ health: fc.record({ injuriesRecorded: fc.boolean() }), medical: fc.constant({}) })),
  draft(listProperty, fc.constant({ act: { items: [{ what: 'belt', held: 'stored' }] } })),
  draft(addNote, fc.constant({ act: { text: 'x' } })),
  draft(describePerson, fc.record({ person: fc.record({ identity }), act: fc.constant({}) })),
  draft(photographPerson, fc.constant({ person: { photograph: 'a'.repeat(64), mediaType: 'image/png', bytes: 1 } })),
  draft(recordContact, fc.constant({ act: { role: 'next-of-kin', name: 'Eva' } })),
  draft(recordNeed, fc.constant({ health: { need: 'wheelchair' } })),
  draft(linkPerson, fc.constant({ act: { same: testId('other person'), evidence: 'prints' } })),
  draft(
    recordOrder,
    fc.constant({
      legal: {
        order: {
          order: testId('order'),
          kind: 'remand',
          issuer: { name: 'Juzgado', state: 'SV' },
          from: { at: '2026-11-01T00:00:00Z' },
          until: 'open',
        },
      },
    }),
  ),
)
const bunkOf = (data: object, custody: string) => testId((data as { place: { bunk: string } }).place.bunk, custody)
const amendment = fc.record({ of: fc.nat(), moves: fc.boolean(), withdraw: fc.boolean(), place })

/** One person in two custodies; facts of either, amended at random, each amendment after what it amends. */
const world = fc
  .record({
    admissions: fc.array(fc.record({ at: instant, precision, identity }), { minLength: 2, maxLength: 2 }),
    facts: fc.array(
      fc.record({ draft: fact, at: instant, precision, zone: fc.constantFrom(...zones), second: fc.boolean() }),
      {
        maxLength: 20,
      },
    ),
    amendments: fc.array(fc.record({ what: amendment, at: instant }), { maxLength: 6 }),
  })
  .map(({ admissions, facts, amendments }) => {
    const entries: Entry[] = admissions.map(({ at, precision: known, identity: who }, i) => {
      const data = { person: { identity: who }, legal: { ordersStated: true } }
      const options = { n: i + 1, at, precision: known, custody: testId('custody', String(i)) }
      return i === 0
        ? makeEntry(admit, data, options)
        : makeEntry(recapture, { ...data, act: { follows: testId('custody', '0') } }, options)
    })
    for (const { draft: of, at, precision: known, zone, second } of facts) {
      const custody = testId('custody', second ? '1' : '0')
      // Two custodies never share a bunk here: that is refused before it becomes a fact.
      const data = of.kind.kind === assignBunk.kind ? { place: { bunk: bunkOf(of.data, custody) } } : of.data
      entries.push(makeEntry(of.kind, data, { n: entries.length + 1, at, precision: known, zone, custody }))
    }
    for (const { what, at } of amendments) {
      const target = entries[what.of % entries.length] as Entry
      const options = { n: entries.length + 1, at }
      if (what.withdraw || target.amends !== undefined) {
        entries.push(makeWithdrawal(target, options))
      } else {
        const sections = target.kind === recordPresence.kind ? { place: { state: 'at', place: what.place } } : {}
        entries.push(makeCorrection(target, sections, options, what.moves))
      }
    }
    return entries
  })

/** Tables as the database would hold them: removing what is not there, or adding what is, is a failure. */
class Tables {
  readonly #tables = new Map<string, Map<string, Row>>()

  apply(changes: ReturnType<typeof project>): void {
    for (const { register, remove, add } of changes) {
      const table = this.#tables.get(register.table) ?? new Map<string, Row>()
      this.#tables.set(register.table, table)
      const keyOf = (row: Row) => JSON.stringify(register.key.map((name) => row[name]))
      for (const row of remove) assert.ok(table.delete(keyOf(row)), `${register.table}: a row to remove is not there`)
      for (const row of add) {
        assert.ok(!table.has(keyOf(row)), `${register.table}: two rows of one key`)
        table.set(keyOf(row), row)
      }
    }
  }

  rows(table: string): Row[] {
    return [...(this.#tables.get(table)?.values() ?? [])]
  }

  all(): unknown {
    const sorted = [...this.#tables].map(
      ([table, rows]) => [table, [...rows.values()].map((row) => JSON.stringify(row)).sort()] as const,
    )
    return Object.fromEntries(sorted.filter(([, rows]) => rows.length > 0).sort(([a], [b]) => (a < b ? -1 : 1)))
  }
}

function load(batches: readonly (readonly Entry[])[]): Tables {
  const tables = new Tables()
  const prior: Entry[] = []
  for (const batch of batches) {
    tables.apply(project(registers, prior, batch))
    prior.push(...batch)
  }
  return tables
}

/** Some order in which entries may arrive: any, but an amendment comes after what it amends. */
const arrivals = world.chain((entries) =>
  fc
    .record({
      order: fc.shuffledSubarray(entries, { minLength: entries.length }),
      cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 10 }),
    })
    .map(({ order, cuts }) => {
      const sorted: Entry[] = []
      const waiting = [...order]
      while (waiting.length > 0) {
        const next = waiting.findIndex(({ amends }) => amends === undefined || sorted.some(({ id }) => id === amends))
        sorted.push(...waiting.splice(next, 1))
      }
      const batches: Entry[][] = []
      for (let i = 0, cut = 0; i < sorted.length; cut++) {
        const size = cuts[cut % cuts.length] as number
        batches.push(sorted.slice(i, i + size))
        i += size
      }
      return { entries, batches }
    }),
)

test('any order of arrival and any cut into batches give the same registers', () => {
  fc.assert(
    fc.property(arrivals, ({ entries, batches }) => {
      assert.deepEqual(load(batches).all(), load([entries]).all())
    }),
    { numRuns: 300 },
  )
})

type Piece = { from: number; to: number }
const piece = (text: unknown): Piece => {
  const [from, to] = String(text).slice(1, -1).split(',') as [string, string]
  const micros = (bound: string) => (bound === '' ? Number.POSITIVE_INFINITY : microsOf(bound.replaceAll('"', '')))
  return { from: micros(from), to: micros(to) }
}
const inOrder = (rows: readonly Row[], column: string) =>
  rows.map((row) => piece(row[column])).sort((a, b) => a.from - b.from)

/** Registers whose primary key forbids overlaps, with the columns that tell rows apart and their span. */
const spans: readonly [table: string, by: readonly string[], span: string][] = [
  ['presence', ['custody'], 'span'],
  ['completeness', ['custody'], 'span'],
  ['bunk_allocation', ['custody'], 'held'],
  ['responsibility', ['custody', 'role', 'stated_by'], 'span'],
  ['classification', ['custody', 'field'], 'span'],
  ['person_fact', ['person', 'aspect'], 'span'],
]

function assertSpansHold(tables: Tables): void {
  for (const [table, by, column] of spans) {
    for (const [key, rows] of Map.groupBy(tables.rows(table), (row) => by.map((name) => row[name]).join())) {
      const pieces = inOrder(rows, column)
      for (const [i, { from, to }] of pieces.entries()) {
        assert.ok(from < to, `${table} ${key}: empty span`)
        assert.ok(i === 0 || (pieces[i - 1] as Piece).to <= from, `${table} ${key}: overlap`)
      }
    }
  }
  for (const custody of tables.rows('custody')) {
    const held = piece(custody.held)
    assert.ok(held.from < held.to)
    for (const table of ['presence', 'completeness']) {
      const pieces = inOrder(
        tables.rows(table).filter((row) => row.custody === custody.id),
        'span',
      )
      assert.equal(pieces[0]?.from, held.from, `${table} begins with the custody`)
      assert.equal(pieces.at(-1)?.to, held.to, `${table} ends with the custody`)
      for (const [i, { from }] of pieces.entries()) {
        if (i > 0) assert.equal(pieces[i - 1]?.to, from, `${table} has a gap`)
      }
    }
  }
  const custodies = new Set(tables.rows('custody').map(({ id }) => id))
  for (const [table] of spans.filter(([, by]) => by.includes('custody'))) {
    for (const row of tables.rows(table)) assert.ok(custodies.has(row.custody), `${table} without a custody`)
  }
}

test('presence and completeness cover every custody without gap or overlap; no span register overlaps itself', () => {
  fc.assert(
    fc.property(world, (entries) => assertSpansHold(load([entries]))),
    { numRuns: 500 },
  )
})

test('whatever sections are expunged, folds answer and spans hold', () => {
  const expunged = world.chain((entries) =>
    fc.array(fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }), { minLength: 1, maxLength: 12 }).map((keep) =>
      entries.map((entry, i) => {
        const kept = keep[i % keep.length] as boolean[]
        const sections = Object.fromEntries(Object.entries(entry.sections).filter((_, s) => kept[s]))
        if ('person' in sections) return { ...entry, sections }
        // The system fields lie in the person section: without it an entry is known by its columns only.
        const { person: _person, nth: _nth, ...rest } = entry
        const occurredAt = { at: entry.recordedAt, precision: 'second' as const, zone: 'UTC' }
        return { ...rest, occurredAt, sections }
      }),
    ),
  )
  fc.assert(
    fc.property(expunged, (entries) => assertSpansHold(load([entries]))),
    { numRuns: 500 },
  )
})

test('every column of a row is one that its register declares', () => {
  fc.assert(
    fc.property(world, (entries) => {
      for (const { register, add } of project(registers, [], entries)) {
        for (const row of add)
          assert.deepEqual(Object.keys(row).sort(), Object.keys((register as Register).columns).sort())
      }
    }),
    { numRuns: 50 },
  )
})
