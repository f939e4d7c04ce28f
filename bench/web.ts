import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { FastifyInstance } from 'fastify'
import type { Authoriser } from '../src/access/authorise.ts'
import { createToken } from '../src/access/tokens.ts'
import { openApp } from '../src/cli/app.ts'
import { entryCount, type House, openHouse } from '../src/cli/house.ts'
import { randomId } from '../src/kernel/ids.ts'
import { systemClock } from '../src/kernel/ports.ts'
import { loadConfig } from '../src/platform/config.ts'
import { createLog } from '../src/platform/logs.ts'
import { print, quantile, timed } from './figure.ts'
import { commitMsOf } from './house.ts'
import type { Options } from './record.ts'
import type { ClientResult, ClientTask } from './web-client.ts'

const LIST = 200

/** What the console waits for, over a whole house: the roster, the policies, who listens, who guesses. */
export async function benchWeb({ rounds: wanted, quick }: Options): Promise<void> {
  const rounds = wanted ?? (quick ? 2 : 20)
  const [few, many] = quick ? [40, 80] : [400, 40_000]
  const folder = await mkdtemp(join(tmpdir(), 'habeas-web-'))
  const small = await openServed(join(folder, 'small'), few)
  const large = await openServed(join(folder, 'large'), many)
  const facts = {
    rows: await entryCount(large.house.database),
    commitMs: await commitMsOf(large.house.owner),
  }

  const roster: { value: number; yardstick: number }[] = []
  const counted: { value: number }[] = []
  const times = async (served: Served, url: string) => {
    const all: number[] = []
    for (let i = 0; i < 10; i++) all.push(await timed(() => asked(served.app, served.token, url)))
    return quantile(all, 0.5)
  }
  // The first round fills the caches: these figures are warm ones.
  for (let i = 0; i <= rounds; i++) {
    const url = '/api/custodies?limit=100&total=false'
    const yardstick = await times(small, url)
    const value = await times(large, url)
    const whole = await times(large, '/api/custodies?limit=100')
    if (i === 0) continue
    roster.push({ value, yardstick })
    counted.push({ value: whole })
  }
  print({ name: 'web/roster/at-40000/at-400', unit: 'ms', yardstick: 'among 400 people', rounds: roster, ...facts })
  print({ name: 'web/roster/with-count', unit: 'ms', rounds: counted, ...facts })

  await benchPolicies(large, rounds, facts)
  await benchGuessing(large, rounds, facts)
  await benchListeners(large, quick ? 1 : Math.min(rounds, 5), quick, facts)

  await small.close()
  await large.close()
  await rm(folder, { recursive: true, force: true })
}

type Facts = { readonly rows: number; readonly commitMs: number }
type Served = {
  readonly house: House
  readonly app: FastifyInstance
  readonly token: string
  close(): Promise<void>
}

