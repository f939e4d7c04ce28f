import assert from 'node:assert/strict'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectDatabase } from './database.ts'
import { startPostgres } from './postgres/server.ts'
import { findBytes, scrub } from './scrub.ts'
import { temporaryFolder } from './testing.ts'

test('what was deleted is found in no file after a scrub: rows, indexes, statistics, write-ahead log', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-scrub-'))
  // A server of its own: its files are searched, and its settings change meanwhile.
  const server = await startPostgres({ folder, settings: { fsync: 'off' }, ephemeral: true })
  t.after(() => server.stop())
  const database = connectDatabase(server.connectionString)
  const marker = 'Marisol-Prueba-7f3a'
  await database.rows('create schema keystore')
  await database.rows('create table scratch (id integer primary key, name text not null, sealed bytea not null)')
  await database.rows('alter table scratch alter column sealed set storage external')
  await database.rows('create index scratch_name on scratch (name)')
  await database.rows(
    `insert into scratch select i, case when i % 10 = 0 then $1 else 'other' end, convert_to(repeat($1, 200), 'UTF8')
     from generate_series(1, 200) i`,
    [marker],
  )
  await database.rows('analyze scratch')
  await database.rows('checkpoint')
  const needle = Buffer.from(marker)
  assert.ok((await findBytes(folder, [needle])).length > 2, 'the search finds it while it is there')

  await database.rows('delete from scratch where true')
  await database.rows("insert into scratch values (1, 'kept', '\\x00')")
  const steps = await scrub(database)
  assert.deepEqual(
    steps.filter(({ done }) => !done),
    [],
  )
  assert.deepEqual(await findBytes(folder, [needle]), [])
  assert.deepEqual(await database.rows('select name from scratch'), [{ name: 'kept' }])
  await scrub(database)
  await database.close()
})

test('a text that lies across two chunks is found', async (t) => {
  const folder = await temporaryFolder(t)
  const bytes = Buffer.alloc(3 << 20, 0x61)
  bytes.write('NEEDLE', (1 << 20) - 3)
  await writeFile(join(folder, 'big'), bytes)
  assert.deepEqual(await findBytes(folder, [Buffer.from('NEEDLE')]), [join(folder, 'big')])
  assert.deepEqual(await findBytes(folder, [Buffer.from('absent')]), [])
})
