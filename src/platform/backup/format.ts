import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
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
  const unpacked = createGunzip().setEncoding('utf8')
  file.on('error', (error) => unpacked.destroy(error))
  const reading = new Reading(path)
  let rest = ''
  try {
    for await (const chunk of file.pipe(unpacked)) {
      const texts = (rest + chunk).split('\n')
      rest = texts.pop() as string
      for (const text of texts) {
        const line = reading.next(text)
        if (line !== undefined) await onLine(line, reading.header as Header)
      }
    }
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
    throw new BackupDamaged(`${path} is damaged: it cannot be unpacked.`, { cause: error })
  } finally {
    file.destroy()
  }
  if (rest !== '') throw new BackupDamaged(`${path} is damaged: its last line has no end.`)
  return reading.end()
}

/** What was read so far, with the sum over it. */
class Reading {
  header: Header | undefined
  readonly #path: string
  readonly #hash = createHash('sha256')
  #ended = false
  #count = 0

  constructor(path: string) {
    this.#path = path
  }

  /** Undefined for the header and the end. */
  next(text: string): Line | undefined {
    if (this.#ended) throw new BackupDamaged(`${this.#path} goes on after its end.`)
    const value = parsed(this.#path, text)
    const end = End.safeParse(value)
    if (end.success) {
      const { lines, sha256 } = end.data.end
      if (lines !== this.#count || sha256 !== this.#hash.digest('hex'))
        throw new BackupDamaged(`${this.#path} is damaged: its checksum is wrong.`)
      this.#ended = true
      return undefined
    }
    this.#hash.update(`${text}\n`)
    this.#count++
    if (this.header !== undefined) {
      const line = Line.safeParse(value)
      if (!line.success) throw new BackupDamaged(`${this.#path} is damaged at line ${this.#count}.`)
      return line.data
    }
    const first = Header.safeParse(value)
    if (!first.success) throw new BackupDamaged(`${this.#path} is no backup of this program.`)
    this.header = first.data
    return undefined
  }

  end(): Header {
    if (this.header === undefined || !this.#ended) throw new BackupDamaged(`${this.#path} has no end: it was cut.`)
    return this.header
  }
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BackupDamaged(`${path} is damaged: a line is not JSON.`)
  }
}
