// `npm run types`: writes the tables' TypeScript types, `tables.gen.ts`, from a freshly migrated database.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, PostgresDialect } from 'kysely'
import { generate, getDialect } from 'kysely-codegen'
import pg from 'pg'
import { connectDatabase } from './database.ts'
import { migrate } from './migrate.ts'
import { startPostgres } from './postgres/server.ts'

/** Where the generated types stand. */
export const tablesFile = fileURLToPath(new URL('./tables.gen.ts', import.meta.url))

// What our type parsers make of the columns (database-types.ts), where it is not what the driver does by itself.
const typeMapping = {
  date: 'string',
  int8: 'number',
  interval: 'string',
  timestamp: 'string',
  timestamptz: 'string',
}

/** The text of `tables.gen.ts` for a migrated database. */
export async function generateTypes(connectionString: string): Promise<string> {
  const pool = new pg.Pool({ connectionString })
  // The generator's own pool has no listener, so a server that stops just after would end this process.
  pool.on('error', () => {})
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    const text = await generate({ db, dialect: getDialect('postgres'), typeMapping, print: false, outFile: null })
    return text.replace(/^\/\*\*[\s\S]*?\*\/\n/, '// Made by `npm run types` from migrations/. Do not edit.\n')
  } finally {
    await db.destroy()
  }
}

if (import.meta.main) {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-types-'))
  const server = await startPostgres({ folder, settings: { fsync: 'off' }, ephemeral: true })
  try {
    await migrate(connectDatabase(server.connectionString))
    await writeFile(tablesFile, await generateTypes(server.connectionString))
  } finally {
    await server.stop()
  }
}
