import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type TestContext, test } from 'node:test'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { type Claimed, readClaims, readRoleValues } from './claims.ts'
import { type Issuer, makeIssuer } from './issuer.ts'
import type { Transaction } from './transaction.ts'

const ORIGIN = 'https://console.example'
const names = { role: 'groups', facility: 'site', label: 'badge', roleValues: readRoleValues(['jail-reg=registrar']) }

type Lies = {
  /** Changes claims of the ID token. */
  readonly claims?: Record<string, unknown>
  /** Signed with another key than the one that is published. */
  readonly forged?: boolean
  readonly unsigned?: boolean
  /** Answers the token request with this status. */
  readonly status?: number
}

/** An issuer over HTTP that may lie, and remembers what it was asked. */
async function openIssuer(t: TestContext) {
  const [own, other] = [await generateKeyPair('ES256'), await generateKeyPair('ES256')]
  const jwk = { ...(await exportJWK(own.publicKey)), alg: 'ES256', use: 'sig', kid: '1' }
  const seen: { body?: URLSearchParams; authorization?: string } = {}
  let lies: Lies = {}
  let nonce = ''
  const listen: RequestListener = async (request, response) => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`
    const send = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    }
    if (request.url === '/.well-known/openid-configuration') {
      return send(200, {
        issuer: url,
        authorization_endpoint: `${url}/auth`,
        token_endpoint: `${url}/token`,
        jwks_uri: `${url}/jwks`,
        end_session_endpoint: `${url}/end`,
        response_types_supported: ['code'],
        subject_types_supported: ['public'],
        id_token_signing_alg_values_supported: ['ES256'],
      })
    }
    if (request.url === '/jwks') return send(200, { keys: [jwk] })
    let body = ''
    for await (const chunk of request) body += chunk
    seen.body = new URLSearchParams(body)
    seen.authorization = request.headers.authorization ?? ''
    if (lies.status !== undefined) return send(lies.status, { error: 'invalid_grant' })
    const now = Math.floor(performance.timeOrigin + performance.now()) / 1000
    const claims: JWTPayload = {
      ...{ iss: url, aud: 'habeas', sub: 'u-7', nonce, groups: ['staff', 'jail-reg'], badge: 'of. 0412' },
      ...{ iat: Math.floor(now), exp: Math.floor(now) + 60, auth_time: Math.floor(now) },
      ...lies.claims,
    }
    const key = lies.forged ? other.privateKey : own.privateKey
    const signed = await new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: '1' }).sign(key)
    const encoded = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')
    const idToken = lies.unsigned ? `${encoded({ alg: 'none' })}.${encoded(claims)}.` : signed
    send(200, { access_token: 'x', token_type: 'Bearer', id_token: idToken })
  }
  const server = createServer((request, response) => void listen(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => new Promise((resolve) => server.close(resolve)))
  const url = `http://localhost:${(server.address() as AddressInfo).port}`
  const issuer = makeIssuer({
    clientId: 'habeas',
    clientSecret: 'a secret: with signs',
    scope: 'openid',
    claims: names,
    server: new URL(url),
  })
  const begin = async (fresh = false): Promise<{ location: URL; transaction: Transaction }> => {
    const begun = await issuer.begin(ORIGIN, { to: '/', fresh, now: Temporal.Now.instant() })
    assert.ok(!isRefusal(begun))
    nonce = begun.transaction.nonce
    return { location: new URL(begun.location), transaction: begun.transaction }
  }
  const finish = async (change: Lies = {}, fresh = false): Promise<Claimed | Refusal> => {
    const { transaction } = await begin(fresh)
    lies = change
    return issuer.finish(ORIGIN, `code=abc&state=${transaction.state}`, transaction)
  }
  return { issuer, url, seen, begin, finish }
}

const codeOf = (outcome: Claimed | Refusal): string => (isRefusal(outcome) ? outcome.code : 'signed in')

