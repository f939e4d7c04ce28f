import assert from 'node:assert/strict'
import { appendFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { randomId } from '../../kernel/ids.ts'
import { temporaryFolder } from '../testing.ts'
import { backupsHolding, lastDayOf, listBackups, type MadeBackup, noteBackup } from './made.ts'

test('backups are listed until their last day, and after it while their keys are still there', async (t) => {
  const folder = await temporaryFolder(t)
  assert.deepEqual(await listBackups(folder), [])
  const note = async (made: string): Promise<MadeBackup> => {
    const keys = join(folder, `keys-${made.slice(0, 10)}`)
    const lastDay = lastDayOf(made, 30, 'America/El_Salvador')
    const backup = { id: randomId(), made, size: 7, record: join(folder, 'record'), keys, lastDay }
    await noteBackup(folder, backup)
    return backup
  }
  const old = await note('2026-01-10T12:00:00Z')
  const recent = await note('2026-03-01T03:00:00Z')
  const after = await note('2026-03-20T12:00:00Z')
  assert.equal(recent.lastDay, '2026-03-30', 'the day before in El Salvador, and thirty')
  assert.deepEqual(await listBackups(folder), [old, recent, after])
  assert.equal((await stat(join(folder, 'backups.ndjson'))).mode & 0o777, 0o600)

  const holding = async (today: string) =>
    (await backupsHolding(folder, { expunged: '2026-03-10T00:00:00Z', today })).map(({ made, overdue }) => [
      made.slice(0, 10),
      overdue,
    ])
  assert.deepEqual(await holding('2026-03-10'), [['2026-03-01', false]])
  assert.deepEqual(await holding('2026-03-30'), [['2026-03-01', false]])
  assert.deepEqual(await holding('2026-03-31'), [], 'the one made later holds nothing of it')
  await writeFile(old.keys, '')
  assert.deepEqual(await holding('2026-03-31'), [['2026-01-10', true]])
})

test('a damaged list is not taken for a short one', async (t) => {
  const folder = await temporaryFolder(t)
  await appendFile(join(folder, 'backups.ndjson'), '{"id":\n')
  await assert.rejects(listBackups(folder), /damaged in line 1/)
})
