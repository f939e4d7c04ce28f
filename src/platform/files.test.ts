import assert from 'node:assert/strict'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { admit } from '../custody/acts.ts'
import { derivedId } from '../kernel/ids.ts'
import { KeyMissing } from '../record/keys.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { FileStore } from './files.ts'
import { freshDatabase, temporaryFolder } from './testing.ts'

test('a photograph is kept encrypted under its custody, found by its digest, and a changed byte is noticed', async (t) => {
  const database = await freshDatabase(t)
  const folder = await temporaryFolder(t)
  const { record, runner } = openTestRecord(database, [{ name: 'bare', acts: [admit], registers: [], refusals: {} }])
  const custody = derivedId('custody', 'files')
  const person = { custody, person: derivedId('person', 'files') }
  await runner.submit(makeAct(admit, { person, place: { facility: 'TEC' }, legal: { ordersStated: false } }))
  const store = new FileStore(folder, database, record.keys)
  const picture = Buffer.from('a picture of nobody, made for this test')

  const digest = await store.put(custody, picture)
  assert.equal(await store.put(custody, picture), digest)
  assert.deepEqual(await store.find(custody, digest), picture)
  assert.equal(await store.find(custody, 'a'.repeat(64)), undefined)

  const [name] = await readdir(join(folder, custody))
  const path = join(folder, custody, name as string)
  const stored = await readFile(path)
  assert.ok(!stored.includes('picture'), 'nothing readable lies on the disk')
  stored[20] = (stored[20] as number) ^ 1
  await writeFile(path, stored)
  await assert.rejects(store.find(custody, digest))
  await assert.rejects(store.put(derivedId('custody', 'nobody'), picture), KeyMissing)
  await assert.rejects(store.find(custody, '../../etc/passwd'), RangeError)
})
