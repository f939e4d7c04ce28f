import { mkdir, open, rename } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { base64 } from '../../kernel/bytes.ts'
import { sqlStateOf } from '../../kernel/database-errors.ts'
import type { Sql, Tx } from '../../kernel/ports.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { openOrigin } from '../../record/acts.ts'
import { appendGroup } from '../../record/append.ts'
import type { RecordContext } from '../../record/context.ts'
import { serviceAct } from '../../record/house-keeping.ts'
import { unwrapWith, type WrapPrivate } from '../../record/keys.ts'
import { sha256 } from '../../record/node-crypto.ts'
import { ensureKeys } from '../../record/prior.ts'
import { keepVersions } from '../../record/rebuild.ts'
import { rebuildRegisters } from '../../record/replay.ts'
import { leafHashOf } from '../../record/seal.ts'
import { appendLeaves, EMPTY_EDGE, restoreEdge, rootOfEdge } from '../../record/tile-appender.ts'
import { readTilesFrom } from '../../record/tile-store.ts'
import { type Database, DatabaseUnavailable } from '../database.ts'
import { migrate, readMigrations } from '../migrate.ts'
import { type Header, type Line, readBackup, type Table } from './format.ts'
import { sumRegisters } from './tables.ts'

/** What stands against a restore. Nothing was changed. */
export const RESTORE_REFUSALS = [
  'not-two-parts',
  'newer-program',
  'another-origin',
  'not-empty',
  'other-keys',
  'tree-differs',
  'nothing-lost',
  'same-origin',
] as const
export class RestoreRefused extends Error {
  override readonly name = 'RestoreRefused'
  readonly code: (typeof RESTORE_REFUSALS)[number]
  readonly details: Readonly<Record<string, string | number>>
  constructor(code: RestoreRefused['code'], details: RestoreRefused['details'] = {}) {
    super(`the backup is not restored: ${code}`)
    this.code = code
    this.details = details
  }
}

export type Signed = { readonly origin: string | null; readonly size: number; readonly root: Uint8Array }

export type RestoreOptions = {
  readonly database: Database
  readonly record: RecordContext
  readonly facilityKey: WrapPrivate
  readonly filesFolder: string
  /** The log that this instance keeps. */
  readonly origin: string
  /** What the signer of this instance remembers; undefined where its memory is lost. */
  readonly signed: Signed | undefined
  /** Close the log of the backup and go on under this name, stating what is lost. */
  readonly newOrigin?: string
  readonly onProgress?: (step: 'load' | 'replay', entries: number) => void
}

export type RestoreResult = {
  readonly header: Header
  /** It had been loaded before; nothing was loaded now. */
  readonly already: boolean
  readonly files: number
  /** Entries whose sections do not open: expunged before the backup, or changed. */
  readonly unreadable: number
  /** Registers that are not what they were when the backup was made: changed by a newer program, or not as they should be. */
  readonly differing: readonly string[]
  /** Set when the signer has signed more, or another tree, than was restored: it will refuse. */
  readonly behind?: { readonly signed: number; readonly restored: number }
  /** The signer has never signed this log, as far as it knows: only the witnesses can say what was signed last. */
  readonly forgotten: boolean
}

/**
 * Loads a backup into an empty instance, checks its tree, and makes the registers anew from the entries, in one
 * transaction: killed in the middle, nothing is there and the same command begins again.
 * @throws BackupDamaged, RestoreRefused, MigrationRefused
 */
export async function restore(path: string, keysPath: string, options: RestoreOptions): Promise<RestoreResult> {
  const { database, newOrigin, signed } = options
  // Read to the end before anything is loaded.
  const header = await readBackup(path)
  const keys = await readBackup(keysPath)
  if (header.part !== 'record' || keys.part !== 'keys' || header.id !== keys.id)
    throw new RestoreRefused('not-two-parts')
  await refuseNewer(header)
  if (newOrigin === undefined && header.origin !== options.origin)
    throw new RestoreRefused('another-origin', { backup: header.origin, here: options.origin })
  if (newOrigin === header.origin) throw new RestoreRefused('same-origin', { origin: newOrigin })
  const behind = behindSigner(header, signed)
  if (newOrigin !== undefined && signed !== undefined && signed.origin === header.origin && !behind)
    throw new RestoreRefused('nothing-lost', { signed: signed.size, restored: header.tree.size })

  await migrate(database)
  const already = await isLoaded(database, header)
  const loaded = already
    ? { files: 0, unreadable: 0, differing: [] }
    : await database.run(async (tx) => load(tx, path, keysPath, header, options))
  if (already && newOrigin !== undefined) await database.run((tx) => stateLoss(tx, header, options))
  const forgotten = newOrigin === undefined && header.tree.size > 0 && signed?.origin !== header.origin
  return { header, already, forgotten, ...loaded, ...(behind && newOrigin === undefined && { behind }) }
}

