import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { admit, depart, recapture, recordHealth } from '../custody/acts.ts'
import { makeCorrection, makeEntry, makeWithdrawal, testId, testZone } from '../custody/testing.ts'
import type { Entry } from '../kernel/act.ts'
import { earliestOf, microsOf } from '../kernel/time.ts'
import { endOrder, receiveOrder, recordOrder, verifyOrder } from '../law/acts.ts'
import { describePerson } from '../people/acts.ts'
import { effective } from '../record/effective.ts'
import { answerPetition, informPerson, notifyConsul, notifyFamily, receivePetition, recordHearing } from './acts.ts'
import { type Duty, dutiesOfCustody } from './duties.ts'
import { owners } from './owners.ts'
import { dutyRules, findDutyRule } from './packs/index.ts'
import { custodyDuties } from './project.ts'

const ADMITTED = '2026-01-05T15:00:00Z'
const authority = (state: string) => ({ name: `Autoridad ${state}`, state })
const day = (date: string) => ({ date, zone: testZone, inclusive: true })

type Options = { at?: string; precision?: Entry['occurredAt']['precision']; n?: number }

const paper = (name: string, kind: string, from: string, fields: object = {}) => ({
  order: testId('order', name),
  kind,
  issuer: authority('SV'),
  from: day(from),
  until: 'open',
  ...fields,
})

/** A national of El Salvador, arrested at the moment of admission, without any order; `change` replaces fields. */
function admitted(change: Record<string, object> = {}, { at = ADMITTED, precision = 'second', n = 1 }: Options = {}) {
  const data = {
    person: { identity: { nationalities: [{ state: 'SV', standing: 'stated' }] }, ...change.person },
    legal: { orders: [], ordersStated: true, authorities: { runs: authority('SV') }, ...change.legal },
    health: { ...change.health },
    medical: {},
    staff: {},
    act: { manner: 'arrest', ...change.act },
  }
  return makeEntry(admit, data, { n, at, precision })
}

const dutyOf = (entries: readonly Entry[], rule: string, item = ''): Duty | undefined =>
  dutiesOfCustody(effective(entries)).find((duty) => duty.rule === rule && duty.item === item)

/** `due`, and how it was settled. */
const shown = (duty: Duty | undefined) =>
  duty && [duty.due, duty.settled ? `${duty.settled.as} ${duty.settled.at}` : 'open']

const inform = (of: string[], at: string, n = 2, fields: object = {}, legal: object = {}) =>
  makeEntry(informPerson, { act: { of, ...fields }, legal }, { n, at })
const hearing = (of: string, mode: string, at: string, n = 2) =>
  makeEntry(recordHearing, { legal: { court: authority('SV'), of, mode } }, { n, at })
const order = (given: object, at: string, n = 2) => makeEntry(recordOrder, { legal: { order: given } }, { n, at })
const left = (as: string, at: string, n = 9) => makeEntry(depart, { legal: { as } }, { n, at })

describe('the catalogue', () => {
  for (const rule of dutyRules) {
    test(`${rule.id} ends with somebody outside, and says where its figure comes from`, () => {
      const last = rule.steps.at(-1)
      assert.ok(last, 'give it steps: what nobody escalates is forgotten')
      assert.ok(owners[last.to].outside, `the last step of ${rule.id} is ${last.to}, who is of the facility`)
      const hours = rule.steps.map(({ afterHours }) => afterHours)
      assert.deepEqual(
        hours,
        [...hours].sort((a, b) => a - b),
      )
      assert.ok(rule.citation.length > 0)
      for (const words of [rule.says, rule.term]) assert.ok(words.en !== '' && words.es !== '' && words.en !== words.es)
      assert.ok(rule.acts.length > 0 || rule.byWord, 'something must be able to settle it')
    })
  }

  test('every id stands once, and a duty of a critical rule is not settled by the word of the facility', () => {
    assert.equal(new Set(dutyRules.map(({ id }) => id)).size, dutyRules.length)
    assert.deepEqual(
      dutyRules.filter(({ severity, byWord }) => severity === 'S1' && byWord).map(({ id }) => id),
      [],
    )
  })

  test('note.add and presence.record look at no duty', () => {
    assert.ok(!custodyDuties.kinds.includes('note.add'))
    assert.ok(!custodyDuties.kinds.includes('presence.record'))
  })
})

