import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { test } from 'node:test'
import { z } from 'zod'
import { defineContract, defineRoute } from '../../kernel/contract.ts'
import { systemClock } from '../../kernel/ports.ts'
import { createLog } from '../logs.ts'
import { PUBLIC } from './endpoint.ts'
import { refuseHttp } from './problems.ts'
import { buildServer } from './server.ts'

const slow = defineRoute(
  defineContract({
    method: 'GET',
    path: '/slow',
    says: { en: 'Never answers', es: 'Nunca responde' },
    permission: PUBLIC,
    personal: false,
    ok: z.strictObject({}),
  }),
  () => new Promise(() => {}),
)

async function open(t: { after(fn: () => Promise<void>): void }) {
  const app = await buildServer({
    endpoints: [slow],
    guard: {
      authenticate: async () => refuseHttp('unavailable'),
      authorise: () => undefined,
      within: async () => undefined,
    },
    sql: { rows: async () => [] },
    clock: systemClock,
    log: createLog('silent'),
    version: '0.0.0',
    bodyLimitBytes: 1024,
    rateLimitPerMinute: 1000,
    timeouts: { handler: 50 },
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.after(() => app.close())
  return app
}

/** What comes back for bytes that no client library would send. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.setEncoding('utf8')
  let answer = ''
  socket.on('data', (text) => {
    answer += text
  })
  socket.end(bytes)
  await once(socket, 'close')
  return answer
}

test('bytes that are not HTTP are answered with a problem, and the connection is closed', async (t) => {
  const app = await open(t)
  const { port } = app.server.address() as AddressInfo
  for (const bytes of ['GARBAGE\r\n\r\n', 'GET / HTTP/1.1\r\nbad header\r\n\r\n', '\0\0\0\r\n\r\n']) {
    const answer = await exchange(port, bytes)
    assert.match(answer, /^HTTP\/1\.1 400 /)
    assert.match(answer, /urn:habeas:problem:not-as-agreed/)
  }
})

test('a handler that does not answer is answered for: 503, come back', async (t) => {
  const app = await open(t)
  const answer = await app.inject('/slow')
  assert.equal(answer.statusCode, 503)
  assert.equal(answer.json().code, 'unavailable')
  assert.ok(answer.headers['retry-after'])
})

test('an id that a client gives to a request is not taken into our log', async (t) => {
  const app = await open(t)
  const answer = await app.inject({ url: '/none', headers: { 'request-id': 'JUAN', 'x-request-id': 'JUAN' } })
  assert.notEqual(answer.headers['x-request-id'], 'JUAN')
})

test('a method that a route does not have is a 404 problem', async (t) => {
  const app = await open(t)
  const answer = await app.inject({ method: 'DELETE', url: '/slow' })
  assert.deepEqual([answer.statusCode, answer.json().code], [404, 'no-route'])
})
