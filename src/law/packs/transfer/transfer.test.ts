import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { dayNumbers, dayOf } from '../kernel/calendar.ts'
import { duration, endOfTerm } from '../kernel/duration.ts'
import { replaySteps } from '../kernel/steps.ts'
import { temporalCalendar } from '../kernel/temporal.ts'
import { stepsInWords } from '../kernel/texts.ts'
import { type Converted, type TransferCase, type TransferOutcome, transfer } from './pack.ts'

type Known = Extract<TransferOutcome, { kind: 'dated' }>
const term = (years: number, months = 0, days = 0) => ({ years, months, days })
const decision = { court: 'Court of the administering state', on: '2022-03-01', reference: 'T-1/2022' }
const original = { state: 'AR', court: 'Court 3', imposed: '2020-06-01', term: term(8), lastDay: '2028-01-09' }
const converted: Converted = {
  method: 'converted',
  sanction: 'custody',
  term: term(5),
  begins: '2022-03-10',
  served: [{ from: '2020-01-10', to: '2022-03-09' }],
}

function dated(given: TransferCase): Known {
  const outcome = transfer.compute(given, dayNumbers)
  assert.equal(outcome.kind, 'dated', JSON.stringify(outcome))
  return outcome as Known
}
const datesOf = (given: TransferCase) =>
  Object.fromEntries(Object.entries(dated(given).dates).map(([type, { date }]) => [type, date]))
const foundIn = (given: TransferCase) => dated(given).findings?.map(({ code }) => code)
const refusedFor = (given: TransferCase) => transfer.accepts(given, dayNumbers).map(({ code }) => code)

test('continued as it is: the original last day, without a decision of ours', () => {
  const given: TransferCase = { original, enforced: { method: 'continued', begun: '2020-01-10' } }
  assert.deepEqual(datesOf(given), { 'original-end': '2028-01-09', end: '2028-01-09' })
  assert.deepEqual(dated(given).keeps, { original, method: 'continued' })
})

test('continued and adapted: the nearer penalty of this law, never later than the original', () => {
  const adapt = (adapted: TransferCase['original']['term']): TransferCase => ({
    original,
    enforced: { method: 'continued', begun: '2020-01-10', adapted },
    decision,
  })
  assert.equal(datesOf(adapt(term(7))).end, '2027-01-09')
  assert.deepEqual(foundIn(adapt(term(7))), [])
  assert.deepEqual(datesOf(adapt(term(9))), {
    'original-end': '2028-01-09',
    'enforced-end': '2029-01-09',
    end: '2028-01-09',
  })
  assert.deepEqual(foundIn(adapt(term(9))), ['later-than-original'])
})

test('continued: the maximum of the administering state holds', () => {
  const given: TransferCase = {
    original,
    enforced: { method: 'continued', begun: '2020-01-10', homeMaximum: term(6) },
  }
  assert.equal(datesOf(given).end, '2026-01-09')
  assert.deepEqual(foundIn(given), ['above-home-maximum'])
})

test('converted: the whole time served is deducted, and original, method and decision are kept', () => {
  const given: TransferCase = { original, enforced: converted, decision }
  // 5 years from 10 March 2022 end on 9 March 2027, less 790 days.
  assert.deepEqual(datesOf(given), {
    'original-end': '2028-01-09',
    'enforced-end': '2025-01-08',
    end: '2025-01-08',
  })
  assert.deepEqual(dated(given).keeps, { original, method: 'converted', decision })
})

test('converted beyond the original: the original day holds, and the finding says that the court must see it again', () => {
  const given: TransferCase = { original, enforced: { ...converted, term: term(9) }, decision }
  assert.equal(datesOf(given)['enforced-end'], '2029-01-08')
  assert.equal(datesOf(given).end, '2028-01-09')
  assert.deepEqual(foundIn(given), ['later-than-original'])
})

test('time served counts each day once', () => {
  const served = [...converted.served, { from: '2021-01-01', to: '2021-02-01' }]
  const given: TransferCase = { original, enforced: { ...converted, served }, decision }
  assert.equal(datesOf(given).end, '2025-01-08')
  assert.deepEqual(foundIn(given), ['served-overlap'])
})

test('refused: original not known, no decision, money, no length, time served that is not before, dates that are none', () => {
  const { lastDay: _, ...unknown } = original
  assert.deepEqual(refusedFor({ original: unknown, enforced: converted, decision }), ['original-not-known'])
  assert.deepEqual(refusedFor({ original, enforced: converted }), ['decision-missing'])
  const change = (more: Partial<Converted>) => refusedFor({ original, enforced: { ...converted, ...more }, decision })
  assert.deepEqual(change({ sanction: 'money' }), ['converted-to-money'])
  assert.deepEqual(change({ term: term(0) }), ['no-length'])
  assert.deepEqual(change({ served: [{ from: '2020-01-10', to: '2022-03-10' }] }), ['served-not-before'])
  assert.deepEqual(change({ begins: '2022-02-30' }), ['date-not-valid'])
})

test('the working replays on both calendars and says itself in both languages', () => {
  const { steps } = dated({ original, enforced: converted, decision })
  for (const calendar of [dayNumbers, temporalCalendar]) {
    assert.deepEqual(
      replaySteps(calendar, steps),
      steps.map(({ value }) => value),
    )
  }
  for (const { says } of stepsInWords(dayNumbers, steps, transfer)) assert.ok(says.en !== '' && says.es !== '')
})

test('properties: never later than the original, whatever is decided; one more day served is never later', () => {
  const cases = fc.record({
    months: fc.integer({ min: 1, max: 400 }),
    decided: fc.integer({ min: 1, max: 400 }),
    served: fc.nat(2_000),
    method: fc.constantFrom('continued', 'adapted', 'converted'),
  })
  fc.assert(
    fc.property(cases, ({ months, decided, served, method }) => {
      const begins = dayOf(dayNumbers, '2022-03-10')
      const iso = (day: number) => dayNumbers.toIso(day)
      const build = (days: number): TransferCase => {
        const begun = iso(begins - days)
        const lastDay = iso(endOfTerm(dayNumbers, begins - served, duration({ months })))
        return {
          original: { ...original, term: term(0, months), lastDay },
          decision,
          enforced:
            method === 'converted'
              ? {
                  ...converted,
                  term: term(0, decided),
                  served: days === 0 ? [] : [{ from: begun, to: iso(begins - 1) }],
                }
              : { method: 'continued', begun, ...(method === 'adapted' && { adapted: term(0, decided) }) },
        }
      }
      const endOf = (days: number) => datesOf(build(days)).end ?? ''
      assert.ok(endOf(served) <= (build(served).original.lastDay ?? ''))
      assert.ok(endOf(served + 1) <= endOf(served))
    }),
    { numRuns: 300 },
  )
})
