import type { Sql } from '../../kernel/ports.ts'
import type { Register } from '../../kernel/register.ts'
import type { Table } from './format.ts'

/** What is no projection: the record itself. In the order in which it can be loaded. */
export const RECORD_TABLES = [
  'subject',
  'entry',
  'leaf',
  'tile',
  'checkpoint',
  'cosignature',
  'register_counter',
] as const

/**
 * Wrapped keys: a file of their own, with a shorter life, so that what was expunged does not come back from it. All of
 * the schema, those first that others refer to.
 */
export async function keyTables(sql: Sql): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `select 'keystore.' || relname as name from pg_class
     where relnamespace = 'keystore'::regnamespace and relkind = 'r' order by relname <> 'epoch_key', relname`,
  )
  return rows.map(({ name }) => name)
}

/** What stays out, and why that is right; a test holds that every table is in one of the lists or a register. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  pending: 'follows from entry and leaf',
  register_version: 'a restore makes the registers anew, by the program that restores',
  migration: 'made by the program that restores; its digests stand in the header',
  access_token: 'sign-in state: tokens are made anew',
  officer: 'sign-in state: made anew at the next sign-in; who acted stands in the entries',
  sign_in_session: 'sign-in state: everybody signs in again',
  passkey: 'sign-in state: registered anew',
  step_up: 'belongs to sign_in_session',
  import_progress: 'an import that was running begins again; what it recorded is found again',
  import_seen: 'belongs to import_progress',
  import_stay: 'belongs to import_progress',
  import_change: 'belongs to import_progress',
  notice: 'what stands open is told again',
  notice_covers: 'belongs to notice',
}

/** The columns of these tables as the database has them now. */
export async function describeTables(sql: Sql, names: readonly string[]): Promise<Table[]> {
  const rows = await sql.rows<{ table: string; name: string; type: string }>(
    `select t.name as "table", a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from unnest($1::text[]) with ordinality t(name, o) join pg_attribute a on a.attrelid = t.name::regclass
     where a.attnum > 0 and not a.attisdropped and a.attgenerated = '' order by t.o, a.attnum`,
    [names],
  )
  return names.map((name) => ({
    name,
    columns: rows.filter(({ table }) => table === name).map(({ name, type }) => ({ name, type })),
  }))
}

/** Columns of the primary key, so that a copy is read in the order of an index. */
export async function keyOfTable(sql: Sql, name: string): Promise<string[]> {
  const rows = await sql.rows<{ name: string }>(
    `select a.attname as name from pg_index i, unnest(i.indkey::smallint[]) with ordinality k(attnum, o)
     join pg_attribute a on a.attnum = k.attnum
     where i.indrelid = $1::regclass and i.indisprimary and a.attrelid = i.indrelid order by k.o`,
    [name],
  )
  return rows.map((row) => row.name)
}

/** Rows of each register and a sum over their text that does not depend on their order: no memory, one pass. */
export async function sumRegisters(
  sql: Sql,
  registers: readonly Register[],
): Promise<{ table: string; rows: number; sum: string }[]> {
  const sums = []
  for (const { table } of registers) {
    const [row] = await sql.rows<{ rows: number; sum: string }>(
      `select count(*)::integer as rows,
         coalesce(sum(('x' || left(encode(sha256(convert_to(r::text, 'UTF8')), 'hex'), 15))::bit(60)::bigint::numeric), 0)::text as sum
       from ${table} r`,
    )
    sums.push({ table, rows: row?.rows ?? 0, sum: row?.sum ?? '0' })
  }
  return sums
}
