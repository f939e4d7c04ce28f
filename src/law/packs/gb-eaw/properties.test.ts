/** What must hold for any case, whatever the dates are. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumbers } from '../kernel/calendar.ts'
import { duration } from '../kernel/duration.ts'
import { replaySteps } from '../kernel/steps.ts'
import type { Adjustment, Case, Sentence } from './case.ts'
import { adjustment, caseOf, day, plain } from './gb-eaw.testing.ts'
import { lawAt40, lawAtHalf } from './law.ts'
import { gbEaw } from './pack.ts'

const law = fc.constantFrom(lawAtHalf, lawAt40)
const FIRST = day('2022-01-03')
const LAST = day('2025-12-01')

/** Terms of half a year to eight years, imposed within a month: they hold together whatever is credited below. */
const term = fc
  .record({ months: fc.integer({ min: 6, max: 96 }), days: fc.constantFrom(0, 0, 0, 5) })
  .map((parts) => duration({ years: Math.floor(parts.months / 12), months: parts.months % 12, days: parts.days }))

const oneSentence = (id: string, from: number): fc.Arbitrary<Sentence> =>
  fc
    .record({
      kind: fc.constantFrom('sds', 'sds', 'sds', 'eds', 'sopc' as const),
      term,
      plus: fc.integer({ min: 0, max: 30 }),
      sdsPlus: fc.boolean(),
    })
    .map(({ kind, term: length, plus, sdsPlus }) => ({
      id,
      kind: kind as Sentence['kind'],
      sentencedOn: from + plus,
      offenceOn: from - 60,
      term: length,
      ...(kind === 'sds' ? {} : { extension: duration({ years: 1 }) }),
      sdsPlus: kind === 'sds' && sdsPlus,
      sdsPlusOffence: kind === 'sds' && sdsPlus,
      section250: false,
      exclusions: [],
    }))

const given = fc
  .record({ from: fc.integer({ min: FIRST, max: LAST }), count: fc.integer({ min: 1, max: 4 }) })
  .chain(({ from, count }) =>
    fc.record({
      sentences: fc.tuple(...Array.from({ length: count }, (_, index) => oneSentence(`s${index}`, from))),
      links: fc.array(fc.boolean(), { minLength: count, maxLength: count }),
      remand: fc.integer({ min: 0, max: 20 }),
      added: fc.integer({ min: 0, max: 30 }),
      addedAfter: fc.integer({ min: 0, max: 40 }),
    }),
  )
  .map(({ sentences, links, remand, added, addedAfter }): Case => {
    const linked = sentences.map((each, index) =>
      index > 0 && links[index] ? { ...each, after: `s${index - 1}` } : each,
    )
    const first = Math.min(...linked.map((each) => each.sentencedOn))
    const adjustments: Adjustment[] = [
      { id: 'r', kind: 'remand', days: remand, from: first },
      { id: 'a', kind: 'added', days: added, from: first + addedAfter },
    ]
    return caseOf(linked, { adjustments })
  })

const dates = (one: Case, under: typeof lawAtHalf) => plain(gbEaw(under).compute(one, dayNumbers))
const release = (one: Case, under: typeof lawAtHalf) => {
  const found = dates(one, under)
  return found.CRD ?? found.ARD
}
const moreDays = (one: Case, kind: Adjustment['kind'], days: number): Case => ({
  ...one,
  adjustments: one.adjustments.map((each) => (each.kind === kind ? { ...each, days: each.days + days } : each)),
})

test('one more day on remand never brings release later', () => {
  fc.assert(
    fc.property(given, law, (one, under) => {
      const [before, after] = [release(one, under), release(moreDays(one, 'remand', 1), under)]
      fc.pre(before !== undefined && after !== undefined)
      assert.ok(String(after) <= String(before))
    }),
  )
})

test('additional days never move expiry, and never bring release forward', () => {
  fc.assert(
    fc.property(given, law, fc.integer({ min: 1, max: 60 }), (one, under, days) => {
      const [before, after] = [dates(one, under), dates(moreDays(one, 'added', days), under)]
      fc.pre(before.refused === undefined && after.refused === undefined)
      assert.equal(after.SLED ?? after.SED, before.SLED ?? before.SED)
      assert.equal(after.ESED, before.ESED)
      const [earlier, later] = [before.CRD ?? before.ARD, after.CRD ?? after.ARD]
      if (earlier !== undefined && later !== undefined) assert.ok(later >= earlier)
    }),
  )
})

test('a further concurrent sentence never brings the latest release forward', () => {
  fc.assert(
    fc.property(given, law, oneSentence('more', 0), (one, under, more) => {
      const first = Math.min(...one.sentences.map((each) => each.sentencedOn))
      const extra = { ...more, sentencedOn: first + (more.sentencedOn % 31), offenceOn: first - 60 }
      const [before, after] = [release(one, under), release({ ...one, sentences: [...one.sentences, extra] }, under)]
      fc.pre(before !== undefined && after !== undefined)
      assert.ok(String(after) >= String(before))
    }),
  )
})

test('the order in which sentences and adjustments are listed changes nothing', () => {
  fc.assert(
    fc.property(given, law, (one, under) => {
      const turned = { ...one, sentences: one.sentences.toReversed(), adjustments: one.adjustments.toReversed() }
      assert.deepEqual(dates(turned, under), dates(one, under))
    }),
  )
})

test('one term written as two consecutive ones changes nothing', () => {
  fc.assert(
    fc.property(given, law, fc.integer({ min: 1, max: 5 }), (one, under, months) => {
      const [head, ...others] = one.sentences
      fc.pre(head !== undefined && head.kind === 'sds')
      if (head === undefined) return
      const total = head.term.years * 12 + head.term.months
      const cut = { ...head, term: duration({ months }) }
      const rest = { ...head, id: 'rest', after: head.id, term: { ...head.term, years: 0, months: total - months } }
      const followed = others.map((each) => (each.after === head.id ? { ...each, after: 'rest' } : each))
      assert.deepEqual(dates({ ...one, sentences: [cut, rest, ...followed] }, under), dates(one, under))
    }),
  )
})

test('no date without a step of the same value, and every working replays', () => {
  fc.assert(
    fc.property(given, law, (one, under) => {
      const outcome = gbEaw(under).compute({ ...one, wantsRemovalDate: true }, dayNumbers)
      if (outcome.kind !== 'dated') return
      assert.deepEqual(
        replaySteps(dayNumbers, outcome.steps),
        outcome.steps.map((step) => step.value),
      )
      for (const { date, step } of Object.values(outcome.dates)) {
        assert.equal(dayNumbers.toIso(outcome.steps[step - 1]?.value ?? Number.NaN), date)
      }
    }),
  )
})

test('a date is either given or refused by name, never both', () => {
  fc.assert(
    fc.property(given, law, (one, under) => {
      const outcome = gbEaw(under).compute(
        { ...one, adjustments: [...one.adjustments, adjustment('added', 3, '2022-01-01')] },
        dayNumbers,
      )
      if (outcome.kind !== 'dated') return
      for (const type of Object.keys(outcome.dates)) assert.ok(!(type in outcome.refused), type)
    }),
  )
})
