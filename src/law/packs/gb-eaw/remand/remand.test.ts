/**
 * Credit for remand: our own small cases by rule, and the vectors of shared/data/remand where they stand beside the
 * checkout.
 */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { dayNumbers, dayOf } from '../../kernel/calendar.ts'
import { countDays } from '../../kernel/interval.ts'
import { replaySteps } from '../../kernel/steps.ts'
import { temporalCalendar } from '../../kernel/temporal.ts'
import { stepsInWords } from '../../kernel/texts.ts'
import type { Charge, CourtEvent, RemandCase } from './case.ts'
import { remandConformance } from './conformance.ts'
import { type RemandOutcome, remandCredit } from './pack.ts'

const file = fileURLToPath(new URL('../../../../../../shared/data/remand/vectors.jsonl.gz', import.meta.url))
const hasShared = existsSync(file)
console.log(`Remand: our own cases${hasShared ? ' and shared/data/remand' : ' only; shared/data/remand is not here'}.`)

const event = (date: string, type: CourtEvent['type'], more: Partial<CourtEvent> = {}): CourtEvent => ({
  date,
  type,
  says: '',
  isFinal: false,
  isCustodial: false,
  isRecall: false,
  ...more,
})
const sentenced = { isFinal: true, isCustodial: true }

const charge = (
  id: number,
  sentence: string | undefined,
  events: CourtEvent[],
  more: Partial<Charge> = {},
): Charge => ({
  id,
  booking: 1,
  offence: `OFF${id}`,
  offenceDate: '2020-01-01',
  ...(sentence === undefined ? {} : { sentence: { sequence: id, date: sentence } }),
  result: '',
  isConcluded: false,
  isActiveBooking: false,
  isTerm: false,
  events,
  ...more,
})

const given = (charges: Charge[], more: Partial<RemandCase> = {}): RemandCase => ({
  charges,
  inForce: charges.map(({ id }) => id),
  releases: [],
  movements: [],
  choices: [],
  ...more,
})

function credited(facts: RemandCase): Extract<RemandOutcome, { kind: 'credited' }> {
  const outcome = remandCredit.compute(facts, dayNumbers)
  assert.equal(outcome.kind, 'credited', JSON.stringify(outcome))
  return outcome as Extract<RemandOutcome, { kind: 'credited' }>
}
const refusedFor = (facts: RemandCase) =>
  remandCredit.accepts(facts, dayNumbers).map(({ code, about }) => [code, about])
const spans = (of: readonly { from: string; to: string; days: number }[]) =>
  of.map(({ from, to, days }) => `${from} ${to} ${days}`)

test('the day of sentence is the first of the sentence: 1 January to 1 February are 31 days', () => {
  const { remand, credits } = credited(
    given([charge(1, '2022-02-01', [event('2022-01-01', 'start'), event('2022-02-01', 'stop', sentenced)])]),
  )
  assert.deepEqual(spans(remand), ['2022-01-01 2022-01-31 31'])
  assert.equal(remand[0]?.status, 'applicable')
  assert.deepEqual(spans(credits), ['2022-01-01 2022-01-31 31'])
  assert.equal(credits[0]?.status, 'active')
})

test('a stop that is not custodial counts its own day; bail between two remands makes two', () => {
  const { remand } = credited(
    given([
      charge(1, '2022-03-01', [
        event('2022-01-01', 'start'),
        event('2022-01-10', 'stop', { isFinal: true }),
        event('2022-02-20', 'start'),
        event('2022-03-01', 'stop', sentenced),
      ]),
    ]),
  )
  assert.deepEqual(spans(remand), ['2022-01-01 2022-01-10 10', '2022-02-20 2022-02-28 9'])
})

