import assert from 'node:assert/strict'
import { test } from 'node:test'
import { rooms } from '../cli/rooms.ts'
import { connectDatabase } from './database.ts'
import { freshDatabase } from './testing.ts'

/** What each role may do to the record's own tables; anything that does not stand here it may not. */
const record: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  entry: { habeas_app: 'select insert', habeas_sequencer: 'select insert', habeas_expunger: 'select insert' },
  pending: { habeas_app: 'select insert', habeas_sequencer: 'select insert delete', habeas_expunger: 'select insert' },
  leaf: { habeas_app: 'select', habeas_sequencer: 'select insert', habeas_expunger: 'select' },
  tile: { habeas_app: 'select', habeas_sequencer: 'select insert update', habeas_expunger: 'select' },
  checkpoint: { habeas_app: 'select', habeas_sequencer: 'select insert', habeas_expunger: 'select' },
  cosignature: { habeas_app: 'select', habeas_sequencer: 'select insert', habeas_expunger: 'select' },
  'keystore.subject_key': {
    habeas_app: 'select insert',
    habeas_sequencer: 'select insert',
    habeas_expunger: 'select insert delete',
  },
  'keystore.sealed_key': { habeas_app: '', habeas_sequencer: '', habeas_expunger: 'select insert delete' },
  'keystore.sealed_number': {
    habeas_app: 'select',
    habeas_sequencer: 'select',
    habeas_expunger: 'select insert delete',
  },
  'keystore.epoch_key': {
    habeas_app: 'select insert',
    habeas_sequencer: 'select insert',
    habeas_expunger: 'select insert',
  },
}
const privileges = ['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']

test('each role may do to the record what stands in the table, and nothing else', async (t) => {
  const database = await freshDatabase(t)
  for (const [table, roles] of Object.entries(record)) {
    for (const [role, allowed] of Object.entries(roles)) {
      const rows = await database.rows<{ privilege: string }>(
        'select p as privilege from unnest($3::text[]) p where has_table_privilege($1, $2, p)',
        [role, table, privileges],
      )
      const expected = privileges.filter((privilege) => allowed.split(' ').includes(privilege))
      assert.deepEqual(
        rows.map(({ privilege }) => privilege),
        expected,
        `${role} on ${table}`,
      )
    }
  }
})

test('the expunger may change sealed blobs and their key version, and nothing else of an entry', async (t) => {
  const database = await freshDatabase(t)
  const rows = await database.rows<{ column: string }>(
    `select attname as column from pg_attribute where attrelid = 'entry'::regclass and attnum > 0
       and has_column_privilege('habeas_expunger', attrelid, attnum, 'update') order by attname`,
  )
  assert.deepEqual(
    rows.map(({ column }) => column),
    ['key_version', 'sealed', 'staff'],
  )
})

test('the application may rewrite every register, and no role may drop, truncate or own one', async (t) => {
  const database = await freshDatabase(t)
  for (const { table } of rooms.flatMap((room) => room.registers)) {
    const rows = await database.rows<{ role: string; privilege: string }>(
      `select r as role, p as privilege from unnest(array['habeas_app', 'habeas_sequencer', 'habeas_expunger']) r, unnest($2::text[]) p
       where has_table_privilege(r, $1, p)`,
      [table, privileges],
    )
    const of = (role: string) => rows.filter((row) => row.role === role).map(({ privilege }) => privilege)
    for (const role of ['habeas_app', 'habeas_sequencer', 'habeas_expunger']) {
      for (const needed of ['select', 'insert', 'delete'])
        assert.ok(of(role).includes(needed), `${role} may not ${needed} ${table}: add the grant to its migration`)
      for (const refused of ['truncate', 'references', 'trigger'])
        assert.ok(!of(role).includes(refused), `${role} may ${refused} ${table}`)
    }
  }
})

test('a connection that acts as the application is refused what the application may not do', async (t) => {
  const database = await freshDatabase(t)
  const app = connectDatabase(database.connectionString, { role: 'habeas_app' })
  t.after(() => app.close())
  for (const statement of [
    'delete from entry',
    "update entry set envelope = ''",
    'delete from checkpoint',
    'update leaf set n = 0',
    'create table mine ()',
  ]) {
    await assert.rejects(app.rows(statement), { code: '42501' }, statement)
  }
  assert.deepEqual(await app.rows('select current_user as name'), [{ name: 'habeas_app' }])
})
