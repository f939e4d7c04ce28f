// Finds every point at which a scenario can die, and lets it die there.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import { connectDatabase, DatabaseUnavailable } from '../../src/platform/database.ts'
import { makeWrapPair } from '../../src/record/keys.ts'
import type { VerifierKey } from '../../src/record/note.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../../src/signer/client.ts'
import { serveSigner } from '../../src/signer/server.ts'
import type { Order } from './crash-child.ts'
import { type Given, type House, ORIGIN, openHouse } from './house.ts'
import { type Acknowledged, breachesOf, look } from './invariants.ts'
import { PREPARED, type Scenario, WORKED } from './scenarios.ts'
import { type Cut, Wire } from './wire.ts'

export type Death = Cut & {
  /** Runs the work until it dies at this cut; answers what was acknowledged before. Default: in this process. */
  readonly dies?: (given: Given, scenario: Scenario, cut: Cut) => Promise<Died>
  readonly signer?: OpenSigner
}

export type Died = {
  readonly acknowledged: readonly Acknowledged[]
  /** At which statement, where it is known. */
  readonly statement?: string
}

/**
 * Databases of one content. Each is copied once and after that put back row by row: copying the files for every point
 * took most of the time.
 */
class Databases {
  readonly #server: string
  readonly #template: string
  readonly #idle: string[] = []
  readonly #made: string[] = []
  readonly #clients = new Map<string, Promise<pg.Client>>()

  constructor(server: string, template: string) {
    this.#server = server
    this.#template = template
  }

  /** A database as the template was. Give it back with `release`, or keep it out of use. */
  async take(): Promise<string> {
    const idle = this.#idle.pop()
    if (idle !== undefined) {
      await this.#on(idle, (client) => client.query('call saved.put_back()'))
      return idle
    }
    const name = `habeas_f_${randomBytes(6).toString('hex')}`
    await this.#on('postgres', (admin) =>
      admin.query(`create database ${name} template ${this.#template} strategy file_copy`),
    )
    this.#made.push(name)
    // An import analyzes everything, several times: most of its time here, for tables of four rows.
    await this.#on('postgres', (admin) => admin.query(`alter database ${name} set default_statistics_target = 1`))
    await this.#on(name, (client) => client.query(SAVE))
    return name
  }

  release(name: string): void {
    this.#idle.push(name)
  }

  connectionString = (name: string): string => named(this.#server, name)

  /** Until nobody of the process that died is connected: the server has then done all that was sent to it. */
  async untilAlone(name: string): Promise<void> {
    // A database of ours is asked over its own connection, the template over another's: nobody may hold that one.
    await this.#on(this.#clients.has(name) ? name : 'postgres', async (client) => {
      for (let round = 0; ; round++) {
        const { rowCount } = await client.query(
          `select from pg_stat_activity
           where datname = $1 and backend_type = 'client backend' and pid <> pg_backend_pid()`,
          [name],
        )
        if (rowCount === 0) return
        if (round > 5_000) throw new Error('a connection of the dead process does not end')
        await sleep(2)
      }
    })
  }

  async close(): Promise<void> {
    await this.#on('postgres', async (admin) => {
      for (const name of this.#made) {
        await (await this.#clients.get(name))?.end()
        await admin.query(`drop database if exists ${name} with (force)`)
      }
      await admin.end()
    })
  }

  /** One connection for each database, kept: what it has planned and looked up serves every point. */
  async #on<T>(name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
    const opening = this.#clients.get(name) ?? connectDatabase(named(this.#server, name)).connect()
    this.#clients.set(name, opening)
    return work(await opening)
  }
}

/** Keeps a copy of every table and sequence, and makes the procedure that puts them back. */
const SAVE = `
create schema saved;
create table saved.position (name text, last bigint, called boolean);
do $$
declare
  t record;
  s record;
  body text := 'set local session_replication_role = replica; ';
  kept text;
begin
  for s in select c.oid::regclass::text as name from pg_class c
    where c.relkind = 'S' and c.relnamespace in ('public'::regnamespace, 'keystore'::regnamespace)
  loop
    execute format('insert into saved.position select %L, last_value, is_called from %s', s.name, s.name);
  end loop;
  for t in select c.oid, c.oid::regclass::text as name from pg_class c
    where c.relkind = 'r' and c.relnamespace in ('public'::regnamespace, 'keystore'::regnamespace)
  loop
    kept := 'saved.' || quote_ident(replace(t.name, '.', '_'));
    execute format('create table %s as table %s', kept, t.name);
    body := body || (select format('delete from %s; insert into %s (%s) overriding system value select %s from %s; ',
      t.name, t.name, string_agg(quote_ident(attname), ', '), string_agg(quote_ident(attname), ', '), kept)
      from pg_attribute where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '');
  end loop;
  body := body || 'perform setval(name::regclass, last, called) from saved.position;';
  execute format('create procedure saved.put_back() language plpgsql as %L', 'begin ' || body || ' end');
end $$`

