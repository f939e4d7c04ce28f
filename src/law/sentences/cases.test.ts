import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { makeEntry } from '../../custody/testing.ts'
import type { Entry } from '../../kernel/act.ts'
import { derivedId } from '../../kernel/ids.ts'
import { dayNumbers } from '../packs/kernel/calendar.ts'
import { replaySteps } from '../packs/kernel/steps.ts'
import { adjustSentence, checkSentence, enterSentence, signSentence } from './acts.ts'
import { casesOf, type SentenceCase } from './cases.ts'
import { work } from './compute.ts'
import { decideCheck, decideSign } from './decide.ts'
import { differencesOf, factChanges } from './difference.ts'
import type { Checked, Entered, Signed } from './forms.ts'
import { varied, whatIf } from './routes.ts'
import { standingOf } from './standing.ts'
import {
  adjustmentId,
  caseId,
  computedDates,
  elsewhere,
  federal,
  salvadoran,
  sentenceId,
  signatureOf,
} from './testing.ts'
import { toldBy } from './told.ts'
import { caseView } from './view.ts'

const anna = { officer: derivedId('officer', 'anna'), role: 'registrar' }
const bruno = { officer: derivedId('officer', 'bruno'), role: 'registrar' }
const hands = { label: () => null, you: anna.officer }

let n = 0
const by = ({ officer }: { officer: string }, entry: Entry): Entry => ({ ...entry, officer })
const at = () => ({
  n: ++n,
  at: `2026-03-01T00:00:${String(n % 60).padStart(2, '0')}Z`,
  recordedAt: '2026-03-01T00:01:00Z',
})
const entered = (legal: Entered) => by(anna, makeEntry(enterSentence, { legal }, at()))
const adjusted = (id: string, adjustment: object) =>
  by(anna, makeEntry(adjustSentence, { legal: { case: id, adjustments: [adjustment] } }, at()))
const signed = (legal: Signed, who = anna) => by(who, makeEntry(signSentence, { legal }, at()))
const checked = (legal: Checked, who = bruno) => by(who, makeEntry(checkSentence, { legal }, at()))
const only = (entries: readonly Entry[]): SentenceCase => {
  const [one] = casesOf(toldBy(entries))
  assert.ok(one)
  return one
}
const shown = (entries: readonly Entry[]) => caseView(only(entries), hands)
const context = (entries: readonly Entry[], actor = anna) => ({
  now: '2026-03-02T00:00:00Z',
  actor,
  entries,
  all: entries,
  house: [],
})
const credit = { adjustment: adjustmentId('more'), kind: 'custody', from: '2017-01-01', to: '2017-01-10' }

