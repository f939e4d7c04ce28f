/** Our own worked cases: each figure counted by hand from the rule that the test names. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayNumbers } from '../kernel/calendar.ts'
import { replaySteps } from '../kernel/steps.ts'
import { stepsInWords } from '../kernel/texts.ts'
import { adjustment, caseOf, datesOf, day, sentence } from './gb-eaw.testing.ts'
import { lawAt40, lawAtHalf, lawInForce, lawOfProgression } from './law.ts'
import { gbEaw, unitDates } from './pack.ts'

test('two years: half of 730 days, curfew 180 days before, no supervision', () => {
  // 2019-05-14 to 2021-05-13 is 731 days (2020 is a leap year), half is 366: the last in custody is 2020-05-13.
  assert.deepEqual(datesOf(caseOf([sentence('a', '2019-05-14', { years: 2 })])), {
    CRD: '2020-05-13',
    SLED: '2021-05-13',
    ESED: '2021-05-13',
    HDCED: '2019-11-16',
  })
})

test('a short sentence for an old offence has no licence, for a later one licence and supervision', () => {
  const short = (offenceOn: string) => datesOf(caseOf([sentence('a', '2018-01-10', { months: 4 }, { offenceOn })]))
  // 2018-01-10 to 2018-05-09 is 120 days, half is 60: 2018-03-10. Curfew after half of those.
  assert.deepEqual(short('2014-06-01'), {
    ARD: '2018-03-10',
    SED: '2018-05-09',
    ESED: '2018-05-09',
    HDCED: '2018-02-09',
  })
  assert.deepEqual(short('2015-02-01'), {
    CRD: '2018-03-10',
    SLED: '2018-05-09',
    ESED: '2018-05-09',
    HDCED: '2018-02-09',
    TUSED: '2019-03-10',
  })
})

test('one day, and less than a year before the age of eighteen, are released without licence', () => {
  assert.deepEqual(datesOf(caseOf([sentence('a', '2018-01-10', { days: 1 })])), {
    ARD: '2018-01-10',
    SED: '2018-01-10',
    ESED: '2018-01-10',
  })
  const young = datesOf(caseOf([sentence('a', '2018-01-10', { months: 4 })], { bornOn: day('2001-01-01') }))
  assert.equal(young.ARD, '2018-03-10')
  assert.equal(young.TUSED, undefined)
})

test('remand moves release and expiry, additional days only release, days at large both', () => {
  const two = [sentence('a', '2019-05-14', { years: 2 })]
  const moved = datesOf(
    caseOf(two, {
      adjustments: [
        adjustment('remand', 10, '2019-05-14'),
        adjustment('unlawfully-at-large', 5, '2019-08-01'),
        adjustment('added', 7, '2019-09-01'),
        adjustment('restored', 3, '2019-10-01'),
      ],
    }),
  )
  assert.equal(moved.CRD, '2020-05-12')
  assert.equal(moved.SLED, '2021-05-08')
  assert.equal(moved.ESED, '2021-05-13')
})

test('credit beyond the part in custody releases on the day of sentence; beyond the sentence it is refused', () => {
  const given = (days: number) =>
    datesOf(
      caseOf([sentence('a', '2018-01-10', { months: 4 })], { adjustments: [adjustment('remand', days, '2018-01-10')] }),
    )
  assert.equal(given(90).CRD, '2018-01-10')
  assert.equal(given(121).refused, 'credit-longer-than-sentence')
})

test('a sentence that credit uses up lets go on the day it is imposed, not on an earlier day', () => {
  const sentences = [sentence('a', '2018-01-10', { months: 8 }), sentence('b', '2018-01-10', { weeks: 2 })]
  const given = caseOf(sentences, { adjustments: [adjustment('remand', 30, '2018-01-10')] })
  // a: 243 days, half 122, to 2018-05-11, less 30. b is 14 days, used up by the same 30.
  assert.equal(datesOf(given).CRD, '2018-04-11')
  const [, used] = unitDates(given, dayNumbers, lawAtHalf)
  assert.equal(used?.release.adjusted, '2018-01-10')
})

test('a sentence imposed after release opens a new group, which the credit of the first does not reach', () => {
  const second = datesOf(
    caseOf([sentence('a', '2018-01-10', { months: 4 }), sentence('b', '2018-06-20', { months: 4 })], {
      adjustments: [adjustment('remand', 10, '2018-01-10')],
    }),
  )
  // 2018-06-20 to 2018-10-19 is 122 days, half 61: 2018-08-19.
  assert.equal(second.CRD, '2018-08-19')
  assert.equal(second.SLED, '2018-10-19')
})

test('additional days already served do not count again for a sentence that comes while they run', () => {
  const sentences = [sentence('a', '2018-01-10', { months: 4 }), sentence('b', '2018-03-14', { months: 4 })]
  const given = datesOf(caseOf(sentences, { adjustments: [adjustment('added', 10, '2018-02-01')] }))
  // Without them a lets go on 10 March; 11, 12 and 13 March are served, so 7 of 10 count for b: 13 May + 7.
  // b: 2018-03-14 to 2018-07-13 is 122 days, half 61: 2018-05-13.
  assert.equal(given.CRD, '2018-05-20')
})

test('two fifths: at once from the day of the scheme, before it from the tranche, never before that day', () => {
  const at = (sentencedOn: string, years: number) =>
    datesOf(caseOf([sentence('a', sentencedOn, { years })]), lawAt40).CRD
  // 2024-09-10 to 2026-09-09: 730 days, two fifths 292: 2025-06-28.
  assert.equal(at('2024-09-10', 2), '2025-06-28')
  // 2023-09-01 to 2025-08-31: 731 days; half is 2024-08-31, before the scheme: nothing changes.
  assert.equal(at('2023-09-01', 2), '2024-08-31')
  // 2023-10-02: half is 2024-10-01, two fifths (293 days) 2024-07-20: on the day of the tranche.
  assert.equal(at('2023-10-02', 2), '2024-09-10')
  // Five years belong to the second tranche: 1826 days from 2022-08-01, two fifths 731: 2024-07-31.
  assert.equal(at('2022-08-01', 5), '2024-10-22')
  // Shut out: half.
  const shut = caseOf([sentence('a', '2024-09-10', { years: 2 }, { exclusions: ['SEXUAL'] })])
  assert.equal(datesOf(shut, lawAt40).CRD, '2025-09-09')
})

test('a release on curfew before the tranche is not changed by it; an absence of another kind is left open', () => {
  const out = (reason: string) =>
    datesOf(
      caseOf([sentence('a', '2023-10-02', { years: 2 })], {
        movements: [{ direction: 'out', on: day('2024-06-01'), reason }],
      }),
      lawAt40,
    ).CRD
  assert.equal(out('HDC'), '2024-10-01')
  assert.equal(out('HOSPITAL'), undefined)
})

test('extended: automatic at two thirds, or from two thirds by the Board; special likewise', () => {
  const extension = { years: 2, months: 0, weeks: 0, days: 0 }
  const eds = (automaticRelease: boolean) =>
    datesOf(caseOf([sentence('a', '2014-03-04', { years: 3 }, { kind: 'eds', extension, automaticRelease })]))
  // 2014-03-04 to 2017-03-03: 1096 days, two thirds 730.67, so 731: 2016-03-03.
  assert.deepEqual(eds(true), { CRD: '2016-03-03', SLED: '2019-03-03', ESED: '2019-03-03' })
  assert.deepEqual(eds(false), { CRD: '2017-03-03', SLED: '2019-03-03', ESED: '2019-03-03', PED: '2016-03-03' })
  const sopc = (on: string) =>
    datesOf(caseOf([sentence('a', on, { years: 3 }, { kind: 'sopc', extension: { ...extension, years: 1 } })]))
  // Half of 1096 is 548: 2023-08-31; from 28 June 2022 two thirds.
  assert.equal(sopc('2022-03-02').PED, '2023-08-31')
  assert.equal(sopc('2022-06-28').PED, '2024-06-27')
})

test('what does not fit is refused, with every reason', () => {
  const codes = (...args: Parameters<typeof caseOf>) =>
    gbEaw(lawAt40)
      .accepts(caseOf(...args), dayNumbers)
      .map((each) => each.code)
  assert.deepEqual(codes([]), ['no-sentence'])
  assert.deepEqual(codes([sentence('a', '2020-01-01', {})]), ['no-term'])
  assert.deepEqual(codes([sentence('a', '2020-01-01', { years: 1 }, { after: 'b' })]), ['chain-broken'])
  assert.deepEqual(
    codes([
      sentence('a', '2020-01-01', { years: 1 }, { after: 'b' }),
      sentence('b', '2020-01-01', { years: 1 }, { after: 'a' }),
    ]),
    ['chain-circular', 'chain-circular'],
  )
  assert.deepEqual(codes([sentence('a', '2020-01-01', { years: 1 }, { kind: 'eds' })]), ['extension-not-lawful'])
  assert.deepEqual(
    codes([sentence('a', '2024-02-06', { years: 1 }, { offenceCode: 'SX03220', exclusions: ['SEXUAL'] })]),
    ['order-breach-unclear'],
  )
  assert.deepEqual(
    codes([sentence('a', '2020-06-01', { years: 1 })], {
      adjustments: [
        adjustment('remand', 10, '2020-06-01', { first: day('2020-05-01'), last: day('2020-05-10') }),
        adjustment('remand', 5, '2020-06-01', { first: day('2020-05-10'), last: day('2020-05-14') }),
      ],
    }),
    ['credit-overlaps'],
  )
  assert.deepEqual(codes([sentence('a', '2020-01-01', { years: 1 }, { exclusions: ['NEW_CODE'] })]), [
    'exclusion-unknown',
  ])
  assert.equal(
    datesOf(
      caseOf([sentence('a', '2020-06-01', { years: 2 })], {
        adjustments: [adjustment('remand', 10, '2020-06-01', { first: day('2020-07-01'), last: day('2020-07-10') })],
      }),
    ).refused,
    'credit-in-sentence',
  )
  assert.match(datesOf(caseOf([sentence('a', '2026-11-01', { years: 1 })]), lawOfProgression).refused ?? '', /./)
})

test('every step has words in both languages and its source, and replays', () => {
  const given = caseOf(
    [
      sentence('a', '2023-10-02', { years: 2 }),
      sentence('b', '2023-10-02', { months: 7 }, { after: 'a' }),
      sentence('c', '2024-01-05', { years: 4 }, { kind: 'eds', extension: { years: 1, months: 0, weeks: 0, days: 0 } }),
    ],
    {
      adjustments: [adjustment('remand', 12, '2023-10-02'), adjustment('added', 9, '2024-02-01')],
      wantsRemovalDate: true,
    },
  )
  const pack = gbEaw(lawAt40)
  const outcome = pack.compute(given, dayNumbers)
  assert.equal(outcome.kind, 'dated')
  if (outcome.kind !== 'dated') return
  assert.equal(outcome.refused.ERSED?.code, 'removal-unclear')
  assert.deepEqual(
    replaySteps(dayNumbers, outcome.steps),
    outcome.steps.map((step) => step.value),
  )
  const words = stepsInWords(dayNumbers, outcome.steps, pack)
  assert.equal(words.length, outcome.steps.length)
  assert.ok(words.every(({ says }) => says.en !== says.es && !/[{}]/.test(says.en + says.es)))
})

test('each unit before and after adjustment', () => {
  const given = caseOf([sentence('a', '2019-05-14', { years: 2 })], {
    adjustments: [adjustment('remand', 10, '2019-05-14')],
  })
  assert.deepEqual(unitDates(given, dayNumbers, lawAtHalf), [
    {
      sentences: ['a'],
      naming: 'licence',
      days: 731,
      release: { unadjusted: '2020-05-13', adjusted: '2020-05-03' },
      expiry: { unadjusted: '2021-05-13', adjusted: '2021-05-03' },
      notBefore: undefined,
    },
  ])
})

test('where a law in force is not covered, nobody whose release it may decide is dated', () => {
  const refused = { refused: 'law-not-covered' }
  const over = caseOf([sentence('a', '2025-01-10', { years: 2 })])
  assert.deepEqual(datesOf(over, lawInForce), datesOf(over, lawAt40), 'let go before it commenced')
  assert.deepEqual(datesOf(caseOf([sentence('a', '2025-01-10', { years: 6 })]), lawInForce), refused)
  assert.deepEqual(datesOf(caseOf([sentence('a', '2026-10-01', { months: 2 })]), lawInForce), refused)
  // The last day in custody is the one before the law: 2 years from 2025-12-13 are 730 days, two fifths 292.
  assert.equal(datesOf(caseOf([sentence('a', '2025-12-13', { years: 2 })]), lawInForce).CRD, '2026-09-30')
  assert.deepEqual(datesOf(caseOf([sentence('a', '2025-12-14', { years: 2 })]), lawInForce), refused)
})
