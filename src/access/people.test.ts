// Whose people they are, over HTTP and on a real record: what each role sees, what is answered about the others, who is
// told of it. Afterwards every register is what a replay makes of the entries.
import assert from 'node:assert/strict'
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { returnContract } from '../cli/return-contract.ts'
import { rooms, routes } from '../cli/rooms.ts'
import { admit } from '../custody/acts.ts'
import { custodyContract } from '../custody/contract.ts'
import { SECTIONS } from '../kernel/act.ts'
import { derivedId, randomId, timeId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { policiesFolder } from './authorise.ts'
import { enterIssued } from './issued.ts'
import { Looks } from './looks.ts'
import { enterPolicies } from './policy-change.ts'
import { FACILITY_ROLES, GRANTED_ROLES, ROLES, type Role } from './roles.ts'
import { noon, openTestApi } from './testing.ts'
import { createToken } from './tokens.ts'

// The record's own acts come with the API.
const acts = rooms.filter(({ name }) => name !== 'record').flatMap((room) => room.acts)
const A = derivedId('custody', 'access-a')
const B = derivedId('custody', 'access-b')
const C = derivedId('custody', 'access-c')
const personOf = (custody: string) => derivedId('person', custody)

const sections = Object.fromEntries(SECTIONS.map((section) => [section, {}]))

function movableClock() {
  let now = noon
  return { now: () => now, pass: (seconds: number) => (now = now.add({ seconds })) }
}

async function openWorld(t: TestContext) {
  const database = await freshDatabase(t)
  const clock = movableClock()
  const { record, runner } = openTestRecord(
    database,
    rooms.filter(({ name }) => name !== 'record'),
    { clock },
  )
  const logged: string[] = []
  const log = { warn: (m: string) => logged.push(m), error: (m: string) => logged.push(m) } as never
  const looks = new Looks({ runner, sql: database, clock, log, macKey: Buffer.alloc(32) })
  const api = await openTestApi(database, acts, {
    runner,
    routes,
    clock,
    looks,
    entries: {
      // All of it, whatever was asked for: the route cuts.
      find: async (id) => ({ id, kind: 'custody.admit', facility: 'TEC', envelope: '{}', disclosures: {}, sections }),
      receipt: async () => undefined,
    },
  })
  t.after(async () => {
    await api.app.close()
    assert.deepEqual((await replay(record, database)).differences, [])
  })
  for (const [custody, facility, state] of [
    [A, 'TEC', 'US'],
    [B, 'TEC', 'HN'],
    [C, 'IZA', 'SV'],
  ] as const) {
    const admission = makeAct(
      admit,
      {
        person: {
          custody,
          person: personOf(custody),
          identity: { names: [{ use: 'recorded', given: 'Inés', family1: 'Prueba' }] },
        },
        place: { facility },
        legal: { ordersStated: true, authorities: { ordered: { name: 'Court', state } }, grounds: 'a ground' },
        health: { fitness: 'fit' },
        medical: { complaint: 'a complaint' },
      },
      { at: '2031-05-01T00:00:00Z' },
    )
    const outcome = await runner.submit(admission)
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
  }
  const officerOf = async (role: Role) => {
    const [row] = await database.rows<{ officer: string }>('select officer from access_token where label = $1', [
      `test ${role}`,
    ])
    return row?.officer as string
  }
  const act = (kind: string, as: Role | string, data: object) =>
    api.call('POST', `/api/acts/${kind}`, as, {
      id: timeId(clock.now()),
      occurredAt: { at: clock.now().toString(), precision: 'second', zone: 'UTC' },
      data,
    })
  const held = async (as: Role | string): Promise<string[]> => {
    const answer = await api.call('GET', '/api/custodies', as)
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json().held.map(({ custody }: { custody: string }) => custody)
  }
  return { database, clock, record, runner, looks, api, officerOf, act, held, logged }
}

test('counsel and family see whom they were granted, until it is revoked; a desk sees its own people', async (t) => {
  const { api, officerOf, act, held } = await openWorld(t)
  for (const role of GRANTED_ROLES) assert.deepEqual(await held(role), [], role)
  for (const role of ['counsel', 'family'] as const) {
    const grant = { officer: await officerOf(role), role, shown: 'a power of attorney' }
    assert.equal((await act('access.grant', 'oversight', { person: { custody: A }, act: grant })).statusCode, 403)
    const granted = await act('access.grant', 'registrar', { person: { custody: A }, act: grant })
    assert.equal(granted.statusCode, 201, granted.body)
    assert.deepEqual(await held(role), [A], role)
    const file = (await api.call('GET', `/api/custodies/${A}`, role)).json()
    assert.deepEqual(
      [file.registerNumber, file.chain, file.notes, file.identity.contacts],
      ['TEC-31-000001', [], [], []],
    )
    assert.equal(file.deprivation.grounds, role === 'counsel' ? 'a ground' : null)
    assert.equal(file.responsibilities.length, 1, 'under whose authority is told to both')
    assert.equal((await api.call('GET', `/api/custodies/${A}/orders`, role)).statusCode, role === 'counsel' ? 200 : 403)
    const found = await api.call('POST', '/api/people/search', role, { name: 'Inés Prueba' })
    assert.deepEqual(
      found.json().people.map(({ person }: { person: string }) => person),
      [personOf(A)],
    )
    const person = (await api.call('GET', `/api/people/${personOf(A)}`, role)).json()
    assert.deepEqual([person.namesakes, person.possibleDoubles], [[], []], 'others of the same name are not named')
    const { entry } = granted.json()
    const wrong = await act('access.revoke', 'registrar', {
      person: { custody: B },
      act: { grant: entry, reason: 'x' },
    })
    assert.equal(wrong.json().code, 'grant-unknown')
    assert.equal(
      (await act('access.revoke', 'registrar', { person: { custody: A }, act: { grant: entry, reason: 'over' } }))
        .statusCode,
      201,
    )
    assert.deepEqual(await held(role), [], `${role}, revoked`)
  }
  const desk = { officer: await officerOf('sending-state'), role: 'sending-state', shown: 'a note of the embassy' }
  assert.equal((await act('access.grant', 'registrar', { act: { ...desk, state: 'US' } })).statusCode, 201)
  assert.deepEqual(await held('sending-state'), [A])
  for (const data of [
    { act: desk },
    { act: { ...desk, role: 'counsel', state: 'US' } },
    { person: { custody: A }, act: { ...desk, state: 'US' } },
    { place: { facility: 'TEC' }, act: { ...desk, state: 'US' } },
  ])
    assert.equal((await act('access.grant', 'registrar', data)).json().code, 'grant-unclear', JSON.stringify(data))
})

test('another’s custody is answered as one that does not exist: every route × every role', async (t) => {
  const { api, database, officerOf, act } = await openWorld(t)
  const { registerNumber } = (await api.call('GET', `/api/custodies/${A}`, 'court')).json()
  const [entry] = await database.rows<{ id: string }>('select id from entry where custody = $1', [A])
  const opened = await act('finding.open', 'oversight', {
    person: { custody: A },
    act: {
      finding: randomId(),
      rule: 'x',
      severity: 'S2',
      state: 'fail',
      from: '2031-05-02T00:00:00Z',
      evidence: {},
    },
  })
  assert.equal(opened.statusCode, 201, opened.body)
  const [finding] = await database.rows<{ finding: string }>('select finding from finding')
  const grant = { officer: await officerOf('counsel'), role: 'counsel', shown: 'a power' }
  await act('access.grant', 'registrar', { person: { custody: C }, act: grant })

  const strangers: { as: string; role: Role }[] = GRANTED_ROLES.map((role) => ({ as: role, role }))
  for (const role of ROLES) {
    const { token } = await createToken(database, { now: () => noon }, { role, facility: 'IZA' })
    strangers.push({ as: token, role })
  }
  const about = (path: string) => {
    if (path.startsWith('/api/entries/')) return [entry?.id as string, randomId()]
    if (path.startsWith('/api/findings/')) return [finding?.finding as string, randomId()]
    if (path.startsWith('/api/people/')) return [personOf(A), randomId()]
    return [A, randomId()]
  }
  const bodies: Record<string, object> = { 'POST /api/entries/:id/receipt': {} }
  let compared = 0
  for (const { contract } of api.endpoints) {
    const { method, path } = contract
    if (!/^\/api\/(custodies|entries|findings|people|returns)\/.*:/.test(path)) continue
    for (const { as, role } of strangers) {
      const answers = []
      for (const [id, number] of about(path).map((id, i) => [id, [registerNumber, 'TEC-31-999999'][i]] as const)) {
        const url = path
          .replace(':id', id as string)
          .replace(':number', number as string)
          .replace(':digest', 'ab'.repeat(32))
        const answer = await api.call(method, url, as, contract.body && (bodies[`${method} ${path}`] ?? {}))
        const text = answer.body.replaceAll(id as string, 'ID').replace(/"requestId":"[^"]+"/, '')
        answers.push([answer.statusCode, text])
        assert.notEqual(answer.statusCode, 200, `${method} ${path} as ${role}: ${answer.body.slice(0, 200)}`)
        assert.ok(answer.statusCode < 500, `${method} ${path} as ${role}: ${answer.body}`)
      }
      assert.deepEqual(answers[0], answers[1], `${method} ${path} as ${role}`)
      compared++
    }
  }
  assert.ok(compared > 100, `${compared} compared`)

  const data = { person: { custody: A }, act: { text: 'x' } }
  const unknown = { person: { custody: randomId() }, act: { text: 'x' } }
  for (const { as, role } of strangers) {
    const [own, none] = [await act('note.add', as, data), await act('note.add', as, unknown)]
    assert.deepEqual([own.statusCode, own.json().code], [none.statusCode, none.json().code], role)
    assert.notEqual(own.statusCode, 201)
  }
  const counsel = await api.call('GET', `/api/custodies/${C}`, 'counsel')
  assert.equal(counsel.statusCode, 200, 'the own client is there')
})

test('who is bound to a facility sees its people in lists without naming it, and no others', async (t) => {
  const { database, held, api } = await openWorld(t)
  const { token } = await createToken(database, { now: () => noon }, { role: 'registrar', facility: 'TEC' })
  assert.deepEqual((await held(token)).sort(), [A, B].sort())
  assert.deepEqual((await held('registrar')).sort(), [A, B, C].sort())
  for (const path of ['/api/without-basis', '/api/findings'])
    assert.equal((await api.call('GET', path, token)).statusCode, 200, path)
  const { counts } = (await api.call('GET', '/api/without-basis', token)).json()
  assert.equal(counts.lapse, 2, 'the figures over the list count no others')
  assert.equal((await api.call('GET', '/api/roll', token)).statusCode, 403, 'what is not cut wants the facility named')
})

test('what is closed to a role is left out and said to be, and nobody filters by it', async (t) => {
  const { api } = await openWorld(t)
  const file = (await api.call('GET', `/api/custodies/${A}`, 'module-officer')).json()
  assert.deepEqual(file.closed, ['legal', 'staff', 'medical'])
  assert.deepEqual([file.responsibilities, file.deprivation, file.departedAs], [[], null, null])
  assert.equal(file.health[0].fitness, 'fit')
  assert.equal(JSON.stringify(file).includes('a ground'), false)
  const list = (await api.call('GET', '/api/custodies', 'module-officer')).json()
  assert.ok(list.held.every(({ basis }: { basis: unknown }) => basis === null))
  for (const filter of ['basis=lapse', 'withoutBasis=true', 'missing=ordered'])
    for (const path of ['/api/custodies', '/api/custodies.csv'])
      assert.equal((await api.call('GET', `${path}?${filter}`, 'module-officer')).json().code, 'section-closed', filter)
  const csv = await api.call('GET', '/api/custodies.csv?columns=basis,until&language=en', 'module-officer')
  assert.match(csv.body, /closed,closed/)
  for (const role of ROLES) {
    const answer = await api.call('GET', `/api/custodies/${A}`, role)
    if (answer.statusCode !== 200) continue
    assert.equal(custodyContract.ok.safeParse(answer.json()).success, true)
    assert.equal(answer.body.includes('a complaint'), false, `${role}: no register holds what is medical`)
  }
})

test('a broken glass opens for half an hour, to the roles that the policy names, and oversight is told', async (t) => {
  const { api, act, clock, database } = await openWorld(t)
  const closedTo = async (as: Role) => (await api.call('GET', `/api/custodies/${A}`, as)).json().closed
  assert.deepEqual(await closedTo('shift-commander'), ['legal', 'staff', 'medical'])
  const reason = { person: { custody: A }, act: { reason: 'Unconscious at night, nobody of the clinic here' } }
  for (const role of ROLES.filter((role) => !['shift-commander', 'health'].includes(role)))
    assert.equal((await act('access.break-glass', role, reason)).statusCode, 403, role)
  const empty = await act('access.break-glass', 'shift-commander', { person: { custody: A }, act: { reason: ' ' } })
  assert.equal(empty.statusCode, 400)
  for (const role of ['shift-commander', 'health'] as const) {
    const broken = await act('access.break-glass', role, reason)
    assert.equal(broken.statusCode, 201, broken.body)
    const withdrawal = { person: { custody: A }, act: { entry: broken.json().entry, reason: 'it was nothing' } }
    const taken = await act('entry.withdraw', role, withdrawal)
    assert.equal(taken.statusCode, 403, 'nobody takes it back')
  }
  assert.deepEqual(await closedTo('shift-commander'), ['staff'])
  assert.deepEqual(await closedTo('health'), ['staff'])
  assert.deepEqual(
    (await api.call('GET', `/api/custodies/${B}`, 'shift-commander')).json().closed,
    ['legal', 'staff', 'medical'],
    'of this custody alone',
  )
  const [entry] = await database.rows<{ id: string }>('select id from entry where custody = $1 limit 1', [A])
  const openIn = async () =>
    Object.keys((await api.call('GET', `/api/entries/${entry?.id}`, 'shift-commander')).json().sections).sort()
  assert.deepEqual(await openIn(), ['act', 'health', 'legal', 'medical', 'person', 'place'], 'the medical part too')
  const looked = (await api.call('GET', `/api/custodies/${A}/looked`, 'oversight')).json()
  assert.equal(looked.broken.length, 2)
  clock.pass(30 * 60)
  assert.deepEqual(await closedTo('shift-commander'), ['legal', 'staff', 'medical'])
  assert.deepEqual(await openIn(), ['act', 'health', 'person', 'place'])
  assert.equal((await database.rows('select from glass_broken')).length, 2)
})

test('who looked: of each other the facility knows, all of it oversight and the auditor', async (t) => {
  const { api, looks, clock, database, runner, officerOf, act } = await openWorld(t)
  const grant = { officer: await officerOf('counsel'), role: 'counsel', shown: 'a power' }
  await act('access.grant', 'registrar', { person: { custody: A }, act: grant })
  const readers = ['registrar', 'module-officer', 'health', 'court', 'oversight', 'counsel'] as const
  for (const role of readers) {
    await api.call('GET', `/api/custodies/${A}`, role)
    // The same page asks for more of the same file at once: one look.
    await api.call('GET', `/api/custodies/${A}/looked`, role)
  }
  await looks.flush()
  clock.pass(60)
  for (let i = 0; i < 3; i++) {
    await api.call('GET', `/api/custodies/${A}`, 'registrar')
    clock.pass(3)
  }
  await looks.flush()
  const count = () => database.rows('select from access_read where custody = $1', [A])
  assert.equal((await count()).length, readers.length, 'looks alike within five minutes wait')
  clock.pass(5 * 60)
  await looks.flush()
  assert.equal((await count()).length, readers.length + 1)

  await enterIssued(
    { runner, database, clock },
    {
      actor: { officer: await officerOf('court'), role: 'court' },
      registerNumber: 'TEC-31-000001',
      audience: 'court',
      at: noon.toString(),
      bytes: Buffer.from('a return'),
    },
  )
  const looked = async (as: Role) => (await api.call('GET', `/api/custodies/${A}/looked`, as)).json()
  const roles = ({ looks }: { looks: { role: string; what: string; looks: number }[] }) =>
    looks.map(({ role, what, looks }) => `${role} ${what} ${looks}`).sort()
  const ofFacility = ['module-officer file 1', 'registrar file 4']
  for (const role of FACILITY_ROLES) {
    assert.deepEqual(roles(await looked(role)), ofFacility, role)
    assert.equal((await looked(role)).complete, false)
  }
  const all = [...ofFacility, 'counsel file 1', 'court file 1', 'court return 1', 'health file 1', 'oversight file 1']
  for (const role of ['oversight', 'auditor'] as const) assert.deepEqual(roles(await looked(role)), all.sort(), role)
  for (const role of ['counsel', 'health', 'court', 'administrator'] as const)
    assert.equal((await api.call('GET', `/api/custodies/${A}/looked`, role)).statusCode, 403, role)

  const [apart] = await database.rows<{ id: string; custody: string | null }>(
    "select id, custody from entry where kind = 'access.read-apart' limit 1",
  )
  assert.equal(apart?.custody, null, 'it stands among no person’s entries')
  for (const role of ['registrar', 'court', 'director'] as const)
    assert.equal((await api.call('GET', `/api/entries/${apart?.id}`, role)).json().code, 'no-such-entry', role)
})

test('lists and searches are noted by how many rows, never by a word; stopping writes what is left', async (t) => {
  const { api, looks, database } = await openWorld(t)
  await api.call('POST', '/api/people/search', 'registrar', { name: 'Inés Prueba' })
  await api.call('GET', '/api/custodies?facility=TEC&limit=1', 'registrar')
  await api.call('GET', '/api/custodies?facility=TEC&limit=2', 'registrar')
  await api.call('GET', '/api/roll', 'registrar')
  await api.call('POST', '/api/acts/note.add', 'auditor', {})
  await looks.stop()
  const rows = await database.rows<{ what: string; people: number; facility: string; filter: string }>(
    'select what, people, facility, filter from access_read order by what',
  )
  assert.deepEqual(
    rows.map(({ what, people, facility }) => [what, people, facility]),
    [
      ['list', 2, 'TEC'],
      ['search', 3, 'HOUSE'],
    ],
  )
  assert.ok(rows.every(({ filter }) => /^[0-9a-f]{64}$/.test(filter)))
  const denials = await database.rows("select from entry where kind = 'access.deny'")
  assert.equal(denials.length, 1)
})

test('a record that is away loses no look that was kept, writes none twice, and says how many were too many', async (t) => {
  const { database, clock, runner } = await openWorld(t)
  let away: 'before' | 'after' | undefined = 'before'
  const said: string[] = []
  const log = { warn: (m: string) => said.push(m), error: (m: string) => said.push(m) } as never
  const shaky = {
    ...runner,
    async submit(act: Parameters<typeof runner.submit>[0]) {
      if (away === 'before') throw new Error('away')
      const outcome = await runner.submit(act)
      if (away === 'after') throw new Error('away')
      return outcome
    },
    submitAll: runner.submitAll.bind(runner),
  }
  const looks = new Looks({ runner: shaky, sql: database, clock, log, macKey: Buffer.alloc(32), keptMax: 2 })
  const reader = { officer: randomId(), role: 'registrar' }
  const look = (custody: string) =>
    looks.note(reader, custodyContract, { params: { id: custody }, query: {}, body: undefined }, { custody })
  for (const custody of [A, B, C]) look(custody)
  await looks.flush()
  away = 'after'
  await looks.flush()
  clock.pass(10)
  look(A)
  away = undefined
  await looks.flush()
  await looks.stop()
  const rows = await database.rows<{ custody: string; looks: number }>(
    'select custody, sum(looks)::integer as looks from access_read group by custody order by looks',
  )
  assert.deepEqual(
    rows.map(({ looks }) => looks),
    [1, 2],
  )
  assert.ok(said.includes('looks wait for the record'))
  const again = new Looks({ runner: shaky, sql: database, clock, log, macKey: Buffer.alloc(32) })
  again.note(reader, returnContract, { params: { number: 'TEC-31-000001' }, query: {}, body: {} }, {})
  await again.stop()
  assert.equal((await database.rows('select from access_read')).length, 3, 'a return is entered by who hands it out')
})

test('the policies that decide stand in the record; what changes is entered once', async (t) => {
  const { database, clock, runner } = await openWorld(t)
  const house = { runner, database, clock }
  assert.ok((await enterPolicies(house)).includes('court.cedar'))
  assert.deepEqual(await enterPolicies(house), [])
  const folder = await temporaryFolder(t)
  await cp(policiesFolder, folder, { recursive: true })
  await writeFile(join(folder, 'court.cedar'), '// changed')
  clock.pass(60)
  assert.deepEqual(await enterPolicies(house, folder), ['court.cedar'])
  clock.pass(60)
  assert.deepEqual(await enterPolicies(house), ['court.cedar'], 'and back')
  assert.equal((await database.rows("select from entry where kind = 'policy.change'")).length, 3)
})
