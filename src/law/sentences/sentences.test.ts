import assert from 'node:assert/strict'
import { describe, type TestContext, test } from 'node:test'
import { admit, depart } from '../../custody/acts.ts'
import { room as custody } from '../../custody/room.ts'
import type { Act, ActKind } from '../../kernel/act.ts'
import { derivedId } from '../../kernel/ids.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { seesAll } from '../../kernel/visible.ts'
import { room as people } from '../../people/room.ts'
import { room as places } from '../../places/room.ts'
import { freshDatabase } from '../../platform/testing.ts'
import { correctEntry, withdrawEntry } from '../../record/acts.ts'
import { replay } from '../../record/replay.ts'
import { makeAct, openTestRecord } from '../../record/testing.ts'
import { room as law } from '../room.ts'
import { adjustSentence, checkSentence, enterSentence, reviewLaw, signSentence } from './acts.ts'
import type { Entered, Signed } from './forms.ts'
import { casesAt } from './read.ts'
import { reviewAll, reviewPage } from './review.ts'
import { room } from './room.ts'
import { routes } from './routes.ts'
import { adjustmentId, caseId, computedDates, elsewhere, federal, salvadoran, signatureOf } from './testing.ts'
import { caseView } from './view.ts'

const anna = { officer: derivedId('officer', 'anna'), role: 'registrar' }
const bruno = { officer: derivedId('officer', 'bruno'), role: 'registrar' }
const custodyOf = (name: string) => derivedId('test', 'custody', name)
const about = (name: string) => ({ person: { custody: custodyOf(name) } })
const NOW = '2026-03-10T00:00:00Z'

async function setUp(t: TestContext) {
  const sql = await freshDatabase(t)
  const { record, runner } = openTestRecord(sql, [people, places, custody, law, room])
  await record.keys.begin(sql, record.clock.now())
  t.after(async () => assert.deepEqual((await replay(record, sql)).differences, [], 'register equals replay'))
  let minute = 0
  const act = (kind: ActKind, data: object, actor = anna): Act =>
    makeAct(kind, data, { actor, at: `2026-03-01T12:${String(minute++ % 60).padStart(2, '0')}:00Z` })
  const submit = async (kind: ActKind, data: object, actor = anna) => {
    const outcome = await runner.submit(act(kind, data, actor))
    return isRefusal(outcome) ? { refused: outcome.code, entry: '', n: 0 } : { refused: undefined, ...outcome }
  }
  const held = async (name: string, ...cases: Entered[]) => {
    const admission = {
      person: { custody: custodyOf(name), person: derivedId('test', 'person', name) },
      place: { facility: 'TEC' },
      legal: { orders: [], ordersStated: true },
    }
    const outcome = await runner.submit(makeAct(admit, admission, { at: '2026-01-05T15:00:00Z' }))
    assert.ok(!isRefusal(outcome))
    for (const legal of cases) assert.equal((await submit(enterSentence, { ...about(name), legal })).refused, undefined)
  }
  const viewOf = async (name: string) => {
    const [one] = await casesAt(sql, custodyOf(name), NOW)
    assert.ok(one)
    return caseView(one, { label: () => null, you: anna.officer })
  }
  const sign = async (name: string, legal: Signed, actor = anna) =>
    submit(signSentence, { ...about(name), legal }, actor)
  const rows = (text: string) => sql.rows<Record<string, unknown>>(text)
  const context = { sql, now: NOW, actor: anna, visible: seesAll }
  const ask = async (path: string, params: object, { query = {}, body }: { query?: object; body?: object } = {}) => {
    const route = routes.find(({ contract }) => contract.path === path)
    assert.ok(route, path)
    const input = {
      params,
      query: route.contract.query?.parse(query) ?? {},
      body: body === undefined ? undefined : route.contract.body?.parse(body),
    }
    const answer = await route.handle(input as never, context)
    type Answer = { readonly [key: string]: unknown; readonly code?: string }
    return (isRefusal(answer) ? { code: answer.code } : route.contract.ok.parse(answer)) as Answer
  }
  return { sql, submit, held, viewOf, sign, rows, ask }
}

