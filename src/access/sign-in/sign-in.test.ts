import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as breathe } from 'node:timers/promises'
import fc from 'fast-check'
import { z } from 'zod'
import { defineContract } from '../../kernel/contract.ts'
import { randomId, timeId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/ports.ts'
import { ConfigInvalid } from '../../platform/config.ts'
import { connectDatabase, DatabaseUnavailable } from '../../platform/database.ts'
import { type Endpoint, OpenAnswer } from '../../platform/http/endpoint.ts'
import { freshDatabase } from '../../platform/testing.ts'
import { Live } from '../live.ts'
import { bodyFor, noon, openTestApi, openTestSignIn, testSignInConfig } from '../testing.ts'
import { OFFICER_ROLES } from './claims.ts'
import { localPath } from './origin.ts'
import { makeChallenge } from './passkeys.ts'
import { beginSession, endSession, pruneSessions } from './sessions.ts'
import { checkSignIn } from './sign-in.ts'
import { TestBrowser } from './testing.ts'

/** A clock that a test moves. */
function movedClock(): Clock & { add(duration: Temporal.DurationLike): void } {
  let at = noon
  return {
    now: () => at,
    add(duration) {
      at = at.add(duration)
    },
  }
}

const cookiesOf = (reply: { headers: Record<string, unknown> }): string[] =>
  [(reply.headers['set-cookie'] as string | string[] | undefined) ?? []].flat()

test('signing in at the demonstration issuer', async (t) => {
  const database = await freshDatabase(t)
  const clock = movedClock()
  const lines: string[] = []
  const log = { error: () => {}, warn: (words: string) => void lines.push(words), info: () => {}, debug: () => {} }
  const signIn = await openTestSignIn(database, log, { clock })
  const live = new Live({
    size: async () => 0,
    status: async () => ({}),
    changed: async () => 0,
    onFault: (error) => assert.fail(String(error)),
    heartbeatMs: 5,
  })
  let heartbeats = 0
  const stream: Endpoint = {
    contract: defineContract({
      method: 'GET',
      path: '/api/sample/live',
      says: { en: 'A stream for tests', es: 'Un flujo de prueba' },
      permission: 'log.read',
      personal: false,
      ok: z.unknown(),
      answers: 'text/event-stream',
    }),
    handle: async (_input, { stillMay }) =>
      new OpenAnswer((response) =>
        live.join('all', undefined, response, () => {
          heartbeats += 1
          return stillMay()
        }),
      ),
  }
  const api = await openTestApi(database, [], { signIn, clock, endpoints: [stream] })
  t.after(() => api.app.close())
  t.after(() => live.close())
  const open = () => new TestBrowser(api.app)
  const signedIn = async (role: (typeof OFFICER_ROLES)[number] = 'registrar') => {
    const browser = open()
    await browser.signIn(role)
    return browser
  }

  await t.test('every role but service signs in, is told what it may do, and stays one officer', async () => {
    for (const role of OFFICER_ROLES) {
      const [first, second] = [await signedIn(role), await signedIn(role)]
      const reply = await first.get('/api/session')
      assert.equal(reply.statusCode, 200, reply.body)
      const session = reply.json()
      assert.equal(session.role, role)
      assert.match(session.label, /^of\.\s01\d\d$/)
      assert.equal(session.demonstration, true)
      assert.equal(session.hasPasskey, false)
      assert.equal(session.permissions.includes('officer.manage'), role === 'administrator')
      assert.equal((await second.get('/api/session')).json().officer, session.officer)
    }
  })

  await t.test('the page says what it is, in both languages, names every role, and runs no script', async () => {
    const browser = open()
    const action = await browser.toChoice()
    for (const [language, words] of [
      ['es', /Aquí nadie prueba quién es/],
      ['en', /Nobody proves here who they are/],
    ] as const) {
      const page = await browser.get(`${action}?language=${language}`)
      assert.match(page.body, words)
      assert.match(page.body, new RegExp(`<html lang="${language}">`))
      assert.equal(page.body.match(/<h1>/g)?.length, 1)
      assert.doesNotMatch(page.body, /<script|javascript:|style="/)
      for (const role of OFFICER_ROLES) assert.ok(page.body.includes(`value="${role}"`), role)
      assert.match(String(page.headers['content-security-policy']), /default-src 'none'; style-src 'nonce-[^']+'/)
    }
  })

  await t.test(
    'the cookie is for nobody but the browser: HttpOnly, Strict, and on loopback without Secure',
    async () => {
      const browser = open()
      const cookie = cookiesOf(await browser.signIn('registrar')).find((line) => line.startsWith('habeas_session='))
      assert.match(String(cookie), /^habeas_session=[A-Za-z0-9_-]{43}; Path=\/; HttpOnly; SameSite=Strict$/)
      assert.equal([...browser.cookies.keys()].filter((name) => name.startsWith('habeas_sign_in')).length, 0)
    },
  )

  await t.test('session fixation: a cookie that was there before signing in is worth nothing after it', async () => {
    const planted = 'A'.repeat(43)
    const browser = open()
    browser.cookies.set('habeas_session', planted)
    await browser.signIn('registrar')
    assert.notEqual(browser.cookies.get('habeas_session'), planted)
    const attacker = open()
    attacker.cookies.set('habeas_session', planted)
    assert.equal((await attacker.get('/api/session')).statusCode, 401)

    const before = browser.cookies.get('habeas_session') as string
    await browser.signIn('oversight')
    const thief = open()
    thief.cookies.set('habeas_session', before)
    assert.equal((await thief.get('/api/session')).statusCode, 401, 'the session before ended with the new sign-in')
    assert.equal((await browser.get('/api/session')).json().role, 'oversight')
  })

  await t.test('what a database holds opens no session', async () => {
    await signedIn()
    const rows = await database.rows<{ sha256: Buffer }>('select sha256 from sign_in_session')
    for (const { sha256 } of rows) {
      const browser = open()
      browser.cookies.set('habeas_session', sha256.toString('base64url'))
      assert.equal((await browser.get('/api/session')).statusCode, 401)
    }
  })

  await t.test('CSRF: an act with the cookie, but from elsewhere or from nowhere, is refused', async () => {
    const browser = await signedIn()
    const act = () => bodyFor({ act: { entry: randomId(), reason: 'x' } }, timeId(noon))
    for (const origin of ['https://evil.example', 'http://localhost:1', 'null', 'http://localhost:8472.evil.example']) {
      const reply = await browser.post('/api/acts/entry.withdraw', act(), { origin })
      assert.equal(reply.statusCode, 403, origin)
      assert.equal(reply.json().code, 'another-origin')
    }
    const silent = await api.app.inject({
      method: 'POST',
      url: '/api/acts/entry.withdraw',
      headers: { host: browser.host, cookie: `habeas_session=${browser.cookies.get('habeas_session')}` },
      payload: act(),
    })
    assert.equal(silent.json().code, 'another-origin')
    assert.notEqual((await browser.post('/api/acts/entry.withdraw', act())).json().code, 'another-origin')
    assert.equal((await browser.post('/sign-out', undefined, { origin: 'https://evil.example' })).statusCode, 403)
    assert.equal((await browser.get('/api/session')).statusCode, 200, 'nobody else signs one out')
  })

  await t.test('a host that is not ours (DNS rebinding) gets neither sign-in nor session', async () => {
    const browser = await signedIn()
    const other = new TestBrowser(api.app, 'evil.example')
    for (const [name, value] of browser.cookies) other.cookies.set(name, value)
    assert.equal((await other.get('/api/session')).statusCode, 403)
    assert.equal((await other.get('/sign-in')).statusCode, 403)
  })

  await t.test('a token goes first, and asks for no origin', async () => {
    const browser = await signedIn('auditor')
    const authorization = `Bearer ${api.tokens.administrator}`
    const reply = await browser.get('/api/tokens', { authorization })
    assert.equal(reply.statusCode, 200)
    assert.equal((await browser.get('/api/session', { authorization })).json().code, 'no-session')
    assert.equal((await browser.get('/api/session', { authorization: 'Bearer x' })).statusCode, 401)
  })

  await t.test('an open redirect there is not: whatever `to` says, the way ends at a page of ours', async () => {
    for (const to of [
      'https://evil.example',
      '//evil.example',
      '/\\evil.example',
      '/x\r\nset-cookie: a=b',
      '/sign-in',
    ]) {
      const browser = open()
      assert.equal((await browser.signIn('registrar', to)).headers.location, '/', to)
    }
    const browser = open()
    assert.equal((await browser.signIn('registrar', '/people?at=2026#x')).headers.location, '/people?at=2026#x')
  })

  await t.test('a session that nobody uses ends; one that is used goes on, but not for ever', async () => {
    const browser = await signedIn()
    const until = (await browser.get('/api/session')).json()
    clock.add({ minutes: 29 })
    assert.equal((await browser.get('/api/session')).statusCode, 200)
    clock.add({ minutes: 29 })
    const later = (await browser.get('/api/session')).json()
    assert.ok(later.idleUntil > until.idleUntil, 'use moves the limit')
    assert.equal(later.endsAt, until.endsAt, 'the last instant stays')
    clock.add({ minutes: 31 })
    assert.equal((await browser.get('/api/session')).statusCode, 401)

    const busy = await signedIn()
    for (let quarter = 0; quarter < 4 * 12 - 1; quarter += 1) {
      clock.add({ minutes: 15 })
      assert.equal((await busy.get('/api/session')).statusCode, 200)
    }
    clock.add({ minutes: 15 })
    assert.equal((await busy.get('/api/session')).statusCode, 401, 'after twelve hours')
  })

  await t.test('a page that refreshes itself keeps nobody signed in', async () => {
    const browser = await signedIn()
    for (let minute = 0; minute < 29; minute += 1) {
      clock.add({ minutes: 1 })
      assert.equal((await browser.get('/api/session', { 'habeas-unattended': 'true' })).statusCode, 200)
    }
    clock.add({ minutes: 2 })
    assert.equal((await browser.get('/api/session')).statusCode, 401)
  })

  await t.test('a stream keeps nobody signed in, and ends with the session', async () => {
    const browser = await signedIn()
    let isOpen = true
    const answer = browser.get('/api/sample/live', { 'habeas-unattended': 'true' }).finally(() => {
      isOpen = false
    })
    for (let minute = 0; minute < 29; minute += 1) {
      clock.add({ minutes: 1 })
      // One may be on its way that was asked before.
      for (const seen = heartbeats; heartbeats < seen + 2; ) await breathe()
      assert.ok(isOpen, `after ${minute + 1} minutes`)
    }
    clock.add({ minutes: 2 })
    assert.equal((await answer).statusCode, 200)
    assert.equal((await browser.get('/api/session')).statusCode, 401)

    const other = await signedIn()
    const ended = other.get('/api/sample/live')
    assert.equal((await other.post('/sign-out')).statusCode, 200)
    await ended
  })

  await t.test('signing out ends the session, on this side too', async () => {
    const browser = await signedIn()
    const token = browser.cookies.get('habeas_session') as string
    assert.equal((await browser.post('/sign-out')).statusCode, 200)
    assert.equal(browser.cookies.has('habeas_session'), false)
    const thief = open()
    thief.cookies.set('habeas_session', token)
    assert.equal((await thief.get('/api/session')).statusCode, 401)
  })

  await t.test(
    'sessions: one’s own are listed and ended by oneself, everybody’s by the administrator alone',
    async () => {
      const [one, two, other] = [await signedIn('director'), await signedIn('director'), await signedIn('court')]
      const administrator = await signedIn('administrator')
      const { sessions } = (await one.get('/api/sessions')).json()
      const { officer } = (await one.get('/api/session')).json()
      assert.ok(sessions.length >= 2 && sessions.every((row: { officer: string }) => row.officer === officer))
      assert.equal(sessions.filter((row: { current: boolean }) => row.current).length, 1)
      const id = (await two.get('/api/sessions')).json().sessions.find((row: { current: boolean }) => row.current).id

      assert.equal((await other.post(`/api/sessions/${id}/end`)).json().code, 'no-such-session')
      assert.equal(
        (await other.post(`/api/sessions/${randomId()}/end`)).json().code,
        'no-such-session',
        'the same answer',
      )
      assert.equal((await other.get('/api/sessions?of=all')).statusCode, 403)
      assert.equal((await two.get('/api/session')).statusCode, 200)
      assert.equal((await one.post(`/api/sessions/${id}/end`)).statusCode, 200)
      assert.equal((await two.get('/api/session')).statusCode, 401)

      const all = (await administrator.get('/api/sessions?of=all')).json().sessions
      const courts = all.find(
        (row: { role: string; ended: string | null }) => row.role === 'court' && row.ended === null,
      )
      assert.equal((await administrator.post(`/api/sessions/${courts.id}/end`)).statusCode, 200)
    },
  )

  await t.test(
    'a disabled officer: sessions end for good, signing in and tokens are refused, enabled again it may',
    async () => {
      const browser = await signedIn('family')
      const { officer } = (await browser.get('/api/session')).json()
      const stand = (n: number, disabled: boolean) =>
        database.rows('insert into officer_standing (entry_n, officer, disabled, at) values ($1, $2::uuid, $3, $4)', [
          n,
          officer,
          disabled,
          clock.now().toString(),
        ])
      clock.add({ seconds: 1 })
      await stand(1, true)
      assert.equal((await browser.get('/api/session')).statusCode, 401)
      const again = open()
      const refused = await again.get(await again.toCallback('family'))
      assert.equal(refused.statusCode, 403)
      assert.match(refused.body, /fue deshabilitado/)
      assert.equal(again.cookies.has('habeas_session'), false)
      const administrator = await signedIn('administrator')
      const { officers } = (await administrator.get('/api/officers')).json()
      assert.equal(officers.find(({ id }: { id: string }) => id === officer).disabled, true)
      clock.add({ seconds: 1 })
      await stand(2, false)
      assert.equal((await browser.get('/api/session')).statusCode, 401, 'what ended stays ended')
      await again.signIn('family')
      assert.equal((await again.get('/api/session')).json().officer, officer, 'the same officer')
    },
  )

  await t.test(
    'the way back is for the browser that began: another, a second time, or too late is refused',
    async () => {
      const victim = open()
      const attacker = open()
      const callback = await attacker.toCallback('registrar')
      const forced = await victim.get(callback)
      assert.equal(forced.statusCode, 400, 'nobody is signed in as somebody else by a link')
      assert.match(forced.body, /no comenzó en este navegador/)
      assert.equal(victim.cookies.has('habeas_session'), false)
      assert.equal((await attacker.get(callback)).statusCode, 302)
      assert.equal((await attacker.get(callback)).statusCode, 400, 'once only')

      const slow = open()
      const late = await slow.toCallback('registrar')
      clock.add({ minutes: 11 })
      assert.equal((await slow.get(late)).statusCode, 400)
    },
  )

  await t.test('a changed state, a changed code, another issuer: refused, and no session', async () => {
    const changes: ((query: URLSearchParams) => void)[] = [
      (query) => query.set('state', `${query.get('state')?.slice(0, 12)}${'x'.repeat(31)}`),
      (query) => query.delete('state'),
      (query) => query.set('code', 'x'.repeat(43)),
      (query) => query.delete('code'),
      (query) => query.set('iss', 'https://evil.example'),
      (query) => query.set('error', 'access_denied'),
    ]
    for (const change of changes) {
      const browser = open()
      const [path, text] = (await browser.toCallback('registrar')).split('?')
      const query = new URLSearchParams(text)
      change(query)
      const reply = await browser.get(`${path}?${query}`)
      assert.ok([400, 403].includes(reply.statusCode), `${query}: ${reply.statusCode}`)
      assert.match(String(reply.headers['content-type']), /^text\/html/)
      assert.equal(browser.cookies.has('habeas_session'), false)
    }
  })

  await t.test('several tabs: each begun sign-in comes back', async () => {
    const browser = open()
    const callbacks = [await browser.toCallback('registrar', '/a'), await browser.toCallback('registrar', '/b')]
    for (const [index, callback] of callbacks.entries()) {
      assert.equal((await browser.get(callback)).headers.location, ['/a', '/b'][index])
    }
  })

  await t.test(
    'the issuer’s own form takes no officer that it does not know, and no browser that did not begin',
    async () => {
      const browser = open()
      const action = await browser.toChoice()
      assert.equal((await browser.send('POST', action, { body: 'officer=service' })).statusCode, 400)
      assert.equal((await browser.send('POST', action, { body: `officer=${'x'.repeat(9000)}` })).statusCode, 400)
      assert.equal((await open().send('POST', action, { body: 'officer=registrar' })).statusCode, 400)
      const reply = await browser.get('/demonstration-issuer/auth?client_id=habeas&redirect_uri=https://evil.example')
      assert.equal(reply.statusCode, 400)
    },
  )

  await t.test('nothing of a sign-in stands in the log', () => {
    assert.doesNotMatch([...api.lines, ...lines].join(''), /code=|state=|habeas_session|of\.\s01/)
  })
})

test('behind a public address the cookies are Secure and __Host-, and the origin is that one whatever Host says', async (t) => {
  const database = await freshDatabase(t)
  const config = { ...testSignInConfig, consoleUrl: 'https://console.example', issuerUrl: 'https://issuer.example' }
  const metadata = {
    issuer: 'https://issuer.example',
    authorization_endpoint: 'https://issuer.example/auth',
    token_endpoint: 'https://issuer.example/token',
  }
  const fetch = () => Promise.reject(new TypeError('fetch failed'))
  const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
  const signIn = await openTestSignIn(database, log, { config, server: { metadata, fetch } })
  const api = await openTestApi(database, [], { signIn })
  t.after(() => api.app.close())
  const browser = new TestBrowser(api.app, '10.0.0.7:8472', 'https://console.example')
  const begun = await browser.get('/sign-in')
  assert.match(String(begun.headers.location), /^https:\/\/issuer\.example\/auth\?/)
  assert.match(
    cookiesOf(begun)[0] ?? '',
    /^__Host-habeas_sign_in_[^;]+; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/,
  )
  const location = new URL(String(begun.headers.location))
  assert.equal(location.searchParams.get('redirect_uri'), 'https://console.example/sign-in/callback')
  const back = await browser.get(`/sign-in/callback?code=x&state=${location.searchParams.get('state')}`)
  assert.equal(back.statusCode, 503, 'the issuer is down: that is said, in a page')
  assert.match(back.body, /no responde/)
  assert.equal((await browser.get('/demonstration-issuer/auth')).statusCode, 404)

  const officer = randomId()
  await database.rows(
    `insert into officer (id, issuer, subject, label, role, first_seen, last_seen)
     values ($1::uuid, 'https://issuer.example', 's', 'of. 1', 'registrar', $2, $2)`,
    [officer, noon.toString()],
  )
  const claimed = { issuer: 'https://issuer.example', subject: 's', role: 'registrar' as const }
  const limits = { idleMinutes: 30, hours: 12 }
  const { token } = await beginSession(database, { now: () => noon }, limits, officer, claimed, 'test')
  browser.cookies.set('habeas_session', token)
  assert.equal((await browser.get('/api/session')).statusCode, 401, 'without its prefix the cookie counts for nothing')
  browser.cookies.set('__Host-habeas_session', token)
  assert.equal((await browser.get('/api/session')).json().demonstration, false)
  const out = await browser.post('/sign-out')
  assert.match(
    cookiesOf(out)[0] ?? '',
    /^__Host-habeas_session=; Path=\/; HttpOnly; SameSite=Strict; Secure; Max-Age=0$/,
  )
})

test('the database away: a browser is shown what to do, a program gets a problem', async (t) => {
  const database = await freshDatabase(t)
  let isAway = false
  const sql: typeof database = Object.assign(Object.create(database), {
    rows: (...asked: Parameters<typeof database.rows>) =>
      isAway ? Promise.reject(new DatabaseUnavailable(new Error('gone'))) : database.rows(...asked),
  })
  const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
  const api = await openTestApi(database, [], { signIn: await openTestSignIn(sql, log) })
  t.after(() => api.app.close())
  const browser = new TestBrowser(api.app)
  const callback = await browser.toCallback('director')
  isAway = true
  const page = await browser.get(callback, { accept: 'text/html,*/*;q=0.8', 'accept-language': 'es' })
  assert.equal(page.statusCode, 503)
  assert.match(String(page.headers['content-type']), /^text\/html/)
  assert.equal(page.headers['retry-after'], '2')
  assert.match(
    page.body,
    /<html lang="es">[\s\S]*Espere un momento[\s\S]*href="\/sign-in"[\s\S]*lang="en"[\s\S]*Wait a moment/,
  )
  assert.doesNotMatch(page.body, /gone|DatabaseUnavailable/)
  const other = new TestBrowser(api.app)
  isAway = false
  const again = await other.toCallback('director')
  isAway = true
  const problem = await other.get(again, { accept: 'application/json' })
  assert.deepEqual([problem.statusCode, problem.json().code], [503, 'unavailable'])
})

test('sessions that ended long ago are deleted by the application itself, with what hangs on them', async (t) => {
  const database = await freshDatabase(t)
  const app = connectDatabase(database.connectionString, { role: 'habeas_app' })
  t.after(() => app.close())
  const officer = randomId()
  await app.rows(
    `insert into officer (id, issuer, subject, label, role, first_seen, last_seen)
     values ($1::uuid, 'https://issuer.example', 's', 'of. 1', 'registrar', $2, $2)`,
    [officer, noon.toString()],
  )
  const claimed = { issuer: 'https://issuer.example', subject: 's', role: 'registrar' as const }
  const limits = { idleMinutes: 30, hours: 12 }
  const begin = () => beginSession(app, { now: () => noon }, limits, officer, claimed, 'test')
  const [signedOut, forgotten] = [await begin(), await begin()]
  await endSession(app, { now: () => noon }, signedOut.id)
  await makeChallenge(app, { now: () => noon }, signedOut.id, { purpose: 'register' })
  const after = (hours: number) => pruneSessions(app, noon.add({ hours }), 10)
  assert.equal(await after(240 - 1), 0)
  assert.equal(await after(240), 1, 'ten days after signing out')
  assert.deepEqual(await app.rows('select id from sign_in_session'), [{ id: forgotten.id }])
  assert.equal(await after(240 + 12), 1, 'ten days after its last instant')
  assert.deepEqual(await app.rows('select from step_up'), [])
  assert.equal((await app.rows('select from officer')).length, 1, 'officers stay')
})

test('sign-ins from one address are limited', async (t) => {
  const database = await freshDatabase(t)
  const config = { ...testSignInConfig, signInsPerMinute: 3 }
  const log = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} }
  const api = await openTestApi(database, [], { signIn: await openTestSignIn(database, log, { config }) })
  t.after(() => api.app.close())
  const browser = new TestBrowser(api.app)
  const statuses: number[] = []
  for (let time = 0; time < 5; time += 1) statuses.push((await browser.get('/sign-in')).statusCode)
  assert.deepEqual(statuses, [302, 302, 302, 429, 429])
  const page = await browser.get('/sign-in', { accept: 'text/html', 'accept-language': 'en' })
  assert.equal(page.statusCode, 429)
  assert.match(page.body, /Wait a minute, then sign in again/)
  assert.equal((await browser.get('/health/live')).statusCode, 200, 'nothing else is')
})

