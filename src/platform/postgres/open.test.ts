import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { connectDatabase } from '../database.ts'
import { freshDatabase, temporaryFolder } from '../testing.ts'
import { openDatabase } from './open.ts'
import { findRunningPostgres } from './server.ts'

test('without an address: starts the embedded server, and a second opening joins it', async (t) => {
  const dataFolder = await temporaryFolder(t)
  const first = await openDatabase({ dataFolder })
  const second = await openDatabase({ dataFolder })
  assert.equal(second.connectionString, first.connectionString)
  await second.stop()
  assert.ok(await findRunningPostgres(join(dataFolder, 'pg')), 'who joined does not stop it')
  await first.stop()
  assert.equal(await findRunningPostgres(join(dataFolder, 'pg')), undefined)
})

test('with an address: that server, in the same shape, and stopping leaves it alone', async (t) => {
  const outside = await freshDatabase(t)
  const server = await openDatabase({ dataFolder: '/nowhere', databaseUrl: outside.connectionString })
  assert.equal(server.connectionString, outside.connectionString)
  assert.equal(server.user, 'habeas')
  assert.equal(server.database, new URL(outside.connectionString).pathname.slice(1))
  const db = connectDatabase(server.connectionString)
  assert.deepEqual(await db.rows('select 1 as n'), [{ n: 1 }])
  await db.close()
  await server.stop()
  assert.deepEqual(await outside.rows('select 1 as n'), [{ n: 1 }])
})
