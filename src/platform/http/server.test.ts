import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { test } from 'node:test'
import { z } from 'zod'
import { defineContract, defineRoute } from '../../kernel/contract.ts'
import { systemClock } from '../../kernel/ports.ts'
import { seesAll } from '../../kernel/visible.ts'
import { createLog } from '../logs.ts'
import { PUBLIC } from './endpoint.ts'
import { refuseHttp } from './problems.ts'
import { buildServer, type ServerOptions } from './server.ts'

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

type Options = Partial<Pick<ServerOptions, 'endpoints' | 'timeouts'>>

async function open(t: { after(fn: () => Promise<void>): void }, options: Options = {}) {
  const app = await buildServer({
    endpoints: [slow],
    guard: {
      authenticate: async () => refuseHttp('unavailable'),
      authorise: () => undefined,
      within: async () => undefined,
      view: () => seesAll,
      answered: () => undefined,
      denied: () => undefined,
      steppedUp: async () => undefined,
    },
    sql: { rows: async () => [] },
    clock: systemClock,
    log: createLog('silent'),
    version: '0.0.0',
    bodyLimitBytes: 1024,
    rateLimitPerMinute: 1000,
    timeouts: { handler: 50 },
    ...options,
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

test('a request that names two hosts is refused, also where there is nothing, and when both are the same', async (t) => {
  const app = await open(t)
  const { port } = app.server.address() as AddressInfo
  for (const path of ['/slow', '/none']) {
    for (const second of ['Host: here', 'HOST: elsewhere']) {
      const answer = await exchange(
        port,
        `GET ${path} HTTP/1.1\r\nHost: here\r\n${second}\r\nConnection: close\r\n\r\n`,
      )
      assert.match(answer, /^HTTP\/1\.1 400 [\s\S]*urn:habeas:problem:not-as-agreed/)
    }
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

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nhost: here\r\n\r\n`

/** A client that keeps its connection, and what it has heard so far. */
async function keepingClient(port: number): Promise<{ socket: Socket; heard: () => string; closed: Promise<unknown> }> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  socket.setEncoding('utf8')
  let text = ''
  socket.on('data', (piece) => {
    text += piece
  })
  // A reset is a way of closing too.
  socket.on('error', () => undefined)
  const closed = new Promise((resolve) => {
    socket.once('close', resolve)
    socket.once('end', resolve)
  })
  await once(socket, 'connect')
  return { socket, heard: () => text, closed }
}

/** A route that answers when the test says so. */
function waitingRoute() {
  let [arrive, answer]: (() => void)[] = []
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  const answering = new Promise<void>((resolve) => {
    answer = resolve
  })
  const route = defineRoute({ ...slow.contract, path: '/waiting' }, async () => {
    arrive?.()
    await answering
    return {}
  })
  return { route, arrived, answer: () => answer?.() }
}

test('a server that closes lets go of idle connections at once, and answers what is running', async (t) => {
  const { route, arrived, answer } = waitingRoute()
  const app = await open(t, {
    endpoints: [route],
    timeouts: { handler: 600_000, keepAlive: 600_000, closing: 600_000 },
  })
  const { port } = app.server.address() as AddressInfo
  const [idle, silent, asking] = await Promise.all([keepingClient(port), keepingClient(port), keepingClient(port)])
  const answered = once(idle.socket, 'data')
  idle.socket.write(GET('/none'))
  await answered
  assert.match(idle.heard(), /^HTTP\/1\.1 404 /)
  asking.socket.write(GET('/waiting'))
  await arrived

  const closing = app.close()
  await Promise.all([idle.closed, silent.closed])
  assert.equal(asking.heard(), '', 'it was not answered yet when the idle ones had gone')
  answer()
  await asking.closed
  assert.match(asking.heard(), /^HTTP\/1\.1 200 /)
  assert.match(asking.heard(), /connection: close/i)
  for (const { socket } of [idle, silent, asking]) socket.destroy()
  await closing
})

test('a request that does not end does not keep a server that closes', async (t) => {
  const { route, arrived, answer } = waitingRoute()
  const app = await open(t, { endpoints: [route], timeouts: { handler: 600_000, keepAlive: 600_000, closing: 20 } })
  t.after(async () => answer())
  const asking = await keepingClient((app.server.address() as AddressInfo).port)
  asking.socket.write(GET('/waiting'))
  await arrived
  await Promise.all([app.close(), asking.closed])
  assert.equal(asking.heard(), '')
})