describe('sentences on the record', () => {
  test('entered, signed, checked by another; a new fact outdates it, another signature stands', async (t) => {
    const { submit, held, viewOf, sign, rows } = await setUp(t)
    await held('a', federal('a'))
    const dates = () =>
      rows(
        `select type, computed, signed, how, checked, state, cause from sentence_date where state <> 'unsigned' order by type`,
      )
    const first = await viewOf('a')
    const signature = await sign('a', signatureOf(first, computedDates(first)))
    assert.equal(signature.refused, undefined)
    const check = { case: caseId('a'), signature: signature.entry, result: 'agrees' }
    const agree = (actor: typeof anna, more = {}) =>
      submit(checkSentence, { ...about('a'), legal: { ...check, ...more } }, actor)
    assert.equal((await agree(anna)).refused, 'second-person-needed')
    assert.equal((await agree(bruno)).refused, undefined)
    assert.deepEqual(
      (await dates()).map(({ type, state, checked }) => [type, state, checked]),
      [
        ['expiry', 'standing', 'agrees'],
        ['full-term', 'standing', 'agrees'],
        ['release', 'standing', 'agrees'],
      ],
    )
    const adjustment = { adjustment: adjustmentId('x'), kind: 'custody', from: '2017-01-01', to: '2017-01-10' }
    await submit(adjustSentence, { ...about('a'), legal: { case: caseId('a'), adjustments: [adjustment] } })
    assert.deepEqual(
      (await dates()).map(({ type, state, cause, computed }) => [type, state, cause, computed]),
      [
        ['expiry', 'outdated', 'facts', '2022-10-25'],
        ['full-term', 'standing', null, '2023-10-07'],
        ['release', 'outdated', 'facts', '2022-01-24'],
      ],
    )
    assert.equal((await agree(bruno)).refused, 'signature-outdated')
    assert.equal((await sign('a', signatureOf(first, computedDates(first)))).refused, 'facts-changed')
    const second = await viewOf('a')
    assert.equal((await sign('a', signatureOf(second, computedDates(second)), bruno)).refused, undefined)
    assert.deepEqual(new Set((await dates()).map(({ state }) => state)), new Set(['standing']))
  })

  test('a correction and a withdrawal of a fact are changes like any other; a withdrawn signature is gone', async (t) => {
    const { submit, held, viewOf, sign, rows } = await setUp(t)
    await held('a', federal('a'))
    const view = await viewOf('a')
    const signature = await sign('a', signatureOf(view, computedDates(view)))
    const source = view.sources.find(({ item }) => item === 'case')
    const whole = federal('a')
    const corrected = await submit(correctEntry, {
      ...about('a'),
      legal: { ...whole, sentences: whole.sentences.slice(0, 1) },
      act: { entry: source?.entry, reason: 'the second was of another person', replaces: ['legal'] },
    })
    assert.equal(corrected.refused, undefined)
    const [difference] = (await viewOf('a')).differences
    assert.deepEqual(
      difference?.facts.map(({ change }) => change),
      ['removed'],
    )
    await submit(withdrawEntry, { ...about('a'), act: { entry: signature.entry, reason: 'signed in error' } })
    assert.deepEqual(await rows('select from sentence_date where signed is not null'), [])
  })

  test('an altered signature signs nothing, whoever checked it', async (t) => {
    const { submit, held, viewOf, sign, rows } = await setUp(t)
    await held('a', elsewhere('a'))
    const byHand = { type: 'release', date: '2026-10-28', how: 'hand' as const, why: 'by the table of the court' }
    const legal = signatureOf(await viewOf('a'), [byHand])
    const signature = await sign('a', legal)
    await submit(
      checkSentence,
      { ...about('a'), legal: { case: caseId('a'), signature: signature.entry, result: 'agrees' } },
      bruno,
    )
    const state = () => rows('select last_day, state from sentence_case')
    assert.deepEqual(await state(), [{ last_day: '2026-10-28', state: 'refused' }])
    const later = { ...legal, dates: [{ ...byHand, date: '2036-10-28' }] }
    const altered = await submit(correctEntry, {
      ...about('a'),
      legal: later,
      act: { entry: signature.entry, reason: 'a typing error', replaces: ['legal'] },
    })
    assert.equal(altered.refused, undefined)
    assert.deepEqual(await state(), [{ last_day: null, state: 'refused' }])
  })

  test('what somebody asks is answered as the contract says, at any instant, and what-if changes nothing', async (t) => {
    const { held, ask, viewOf, sign, rows } = await setUp(t)
    await held('a', federal('a'), salvadoran('b'))
    const view = await viewOf('a')
    const one = view.case === caseId('a') ? 'us-federal' : 'sv'
    assert.equal(view.packId, one)
    assert.equal((await sign('a', signatureOf(view, computedDates(view)))).refused, undefined)
    const path = '/api/custodies/:id/sentence'
    const id = custodyOf('a')
    const answer = await ask(path, { id })
    assert.equal((answer.cases as unknown[]).length, 2)
    assert.deepEqual((await ask(path, { id }, { query: { at: '2026-02-01T00:00:00Z' } })).cases, [])
    assert.equal((await ask(path, { id: custodyOf('nobody') })).code, 'sentence-not-found')
    const before = await rows('select count(*) from entry')
    const adjustments = [{ adjustment: adjustmentId('w'), kind: 'disallowed', days: 10 }]
    const what = await ask(`${path}/what-if`, { id }, { body: { case: caseId('a'), adjustments } })
    assert.equal(what.recorded, false)
    assert.deepEqual(what.facts, [{ item: `adjustment ${adjustmentId('w')}`, change: 'added' }])
    assert.equal((await ask(`${path}/what-if`, { id }, { body: { case: caseId('z') } })).code, 'case-unknown')
    const fresh = await ask(`${path}/what-if`, { id }, { body: { ...federal('new'), case: undefined } })
    assert.equal((fresh.numbers as { lastLawfulDay: string }).lastLawfulDay, '2022-02-03')
    assert.deepEqual(await rows('select count(*) from entry'), before)
    const changes = await ask('/api/law/changes', {})
    assert.ok((changes.packs as { id: string }[]).some(({ id: pack }) => pack === 'gb-eaw'))
  })
})

