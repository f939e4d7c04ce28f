import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../platform/config.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { takeInstance } from './instance.ts'

const HOLDERS = `select pid from pg_locks where locktype = 'advisory' and granted
  and database = (select oid from pg_database where datname = current_database())`

test('on a server of others the lock of the instance is taken again, also when somebody was quicker', async (t) => {
  const database = await freshDatabase(t)
  const folder = await temporaryFolder(t)
  const config = await loadConfig({ HABEAS_DATA: folder, DATABASE_URL: database.connectionString }, folder)
  const instance = await takeInstance(config)
  t.after(() => instance.release())
  const [mine] = await database.rows<{ pid: number }>(HOLDERS)
  assert.ok(mine)

  const other = await database.connect()
  t.after(() => other.end())
  const { rows } = await other.query(`select objid, classid from pg_locks where pid = $1 and locktype = 'advisory'`, [
    mine.pid,
  ])
  const key = (BigInt(rows[0].classid) << 32n) | BigInt(rows[0].objid)
  // It waits for the lock, so that it is the next one.
  const taken = other.query('select pg_advisory_lock($1)', [String(key)])
  await database.rows('select pg_terminate_backend($1)', [mine.pid])
  await taken
  // Long enough for the instance to have looked, and found it taken.
  await sleep(200)
  await other.query('select pg_advisory_unlock($1)', [String(key)])
  let holders: { pid: number }[] = []
  for (let round = 0; holders.length === 0 && round < 500; round++) {
    await sleep(20)
    holders = await database.rows(HOLDERS)
  }
  assert.equal(holders.length, 1, 'nobody holds the instance: another process could run it')
})
