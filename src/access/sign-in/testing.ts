import assert from 'node:assert/strict'
import type { FastifyInstance } from 'fastify'
import type { OfficerRole } from './claims.ts'

type Reply = Awaited<ReturnType<FastifyInstance['inject']>>

/** A browser as far as sign-in is concerned: it keeps cookies, says where a request comes from, follows when told to. */
export class TestBrowser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  readonly host: string
  readonly origin: string

  constructor(app: FastifyInstance, host = 'localhost:8472', origin = `http://${host}`) {
    this.#app = app
    this.host = host
    this.origin = origin
  }

  async send(
    method: 'GET' | 'POST',
    url: string,
    { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Reply> {
    const isForm = typeof body === 'string'
    const reply = await this.#app.inject({
      method,
      url,
      headers: {
        host: this.host,
        'user-agent': 'test',
        ...(method === 'POST' && { origin: this.origin }),
        ...(this.cookies.size > 0 && { cookie: [...this.cookies].map((pair) => pair.join('=')).join('; ') }),
        ...(body !== undefined && {
          'content-type': isForm ? 'application/x-www-form-urlencoded' : 'application/json',
        }),
        ...headers,
      },
      ...(body !== undefined && { payload: isForm ? body : JSON.stringify(body) }),
    })
    for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
      const [pair = ''] = line.split(';')
      const name = pair.slice(0, pair.indexOf('='))
      if (/Max-Age=0|expires=Thu, 01 Jan 1970/i.test(line)) this.cookies.delete(name)
      else this.cookies.set(name, pair.slice(pair.indexOf('=') + 1))
    }
    return reply
  }

  get = (url: string, headers?: Record<string, string>) => this.send('GET', url, headers && { headers })
  post = (url: string, body?: unknown, headers: Record<string, string> = {}) =>
    this.send('POST', url, { body, headers })

  /** To the demonstration issuer's page, where an officer is chosen: the address of its form. */
  async toChoice(to = '/'): Promise<string> {
    let reply = await this.get(`/sign-in?to=${encodeURIComponent(to)}`)
    while (reply.statusCode >= 300 && reply.statusCode < 400) {
      const location = new URL(String(reply.headers.location), this.origin)
      reply = await this.get(location.pathname + location.search)
    }
    assert.equal(reply.statusCode, 200, reply.body)
    const action = /<form method="post" action="([^"]+)"/.exec(reply.body)?.[1]
    assert.ok(action, reply.body)
    return action
  }

  /** Chooses an officer and goes as far as the way back, which is not yet followed. */
  async toCallback(role: OfficerRole, to = '/'): Promise<string> {
    let reply = await this.send('POST', await this.toChoice(to), { body: `officer=${role}` })
    for (;;) {
      assert.ok(reply.statusCode >= 300 && reply.statusCode < 400, `${reply.statusCode} ${reply.body}`)
      const location = new URL(String(reply.headers.location), this.origin)
      if (location.pathname === '/sign-in/callback') return location.pathname + location.search
      reply = await this.get(location.pathname + location.search)
    }
  }

  /** Signs in as the demonstration officer of a role. */
  async signIn(role: OfficerRole, to = '/'): Promise<Reply> {
    const reply = await this.get(await this.toCallback(role, to))
    assert.equal(reply.statusCode, 302, reply.body)
    return reply
  }
}