describe('a case from its entries', () => {
  test('the published figures come out, with every step in words and its source', () => {
    const view = shown([entered(federal('a'))])
    assert.equal(view.outcome.kind, 'dated')
    assert.deepEqual(view.numbers, {
      release: { earliest: '2022-02-03', latest: '2022-02-03' },
      lastLawfulDay: '2022-02-03',
      freeFrom: '2022-02-04T06:00:00Z',
    })
    const [reading] = view.outcome.readings
    for (const { says } of reading?.steps ?? []) {
      assert.ok(says.en !== '' && says.es !== '' && says.en !== says.es)
      assert.doesNotMatch(`${says.en}${says.es}`, /[{}]/)
    }
    assert.ok(reading?.steps.some(({ cite }) => cite?.provision === '§ 3585(b)'))
    const steps =
      work(only([entered(federal('a'))]).facts, only([entered(federal('a'))]).inputs).readings[0]?.steps ?? []
    assert.deepEqual(
      replaySteps(dayNumbers, steps),
      steps.map(({ value }) => value),
    )
  })

  test('what the law leaves open is ambiguous, and the earliest reading drives the alarm', () => {
    const view = shown([entered(salvadoran('b'))])
    assert.equal(view.outcome.kind, 'ambiguous')
    assert.ok(view.outcome.readings.length > 1)
    const ends = view.outcome.readings.flatMap(({ dates }) => dates.filter(({ type }) => type === 'end'))
    assert.equal(view.numbers.lastLawfulDay, ends.map(({ date }) => date).sort()[0])
    const whole = shown([entered(salvadoran('b', { 'year-days': 365, 'first-day-counts': true, rounding: 'up' }))])
    assert.equal(whole.outcome.kind, 'dated')
    assert.equal(whole.dates.find(({ type }) => type === 'half')?.computed, '2021-10-28')
  })

  test('without a pack everything is recorded, nothing is computed, and it says so', () => {
    const view = shown([entered(elsewhere('c'))])
    assert.equal(view.outcome.kind, 'refused')
    assert.deepEqual(
      view.outcome.reasons.map(({ code }) => code),
      ['no-pack'],
    )
    assert.equal(view.numbers.lastLawfulDay, null)
  })

  test('facts that no pack has a place for are named, not dropped', () => {
    const odd = federal('d')
    const [first, second] = odd.sentences
    assert.ok(first && second)
    const view = shown([entered({ ...odd, sentences: [{ ...first, kind: 'banishment' }, second] })])
    assert.deepEqual(view.outcome.reasons, [
      { ...view.outcome.reasons[0], code: 'kind-unknown', about: first.sentence },
    ])
  })

  test('a year beyond every calendar is refused, and the entry stands', () => {
    const long = salvadoran('e', { 'year-days': 'calendar', 'first-day-counts': true, rounding: 'up' })
    const [sentence] = long.sentences
    assert.ok(sentence)
    const terms = [{ part: 'custody' as const, years: 30_000, months: 0, weeks: 0, days: 0 }]
    const view = shown([entered({ ...long, sentences: [{ ...sentence, terms }] })])
    assert.deepEqual(
      view.outcome.reasons.map(({ code }) => code),
      ['beyond-calendar'],
    )
  })

  test('the same facts in any order are the same facts', () => {
    const facts = federal('f')
    const parts = [
      ...facts.sentences.map((one) => ({ ...facts, sentences: [one], adjustments: [] })),
      ...facts.adjustments.map((one) => ({ ...facts, sentences: [], adjustments: [one] })),
    ]
    const whole = only([entered(facts)])
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (order) => {
        const one = only(order.map(entered))
        assert.equal(one.inputs, whole.inputs)
        assert.equal(work(one.facts, one.inputs).digest, work(whole.facts, whole.inputs).digest)
      }),
    )
  })
})

