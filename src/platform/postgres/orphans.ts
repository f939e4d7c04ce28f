import { readdir, readFile, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'

/** Name of the program, parent and state of a process ("T": stopped), by proc(5); undefined where there is none. */
export async function processOf(pid: number): Promise<{ name: string; ppid: number; state: string } | undefined> {
  let text: string
  try {
    text = await readFile(`/proc/${pid}/stat`, 'utf8')
  } catch {
    // Gone between two looks, or no /proc on this system.
    return undefined
  }
  // "pid (name) state ppid …": the name may hold blanks and brackets.
  const end = text.lastIndexOf(')')
  const [state = '', ppid] = text.slice(end + 2).split(' ')
  return { name: text.slice(text.indexOf('(') + 1, end), ppid: Number(ppid), state }
}

/** What the process calls itself, e.g. "postgres: startup recovering 0000…"; empty where there is none. */
export const titleOf = (pid: number): Promise<string> =>
  readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.replaceAll('\0', ' ').trim(),
    () => '',
  )

/**
 * Processes of a server on this data folder whose postmaster is dead. A postmaster that is just starting is none of
 * them, nor are its children: they call themselves "postgres: …" and have a living server for a parent. Linux only;
 * elsewhere PostgreSQL's own check of its shared memory remains.
 */
async function findOrphans(folder: string): Promise<number[]> {
  if (process.platform !== 'linux') return []
  let ours: Awaited<ReturnType<typeof stat>>
  try {
    ours = await stat(folder)
  } catch {
    return []
  }
  const orphans: number[] = []
  for (const entry of await readdir('/proc')) {
    const pid = Number(entry)
    if (!Number.isSafeInteger(pid)) continue
    const found = await processOf(pid)
    if (found?.name !== 'postgres' || (await processOf(found.ppid))?.name === 'postgres') continue
    if (!(await titleOf(pid)).startsWith('postgres: ')) continue
    const cwd = await stat(`/proc/${pid}/cwd`).catch(() => undefined)
    if (cwd !== undefined && cwd.ino === ours.ino && cwd.dev === ours.dev) orphans.push(pid)
  }
  return orphans
}

const LEAVE_ALONE_MS = 2_000
const GIVE_UP_MS = 10_000

/**
 * Waits for what a dead postmaster left working on this data folder, and ends what does not end by itself: a backend in
 * a long statement, or a process that somebody stopped, would go on writing under a new server, which therefore refuses
 * to start. Nobody can hear an orphan's answers any more, and what it did not commit is rolled back.
 */
export async function endOrphans(folder: string): Promise<void> {
  const began = performance.now()
  for (;;) {
    const orphans = await findOrphans(folder)
    const waited = performance.now() - began
    if (orphans.length === 0 || waited > GIVE_UP_MS) return
    if (waited > LEAVE_ALONE_MS) for (const pid of orphans) endAtOnce(pid)
    await sleep(20)
  }
}

/** As a power failure would. */
export function endAtOnce(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // Gone by now, or another account's: then what stands in the way is said where it does.
    if (!['ESRCH', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
