import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { test } from 'node:test'
import { rooms, routes } from '../cli/rooms.ts'
import type { Contract, Route } from '../kernel/contract.ts'
import { randomId, timeId } from '../kernel/ids.ts'
import type { Endpoint } from '../platform/http/endpoint.ts'
import { refuseHttp } from '../platform/http/problems.ts'
import { freshDatabase } from '../platform/testing.ts'
import { refuseRecord } from '../record/acts.ts'
import { expectations } from './expectations.ts'
import { ROLES } from './roles.ts'
import { bodyFor, noon, openTestApi, sampleRoutes, type TestApi } from './testing.ts'
import { createToken } from './tokens.ts'

/** All acts of the program; those of the record come with the API. */
const acts = rooms.filter(({ name }) => name !== 'record').flatMap((room) => room.acts)
const isContract = (one: unknown): one is Contract =>
  typeof one === 'object' && one !== null && 'method' in one && 'path' in one && 'permission' in one

/** The routes that need the whole house, as their contracts say them; what they answer is tested with the house. */
async function houseRoutes(): Promise<Route[]> {
  const folder = new URL('../cli/', import.meta.url)
  const names = (await readdir(folder)).filter((name) => name.endsWith('-contract.ts'))
  const modules = await Promise.all(names.map((name) => import(new URL(name, folder).href)))
  return modules
    .flatMap((module) => Object.values(module))
    .filter(isContract)
    .map((contract) => ({ contract, handle: async () => refuseHttp('no-route') }))
}

const custody = randomId()
const note = (text = 'Quiet night', id = timeId(noon)) => bodyFor({ person: { custody }, act: { text } }, id)

const urlOf = ({ contract }: Endpoint) =>
  contract.path
    .replaceAll(':id', randomId())
    .replace(':number', 'TEC-31-000001')
    .replace(':digest', 'ab'.repeat(32))
    .replace(':code', 'TEC')
    .replace(':date', '2031-05-06')
    .replace('*', '000')
const nameOf = ({ contract }: Endpoint) => `${contract.method} ${contract.path}`

