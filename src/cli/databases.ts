import type { Config } from '../platform/config.ts'
import { connectDatabase, type Database, type DatabaseRole } from '../platform/database.ts'

/** One connection setting a role: each does what its role may do, and nothing else. */
export type Databases = {
  /** Owns the tables: migrates, replays, keeps statistics. */
  readonly owner: Database
  /** Reads and appends; changes nothing of the record. */
  readonly app: Database
  /** Gives places in the tree; the bulk path is its too. */
  readonly sequencer: Database
  /** Exchanges keys by order of a court. */
  readonly expunger: Database
  close(): Promise<void>
}

/**
 * Connects as each role. With an external server each role may have a login of its own (`ownerDatabaseUrl` …), which
 * must be a member of it; else the one login acts as all. Nothing is connected before its first use.
 */
export function connectDatabases(
  config: Pick<Config, 'databaseUrl' | 'ownerDatabaseUrl' | 'sequencerDatabaseUrl' | 'expungerDatabaseUrl'>,
  connectionString: string,
  onConnectionLost: (error: Error) => void,
): Databases {
  const as = (url: string | undefined, role?: DatabaseRole) =>
    connectDatabase(url ?? connectionString, { onConnectionLost, ...(role && { role }) })
  const databases = {
    owner: as(config.ownerDatabaseUrl),
    app: as(config.databaseUrl, 'habeas_app'),
    sequencer: as(config.sequencerDatabaseUrl, 'habeas_sequencer'),
    expunger: as(config.expungerDatabaseUrl, 'habeas_expunger'),
  }
  return {
    ...databases,
    close: async () => {
      await Promise.all(Object.values(databases).map((database) => database.close()))
    },
  }
}
