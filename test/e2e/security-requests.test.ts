// What no honest client sends, to every endpoint of a real instance: from another site, broken, too much, climbing,
// with line ends in it, under another name. None is answered as a fault, none gets through, none leaves a trace of a
// person in the log.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomId } from '../../src/kernel/ids.ts'
import {
  actBody,
  cookieOf,
  type Door,
  doorsOf,
  filled,
  roleFor,
  type Schema,
  send,
  sendBytes,
  signInOver,
  tokensOf,
} from './security.testing.ts'
import { ask, newInstance } from './testing.ts'

const MARK = 'JUANPEREZ'

const IDS = { id: randomId(), number: 'TEC-31-999999', digest: 'ab'.repeat(32), code: 'TEC', date: '2026-11-01' }

const NASTY_BODIES: readonly (readonly [string, string | Buffer])[] = [
  ['nothing', ''],
  ['half', '{'],
  ['null', 'null'],
  ['list', '[]'],
  ['text', `"${MARK}"`],
  ['number beyond', '[1e400]'],
  ['twice the same key', '{"id":1,"id":2}'],
  ['deep', `${'['.repeat(4000)}${']'.repeat(4000)}`],
  ['prototype', '{"__proto__":{"role":"oversight"},"constructor":{"prototype":{}}}'],
  ['NUL', '{"id":"\\u0000","text":"\\u0000","name":"\\u0000","data":{"\\u0000":1}}'],
  ['half a character', '{"text":"\\ud800","name":"\\ud800"}'],
  ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
]

/** As they stand in an address, already encoded. */
const NASTY_WORDS = [
  '',
  '%00',
  '%ff',
  '%ED%A0%80',
  '%0d%0aset-cookie:%20x=y',
  '..%2f..%2fetc%2fpasswd',
  "'%3bselect%201--",
  '__proto__',
  'NaN',
  '-1',
  '1e9',
  '9'.repeat(400),
  `${MARK}%0A%7B%22level%22%3A30%7D`,
  '9999-12-31T23:59:59.999999999Z',
  '-271821-04-20T00:00:00Z',
  '0000-01-01T00:00:00Z',
  '2026-11-01',
  '~',
  '%7B%7D',
]

/** What each field of a body may be instead of what it should be. */
const NASTY_VALUES: readonly unknown[] = [
  '\u0000',
  'a\u0000b',
  '%',
  '\\',
  `${MARK}\r\nx`,
  'x'.repeat(5_000),
  '9999-12-31T23:59:59Z',
  '-271821-04-20T00:00:00Z',
  -1,
  2 ** 53,
  1e308,
  null,
  [],
  {},
  [[]],
]