test('an issuer of one’s own', async (t) => {
  const { issuer, url, seen, begin, finish } = await openIssuer(t)

  await t.test('is asked for a code with PKCE, state and nonce, and gives the officer', async () => {
    const { location } = await begin()
    assert.equal(location.origin + location.pathname, `${url}/auth`)
    const asked = Object.fromEntries(location.searchParams)
    assert.equal(asked.response_type, 'code')
    assert.equal(asked.code_challenge_method, 'S256')
    assert.equal(asked.redirect_uri, `${ORIGIN}/sign-in/callback`)
    for (const name of ['state', 'nonce', 'code_challenge']) assert.ok((asked[name] ?? '').length >= 43, name)
    const claimed = await finish()
    assert.deepEqual(claimed, { issuer: url, subject: 'u-7', role: 'registrar', label: 'of. 0412' })
    assert.match(seen.body?.get('code_verifier') ?? '', /^[\w.~-]{43,}$/)
    assert.equal(seen.body?.has('client_secret'), false)
    assert.match(seen.authorization ?? '', /^Basic /)
    assert.match(String(issuer.signOutUrl(ORIGIN)), /\/end\?/)
  })

  await t.test('is not believed what its token does not prove', async () => {
    const now = Math.floor((performance.timeOrigin + performance.now()) / 1000)
    const cases: Record<string, Lies> = {
      forged: { forged: true },
      unsigned: { unsigned: true },
      'another nonce': { claims: { nonce: randomBytes(32).toString('base64url') } },
      'no nonce': { claims: { nonce: undefined } },
      'for another client': { claims: { aud: 'another' } },
      'of another issuer': { claims: { iss: 'https://evil.example' } },
      'long over': { claims: { iat: now - 7200, exp: now - 3600 } },
      'a code that is not known': { status: 400 },
    }
    for (const [name, lies] of Object.entries(cases)) {
      assert.equal(codeOf(await finish(lies)), 'sign-in-not-proven', name)
    }
  })

  await t.test('whose answer belongs to another sign-in is refused', async () => {
    const { transaction } = await begin()
    const outcome = await issuer.finish(ORIGIN, 'code=abc&state=another', transaction)
    assert.equal(codeOf(outcome), 'sign-in-not-proven')
  })

  await t.test('that declines is named as declining, that has a fault as silent', async () => {
    const { transaction } = await begin()
    const { state } = transaction
    const declined = await issuer.finish(ORIGIN, `error=access_denied&state=${state}`, transaction)
    assert.equal(codeOf(declined), 'sign-in-declined')
    assert.equal(codeOf(await finish({ status: 503 })), 'issuer-silent')
  })

  await t.test('roles are mapped, others know nobody; a facility must be a code', async () => {
    assert.equal(codeOf(await finish({ claims: { groups: ['staff'] } })), 'no-role')
    assert.equal(codeOf(await finish({ claims: { groups: 'registrar' } })), 'no-role', 'only as it is mapped')
    assert.equal(codeOf(await finish({ claims: { groups: undefined } })), 'no-role')
    assert.equal(codeOf(await finish({ claims: { site: 'not a code' } })), 'no-role')
    assert.deepEqual(await finish({ claims: { site: 'TEC', locale: 'en-GB', badge: 'x\r\ny' } }), {
      ...{ issuer: url, subject: 'u-7', role: 'registrar', facility: 'TEC', language: 'en' },
    })
  })

  await t.test('proof anew: it must say when, and that must be now', async () => {
    assert.equal((await begin(true)).location.searchParams.get('max_age'), '0')
    const fresh = await finish({}, true)
    assert.ok(!isRefusal(fresh) && fresh.authenticated !== undefined, codeOf(fresh))
    assert.equal(codeOf(await finish({ claims: { auth_time: undefined } }, true)), 'sign-in-not-proven')
    const long = Math.floor((performance.timeOrigin + performance.now()) / 1000) - 3600
    assert.equal(codeOf(await finish({ claims: { auth_time: long } }, true)), 'sign-in-not-proven')
  })
})

test('an issuer that is down is said to be, and asked again the next time', async (t) => {
  let isUp = false
  const server = createServer((_request, response) => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`
    if (!isUp) return void response.writeHead(502).end()
    const metadata = { issuer: url, authorization_endpoint: `${url}/auth`, token_endpoint: `${url}/token` }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(metadata))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => new Promise((resolve) => server.close(resolve)))
  const open = (url: string): Issuer =>
    makeIssuer({ clientId: 'habeas', scope: 'openid', claims: names, server: new URL(url) })
  const wish = { to: '/', fresh: false, now: Temporal.Now.instant() }

  const issuer = open(`http://localhost:${(server.address() as AddressInfo).port}`)
  const first = await issuer.begin(ORIGIN, wish)
  assert.ok(isRefusal(first) && first.code === 'issuer-silent')
  isUp = true
  assert.ok(!isRefusal(await issuer.begin(ORIGIN, wish)))
  // Nobody listens on port 1.
  const nobody = await open('http://127.0.0.1:1').begin(ORIGIN, wish)
  assert.ok(isRefusal(nobody) && nobody.code === 'issuer-silent')
})

test('claims: by name or by path, the first mapped role counts, nothing is inherited', () => {
  const roleValues = readRoleValues(['a=b=oversight', 'x=director'])
  const nested = { role: 'realm_access.roles', facility: 'site', label: 'badge', roleValues }
  assert.equal(readClaims({ realm_access: { roles: ['x', 'a=b'] } }, nested)?.role, 'oversight')
  assert.equal(readClaims({ 'realm_access.roles': 'x' }, nested)?.role, 'director')
  assert.equal(readClaims({ realm_access: 'x' }, nested), undefined)
  assert.equal(readClaims({}, { ...nested, role: 'constructor.name' }), undefined)
  assert.throws(() => readRoleValues(['x=king']), /king is no role/)
})