test('the order of events and of charges does not matter to the days', () => {
  const a = charge(1, '2022-02-01', [event('2022-02-01', 'stop', sentenced), event('2022-01-01', 'start')])
  const b = charge(2, '2022-02-01', [event('2022-01-11', 'start'), event('2022-02-01', 'stop', sentenced)])
  const expected = ['2022-01-01 2022-01-31 31']
  assert.deepEqual(spans(credited(given([a, b])).credits), expected)
  assert.deepEqual(spans(credited(given([b, a])).credits), expected)
})

test('charges of one offence are one: the sentenced charge takes the remand of the one that was replaced', () => {
  const old = charge(1, undefined, [event('2022-01-01', 'start')], { offence: 'X' })
  const later = charge(2, '2022-02-01', [event('2022-02-01', 'stop', sentenced)], { offence: 'X' })
  const { remand } = credited(given([old, later]))
  assert.deepEqual(
    remand.map(({ charges }) => charges),
    [[2]],
  )
})

test('what is not sentenced is told apart and credited to nobody', () => {
  const stop = event('2022-01-10', 'stop', { isFinal: true })
  const facts = given([
    charge(1, undefined, [event('2022-01-01', 'start'), stop], { isConcluded: true }),
    charge(2, undefined, [event('2022-01-02', 'start'), stop]),
    charge(3, '2022-01-10', [event('2022-01-03', 'start'), event('2022-01-10', 'stop', sentenced)], { isTerm: true }),
  ])
  const { remand, credits } = credited(facts)
  assert.deepEqual(
    remand.map(({ status }) => status),
    ['not-sentenced', 'case-not-concluded', 'not-applicable-to-term'],
  )
  assert.deepEqual(credits, [])
})

test('unclosed remand, and a start on the day of sentence, are findings and no days', () => {
  const { remand, findings } = credited(
    given([
      charge(1, undefined, [event('2022-01-01', 'start')]),
      charge(2, '2022-02-01', [event('2022-02-01', 'start')], { result: 'Recall to Prison' }),
    ]),
  )
  assert.deepEqual(remand, [])
  assert.deepEqual(
    findings.map(({ code, charge: id }) => [code, id]),
    [
      ['remand-not-closed', 1],
      ['start-on-sentence-day', 2],
      ['recall-without-event', 2],
    ],
  )
})

const overlapping = given(
  [
    charge(1, '2022-02-01', [event('2022-02-01', 'stop', sentenced)]),
    charge(2, '2022-05-01', [event('2022-01-20', 'start'), event('2022-05-01', 'stop', sentenced)]),
  ],
  { releases: [{ at: '2022-02-01', release: '2022-03-10' }] },
)

test('days of a served sentence are no remand', () => {
  const { remand, credits } = credited(overlapping)
  assert.deepEqual(spans(remand), ['2022-01-20 2022-04-30 101'])
  assert.deepEqual(spans(credits), ['2022-01-20 2022-01-31 12', '2022-03-11 2022-04-30 51'])
})

test('released on the day of sentence: remand goes on to count', () => {
  const facts = { ...overlapping, releases: [{ at: '2022-02-01', release: '2022-02-01' }] }
  assert.deepEqual(spans(credited(facts).credits), ['2022-01-20 2022-04-30 101'])
})

test('of two releases on one day of calculation the later one counts', () => {
  const facts = { ...overlapping, releases: [...overlapping.releases, { at: '2022-02-01', release: '2022-02-15' }] }
  assert.deepEqual(credited(facts).credits, credited(overlapping).credits)
})

test('days that an earlier sentence took are not taken twice', () => {
  const facts = given(
    [
      charge(1, '2022-02-01', [event('2022-01-10', 'start'), event('2022-02-01', 'stop', sentenced)]),
      charge(2, '2022-05-01', [event('2022-01-01', 'start'), event('2022-05-01', 'stop', sentenced)]),
    ],
    { releases: [{ at: '2022-02-01', release: '2022-02-01' }], inForce: [2] },
  )
  const { credits } = credited(facts)
  assert.deepEqual(spans(credits), ['2022-01-10 2022-01-31 22', '2022-01-01 2022-01-09 9', '2022-02-01 2022-04-30 89'])
  assert.deepEqual(
    credits.map(({ status }) => status),
    ['inactive', 'active', 'active'],
  )
})

