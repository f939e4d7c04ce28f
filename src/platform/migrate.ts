import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type pg from 'pg'
import type { Database } from './database.ts'

/** A migration by its file name, with the SHA-256 (hex) of the file's bytes. */
export type Migration = { readonly name: string; readonly sha256: string }

type MigrationFile = Migration & { readonly sql: string }

/** The folder of the product's migrations. */
export const migrationsFolder = fileURLToPath(new URL('../../migrations', import.meta.url))

/** The database and this program do not belong together; the message says which file and what to do. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused'
  readonly code: 'changed-migration' | 'database-newer' | 'out-of-order' | 'bad-name' | 'not-postgresql-18'
  constructor(code: MigrationRefused['code'], message: string) {
    super(message)
    this.code = code
  }
}

const namePattern = /^(\d{4})-[a-z0-9]+(-[a-z0-9]+)*\.sql$/

/** The migrations of a folder in their order. */
export async function readMigrations(folder: string = migrationsFolder): Promise<MigrationFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  const numbers = new Set<string>()
  const files: MigrationFile[] = []
  for (const name of names) {
    const number = namePattern.exec(name)?.[1]
    if (number === undefined) {
      throw new MigrationRefused('bad-name', `${name}: a migration is named like 0042-bunk-allocation.sql.`)
    }
    if (numbers.has(number)) throw new MigrationRefused('bad-name', `${name}: two migrations have number ${number}.`)
    numbers.add(number)
    const bytes = await readFile(join(folder, name))
    files.push({ name, sha256: createHash('sha256').update(bytes).digest('hex'), sql: bytes.toString('utf8') })
  }
  return files
}

/** One digest over all migrations: databases with the same one have the same schema. */
export function digestOf(migrations: readonly Migration[]): string {
  const hash = createHash('sha256')
  for (const { name, sha256 } of migrations) hash.update(`${name} ${sha256}\n`)
  return hash.digest('hex')
}

// Any number will do as long as it stays: two programs that migrate one database meet on it.
const lockKey = 4_801_726_339

const createTable = `
create table if not exists migration (
  name       text        primary key,
  sha256     text        not null,
  applied_at timestamptz not null default now()
);
comment on table migration is 'Which files of migrations/ made this schema. Written by the program at start.';`

/** Files still to apply. @throws MigrationRefused */
function choosePending(files: readonly MigrationFile[], applied: readonly Migration[]): MigrationFile[] {
  const byName = new Map(files.map((file) => [file.name, file]))
  for (const { name, sha256 } of applied) {
    const file = byName.get(name)
    if (file === undefined) {
      throw new MigrationRefused(
        'database-newer',
        `The database has migration ${name}, which this program does not know: start the newer program.`,
      )
    }
    if (file.sha256 !== sha256) {
      throw new MigrationRefused(
        'changed-migration',
        `${name} was applied with SHA-256 ${sha256} and now has ${file.sha256}: restore it and put the change into a new file.`,
      )
    }
  }
  const last = applied.at(-1)?.name ?? ''
  const done = new Set(applied.map(({ name }) => name))
  const pending = files.filter(({ name }) => !done.has(name))
  const early = pending.find(({ name }) => name < last)
  if (early !== undefined) {
    throw new MigrationRefused(
      'out-of-order',
      `${early.name} comes before ${last}, which is applied already: give it a higher number.`,
    )
  }
  return pending
}

async function apply(client: pg.Client, file: MigrationFile): Promise<void> {
  await client.query('begin')
  try {
    await client.query(file.sql)
    await client.query('insert into migration (name, sha256) values ($1, $2)', [file.name, file.sha256])
    await client.query('commit')
  } catch (cause) {
    await client.query('rollback')
    throw new Error(`Migration ${file.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, {
      cause,
    })
  }
}

/**
 * Brings the database to this program's schema, one transaction a file, one program at a time, and returns what was
 * newly applied so that the caller can enter it into the record. Needs the right to create tables.
 * @throws MigrationRefused when an applied file was changed, or the database is newer than the program.
 */
export async function migrate(database: Pick<Database, 'connect'>, folder?: string): Promise<Migration[]> {
  const files = await readMigrations(folder)
  const client = await database.connect()
  try {
    const version = await client.query<{ server_version_num: string }>('show server_version_num')
    if (Number(version.rows[0]?.server_version_num) < 180_000) {
      throw new MigrationRefused('not-postgresql-18', 'Habeas needs PostgreSQL 18 or newer (temporal constraints).')
    }
    // The lock belongs to the session: it is gone with the connection, also after kill -9.
    await client.query('select pg_advisory_lock($1)', [lockKey])
    await client.query(createTable)
    const applied = await client.query<Migration>('select name, sha256 from migration order by name collate "C"')
    const pending = choosePending(files, applied.rows)
    for (const file of pending) await apply(client, file)
    return pending.map(({ name, sha256 }) => ({ name, sha256 }))
  } finally {
    await client.end()
  }
}
