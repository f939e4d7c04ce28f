import { readFile } from 'node:fs/promises'
import pg from 'pg'
import { processOf, titleOf } from './orphans.ts'

/** How often a server is looked at, and how many looks in a row may find it without a recovery that it says it makes. */
export type Guard = { readonly everyMs: number; readonly looks: number }

/** Ours. Between a crash and its recovery a server waits for its own processes, for seconds. */
const GUARD: Guard = { everyMs: 5_000, looks: 6 }

/** Of the three messages with which a server refuses until it has recovered; one that shuts down says another. */
const RECOVERING = /starting up|in recovery mode|not yet accepting connections/

/**
 * Ends a server that has lost its own recovery: PostgreSQL 18.4 can say *not yet accepting connections* for ever after a
 * full disk, with nobody at work on it (docs/torture.md). Killed and started again it recovers. Linux only; elsewhere
 * nothing is known of its processes, and nothing is ended. Answers how to stop looking.
 */
export function guardRecovery(
  server: { readonly pid: number; readonly host: string; readonly port: number; readonly user: string },
  onLost: () => void,
  { everyMs, looks }: Guard = GUARD,
): () => void {
  if (process.platform !== 'linux') return () => undefined
  let inRow = 0
  let timer: NodeJS.Timeout | undefined
  const again = () => {
    timer = setTimeout(() => void look(), everyMs).unref()
  }
  const look = async () => {
    const isLost = (await saysRecovering(server)) && !(await isRecovering(server.pid))
    if (timer === undefined) return
    inRow = isLost ? inRow + 1 : 0
    if (inRow < looks) again()
    else onLost()
  }
  again()
  return () => {
    clearTimeout(timer)
    timer = undefined
  }
}

async function saysRecovering({ host, port, user }: { host: string; port: number; user: string }): Promise<boolean> {
  const client = new pg.Client({ host, port, user, database: 'postgres', connectionTimeoutMillis: 5_000 })
  // It may go away while we ask; then it is not this that is wrong with it.
  client.on('error', () => {})
  try {
    await client.connect()
    return false
  } catch (error) {
    return error instanceof pg.DatabaseError && error.code === '57P03' && RECOVERING.test(error.message)
  } finally {
    await client.end()
  }
}

/** The process that recovers, whether it moves or not, asked of the kernel; undefined where a server has none. */
export async function recovererOf(postmaster: number): Promise<number | undefined> {
  let children: string
  try {
    children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
  } catch {
    // The server is gone.
    return undefined
  }
  for (const pid of children.split(' ').map(Number)) {
    if (pid > 0 && (await titleOf(pid)).startsWith('postgres: startup')) return pid
  }
  return undefined
}

async function isRecovering(postmaster: number): Promise<boolean> {
  const pid = await recovererOf(postmaster)
  return pid !== undefined && !['T', 'Z', undefined].includes((await processOf(pid))?.state)
}
