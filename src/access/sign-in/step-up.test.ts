import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { defineAct } from '../../kernel/act.ts'
import { defineContract, defineRoute } from '../../kernel/contract.ts'
import { timeId } from '../../kernel/ids.ts'
import type { Clock } from '../../kernel/ports.ts'
import { oversightActs } from '../../oversight/acts.ts'
import { createLog } from '../../platform/logs.ts'
import { freshDatabase } from '../../platform/testing.ts'
import { refuseRecord } from '../../record/acts.ts'
import { accessActs } from '../acts.ts'
import { bodyFor, FakeRunner, noon, openTestApi, openTestSignIn, testSignInConfig } from '../testing.ts'
import { type Lies, TestAuthenticator } from './authenticator.testing.ts'
import { TestBrowser } from './testing.ts'

const grave = defineAct({
  kind: 'test.grave',
  v: 1,
  says: { en: 'Something grave', es: 'Algo grave' },
  about: 'house',
  sort: 'intention',
  permission: 'notice.agree',
  stepUp: true,
  sections: { act: z.strictObject({ what: z.string() }) },
})

const sign = defineRoute(
  defineContract({
    method: 'POST',
    path: '/api/sample/sign/:number',
    says: { en: 'Signs', es: 'Firma' },
    permission: 'return.issue',
    stepUp: true,
    personal: false,
    params: z.strictObject({ number: z.string() }),
    body: z.strictObject({ at: z.string().optional() }),
    ok: z.strictObject({ signed: z.string() }),
  }),
  async ({ params }) => ({ signed: params.number }),
)

function movedClock(): Clock & { add(duration: Temporal.DurationLike): void } {
  let at = noon
  return {
    now: () => at,
    add(duration) {
      at = at.add(duration)
    },
  }
}