test('requests that no honest client sends', async (t) => {
  const instance = await newInstance(t, 24, { HABEAS_LOG_LEVEL: 'debug', HABEAS_SIGN_INS_PER_MINUTE: '100000' })
  const server = await instance.start()
  const { url } = server
  const doors = await doorsOf(url)
  const tokens = await tokensOf(instance)
  const bearer = (door: Door) => ({ authorization: `Bearer ${tokens[roleFor(door)]}` })
  const json = { 'content-type': 'application/json' }
  const home = `http://localhost:${new URL(url).port}`
  const { host } = new URL(home)
  const changing = doors.filter(({ method }) => method !== 'GET')
  const withBody = doors.filter(({ body }) => body !== undefined)
  const isAct = ({ path }: Door) => path.startsWith('/api/acts')
  assert.ok(doors.length > 100 && changing.length > 60, `${doors.length} doors, ${changing.length} that change`)
  const { held } = (await ask(url, tokens.registrar, '/api/custodies?limit=5')).body as {
    held: { custody: string; registerNumber: string; name: { family: string } | null }[]
  }
  const [first] = held
  assert.ok(first)
  const names = held.flatMap(({ name }) => name?.family ?? [])
  assert.ok(names.length > 0)

  await t.test(
    'CSRF: nothing that changes anything is done for another site, nor for one that does not say',
    async () => {
      const registrar = await signInOver(url, 'registrar')
      const cookie = cookieOf(registrar)
      const origins = [
        undefined,
        'null',
        'https://evil.example',
        `http://127.0.0.1:${new URL(url).port}`,
        'http://localhost:1',
        `${home}.evil.example`,
        `https://${host}`,
        `${home}, ${home}`,
        home.toUpperCase(),
      ]
      for (const door of changing) {
        for (const origin of origins) {
          const headers = { host, cookie, ...json, ...(origin !== undefined && { origin }) }
          const { status, text } = await send(url, door.method, filled(door, IDS), { headers, body: '{}' })
          const words = `${door.name} from ${origin}: ${status} ${text.slice(0, 200)}`
          assert.equal(status, 403, words)
          assert.equal(JSON.parse(text).code, 'another-origin', words)
        }
      }
      // Nor does a read stand in for it.
      for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
        const headers = { host, cookie, [name]: 'POST' }
        const { status } = await send(url, 'GET', '/api/audits?_method=POST', { headers })
        assert.notEqual(status, 200, name)
      }
      assert.equal((await registrar.get('/api/session')).statusCode, 200, 'and nobody was signed out')
    },
  )

  await t.test('a host that is not ours gets nothing for a cookie, on any endpoint', async () => {
    const cookie = cookieOf(await signInOver(url, 'oversight'))
    const personal = doors.filter(({ permission }) => permission !== 'public')
    for (const door of personal) {
      for (const host of [
        'evil.example',
        'localhost.evil.example',
        `localhost@evil.example`,
        '[::2]',
        'localhost:0x50',
      ]) {
        const { status } = await send(url, door.method, filled(door, IDS), {
          headers: { host, cookie, origin: `http://${host}`, 'x-forwarded-host': 'localhost', ...json },
          ...(door.method !== 'GET' && { body: '{}' }),
        })
        assert.ok([401, 403].includes(status), `${door.name} at ${host}: ${status}`)
      }
    }
    const nameless = await sendBytes(url, `GET /api/session HTTP/1.1\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`)
    assert.match(nameless, /^HTTP\/1\.1 400 /)
  })

  await t.test('broken bodies: refused on every endpoint, also where none is taken', async () => {
    for (const door of changing) {
      for (const [what, body] of NASTY_BODIES) {
        const { status, text } = await send(url, door.method, filled(door, IDS), {
          headers: { ...bearer(door), ...json },
          body,
        })
        // Signing out needs no body, and without a cookie does nothing.
        if (door.path === '/sign-out' && status === 200) continue
        assert.ok(status >= 400 && status < 500, `${door.name}, ${what}: ${status} ${text.slice(0, 300)}`)
        assert.ok(!text.includes(MARK), `${door.name}, ${what}: says what was sent`)
      }
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        'text/xml',
      ]) {
        const { status } = await send(url, door.method, filled(door, IDS), {
          headers: { ...bearer(door), 'content-type': type },
          body: 'a=b',
        })
        assert.ok(status >= 400 && status < 500, `${door.name}, ${type}: ${status}`)
      }
    }
  })

  await t.test(
    'bodies beyond what is taken: said by length before a byte is read, and when they come in pieces',
    async () => {
      for (const door of changing) {
        const head = `${door.method} ${filled(door, IDS)} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${bearer(door).authorization}\r\nContent-Type: application/json\r\nConnection: close\r\n`
        const said = await sendBytes(url, `${head}Content-Length: 999999999999\r\n\r\n{`)
        assert.match(said, /^HTTP\/1\.1 4(13|00|01|04) /, `${door.name}: ${said.slice(0, 300)}`)
      }
      const note = changing.find(({ path }) => path === '/api/acts/note.add') as Door
      const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
      const head = `POST ${note.path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: ${bearer(note).authorization}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n`
      const pieces = await sendBytes(url, `${head}${chunk.repeat(300)}0\r\n\r\n`).catch(String)
      assert.match(pieces, /413|ECONNRESET|EPIPE/, pieces.slice(-400))
    },
  )

  await t.test('mass assignment: no endpoint takes a field that its contract does not know', async () => {
    // What is not said here is said by the entry that is amended, or by the standard of passkeys.
    const open =
      /^POST \/api\/(acts\/(entry\.(correct|withdraw)|sync\.refuse)\.data\.\w+$|(step-up|passkeys)\.response)/
    const found: string[] = []
    const walk = (schema: Schema, at: string): void => {
      if (schema.properties && schema.additionalProperties !== false && !open.test(at)) found.push(at)
      for (const [name, inner] of Object.entries(schema.properties ?? {})) walk(inner, `${at}.${name}`)
      if (schema.items) walk(schema.items, `${at}[]`)
      for (const one of [schema.anyOf, schema.oneOf, schema.allOf].flat()) if (one) walk(one, at)
    }
    for (const door of withBody) walk(door.body as Schema, door.name)
    assert.deepEqual(found, [])

    const wrong = async (door: Door, body: object, query = '') => {
      const headers = { ...bearer(door), ...json }
      const { status, text } = await send(url, door.method, `${filled(door, IDS)}${query}`, {
        headers,
        body: JSON.stringify(body),
      })
      return { status, fields: ((JSON.parse(text).details?.fields ?? []) as unknown[]).length }
    }
    for (const door of withBody) {
      if (door.method === 'PUT') continue
      const own = await wrong(door, {})
      for (const field of ['role', 'officer', 'facility', 'actor', 'permissions', 'recordedAt', 'n']) {
        if (door.body?.properties?.[field]) continue
        const more = await wrong(door, { [field]: 'x' })
        assert.equal(more.status, 400, `${door.name} takes ${field}`)
        assert.ok(more.fields > own.fields || own.fields === 0, `${door.name} says nothing of ${field}`)
      }
    }
    for (const door of doors.filter(({ permission, query }) => permission !== 'public' || query.length > 0)) {
      if (door.path.startsWith('/sign-in')) continue
      const asked = `${filled(door, IDS)}?role=oversight`
      const { status } = await send(url, door.method, asked, {
        headers: { ...bearer(door), ...json },
        ...(door.body && { body: '{}' }),
      })
      assert.equal(status, 400, `${door.name} takes a query that it does not know`)
    }
    const extra = { person: { custody: first.custody, role: 'x' }, act: { text: 'x' } }
    assert.equal((await ask(url, tokens.registrar, '/api/acts/note.add', actBody(extra))).status, 400)
  })

  await t.test('strange words in addresses and queries: never a fault, never found', async () => {
    for (const door of doors) {
      const get = async (path: string) => {
        const { status, text, headers } = await send(url, door.method, path, {
          headers: { ...bearer(door), ...json },
          ...(door.body && { body: '{}' }),
        })
        assert.ok(status < 500, `${door.method} ${path}: ${status} ${text.slice(0, 300)}`)
        assert.equal(headers['set-cookie']?.toString().includes('x=y') ?? false, false, path)
        return status
      }
      if (door.path === '/api/live' || door.path === '/sign-in/callback') continue
      for (const param of door.params) {
        for (const word of NASTY_WORDS) {
          const status = await get(filled(door, { ...IDS, '*': '000', [param]: word }))
          if (word !== '' && word !== IDS.date) assert.ok(status >= 400, `${door.name} with ${word}: ${status}`)
        }
      }
      for (const name of door.query) {
        for (const word of NASTY_WORDS) await get(`${filled(door, IDS)}?${name}=${word}`)
        await get(`${filled(door, IDS)}?${name}=1&${name}=2`)
        await get(`${filled(door, IDS)}?${name}[]=1&${name}[x]=2`)
      }
    }
  })

  await t.test('strange values in the bodies of reads: never a fault', async () => {
    const usual: Record<string, object> = {
      '/api/search': { text: 'x' },
      '/api/people/search': { name: 'x' },
      '/api/returns/{number}': { audience: 'court' },
      '/api/returns/{number}/preview': { audience: 'court' },
    }
    for (const door of withBody.filter((door) => !isAct(door))) {
      for (const name of Object.keys(door.body?.properties ?? {})) {
        for (const value of NASTY_VALUES) {
          const body = JSON.stringify({ ...usual[door.path], [name]: value })
          const path = filled(door, { ...IDS, number: first.registerNumber })
          const { status, text } = await send(url, door.method, path, { headers: { ...bearer(door), ...json }, body })
          assert.ok(
            status < 500,
            `${door.name} ${name}=${JSON.stringify(value)?.slice(0, 40)}: ${status} ${text.slice(0, 300)}`,
          )
        }
      }
    }
  })

  await t.test('paths that climb: nothing of the machine, nobody sent elsewhere', async () => {
    const climbs = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../package.json',
      '/assets/..%2f..%2f..%2fpackage.json',
      '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
      '/assets/..%5c..%5cpackage.json',
      '/assets/%252e%252e/package.json',
      '/assets/%c0%ae%c0%ae/package.json',
      '/assets/....//package.json',
      '/assets/%00',
      '/index.html%00.js',
      '/.env',
      '/.habeas/secrets/mac.key',
      '/assets/.git/config',
      '//etc/passwd',
      '///evil.example',
      '//evil.example/%2f..',
      '/\\evil.example',
      '/%5cevil.example',
      'http://evil.example/',
      '/log/tile/..%2f..%2fpackage.json',
      '/log/tile/%2e%2e/%2e%2e/package.json',
      '/log/tile/entries/..%2f..%2fsecrets',
      `/api/custodies/${first.custody}/files/..%2f..%2fsecrets%2fmac.key`,
      `/api/custodies/..%2f${first.custody}/files/${'ab'.repeat(32)}`,
      `/api/custodies/${first.custody}/files/%00`,
      '/demonstration-issuer/..%2f..%2fpackage.json',
    ]
    for (const path of climbs) {
      for (const at of [host, host.replace('localhost', '127.0.0.1')]) {
        const headers = `Host: ${at}\r\nAuthorization: Bearer ${tokens.registrar}\r\nConnection: close\r\n`
        const text = await sendBytes(url, `GET ${path} HTTP/1.1\r\n${headers}\r\n`)
        const words = `${path}: ${text.slice(0, 200)}`
        assert.match(text, /^HTTP\/1\.1 (200|302|400|401|403|404) /, words)
        assert.doesNotMatch(text, /"dependencies"|root:|PRIVATE KEY|\[core\]/, words)
        if (text.startsWith('HTTP/1.1 200')) assert.match(text, /<html/, words)
        const location = /^location: (.*)\r$/im.exec(text)?.[1]
        if (location !== undefined) assert.equal(URL.parse(location, home)?.origin ?? home, home, words)
      }
    }
  })

  await t.test('methods that nothing has: refused without an echo, and no other site may ask', async () => {
    for (const method of [
      'TRACE',
      'TRACK',
      'CONNECT',
      'OPTIONS',
      'PATCH',
      'DELETE',
      'PROPFIND',
      'HEAD',
      'QUERY',
      'BREW',
    ]) {
      for (const path of [
        '/',
        '/api/custodies',
        '/api/acts/note.add',
        '/sign-out',
        `/api/custodies/${first.custody}`,
      ]) {
        const text = await sendBytes(
          url,
          `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nX-Echo: ${MARK}\r\nOrigin: https://evil.example\r\nAccess-Control-Request-Method: POST\r\nAuthorization: Bearer ${tokens.registrar}\r\nConnection: close\r\n\r\n`,
        )
        const words = `${method} ${path}: ${text.slice(0, 200)}`
        if (method === 'HEAD' && path === '/') assert.match(text, /^HTTP\/1\.1 200 /, words)
        else if (text !== '' || method !== 'CONNECT') assert.match(text, /^HTTP\/1\.1 40[0345] /, words)
        assert.doesNotMatch(text, new RegExp(`${MARK}|access-control-allow`, 'i'), words)
      }
    }
  })

  await t.test('every answer has the headers of a careful server; what is personal is kept nowhere', async () => {
    const values = { ...IDS, id: first.custody, number: first.registerNumber, '*': '000' }
    for (const door of doors) {
      if (door.path === '/api/live') continue
      const { status, headers } = await send(url, door.method, filled(door, values), {
        headers: { ...bearer(door), ...json, origin: 'https://evil.example' },
        ...(door.body && { body: '{}' }),
      })
      const words = `${door.name}: ${status} ${JSON.stringify(headers)}`
      if (door.isPersonal || !door.path.startsWith('/log/')) assert.equal(headers['cache-control'], 'no-store', words)
      assert.equal(headers['x-content-type-options'], 'nosniff', words)
      const policy = String(headers['content-security-policy'])
      assert.match(policy, /default-src 'none'/, words)
      assert.match(policy, /frame-ancestors 'none'/, words)
      assert.doesNotMatch(policy, /unsafe-eval|script-src[^;]*unsafe-inline|script-src[^;]*\*/, words)
      for (const name of ['access-control-allow-origin', 'x-powered-by', 'server'])
        assert.equal(headers[name], undefined, `${words} ${name}`)
    }
    for (const page of [
      '/',
      '/people',
      `/people/${first.custody}`,
      '/admit',
      '/nothing',
      '/sign-in/callback',
      '/gallery',
    ]) {
      const { headers, text } = await send(url, 'GET', page, { headers: { host } })
      assert.equal(headers['cache-control'], 'no-store', page)
      assert.doesNotMatch(text, /<script(?![^>]*\bsrc=)[^>]*>|\son\w+=|javascript:/i, page)
      assert.doesNotMatch(String(headers['content-security-policy']), /script-src[^;]*(unsafe|nonce|\*|data:)/, page)
    }
  })

  await t.test(
    'CSV: what a spreadsheet would run is shown as text, in every column; no header is made of a query',
    async () => {
      const family1 = `=cmd|'/c calc'!A0`
      const names = [family1, '+1+1', '-2+3', '@SUM(A1)', '\u00a0=1+1', '＝1+1'].map((text) => ({
        use: 'recorded',
        given: text,
        family1: text,
      }))
      for (const name of names) {
        const data = {
          person: { custody: randomId(), person: randomId(), identity: { names: [name], nationalities: [] } },
          place: { facility: 'TEC' },
          legal: { ordersStated: false },
        }
        const { status, body } = await ask(url, tokens.registrar, '/api/acts/custody.admit', actBody(data))
        assert.equal(status, 201, JSON.stringify(body))
      }
      const door = doors.find(({ path }) => path === '/api/custodies.csv') as Door
      for (const language of ['en', 'es']) {
        const { status, text, headers } = await send(url, 'GET', `${door.path}?language=${language}`, {
          headers: bearer(door),
        })
        assert.equal(status, 200)
        assert.match(String(headers['content-disposition']), /^attachment; filename="[A-Za-z0-9-]+\.csv"$/)
        assert.ok(text.includes(`'=cmd|'/c calc'!A0`), 'the name is there, and is a text')
        for (const row of text.slice(1).split('\r\n')) {
          for (const cell of row.split(','))
            assert.doesNotMatch(cell.replace(/^"/, ''), /^[\s\u00a0]*[=+\-@\t\r\n＝＋－＠]/, row)
        }
      }
      for (const [name, value] of [
        ['facility', 'TEC%0d%0ax:%20y'],
        ['facility', 'TEC"'],
        ['language', 'es"%0d%0a'],
        ['at', '2026-11-01T00:00:00Z%0d%0ax:y'],
      ]) {
        const { status, headers } = await send(url, 'GET', `${door.path}?${name}=${value}`, { headers: bearer(door) })
        assert.equal(status, 400, `${name}=${value}`)
        assert.equal(headers['content-disposition'], undefined)
      }
    },
  )

  await t.test('the log: one line of JSON each, whatever was asked, and nobody in it', async () => {
    const lines = [`a\n{"level":60,"msg":"${MARK}"}`, `\u001b[31m${MARK}`, `\u2028${MARK}`, `%s %j ${MARK}`]
    for (const text of lines) {
      const said = encodeURIComponent(text)
      await send(url, 'GET', `/api/${said}?name=${said}`, {
        headers: {
          host,
          'user-agent': Buffer.from(text)
            .toString('latin1')
            .replaceAll(/[^\x20-\x7e]/g, '?'),
          referer: `http://x/${said}`,
          'x-request-id': said,
        },
      })
      await send(url, 'GET', `/${said}`, { headers: { host, 'accept-language': said } })
      await ask(
        url,
        tokens.registrar,
        '/api/acts/note.add',
        actBody({ person: { custody: first.custody }, act: { text } }),
      )
      await ask(url, tokens.registrar, '/api/search', { text })
      await ask(url, `${said}`, '/api/custodies')
    }
    const { stderr } = await server.stop()
    const written = stderr.split('\n').filter((line) => line !== '')
    assert.ok(written.length > 1000)
    // Two lines in plain words, for who started it.
    const strange = written.filter(
      (line) => !/^\{"level":\d0,.*\}$/.test(line) && !/^(Filling the reference|Stopping\.)/.test(line),
    )
    assert.deepEqual(strange, [])
    for (const line of written.filter((line) => line.startsWith('{'))) JSON.parse(line)
    const secrets = [
      MARK,
      'habeas_',
      first.custody,
      first.registerNumber,
      ...names.map((name) => `"${name}"`),
      '"level":60',
    ]
    for (const secret of secrets) {
      const found = written.find((line) => line.includes(secret))
      assert.equal(found, undefined, secret)
    }
    assert.deepEqual(
      written.filter((line) => line.includes('"msg":"fault"')),
      [],
      'nothing of all this was a fault',
    )
  })
})
