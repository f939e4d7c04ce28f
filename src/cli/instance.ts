import { readFile, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../platform/config.ts'
import { connectDatabase } from '../platform/database.ts'
import { openDatabase } from '../platform/postgres/open.ts'
import { AlreadyRunning, type DatabaseServer, type EmbeddedPostgres, type Ending } from '../platform/postgres/server.ts'

/** What the process that runs an instance leaves in `run.json`, so that others can join it. */
export type RunFile = {
  readonly pid: number
  readonly signerSocket: string
  /** Where it answers HTTP, if it does. */
  readonly url?: string
}

const runFile = (config: Config) => join(config.dataFolder, 'run.json')

export async function writeRunFile(config: Config, run: RunFile): Promise<void> {
  await writeFile(runFile(config), `${JSON.stringify(run)}\n`, { mode: 0o600 })
}

export const removeRunFile = (config: Config): Promise<void> => rm(runFile(config), { force: true })

/** What the running instance left about itself, if its signer answers: a process number alone may be anybody's by now. */
export async function findRunning(config: Config): Promise<RunFile | undefined> {
  let run: RunFile
  try {
    run = JSON.parse(await readFile(runFile(config), 'utf8')) as RunFile
  } catch {
    // No file, or one that is being written: nothing to join yet.
    return undefined
  }
  return (await isListening(run.signerSocket)) ? run : undefined
}

function isListening(path: string): Promise<boolean> {
  return new Promise((answer) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', () => answer(false))
  })
}

/** The instance as this process found it: its own to run, or run by another (`running`). */
export type Instance = {
  readonly server: DatabaseServer
  readonly running?: RunFile
  /** Resolves when the server that this process started has ended; never for one that it did not start. */
  readonly databaseLost: Promise<Ending>
  /** Gives the instance up and stops what was started for it. */
  release(): Promise<void>
}

const JOIN_TIMEOUT_MS = 20_000

/**
 * Takes the instance, or joins the process that runs it. With the embedded server, who started it runs the instance;
 * with an external one, who holds a lock there. Waits for one that is just starting, or just ending.
 * @throws AlreadyRunning when another holds the instance and does not say how to join it
 */
export async function takeInstance(config: Config): Promise<Instance> {
  const never = new Promise<Ending>(() => undefined)
  const deadline = performance.now() + JOIN_TIMEOUT_MS
  for (;;) {
    const server = await openServer(config)
    if ('exited' in server) {
      return { server, databaseLost: (server as EmbeddedPostgres).exited, release: () => server.stop() }
    }
    const lock = config.databaseUrl === undefined ? undefined : await takeLock(server.connectionString)
    if (lock) return { server, databaseLost: never, release: lock.release }
    const running = await findRunning(config)
    if (running) return { server, running, databaseLost: never, release: async () => undefined }
    if (performance.now() > deadline) {
      throw new AlreadyRunning(
        `Another process holds this database, and nothing in ${config.dataFolder} says how to join it.`,
      )
    }
    await sleep(100)
  }
}

/** The database of the instance; where another process is just starting its server, that one. */
async function openServer(config: Config): Promise<DatabaseServer> {
  try {
    return await openDatabase(config)
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    return openDatabase(config)
  }
}

/** Any number will do as long as it stays: who holds it runs the instance on an external server. */
const INSTANCE_LOCK = 4_801_726_340

/** The lock lives as long as its connection: free again after kill -9, and taken again when the database restarts. */
async function takeLock(connectionString: string): Promise<{ release(): Promise<void> } | undefined> {
  const database = connectDatabase(connectionString)
  let isReleased = false
  const take = async () => {
    const client = await database.connect()
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [INSTANCE_LOCK])
    if (rows[0]?.mine !== true) {
      await client.end()
      return undefined
    }
    client.once('end', () => void takeAgain())
    return client
  }
  const takeAgain = async () => {
    while (!isReleased) {
      try {
        held = await take()
        if (held !== undefined) return
        // Somebody was quicker, and will not stay: without the lock anybody could run this database beside us.
      } catch {
        // The database is not back yet.
      }
      await sleep(500, undefined, { ref: false })
    }
  }
  let held = await take()
  if (held === undefined) return undefined
  return {
    async release() {
      isReleased = true
      await held?.end()
    },
  }
}

/** Sockets have short paths: a folder deep in a home would pass the system's limit of 107 bytes. */
export function signerSocketOf(config: Config): string {
  const inside = join(resolve(config.dataFolder), 'signer', 'signer.sock')
  return Buffer.byteLength(inside) < 100 ? inside : join('/tmp', `habeas-signer-${process.pid}`, 'signer.sock')
}