describe('signing', () => {
  test('the computed dates are signed, a second person agrees, and both stand', () => {
    const entries = [entered(federal('g'))]
    const legal = signatureOf(shown(entries), computedDates(shown(entries)))
    assert.equal(decideSign({ legal }, context(entries)), undefined)
    const sign = signed(legal)
    const check: Checked = { case: legal.case, signature: sign.id, result: 'agrees' }
    assert.equal(decideCheck({ legal: check }, context([...entries, sign], bruno)), undefined)
    const view = shown([...entries, sign, checked(check)])
    for (const { signed: one } of view.dates) {
      assert.equal(one?.state, 'standing')
      assert.equal(one?.check?.result, 'agrees')
      assert.equal(one?.isYou, true)
    }
    assert.deepEqual(view.differences, [])
  })

  test('who signed does not check; who disagrees says why; nobody agrees to what is outdated', () => {
    const entries = [entered(federal('h'))]
    const sign = signed(signatureOf(shown(entries), computedDates(shown(entries))))
    const check: Checked = { case: caseId('h'), signature: sign.id, result: 'agrees' }
    const code = (legal: Checked, all: readonly Entry[], actor = bruno) =>
      decideCheck({ legal }, context(all, actor))?.code
    assert.equal(code(check, [...entries, sign], anna), 'second-person-needed')
    assert.equal(code({ ...check, result: 'disagrees' }, [...entries, sign]), 'reason-needed')
    assert.equal(code({ ...check, result: 'disagrees', why: 'the credit is short' }, [...entries, sign]), undefined)
    assert.equal(code({ ...check, signature: derivedId('none') }, [...entries, sign]), 'signature-unknown')
    const changed = [...entries, sign, adjusted(caseId('h'), credit)]
    assert.equal(code(check, changed), 'signature-outdated')
    assert.equal(code({ ...check, result: 'disagrees', why: 'more credit came' }, changed), undefined)
    assert.equal(code({ ...check, case: caseId('nobody') }, changed), 'case-unknown')
  })

  test('a date that is not what is computed is refused with the steps that differ', () => {
    const entries = [entered(federal('i'))]
    const right = signatureOf(shown(entries), computedDates(shown(entries)))
    const code = (legal: Signed, all: readonly Entry[] = entries) => decideSign({ legal }, context(all))
    const wrong = right.dates.map((one) => ({ ...one, date: one.type === 'release' ? '2022-02-04' : one.date }))
    assert.equal(code({ ...right, dates: wrong })?.code, 'outcome-differs')
    assert.deepEqual(code({ ...right, dates: wrong })?.details.types, ['release'])
    const steps = right.steps.map((one) => (one.text === 'disallowed' ? { ...one, value: 26 } : one))
    const refused = code({ ...right, steps })
    assert.equal(refused?.code, 'outcome-differs')
    assert.deepEqual(
      (refused?.details.steps as { text: string }[] | undefined)?.map(({ text }) => text),
      ['disallowed'],
    )
    assert.equal(code(right, [...entries, adjusted(caseId('i'), credit)])?.code, 'facts-changed')
    assert.deepEqual(code(right, [...entries, adjusted(caseId('i'), credit)])?.details.items, [
      `adjustment ${credit.adjustment}`,
    ])
    assert.equal(
      code({ ...right, pack: { id: 'us-federal', version: '0', hash: '0'.repeat(64) } })?.code,
      'outcome-differs',
    )
    assert.equal(code({ ...right, case: caseId('nobody') })?.code, 'case-unknown')
  })

  test('what the pack refuses is signed by hand with a reason, and drives the alarm', () => {
    const entries = [entered(elsewhere('j'))]
    const legal = (one: Signed['dates'][number]) => signatureOf(shown(entries), [one])
    const byHand = { type: 'release', date: '2026-10-28', how: 'hand' as const }
    assert.equal(decideSign({ legal: legal(byHand) }, context(entries))?.code, 'reason-needed')
    assert.equal(decideSign({ legal: legal({ ...byHand, how: 'pack' }) }, context(entries))?.code, 'pack-refuses')
    const reasoned = legal({ ...byHand, why: 'worked out with the court’s table' })
    assert.equal(decideSign({ legal: reasoned }, context(entries)), undefined)
    const view = shown([...entries, signed(reasoned)])
    assert.equal(view.numbers.lastLawfulDay, '2026-10-28')
    assert.equal(view.dates[0]?.signed?.how, 'hand')
    // A new fact: nobody knows whether the hand would have come to the same.
    const later = shown([...entries, signed(reasoned), adjusted(caseId('j'), { ...credit, kind: 'held' })])
    assert.equal(later.dates[0]?.signed?.state, 'outdated')
    assert.equal(later.dates[0]?.signed?.cause, 'facts')
    assert.equal(later.numbers.lastLawfulDay, '2026-10-28', 'an outdated date still raises the alarm')
  })

  test('what the pack computes is not signed otherwise by hand, but a court may have set another date', () => {
    const entries = [entered(federal('k'))]
    const other = { type: 'release', date: '2022-01-01' }
    const legal = (one: Signed['dates'][number]) => signatureOf(shown(entries), [one])
    const hand = legal({ ...other, how: 'hand', why: 'I count otherwise' })
    assert.equal(decideSign({ legal: hand }, context(entries))?.code, 'pack-computes')
    assert.equal(decideSign({ legal: legal({ ...other, how: 'court' }) }, context(entries))?.code, 'paper-needed')
    const court = legal({ ...other, how: 'court', order: derivedId('order') })
    assert.equal(decideSign({ legal: court }, context(entries)), undefined)
    assert.equal(shown([...entries, signed(court)]).numbers.lastLawfulDay, '2022-01-01')
  })

  test('a signature that was altered is nobody’s, and a check by the same hand counts for nothing', () => {
    const entries = [entered(federal('l'))]
    const sign = signed(signatureOf(shown(entries), computedDates(shown(entries))))
    const altered = { ...sign, origins: { legal: derivedId('correction') } }
    assert.ok(shown([...entries, altered]).dates.every((one) => one.signed === null))
    const own = checked({ case: caseId('l'), signature: sign.id, result: 'agrees' }, anna)
    assert.ok(shown([...entries, sign, own]).dates.every((one) => one.signed?.check === null))
  })
})