test('the demonstration issuer does not start where it could do harm, and the error names the key', () => {
  const wrong: [Partial<typeof testSignInConfig>, RegExp][] = [
    [{ databaseUrl: 'postgres://db.example/habeas' }, /databaseUrl \(DATABASE_URL\)/],
    [{ consoleUrl: 'https://console.example' }, /consoleUrl \(HABEAS_CONSOLE_URL\)/],
    [{ host: '0.0.0.0' }, /host \(HABEAS_HOST\)/],
    [{ consoleUrl: 'http://console.example', issuerUrl: 'https://issuer.example' }, /must be https/],
    [{ issuerUrl: 'http://issuer.example' }, /issuerUrl \(HABEAS_ISSUER_URL\): must be https/],
    [
      { issuerUrl: 'https://issuer.example', roleValues: ['x=king'] },
      /roleValues \(HABEAS_ROLE_VALUES\): king is no role/,
    ],
    [{ issuerUrl: 'https://issuer.example', roleValues: ['x=service'] }, /service is no role/],
  ]
  for (const [change, words] of wrong) {
    assert.throws(
      () => checkSignIn({ ...testSignInConfig, ...change }),
      (error: unknown) => error instanceof ConfigInvalid && words.test(error.message),
      JSON.stringify(change),
    )
  }
  checkSignIn(testSignInConfig)
  const own = { databaseUrl: 'postgres://db.example/h', consoleUrl: 'https://console.example', host: '0.0.0.0' }
  checkSignIn({ ...testSignInConfig, ...own, issuerUrl: 'https://issuer.example' })
})

