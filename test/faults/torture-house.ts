// The instance that is tortured: its own PostgreSQL behind a wire, the program with its signer as processes of their own.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { rooms } from '../../src/cli/rooms.ts'
import { systemClock } from '../../src/kernel/ports.ts'
import { connectDatabase, type Database } from '../../src/platform/database.ts'
import { processOf, titleOf } from '../../src/platform/postgres/orphans.ts'
import { type EmbeddedPostgres, startPostgres } from '../../src/platform/postgres/server.ts'
import { openSecrets } from '../../src/platform/secrets.ts'
import type { RecordContext } from '../../src/record/context.ts'
import { KeyRing } from '../../src/record/keys.ts'
import { sha256 } from '../../src/record/node-crypto.ts'
import { parsePolicy, policyKeys } from '../../src/record/policy.ts'
import { buildRegistry } from '../../src/record/registry.ts'
import { type Ended, type Instance, newInstance, type Server } from '../e2e/testing.ts'
import { Wire } from './wire.ts'

/** Small, so that segments and checkpoints of the database end often and a full disk is soon full. */
const SETTINGS = { shared_buffers: '32MB', max_wal_size: '64MB', min_wal_size: '32MB', checkpoint_timeout: '30s' }
const DISK_MB = 384
/** How long a recovery may take, and how many may fail to end in one run. */
const RECOVERY_MS = 60_000
const ENDLESS_MAX = 3
/** The halves of the lock in `src/cli/instance.ts`. */
const INSTANCE_LOCK = { high: Math.floor(4_801_726_340 / 2 ** 32), low: 4_801_726_340 % 2 ** 32 }

export class TortureHouse {
  readonly instance: Instance
  readonly wire: Wire
  /** Whether the database lies on a small file system of its own, which can be filled. */
  readonly hasOwnDisk: boolean
  /** Recoveries that did not end, so that the server was killed once more: what was to be seen of each. */
  readonly endless: string[] = []
  #postgres: EmbeddedPostgres
  #direct: Database
  #server: Server | undefined
  #isPostgresUp = true
  #record: RecordContext | undefined

  private constructor(instance: Instance, postgres: EmbeddedPostgres, wire: Wire, hasOwnDisk: boolean) {
    this.instance = instance
    this.#postgres = postgres
    this.wire = wire
    this.hasOwnDisk = hasOwnDisk
    this.#direct = connectDatabase(postgres.connectionString)
    this.#watch(postgres)
  }

