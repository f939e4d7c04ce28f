import assert from 'node:assert/strict'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../../kernel/ports.ts'
import { createLog } from '../logs.ts'
import { temporaryFolder } from '../testing.ts'
import { makePages } from './pages.ts'
import { refuseHttp } from './problems.ts'
import { buildServer } from './server.ts'

const LOCAL = /^(localhost|127\.0\.0\.1):8472$/

async function open(t: TestContext) {
  const folder = await temporaryFolder(t)
  const dist = join(folder, 'dist')
  await mkdir(join(dist, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await writeFile(join(dist, '.built'), 'secret')
  await writeFile(join(dist, 'icon.svg'), '<svg/>')
  await writeFile(join(dist, 'assets', 'index-abc.js'), 'export {}')
  await writeFile(join(dist, 'assets', 'inter-latin.var.woff2'), 'font')
  await writeFile(
    join(dist, 'index.html'),
    '<!doctype html><html><head lang="es"><meta name="habeas-nonce" content="old"><title>Habeas</title></head></html>',
  )
  const app = await buildServer({
    endpoints: [],
    guard: {
      authenticate: async () => refuseHttp('unavailable'),
      authorise: () => undefined,
      within: async () => undefined,
      view: () => {
        throw new Error('nobody is asked about')
      },
      answered: async () => undefined,
      denied: () => undefined,
      steppedUp: async () => undefined,
    },
    sql: { rows: async () => [] },
    clock: systemClock,
    log: createLog('silent'),
    version: '0.0.0',
    bodyLimitBytes: 1024,
    rateLimitPerMinute: 1000,
    pages: makePages({
      folder: dist,
      originOf: (host) => (LOCAL.test(host ?? '') ? 'http://localhost:8472' : undefined),
    }),
  })
  t.after(() => app.close())
  const get = (url: string, host = 'localhost:8472', method: 'GET' | 'POST' = 'GET') =>
    app.inject({ method, url, headers: { host } })
  return { get, dist }
}

test('the console’s pages', async (t) => {
  const { get, dist } = await open(t)

  await t.test('every address that nothing else has is the one page, with a nonce of its own', async () => {
    const nonces = new Set<string>()
    for (const url of ['/', '/people', '/people/01a2?at=2026-01-01T00:00Z', '/index.html', '/verify']) {
      const reply = await get(url)
      assert.equal(reply.statusCode, 200, url)
      assert.equal(reply.headers['content-type'], 'text/html; charset=utf-8')
      assert.equal(reply.headers['cache-control'], 'no-store')
      const [, nonce = ''] = /<head lang="es"><meta name="habeas-nonce" content="([^"]+)">/.exec(reply.body) ?? []
      assert.doesNotMatch(reply.body, /old/)
      assert.match(nonce, /^[A-Za-z0-9+/]{22}==$/)
      nonces.add(nonce)
      const policy = String(reply.headers['content-security-policy'])
      assert.ok(policy.includes(`style-src 'self' 'nonce-${nonce}'`), policy)
      assert.ok(policy.includes("script-src 'self';"), policy)
      assert.doesNotMatch(policy, /unsafe|\*/)
      assert.ok(policy.includes("default-src 'none'") && policy.includes("frame-ancestors 'none'"))
    }
    assert.equal(nonces.size, 5)
  })

  await t.test('files whose name holds their content are kept for a year, others are asked for anew', async () => {
    const script = await get('/assets/index-abc.js')
    assert.equal(script.body, 'export {}')
    assert.match(String(script.headers['content-type']), /^(text|application)\/javascript/)
    assert.equal(script.headers['cache-control'], 'public, max-age=31536000, immutable')
    assert.equal((await get('/assets/inter-latin.var.woff2')).body, 'font')
    const icon = await get('/icon.svg')
    assert.equal(icon.headers['cache-control'], 'public, max-age=0')
    assert.equal(script.headers['x-content-type-options'], 'nosniff')
  })

  await t.test('nothing outside the folder, and no hidden file, is served', async () => {
    const paths = [
      ...[
        '/../secret.txt',
        '/assets/../../secret.txt',
        '/%2e%2e/secret.txt',
        '/..%2fsecret.txt',
        '/assets/..%5csecret',
      ],
      ...['/.built', '/assets/%00', '//secret.txt', '/assets/....//secret.txt'],
    ]
    for (const path of paths) {
      const reply = await get(path)
      assert.doesNotMatch(reply.body, /secret/, path)
      assert.ok([200, 404].includes(reply.statusCode), `${path}: ${reply.statusCode}`)
    }
  })

  await t.test('what is missing below assets/, or belongs to programs, is a problem and no page', async () => {
    for (const path of [
      '/assets/gone.js',
      '/api/nothing',
      '/log/nothing',
      '/sign-in/nothing',
      '/health',
      '/metrics/x',
    ]) {
      const reply = await get(path)
      assert.equal(reply.statusCode, 404, path)
      assert.equal(reply.headers['content-type'], 'application/problem+json')
    }
    assert.equal((await get('/people', 'localhost:8472', 'POST')).statusCode, 404)
  })

  await t.test('one origin: another name of this machine is sent there, a foreign name gets nothing', async () => {
    const reply = await get('/people?at=x', '127.0.0.1:8472')
    assert.equal(reply.statusCode, 302)
    assert.equal(reply.headers.location, 'http://localhost:8472/people?at=x')
    assert.equal((await get('//evil.example', '127.0.0.1:8472')).headers.location, 'http://localhost:8472/')
    assert.equal((await get('/people', 'evil.example')).statusCode, 404)
  })

  await t.test('a console that is not built says how to build it', async () => {
    await rm(dist, { recursive: true })
    const reply = await get('/people')
    assert.equal(reply.statusCode, 200)
    assert.match(reply.body, /npm run console/)
    assert.match(reply.body, /lang="en"/)
    assert.doesNotMatch(reply.body, /<script/)
  })
})
