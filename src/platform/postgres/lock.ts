import { spawnSync } from 'node:child_process'
import { readFile, rm, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import pg from 'pg'

export const socketFolderPrefix = 'habeas-pg-'

/**
 * What `postmaster.pid` says: process id, data folder, start time, port, socket folder, address, memory key, status,
 * one a line (PostgreSQL 18, "Database File Layout"; src/include/utils/pidfile.h). The later lines come as it starts.
 */
export type Lock = { readonly pid: number; readonly port: number; readonly socketFolder: string | undefined }

/** Words for a data folder that this account may not open. */
export const belongsToOther = (folder: string) =>
  `${folder} belongs to another account (was Habeas started as root before?).`

/** The lock of the server on this data folder, or undefined if there is none. */
export async function readLock(folder: string): Promise<Lock | undefined> {
  let text: string
  try {
    text = await readFile(join(folder, 'postmaster.pid'), 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return undefined
    if (code === 'EACCES') throw new Error(belongsToOther(folder), { cause: error })
    throw error
  }
  const lines = text.split('\n')
  const pid = Number.parseInt(lines[0] ?? '', 10)
  // An empty or torn file is what a full disk or a power failure leaves: no process wrote it to the end.
  return {
    pid: Number.isSafeInteger(pid) && pid > 0 ? pid : 0,
    port: Number(lines[3] ?? 0),
    socketFolder: lines[4] || undefined,
  }
}

/**
 * Whether the process is a server on this very folder. After a reboot, or in a new container, the number in a stale
 * lock may be any other program's, and PostgreSQL would refuse to start because of it. A postmaster works in its
 * data folder, which tells them apart.
 */
async function isServerOn(folder: string, pid: number): Promise<boolean> {
  if (pid === 0) return false
  if (process.platform === 'linux') {
    try {
      const [theirs, ours] = [await stat(`/proc/${pid}/cwd`), await stat(folder)]
      return theirs.ino === ours.ino && theirs.dev === ours.dev
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'ENOENT' || code === 'ESRCH') return false
      if (code !== 'EACCES') throw error
      // Another account's process: our own data folder cannot be served by it.
      return false
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' })
  return basename(stdout.trim()) === 'postgres'
}

/** Removes the lock if no server stands behind it, with the socket folder that the dead one left. */
export async function removeStaleLock(folder: string, lock: Lock): Promise<boolean> {
  if (await isServerOn(folder, lock.pid)) return false
  if (lock.socketFolder !== undefined && basename(lock.socketFolder).startsWith(socketFolderPrefix)) {
    await rm(lock.socketFolder, { recursive: true, force: true })
  }
  await rm(join(folder, 'postmaster.pid'), { force: true })
  return true
}

/** Whether a server answers a query at this socket. */
export async function isServing(host: string, port: number, user: string): Promise<boolean> {
  const client = new pg.Client({ host, port, user, database: 'postgres', connectionTimeoutMillis: 5_000 })
  // A server that goes away while we ask is an answer, not a fault.
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query('select 1')
    return true
  } catch {
    return false
  } finally {
    await client.end()
  }
}
