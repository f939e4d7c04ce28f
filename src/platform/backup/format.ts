import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { z } from 'zod'

/**
 * The file of a backup: gzip of lines, each one JSON value (docs/operations.md). The first is the header, the last
 * `{"end":{"lines":…,"sha256":…}}` over all bytes before it, so that a file that was cut or changed is refused whole.
 */
const Column = z.strictObject({ name: z.string().regex(/^[a-z_0-9]+$/), type: z.string().regex(/^[a-z0-9 [\](),_]+$/) })
const TableName = z.string().regex(/^([a-z_]+\.)?[a-z_0-9]+$/)

export const Header = z.strictObject({
  habeas: z.literal('backup'),
  v: z.literal(1),
  part: z.enum(['record', 'keys']),
  /** The same in both files of one backup. */
  id: z.uuid(),
  made: z.iso.datetime(),
  origin: z.string(),
  migrations: z.array(z.strictObject({ name: z.string(), sha256: z.hash('sha256') })),
  entries: z.int().nonnegative(),
  /** The tree of the snapshot, and the last head that was signed of it. */
  tree: z.strictObject({ size: z.int().nonnegative(), root: z.base64(), checkpoint: z.string().nullable() }),
  /** Of each register: rows, and a sum over them that does not depend on their order. Only to compare with. */
  registers: z.array(z.strictObject({ table: TableName, rows: z.int().nonnegative(), sum: z.string() })),
  tables: z.array(z.strictObject({ name: TableName, columns: z.array(Column) })),
})
export type Header = z.infer<typeof Header>
export type Table = Header['tables'][number]

const Rows = z.strictObject({ table: TableName, rows: z.array(z.array(z.string().nullable())) })
const Piece = z.strictObject({
  /** Custody and digest: where the file store keeps it. Encrypted there, and so here. */
  file: z.string().regex(/^[0-9a-f-]{36}\/[0-9a-f]{64}$/),
  part: z.int().nonnegative(),
  last: z.boolean(),
  bytes: z.base64(),
})
const End = z.strictObject({ end: z.strictObject({ lines: z.int().positive(), sha256: z.hash('sha256') }) })
const Line = z.union([Rows, Piece])

/** Rows of a table, each value in PostgreSQL's own text form; or a piece of a stored file. */
export type Line = z.infer<typeof Line>

/** The file is not a backup, or not as it was written: nothing of it may be loaded. */
export class BackupDamaged extends Error {
  override readonly name = 'BackupDamaged'
}

/** Writes a backup: a temporary name until all of it is on the disk. Mode 0600. Answers the bytes written. */
export async function writeBackup(path: string, header: Header, lines: AsyncIterable<Line>): Promise<number> {
  const temporary = `${path}.part`
  const out = createWriteStream(temporary, { mode: 0o600, flush: true })
  try {
    await pipeline(Readable.from(textOf(header, lines)), createGzip({ level: 4 }), out)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await rename(temporary, path)
  const folder = await open(dirname(path), 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
  return out.bytesWritten
}

async function* textOf(header: Header, lines: AsyncIterable<Line>): AsyncGenerator<string> {
  const hash = createHash('sha256')
  let count = 0
  const hashed = (value: unknown) => {
    const text = `${JSON.stringify(value)}\n`
    hash.update(text)
    count++
    return text
  }
  yield hashed(header)
  for await (const line of lines) yield hashed(line)
  yield `${JSON.stringify({ end: { lines: count, sha256: hash.digest('hex') } })}\n`
}

/**
 * Reads a backup line by line and hands each to `onLine`. Resolves to the header when the whole was read and its sum is
 * right; read once without `onLine` before anything is loaded.
 * @throws BackupDamaged
 */
export async function readBackup(
  path: string,
  onLine: (line: Line, header: Header) => Promise<void> = async () => undefined,
): Promise<Header> {
  const file = createReadStream(path)
  const gunzip = createGunzip()
  const lines = createInterface({ input: gunzip, crlfDelay: Number.POSITIVE_INFINITY })
  // An error of the file or of gzip ends the lines; the iterator itself would wait for ever.
  let broken: unknown
  const flowing = pipeline(file, gunzip).catch((error: unknown) => {
    broken = error
    lines.close()
  })
  const hash = createHash('sha256')
  let header: Header | undefined
  let ended = false
  let count = 0
  for await (const text of lines) {
    if (ended) throw new BackupDamaged(`${path} goes on after its end.`)
    const value = parsed(path, text)
    const end = End.safeParse(value)
    if (end.success) {
      if (end.data.end.lines !== count || end.data.end.sha256 !== hash.digest('hex'))
        throw new BackupDamaged(`${path} is damaged: its checksum is wrong.`)
      ended = true
      continue
    }
    hash.update(`${text}\n`)
    count++
    if (header === undefined) {
      const first = Header.safeParse(value)
      if (!first.success) throw new BackupDamaged(`${path} is no backup of this program.`)
      header = first.data
      continue
    }
    const line = Line.safeParse(value)
    if (!line.success) throw new BackupDamaged(`${path} is damaged at line ${count}.`)
    await onLine(line.data, header)
  }
  await flowing
  if (broken !== undefined) {
    const { code } = broken as NodeJS.ErrnoException
    if (code !== undefined && !code.startsWith('Z_')) throw broken
    throw new BackupDamaged(`${path} is damaged: it cannot be unpacked.`, { cause: broken })
  }
  if (header === undefined || !ended) throw new BackupDamaged(`${path} has no end: it was cut.`)
  return header
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BackupDamaged(`${path} is damaged: a line is not JSON.`)
  }
}