function named(server: string, name: string): string {
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.toString()
}

/** A scenario that was prepared, and gone through once without a death. */
export class CrashPoints {
  readonly scenario: Scenario
  readonly #databases: Databases
  readonly #folder: string
  readonly #wrap: Given['wrap']
  /** Ids of all acts that are there when the work was done undisturbed. */
  #acts: readonly string[] = []
  /** Texts of the statements of the undisturbed run. */
  statements: readonly string[] = []

  private constructor(scenario: Scenario, databases: Databases, folder: string, wrap: Given['wrap']) {
    this.scenario = scenario
    this.#databases = databases
    this.#folder = folder
    this.#wrap = wrap
  }

  /**
   * `empty` and `prepared` are connection strings of migrated databases without entries, to which nobody is connected;
   * the second is filled.
   */
  static async prepare(scenario: Scenario, empty: string, prepared: string): Promise<CrashPoints> {
    const folder = await mkdtemp(join(tmpdir(), 'habeas-crash-'))
    const wrap = makeWrapPair()
    const house = openHouse({ connectionString: prepared, wrap, folder, now: PREPARED })
    await scenario.prepare(house)
    await house.close()
    const template = new URL(scenario.onPrepared ? prepared : empty).pathname.slice(1)
    const databases = new Databases(empty, template)
    await databases.untilAlone(template)
    const points = new CrashPoints(scenario, databases, folder, wrap)
    await points.#goThrough()
    return points
  }

  /** How many points there are: before and after each statement. */
  get count(): number {
    return 2 * this.statements.length
  }

  /** Every cut, in order. */
  *cuts(): Generator<Cut> {
    for (let at = 1; at <= this.statements.length; at++) {
      yield { at, side: 'before' }
      yield { at, side: 'after' }
    }
  }