test('remand chosen for another charge counts there', () => {
  const facts = given(
    [
      charge(1, undefined, [event('2022-01-01', 'start'), event('2022-01-10', 'stop')]),
      charge(2, '2022-05-01', [event('2022-05-01', 'stop', sentenced)]),
    ],
    { choices: [{ charges: [1], target: 2 }] },
  )
  assert.deepEqual(
    credited(facts).remand.map(({ charges, status }) => [charges, status]),
    [[[2], 'applicable']],
  )
  assert.deepEqual(refusedFor({ ...facts, choices: [{ charges: [1], target: 1 }] }), [['choice-without-sentence', '1']])
})

test('refused: a release that nobody knows, days out of prison, dates that cannot be, nothing left, unclear charges', () => {
  assert.deepEqual(refusedFor({ ...overlapping, releases: [] }), [['release-date-missing', '1']])
  const movements = [
    { date: '2022-04-01', isRelease: true },
    { date: '2022-04-10', isRelease: false },
  ]
  assert.deepEqual(refusedFor({ ...overlapping, movements }), [['remand-out-of-prison', '2']])
  const late = charge(1, '2022-01-05', [event('2022-01-01', 'start'), event('2022-02-01', 'stop', sentenced)])
  assert.ok(refusedFor(given([late])).some(([code]) => code === 'stop-after-sentence'))
  assert.deepEqual(refusedFor(given([{ ...late, offenceDate: '2022-02-30' }])), [['date-not-valid', '1']])
  const covered = { ...overlapping, releases: [{ at: '2022-02-01', release: '2022-06-01' }] }
  const inside = charge(2, '2022-05-01', [event('2022-02-10', 'start'), event('2022-05-01', 'stop', sentenced)])
  const [first] = covered.charges
  assert.deepEqual(refusedFor({ ...covered, charges: first ? [first, inside] : [] }), [['nothing-credited', '2']])
  const younger = { ...inside, id: 3, offence: 'Y', offenceDate: '2022-03-20' }
  const both = { ...overlapping, charges: [...overlapping.charges, younger] }
  assert.ok(refusedFor(both).some(([code]) => code === 'charges-unclear'))
})

test('every figure has its step, the steps replay on both calendars, and say what they did in both languages', () => {
  const { steps, credits, remand } = credited(overlapping)
  for (const each of [...credits, ...remand]) assert.equal(steps[each.step - 1]?.value, each.days)
  for (const calendar of [dayNumbers, temporalCalendar]) {
    assert.deepEqual(
      replaySteps(calendar, steps),
      steps.map(({ value }) => value),
    )
  }
  const words = stepsInWords(dayNumbers, steps, remandCredit)
  assert.ok(words.some(({ says }) => says.en.includes('counted again from 2022-03-11')))
  assert.ok(words.every(({ says }) => says.es.length > 0))
})

test('properties: each day once, none that was served, one more day of remand is never fewer days of credit', () => {
  const base = dayOf(dayNumbers, '2022-01-01')
  const iso = (day: number) => dayNumbers.toIso(base + day)
  const spell = fc.tuple(fc.nat(300), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 0, max: 40 }))
  fc.assert(
    fc.property(fc.array(spell, { minLength: 1, maxLength: 4 }), fc.nat(80), (spells, served) => {
      const build = (earlier: number) =>
        given(
          spells.map(([from, length, later], index) =>
            charge(index + 1, iso(from + length + later), [
              event(iso(from - earlier), 'start'),
              event(iso(from + length), 'stop', later === 0 ? sentenced : {}),
            ]),
          ),
          {
            releases: spells.map(([from, length, later]) => ({
              at: iso(from + length + later),
              release: iso(from + length + later + served),
            })),
          },
        )
      const [outcome, longer] = [0, 1].map((earlier) => remandCredit.compute(build(earlier), dayNumbers))
      if (outcome?.kind !== 'credited') return
      const intervals = outcome.credits.map(({ from, to }) => ({
        from: dayOf(dayNumbers, from),
        to: dayOf(dayNumbers, to),
      }))
      const sum = outcome.credits.reduce((days, credit) => days + credit.days, 0)
      assert.equal(countDays(intervals), sum)
      for (const { at, release } of build(0).releases) {
        if (served === 0) continue
        for (const { from, to } of outcome.credits) assert.ok(to < at || from > release)
      }
      if (longer?.kind === 'credited') assert.ok(longer.credits.reduce((days, credit) => days + credit.days, 0) >= sum)
    }),
    { numRuns: 500 },
  )
})

