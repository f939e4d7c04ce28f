// The test harness. Imported by tests and by the runner in test/ only.
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import { connectDatabase, type Database } from './database.ts'
import { digestOf, migrate, migrationsFolder, readMigrations } from './migrate.ts'
import { type EmbeddedPostgres, startPostgres } from './postgres/server.ts'

/** Environment variable by which a runner hands its server to the test files: a connection string. */
export const testServerVariable = 'HABEAS_TEST_PG'

/** A server for tests. It survives kill -9 of itself, not of the machine: fsync is off. Its data go when it ends. */
export async function startTestServer(): Promise<EmbeddedPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-test-'))
  const settings = {
    fsync: 'off',
    full_page_writes: 'off',
    shared_buffers: '128MB',
    max_connections: '200',
    default_statistics_target: '10',
  }
  return startPostgres({ folder, settings, ephemeral: true })
}

let ownServer: Promise<string> | undefined

/** Connection string of the run's server; a file that is run alone starts its own, which ends with the process. */
function getServer(): Promise<string> {
  const given = process.env[testServerVariable]
  if (given !== undefined) return Promise.resolve(given)
  ownServer ??= startTestServer().then((server) => server.connectionString)
  return ownServer
}

function withDatabase(connectionString: string, name: string): string {
  const url = new URL(connectionString)
  url.pathname = `/${name}`
  return url.toString()
}

async function withAdmin<T>(server: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connectDatabase(withDatabase(server, 'postgres')).connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/** The migrated database that fresh ones are copied from, made once for each state of the migrations. */
async function ensureTemplate(server: string, folder: string): Promise<string> {
  const name = `habeas_template_${digestOf(await readMigrations(folder)).slice(0, 16)}`
  await withAdmin(server, async (admin) => {
    await admin.query('select pg_advisory_lock(hashtext($1))', [name])
    const found = await admin.query<{ ready: boolean }>(
      'select datistemplate as ready from pg_database where datname = $1',
      [name],
    )
    if (found.rows[0]?.ready === true) return
    // A template whose maker died half-way is not marked; it is made again.
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
    await migrate(connectDatabase(withDatabase(server, name)), folder)
    await admin.query(`alter database ${name} is_template true`)
  })
  return name
}

/** Processes still connected, after those that are just saying goodbye have gone. */
async function findLeaks(admin: pg.Client, name: string): Promise<string[]> {
  const text = `select application_name || ' (' || coalesce(state, '?') || '): ' || left(query, 80) as leak
    from pg_stat_activity where datname = $1 and backend_type = 'client backend'`
  let leaks: string[] = []
  for (let round = 0; round < 100; round += 1) {
    leaks = (await admin.query<{ leak: string }>(text, [name])).rows.map(({ leak }) => leak)
    if (leaks.length === 0) return []
    await sleep(20)
  }
  return leaks
}

export type FreshDatabaseOptions = {
  /** Folder of migrations to use instead of the product's. */
  readonly migrations?: string
  /** An empty database, not migrated. */
  readonly empty?: boolean
  readonly connectionsMax?: number
}

/**
 * A database of its own for a test (or for a file: pass the context of the outer test). It is closed and dropped when
 * the test is over, after the test's own `after` hooks; a connection that is still open then fails the test.
 */
export async function freshDatabase(
  t: Pick<TestContext, 'after'>,
  options: FreshDatabaseOptions = {},
): Promise<Database> {
  const server = await getServer()
  const name = `habeas_t_${randomBytes(6).toString('hex')}`
  const template = options.empty ? 'template1' : await ensureTemplate(server, options.migrations ?? migrationsFolder)
  await withAdmin(server, (admin) => admin.query(`create database ${name} template ${template}`))
  const { connectionsMax } = options
  const database = connectDatabase(withDatabase(server, name), connectionsMax === undefined ? {} : { connectionsMax })
  const dispose = () =>
    withAdmin(server, async (admin) => {
      await database.close()
      const leaks = await findLeaks(admin, name)
      await admin.query(`drop database ${name} with (force)`)
      if (leaks.length > 0) throw new Error(`Close what the test opened; still connected:\n${leaks.join('\n')}`)
    })
  // Hooks run in the order of their registration. Registered from inside a hook, ours comes after all others.
  t.after(() => t.after(dispose))
  return database
}

/** A temporary folder that goes with the test. */
export async function temporaryFolder(t: Pick<TestContext, 'after'>, prefix = 'habeas-'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), prefix))
  t.after(() => t.after(() => rm(folder, { recursive: true, force: true })))
  return folder
}
