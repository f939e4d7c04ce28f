import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, mkdtemp, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectDatabase } from '../database.ts'
import { type Account, chooseAccount, isReachable } from './account.ts'
import { prepareBinaries, reachableTemporaryFolder } from './binaries.ts'
import { belongsToOther, isServing, readLock, removeStaleLock, socketFolderPrefix } from './lock.ts'
import { endAtOnce, endOrphans } from './orphans.ts'
import { type Guard, guardRecovery } from './recovery.ts'

const user = 'habeas'
const database = 'habeas'
const port = 5432

/** How to reach a database. `connectionString` alone is complete; the parts serve messages and tools. */
export type Connection = {
  readonly connectionString: string
  readonly host: string
  readonly port: number
  readonly user: string
  readonly database: string
}

/** A database server in use; `stop` resolves when nothing of it runs any more (nothing to do for an external one). */
export type DatabaseServer = Connection & { stop(): Promise<void> }

/** How a server ended: `stuck` was ended here, since it had lost its own recovery. */
export type Ending = 'ended' | 'stuck'

export type EmbeddedPostgres = DatabaseServer & {
  /** Process id of the postmaster. */
  readonly pid: number
  /** Resolves when the server has ended, for whatever reason. */
  readonly exited: Promise<Ending>
  /** Ends the server as a power failure would, for fault tests. */
  kill9(): void
}

export type StartOptions = {
  /** The data folder; made if it is not there. */
  readonly folder: string
  /** Server settings beside ours, by PostgreSQL's names. */
  readonly settings?: Readonly<Record<string, string>>
  /** Deletes the data folder when the server ends: for tests only. */
  readonly ephemeral?: boolean
  /** For tests: how soon a lost recovery is taken for one. */
  readonly guard?: Guard
}

/** Somebody else runs a server on this folder: join it (`findRunningPostgres`) or stop it. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning'
}

// Server messages must not carry data of people: terse leaves out "Key (name)=(…)", panic leaves out statements.
function ownSettings(): Record<string, string> {
  const eighthMegabytes = Math.floor(totalmem() / 8 / 1024 / 1024)
  return {
    listen_addresses: '',
    unix_socket_permissions: '0700',
    port: String(port),
    max_connections: '60',
    shared_buffers: `${Math.max(64, Math.min(512, eighthMegabytes))}MB`,
    fsync: 'on',
    deadlock_timeout: '100ms', // ordered locks make deadlocks rare; one that happens shall not cost a second
    autovacuum_naptime: '10s', // statistics of empty tables mislead prepared plans until the first analyze
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off',
    log_error_verbosity: 'terse',
    log_min_error_statement: 'panic',
    log_line_prefix: '%m [%p] ',
  }
}

// The shell stops the server when our end of its stdin closes, which the system does even if we are killed with -9.
// SIGINT is PostgreSQL's fast shutdown. A background job's own stdin is /dev/null, hence descriptor 4.
const watchdog = `
exec 4<&0
sockets=$1; remove=$2; shift 2
"$@" 4<&- & server=$!
( cat <&4 >/dev/null; kill -INT $server 2>/dev/null ) & watch=$!
wait $server; status=$?
kill $watch 2>/dev/null
rm -rf "$sockets"
if [ -n "$remove" ]; then rm -rf "$remove" "$remove.log"; fi
exit $status
`

// Nothing of the caller's locale or PG* variables may reach the server: an uninstalled LANG alone stops initdb.
const cleanEnvironment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

const asAccount = (account: Account | undefined) =>
  account === undefined ? {} : { uid: account.uid, gid: account.gid }

/**
 * The data folder as the account can name it. Below a folder closed to the account (root's home), it is handed over
 * as an open descriptor: following /proc/self/fd does not look at the folders above. Linux only.
 */
