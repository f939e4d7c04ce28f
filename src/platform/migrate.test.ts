import assert from 'node:assert/strict'
import { cp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connectDatabase, type Database } from './database.ts'
import { digestOf, MigrationRefused, migrate, migrationsFolder, readMigrations } from './migrate.ts'
import { freshDatabase, temporaryFolder } from './testing.ts'

const two = {
  '0001-first.sql': 'create table first (n int); insert into first values (1);',
  '0002-second.sql': 'create table second (n int);',
}

async function folderWith(t: TestContext, files: Record<string, string>) {
  const folder = await temporaryFolder(t)
  for (const [name, sql] of Object.entries(files)) await writeFile(join(folder, name), sql)
  return folder
}

const namesIn = async (db: Database) =>
  (await db.rows<{ name: string }>('select name from migration order by name')).map(({ name }) => name)

const refusedAs = (code: MigrationRefused['code'], words: RegExp) => (error: unknown) => {
  assert.ok(error instanceof MigrationRefused, String(error))
  assert.equal(error.code, code)
  assert.match(error.message, words)
  return true
}

test('the first run applies all and says so with digests, the second nothing', async (t) => {
  const folder = await folderWith(t, two)
  const db = await freshDatabase(t, { empty: true })
  const applied = await migrate(db, folder)
  assert.deepEqual(
    applied,
    (await readMigrations(folder)).map(({ name, sha256 }) => ({ name, sha256 })),
  )
  assert.deepEqual(await migrate(db, folder), [])
  assert.deepEqual(await db.rows('select n from first'), [{ n: 1 }])
})

test('twenty programs at once: each file is applied once, by one of them', async (t) => {
  const folder = await folderWith(t, two)
  const db = await freshDatabase(t, { empty: true })
  const programs = Array.from({ length: 20 }, () => connectDatabase(db.connectionString))
  const applied = await Promise.all(programs.map((program) => migrate(program, folder)))
  assert.deepEqual(
    applied
      .flat()
      .map(({ name }) => name)
      .sort(),
    Object.keys(two),
  )
  assert.deepEqual(await db.rows('select n from first'), [{ n: 1 }])
})

test('twenty at once with the product’s own migrations', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const programs = Array.from({ length: 20 }, () => connectDatabase(db.connectionString))
  const applied = await Promise.all(programs.map((program) => migrate(program)))
  assert.equal(applied.flat().length, (await readMigrations()).length)
  assert.deepEqual(
    await namesIn(db),
    (await readMigrations()).map(({ name }) => name),
  )
})

test('a file that was changed after it was applied stops the start and is named', async (t) => {
  const folder = await folderWith(t, two)
  const db = await freshDatabase(t, { empty: true })
  await migrate(db, folder)
  await writeFile(join(folder, '0001-first.sql'), `${two['0001-first.sql']} `)
  await writeFile(join(folder, '0003-third.sql'), 'create table third (n int);')
  await assert.rejects(migrate(db, folder), refusedAs('changed-migration', /^0001-first\.sql .*new file/))
  assert.deepEqual(await namesIn(db), Object.keys(two), 'nothing else was applied')
})

test('a database that is newer than the program stops the start', async (t) => {
  const folder = await folderWith(t, two)
  const db = await freshDatabase(t, { empty: true })
  await migrate(db, folder)
  await rm(join(folder, '0002-second.sql'))
  await assert.rejects(migrate(db, folder), refusedAs('database-newer', /0002-second\.sql.*newer program/))
})

test('a file that comes before an applied one is refused', async (t) => {
  const folder = await folderWith(t, { '0002-second.sql': two['0002-second.sql'] })
  const db = await freshDatabase(t, { empty: true })
  await migrate(db, folder)
  await writeFile(join(folder, '0001-first.sql'), two['0001-first.sql'])
  await assert.rejects(migrate(db, folder), refusedAs('out-of-order', /0001-first\.sql comes before 0002/))
})

test('a file that fails leaves nothing of itself, keeps those before it, and names itself', async (t) => {
  const folder = await folderWith(t, { ...two, '0003-third.sql': 'create table third (n int); select 1 / 0;' })
  const db = await freshDatabase(t, { empty: true })
  await assert.rejects(migrate(db, folder), /0003-third\.sql failed: division by zero/)
  assert.deepEqual(await namesIn(db), Object.keys(two))
  assert.deepEqual(await db.rows(`select to_regclass('third') as found`), [{ found: null }])
  await writeFile(join(folder, '0003-third.sql'), 'create table third (n int);')
  assert.equal((await migrate(db, folder)).length, 1)
})

test('names without a number, and a number twice, are refused', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const unnamed = await folderWith(t, { 'first.sql': '' })
  await assert.rejects(migrate(db, unnamed), refusedAs('bad-name', /first\.sql/))
  const twice = await folderWith(t, { '0001-a.sql': '', '0001-b.sql': '' })
  await assert.rejects(migrate(db, twice), refusedAs('bad-name', /0001-b\.sql/))
})

test('the digest changes with any byte and any name', async (t) => {
  const folder = await temporaryFolder(t)
  await cp(migrationsFolder, folder, { recursive: true })
  const before = digestOf(await readMigrations(folder))
  assert.equal(digestOf(await readMigrations()), before)
  await writeFile(join(folder, '9999-last.sql'), '')
  assert.notEqual(digestOf(await readMigrations(folder)), before)
})
