import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processOf } from '../../src/platform/postgres/orphans.ts'
import { stopRecovery } from './stopped-recovery.ts'
import { TortureHouse } from './torture-house.ts'

test('a recovery that does not end is killed once more, and what was committed is there', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('processes are looked up in /proc')
    return
  }
  const house = await TortureHouse.open({ after: (end) => t.after(end) }, 0)
  await house.direct.rows('create table kept as select g as n from generate_series(1, 50000) g')
  const postmaster = house.postgres.pid
  const stopped = await stopRecovery(postmaster, async () => {
    await house.ensurePostgres()
    const [backend] = await house.direct.rows<{ pid: number }>('select pg_backend_pid() as pid')
    return backend?.pid ?? 0
  })

  await house.ensurePostgres(300)
  assert.notEqual(house.postgres.pid, postmaster, 'another server')
  assert.ok(['Z', undefined].includes((await processOf(stopped))?.state), 'the one that stood still is gone')
  assert.deepEqual(await house.direct.rows('select count(*)::integer as n from kept'), [{ n: 50_000 }])
  assert.equal(house.endless.length, 1)
  assert.match(house.endless[0] ?? '', /(in recovery mode|not yet accepting connections)[\s\S]*T postgres: startup/)
})