describe('where a clock begins', () => {
  test('at the earliest instant that the precision allows', () => {
    const at = '2026-01-05T15:47:31Z'
    const of = (precision: Entry['occurredAt']['precision'], zone = testZone) => earliestOf({ at, precision, zone })
    assert.equal(of('second'), '2026-01-05T15:47:31Z')
    assert.equal(of('minute'), '2026-01-05T15:47:00Z')
    assert.equal(of('hour'), '2026-01-05T15:00:00Z')
    assert.equal(of('hour', 'Asia/Kolkata'), '2026-01-05T15:30:00Z')
    assert.equal(of('day'), '2026-01-05T06:00:00Z')
    assert.equal(
      earliestOf({ at: '2026-01-05T15:47:31.25Z', precision: 'second', zone: testZone }),
      '2026-01-05T15:47:31Z',
    )
  })

  test('admitted that day: the 24 hours of the examination run from its midnight there', () => {
    assert.equal(dutyOf([admitted({}, { precision: 'day' })], 'HEL-01')?.due, '2026-01-06T06:00:00Z')
  })
})

describe('what is owed to everybody', () => {
  test('the reasons: by what was said at admission or later', () => {
    assert.deepEqual(shown(dutyOf([admitted()], 'LAW-04')), ['2026-01-05T16:00:00Z', 'open'])
    const late = inform(['reasons'], '2026-01-07T00:00:00Z')
    assert.deepEqual(shown(dutyOf([admitted(), late], 'LAW-04')), ['2026-01-05T16:00:00Z', 'done 2026-01-07T00:00:00Z'])
    const atOnce = admitted({ act: { manner: 'arrest', informed: { of: ['reasons'] } } })
    assert.equal(dutyOf([atOnce], 'LAW-04')?.settled?.at, ADMITTED)
    assert.equal(dutyOf([admitted(), inform(['rights'], ADMITTED)], 'LAW-04')?.settled, undefined)
  })

  test('a judge, in person, within 48 hours of the arrest: a screen is not enough, a decision is', () => {
    const arrested = { at: { at: '2026-01-04T10:30:00Z', precision: 'hour', zone: testZone } }
    const from = admitted({ legal: { orders: [], ordersStated: true, deprivation: arrested } })
    assert.deepEqual(shown(dutyOf([from], 'LAW-05')), ['2026-01-06T10:00:00Z', 'open'])
    const screen = hearing('first-appearance', 'video', '2026-01-05T20:00:00Z')
    assert.equal(dutyOf([from, screen], 'LAW-05')?.settled, undefined)
    const body = hearing('first-appearance', 'in-person', '2026-01-06T20:00:00Z', 3)
    assert.equal(dutyOf([from, screen, body], 'LAW-05')?.settled?.at, '2026-01-06T20:00:00Z')
    const decided = order(paper('a', 'remand', '2026-01-06'), '2026-01-06T15:00:00Z')
    assert.equal(dutyOf([from, decided], 'LAW-05')?.settled?.at, '2026-01-06T06:00:00Z')
    const warrant = order(paper('a', 'arrest', '2026-01-06'), '2026-01-06T15:00:00Z')
    assert.equal(dutyOf([from, warrant], 'LAW-05')?.settled, undefined)
  })

  test('what was told by telephone is no decision until the paper comes, nor is a paper that is not authentic', () => {
    const told = order(paper('a', 'remand', '2026-01-06', { provisional: true }), '2026-01-06T02:10:00Z')
    assert.equal(dutyOf([admitted(), told], 'LAW-05')?.settled, undefined)
    const came = makeEntry(
      receiveOrder,
      { legal: { order: testId('order', 'a') } },
      { n: 3, at: '2026-01-06T15:00:00Z' },
    )
    assert.equal(dutyOf([admitted(), told, came], 'LAW-05')?.settled?.as, 'done')
    const legal = { order: testId('order', 'a'), against: 'issuer-called-back', by: 'clerk', result: 'not-authentic' }
    const looked = makeEntry(verifyOrder, { legal }, { n: 4, at: '2026-01-07T15:00:00Z' })
    assert.equal(dutyOf([admitted(), told, came, looked], 'LAW-05')?.settled, undefined)
  })

  test('handed over under a decision of a judge: the first appearance was owed elsewhere', () => {
    const orders = [paper('a', 'sentence', '2025-06-01')]
    const handed = (manner: string) => admitted({ legal: { orders, ordersStated: true }, act: { manner } })
    assert.equal(dutyOf([handed('transfer')], 'LAW-05'), undefined)
    assert.ok(dutyOf([handed('arrest')], 'LAW-05'))
    assert.ok(dutyOf([admitted({ act: { manner: 'transfer' } })], 'LAW-05'), 'nobody shows a decision')
    const immigration = { orders: [paper('a', 'immigration', '2026-01-01')], ordersStated: true }
    assert.equal(dutyOf([admitted({ legal: immigration })], 'LAW-05'), undefined, 'no criminal charge')
  })

  test('where the source does not say its orders, nobody knows whether a judge has seen the person', () => {
    assert.equal(dutyOf([admitted({ legal: { orders: [], ordersStated: false } })], 'LAW-05')?.unknown, 'orders')
    assert.equal(dutyOf([admitted()], 'LAW-05')?.unknown, undefined)
  })

  test('consular rights: owed to a foreigner, to the stateless, and to whoever has no nationality on file', () => {
    const of = (nationalities: object[] | undefined) =>
      dutyOf([admitted({ person: { identity: { ...(nationalities && { nationalities }) } } })], 'CON-01')
    const state = (code: string) => ({ state: code, standing: 'stated' })
    assert.equal(of([state('SV')]), undefined)
    assert.deepEqual(shown(of([state('VE')])), ['2026-01-06T15:00:00Z', 'open'])
    assert.ok(of([state('SV'), state('VE')]), 'one of two is foreign')
    assert.ok(of([]), 'stateless')
    assert.equal(of(undefined)?.unknown, 'nationality')
    const nobody = { legal: { orders: [], ordersStated: true, authorities: {} } }
    assert.equal(dutyOf([admitted(nobody)], 'CON-01')?.unknown, 'country')
    const found = makeEntry(
      describePerson,
      { person: { identity: { nationalities: [state('SV')] } } },
      { n: 2, at: ADMITTED },
    )
    assert.equal(dutyOf([admitted({ person: { identity: {} } }), found], 'CON-01'), undefined)
  })

  test('the consulate is told when the person asks, and never against the will', () => {
    const person = { identity: { nationalities: [{ state: 'VE', standing: 'stated' }] } }
    const asks = inform(['consular'], '2026-01-05T18:00:00Z', 2, {}, { consul: 'asks' })
    const entries = [admitted({ person }), asks]
    assert.equal(dutyOf(entries, 'CON-01')?.settled?.as, 'done')
    assert.deepEqual(shown(dutyOf(entries, 'CON-02')), ['2026-01-06T18:00:00Z', 'open'])
    const told = makeEntry(notifyConsul, { legal: { state: 'VE' } }, { n: 3, at: '2026-01-06T10:00:00Z' })
    assert.equal(dutyOf([...entries, told], 'CON-02')?.settled?.as, 'done')
    const declines = inform(['consular'], '2026-01-05T19:00:00Z', 4, {}, { consul: 'declines' })
    assert.equal(dutyOf([...entries, declines], 'CON-02'), undefined)
  })

  test('the family: after admission and after a transfer, and only when somebody was reached', () => {
    const tell = (of: string, reached: boolean, at: string, n: number) =>
      makeEntry(notifyFamily, { act: { of, reached } }, { n, at })
    const tried = tell('admission', false, '2026-01-05T18:00:00Z', 2)
    assert.equal(dutyOf([admitted(), tried], 'FAM-01')?.settled, undefined)
    const reached = tell('admission', true, '2026-01-05T20:00:00Z', 3)
    assert.equal(dutyOf([admitted(), tried, reached], 'FAM-01')?.settled?.at, '2026-01-05T20:00:00Z')
    const moved = left('transfer', '2026-02-01T12:00:00Z', 4)
    const after = dutyOf([admitted(), reached, moved], 'FAM-01', 'transfer')
    assert.deepEqual(shown(after), ['2026-02-02T12:00:00Z', 'open'])
    assert.equal(dutyOf([admitted(), moved], 'FAM-01')?.settled, undefined, 'the family is still owed word of it')
  })

  test('the examination: shown by the health staff, at admission or after, never before', () => {
    const at = (instant: string, precision = 'minute') => ({ at: instant, precision, zone: testZone })
    const examined = (when: object) =>
      makeEntry(recordHealth, { health: { examined: when }, medical: {} }, { n: 2, at: ADMITTED })
    const settled = (when: object) => dutyOf([admitted(), examined(when)], 'HEL-01')?.settled?.at
    assert.equal(settled(at('2026-01-05T17:00:00Z')), '2026-01-05T17:00:00Z')
    assert.equal(settled(at('2026-01-04T17:00:00Z')), undefined)
    assert.ok(settled(at('2026-01-05T06:00:00Z', 'day')), 'that day may be after three')
    const atOnce = admitted({ health: { examined: at(ADMITTED) } })
    assert.equal(dutyOf([atOnce], 'HEL-01')?.settled?.as, 'done')
    assert.equal(dutyOf([admitted(), left('release', '2026-01-05T17:00:00Z')], 'HEL-01')?.settled?.as, 'ended')
  })

  test('rights in a language that is understood', () => {
    const speaks = admitted({ person: { identity: { languages: [{ code: 'kek', ability: 'speaks' }] } } })
    const settled = (fields: object) => dutyOf([speaks, inform(['rights'], ADMITTED, 2, fields)], 'INF-02')?.settled
    assert.equal(settled({ language: 'es' }), undefined)
    assert.ok(settled({ language: 'kek' }))
    assert.ok(settled({ understood: true }))
    assert.equal(settled({ language: 'kek', understood: false }), undefined)
    assert.equal(settled({}), undefined, 'nobody says in which')
    assert.ok(dutyOf([admitted(), inform(['rights'], ADMITTED, 2, { language: 'es' })], 'INF-02')?.settled)
  })

  test('review: counted anew from each decision, each interval a duty of its own, until a judgment', () => {
    const held = admitted({ legal: { orders: [paper('a', 'remand', '2026-01-01')], ordersStated: true } })
    assert.deepEqual(shown(dutyOf([held], 'detention-review')), ['2026-04-01T06:00:00Z', 'open'])
    const review = hearing('review', 'video', '2026-05-01T15:00:00Z', 2)
    const all = (entries: Entry[]) =>
      dutiesOfCustody(entries)
        .filter(({ rule }) => rule === 'detention-review')
        .map(shown)
    assert.deepEqual(all([held, review]), [
      ['2026-04-01T06:00:00Z', 'done 2026-05-01T15:00:00Z'],
      ['2026-07-30T15:00:00Z', 'open'],
    ])
    const judged = order(paper('b', 'sentence', '2026-06-01'), '2026-06-01T15:00:00Z', 3)
    assert.deepEqual(all([held, review, judged]).at(-1), ['2026-07-30T15:00:00Z', 'ended 2026-06-01T06:00:00Z'])
    const convict = admitted({ legal: { orders: [paper('a', 'sentence', '2026-01-01')], ordersStated: true } })
    assert.deepEqual(all([convict]), [])
  })

  test('an order to transfer or to produce is carried out', () => {
    const produce = order(paper('p', 'production', '2026-02-01', { until: day('2026-02-03') }), '2026-02-01T15:00:00Z')
    const of = (entries: Entry[], name: string) => shown(dutyOf(entries, 'order-execution', testId('order', name)))
    assert.deepEqual(of([admitted(), produce], 'p'), ['2026-02-04T06:00:00Z', 'open'])
    const stood = hearing('trial', 'in-person', '2026-02-03T16:00:00Z', 3)
    assert.deepEqual(of([admitted(), produce, stood], 'p'), ['2026-02-04T06:00:00Z', 'done 2026-02-03T16:00:00Z'])
    const transfer = order(paper('t', 'transfer', '2026-02-01'), '2026-02-01T15:00:00Z')
    const gone = left('transfer', '2026-02-05T12:00:00Z')
    assert.deepEqual(of([admitted(), transfer, gone], 't'), ['2026-02-08T06:00:00Z', 'done 2026-02-05T12:00:00Z'])
    const legal = { order: testId('order', 't'), as: 'lifted', from: day('2026-02-03') }
    const lifted = makeEntry(endOrder, { legal }, { n: 5, at: '2026-02-03T12:00:00Z' })
    assert.deepEqual(of([admitted(), transfer, lifted], 't'), ['2026-02-08T06:00:00Z', 'ended 2026-02-03T06:00:00Z'])
  })

  test('a petition waits for its answer, also when the person has left', () => {
    const petition = testId('petition')
    const came = (sort: string) =>
      makeEntry(receivePetition, { legal: { petition, sort, by: 'family' } }, { n: 2, at: '2026-02-01T12:00:00Z' })
    assert.equal(dutyOf([admitted(), came('habeas')], 'LAW-07', petition)?.due, '2026-02-08T12:00:00Z')
    const entries = [admitted(), came('complaint'), left('release', '2026-02-02T12:00:00Z')]
    assert.deepEqual(shown(dutyOf(entries, 'CMP-03', petition)), ['2026-02-15T12:00:00Z', 'open'])
    const answer = makeEntry(
      answerPetition,
      { legal: { petition, as: 'refused' } },
      { n: 10, at: '2026-03-01T12:00:00Z' },
    )
    assert.equal(dutyOf([...entries, answer], 'CMP-03', petition)?.settled?.at, '2026-03-01T12:00:00Z')
  })
})

