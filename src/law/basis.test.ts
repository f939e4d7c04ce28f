import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { admit, depart } from '../custody/acts.ts'
import type { ActKind, Entry } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { microsOf } from '../kernel/time.ts'
import { effective } from '../record/effective.ts'
import { disputeOrder, endOrder, recordOrder, upholdOrder } from './acts.ts'
import { basisOfEntries } from './project.ts'

const zone = 'America/El_Salvador'
const issuer = { name: 'Juzgado Primero de Paz', state: 'SV' }
const custody = derivedId('test', 'custody')
const orderId = (name: string) => derivedId('test', 'order', name)

let lastN = 0
/** An entry of one custody. `at` is an instant; n counts up with each call. */
function entry(kind: ActKind, at: string, legal: unknown, extra: Partial<Entry> = {}): Entry {
  lastN++
  return {
    n: lastN,
    id: derivedId('test', 'entry', String(lastN)),
    kind: kind.kind,
    v: 1,
    facility: 'TEC',
    custody,
    occurredAt: { at, precision: 'second', zone },
    recordedAt: at,
    via: 'console',
    sections: { legal: legal as Record<string, unknown> },
    ...extra,
  }
}

type Date_ = { date: string; zone: string; inclusive: boolean } | { at: string }
const day = (date: string, options: { zone?: string; inclusive?: boolean } = {}): Date_ => ({
  date,
  zone: options.zone ?? zone,
  inclusive: options.inclusive ?? true,
})

const paper = (name: string, from: Date_, until: Date_ | 'open' | 'not-stated') => ({
  order: orderId(name),
  kind: 'remand',
  issuer,
  from,
  until,
})

const admitted = (at: string, orders: unknown[] = [], ordersStated = true) =>
  entry(admit, at, { orders, ordersStated, deprivation: {}, authorities: {} })
const ends = (name: string, as: string, from: Date_, at = '2026-03-01T00:00:00Z') =>
  entry(endOrder, at, { order: orderId(name), as, from })
const contested = (name: string, at: string) =>
  entry(disputeOrder, at, { order: orderId(name), by: 'counsel', reason: 'x' })
const upheld = (name: string, at: string) => entry(upholdOrder, at, { order: orderId(name), by: issuer })
const received = (order: unknown, at = '2026-03-01T00:00:00Z') => entry(recordOrder, at, { order })

/** `state from` of each segment, and the end of the last one. */
function band(...entries: Entry[]): string[] {
  const segments = basisOfEntries(effective(entries))
  return [...segments.map(({ state, span }) => `${state} ${span.from}`), segments.at(-1)?.span.to ?? 'open']
}

