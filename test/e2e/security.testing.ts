// What the security tests stand on: a real instance asked over the wire, every endpoint as its own document lists it,
// signed-in officers without a browser, and requests that no honest client sends.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { expectations } from '../../src/access/expectations.ts'
import { ROLES, type Role } from '../../src/access/roles.ts'
import type { OfficerRole } from '../../src/access/sign-in/claims.ts'
import { TestBrowser } from '../../src/access/sign-in/testing.ts'
import { createToken } from '../../src/access/tokens.ts'
import { timeId } from '../../src/kernel/ids.ts'
import type { Instance } from './testing.ts'

export type Schema = {
  readonly type?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly additionalProperties?: unknown
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
}

/** One endpoint, as `/api/openapi.json` says it. */
export type Door = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly path: string
  readonly permission: string
  readonly isPersonal: boolean
  readonly params: readonly string[]
  readonly query: readonly string[]
  /** Undefined where no body is taken. */
  readonly body: Schema | undefined
}

export type Reply = {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly text: string
}

export type Sent = {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
}

/** One request whose path goes out as it is written: `fetch` would tidy it. */
export function send(url: string, method: string, path: string, { headers = {}, body }: Sent = {}): Promise<Reply> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
    const asked = request({ hostname, port, method, path, headers: { ...length, ...headers } }, (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part) => parts.push(part))
      answer.on('error', reject)
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          text: Buffer.concat(parts).toString('utf8'),
        }),
      )
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Bytes as they are, for what no HTTP client lets through; the whole answer as text. */
export function sendBytes(url: string, bytes: string): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.setTimeout(5_000, () => socket.destroy())
    socket.on('data', (part) => {
      text += part.toString('latin1')
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
    socket.write(bytes, 'latin1')
  })
}

/** Every endpoint of the program; what the demonstration issuer answers is none of it. */
export async function doorsOf(url: string): Promise<Door[]> {
  const { status, text } = await send(url, 'GET', '/api/openapi.json')
  assert.equal(status, 200)
  const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> }
  const doors: Door[] = []
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const permission = operation['x-permission']
      assert.ok(permission, `${method} ${path}: in the document, but by no contract`)
      const names = (place: string) => (operation.parameters ?? []).filter((one) => one.in === place)
      const body = operation.requestBody?.content['application/json']?.schema
      doors.push({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase() as Door['method'],
        path,
        permission,
        isPersonal: operation['x-personal'] === true,
        params: names('path').map(({ name }) => name),
        query: names('query').map(({ name }) => name),
        body,
      })
    }
  }
  return doors
}

type Operation = {
  readonly 'x-permission'?: string
  readonly 'x-personal'?: boolean
  readonly parameters?: readonly { readonly in: string; readonly name: string }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
}

/** A role that may ask at this door; the first of the table. */
export const roleFor = ({ permission }: Door): Role => expectations[permission]?.roles[0] ?? 'registrar'
export const rolesFor = ({ permission }: Door): readonly Role[] => expectations[permission]?.roles ?? ROLES

/** A path with its parameters filled in; each param has a value. */
export const filled = ({ path }: Pick<Door, 'path'>, values: Readonly<Record<string, string>>): string =>
  path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => values[name] ?? 'x')

/** An officer signed in at the demonstration issuer, over the wire. */
export async function signInOver(url: string, role: OfficerRole): Promise<TestBrowser> {
  const host = new URL(url).host.replace('127.0.0.1', 'localhost')
  const inject = async ({ method, url: path, headers, payload }: Injected) => {
    const {
      status,
      headers: answered,
      text,
    } = await send(url, method, path, {
      headers,
      ...(payload !== undefined && { body: payload }),
    })
    return { statusCode: status, headers: answered, body: text, json: () => JSON.parse(text) }
  }
  const browser = new TestBrowser({ inject } as unknown as FastifyInstance, host)
  await browser.signIn(role)
  return browser
}

type Injected = {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly payload?: string
}

export const cookieOf = (browser: TestBrowser): string =>
  [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')

/** An act as a client posts it, just now. */
export const actBody = (data: unknown, at = '2026-11-01T12:00:00Z') => ({
  id: timeId(),
  occurredAt: { at, precision: 'minute', zone: 'America/El_Salvador' },
  data,
})

/** A token for each role, bound to a facility or to none: as the command makes them, in one process instead of many. */
export async function tokensOf(instance: Instance, facility?: string): Promise<Record<Role, string>> {
  const database = await instance.database()
  try {
    const clock = { now: () => Temporal.Now.instant() }
    const tokens = {} as Record<Role, string>
    for (const role of ROLES) {
      const asked = { role, label: `test ${role} ${facility ?? ''}`, ...(facility !== undefined && { facility }) }
      tokens[role] = (await createToken(database, clock, asked)).token
    }
    return tokens
  } finally {
    await database.close()
  }
}
