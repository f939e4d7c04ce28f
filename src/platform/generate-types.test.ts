import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { generateTypes, tablesFile } from './generate-types.ts'
import { freshDatabase } from './testing.ts'

test('the tables’ types are those of the migrations', async (t) => {
  const db = await freshDatabase(t)
  const expected = await generateTypes(db.connectionString)
  assert.equal(
    await readFile(tablesFile, 'utf8'),
    expected,
    'tables.gen.ts is stale: run `npm run types` and commit it',
  )
})