describe('basis of custody', () => {
  test('without any order it lapses from admission on', () => {
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z')), ['lapse 2026-01-05T15:00:00Z', 'open'])
    assert.equal(basisOfEntries([admitted('2026-01-05T15:00:00Z')])[0]?.cause, 'admitted-without-order')
  })

  test('where the source does not state orders it is unknown, never order', () => {
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z', [], false)), ['unknown 2026-01-05T15:00:00Z', 'open'])
  })

  test("'until 2 April' inclusive holds to 3 April 00:00 in the issuer's zone", () => {
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-05'), day('2026-04-02'))])), [
      'order 2026-01-05T15:00:00Z',
      'lapse 2026-04-03T06:00:00Z',
      'open',
    ])
  })

  test("'until 2 April' exclusive holds to 2 April 00:00", () => {
    const order = paper('a', day('2026-01-05'), day('2026-04-02', { inclusive: false }))
    assert.equal(band(admitted('2026-01-05T15:00:00Z', [order]))[1], 'lapse 2026-04-02T06:00:00Z')
  })

  test('overlapping orders cover as one; the lapse begins where the last of them ends', () => {
    const orders = [
      paper('a', day('2026-01-01'), day('2026-02-10')),
      paper('b', day('2026-02-01'), day('2026-03-10')),
      paper('c', day('2026-02-05'), day('2026-02-20')),
    ]
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z', orders)), [
      'order 2026-01-05T15:00:00Z',
      'lapse 2026-03-11T06:00:00Z',
      'open',
    ])
    const [order, lapse] = basisOfEntries([admitted('2026-01-05T15:00:00Z', orders)])
    assert.deepEqual(order?.orders, ['a', 'b', 'c'].map(orderId))
    assert.deepEqual(lapse?.orders, [orderId('b')], 'the lapse names the order that ended last')
  })

  test('a late extension leaves a lapse between the end and its own beginning, and closes it from there', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-01'), day('2026-02-10'))]),
      received(paper('b', day('2026-02-15'), day('2026-05-31')), '2026-02-14T18:00:00Z'),
    ]
    assert.deepEqual(band(...entries), [
      'order 2026-01-05T15:00:00Z',
      'lapse 2026-02-11T06:00:00Z',
      'order 2026-02-15T06:00:00Z',
      'lapse 2026-06-01T06:00:00Z',
      'open',
    ])
  })

  test('an order that starts in the past covers from then, whenever it was received', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z'),
      received(paper('a', day('2026-01-10'), 'open'), '2026-03-01T00:00:00Z'),
    ]
    assert.deepEqual(band(...entries), ['lapse 2026-01-05T15:00:00Z', 'order 2026-01-10T06:00:00Z', 'open'])
  })

  test('an order quashed from its beginning uncovers in retrospect', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-01'), 'open')]),
      ends('a', 'quashed', day('2026-01-01')),
    ]
    assert.deepEqual(band(...entries), ['lapse 2026-01-05T15:00:00Z', 'open'])
    assert.equal(basisOfEntries(effective(entries))[0]?.cause, 'admitted-without-order')
  })

  test('quashed from the beginning, what was unknown before the paper stays unknown until it would have begun', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-10'), 'open')], false),
      ends('a', 'quashed', day('2026-01-01')),
    ]
    assert.deepEqual(band(...entries), ['unknown 2026-01-05T15:00:00Z', 'lapse 2026-01-10T06:00:00Z', 'open'])
  })

  test('an order that had expired before admission does not make the admission lawful', () => {
    const [first] = basisOfEntries([
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2025-01-01'), day('2025-06-01'))]),
    ])
    assert.equal(first?.cause, 'admitted-without-order')
    assert.deepEqual(first?.orders, [orderId('a')])
  })

  test('an order that ends on a clock ends on its instant, across midnight', () => {
    const order = paper('a', { at: '2026-01-05T23:30:00-06:00' }, { at: '2026-01-08T00:30:00-06:00' })
    const parsed = recordOrder.data.parse({ person: { custody }, legal: { order } }) as { legal: { order: unknown } }
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z'), received(parsed.legal.order)), [
      'lapse 2026-01-05T15:00:00Z',
      'order 2026-01-06T05:30:00Z',
      'lapse 2026-01-08T06:30:00Z',
      'open',
    ])
  })

  test('a day that begins at 01:00 because midnight was skipped ends the order there', () => {
    // Asunción skipped 00:00 to 01:00 on 2 October 2022.
    const asuncion = { zone: 'America/Asuncion' }
    const order = paper('a', day('2022-09-01', asuncion), day('2022-10-01', asuncion))
    assert.equal(band(admitted('2022-09-05T15:00:00Z', [order]))[1], 'lapse 2022-10-02T04:00:00Z')
  })

  test('a day whose first hour occurs twice begins with the earlier one', () => {
    // Havana set its clocks back from 01:00 to 00:00 on 6 November 2022.
    const havana = { zone: 'America/Havana' }
    const order = paper('a', day('2022-09-01', havana), day('2022-11-05', havana))
    assert.equal(band(admitted('2022-09-05T15:00:00Z', [order]))[1], 'lapse 2022-11-06T04:00:00Z')
  })

  test('two orders of two zones with the same date end at different instants', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [
        paper('a', day('2026-01-01'), day('2026-04-02', { zone: 'America/New_York' })),
        paper('b', day('2026-01-01'), day('2026-04-02', { zone: 'America/Los_Angeles' })),
      ]),
    ]
    assert.equal(band(...entries)[1], 'lapse 2026-04-03T07:00:00Z')
  })

  test('contested: disputed from then on, until it is upheld', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-01'), 'open')]),
      contested('a', '2026-02-01T00:00:00Z'),
      upheld('a', '2026-02-20T00:00:00Z'),
    ]
    assert.deepEqual(band(...entries), [
      'order 2026-01-05T15:00:00Z',
      'disputed 2026-02-01T00:00:00Z',
      'order 2026-02-20T00:00:00Z',
      'open',
    ])
  })

  test('contradictory orders: another that nobody contests covers; without it the basis is disputed', () => {
    const a = paper('a', day('2026-01-01'), 'open')
    const b = paper('b', day('2026-01-01'), day('2026-03-01'))
    const entries = [admitted('2026-01-05T15:00:00Z', [a, b]), contested('a', '2026-02-01T00:00:00Z')]
    assert.deepEqual(band(...entries), ['order 2026-01-05T15:00:00Z', 'disputed 2026-03-02T06:00:00Z', 'open'])
  })

  test('an order whose end is not stated is unknown from its beginning; ended, it covered until then', () => {
    const order = paper('a', day('2026-01-10'), 'not-stated')
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z', [order])), [
      'lapse 2026-01-05T15:00:00Z',
      'unknown 2026-01-10T06:00:00Z',
      'open',
    ])
    const ended = [admitted('2026-01-05T15:00:00Z', [order]), ends('a', 'executed', day('2026-02-01'))]
    assert.deepEqual(band(...ended).slice(1), ['order 2026-01-10T06:00:00Z', 'lapse 2026-02-01T06:00:00Z', 'open'])
  })

  test('a known end turns unknown into lapse where the source does not state orders', () => {
    const order = paper('a', day('2026-01-10'), day('2026-02-10'))
    assert.deepEqual(band(admitted('2026-01-05T15:00:00Z', [order], false)), [
      'unknown 2026-01-05T15:00:00Z',
      'order 2026-01-10T06:00:00Z',
      'lapse 2026-02-11T06:00:00Z',
      'open',
    ])
  })

  test('a corrected order is computed anew; a withdrawn one is gone', () => {
    const wrong = received(paper('a', day('2026-01-01'), day('2026-02-10')))
    const right = entry(
      { ...recordOrder, kind: 'entry.correct' } as unknown as ActKind,
      '2026-03-02T00:00:00Z',
      { order: paper('a', day('2026-01-01'), day('2026-12-10')) },
      { amends: wrong.id },
    )
    const correction = { ...right, sections: { ...right.sections, act: { replaces: ['legal'], entry: wrong.id } } }
    const admission = admitted('2026-01-05T15:00:00Z')
    assert.equal(band(admission, wrong)[1], 'lapse 2026-02-11T06:00:00Z')
    assert.equal(band(admission, wrong, correction)[1], 'lapse 2026-12-11T06:00:00Z')
    const withdrawal = entry(
      { kind: 'entry.withdraw' } as unknown as ActKind,
      '2026-03-03T00:00:00Z',
      {},
      { amends: wrong.id },
    )
    assert.deepEqual(band(admission, wrong, correction, withdrawal), ['lapse 2026-01-05T15:00:00Z', 'open'])
  })

  test('a departure ends the band; what ends later does not show', () => {
    const entries = [
      admitted('2026-01-05T15:00:00Z', [paper('a', day('2026-01-01'), day('2026-12-31'))]),
      entry(depart, '2026-02-01T10:00:00Z', { as: 'release' }),
    ]
    assert.deepEqual(band(...entries), ['order 2026-01-05T15:00:00Z', '2026-02-01T10:00:00Z'])
  })

  test('expunged sections leave the custody covered, as unknown', () => {
    const bare = [
      admitted('2026-01-05T15:00:00Z'),
      received(paper('a', day('2026-01-01'), 'open')),
      contested('a', '2026-02-01T00:00:00Z'),
    ]
    const expunged = bare.map((one) => ({ ...one, sections: {} }))
    assert.deepEqual(band(...expunged), ['unknown 2026-01-05T15:00:00Z', 'open'])
  })
})