describe('what differs', () => {
  test('a new fact shows which entry changed what, and the steps that follow', () => {
    const entries = [entered(federal('m'))]
    const sign = signed(signatureOf(shown(entries), computedDates(shown(entries))))
    const more = adjusted(caseId('m'), credit)
    const view = shown([...entries, sign, more])
    const [difference] = view.differences
    assert.deepEqual(difference?.facts, [
      { item: `adjustment ${credit.adjustment}`, change: 'added', entry: more.id, entryN: more.n },
    ])
    assert.equal(difference?.law, null)
    assert.deepEqual(difference?.types, ['expiry', 'release'])
    const total = difference?.steps.find(({ after }) => after?.value === '347')
    assert.equal(total?.before?.value, '337')
    assert.ok(difference?.steps.some(({ change }) => change === 'added'))
    assert.equal(view.dates.find(({ type }) => type === 'full-term')?.signed?.state, 'standing')
  })

  test('a change of law alone is named as such', () => {
    const entries = [entered(federal('o'))]
    const legal = signatureOf(shown(entries), computedDates(shown(entries)))
    const before = { ...legal, pack: { id: 'us-federal', version: '0', hash: '0'.repeat(64) } }
    const dates = before.dates.map((one) => (one.type === 'release' ? { ...one, date: '2022-02-10' } : one))
    const view = shown([...entries, signed({ ...before, dates })])
    const [difference] = view.differences
    assert.deepEqual(difference?.facts, [])
    assert.equal(difference?.law?.before.version, '0')
    assert.equal(view.dates.find(({ type }) => type === 'release')?.signed?.cause, 'law')
    assert.equal(view.dates.find(({ type }) => type === 'expiry')?.signed?.state, 'standing')
  })

  test('nothing differs where nothing changed, whatever the case', () => {
    const some = fc.constantFrom(federal('p'), salvadoran('p'), elsewhere('p'))
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 3 }), (legal, more) => {
        const entries = [
          entered(legal),
          ...Array.from({ length: more }, (_, i) =>
            adjusted(legal.case, { ...credit, adjustment: adjustmentId(String(i)), to: `2017-01-1${i}` }),
          ),
        ]
        const one = only(entries)
        const { readings } = work(one.facts, one.inputs)
        for (const { steps } of readings) assert.deepEqual(differencesOf(steps, steps.toReversed().toReversed()), [])
        assert.deepEqual(factChanges(one.items, only(entries.toReversed()).items), [])
        const dates = computedDates(caseView(one, hands))
        if (dates.length > 0)
          assert.deepEqual(shown([...entries, signed(signatureOf(caseView(one, hands), dates))]).differences, [])
        assert.deepEqual(
          whatIf(one, varied(one.facts, { sentences: [], adjustments: [], events: [], without: [] })).steps,
          [],
        )
      }),
      { numRuns: 50 },
    )
  })

  test('steps are told apart by what they say, not by their numbers', () => {
    const step = (number: number, text: string, value: number, op = 'sum') => ({
      n: number,
      text,
      op,
      params: {},
      unit: 'days',
      value,
    })
    const before = [step(1, 'a', 1), step(2, 'b', 2), step(3, 'c', 3)]
    const after = [step(1, 'a', 1), step(2, 'x', 9), step(3, 'b', 2), step(4, 'c', 4)]
    assert.deepEqual(
      differencesOf(before, after).map((one) => [
        one.change,
        one.change === 'removed' ? one.before.text : one.after.text,
      ]),
      [
        ['added', 'x'],
        ['changed', 'c'],
      ],
    )
  })

  test('what-if: one more day of credit never makes release later, and nothing is recorded', () => {
    const one = only([entered(federal('q'))])
    const more = { sentences: [], adjustments: [{ ...credit }], events: [], without: [] }
    const answer = whatIf(one, varied(one.facts, more))
    assert.equal(answer.recorded, false)
    assert.deepEqual(
      answer.dates.filter(({ type }) => type === 'release').map(({ before, after }) => [before, after]),
      [['2022-02-03', '2022-01-24']],
    )
    const without = varied(one.facts, { ...more, adjustments: [], without: [sentenceId('q 2')] })
    assert.equal(without.sentences.length, 1)
    assert.equal(standingOf(one).lastLawfulDay, '2022-02-03', 'the case itself stays as it is')
  })
})