  static async open(t: { after(end: () => Promise<void>): void }, population: number): Promise<TortureHouse> {
    const ends: (() => Promise<void>)[] = []
    // In the reverse order: the program, the wire, the database, its disk, the folder.
    t.after(async () => {
      for (const end of ends.reverse()) await end()
    })
    const instance = await newInstance({ after: (end) => void ends.push(end as () => Promise<void>) }, population)
    const disk = instance.path('disk')
    await mkdir(disk)
    const hasOwnDisk = await mountDisk(disk)
    if (hasOwnDisk) ends.push(() => unmountDisk(disk))
    await chmod(disk, 0o755)
    await chmod(instance.folder, 0o755)
    const postgres = await startPostgres({ folder: `${disk}/pg`, settings: SETTINGS })
    const wire = await Wire.open(postgres.connectionString)
    const house = new TortureHouse(instance, postgres, wire, hasOwnDisk)
    ends.push(() => house.#close())
    await writeFile(house.clockFile, '0')
    return house
  }

  get clockFile(): string {
    return this.instance.path('clock')
  }

  get pgFolder(): string {
    return this.instance.path('disk/pg')
  }

  get url(): string {
    // Nobody listens on port 1: to a caller it is a server that is not there.
    return this.#server?.url ?? 'http://127.0.0.1:1'
  }

  get postgres(): EmbeddedPostgres {
    return this.#postgres
  }

  /** To the database, past the wire. */
  get direct(): Database {
    return this.#direct
  }

  get env(): NodeJS.ProcessEnv {
    return {
      DATABASE_URL: this.wire.connectionString,
      // With a database of its own it starts only where officers sign in at a real issuer; nobody does here.
      HABEAS_ISSUER_URL: 'https://issuer.example',
      FAULTS_CLOCK: this.clockFile,
      NODE_OPTIONS: `--import=${new URL('./moved-clock.ts', import.meta.url).href}`,
    }
  }

  /** The program runs: as it did, or started again. */
  async ensureServer(): Promise<Server> {
    if (this.#server) return this.#server
    const server = await this.instance.start(this.env)
    this.#server = server
    void server.ended.then(() => {
      if (this.#server === server) this.#server = undefined
    })
    return server
  }

  get server(): Server | undefined {
    return this.#server
  }

  async endServer(signal: NodeJS.Signals): Promise<Ended | undefined> {
    // Callers go on calling until it is gone, as they would.
    return this.#server?.stop(signal)
  }

  /**
   * The database runs and takes connections: as it did, or started again. Its own recovery, after a crash of one of its
   * processes, may take `recoveryMs`; then it is killed and started once more, as an operator would, and `endless` says
   * how it stood.
   */
  async ensurePostgres(recoveryMs = RECOVERY_MS): Promise<void> {
    const deadline = performance.now() + recoveryMs
    while (this.#isPostgresUp) {
      try {
        await this.#direct.rows('select 1')
        return
      } catch (error) {
        if (performance.now() > deadline) {
          this.endless.push(await this.#howItStands(error))
          if (this.endless.length > ENDLESS_MAX) throw error
          await this.stopPostgres('kill')
          break
        }
        await sleep(100)
      }
    }
    await this.startPostgres()
  }

  /** Every process of the server with its state ("T": somebody stopped it), and the last words of its log. */
  async #howItStands(error: unknown): Promise<string> {
    const processes: string[] = []
    for (const name of await readdir('/proc')) {
      const found = /^\d+$/.test(name) ? await processOf(Number(name)) : undefined
      if (found === undefined || (Number(name) !== this.#postgres.pid && found.ppid !== this.#postgres.pid)) continue
      processes.push(`${found.state} ${(await titleOf(Number(name))).slice(0, 60)}`)
    }
    const log = await readFile(`${this.pgFolder}.log`, 'utf8').catch(() => '')
    // Whoever knocked meanwhile was told the same, hundreds of times.
    const words = log.split('\n').filter((line) => line !== '' && !line.includes('FATAL:  the database system is'))
    const { cause } = error as Error
    return [cause instanceof Error ? cause.message : String(error), ...processes, ...words.slice(-15)].join('\n  ')
  }

  async startPostgres(): Promise<void> {
    this.#postgres = await startPostgres({ folder: this.pgFolder, settings: SETTINGS })
    this.#isPostgresUp = true
    this.#watch(this.#postgres)
    this.wire.retarget(this.#postgres.connectionString)
    const before = this.#direct
    this.#direct = connectDatabase(this.#postgres.connectionString)
    await before.close()
  }

  async stopPostgres(how: 'fast' | 'kill'): Promise<void> {
    if (!this.#isPostgresUp) return
    if (how === 'kill') this.#postgres.kill9()
    else await this.#postgres.stop()
    await this.#postgres.exited
    this.#isPostgresUp = false
  }

  /** What an auditor needs who has the secrets and the policy of the house. */
  async auditor(): Promise<RecordContext> {
    if (this.#record) return this.#record
    const secrets = await openSecrets(this.instance.path('data/secrets'), this.instance.path('data/oversight'))
    const keys = new KeyRing(secrets.facility, secrets.oversight)
    this.#record = { registry: buildRegistry(rooms), keys, clock: systemClock }
    return this.#record
  }

  async logKeys() {
    const policy = parsePolicy(sha256, await readFile(this.instance.policy, 'utf8'))
    if (!policy.ok) throw new Error('the trust policy does not parse')
    return policyKeys(policy.value)
  }

  /** Process id of the signer: the child of the program. */
  async signerPid(): Promise<number> {
    const parent = this.#server?.child.pid
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/.test(name)) continue
      const [stat, command] = await Promise.all([
        readFile(`/proc/${name}/stat`, 'utf8').catch(() => ''),
        readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => ''),
      ])
      const ppid = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
      if (ppid === parent && command.includes('signer/main.ts')) return Number(name)
    }
    throw new Error('the program has no signer')
  }

  /** Until the program holds its instance again, after the database was away. */
  async untilHeld(): Promise<void> {
    for (let round = 0; round < 500; round++) {
      const held = await this.#direct.rows(
        `select from pg_locks where locktype = 'advisory' and granted and classid = $1 and objid = $2`,
        [INSTANCE_LOCK.high, INSTANCE_LOCK.low],
      )
      if (held.length > 0) return
      await sleep(20)
    }
    throw new Error('the program does not take its instance again')
  }

  /** Resolves to whether everything that is committed stands in a signed tree within this time. */
  async isSigned(withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs
    for (;;) {
      const [row] = await this.#direct.rows<{ waiting: number; size: number; signed: number }>(
        `select (select count(*) from pending) as waiting, (select count(*) from leaf) as size,
           (select coalesce(max(size), 0) from checkpoint) as signed`,
      )
      if (row && row.waiting === 0 && row.size === row.signed) return true
      if (performance.now() > deadline) return false
      await sleep(50)
    }
  }

  #watch(postgres: EmbeddedPostgres): void {
    void postgres.exited.then(() => {
      if (this.#postgres === postgres) this.#isPostgresUp = false
    })
  }

  async #close(): Promise<void> {
    await this.endServer('SIGKILL')
    await this.#direct.close()
    await this.wire.close()
    if (this.#isPostgresUp) await this.#postgres.stop()
  }
}

/** A small file system in memory; false where this account may not mount one. */
async function mountDisk(folder: string): Promise<boolean> {
  return (await run('mount', ['-t', 'tmpfs', '-o', `size=${DISK_MB}m,mode=0755`, 'habeas-faults', folder])) === 0
}

async function unmountDisk(folder: string): Promise<void> {
  // Lazily where something still looks at it; the memory is free when that ends.
  if ((await run('umount', [folder])) !== 0) await run('umount', ['-l', folder])
  await rm(folder, { recursive: true, force: true })
}

/** Runs a program of the system; its exit status, or -1 where there is none. */
export async function run(program: string, args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: 'ignore' })
  const [status] = (await Promise.race([once(child, 'close'), once(child, 'error').then(() => [-1])])) as [number]
  return status
}