  /** Dies at a cut, reopens, does the work again, and answers everything that is then not as it must be. */
  async die({ at, side, dies = diesHere, signer = signerHere }: Death): Promise<string[]> {
    return this.#withPlace(signer, async (given, keys) => {
      const { acknowledged, statement } = await dies(given, this.scenario, { at, side })
      await this.#databases.untilAlone(new URL(given.connectionString).pathname.slice(1))
      const breaches = await this.#reopen(given, keys, acknowledged)
      const counted = this.statements[at - 1]
      if (statement !== undefined && statement !== counted) breaches.push(`counted was another statement: ${counted}`)
      const where = `${side} statement ${at} (${(statement ?? 'killed').replace(/\s+/g, ' ').slice(0, 80)})`
      return breaches.map((breach) => `${where}: ${breach}`)
    })
  }

  async close(): Promise<void> {
    await this.#databases.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #goThrough(): Promise<void> {
    await this.#withPlace(signerHere, async (given, keys) => {
      const wire = await Wire.open(given.connectionString)
      const house = openHouse({ ...given, connectionString: wire.connectionString })
      await this.scenario.work(house)
      await house.close()
      await wire.close()
      this.statements = [...wire.statements]
      const after = openHouse(given)
      this.#acts = await actsOf(after)
      const breaches = await this.#reopen(given, keys, house.acknowledged, after)
      if (breaches.length > 0) throw new Error(`undisturbed: ${breaches.join('\n')}`)
    })
  }

  async #withPlace<T>(open: OpenSigner, work: (given: Given, keys: readonly VerifierKey[]) => Promise<T>): Promise<T> {
    const name = await this.#databases.take()
    const folder = await mkdtemp(join(tmpdir(), 'habeas-crash-'))
    await cp(this.#folder, folder, { recursive: true })
    const given = { connectionString: this.#databases.connectionString(name), wrap: this.#wrap, folder, now: WORKED }
    const signer = this.scenario.signs ? await openSigner(open, folder) : undefined
    try {
      return await work({ ...given, ...(signer && { signerSocket: signer.socketPath }) }, signer?.keys ?? [])
    } finally {
      await signer?.stop()
      await this.#databases.untilAlone(name)
      this.#databases.release(name)
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** The next process: nothing is left of the first but what it was given. */
  async #reopen(
    given: Given,
    keys: readonly VerifierKey[],
    before: readonly Acknowledged[],
    house = openHouse(given),
  ): Promise<string[]> {
    try {
      await house.sequencer.pass()
      const { database, record } = house
      const held = new Map((await entriesOf(house, before)).map(({ act, entry }) => [act, entry]))
      const lost = before
        .filter(({ act, entry }) => held.get(act) !== entry)
        .map(({ act }) => `lost on reopening: ${act}`)
      await this.scenario.work(house)
      await house.sequencer.pass()
      // What was acknowledged twice was acknowledged as the same entry.
      const acknowledged = [...before, ...house.acknowledged]
      const verdict = await look({ record, database, keys, acknowledged, isSmall: true })
      const acts = await actsOf(house)
      const differ = JSON.stringify(acts) === JSON.stringify(this.#acts) ? [] : ['other acts than undisturbed']
      return [...lost, ...breachesOf(verdict), ...differ, ...((await this.scenario.check?.(house)) ?? [])]
    } finally {
      await house.close()
    }
  }
}

type OpenSigner = (options: { secretsFolder: string; socketPath: string }) => Promise<{ stop(): Promise<unknown> }>

/** The signer's own server on its own socket with its state on disk, in our process: it is not the one that dies. */
export const signerHere: OpenSigner = async (options) => {
  await mkdir(dirname(options.socketPath), { recursive: true, mode: 0o700 })
  const { close } = await serveSigner(options)
  return { stop: close }
}

/** The signer as it runs in a house: a process of its own. */
export const signerProcess: OpenSigner = startSigner

async function openSigner(open: OpenSigner, folder: string) {
  const socketPath = join(folder, 'run', 'signer.sock')
  const signer = await open({ secretsFolder: join(folder, 'signer'), socketPath })
  const client = connectSigner({ socketPath })
  const keys = logVerifierKeys(ORIGIN, await client.keys())
  client.close()
  return { socketPath, keys, stop: signer.stop }
}

async function actsOf({ database }: House): Promise<string[]> {
  const rows = await database.rows<{ act: string }>(`select act || '/' || act_part as act from entry order by 1`)
  return rows.map(({ act }) => act)
}

const entriesOf = ({ database }: House, acts: readonly Acknowledged[]): Promise<Acknowledged[]> =>
  database.rows('select act, id as entry from entry where act = any($1::uuid[])', [acts.map(({ act }) => act)])

/** In this process: the wire vanishes, and every object of the scenario is thrown away. */
async function diesHere(given: Given, scenario: Scenario, cut: Cut): Promise<Died> {
  let statement = 'never'
  const wire = await Wire.open(given.connectionString, {
    cut,
    onCut: (text) => {
      statement = text
    },
  })
  const house = openHouse({ ...given, connectionString: wire.connectionString })
  try {
    await scenario.work(house)
    throw new Error(`${cut.side} statement ${cut.at}: the wire was cut and the work did not notice`)
  } catch (error) {
    if (!isLoss(error)) throw error
  } finally {
    await house.close()
    await wire.close()
  }
  return { acknowledged: house.acknowledged, statement }
}

/** In a process of its own, which kills itself. */
export async function diesForReal(given: Given, scenario: Scenario, cut: Cut): Promise<Died> {
  const file = join(given.folder, 'order.json')
  await writeFile(file, JSON.stringify({ given, scenario: scenario.name, cut } satisfies Order))
  const child = spawn(process.execPath, [fileURLToPath(new URL('./crash-child.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [said, words] = ['', '']
  child.stdout.on('data', (chunk) => {
    said += chunk
  })
  child.stderr.on('data', (chunk) => {
    words += chunk
  })
  const [status, signal] = await once(child, 'close')
  if (signal !== 'SIGKILL') throw new Error(`the child ended with ${status ?? signal}: ${words}`)
  const acknowledged = said
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Acknowledged)
  return { acknowledged }
}

/** What somebody is told whose connection ended: from the pool, or from a plain connection as the driver says it. */
const isLoss = (error: unknown): boolean =>
  error instanceof DatabaseUnavailable ||
  (error instanceof Error && /^Connection terminated|^Client was/.test(error.message))