describe('El Salvador', () => {
  test('the 72 hours to the judge, and the 15 days with every reading: the earliest counts', () => {
    const quiet = admitted({}, { at: '2021-05-03T18:47:00Z' })
    assert.deepEqual(shown(dutyOf([quiet], 'sv-judge')), ['2021-05-06T18:47:00Z', 'open'])
    const suspended = dutyOf([admitted({}, { at: '2022-06-10T16:00:00Z' })], 'sv-judge')
    assert.equal(suspended?.due, '2022-06-25T06:00:00Z')
    assert.equal(suspended?.readings?.length, 3)
    const elsewhere = { legal: { orders: [], ordersStated: true, authorities: { runs: authority('GT') } } }
    assert.equal(dutyOf([admitted(elsewhere)], 'sv-judge'), undefined)
    assert.equal(findDutyRule('sv-judge')?.provisional, true)
  })

  test('the inquiry: 72 hours from the judge having the person to an order, or none', () => {
    const before = hearing('first-appearance', 'video', '2026-01-06T15:00:00Z')
    assert.deepEqual(shown(dutyOf([admitted(), before], 'sv-inquiry')), ['2026-01-09T15:00:00Z', 'open'])
    const decided = order(paper('a', 'remand', '2026-01-08'), '2026-01-08T15:00:00Z', 3)
    assert.equal(dutyOf([admitted(), before, decided], 'sv-inquiry')?.settled?.at, '2026-01-08T06:00:00Z')
    assert.equal(
      dutyOf([admitted(), before, left('release', '2026-01-07T15:00:00Z')], 'sv-inquiry')?.settled?.as,
      'ended',
    )
  })

  test('provisional detention: twelve months from the capture are the earliest reading; a judgment ends it', () => {
    const decided = order(paper('a', 'remand', '2026-01-08'), '2026-01-08T15:00:00Z')
    const deprivation = { at: { at: ADMITTED, precision: 'minute', zone: testZone } }
    const arrested = admitted({
      legal: { orders: [], ordersStated: true, authorities: { runs: authority('SV') }, deprivation },
    })
    const duty = dutyOf([arrested, decided], 'sv-provisional')
    assert.equal(duty?.due, '2027-01-05T06:00:00Z')
    assert.equal(duty?.readings?.length, 12)
    assert.equal(duty?.readings?.[0]?.counts, '12-months-from-capture-first-counted')
    const judged = order(paper('b', 'sentence', '2026-06-01'), '2026-06-01T15:00:00Z', 3)
    assert.equal(dutyOf([arrested, decided, judged], 'sv-provisional')?.settled?.at, '2026-06-01T06:00:00Z')
    const foreign = order({ ...paper('a', 'remand', '2026-01-08'), issuer: authority('US') }, ADMITTED)
    assert.equal(dutyOf([admitted(), foreign], 'sv-provisional'), undefined)
  })
})

