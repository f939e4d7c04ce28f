import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addNote, admit, custodyActs } from '../custody/acts.ts'
import type { Act } from '../kernel/act.ts'
import { randomId, timeId } from '../kernel/ids.ts'
import { placeActs } from '../places/acts.ts'
import { freshDatabase } from '../platform/testing.ts'
import { refuseRecord } from '../record/acts.ts'
import { bodyFor, noon, openTestApi } from './testing.ts'

const note = (custody: string, text: string, more: object = {}) => ({
  kind: addNote.kind,
  ...bodyFor({ person: { custody }, act: { text } }, timeId(noon)),
  ...more,
})

test('batches', async (t) => {
  const api = await openTestApi(await freshDatabase(t), [...custodyActs, ...placeActs])
  t.after(() => api.app.close())
  const { runner } = api
  t.beforeEach(() => {
    runner.answer = () => undefined
    runner.acts.length = 0
  })
  const send = async (body: object, role = 'registrar') => api.call('POST', '/api/acts', role, body)
  const statuses = (answer: Awaited<ReturnType<typeof send>>) =>
    answer.json().answers.map(({ status }: { status: string }) => status)
  const refuses = (text: string) => (act: Act) => (act.data.act?.text === text ? refuseRecord('not-found') : undefined)

  await t.test('each: answers come in order, accepted, repeated, refused', async () => {
    const [a, b] = [note(randomId(), 'a'), note(randomId(), 'b')]
    runner.answer = refuses('b')
    const answer = await send({ mode: 'each', acts: [a, b, a] })
    assert.equal(answer.statusCode, 200)
    assert.deepEqual(statuses(answer), ['accepted', 'refused', 'repeated'])
    assert.equal(answer.json().answers[1].problem.code, 'not-found')
    assert.equal(answer.json().answers[1].kept, undefined, 'only what comes from a device is kept')
  })

  await t.test('each: acts of one subject stay in order however slow the first is', async () => {
    const custody = randomId()
    const submit = runner.submit.bind(runner)
    t.mock.method(runner, 'submit', async (act: Act) => {
      if (act.data.act?.text === 'first') await new Promise((done) => setImmediate(() => setImmediate(done)))
      return submit(act)
    })
    await send({ mode: 'each', acts: [note(custody, 'first'), note(custody, 'second')] })
    t.mock.restoreAll()
    assert.deepEqual(
      runner.acts.map(({ data }) => data.act?.text),
      ['first', 'second'],
    )
  })

  await t.test('each: what waits for a refused act is refused, and for one to retry is to retry', async () => {
    const a = note(randomId(), 'a')
    const b = note(randomId(), 'b', { after: [a.id] })
    const c = note(randomId(), 'c', { after: [b.id] })
    runner.answer = refuses('a')
    const refused = await send({ mode: 'each', acts: [a, b, c] })
    assert.deepEqual(statuses(refused), ['refused', 'refused', 'refused'])
    assert.deepEqual(refused.json().answers[2].problem.details, { after: b.id })
    runner.answer = (act) => (act.data.act?.text === 'a' ? refuseRecord('busy') : undefined)
    assert.deepEqual(statuses(await send({ mode: 'each', acts: [a, b, c] })), ['retry', 'retry', 'retry'])
    runner.answer = () => undefined
    assert.deepEqual(statuses(await send({ mode: 'each', acts: [a, b, c] })), ['accepted', 'accepted', 'accepted'])
  })

  await t.test('each: an act may wait only for what stands before it', async () => {
    const b = note(randomId(), 'b')
    const a = note(randomId(), 'a', { after: [b.id] })
    const answer = await send({ mode: 'each', acts: [a, b] })
    assert.deepEqual(statuses(answer), ['refused', 'accepted'])
    assert.equal(answer.json().answers[0].problem.code, 'after-unknown')
  })

  await t.test('each: a fault is answered retry, and shows nothing of its inside', async () => {
    runner.answer = (act) => (act.data.act?.text === 'a' ? new Error('secret') : undefined)
    const answer = await send({ mode: 'each', acts: [note(randomId(), 'a'), note(randomId(), 'b')] })
    assert.deepEqual(statuses(answer), ['retry', 'accepted'])
    assert.doesNotMatch(answer.body, /secret/)
  })

  await t.test('each: a malformed act costs only itself', async () => {
    const acts = [null, 7, {}, { ...note(randomId(), 'x'), kind: 'no.such' }, note(randomId(), 'good')]
    const answer = await send({ mode: 'each', acts })
    assert.deepEqual(statuses(answer), ['refused', 'refused', 'refused', 'refused', 'accepted'])
    assert.equal(answer.json().answers[3].problem.code, 'no-such-act')
  })

  await t.test('each act is asked for by its own permission', async () => {
    const answer = await send({ mode: 'each', acts: [note(randomId(), 'a')] }, 'court')
    assert.deepEqual(statuses(answer), ['refused'])
    assert.equal(answer.json().answers[0].problem.code, 'not-permitted')
  })

  await t.test('device: a refused act is kept whole, section by section, once', async () => {
    const custody = randomId()
    const act = note(custody, 'b')
    runner.answer = refuses('b')
    const first = (await send({ mode: 'each', via: 'device', acts: [act] })).json().answers[0]
    const second = (await send({ mode: 'each', via: 'device', acts: [act] })).json().answers[0]
    assert.equal(first.status, 'refused')
    assert.equal(first.kept, second.kept)
    assert.equal(runner.acts.length, 1)
    const kept = runner.acts[0]
    assert.equal(kept?.kind.kind, 'sync.refuse')
    assert.equal(kept?.via, 'device')
    assert.equal(kept?.data.person?.custody, custody)
    assert.deepEqual(JSON.parse(String(kept?.data.person?.refused)), { custody })
    const { body, ...rest } = kept?.data.act ?? {}
    assert.deepEqual(rest, { refusedAct: act.id, refusedKind: 'note.add', code: 'not-found' })
    assert.deepEqual(JSON.parse((body as Record<string, string>)['data.act'] ?? ''), { text: 'b' })
    assert.ok(kept?.kind.data.safeParse(kept.data).success, 'what is kept has the form of its act')
  })

  await t.test('device: what is medical stays medical when it is refused', async () => {
    runner.answer = (act) => (act.kind.kind === 'health.record' ? refuseRecord('not-found') : undefined)
    const data = { person: { custody: randomId() }, health: {}, medical: { injuries: ['secret'] } }
    await send({ mode: 'each', via: 'device', acts: [{ kind: 'health.record', ...bodyFor(data) }] })
    const { medical, ...others } = runner.acts[0]?.data ?? {}
    assert.match(String(medical?.refused), /secret/)
    assert.doesNotMatch(JSON.stringify(others), /secret/)
  })

  await t.test('device: what names no known custody is kept about the facility, else about the house', async () => {
    runner.answer = (act) => (act.data.person?.custody !== undefined ? refuseRecord('not-found') : undefined)
    const data = { person: { custody: randomId() }, place: { facility: 'TEC' } }
    const acts = [
      { kind: admit.kind, ...bodyFor(data) },
      note(randomId(), 'a'),
      'not even an act',
      { kind: 'no.such', id: 'x', data: [1] },
    ]
    const answer = await send({ mode: 'each', via: 'device', acts })
    assert.deepEqual(statuses(answer), ['refused', 'refused', 'refused', 'refused'])
    for (const { kept } of answer.json().answers) assert.ok(kept)
    assert.deepEqual(runner.acts.map(({ data: { place } }) => place?.facility).sort(), [
      'TEC',
      undefined,
      undefined,
      undefined,
    ])
  })

  await t.test('device: what cannot be kept now is to be sent again', async () => {
    runner.answer = (act) => (act.kind.kind === 'sync.refuse' ? refuseRecord('busy') : refuseRecord('not-found'))
    assert.deepEqual(statuses(await send({ mode: 'each', via: 'device', acts: [note(randomId(), 'a')] })), ['retry'])
  })

  await t.test('all: one transaction, one batch id, all receipts', async () => {
    const answer = await send({ mode: 'all', via: 'import', acts: [note(randomId(), 'a'), note(randomId(), 'b')] })
    assert.equal(answer.statusCode, 201)
    assert.deepEqual(statuses(answer), ['accepted', 'accepted'])
    const [a, b] = runner.acts
    assert.ok(a?.batch)
    assert.equal(a?.batch, b?.batch)
    assert.equal(a?.via, 'import')
  })

  await t.test('all: one refusal refuses all and names each', async () => {
    runner.answer = refuses('b')
    const acts = [note(randomId(), 'a'), note(randomId(), 'b'), note(randomId(), 'b')]
    const answer = await send({ mode: 'all', acts })
    assert.equal(answer.statusCode, 404)
    const { code, details } = answer.json()
    assert.equal(code, 'batch-refused')
    assert.deepEqual(
      details.acts.map(({ index, id }: { index: number; id: string }) => [index, id]),
      [
        [1, acts[1]?.id],
        [2, acts[2]?.id],
      ],
    )
    assert.equal(runner.acts.length, 0)
  })

  await t.test('all: a malformed act refuses all before anything is submitted', async () => {
    const answer = await send({ mode: 'all', acts: [note(randomId(), 'a'), {}] })
    assert.equal(answer.statusCode, 400)
    assert.equal(answer.json().details.acts[0].index, 1)
    assert.equal(runner.acts.length, 0)
  })

  await t.test('a batch is neither empty nor endless', async () => {
    for (const acts of [[], Array(1001).fill(null), 'acts', null]) {
      assert.equal((await send({ mode: 'each', acts })).statusCode, 400)
    }
  })

  await t.test('who may not make an entry may not withdraw or correct it', async () => {
    const [entry, correction] = [randomId(), randomId()]
    const add = (id: string, kind: string, amends: string | null) =>
      api.options.sql.rows(
        `insert into entry (n, id, kind, v, facility, officer, recorded, envelope, sealed, staff, act, act_part, act_mac, amends)
         values (nextval('entry_n'), $1, $2, 1, 'TEC', $3, now(), '', '', '', $4, 0, '', $5) returning id`,
        [id, kind, randomId(), randomId(), amends],
      )
    await add(entry, 'sync.refuse', null)
    await add(correction, 'entry.correct', entry)
    for (const target of [entry, correction]) {
      const data = { place: { facility: 'TEC' }, act: { entry: target, reason: 'because' } }
      const single = await api.call('POST', '/api/acts/entry.withdraw', 'registrar', bodyFor(data))
      assert.equal(single.statusCode, 403)
      assert.deepEqual(single.json().details.permission, 'service.record')
      const batch = await send({ mode: 'each', acts: [{ kind: 'entry.withdraw', ...bodyFor(data) }] })
      assert.equal(batch.json().answers[0].problem.code, 'not-permitted')
    }
  })
})
