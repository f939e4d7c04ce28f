import assert from 'node:assert/strict'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { randomId } from '../kernel/ids.ts'
import { noteBackup } from './backup/made.ts'
import { type Check, checkMachine, checkRecord, LIMITS } from './doctor.ts'
import { freshDatabase, temporaryFolder } from './testing.ts'

const stateOf = (checks: readonly Check[], id: string) => checks.find((check) => check.id === id)?.state

function assertSpoken(checks: readonly Check[]): void {
  for (const { id, state, says, remedy } of checks) {
    assert.ok(says.en !== '' && says.es !== '', id)
    assert.equal(remedy === undefined, state === 'ok', `${id}: what is not well has a remedy`)
  }
}

test('the machine: old program, no folder, a folder and a secret that others may read, the key of oversight', async (t) => {
  const folder = await temporaryFolder(t)
  const absent = await checkMachine(join(folder, 'absent'), undefined, '20.1.0')
  assertSpoken(absent)
  for (const id of ['runtime', 'data-folder', 'secrets']) assert.equal(stateOf(absent, id), 'bad', id)
  assert.equal(stateOf(absent, 'disk'), 'unknown')

  await chmod(folder, 0o700)
  await mkdir(join(folder, 'secrets'), { mode: 0o700 })
  await mkdir(join(folder, 'oversight'), { mode: 0o700 })
  const key = join(folder, 'secrets', 'act-mac.key')
  await writeFile(key, 'x', { mode: 0o600 })
  const closed = await checkMachine(folder)
  for (const id of ['runtime', 'data-folder', 'secrets', 'oversight-key', 'key-backups'])
    assert.equal(stateOf(closed, id), 'ok', id)
  await chmod(key, 0o640)
  await chmod(folder, 0o755)
  await writeFile(join(folder, 'oversight', 'oversight-wrap.json'), '{}')
  const old = {
    id: randomId(),
    made: '2020-01-01T00:00:00Z',
    size: 1,
    record: '/gone',
    keys: key,
    lastDay: '2020-01-31',
  }
  await noteBackup(folder, old)
  const open = await checkMachine(folder)
  assertSpoken(open)
  for (const id of ['data-folder', 'secrets', 'oversight-key', 'key-backups'])
    assert.equal(stateOf(open, id), 'bad', id)
  await writeFile(join(folder, 'backups.ndjson'), 'half a line')
  const damaged = await checkMachine(folder)
  assertSpoken(damaged)
  assert.equal(stateOf(damaged, 'key-backups'), 'unknown')
})

test('the record: clock, signer ahead or without memory, entries that wait, notices that wait, other migrations', async (t) => {
  const database = await freshDatabase(t)
  const now = Temporal.Now.instant()
  const fresh = await checkRecord(database, now, { origin: null, size: 0 })
  assertSpoken(fresh)
  const wrong = fresh.filter(({ state }) => state !== 'ok').map(({ id }) => id)
  assert.deepEqual(wrong, ['oversight-address'], 'an empty record wants nothing but somebody to tell')

  assert.equal(stateOf(await checkRecord(database, now.add({ hours: 1 }), undefined), 'clock'), 'bad')
  assert.equal(stateOf(await checkRecord(database, now, undefined), 'signer-state'), 'bad')
  assert.equal(stateOf(await checkRecord(database, now, { origin: 'x', size: 7 }), 'signer-state'), 'bad')

  await database.rows('insert into pending select generate_series(1, $1::integer)', [LIMITS.queueMax + 1])
  await database.rows(
    `insert into notice (id, role, channel, rules, findings, count, made, next_at)
     values (gen_random_uuid(), 'director', 'mail', '{}', '{}', 1, now() - interval '2 hours', now())`,
  )
  const waiting = await checkRecord(database, now, { origin: null, size: 0 })
  assertSpoken(waiting)
  for (const id of ['queue', 'notices', 'checkpoint']) assert.equal(stateOf(waiting, id), 'bad', id)

  await database.rows("insert into migration (name, sha256) values ('9999-later.sql', repeat('0', 64))")
  const newer = await checkRecord(database, now, undefined)
  assert.deepEqual(
    newer.map(({ id, state }) => [id, state]),
    [['migrations', 'bad']],
  )
  await database.rows('delete from migration')
  assert.equal(stateOf(await checkRecord(database, now, undefined), 'migrations'), 'bad')
})