test('the interface', async (t) => {
  const api: TestApi = await openTestApi(await freshDatabase(t), acts, {
    routes: [...sampleRoutes, ...routes, ...(await houseRoutes())],
  })
  t.after(() => api.app.close())

  await t.test('every route says its permission in words that a policy knows', () => {
    for (const endpoint of api.endpoints) {
      const { permission, says } = endpoint.contract
      assert.ok(permission, `${nameOf(endpoint)}: add \`permission\``)
      assert.ok(
        ['public', 'signed-in', 'each-act'].includes(permission) || permission in expectations,
        nameOf(endpoint),
      )
      assert.ok(says.en.length > 0 && says.es.length > 0 && says.en !== says.es, `${nameOf(endpoint)}: say it twice`)
    }
  })

  await t.test('every route × no token: 401, save what is public', async () => {
    for (const endpoint of api.endpoints) {
      const { contract } = endpoint
      for (const token of [undefined, 'habeas_wrong', `habeas_${randomBytes(32).toString('base64url')}`]) {
        const answer = await api.call(contract.method, urlOf(endpoint), token, contract.body && {})
        assert.equal(
          answer.statusCode === 401,
          contract.permission !== 'public',
          `${nameOf(endpoint)}: ${answer.statusCode}`,
        )
      }
    }
  })

  await t.test('every act and every route × every role: as the table says', async () => {
    for (const endpoint of api.endpoints) {
      const { contract } = endpoint
      const allowed = expectations[contract.permission]?.roles ?? ROLES
      for (const role of ROLES) {
        const answer = await api.call(contract.method, urlOf(endpoint), role, contract.body && {})
        const expected = allowed.includes(role)
        const words = `${nameOf(endpoint)} as ${role}: ${answer.statusCode}`
        assert.equal(answer.statusCode !== 403, expected, words)
        assert.ok(answer.statusCode < 500, words)
        if (!expected) {
          const problem = answer.json()
          assert.equal(problem.code, 'not-permitted')
          assert.deepEqual(problem.details, { permission: contract.permission, roles: allowed })
        }
      }
    }
  })

  await t.test('every route is in the OpenAPI document, with its permission and both languages', async () => {
    const answer = await api.call('GET', '/api/openapi.json', undefined)
    assert.equal(answer.statusCode, 200)
    const document = answer.json()
    assert.equal(document.openapi, '3.1.0')
    for (const endpoint of api.endpoints) {
      const { contract } = endpoint
      const path = contract.path.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{*}')
      const operation = document.paths[path]?.[contract.method.toLowerCase()]
      assert.ok(operation, `${nameOf(endpoint)} is missing; there are ${Object.keys(document.paths).join(' ')}`)
      assert.equal(operation['x-permission'], contract.permission)
      for (const words of [contract.says.en, contract.says.es, contract.permission]) {
        assert.ok(operation.description.includes(words), nameOf(endpoint))
      }
      if (contract.body) assert.ok(operation.requestBody.content['application/json'].schema, nameOf(endpoint))
    }
    const admit = document.paths['/api/acts/custody.admit'].post.requestBody.content['application/json'].schema
    assert.ok(admit.properties.data.properties.legal.properties.orders, 'the form of the act is in the document')
    assert.ok(document.components.schemas.Problem)
  })

  await t.test(
    'an act is answered with its receipt, a repeat with the first one, another body with a refusal',
    async () => {
      const body = note()
      const first = await api.call('POST', '/api/acts/note.add', 'registrar', body)
      assert.equal(first.statusCode, 201, first.body)
      assert.equal(first.headers.location, `/api/entries/${first.json().entry}`)
      const again = await api.call('POST', '/api/acts/note.add', 'registrar', body)
      assert.equal(again.statusCode, 200)
      assert.equal(again.headers['habeas-repeated'], 'true')
      assert.equal(again.json().entry, first.json().entry)
      const other = await api.call('POST', '/api/acts/note.add', 'registrar', note('Another', body.id))
      assert.equal(other.statusCode, 409)
      assert.equal(other.json().code, 'id-reused')
    },
  )

  await t.test(
    'a refusal is a problem of RFC 9457 in both languages, with its title in the one asked for',
    async () => {
      api.runner.answer = () => refuseRecord('not-found', { custody })
      try {
        const answer = await api.app.inject({
          method: 'POST',
          url: '/api/acts/note.add',
          headers: { authorization: `Bearer ${api.tokens.registrar}`, 'accept-language': 'en-GB, es;q=0.5' },
          payload: note(),
        })
        assert.equal(answer.statusCode, 404)
        assert.equal(answer.headers['content-type'], 'application/problem+json')
        const problem = answer.json()
        assert.equal(problem.type, 'urn:habeas:problem:not-found')
        assert.equal(problem.title, problem.says.en)
        assert.ok(problem.says.es && problem.remedy.en && problem.remedy.es)
        assert.equal(problem.requestId, answer.headers['x-request-id'])
        assert.deepEqual(problem.details, { custody })
      } finally {
        api.runner.answer = () => undefined
      }
    },
  )

  await t.test('what is wrong is named by path, never by value, and a key that is not ours not at all', async () => {
    const answer = await api.call('POST', '/api/acts/note.add', 'registrar', {
      ...bodyFor({ person: { custody: 'JUAN PÉREZ' }, act: { text: 7, 'Ana López': 'sí' } }),
      occurredAt: { at: 'ayer', precision: 'minute', zone: 'Luna/Mar' },
    })
    assert.equal(answer.statusCode, 400)
    const { fields } = answer.json().details
    const paths = fields.map(({ path }: { path: string }) => path)
    for (const path of [
      'body.data.person.custody',
      'body.data.act.text',
      'body.occurredAt.at',
      'body.occurredAt.zone',
    ]) {
      assert.ok(paths.includes(path), `${path} in ${paths}`)
    }
    assert.doesNotMatch(answer.body, /JUAN|López|ayer|Luna/)
  })

  await t.test('a fault of the world says when to come back; one of ours says nothing', async () => {
    for (const [name, status] of [
      ['DatabaseUnavailable', 503],
      ['SignerUnavailable', 503],
      ['TypeError', 500],
    ] as const) {
      api.runner.answer = () => Object.assign(new Error('relation "secret" of Juan'), { name })
      const answer = await api.call('POST', '/api/acts/note.add', 'registrar', note())
      api.runner.answer = () => undefined
      assert.equal(answer.statusCode, status)
      assert.equal(answer.headers['retry-after'] !== undefined, status === 503)
      assert.doesNotMatch(answer.body, /secret|Juan|\.ts|Error/)
      assert.ok(answer.json().requestId)
    }
  })

  await t.test('no log line has anything of an address, a body or a token', async () => {
    api.lines.length = 0
    await api.call('GET', '/api/sample/roll?facility=JUANPEREZ', 'registrar')
    await api.call('GET', '/api/nothing/JUANPEREZ?name=JUANPEREZ', 'registrar')
    await api.call('POST', '/api/acts/note.add', 'registrar', note('JUANPEREZ'))
    await api.call('POST', '/api/acts/note.add', 'auditor', note('JUANPEREZ'))
    const text = api.lines.join('')
    assert.doesNotMatch(text, /JUANPEREZ|habeas_/)
    assert.match(text, /"route":"\/api\/sample\/roll"/)
    assert.match(text, /"permission":"note.record","role":"auditor"/)
  })

  await t.test('a query that the contract does not know is refused, not ignored', async () => {
    const answer = await api.call('GET', '/api/sample/roll?att=2031-01-01', 'registrar')
    assert.equal(answer.statusCode, 400)
  })

  await t.test('a token bound to a facility acts and reads there only', async () => {
    const { sql, clock } = api.options
    const { token } = await createToken(sql, clock, { role: 'registrar', facility: 'TEC' })
    const open = (facility: string) =>
      bodyFor({ place: { facility, name: 'X', country: 'SV', zone: 'America/El_Salvador' } })
    assert.equal((await api.call('POST', '/api/acts/facility.open', token, open('TEC'))).statusCode, 201)
    const elsewhere = await api.call('POST', '/api/acts/facility.open', token, open('IZA'))
    assert.equal(elsewhere.statusCode, 403)
    assert.equal(elsewhere.json().code, 'another-facility')
    assert.equal((await api.call('GET', '/api/sample/roll?facility=TEC', token)).statusCode, 200)
    assert.equal((await api.call('GET', '/api/sample/roll?facility=IZA', token)).statusCode, 403)
    assert.equal((await api.call('GET', '/api/sample/roll', token)).statusCode, 403)
    assert.equal(
      (await api.call('POST', '/api/acts/note.add', token, note())).json().code,
      'nothing-here',
      'custody elsewhere',
    )
    await sql.rows("insert into subject (id, kind, facility) values ($1, 'custody', 'TEC') returning id", [custody])
    assert.equal((await api.call('POST', '/api/acts/note.add', token, note())).statusCode, 201)
    const batch = { mode: 'each', acts: [{ kind: 'facility.open', ...open('IZA') }] }
    const answer = await api.call('POST', '/api/acts', token, batch)
    assert.equal(answer.json().answers[0].problem.code, 'another-facility')
  })

  await t.test('too large, too deep, not JSON, twice the same key, wrong type, broken address', async () => {
    const url = '/api/acts/note.add'
    const cases: [string, number, string][] = [
      [JSON.stringify(note('x'.repeat(70_000))), 413, 'body-too-large'],
      [`${'['.repeat(40)}${']'.repeat(40)}`, 400, 'not-json'],
      ['{"id":1,"id":2}', 400, 'not-json'],
      ['{', 400, 'not-json'],
      ['', 400, 'not-json'],
      ['"\\ud800"', 400, 'not-json'],
      ['[1e400]', 400, 'not-json'],
    ]
    for (const [body, status, code] of cases) {
      const answer = await api.call('POST', url, 'registrar', body)
      assert.equal(answer.statusCode, status, `${body.slice(0, 20)}: ${answer.body}`)
      assert.equal(answer.json().code, code)
    }
    const xml = await api.app.inject({
      method: 'POST',
      url,
      headers: { authorization: `Bearer ${api.tokens.registrar}`, 'content-type': 'text/xml' },
      payload: '<a/>',
    })
    assert.equal(xml.statusCode, 400)
    for (const address of [
      '/api/%zz',
      '/api/acts/no.such',
      '/',
      '/api/entries/not-an-id/receipt',
      `/${'a'.repeat(5000)}`,
    ]) {
      const answer = await api.call('GET', address, 'registrar')
      assert.ok([400, 404].includes(answer.statusCode), `${address.slice(0, 30)}: ${answer.statusCode}`)
      assert.equal(answer.headers['content-type'], 'application/problem+json')
    }
  })

  await t.test('answers carry the headers of a careful server', async () => {
    const { headers } = await api.call('GET', '/api/sample/roll', 'court')
    assert.equal(headers['cache-control'], 'no-store')
    assert.equal(headers['x-content-type-options'], 'nosniff')
    assert.ok(headers['content-security-policy'])
    assert.equal(headers['x-powered-by'], undefined)
  })

  await t.test('health: ready says what waits, and turns 503 with the database', async () => {
    const ready = await api.call('GET', '/health/ready', undefined)
    assert.equal(ready.statusCode, 200)
    assert.equal(ready.json().quiet, true)
    assert.equal((await api.call('GET', '/health/live', undefined)).statusCode, 200)
    const health = { ...(await api.options.health()), database: false }
    const away = await openTestApi(api.options.sql, [], { health: async () => health })
    const answer = await away.call('GET', '/health/ready', undefined)
    assert.equal(answer.statusCode, 503)
    assert.equal(answer.json().database, false)
    await away.app.close()
  })

  await t.test('health: a silent signer leaves it ready and not quiet', async () => {
    const health = { ...(await api.options.health()), signer: false }
    const silent = await openTestApi(api.options.sql, [], { health: async () => health })
    const answer = await silent.call('GET', '/health/ready', undefined)
    assert.deepEqual([answer.statusCode, answer.json().ready, answer.json().quiet], [200, true, false])
    await silent.app.close()
  })

  await t.test('a rate limit says when to come back', async () => {
    const slow = await openTestApi(api.options.sql, [], { rateLimitPerMinute: 3 })
    for (let i = 0; i < 3; i++) assert.equal((await slow.call('GET', '/health/live', undefined)).statusCode, 200)
    const answer = await slow.call('GET', '/health/live', undefined)
    assert.equal(answer.statusCode, 429)
    assert.equal(answer.json().code, 'too-many-requests')
    assert.ok(answer.headers['retry-after'])
    await slow.app.close()
  })

  await t.test('a permission that no policy speaks of stops the start', async () => {
    const [route] = api.options.routes
    assert.ok(route)
    const routes = [{ ...route, contract: { ...route.contract, permission: 'roll.raed' } }]
    await assert.rejects(openTestApi(api.options.sql, [], { routes }), /roll\.raed/)
  })

  await t.test('an answer that is not what the contract says is our fault, and does not leave the house', async () => {
    const [route] = api.options.routes
    assert.ok(route)
    const leaky = await openTestApi(api.options.sql, [], {
      routes: [{ contract: route.contract, handle: async () => ({ held: 3, names: ['JUAN'] }) }],
    })
    const answer = await leaky.call('GET', '/api/sample/roll', 'court')
    assert.equal(answer.statusCode, 500)
    assert.doesNotMatch(answer.body, /JUAN/)
    assert.doesNotMatch(leaky.lines.join(''), /JUAN/)
    await leaky.app.close()
  })

  await t.test('a refusal for a while is a 503 with Retry-After', async () => {
    api.runner.answer = () => refuseHttp('unavailable')
    const answer = await api.call('POST', '/api/acts/note.add', 'registrar', note())
    api.runner.answer = () => undefined
    assert.equal(answer.statusCode, 503)
    assert.ok(answer.headers['retry-after'])
  })
})
