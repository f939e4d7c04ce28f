// Any world of papers that hold, let go, decide and are looked at: the coverage is a partition, agrees with a naive
// reading at every instant, and does not depend on the order in which anything came.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { Entry } from '../kernel/act.ts'
import { microsOf } from '../kernel/time.ts'
import { effective } from '../record/effective.ts'
import { project } from '../record/project.ts'
import { basisOfEntries, basisRegister, orderRegister } from './project.ts'
import { admitted, contested, left, orderId, paper, received, upheld, verified } from './testing.ts'

const NAMES = ['a', 'b', 'c', 'r', 's'] as const
const Name = fc.constantFrom(...NAMES)
const Held = fc.constantFrom('a', 'b', 'c')

/** Half days of 2026, so that a random world has many coincidences. */
const instantOf = (step: number) =>
  Temporal.Instant.from('2026-01-01T00:00:00Z')
    .add({ hours: step * 12 })
    .toString()
const Step = fc.integer({ min: 0, max: 60 })

const Holding = fc.record({
  name: Held,
  from: Step,
  until: fc.oneof(
    fc.integer({ min: 0, max: 90 }).map((at) => ({ at: instantOf(at) })),
    fc.constantFrom('open' as const, 'not-stated' as const),
    fc.integer({ min: 1, max: 800 }).map((hours) => ({
      after: { hours },
      from: 'begin' as const,
      zone: 'UTC',
      firstDay: 'counts' as const,
      source: 'x',
    })),
  ),
})
const Letting = fc.record({
  name: fc.constantFrom('r', 's'),
  kind: fc.constantFrom('release', 'bail', 'quashing', 'appeal-decision'),
  from: Step,
  heard: Step,
  effect: fc.constantFrom('ends', 'replaces', 'upholds', undefined),
  fromBeginning: fc.boolean(),
  against: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(Held, { minLength: 1, maxLength: 2 }),
    fc.constant(undefined),
  ),
})
const Look = fc.record({ name: Name, at: Step, result: fc.constantFrom('authentic', 'not-authentic') })
const Contest = fc.record({ name: Held, at: Step, upholds: fc.boolean() })
const World = fc.record({
  admitted: fc.integer({ min: 5, max: 20 }),
  left: fc.option(fc.integer({ min: 21, max: 80 }), { nil: undefined }),
  ordersStated: fc.boolean(),
  papers: fc.uniqueArray(Holding, { maxLength: 3, selector: ({ name }) => name }),
  letting: fc.uniqueArray(Letting, { maxLength: 2, selector: ({ name }) => name }),
  looks: fc.array(Look, { maxLength: 3 }),
  contests: fc.array(Contest, { maxLength: 3 }),
  instants: fc.array(fc.integer({ min: 0, max: 180 }), { minLength: 12, maxLength: 12 }),
})
type World = typeof World extends fc.Arbitrary<infer W> ? W : never

function entriesOf(world: World): Entry[] {
  return [
    admitted(instantOf(world.admitted), [], { ordersStated: world.ordersStated }),
    ...(world.left === undefined ? [] : [left(instantOf(world.left))]),
    ...world.papers.map(({ name, from, until }) =>
      received(paper(name, { at: instantOf(from) }, until), instantOf(from + 3)),
    ),
    ...world.letting.map(({ name, kind, from, heard, effect, fromBeginning, against }) => {
      const more = {
        kind,
        fromBeginning,
        ...(effect && { effect }),
        ...(against && { against: Array.isArray(against) ? against.map(orderId) : against }),
      }
      return received(paper(name, { at: instantOf(from) }, 'open', more), instantOf(heard))
    }),
    ...world.looks.map(({ name, at, result }) => verified(name, instantOf(at), result)),
    ...world.contests.map(({ name, at, upholds }) => (upholds ? upheld : contested)(name, instantOf(at))),
  ]
}

const HALF_DAY = 43_200_000_000
const at = (step: number) => microsOf(instantOf(step))

/** The last look at a paper; looks of one instant in the order in which they were entered. */
function lookAt(world: World, name: string): string | undefined {
  const looks = world.looks.map((look, i) => ({ ...look, i })).filter((look) => look.name === name)
  return looks.sort((a, b) => a.at - b.at || a.i - b.i).at(-1)?.result
}

