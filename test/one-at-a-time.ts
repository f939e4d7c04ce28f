// Test files are processes of their own: what several of them want once is made by one, and the others wait.
import { mkdirSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const WITHIN_MS = 60_000

/** Does the work while nobody else does who names the same lock (the path of a folder that is not there). */
export async function oneAtATime<T>(lock: string, work: () => Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    try {
      mkdirSync(lock)
      break
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      // Left by a run that was killed.
      if (waitedMs >= WITHIN_MS) rmSync(lock, { recursive: true, force: true })
      await delay(100)
    }
  }
  try {
    return await work()
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}