/** Days of 2026 as instants, so that a random world has many coincidences. */
const instantOf = (dayOfYear: number) =>
  Temporal.Instant.from('2026-01-01T00:00:00Z')
    .add({ hours: dayOfYear * 12 })
    .toString()

const Paper = fc.record({
  name: fc.constantFrom('a', 'b', 'c', 'd'),
  from: fc.integer({ min: 0, max: 60 }),
  until: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.constantFrom('open' as const, 'not-stated' as const)),
})
const World = fc.record({
  admitted: fc.integer({ min: 5, max: 20 }),
  left: fc.option(fc.integer({ min: 21, max: 80 }), { nil: undefined }),
  ordersStated: fc.boolean(),
  papers: fc.array(Paper, { maxLength: 5 }),
  ends: fc.array(fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), at: fc.integer({ min: 0, max: 70 }) }), {
    maxLength: 3,
  }),
  contests: fc.array(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      at: fc.integer({ min: 0, max: 70 }),
      upholds: fc.boolean(),
    }),
    {
      maxLength: 4,
    },
  ),
  instants: fc.array(fc.integer({ min: 0, max: 180 }), { minLength: 10, maxLength: 10 }),
})
type World = typeof World extends fc.Arbitrary<infer W> ? W : never

function entriesOf(world: World): Entry[] {
  return [
    admitted(instantOf(world.admitted), [], world.ordersStated),
    ...(world.left === undefined ? [] : [entry(depart, instantOf(world.left), { as: 'release' })]),
    ...world.papers.map(({ name, from, until }) => {
      const end = typeof until === 'string' ? until : { at: instantOf(until) }
      return received(paper(name, { at: instantOf(from) }, end), instantOf(from + 3))
    }),
    ...world.ends.map(({ name, at }) => ends(name, 'lifted', { at: instantOf(at) }, instantOf(at))),
    ...world.contests.map(({ name, at, upholds }) => (upholds ? upheld : contested)(name, instantOf(at))),
  ]
}

