// Nothing is lost in silence: every table is a register, in a backup, or left out for a reason.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from '../src/cli/rooms.ts'
import { keyTables, LEFT_OUT, RECORD_TABLES } from '../src/platform/backup/tables.ts'
import { freshDatabase } from '../src/platform/testing.ts'

test('every table is a register, in a backup, or left out for a reason', async (t) => {
  const database = await freshDatabase(t)
  const rows = await database.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  )
  const registers = rooms.flatMap((room) => room.registers).map(({ table }) => table)
  const accounted = new Set([...registers, ...RECORD_TABLES, ...Object.keys(LEFT_OUT)])
  assert.deepEqual(
    rows.map(({ name }) => name).filter((name) => !accounted.has(name)),
    [],
    'add these to RECORD_TABLES or LEFT_OUT in src/platform/backup/tables.ts',
  )
  assert.ok((await keyTables(database)).includes('keystore.subject_key'))
})