/** Whether the signer has signed what the backup does not hold. */
function behindSigner(header: Header, signed: Signed | undefined): RestoreResult['behind'] {
  const { size, root } = header.tree
  if (signed === undefined || signed.origin !== header.origin) return undefined
  const same = signed.size < size || (signed.size === size && base64(signed.root) === root)
  return same ? undefined : { signed: signed.size, restored: size }
}

async function refuseNewer(header: Header): Promise<void> {
  const known = new Map((await readMigrations()).map(({ name, sha256 }) => [name, sha256]))
  const strange = header.migrations.find(({ name, sha256 }) => known.get(name) !== sha256)
  if (strange) throw new RestoreRefused('newer-program', { migration: strange.name })
}

/** True when exactly this backup is there already (perhaps with the opening of a new log), false when nothing is. */
async function isLoaded(database: Database, header: Header): Promise<boolean> {
  const [row] = await database.rows<{ entries: number; size: number }>(
    `select (select count(*) from entry where kind <> $1 or recorded <= $2::timestamptz) as entries,
       (select coalesce(max(idx) + 1, 0) from leaf) as size`,
    [openOrigin.kind, header.made],
  )
  const { entries = 0, size = 0 } = row ?? {}
  if (entries === 0 && size === 0) return false
  const { tree } = header
  if (entries !== header.entries || size !== tree.size || (await rootOf(database, size)) !== tree.root)
    throw new RestoreRefused('not-empty', { entries })
  return true
}

const rootOf = async (sql: Sql, size: number): Promise<string> =>
  base64(rootOfEdge(sha256, size === 0 ? EMPTY_EDGE : await restoreEdge(size, readTilesFrom(sql))))

async function load(
  tx: Tx,
  path: string,
  keysPath: string,
  header: Header,
  options: RestoreOptions,
): Promise<Pick<RestoreResult, 'files' | 'unreadable' | 'differing'>> {
  const { record, facilityKey, filesFolder, newOrigin, onProgress = () => undefined } = options
  const files = new FilesIn(filesFolder)
  let entries = 0
  const take = async (line: Line, { tables }: Header) => {
    if ('file' in line) return files.take(line)
    const table = tables.find(({ name }) => name === line.table)
    if (!table) throw new RestoreRefused('not-two-parts')
    tx.write(insertInto(table), columnsOf(table, line.rows))
    await tx.settle()
    if (line.table !== 'entry') return
    entries += line.rows.length
    onProgress('load', entries)
  }
  await readBackup(keysPath, take)
  await readBackup(path, take)
  await refuseOtherKeys(tx, facilityKey)
  tx.write("select setval('entry_n', greatest((select max(n) from entry), 1))")
  tx.write('insert into pending (n) select n from entry e where not exists (select from leaf l where l.n = e.n)')
  await checkTree(tx, header)
  // The planner knows nothing of what was just loaded, and the folds look up each custody's entries.
  tx.write('analyze entry')
  tx.write('analyze subject')
  await tx.settle()
  const { unreadable } = await rebuildRegisters(record, tx, (done) => onProgress('replay', done))
  await keepVersions(tx, record.registry, record.registry.registers, record.clock.now().toString())
  const differing = await differingRegisters(tx, header, record)
  if (newOrigin !== undefined) await stateLoss(tx, header, options)
  return { files: files.count, unreadable: unreadable.length, differing }
}

function insertInto({ name, columns }: Table): string {
  const names = columns.map((column) => column.name).join(', ')
  const values = columns.map((column) => `u.${column.name}::${column.type}`).join(', ')
  const arrays = columns.map((_, i) => `$${i + 1}::text[]`).join(', ')
  return `insert into ${name} (${names}) select ${values} from unnest(${arrays}) u(${names})`
}

const columnsOf = ({ columns }: Table, rows: readonly (readonly (string | null)[])[]): unknown[] =>
  columns.map((_, i) => rows.map((row) => row[i] ?? null))

/** One epoch key opens them all: wrapped for another facility's key, nothing here could ever be read. */
async function refuseOtherKeys(tx: Tx, facilityKey: WrapPrivate): Promise<void> {
  const [epoch] = await tx.rows<{ for_facility: Buffer }>('select for_facility from keystore.epoch_key limit 1')
  if (!epoch) return
  try {
    unwrapWith(facilityKey, epoch.for_facility)
  } catch {
    throw new RestoreRefused('other-keys')
  }
}