const vector = (more: object) => ({
  id: 'own-1',
  stratum: 'clock-only',
  input: {
    prisonerId: 'P1',
    chargesAndEvents: [
      {
        charge: {
          chargeId: 1,
          offence: { code: 'X' },
          offenceDate: '2020-01-01',
          bookingId: 7,
          sentenceSequence: 3,
          sentenceDate: '2022-02-01',
        },
        dates: [
          { date: '2022-01-01', type: 'START' },
          { date: '2022-02-01', type: 'STOP', final: true, isCustodial: true },
        ],
      },
    ],
  },
  options: null,
  releaseDates: [],
  expected: {
    chargeRemand: [{ from: '2022-01-01', to: '2022-01-31', days: 31, status: 'INACTIVE' }],
    adjustments: [
      {
        bookingId: 7,
        sentenceSequence: 3,
        person: 'P1',
        adjustmentType: 'REMAND',
        fromDate: '2022-01-01',
        toDate: '2022-01-31',
        remand: { chargeId: [1] },
        status: 'INACTIVE',
      },
    ],
  },
  ...more,
})

test('the runner tells exact, refused, wrong and skipped apart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'remand-'))
  const own = join(folder, 'own.jsonl')
  const unreleased = { releaseDates: [{ calculateAt: '2022-01-01', release: '2022-01-05', unusedDeductions: 4 }] }
  const lines = [
    vector({}),
    vector({ ...unreleased }),
    vector({ expected: {} }),
    vector({ stratum: 'error', options: { unheardOf: true }, expected: { error: 'x' } }),
    vector({ stratum: 'error', expected: { error: 'x' } }),
    'no vector',
  ]
  await writeFile(own, lines.map((line) => JSON.stringify(line)).join('\n'))
  const { strata, problems, ...sums } = await remandConformance(own)
  await rm(folder, { recursive: true })
  assert.deepEqual(strata['clock-only'], { exact: 1, refused: 1, wrong: 1, skipped: 0 })
  assert.deepEqual(strata.error, { exact: 0, refused: 0, wrong: 1, skipped: 1 })
  assert.deepEqual(strata.malformed, { exact: 0, refused: 0, wrong: 1, skipped: 0 })
  assert.deepEqual(sums, { exact: 1, refused: 1, wrong: 3, skipped: 1 })
  assert.ok(problems.some((problem) => problem.includes('releaseDates.0 not understood')))
})

if (hasShared) {
  test('shared/data/remand: clock-only all exact, at least 80 % with overlap, none wrong, errors refused', async () => {
    const { strata, wrong, problems } = await remandConformance(file)
    assert.equal(wrong, 0, problems.join('\n'))
    const share = (name: string) => {
      const { exact, refused } = strata[name] ?? { exact: 0, refused: 1 }
      return exact / (exact + refused)
    }
    assert.equal(share('clock-only'), 1)
    assert.ok(share('overlap') >= 0.8, problems.join('\n'))
    assert.deepEqual(strata.error, { exact: 0, refused: 0, wrong: 0, skipped: 1 })
  })
}
