import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { base64 } from '../../kernel/bytes.ts'
import { randomId } from '../../kernel/ids.ts'
import type { Clock, Sql, Transactions, Tx } from '../../kernel/ports.ts'
import type { Register } from '../../kernel/register.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { EMPTY_EDGE, restoreEdge, rootOfEdge } from '../../record/tile-appender.ts'
import { readTilesFrom } from '../../record/tile-store.ts'
import { type Header, type Line, type Table, writeBackup } from './format.ts'
import { describeTables, keyOfTable, keyTables, RECORD_TABLES, sumRegisters } from './tables.ts'

export type BackupOptions = {
  readonly database: Sql & Transactions
  readonly registers: readonly Register[]
  readonly filesFolder: string
  readonly origin: string
  readonly clock: Clock
  readonly onProgress?: (entries: number) => void
}

export type BackupResult = Pick<Header, 'id' | 'made' | 'entries' | 'tree'> & {
  readonly bytes: number
  readonly keyBytes: number
}

const ROWS = 500
const PIECE_BYTES = 48 * 1024

/**
 * Writes the record to one file and its wrapped keys to another, both of one snapshot, while the house goes on working.
 * No private key and no token is in either. Memory does not grow with the record.
 */
export async function backUp(path: string, keysPath: string, options: BackupOptions): Promise<BackupResult> {
  const { database, registers, origin, clock, filesFolder, onProgress = () => undefined } = options
  const id = randomId()
  const made = clock.now().toString({ smallestUnit: 'millisecond' })
  return database.run(async (tx) => {
    tx.write('set transaction isolation level repeatable read, read only')
    await tx.settle()
    const shared = { habeas: 'backup', v: 1, id, made, origin, ...(await stateOf(tx)) } as const
    const keys: Header = {
      ...shared,
      part: 'keys',
      registers: [],
      tables: await describeTables(tx, await keyTables(tx)),
    }
    // Keys first: a backup whose keys could not be written shall not look like one.
    const keyBytes = await writeBackup(
      keysPath,
      keys,
      rowsOf(tx, keys.tables, () => undefined),
    )
    const record: Header = {
      ...shared,
      part: 'record',
      registers: await sumRegisters(tx, registers),
      tables: await describeTables(tx, RECORD_TABLES),
    }
    const bytes = await writeBackup(path, record, recordLines(tx, record.tables, filesFolder, onProgress))
    return { id, made, entries: record.entries, tree: record.tree, bytes, keyBytes }
  })
}

async function stateOf(tx: Tx): Promise<Pick<Header, 'migrations' | 'entries' | 'tree'>> {
  const migrations = await tx.rows<Header['migrations'][number]>('select name, sha256 from migration order by name')
  const [row] = await tx.rows<{ entries: number; size: number; note: string | null }>(
    `select (select count(*) from entry) as entries, (select coalesce(max(idx) + 1, 0) from leaf) as size,
       (select note from checkpoint order by size desc limit 1) as note`,
  )
  const size = row?.size ?? 0
  const edge = size === 0 ? EMPTY_EDGE : await restoreEdge(size, readTilesFrom(tx))
  const tree = { size, root: base64(rootOfEdge(sha256, edge)), checkpoint: row?.note ?? null }
  return { migrations, entries: row?.entries ?? 0, tree }
}

async function* recordLines(
  tx: Tx,
  tables: readonly Table[],
  filesFolder: string,
  onProgress: (entries: number) => void,
): AsyncGenerator<Line> {
  yield* rowsOf(tx, tables, (table, rows) => table === 'entry' && onProgress(rows))
  yield* filesIn(filesFolder)
}

async function* rowsOf(
  tx: Tx,
  tables: readonly Table[],
  onRows: (table: string, rows: number) => unknown,
): AsyncGenerator<Line> {
  for (const [i, { name, columns }] of tables.entries()) {
    const cursor = `backup_${name.replace('.', '_')}_${i}`
    const texts = columns.map((column) => `t.${column.name}::text`).join(', ')
    const order = (await keyOfTable(tx, name)).map((column) => `t.${column}`).join(', ')
    tx.write(`declare ${cursor} cursor for select array[${texts}] as r from ${name} t order by ${order}`)
    let done = 0
    for (;;) {
      const rows = await tx.rows<{ r: (string | null)[] }>(`fetch ${ROWS} from ${cursor}`)
      if (rows.length === 0) break
      yield { table: name, rows: rows.map(({ r }) => r) }
      done += rows.length
      onRows(name, done)
    }
    tx.write(`close ${cursor}`)
    await tx.settle()
  }
}

/** Every stored file, in pieces, as it lies there: encrypted under the key of its custody. */
async function* filesIn(folder: string): AsyncGenerator<Line> {
  for (const custody of (await namesIn(folder)).filter((name) => /^[0-9a-f-]{36}$/.test(name))) {
    for (const digest of (await namesIn(join(folder, custody))).filter((name) => /^[0-9a-f]{64}$/.test(name))) {
      let part = 0
      for await (const bytes of createReadStream(join(folder, custody, digest), { highWaterMark: PIECE_BYTES })) {
        yield { file: `${custody}/${digest}`, part: part++, last: false, bytes: (bytes as Buffer).toString('base64') }
      }
      yield { file: `${custody}/${digest}`, part, last: true, bytes: '' }
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