async function openFor(account: Account | undefined, folder: string) {
  if (await isReachable(folder, account)) return { name: folder, stdio: [], close: async () => {} }
  if (process.platform !== 'linux') {
    throw new Error(`The account "${account?.name}" cannot reach ${folder}. Choose another folder with HABEAS_DATA.`)
  }
  const handle = await open(folder)
  return { name: '/proc/self/fd/3', stdio: [handle.fd], close: () => handle.close() }
}

async function runInitdb(bin: string, folder: string, account: Account | undefined): Promise<void> {
  const data = await openFor(account, folder)
  const args = ['-D', data.name, '-U', user, '--auth=trust', '--encoding=UTF8', '--locale=C', '--data-checksums']
  const child = spawn(join(bin, 'initdb'), [...args, '--locale-provider=builtin', '--builtin-locale=C.UTF-8'], {
    env: cleanEnvironment,
    cwd: '/',
    stdio: ['ignore', 'ignore', 'pipe', ...data.stdio],
    ...asAccount(account),
  })
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  const [status] = await once(child, 'close')
  await data.close()
  if (status !== 0) throw new Error(`initdb ended with ${status}: ${words.trim()}`)
}

async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Drafts of a data folder whose maker was killed half-way. */
async function removeAbandonedDrafts(folder: string): Promise<void> {
  const prefix = `${basename(folder)}.new-`
  for (const name of await readdir(dirname(folder))) {
    if (!name.startsWith(prefix)) continue
    if (await isAlive(Number(name.slice(prefix.length)))) continue
    await rm(join(dirname(folder), name), { recursive: true, force: true })
  }
}

/** Makes the data folder, whole or not at all: initdb works on a draft, which is then renamed. */
async function ensureDataFolder(bin: string, folder: string, account: Account | undefined): Promise<void> {
  await mkdir(dirname(folder), { recursive: true })
  await removeAbandonedDrafts(folder)
  if (await hasData(folder)) return
  const draft = `${folder}.new-${process.pid}`
  await mkdir(draft, { mode: 0o700 })
  await chmod(draft, 0o700)
  if (account !== undefined) await chown(draft, account.uid, account.gid)
  await runInitdb(bin, draft, account)
  try {
    await rename(draft, folder)
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    // Another process was quicker: its data are as good as ours.
    if (!(await hasData(folder))) {
      throw new Error(`${folder} is neither empty nor a PostgreSQL data folder.`, { cause })
    }
  }
}

async function hasData(folder: string): Promise<boolean> {
  try {
    await stat(join(folder, 'PG_VERSION'))
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return false
    if (code === 'EACCES') throw new Error(belongsToOther(folder), { cause: error })
    throw error
  }
}

async function makeSocketFolder(account: Account | undefined): Promise<string> {
  // The address of a unix socket holds 107 bytes at most; a long TMPDIR is passed over.
  const longest = (folder: string) => Buffer.byteLength(join(folder, `${socketFolderPrefix}XXXXXX`, `.s.PGSQL.${port}`))
  const own = await reachableTemporaryFolder(account)
  const folder = await mkdtemp(join(longest(own) < 107 ? own : '/tmp', socketFolderPrefix))
  if (account !== undefined) await chown(folder, account.uid, account.gid)
  return folder
}

function connectionTo(host: string, name: string = database): Connection {
  const connectionString = `postgresql://${user}@localhost:${port}/${name}?host=${encodeURIComponent(host)}`
  return { connectionString, host, port, user, database: name }
}

async function lastWords(logFile: string): Promise<string> {
  const text = await readFile(logFile, 'utf8')
  return text.trim().split('\n').slice(-8).join('\n')
}

/** Waits until the server answers. Recovery after a crash may take its time; an ended server is reported at once. */
async function untilServing(host: string, child: ChildProcess, logFile: string): Promise<void> {
  const deadline = performance.now() + 120_000
  while (!(await isServing(host, port, user))) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`PostgreSQL did not start:\n${await lastWords(logFile)}`)
    }
    if (performance.now() > deadline) {
      throw new Error(`PostgreSQL does not answer after two minutes:\n${await lastWords(logFile)}`)
    }
    await sleep(20)
  }
}