describe('a sentence of a court of El Salvador', () => {
  const judged = (until: unknown, captured?: string) =>
    admitted({
      legal: {
        orders: [paper('s', 'sentence', '2020-01-01', { until })],
        ordersStated: true,
        authorities: { runs: authority('SV') },
        ...(captured !== undefined && {
          deprivation: { at: { at: captured, precision: 'minute', zone: testZone } },
        }),
      },
    })
  const of = (entries: Entry[], rule: string) => dutyOf(entries, rule, testId('order', 's'))

  test('half and two thirds: every way to count stands there, the earliest is when it is due', () => {
    // Ten days: half is five, the first of them 1 January.
    const ten = judged({ date: '2020-01-10', zone: testZone, inclusive: true })
    assert.equal(of([ten], 'sv-half')?.due, '2020-01-05T06:00:00Z')
    assert.equal(of([ten], 'sv-two-thirds')?.due, '2020-01-06T06:00:00Z')
    assert.equal(of([ten], 'sv-half')?.readings?.length, 4)
    const years = judged({ after: { years: 10 }, from: 'begin', zone: testZone, source: 'CP' })
    assert.equal(of([years], 'sv-half')?.readings?.length, 12)
    // 1,800 days of years of 360, the first counted.
    assert.equal(of([years], 'sv-half')?.due, '2024-12-04T06:00:00Z')
    assert.equal(of([judged('open')], 'sv-half'), undefined, 'no length on the paper')
  })

  test('the time before the judgment counts, in one reading: from the capture', () => {
    const earlier = judged({ date: '2020-12-31', zone: testZone, inclusive: true }, '2019-01-01T12:00:00Z')
    const duty = of([earlier], 'sv-half')
    assert.equal(duty?.readings?.length, 8)
    assert.equal(duty?.readings?.[0]?.counts, 'from-capture-first-counted-down')
    assert.equal(duty?.due, '2020-01-01T06:00:00Z', 'never before the judgment')
  })

  test('a review near the day settles it, one years before does not', () => {
    const ten = judged({ after: { years: 10 }, from: 'begin', zone: testZone, source: 'CP' })
    const review = (at: string) => of([ten, hearing('review', 'video', at)], 'sv-half')?.settled?.as
    assert.equal(review('2021-01-01T12:00:00Z'), undefined)
    assert.equal(review('2024-11-20T12:00:00Z'), 'done')
  })
})

