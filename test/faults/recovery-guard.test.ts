import assert from 'node:assert/strict'
import { chmod } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectDatabase } from '../../src/platform/database.ts'
import { readLock } from '../../src/platform/postgres/lock.ts'
import { processOf } from '../../src/platform/postgres/orphans.ts'
import { findRunningPostgres, startPostgres } from '../../src/platform/postgres/server.ts'
import { temporaryFolder } from '../../src/platform/testing.ts'
import { newInstance } from '../e2e/testing.ts'
import { stopRecovery } from './stopped-recovery.ts'

/** Process of a connection of its own, as soon as the server takes one. */
const backendOf = (connectionString: string) => async (): Promise<number> => {
  for (;;) {
    const database = connectDatabase(connectionString)
    try {
      const [row] = await database.rows<{ pid: number }>('select pg_backend_pid() as pid')
      if (row) return row.pid
    } catch {
      // It recovers from the last crash.
      await sleep(20)
    } finally {
      await database.close()
    }
  }
}

function onLinuxOnly(t: TestContext): boolean {
  if (process.platform === 'linux') return true
  t.skip('processes are looked up in /proc')
  return false
}

test('a server that has lost its recovery is ended, and keeps what was committed', async (t) => {
  if (!onLinuxOnly(t)) return
  const outer = await temporaryFolder(t)
  await chmod(outer, 0o755)
  const folder = `${outer}/pg`
  const first = await startPostgres({ folder, guard: { everyMs: 50, looks: 4 } })
  const database = connectDatabase(first.connectionString)
  await database.rows('create table kept as select g as n from generate_series(1, 1000) g')
  await database.close()
  const stopped = await stopRecovery(first.pid, backendOf(first.connectionString))
  assert.equal(await first.exited, 'stuck')

  const second = await startPostgres({ folder, ephemeral: true })
  t.after(() => second.stop())
  assert.ok(['Z', undefined].includes((await processOf(stopped))?.state), 'the one that stood still is gone')
  const again = connectDatabase(second.connectionString)
  assert.deepEqual(await again.rows('select count(*)::integer as n from kept'), [{ n: 1000 }])
  await again.close()
  await second.stop()
  assert.equal(await second.exited, 'ended')
})

test('the program then ends as one whose database is away, and says what to do', async (t) => {
  if (!onLinuxOnly(t)) return
  const instance = await newInstance(t, 5)
  const server = await instance.start()
  const running = await findRunningPostgres(instance.path('data/pg'))
  assert.ok(running !== undefined)
  const postmaster = (await readLock(instance.path('data/pg')))?.pid ?? 0
  await stopRecovery(postmaster, backendOf(running.connectionString))
  const { code, stderr } = await server.ended
  assert.equal(code, 4)
  assert.match(stderr, /make room on the disk, then start again|haga sitio en el disco/)
})
