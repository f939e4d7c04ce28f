import { join } from 'node:path'
import pg from 'pg'
import { type Connection, type DatabaseServer, findRunningPostgres, startPostgres } from './server.ts'

function externalConnection(connectionString: string): Connection {
  const { host, port, user, database } = new pg.Client({ connectionString })
  return { connectionString, host, port, user: user ?? '', database: database ?? '' }
}

/**
 * The database of this instance: the one of `databaseUrl` if given, else the embedded server in `<dataFolder>/pg`,
 * joined if another process already runs it. Only who started it stops it; `stop` does nothing otherwise.
 */
export async function openDatabase(config: {
  readonly dataFolder: string
  readonly databaseUrl?: string | undefined
}): Promise<DatabaseServer> {
  const stop = async () => {}
  if (config.databaseUrl !== undefined) return { ...externalConnection(config.databaseUrl), stop }
  const folder = join(config.dataFolder, 'pg')
  const running = await findRunningPostgres(folder)
  return running === undefined ? startPostgres({ folder }) : { ...running, stop }
}
