import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { processOf, titleOf } from '../../src/platform/postgres/orphans.ts'
import { TortureHouse } from './torture-house.ts'

/** The process that recovers, if the server has one now. Asked of the kernel alone: a look at all of /proc is too slow. */
async function recovering(postmaster: number): Promise<number | undefined> {
  const children = await readFile(`/proc/${postmaster}/task/${postmaster}/children`, 'utf8')
  for (const pid of children.split(' ').map(Number)) {
    if (pid > 0 && (await titleOf(pid)).startsWith('postgres: startup')) return pid
  }
  return undefined
}

/** Crashes the server through one of its backends until its recovery was caught and stopped. */
async function stopRecovery(house: TortureHouse): Promise<number> {
  const { pid: postmaster } = house.postgres
  for (let tries = 0; tries < 20; tries++) {
    await house.ensurePostgres()
    const [backend] = await house.direct.rows<{ pid: number }>('select pg_backend_pid() as pid')
    process.kill(backend?.pid ?? 0, 'SIGKILL')
    for (let looks = 0; looks < 2_000; looks++) {
      const pid = await recovering(postmaster)
      if (pid === undefined) continue
      process.kill(pid, 'SIGSTOP')
      return pid
    }
  }
  throw new Error('the server recovered too fast to be stopped twenty times')
}

test('a recovery that does not end is killed once more, and what was committed is there', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('processes are looked up in /proc')
    return
  }
  const house = await TortureHouse.open({ after: (end) => t.after(end) }, 0)
  await house.direct.rows('create table kept as select g as n from generate_series(1, 50000) g')
  const stopped = await stopRecovery(house)
  const postmaster = house.postgres.pid

  await house.ensurePostgres(300)
  assert.notEqual(house.postgres.pid, postmaster, 'another server')
  assert.ok(['Z', undefined].includes((await processOf(stopped))?.state), 'the one that stood still is gone')
  assert.deepEqual(await house.direct.rows('select count(*)::integer as n from kept'), [{ n: 50_000 }])
  assert.equal(house.endless.length, 1)
  assert.match(house.endless[0] ?? '', /(in recovery mode|not yet accepting connections)[\s\S]*T postgres: startup/)
})