/** The rules once more in the plainest words, for one instant. */
function naive(world: World, t: number): string {
  const states = world.papers.map(({ name, from, until }) => {
    const begin = at(from)
    const byPaper =
      typeof until === 'string'
        ? Number.POSITIVE_INFINITY
        : 'at' in until
          ? microsOf(until.at)
          : begin + until.after.hours * 3_600_000_000
    let end = byPaper
    let known = until !== 'not-stated'
    const marks = world.contests
      .filter((contest) => contest.name === name)
      .map((contest, i) => ({ at: at(contest.at), upholds: contest.upholds, i }))
    for (const [i, doer] of world.letting.entries()) {
      const isLetting = doer.kind === 'release' || doer.kind === 'bail'
      const named = doer.against ?? (isLetting ? 'all' : [])
      const concerns = named === 'all' ? begin < at(doer.from) : (named as string[]).includes(name)
      const look = lookAt(world, doer.name)
      if (!concerns || look === 'not-authentic') continue
      const ended = () => {
        end = Math.min(end, doer.fromBeginning && !isLetting ? begin : at(doer.from))
        known = true
      }
      if (isLetting && look === 'authentic' && doer.against !== undefined) {
        end = Math.min(end, at(doer.from))
        known = true
      } else if (isLetting) marks.push({ at: Math.max(at(doer.heard), at(doer.from)), upholds: false, i: -10 + i })
      else if (doer.kind === 'quashing') ended()
      else if (doer.effect === 'upholds') marks.push({ at: at(doer.heard), upholds: true, i: -10 + i })
      else if (doer.effect !== undefined) ended()
    }
    if (lookAt(world, name) === 'not-authentic') {
      end = begin
      known = true
    }
    const isContested =
      marks
        .filter((mark) => mark.at <= t)
        .sort((a, b) => a.at - b.at || a.i - b.i)
        .at(-1)?.upholds === false
    return { stands: begin <= t && t < end, over: Math.max(begin, end) <= t, known, isContested }
  })
  const standing = states.filter(({ stands }) => stands)
  if (standing.some(({ known, isContested }) => known && !isContested)) return 'order'
  if (standing.some(({ isContested }) => isContested)) return 'disputed'
  if (standing.length > 0) return 'unknown'
  const isReleased = world.letting.some(
    ({ name, kind, against, from }) =>
      (kind === 'release' || kind === 'bail') &&
      against === 'all' &&
      at(from) <= t &&
      lookAt(world, name) === 'authentic',
  )
  return !world.ordersStated && !states.some(({ over }) => over) && !isReleased ? 'unknown' : 'lapse'
}

describe('the ledger of orders, any world', () => {
  test('coverage is a partition of the custody, and every instant agrees with a naive reading', () => {
    fc.assert(
      fc.property(World, (world) => {
        const segments = basisOfEntries(effective(entriesOf(world)))
        assert.equal(segments[0]?.span.from, instantOf(world.admitted))
        assert.equal(segments.at(-1)?.span.to, world.left === undefined ? undefined : instantOf(world.left))
        segments.forEach((segment, i) => {
          const next = segments[i + 1]
          if (next) assert.equal(segment.span.to, next.span.from)
          if (next) assert.notEqual(`${segment.state} ${segment.cause}`, `${next.state} ${next.cause}`)
          if (segment.span.to) assert.ok(microsOf(segment.span.from) < microsOf(segment.span.to))
        })
        for (const step of world.instants) {
          const t = at(0) + step * (HALF_DAY / 2) + 1
          const here = segments.find(({ span }) => microsOf(span.from) <= t && (!span.to || t < microsOf(span.to)))
          if (here) assert.equal(here.state, naive(world, t), `at half step ${step}`)
        }
      }),
      { numRuns: 600 },
    )
  })

  test('the title of what is covered ends where the naive reading stops saying so, whether the person left or not', () => {
    fc.assert(
      fc.property(World, (world) => {
        for (const { span, state, titleEnds } of basisOfEntries(effective(entriesOf(world)))) {
          if (state !== 'order') {
            assert.equal(titleEnds, undefined)
            continue
          }
          const end = titleEnds === undefined ? Number.POSITIVE_INFINITY : microsOf(titleEnds)
          if (span.to) assert.ok(end >= microsOf(span.to))
          if (titleEnds !== undefined) {
            assert.equal(naive(world, end - 1), 'order')
            assert.notEqual(naive(world, end), 'order')
          }
          for (const step of world.instants) {
            const t = at(0) + step * (HALF_DAY / 2) + 1
            if (t >= microsOf(span.from) && t < end) assert.equal(naive(world, t), 'order')
          }
        }
      }),
      { numRuns: 300 },
    )
  })

  test('any order of arrival and any cut into batches write the same rows', () => {
    fc.assert(
      fc.property(
        World.chain((world) => fc.tuple(fc.constant(world), fc.gen(), fc.integer({ min: 0, max: 12 }))),
        ([world, gen, cutAt]) => {
          const entries = entriesOf(world)
          const shuffled = gen(fc.shuffledSubarray, entries, { minLength: entries.length })
          for (const register of [basisRegister, orderRegister]) {
            const whole = register.rows(effective(entries))
            assert.deepEqual(register.rows(effective(shuffled)), whole)
            const rows = new Map<string, unknown>()
            const keyOf = (row: Readonly<Record<string, unknown>>) =>
              JSON.stringify(register.key.map((column) => row[column]))
            const [first, second] = [shuffled.slice(0, cutAt), shuffled.slice(cutAt)]
            for (const [prior, batch] of [
              [[], first],
              [first, second],
            ] as const) {
              for (const { remove, add } of project([register], prior, batch)) {
                for (const row of remove) rows.delete(keyOf(row))
                for (const row of add) rows.set(keyOf(row), row)
              }
            }
            const sorted = (all: Iterable<unknown>) => [...all].map((row) => JSON.stringify(row)).sort()
            assert.deepEqual(sorted(rows.values()), sorted(whole))
          }
        },
      ),
      { numRuns: 200 },
    )
  })
})
