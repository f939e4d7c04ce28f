// Helpers for tests that use Habeas as people do: through its command and its port, in folders of their own.
import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { timeId } from '../../src/kernel/ids.ts'
import { connectDatabase, type Database } from '../../src/platform/database.ts'
import { findRunningPostgres } from '../../src/platform/postgres/server.ts'
import { oneAtATime } from '../one-at-a-time.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

/** The report that `start --json` prints when it is ready. */
export type Ready = {
  readonly url?: string
  readonly held: number
  readonly entries: number
  readonly filled?: { readonly people: number; readonly entries: number }
  readonly basis: Readonly<Record<'order' | 'lapse' | 'unknown' | 'disputed', number>>
  readonly try: readonly { readonly registerNumber: string }[]
}

export type Server = {
  readonly ready: Ready
  readonly url: string
  readonly child: ChildProcess
  /** Resolves when the process has ended. */
  readonly ended: Promise<Ended>
  /** Asks it to stop and waits. */
  stop(signal?: NodeJS.Signals): Promise<Ended>
}

/** An instance in an empty folder. Everything that it starts ends with the test. */
export class Instance {
  readonly folder: string
  readonly #env: NodeJS.ProcessEnv
  readonly #children = new Set<ChildProcess>()

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.folder = folder
    this.#env = env
  }

  get policy(): string {
    return join(this.folder, 'data', 'trust.policy')
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  spawn(args: readonly string[], env: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [main, ...args], {
      cwd: this.folder,
      env: { ...this.#env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#children.add(child)
    let [stdout, stderr] = ['', '']
    child.stdout?.on('data', (chunk) => {
      stdout += chunk
    })
    child.stderr?.on('data', (chunk) => {
      stderr += chunk
    })
    const ended = once(child, 'close').then(([code]) => {
      this.#children.delete(child)
      return { code: code as number | null, stdout, stderr }
    })
    return { child, ended }
  }

  /** Runs a command to its end. */
  run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
    return this.spawn(args, env).ended
  }

  /** The same, for commands that must end well: the object that `--json` prints. */
  async json<T>(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<T> {
    const { code, stdout, stderr } = await this.run([...args, '--json'], env)
    assert.equal(code, 0, `${args.join(' ')} ended with ${code}: ${stderr}${stdout}`)
    return JSON.parse(stdout) as T
  }

  /** Starts the server and resolves when it answers. */
  async start(env: NodeJS.ProcessEnv = {}): Promise<Server> {
    const { child, ended } = this.spawn(['start', '--json'], env)
    const ready = await Promise.race([
      new Promise<Ready>((resolve) => {
        let line = ''
        child.stdout?.on('data', (chunk) => {
          line += chunk
          if (line.includes('\n')) resolve(JSON.parse(line) as Ready)
        })
      }),
      ended.then(({ code, stderr }) => {
        throw new Error(`start ended with ${code}: ${stderr}`)
      }),
    ])
    const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
      child.kill(signal)
      return ended
    }
    return { ready, url: ready.url as string, child, ended, stop }
  }

  /** A connection of the test's own to the running database. The caller closes it. */
  async database(): Promise<Database> {
    const connection = await findRunningPostgres(join(this.folder, 'data', 'pg'))
    assert.ok(connection, 'no database is running')
    return connectDatabase(connection.connectionString)
  }

  /** Process id of the database server. */
  async postmaster(): Promise<number> {
    return Number.parseInt(await readFile(join(this.folder, 'data', 'pg', 'postmaster.pid'), 'utf8'), 10)
  }

  async close(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL')
    await Promise.all([...this.#children].map((child) => once(child, 'close')))
  }
}

/** Environment variable by which a run hands its test files a folder for `filledInstance`. */
export const instancesVariable = 'HABEAS_TEST_INSTANCES'

const environmentOf = (folder: string, population: number): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: folder,
  LANG: 'en_US.UTF-8',
  HABEAS_DATA: join(folder, 'data'),
  HABEAS_PORT: '0',
  HABEAS_LOG_LEVEL: 'error',
  HABEAS_RATE_LIMIT_PER_MINUTE: '1000000',
  HABEAS_POPULATION: String(population),
  ...(process.env.NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE }),
})

/** A new instance with so many people; 0 leaves the reference facility out. */
export async function newInstance(
  t: Pick<TestContext, 'after'>,
  population: number,
  env: NodeJS.ProcessEnv = {},
): Promise<Instance> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-e2e-'))
  const instance = new Instance(folder, { ...environmentOf(folder, population), ...env })
  t.after(async () => {
    await instance.close()
    // The database follows its parent into the grave by itself; its folder may be busy until it has.
    await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
  })
  return instance
}

/**
 * The same for tests that begin after the first start: within a run that start is made once for each population, and
 * its folder copied. In a file that is run alone it is the first start, as with `newInstance`.
 */
export async function filledInstance(
  t: Pick<TestContext, 'after'>,
  population: number,
  env: NodeJS.ProcessEnv = {},
): Promise<Instance> {
  const instance = await newInstance(t, population, env)
  const shared = process.env[instancesVariable]
  if (shared === undefined) return instance
  const filled = join(shared, String(population))
  await oneAtATime(`${filled}.lock`, async () => {
    if (existsSync(filled)) return
    const first = new Instance(`${filled}.new`, environmentOf(`${filled}.new`, population))
    await mkdir(first.folder, { recursive: true })
    const { code, stderr } = await first.run(['start', '--no-serve'])
    assert.equal(code, 0, stderr)
    await rename(first.folder, filled)
  })
  // Owners go along: as root the database belongs to another account.
  await promisify(execFile)('cp', ['-Rp', join(filled, 'data'), instance.path('data')])
  return instance
}

export type Answer = { readonly status: number; readonly body: unknown }

/** One request with a token; the answer's JSON, or its text where it is none. */
export async function ask(url: string, token: string, path: string, body?: unknown): Promise<Answer> {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  try {
    return { status: response.status, body: JSON.parse(text) }
  } catch {
    return { status: response.status, body: text }
  }
}

/** A note about somebody: the smallest act there is. */
export const noteAbout = (custody: string, text: string, id = timeId()) => ({
  id,
  occurredAt: { at: '2026-11-01T12:00:00Z', precision: 'minute', zone: 'America/El_Salvador' },
  data: { person: { custody }, act: { text } },
})

/** Ids of those who are held. */
export async function custodiesOf(url: string, token: string, limit: number): Promise<string[]> {
  const { status, body } = await ask(url, token, `/api/custodies?limit=${limit}`)
  assert.equal(status, 200, JSON.stringify(body))
  return (body as { held: { custody: string }[] }).held.map(({ custody }) => custody)
}