describe('as entries change', () => {
  test('a correction moves what is due and keeps the duty; a withdrawn admission owes nothing', () => {
    const first = admitted({}, { precision: 'minute' })
    const before = dutyOf([first], 'HEL-01')
    const moved = makeCorrection(first, {}, { n: 2, at: '2026-01-04T15:00:00Z' }, true)
    const after = dutyOf([first, moved], 'HEL-01')
    assert.equal(after?.due, '2026-01-05T15:00:00Z')
    assert.equal(after?.duty, before?.duty)
    assert.deepEqual(dutiesOfCustody(effective([first, makeWithdrawal(first, { n: 3, at: ADMITTED })])), [])
  })

  test('what shows it withdrawn, it is owed again', () => {
    const told = inform(['reasons'], ADMITTED)
    const entries = [admitted(), told, makeWithdrawal(told, { n: 3, at: ADMITTED })]
    assert.equal(dutyOf(entries, 'LAW-04')?.settled, undefined)
  })

  test('every section expunged, nothing breaks', () => {
    const entries = [admitted(), inform(['reasons'], ADMITTED), hearing('review', 'video', ADMITTED, 3)]
    const bare = entries.map((entry) => ({ ...entry, sections: {} }))
    assert.ok(dutiesOfCustody(bare).length > 0)
    const custody = testId('custody')
    const again = makeEntry(
      recapture,
      { legal: { ordersStated: true }, health: {}, medical: {}, staff: {}, act: { follows: custody } },
      { n: 4, at: ADMITTED },
    )
    assert.ok(dutiesOfCustody([{ ...again, sections: {} }]).length > 0)
  })

  test('any order of arrival gives the same duties, each id once, none due before it is owed', () => {
    const instant = fc
      .integer({ min: 0, max: 400 })
      .map((hours) => Temporal.Instant.from(ADMITTED).add({ hours }).toString())
    const later = fc.oneof(
      fc.record({ k: fc.constant('inform'), of: fc.constantFrom('reasons', 'rights', 'consular'), at: instant }),
      fc.record({ k: fc.constant('hear'), of: fc.constantFrom('first-appearance', 'review'), at: instant }),
      fc.record({
        k: fc.constant('order'),
        of: fc.constantFrom('remand', 'sentence', 'judicial-detention'),
        at: instant,
      }),
      fc.record({ k: fc.constant('family'), of: fc.constantFrom('admission', 'transfer'), at: instant }),
      fc.record({ k: fc.constant('left'), of: fc.constantFrom('release', 'transfer', 'death'), at: instant }),
    )
    const entryOf = ({ k, of, at }: { k: string; of: string; at: string }, i: number): Entry => {
      const n = i + 2
      if (k === 'inform') return inform([of], at, n, { language: 'es' }, of === 'consular' ? { consul: 'asks' } : {})
      if (k === 'hear') return hearing(of, 'in-person', at, n)
      if (k === 'order') return order(paper(String(n), of, at.slice(0, 10)), at, n)
      if (k === 'family') return makeEntry(notifyFamily, { act: { of, reached: true } }, { n, at })
      return left(of, at, n)
    }
    const sorted = (entries: readonly Entry[]) => effective([...entries])
    fc.assert(
      fc.property(fc.array(later, { maxLength: 8 }), fc.nat(), (facts, turn) => {
        const entries = [admitted(), ...facts.map(entryOf)]
        const shift = turn % entries.length
        const turned = [...entries.slice(shift), ...entries.slice(0, shift)]
        const duties = dutiesOfCustody(sorted(entries))
        assert.deepEqual(dutiesOfCustody(sorted(turned)), duties)
        assert.equal(new Set(duties.map(({ duty }) => duty)).size, duties.length)
        for (const { from, due, settled, rule } of duties) {
          assert.ok(microsOf(from) <= microsOf(due), rule)
          if (settled) assert.ok(microsOf(settled.at) > 0)
        }
      }),
    )
  })
})
