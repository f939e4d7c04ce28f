// What is somebody else's: another facility's, a client not granted, another officer's. Each endpoint answers about it
// exactly as about what does not exist (status, body, headers), to every role; and no body smuggles it in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GRANTED_ROLES, ROLES, type Role } from '../../src/access/roles.ts'
import { derivedId, randomId } from '../../src/kernel/ids.ts'
import {
  actBody,
  cookieOf,
  type Door,
  doorsOf,
  filled,
  rolesFor,
  send,
  signInOver,
  tokensOf,
} from './security.testing.ts'
import { ask, newInstance } from './testing.ts'

const HERE = 'IZA'
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('a picture')])

test('what is somebody else’s', async (t) => {
  const instance = await newInstance(t, 24, { HABEAS_SIGN_INS_PER_MINUTE: '100000' })
  const { url } = await instance.start()
  const doors = await doorsOf(url)
  const everywhere = await tokensOf(instance)
  const bound = await tokensOf(instance, HERE)
  const act = async (token: string, kind: string, data: object) => ask(url, token, `/api/acts/${kind}`, actBody(data))
  const done = async (kind: string, data: object, token: string = everywhere.registrar) => {
    const { status, body } = await act(token, kind, data)
    assert.equal(status, 201, `${kind}: ${JSON.stringify(body)}`)
    return body as { entry: string; custody?: string }
  }
  const read = async (path: string, token: string = everywhere.registrar) => {
    const { status, body } = await ask(url, token, path)
    assert.equal(status, 200, `${path}: ${JSON.stringify(body)}`)
    return body as never
  }

  // Theirs: somebody in TEC, with all that hangs on a custody.
  const { held } = (await read('/api/custodies?facility=TEC&limit=200')) as {
    held: { custody: string; registerNumber: string; person: string; place: { id: string | null } }[]
  }
  const [their] = held
  assert.ok(their)
  const put = await send(url, 'PUT', `/api/custodies/${their.custody}/files`, {
    headers: { authorization: `Bearer ${everywhere.registrar}`, 'content-type': 'image/png' },
    body: PNG,
  })
  assert.equal(put.status, 201, put.text)
  const { digest } = JSON.parse(put.text) as { digest: string }
  const file = (await read(`/api/custodies/${their.custody}`)) as { person: string }
  const theirEntries = (await read(`/api/custodies/${their.custody}/entries`)) as { entries: { id: string }[] }
  const theirOrders = (await read(`/api/custodies/${their.custody}/orders`)) as { orders: { order: string }[] }
  const finding = randomId()
  await done(
    'finding.open',
    {
      person: { custody: their.custody },
      act: { finding, rule: 'x', severity: 'S2', state: 'fail', from: '2026-10-02T00:00:00Z', evidence: {} },
    },
    everywhere.oversight,
  )
  const places = (await read('/api/facilities/TEC/places')) as { at: string; places: { id: string; kind: string }[] }
  const theirPlace = places.places.find(({ kind }) => kind === 'cell')?.id
  assert.ok(theirPlace)

  // Ours: one person in another facility, and its place.
  await done('facility.open', { place: { facility: HERE, name: 'Izalco', country: 'SV', zone: 'America/El_Salvador' } })
  const admission = (custody: string, person: string) => ({
    person: { custody, person, identity: { names: [{ use: 'recorded', given: 'Ana', family1: 'Prueba' }] } },
    place: { facility: HERE },
    legal: { ordersStated: true },
  })
  const [own, ownPerson, ownPlace] = [randomId(), randomId(), randomId()]
  await done('custody.admit', admission(own, ownPerson))
  const root = derivedId('place', HERE)
  await done('place.establish', { place: { facility: HERE, place: ownPlace, parent: root, kind: 'cell', code: 'C1' } })

  await t.test(
    'every endpoint that names something × every role that may not see it: the answer of what is not there',
    async () => {
      const strangers = [
        ...GRANTED_ROLES.map((role) => ({ role: role as Role, token: everywhere[role], of: 'nobody’s' })),
        ...ROLES.map((role) => ({ role, token: bound[role], of: HERE })),
      ]
      const theirs: Record<string, string> = {
        number: their.registerNumber,
        digest,
        code: 'TEC',
        date: '2026-11-01',
        '*': '000',
      }
      const nobodys: Record<string, string> = {
        number: 'TEC-31-999999',
        digest: 'ab'.repeat(32),
        code: 'ZZZ',
        date: '2026-11-01',
        '*': '000',
      }
      const idFor = (path: string): string | undefined =>
        ({
          custodies: their.custody,
          entries: theirEntries.entries.at(-1)?.id,
          findings: finding,
          people: file.person,
          places: theirPlace,
        })[/^\/api\/(\w+)\/\{id\}/.exec(path)?.[1] ?? '']
      const bodies: Record<string, object> = {
        'POST /api/returns/{number}': { audience: 'court' },
        'POST /api/returns/{number}/preview': { audience: 'court' },
      }
      let compared = 0
      for (const door of doors) {
        if (door.params.length === 0 || ['public', 'log.bundle'].includes(door.permission)) continue
        // Places are no secret: another's is said to be another's.
        if (door.path === '/api/places/{id}') continue
        const id = idFor(door.path)
        if (door.params.includes('id') && id === undefined) continue
        for (const { role, token, of } of strangers) {
          const answers = []
          const known = { ...theirs, ...(id !== undefined && { id }) }
          const unknown = { ...nobodys, ...(id !== undefined && { id: randomId() }) }
          for (const values of [known, unknown]) {
            const isPicture = door.method === 'PUT'
            const { status, text, headers } = await send(url, door.method, filled(door, values), {
              headers: {
                authorization: `Bearer ${token}`,
                'content-type': isPicture ? 'image/png' : 'application/json',
              },
              ...(isPicture ? { body: PNG } : door.body && { body: JSON.stringify(bodies[door.name] ?? {}) }),
            })
            let said = text.replace(/"requestId":"[^"]+"/, '')
            for (const value of Object.values(values)) said = said.replaceAll(value, '')
            const {
              date: _d,
              'x-request-id': _r,
              'x-ratelimit-remaining': _m,
              'x-ratelimit-reset': _s,
              'content-length': _l,
              ...kept
            } = headers
            answers.push({ status, said, kept })
          }
          const words = `${door.name} as ${role} of ${of}`
          assert.deepEqual(answers[0], answers[1], words)
          assert.ok(
            (answers[0]?.status ?? 500) >= 400,
            `${words}: ${answers[0]?.status} ${answers[0]?.said.slice(0, 300)}`,
          )
          assert.ok((answers[0]?.status ?? 500) < 500, words)
          compared += 1
        }
      }
      assert.ok(compared > 200, `${compared} compared`)
    },
  )

  await t.test(
    'queries that name another’s custody, facility or place: refused, or nobody of theirs in the answer',
    async () => {
      const marks = [their.custody, their.registerNumber, file.person, finding, theirPlace]
      const asked: Record<string, string[]> = {
        facility: ['TEC'],
        custody: [their.custody],
        place: [theirPlace],
        after: [their.registerNumber],
        for: ['person'],
      }
      for (const door of doors) {
        if (door.method !== 'GET' || door.permission === 'public' || door.path === '/api/live') continue
        if (door.params.some((name) => name !== 'code' && name !== 'date')) continue
        for (const role of rolesFor(door)) {
          for (const name of ['', ...door.query]) {
            for (const value of name === '' ? [''] : (asked[name] ?? [])) {
              const path = `${filled(door, { code: HERE, date: '2026-11-01' })}${name === '' ? '' : `?${name}=${value}`}`
              const { status, text } = await send(url, 'GET', path, {
                headers: { authorization: `Bearer ${bound[role]}` },
              })
              assert.ok(status < 500, `${path}: ${status}`)
              // What was asked for may be said back.
              const found = marks.filter((mark) => mark !== value && text.includes(mark))
              if (status === 200) assert.deepEqual(found, [], `${path} as ${role} of ${HERE}`)
            }
          }
        }
      }
      for (const role of ['registrar', 'director', 'oversight'] as const) {
        for (const text of [their.registerNumber, their.custody]) {
          const { body } = await ask(url, bound[role], '/api/search', { text })
          assert.equal(JSON.stringify(body).includes(file.person), false, role)
        }
        const people = await ask(url, bound[role], '/api/people/search', { number: their.registerNumber })
        assert.equal(JSON.stringify(people.body).includes(file.person), false, role)
      }
    },
  )

  await t.test('acts: what a body names beside its own custody is answered like what does not exist', async () => {
    const token = bound.registrar
    const person = { custody: own }
    const entry = theirEntries.entries.at(-1)?.id as string
    const order = theirOrders.orders[0]?.order ?? randomId()
    const grant = await done('access.grant', {
      person: { custody: their.custody },
      act: { officer: randomId(), role: 'counsel', shown: 'a power' },
    })
    const tried: readonly (readonly [string, string, (id: string) => object])[] = [
      ['note.add', their.custody, (id) => ({ person: { custody: id }, act: { text: 'x' } })],
      ['entry.withdraw', entry, (id) => ({ person, act: { entry: id, reason: 'x' } })],
      [
        'entry.correct',
        entry,
        (id) => ({ person, act: { entry: id, reason: 'x', replaces: ['act'], data: { text: 'x' } } }),
      ],
      ['access.revoke', grant.entry, (id) => ({ person, act: { grant: id, reason: 'x' } })],
      [
        'order.end',
        order,
        (id) => ({ person, legal: { order: id, as: 'lifted', from: { at: '2026-11-01T00:00:00Z' } } }),
      ],
      ['custody.depart', order, (id) => ({ person, legal: { as: 'release', order: id } })],
      ['place.close', theirPlace, (id) => ({ place: { facility: HERE, place: id }, act: { reason: 'x' } })],
      [
        'place.establish',
        theirPlace,
        (id) => ({
          place: {
            facility: HERE,
            place: randomId(),
            parent: id,
            kind: 'cell',
            code: `X${id.slice(0, 4).toUpperCase()}`,
          },
        }),
      ],
      [
        'place.establish',
        theirPlace,
        (id) => ({
          place: {
            facility: HERE,
            place: id,
            parent: ownPlace,
            kind: 'cell',
            code: `Y${id.slice(0, 4).toUpperCase()}`,
          },
        }),
      ],
      [
        'order.record',
        order,
        (id) => ({
          person,
          legal: {
            order: {
              order: id,
              kind: 'remand',
              issuer: { name: 'x', state: 'SV' },
              from: { at: '2026-10-01T00:00:00Z' },
              until: 'open',
            },
          },
        }),
      ],
      [
        'presence.record',
        theirPlace,
        (id) => ({ person, place: { state: 'at', place: id }, act: { because: 'seen' } }),
      ],
      ['person.link', file.person, (id) => ({ person, act: { same: id, evidence: 'x' } })],
      ['custody.recapture', their.custody, (id) => ({ ...admission(randomId(), randomId()), act: { follows: id } })],
      [
        'expunge.propose',
        entry,
        (id) => ({
          person,
          legal: { court: { name: 'x', state: 'SV' }, document: 'ab'.repeat(32) },
          act: { targets: [{ entry: id, nth: 1, sections: ['act'] }] },
        }),
      ],
    ]
    const unlike: string[] = []
    for (const [kind, foreign, data] of tried) {
      const answers = []
      for (const id of [foreign, randomId()]) {
        const { status, body } = await act(token, kind, data(id))
        const problem = body as { code?: string; details?: object }
        answers.push(`${status} ${problem.code ?? ''} ${JSON.stringify(problem.details ?? '').replaceAll(id, '')}`)
      }
      if (answers[0] !== answers[1]) unlike.push(`${kind}: ${answers.join(' | ')}`)
    }
    assert.deepEqual(unlike, [])
    const twice = await act(token, 'custody.admit', admission(their.custody, randomId()))
    assert.equal(twice.status < 500 && twice.status !== 201, true, JSON.stringify(twice))
    const after = (await read(`/api/facilities/TEC/places?at=${places.at}`)) as typeof places
    assert.deepEqual(after.places, places.places, 'their places stand')
    // A bunk is no secret, but who it is meant for is: it is refused before anybody looks.
    const { bunks } = (await read(`/api/places/${theirPlace}`)) as { bunks: { id: string }[] }
    assert.ok(bunks.length > 0)
    for (const { id } of bunks) {
      const { status, body } = await act(token, 'bunk.assign', { person, place: { bunk: id } })
      assert.deepEqual([status, (body as { code: string }).code], [403, 'another-facility'])
    }
    // In a batch it is no other.
    for (const mode of ['each', 'all']) {
      const acts = [{ kind: 'note.add', ...actBody({ person: { custody: their.custody }, act: { text: 'x' } }) }]
      const { body } = await ask(url, token, '/api/acts', { mode, acts })
      assert.equal(JSON.stringify(body).includes('nothing-here'), true, JSON.stringify(body))
    }
    const { body } = await ask(url, bound.registrar, `/api/people/${ownPerson}`)
    assert.equal(JSON.stringify(body).includes(file.person), false, 'no link makes another’s person one’s own')
    assert.equal((await ask(url, bound.registrar, `/api/people/${file.person}`)).status, 404)
  })

  await t.test('what an officer keeps is the officer’s: searches, sessions, passkeys, confirmations', async () => {
    const [mine, other] = [await signInOver(url, 'registrar'), await signInOver(url, 'court')]
    const like = (method: 'get' | 'post', paths: readonly string[]) =>
      Promise.all(
        paths.map(async (path) => {
          const reply = await other[method](path)
          return [
            reply.statusCode,
            reply.body.replace(/"requestId":"[^"]+"/, '').replaceAll(path.split('/')[3] as string, ''),
          ]
        }),
      ).then(([theirs, nobodys]) => {
        assert.deepEqual(theirs, nobodys, String(paths[0]))
        assert.ok((theirs?.[0] as number) >= 400, String(paths[0]))
      })
    const { search } = JSON.parse((await mine.post('/api/search', { text: their.registerNumber })).body)
    const { sessions } = JSON.parse((await mine.get('/api/sessions')).body)
    await like('get', [`/api/search/${search}`, `/api/search/${randomId()}`])
    await like('post', [`/api/sessions/${sessions[0].id}/end`, `/api/sessions/${randomId()}/end`])
    await like('post', [`/api/passkeys/${sessions[0].id}/revoke`, `/api/passkeys/${randomId()}/revoke`])
    assert.equal((await mine.get(`/api/search/${search}`)).statusCode, 200)
    assert.equal((await mine.get('/api/session')).statusCode, 200)
    // A cookie of another's, or several, opens nothing more than the first that holds.
    const headers = { host: mine.host, cookie: `${cookieOf(other)}; ${cookieOf(mine)}` }
    const { text } = await send(url, 'GET', '/api/session', { headers })
    assert.equal(JSON.parse(text).role, 'court')
  })

  await t.test('audits and tokens are for those whom the table names, whoever began them', async () => {
    const started = await ask(url, everywhere.auditor, '/api/audits', {})
    assert.equal(started.status, 200, JSON.stringify(started.body))
    const { id } = started.body as { id: string }
    for (const role of ROLES) {
      const may = rolesFor(doors.find(({ path }) => path === '/api/audits/{id}') as Door).includes(role)
      const answers = await Promise.all([id, randomId()].map((one) => ask(url, everywhere[role], `/api/audits/${one}`)))
      assert.deepEqual(
        answers.map(({ status }) => status),
        may ? [200, 404] : [403, 403],
        role,
      )
    }
  })
})