const LEAVES = 2_000

/** Hashes every envelope again: the tree must be the one of the header, and on its way each signed head. */
async function checkTree(tx: Tx, header: Header): Promise<void> {
  const heads = await tx.rows<{ size: number; root: Buffer }>('select size, root from checkpoint order by size')
  let next = 0
  let edge = EMPTY_EDGE
  for (;;) {
    const rows = await tx.rows<{ idx: number; envelope: Buffer | null }>(
      `select l.idx, e.envelope from leaf l left join entry e on e.n = l.n where l.idx >= $1 order by l.idx limit ${LEAVES}`,
      [edge.size],
    )
    if (rows.length === 0) break
    let taken = 0
    while (taken < rows.length) {
      const head = heads[next]
      const until = head === undefined ? rows.length : Math.min(rows.length, taken + head.size - edge.size)
      const leaves = rows.slice(taken, until).map(({ idx, envelope }, i) => {
        if (envelope === null || idx !== edge.size + i) throw new RestoreRefused('tree-differs', { index: idx })
        return leafHashOf(envelope)
      })
      edge = appendLeaves(sha256, edge, leaves).edge
      taken = until
      if (head?.size !== edge.size) continue
      if (!head.root.equals(rootOfEdge(sha256, edge)))
        throw new RestoreRefused('tree-differs', { checkpoint: head.size })
      next++
    }
  }
  const { size, root } = header.tree
  if (edge.size !== size || next < heads.length || base64(rootOfEdge(sha256, edge)) !== root)
    throw new RestoreRefused('tree-differs', { size: edge.size })
  if (size === 0) return
  const tiles = await restoreEdge(size, readTilesFrom(tx)).catch((error: unknown) => {
    // A database that went away says nothing about the tiles.
    if (error instanceof DatabaseUnavailable || sqlStateOf(error) !== undefined) throw error
    return undefined
  })
  if (tiles === undefined || base64(rootOfEdge(sha256, tiles)) !== root)
    throw new RestoreRefused('tree-differs', { size })
}

async function differingRegisters(tx: Tx, header: Header, { registry }: RecordContext): Promise<string[]> {
  const then = new Map(header.registers.map(({ table, rows, sum }) => [table, `${rows} ${sum}`]))
  const now = await sumRegisters(tx, registry.registers)
  // A register that a newer program added was not there to be summed.
  return now
    .filter(({ table, rows, sum }) => (then.get(table) ?? `${rows} ${sum}`) !== `${rows} ${sum}`)
    .map(({ table }) => table)
}

/** The first entry of the new log, before anything is signed under its name. */
async function stateLoss(tx: Tx, header: Header, { record, signed, newOrigin }: RestoreOptions): Promise<void> {
  const origin = newOrigin as string
  const { size, root, checkpoint } = header.tree
  const known = signed !== undefined && signed.origin === header.origin ? signed : undefined
  const act = {
    origin,
    previous: header.origin,
    ...(known && { lastSigned: { size: known.size, root: base64(known.root) } }),
    restored: { size, root, ...(checkpoint !== null && { checkpoint }) },
    missing: { from: size, ...(known && { to: Math.max(size, known.size) }) },
    backup: { id: header.id, made: header.made },
  }
  const opening = serviceAct(openOrigin, { act }, record.clock, [origin, header.origin])
  const stated = await tx.rows('select from entry where act = $1', [opening.id])
  if (stated.length > 0) return
  await record.keys.begin(tx, record.clock.now())
  await ensureKeys(record, [opening], (work) => work(tx))
  const [outcome] = await appendGroup(record, tx, [opening], true)
  if (isRefusal(outcome)) throw new Error(`the opening of a log was refused: ${outcome.code}`)
}

/** Puts the pieces of stored files where they were. Written again when a restore begins again. */
class FilesIn {
  count = 0
  readonly #folder: string
  #pieces: Buffer[] = []

  constructor(folder: string) {
    this.#folder = folder
  }

  async take({ file, last, bytes }: Extract<Line, { file: string }>): Promise<void> {
    this.#pieces.push(Buffer.from(bytes, 'base64'))
    if (!last) return
    const path = join(this.#folder, file)
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const out = await open(`${path}.part`, 'w', 0o600)
    try {
      for (const piece of this.#pieces) await out.write(piece)
      await out.sync()
    } finally {
      await out.close()
    }
    this.#pieces = []
    await rename(`${path}.part`, path)
    this.count++
  }
}
