// A recovery of PostgreSQL that is caught and stopped, so that it does not end.
import { recovererOf } from '../../src/platform/postgres/recovery.ts'

/**
 * Crashes a server until its recovery was caught and stopped; answers the process. `backend` resolves to the process of a
 * connection, once the server takes them (again).
 */
export async function stopRecovery(postmaster: number, backend: () => Promise<number>): Promise<number> {
  for (let tries = 0; tries < 20; tries++) {
    if (!signal(await backend(), 'SIGKILL')) continue
    for (let looks = 0; looks < 2_000; looks++) {
      const pid = await recovererOf(postmaster)
      if (pid === undefined) continue
      if (signal(pid, 'SIGSTOP')) return pid
    }
  }
  throw new Error('the server recovered too fast to be stopped twenty times')
}

/** Whether the process was still there. */
function signal(pid: number, name: 'SIGKILL' | 'SIGSTOP'): boolean {
  try {
    return process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    return false
  }
}