test('confirming with a passkey', async (t) => {
  const database = await freshDatabase(t)
  const clock = movedClock()
  const runner = new FakeRunner()
  const signIn = await openTestSignIn(database, createLog('silent'), { clock, runner })
  const api = await openTestApi(database, [grave], { signIn, clock, routes: [sign] })
  t.after(() => api.app.close())

  const signedIn = async (role: 'oversight' | 'registrar' = 'oversight') => {
    const browser = new TestBrowser(api.app)
    await browser.signIn(role)
    return browser
  }
  const register = async (browser: TestBrowser, key: TestAuthenticator, lies: Lies = {}) => {
    const options = await browser.post('/api/passkeys/options', {})
    assert.equal(options.statusCode, 200, options.body)
    return browser.post('/api/passkeys', { response: key.create(options.json(), lies) })
  }
  const answer = async (browser: TestBrowser, key: TestAuthenticator, wanted: string, lies: Lies = {}) => {
    const options = await browser.post('/api/step-up/options', { for: wanted })
    assert.equal(options.statusCode, 200, options.body)
    return browser.post('/api/step-up', { for: wanted, response: key.get(options.json(), lies) })
  }
  const neededFor = async (browser: TestBrowser, url: string, body: unknown): Promise<string> => {
    const refused = await browser.post(url, body)
    assert.equal(refused.statusCode, 401, refused.body)
    assert.equal(refused.json().code, 'step-up-needed')
    return refused.json().details.for
  }
  const key = new TestAuthenticator('http://localhost:8472')

  await t.test('without a passkey one is asked to register it, and the session says so', async () => {
    const browser = await signedIn()
    const refused = await browser.post('/api/sample/sign/TEC-1', {})
    assert.equal(refused.json().details.hasPasskey, false)
    const options = await browser.post('/api/step-up/options', { for: refused.json().details.for })
    assert.equal(options.json().code, 'no-passkey')
    assert.equal((await browser.get('/api/session')).json().hasPasskey, false)
    const registered = await register(browser, key)
    assert.equal(registered.statusCode, 200, registered.body)
    assert.equal((await browser.get('/api/session')).json().hasPasskey, true)
    assert.equal((await register(browser, key)).json().code, 'passkey-known')
    const rows = await database.rows<{ transports: string[] }>('select transports from passkey')
    assert.deepEqual(rows, [{ transports: ['internal'] }])
  })

  await t.test('one request, confirmed, goes through once', async () => {
    const browser = await signedIn()
    const wanted = await neededFor(browser, '/api/sample/sign/TEC-1', { at: 'x' })
    const { stepUp } = (await answer(browser, key, wanted)).json()
    const headers = { 'habeas-step-up': stepUp }
    const done = await browser.post('/api/sample/sign/TEC-1', { at: 'x' }, headers)
    assert.equal(done.statusCode, 200, done.body)
    assert.equal((await browser.post('/api/sample/sign/TEC-1', { at: 'x' }, headers)).json().code, 'step-up-needed')
  })

  await t.test('what was confirmed is good for nothing else: another body, address, session, officer', async () => {
    const browser = await signedIn()
    const other = await signedIn()
    const stranger = await signedIn('registrar')
    const wanted = await neededFor(browser, '/api/sample/sign/TEC-1', {})
    const { stepUp } = (await answer(browser, key, wanted)).json()
    const headers = { 'habeas-step-up': stepUp }
    const refused = [
      await browser.post('/api/sample/sign/TEC-2', {}, headers),
      await browser.post('/api/sample/sign/TEC-1', { at: 'y' }, headers),
      await other.post('/api/sample/sign/TEC-1', {}, headers),
      await stranger.post('/api/sample/sign/TEC-1', {}, headers),
      await browser.post('/api/sample/sign/TEC-1', {}, { 'habeas-step-up': randomBytes(32).toString('base64url') }),
    ]
    assert.deepEqual(
      refused.map((reply) => reply.json().code),
      Array(5).fill('step-up-needed'),
    )
    assert.equal((await browser.post('/api/sample/sign/TEC-1', {}, headers)).statusCode, 200)
  })

  await t.test('an act: with the passkey recorded, in a batch not at all, by token as before', async () => {
    const browser = await signedIn()
    const body = bodyFor({ act: { what: 'x' } }, timeId(noon))
    const wanted = await neededFor(browser, '/api/acts/test.grave', body)
    const before = api.runner.acts.length
    const batch = await browser.post('/api/acts', { mode: 'each', acts: [{ ...body, kind: 'test.grave' }] })
    assert.equal(batch.json().answers[0].problem.code, 'step-up-alone')
    assert.equal(api.runner.acts.length, before, 'nothing was recorded')
    const { stepUp } = (await answer(browser, key, wanted)).json()
    const done = await browser.post('/api/acts/test.grave', body, { 'habeas-step-up': stepUp })
    assert.equal(done.statusCode, 201, done.body)
    const byToken = await api.call('POST', '/api/acts/test.grave', 'oversight', bodyFor({ act: { what: 'y' } }))
    assert.equal(byToken.statusCode, 201)
  })

  await t.test('two minutes: a challenge and an answer grow old', async () => {
    const browser = await signedIn()
    const wanted = await neededFor(browser, '/api/sample/sign/TEC-1', {})
    const options = (await browser.post('/api/step-up/options', { for: wanted })).json()
    clock.add({ seconds: 121 })
    const late = await browser.post('/api/step-up', { for: wanted, response: key.get(options) })
    assert.equal(late.json().code, 'passkey-not-proven')
    const { stepUp } = (await answer(browser, key, wanted)).json()
    clock.add({ seconds: 121 })
    const headers = { 'habeas-step-up': stepUp }
    assert.equal((await browser.post('/api/sample/sign/TEC-1', {}, headers)).json().code, 'step-up-needed')
  })

  await t.test('an answer that lies is refused, and its challenge is spent', async () => {
    const browser = await signedIn()
    const wanted = await neededFor(browser, '/api/sample/sign/TEC-1', {})
    const lies: Lies[] = [
      { origin: 'https://evil.example' },
      { rpId: 'evil.example' },
      { challenge: randomBytes(32).toString('base64url') },
      { flags: 0 },
      { flags: 1 },
      { counter: 0 },
      { type: 'webauthn.create' },
    ]
    for (const lie of lies) {
      const refused = await answer(browser, key, wanted, lie)
      assert.equal(refused.statusCode, 403, JSON.stringify(lie))
      assert.equal(refused.json().code, 'passkey-not-proven', JSON.stringify(lie))
    }
    const other = new TestAuthenticator('http://localhost:8472')
    assert.equal((await answer(browser, other, wanted)).json().code, 'passkey-not-proven')
    const options = (await browser.post('/api/step-up/options', { for: wanted })).json()
    const [first, again] = [
      await browser.post('/api/step-up', { for: wanted, response: key.get(options) }),
      await browser.post('/api/step-up', { for: wanted, response: key.get(options) }),
    ]
    assert.deepEqual([first.statusCode, again.json().code], [200, 'passkey-not-proven'])
  })

  await t.test('an answer for another request or session is none for this one', async () => {
    const browser = await signedIn()
    const other = await signedIn()
    const [one, two] = [
      await neededFor(browser, '/api/sample/sign/TEC-1', {}),
      await neededFor(browser, '/api/sample/sign/TEC-2', {}),
    ]
    const options = (await browser.post('/api/step-up/options', { for: one })).json()
    const response = key.get(options)
    assert.equal((await browser.post('/api/step-up', { for: two, response })).json().code, 'passkey-not-proven')
    assert.equal((await other.post('/api/step-up', { for: one, response })).json().code, 'passkey-not-proven')
    assert.equal((await browser.post('/api/step-up', { for: one, response })).statusCode, 200)
  })

  await t.test('registering: a lie, a challenge of another session, and another’s key are refused', async () => {
    const browser = await signedIn('registrar')
    for (const lie of [{ origin: 'https://evil.example' }, { rpId: 'evil.example' }, { flags: 0x41 }] as Lies[]) {
      const reply = await register(browser, new TestAuthenticator('http://localhost:8472'), lie)
      assert.equal(reply.json().code, 'passkey-not-proven', JSON.stringify(lie))
    }
    const other = await signedIn('registrar')
    const options = (await other.post('/api/passkeys/options', {})).json()
    const fresh = new TestAuthenticator('http://localhost:8472')
    const crossed = await browser.post('/api/passkeys', { response: fresh.create(options) })
    assert.equal(crossed.json().code, 'passkey-not-proven')
    assert.equal((await register(browser, key)).json().code, 'passkey-known', 'the key of an officer of oversight')
    const malformed = await browser.post('/api/passkeys', {
      response: { ...fresh.create(options), response: { clientDataJSON: 'e30', attestationObject: '!' } },
    })
    assert.equal(malformed.json().code, 'passkey-not-proven')
  })

  await t.test('a revoked passkey no longer counts; another’s is not one’s own to revoke', async () => {
    const browser = await signedIn()
    const stranger = await signedIn('registrar')
    const { id } = (await browser.get('/api/passkeys')).json().passkeys[0]
    assert.equal((await stranger.post(`/api/passkeys/${id}/revoke`)).json().code, 'no-such-passkey')
    const wanted = await neededFor(browser, '/api/sample/sign/TEC-1', {})
    assert.equal((await browser.post(`/api/passkeys/${id}/revoke`)).statusCode, 200)
    assert.equal((await browser.post(`/api/passkeys/${id}/revoke`)).statusCode, 200)
    const { officer } = (await browser.get('/api/session')).json()
    assert.deepEqual(
      runner.acts.filter(({ data }) => data.act?.passkey === id).map(({ kind, data }) => [kind.kind, data.act]),
      [
        ['passkey.add', { officer, passkey: id }],
        ['passkey.revoke', { officer, passkey: id }],
      ],
      'each is entered once',
    )
    assert.equal((await browser.post('/api/step-up/options', { for: wanted })).json().code, 'no-passkey')
    assert.equal((await register(browser, key)).json().code, 'passkey-known', 'and does not come back')
  })

  await t.test('a key that the record does not take is not registered', async () => {
    const browser = await signedIn('registrar')
    const before = (await browser.get('/api/passkeys')).json().passkeys.length
    runner.answer = () => refuseRecord('busy')
    const refused = await register(browser, new TestAuthenticator('http://localhost:8472'))
    runner.answer = () => undefined
    assert.equal(refused.json().code, 'busy')
    assert.equal((await browser.get('/api/passkeys')).json().passkeys.length, before)
  })

  await t.test('a token has no officer at hand: passkeys are for sessions', async () => {
    for (const [url, body] of [
      ['/api/passkeys/options', {}],
      ['/api/step-up/options', { for: randomBytes(32).toString('base64url') }],
    ] as const) {
      assert.equal((await api.call('POST', url, 'oversight', body)).json().code, 'no-session')
    }
  })
})