describe('a change of law', () => {
  test('everybody held is recomputed before and after, in parts, with one digest however it is cut', async (t) => {
    const { sql, submit, held, rows, ask } = await setUp(t)
    for (const name of ['a', 'b', 'c']) await held(name, federal(name))
    await held('d', salvadoran('d'))
    await held('e', federal('e'))
    await submit(depart, { ...about('e'), legal: { as: 'release' } })
    const asked = { pack: 'us-federal', change: 'first-step-act', at: NOW }
    const pages = []
    for await (const page of reviewAll(sql, asked)) pages.push(page)
    const last = pages.at(-1)
    assert.deepEqual(last?.counts, { examined: 3, moved: 3, earlier: 3, later: 0, refused: 0 })
    const movers = pages.flatMap((page) => page.movers)
    assert.deepEqual(movers.map(({ custody: id }) => id).sort(), ['a', 'b', 'c'].map(custodyOf).sort())
    const release = movers[0]?.dates.find(({ type }) => type === 'release')
    assert.equal(release?.after, '2022-02-03')
    assert.ok((release?.before ?? '') > '2022-02-03')
    assert.ok(release?.because, 'the step that moves it is named')
    assert.equal(await reviewPage(sql, { ...asked, change: 'none' }), undefined)
    assert.equal(
      (await ask('/api/law/changes/:pack/:change/review', { pack: 'xx', change: 'y' })).code,
      'law-change-unknown',
    )
    const answer = await ask('/api/law/changes/:pack/:change/review', { pack: asked.pack, change: asked.change })
    assert.equal(answer.digest, last?.digest)
    const review = {
      pack: asked.pack,
      change: asked.change,
      after: 'a'.repeat(64),
      list: last?.digest,
      counts: last?.counts,
    }
    assert.equal((await submit(reviewLaw, { place: { facility: 'TEC' }, legal: review })).refused, undefined)
    assert.deepEqual(await rows('select pack, change, examined, moved from law_review'), [
      { pack: 'us-federal', change: 'first-step-act', examined: 3, moved: 3 },
    ])
  })
})