/** The rules once more, in the plainest words, for one instant. Half a day is one step; `t` may be between steps. */
function naive(entries: readonly Entry[], world: World, t: number): string {
  const orders = new Map<string, { from: number; until: number | string }>()
  for (const one of entries.filter(({ kind }) => kind === 'order.record')) {
    const { order } = one.sections.legal as {
      order: { order: string; from: { at: string }; until: string | { at: string } }
    }
    const until = typeof order.until === 'string' ? order.until : microsOf(order.until.at)
    orders.set(order.order, { from: microsOf(order.from.at), until })
  }
  let stands = false
  let contestedStands = false
  let unstated = false
  let anyOver = false
  for (const [id, { from, until }] of orders) {
    const lifted = world.ends.filter(({ name }) => orderId(name) === id).map(({ at }) => microsOf(instantOf(at)))
    const to = Math.min(typeof until === 'number' ? until : Number.POSITIVE_INFINITY, ...lifted)
    if (t >= from && t >= to) anyOver = true
    if (t < from || t >= to) continue
    const heard = world.contests
      .map((contest, i) => ({ ...contest, i }))
      .filter(({ name, at }) => orderId(name) === id && microsOf(instantOf(at)) <= t)
      .sort((a, b) => a.at - b.at || a.i - b.i)
    if (heard.at(-1)?.upholds === false) contestedStands = true
    else if (until === 'not-stated' && lifted.length === 0) unstated = true
    else stands = true
  }
  if (stands) return 'order'
  if (contestedStands) return 'disputed'
  if (unstated) return 'unknown'
  return !world.ordersStated && !anyOver ? 'unknown' : 'lapse'
}

describe('basis of custody, any world', () => {
  test('coverage is total, disjoint and in order; neighbours differ; every instant agrees with a naive reading', () => {
    fc.assert(
      fc.property(World, (world) => {
        const facts = effective(entriesOf(world))
        const segments = basisOfEntries(facts)
        assert.equal(segments[0]?.span.from, instantOf(world.admitted))
        assert.equal(segments.at(-1)?.span.to, world.left === undefined ? undefined : instantOf(world.left))
        segments.forEach((segment, i) => {
          const next = segments[i + 1]
          if (next) assert.equal(segment.span.to, next.span.from)
          if (next) assert.notEqual(`${segment.state} ${segment.cause}`, `${next.state} ${next.cause}`)
          if (segment.span.to) assert.ok(microsOf(segment.span.from) < microsOf(segment.span.to))
        })
        for (const step of world.instants) {
          const t =
            microsOf(instantOf(step / 2 === Math.floor(step / 2) ? step / 2 : (step - 1) / 2)) + (step % 2) * 60_000_000
          const here = segments.find(({ span }) => microsOf(span.from) <= t && (!span.to || t < microsOf(span.to)))
          if (here) assert.equal(here.state, naive(facts, world, t))
        }
      }),
      { numRuns: 400 },
    )
  })

  test('any order of arrival gives the same band', () => {
    fc.assert(
      fc.property(
        World.chain((world) => fc.tuple(fc.constant(world), fc.gen())),
        ([world, gen]) => {
          const entries = entriesOf(world)
          const shuffled = gen(fc.shuffledSubarray, entries, { minLength: entries.length })
          const strip = (facts: Entry[]) => basisOfEntries(effective(facts))
          assert.deepEqual(strip(shuffled), strip(entries))
        },
      ),
      { numRuns: 200 },
    )
  })
})
