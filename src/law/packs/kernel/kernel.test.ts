import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumbers, dayOf } from './calendar.ts'
import { chainsOf, type Link } from './chain.ts'
import { duration } from './duration.ts'
import { ceilShare, floorShare, fraction } from './fraction.ts'
import { countDays, daysOf, intersect, mergeIntervals, subtract } from './interval.ts'
import { recordSteps, replaySteps } from './steps.ts'
import { stepsInWords } from './texts.ts'

test('a share is exact', () => {
  assert.equal(ceilShare(9, fraction(2, 3)), 6)
  assert.equal(ceilShare(10, fraction(2, 3)), 7)
  assert.equal(ceilShare(182, fraction(1, 2)), 91)
  assert.equal(floorShare(183, fraction(1, 2)), 91)
  assert.throws(() => fraction(1, 0), RangeError)
})

const interval = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 20 })).map(([from, length]) => ({
  from,
  to: from + length,
}))

test('intervals: no day twice, no day lost', () => {
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 6 }), interval, (many, whole) => {
      const days = new Set(many.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)))
      assert.equal(countDays(many), days.size)
      const left = subtract(whole, many)
      const taken = mergeIntervals(many).map((each) => intersect(each, whole))
      const takenDays = taken.reduce((sum, each) => sum + (each === undefined ? 0 : daysOf(each)), 0)
      assert.equal(left.reduce((sum, each) => sum + daysOf(each), 0) + takenDays, daysOf(whole))
    }),
  )
})

const idsOf = (links: readonly Link[]) => {
  const found = chainsOf(links)
  return found.kind === 'chains'
    ? found.chains.map((chain) => chain.map((link) => link.id).join('>')).toSorted()
    : found
}

test('chains: alone, in line, forked, through an alias, closed, broken', () => {
  assert.deepEqual(idsOf([{ id: 'a' }, { id: 'b' }]), ['a', 'b'])
  assert.deepEqual(idsOf([{ id: 'c', after: 'b' }, { id: 'a' }, { id: 'b', after: 'a' }]), ['a>b>c'])
  assert.deepEqual(idsOf([{ id: 'a' }, { id: 'b', after: 'a' }, { id: 'c', after: 'a' }]), ['a>b', 'a>c'])
  assert.deepEqual(
    idsOf([
      { id: 'a1', alias: 'a' },
      { id: 'a2', alias: 'a' },
      { id: 'b', after: 'a' },
    ]),
    ['a1>b', 'a2>b'],
  )
  assert.deepEqual(idsOf([{ id: 'a' }, { id: 'b', after: 'c' }, { id: 'c', after: 'b' }]), {
    kind: 'cycle',
    ids: ['b', 'c'],
  })
  assert.deepEqual(idsOf([{ id: 'a', after: 'z' }]), { kind: 'missing', id: 'a', after: 'z' })
  assert.equal((idsOf([{ id: 'a', after: 'a' }]) as { kind: string }).kind, 'cycle')
})

test('a working: only what leads to the result, replayed to the same values, in words', () => {
  const work = recordSteps(dayNumbers)
  const start = work.given('date', dayOf(dayNumbers, '2022-03-21'), { text: 'start' })
  work.given('days', 12, { text: 'start' })
  const end = work.termEnd(start, [duration({ months: 18 })], { text: 'end' })
  const days = work.span(start, end, { text: 'days' })
  const half = work.share(days, fraction(1, 2), { text: 'half', cite: 'half' })
  const release = work.lastDay(start, half, { text: 'days' })
  const { steps, numberOf } = work.trace([release])
  assert.equal(dayNumbers.toIso(release.value), '2022-12-20')
  assert.equal(steps.length, 5)
  assert.equal(numberOf(release), 5)
  assert.deepEqual(
    replaySteps(dayNumbers, steps),
    steps.map((step) => step.value),
  )
  const same = (text: string) => ({ en: text, es: text })
  const texts = {
    start: same('from {result}'),
    end: same('{terms} from {1} end on {result}'),
    days: same('{result}'),
    half: same('{share} of {1} days: {result}'),
  }
  const words = stepsInWords(dayNumbers, steps, {
    texts,
    citations: { half: { title: 'Act', provision: 's. 1', checked: false } },
  })
  assert.equal(words[1]?.says.en, 'P18M from 2022-03-21 end on 2023-09-20')
  assert.equal(words[3]?.says.es, '1/2 of 549 days: 275')
  assert.equal(words[3]?.cite?.provision, 's. 1')
  assert.throws(() => stepsInWords(dayNumbers, steps, { texts: {}, citations: {} }))
})

test('an altered working is seen', () => {
  const work = recordSteps(dayNumbers)
  const a = work.given('days', 3, { text: 'a' })
  const b = work.sum([a, a], [a], { text: 'b' })
  const { steps } = work.trace([b])
  const altered = steps.map((step) => (step.op === 'given' ? { ...step, params: { value: 4 } } : step))
  assert.notDeepEqual(
    replaySteps(dayNumbers, altered),
    steps.map((step) => step.value),
  )
  assert.throws(() => replaySteps(dayNumbers, [...steps].reverse()), RangeError)
})
