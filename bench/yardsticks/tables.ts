import type { Register } from '../../src/kernel/register.ts'
import type { Database } from '../../src/platform/database.ts'

/**
 * The registers' tables once more in a schema of their own: the same columns, checks, keys, exclusions and indexes
 * (`like … including all`) and the same foreign keys, which `like` leaves out; or none of these, where `constraints` is
 * false. And a plain audit table beside them.
 */
export async function copyTables(
  database: Database,
  schema: string,
  registers: readonly Register[],
  { constraints = true, rows = true }: { constraints?: boolean; rows?: boolean } = {},
): Promise<void> {
  const client = await database.connect()
  try {
    await client.query(`create schema ${schema}`)
    for (const { table } of registers) {
      await client.query(`create table ${schema}.${table} (like public.${table} ${constraints ? 'including all' : ''})`)
      if (rows) await client.query(`insert into ${schema}.${table} select * from public.${table}`)
    }
    const keys = await client.query<{ table: string; name: string; definition: string }>(
      `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace and conrelid::regclass::text = any($1)`,
      [constraints ? registers.map(({ table }) => table) : []],
    )
    for (const { table, name, definition } of keys.rows) {
      const own = definition.replace(/REFERENCES (public\.)?/, `references ${schema}.`)
      await client.query(`alter table ${schema}.${table} add constraint ${name} ${own}`)
    }
    await client.query(
      `create table ${schema}.audit (
         id bigint generated always as identity primary key, at timestamptz not null default now(), actor uuid not null,
         kind text not null, custody uuid, data jsonb not null)`,
    )
    await client.query(`create index on ${schema}.audit (custody)`)
    await client.query('analyze')
  } finally {
    await client.end()
  }
}