test('with an issuer of its own a passkey is registered only just after signing in anew', async (t) => {
  const database = await freshDatabase(t)
  const clock = movedClock()
  const config = { ...testSignInConfig, issuerUrl: 'https://issuer.example' }
  const signIn = await openTestSignIn(database, createLog('silent'), { clock, config })
  const api = await openTestApi(database, [], { signIn, clock, routes: [sign] })
  t.after(() => api.app.close())
  const officer = crypto.randomUUID()
  const at = clock.now().toString()
  await database.rows(
    `insert into officer (id, issuer, subject, label, role, first_seen, last_seen)
     values ($1::uuid, 'https://issuer.example', 's', 'of. 1', 'oversight', $2::timestamptz, $2::timestamptz)`,
    [officer, at],
  )
  const { beginSession } = await import('./sessions.ts')
  const limits = { idleMinutes: 30, hours: 12 }
  const browserWith = async (authenticated?: Temporal.Instant) => {
    const claimed = { issuer: 'https://issuer.example', subject: 's', role: 'oversight' as const }
    const { token } = await beginSession(
      database,
      clock,
      limits,
      officer,
      { ...claimed, ...(authenticated && { authenticated }) },
      'test',
    )
    const browser = new TestBrowser(api.app)
    browser.cookies.set('habeas_session', token)
    return browser
  }
  const stale = await (await browserWith()).post('/api/passkeys/options', {})
  assert.equal(stale.json().code, 'sign-in-anew')
  assert.equal(stale.json().details.signIn, '/sign-in?fresh=true')
  const fresh = await browserWith(clock.now())
  assert.equal((await fresh.post('/api/passkeys/options', {})).statusCode, 200)
  clock.add({ minutes: 6 })
  assert.equal((await fresh.post('/api/passkeys/options', {})).json().code, 'sign-in-anew')
})

test('what is grave asks for a passkey', () => {
  const asking = [...oversightActs, ...accessActs].filter(({ stepUp }) => stepUp).map(({ kind }) => kind)
  assert.deepEqual(asking, ['record.expunge', 'record.seal', 'record.unseal', 'policy.change'])
})