/** Filled by the command itself, then opened here. */
async function openServed(dataFolder: string, people: number): Promise<Served> {
  const env = {
    ...process.env,
    HABEAS_DATA: dataFolder,
    HABEAS_POPULATION: String(people),
    HABEAS_PORT: '0',
    HABEAS_RATE_LIMIT_PER_MINUTE: '10000000',
  }
  const launcher = join(import.meta.dirname, '..', 'bin', 'habeas.mjs')
  const child = spawn(process.execPath, [launcher, 'start', '--no-serve', '--json'], { env, stdio: 'ignore' })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the house of ${people} people was not filled: ${code}`)
  const house = await openHouse(await loadConfig(env), { log: createLog('error', process.stderr) })
  // A quiet house: what autovacuum would do during the rounds is done before them.
  await house.owner.rows('vacuum analyze')
  const app = await openApp(house)
  return {
    house,
    app,
    token: await tokenOf(house),
    async close() {
      await app.close()
      await house.close()
    },
  }
}

const tokenOf = async ({ database }: House, facility?: string): Promise<string> =>
  (await createToken(database, systemClock, { role: 'registrar', ...(facility !== undefined && { facility }) })).token

async function asked(app: FastifyInstance, token: string, url: string, status = 200): Promise<void> {
  const answer = await app.inject({ method: 'GET', url, headers: { authorization: `Bearer ${token}` } })
  if (answer.statusCode !== status) throw new Error(`${url} was answered with ${answer.statusCode}`)
}

/** Processor time of this process for a list of 200, with the policies and cut by what the reader may see, and without. */
async function benchPolicies({ house, app }: Served, rounds: number, facts: Facts): Promise<void> {
  const everything: Authoriser = {
    mayDo: () => true,
    openedInNeed: () => [],
    rolesWith: () => [],
    permissions: new Proxy(new Set<string>(), {
      get: (set, key) => (key === 'has' ? () => true : Reflect.get(set, key)),
    }),
  }
  const open = await openApp(house, { authoriser: everything })
  const bound = await tokenOf(house, 'TEC')
  const free = await tokenOf(house)
  const url = `/api/custodies?limit=${LIST}&total=false`
  const cpu = async (from: FastifyInstance, token: string) => {
    const before = process.cpuUsage()
    for (let i = 0; i < 20; i++) await asked(from, token, url)
    const { user, system } = process.cpuUsage(before)
    return (user + system) / 20 / 1_000
  }
  const measured: { value: number; yardstick: number }[] = []
  for (let i = 0; i <= rounds; i++) {
    const yardstick = await cpu(open, free)
    const value = await cpu(app, bound)
    if (i > 0) measured.push({ value, yardstick })
  }
  print({
    name: 'web/list-of-200/without-policy',
    unit: 'ms of processor',
    yardstick: 'the same list without policy',
    rounds: measured,
    ...facts,
  })
  await open.close()
}

/** How long it takes to be told that there is nothing: of somebody who does not exist, and of somebody not to be seen. */
async function benchGuessing({ house, app }: Served, rounds: number, facts: Facts): Promise<void> {
  const token = await tokenOf(house, 'ZZZ')
  const people = await house.database.rows<{ id: string }>('select id from custody order by id limit 40')
  const measured: { value: number; yardstick: number }[] = []
  for (let i = 0; i <= rounds; i++) {
    const [unknown, forbidden]: [number[], number[]] = [[], []]
    // One after the other: what disturbs one disturbs both.
    for (const { id } of people) {
      unknown.push(await timed(() => asked(app, token, `/api/custodies/${randomId()}`, 404)))
      forbidden.push(await timed(() => asked(app, token, `/api/custodies/${id}`, 404)))
    }
    if (i > 0) measured.push({ value: quantile(unknown, 0.5), yardstick: quantile(forbidden, 0.5) })
  }
  const both = { unit: 'ms', yardstick: 'somebody who may not be seen', rounds: measured, ...facts }
  print({ name: 'web/unknown/forbidden/at-least', ...both })
  print({ name: 'web/unknown/forbidden/at-most', ...both })
}

/** 50 acts a second from another process, with two hundred listeners in it and without. */
async function benchListeners(
  { house, app, token }: Served,
  rounds: number,
  quick: boolean,
  facts: Facts,
): Promise<void> {
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const people = await house.database.rows<{ id: string }>(
    'select id from custody where held @> now() order by id limit 200',
  )
  const task = { url, token, custodies: people.map(({ id }) => id), acts: quick ? 50 : 500, perSecond: 50 }
  const listeners = quick ? 20 : 200
  const measured: { value: number; yardstick: number }[] = []
  const memory: { value: number }[] = []
  for (let i = 0; i <= rounds; i++) {
    const without = await sendActs(task)
    const listening = await openClient({ ...task, listeners })
    const withAll = await sendActs(task)
    await listening.end()
    if (i === 0) continue
    measured.push({ value: quantile(withAll, 0.95), yardstick: quantile(without, 0.95) })
    // Apart from the acts, which leave more behind than listeners hold: what goes when they go.
    const idle = await openClient({ ...task, listeners })
    const open = await memoryOf()
    await idle.end()
    memory.push({ value: Math.max(0.1, (open - (await memoryOf())) / listeners / 1024) })
  }
  print({
    name: 'web/acts-with-listeners/without',
    unit: 'ms, p95',
    yardstick: 'no listeners',
    rounds: measured,
    ...facts,
  })
  print({ name: 'web/memory/a-listener', unit: 'kB', rounds: memory, ...facts })
}

type Client = { result(): Promise<ClientResult>; end(): Promise<void> }

/** A process of its own, ready when all of its listeners are heard; `result` has it send its acts. */
async function openClient(task: ClientTask): Promise<Client> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'web-client.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  child.stdin.write(`${JSON.stringify(task)}\n`)
  await lines.next()
  return {
    async result() {
      child.stdin.write('\n')
      const last = (await lines.next()).value as string | undefined
      if (last === undefined) throw new Error('the client ended without a result')
      await closed
      return JSON.parse(last) as ClientResult
    },
    async end() {
      child.kill()
      await closed
    },
  }
}

/** Latencies of the acts, from a process that does nothing else: what listeners do in theirs is not in them. */
async function sendActs(task: Omit<ClientTask, 'listeners'>): Promise<readonly number[]> {
  const client = await openClient({ ...task, listeners: 0 })
  return (await client.result()).ms
}

/** What is alive once the requests before are over, in bytes. */
async function memoryOf(): Promise<number> {
  await sleep(500)
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void