async function ensureDatabase(host: string): Promise<void> {
  const client = await connectDatabase(connectionTo(host, 'postgres').connectionString).connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

/**
 * Waits for a server that is on its way out (its parent was killed a moment ago) and clears what a dead one left.
 * @throws AlreadyRunning when a server stays in use on this folder.
 */
async function clearTheWay(folder: string): Promise<void> {
  const deadline = performance.now() + 30_000
  let servingSince: number | undefined
  while (true) {
    const lock = await readLock(folder)
    if (lock === undefined) return
    if (await removeStaleLock(folder, lock)) return
    const serving = lock.socketFolder !== undefined && (await isServing(lock.socketFolder, lock.port, user))
    servingSince = serving ? (servingSince ?? performance.now()) : undefined
    const settled = servingSince !== undefined && performance.now() - servingSince > 1_000
    if (settled || performance.now() > deadline) {
      throw new AlreadyRunning(`A PostgreSQL server (process ${lock.pid}) already runs on ${folder}.`)
    }
    await sleep(50)
  }
}

async function openLog(logFile: string, account: Account | undefined) {
  const log = await open(logFile, 'w', 0o600)
  // In a shared temporary folder only its owner may remove a file, and the watchdog runs as the account.
  if (account !== undefined) await log.chown(account.uid, account.gid)
  return log
}

/**
 * Starts the embedded PostgreSQL 18 on a data folder, which it makes if needed. It listens on a unix socket in a
 * private temporary folder only, and stops when this process ends, however that happens.
 * @throws AlreadyRunning when another process has a server on this folder.
 */
export async function startPostgres(options: StartOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  const account = await chooseAccount(folder)
  const bin = await prepareBinaries(account)
  await ensureDataFolder(bin, folder, account)
  await clearTheWay(folder)
  await endOrphans(folder)

  const sockets = await makeSocketFolder(account)
  const settings = { ...ownSettings(), ...options.settings, unix_socket_directories: sockets }
  const flags = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`])
  const logFile = `${folder}.log`
  const log = await openLog(logFile, account)
  const data = await openFor(account, folder)
  const removed = options.ephemeral === true ? folder : ''
  const command = [join(bin, 'postgres'), '-D', data.name, ...flags]
  const child = spawn('/bin/sh', ['-c', watchdog, 'habeas-postgres', sockets, removed, ...command], {
    env: cleanEnvironment,
    cwd: '/',
    detached: true, // Ctrl-C at the terminal is for us; we stop the server when our own work is done
    stdio: ['pipe', log.fd, log.fd, ...data.stdio],
    ...asAccount(account),
  })
  let ending: Ending = 'ended'
  let unguard = () => {}
  const exited = once(child, 'close').then(() => {
    unguard()
    child.stdin?.destroy()
    return ending
  })
  // A forgotten server shall not keep a finished program alive.
  child.unref()
  const stop = async () => {
    child.ref()
    child.stdin?.end()
    await exited
  }
  try {
    await log.close()
    await data.close()
    await untilServing(sockets, child, logFile)
    await ensureDatabase(sockets)
    const lock = await readLock(folder)
    if (lock === undefined) throw new Error(`PostgreSQL runs on ${folder} without its lock file.`)
    const kill9 = () => {
      process.kill(lock.pid, 'SIGKILL')
    }
    const stuck = () => {
      ending = 'stuck'
      endAtOnce(lock.pid)
    }
    unguard = guardRecovery({ pid: lock.pid, host: sockets, port, user }, stuck, options.guard)
    return { ...connectionTo(sockets), pid: lock.pid, exited, stop, kill9 }
  } catch (error) {
    await stop()
    throw error
  }
}

/** How a second process joins the server that runs on this data folder; undefined if none answers. */
export async function findRunningPostgres(folder: string): Promise<Connection | undefined> {
  const lock = await readLock(resolve(folder))
  if (lock?.socketFolder === undefined) return undefined
  return (await isServing(lock.socketFolder, lock.port, user)) ? connectionTo(lock.socketFolder) : undefined
}