test('where to go afterwards: whatever is asked, a browser stays with us, and no header is begun', () => {
  const sign = fc.constantFrom('/', '\\', '.', '@', ':', '\t', '\n', '\r', '%2f', '%5c', 'evil.example', '?', '#', 'é')
  const text = fc.oneof(
    fc.string(),
    fc.array(sign, { maxLength: 12 }).map((signs) => `/${signs.join('')}`),
  )
  fc.assert(
    fc.property(text, (to) => {
      const path = localPath(to)
      assert.match(path, /^\/[!-~]*$/)
      const url = new URL(path, 'https://console.example/sign-in/callback')
      assert.equal(url.origin, 'https://console.example')
      assert.equal(localPath(path), path, 'said twice, the same')
    }),
    { numRuns: 3000 },
  )
})

test('where to go afterwards: pages of ours alone', () => {
  for (const to of ['/', '/people', '/people?x=1&y=%20#z', '/a/../b']) assert.ok(localPath(to).startsWith('/'), to)
  assert.equal(localPath('/a/../b'), '/b')
  const bad = [
    ...['//x', '/\\x', '/..//x', '/.//x', 'x', 'http://x', 'javascript:alert(1)', '', '/\tx', '/\n/x', '/%', '/é'],
    ...['/api/acts', '/sign-in', '/sign-out', '/sign-in/callback?code=1', '/log/checkpoint', undefined, ['/a'], 7],
  ]
  for (const to of bad) {
    const path = localPath(to)
    assert.ok(path === '/' || path === '/%', `${to} → ${path}`)
  }
})
