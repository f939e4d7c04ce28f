/**
 * Text files of others, plain or gzip: they may be cut, far too long in a line, or no text at all. Lines come in
 * constant memory.
 */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Words } from './refusal.ts'

/** Longer lines than this are no rows of any form that we read; they are counted, never kept in memory. */
const LINE_BYTES_MAX = 64 * 1024

/** A file that cannot be read to its end, or is of no form that we know; `says` tells what was expected, and where. */
export class InputUnreadable extends Error {
  override readonly name = 'InputUnreadable'
  readonly says: Words
  constructor(says: Words, options?: ErrorOptions) {
    super(says.en, options)
    this.says = says
  }
}

/** `text` is undefined where the line is too long or is no UTF-8. Numbers begin at 1. */
export type FileLine = { readonly number: number; readonly text: string | undefined }

/**
 * The lines in runs, as they come off the disk. Line ends (LF or CRLF) and a byte order mark are cut; a last line
 * without its end counts. Throws `InputUnreadable` where gzip data are damaged, the system's own error where there is
 * no file.
 */
export async function* readFileLines(file: string): AsyncGenerator<readonly FileLine[]> {
  const splitter = new LineSplitter()
  for await (const chunk of readInflated(file, () => splitter.lines)) yield splitter.push(chunk)
  yield splitter.end()
}

/** A whole file of at most `bytesMax` bytes, for forms such as JSON that cannot be read line by line. */
export async function readWholeFile(file: string, bytesMax: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of readInflated(file, () => 0)) {
    bytes += chunk.length
    if (bytes > bytesMax)
      throw new InputUnreadable({
        en: `larger than ${bytesMax} bytes, the most that is read of this form`,
        es: `mayor de ${bytesMax} bytes, lo máximo que se lee de esta forma`,
      })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

async function* readInflated(file: string, lines: () => number): AsyncGenerator<Buffer> {
  const isZipped = await isGzip(file)
  const source = createReadStream(file)
  // Errors of either end come out of the iteration; the callback only keeps them from being thrown a second time.
  const input = isZipped ? pipeline(source, createGunzip(), () => undefined) : source
  try {
    for await (const chunk of input) yield chunk as Buffer
  } catch (error) {
    if (!String((error as NodeJS.ErrnoException).code).startsWith('Z_')) throw error
    throw new InputUnreadable(
      {
        en: `the gzip data are damaged or cut, after line ${lines()}`,
        es: `los datos gzip están dañados o cortados, tras la línea ${lines()}`,
      },
      { cause: error },
    )
  }
}

async function isGzip(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await handle.close()
  }
}

class LineSplitter {
  lines = 0
  #rest: Buffer = Buffer.alloc(0)
  #isOverlong = false
  readonly #decoder = new TextDecoder('utf-8', { fatal: true })

  push(chunk: Buffer): FileLine[] {
    const out: FileLine[] = []
    let at = 0
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, at)) {
      this.#add(chunk.subarray(at, end))
      out.push(this.#take())
      at = end + 1
    }
    this.#add(chunk.subarray(at))
    return out
  }

  end(): FileLine[] {
    return this.#rest.length > 0 || this.#isOverlong ? [this.#take()] : []
  }

  #add(part: Buffer): void {
    if (this.#isOverlong || this.#rest.length + part.length > LINE_BYTES_MAX) {
      this.#isOverlong = true
      this.#rest = Buffer.alloc(0)
    } else this.#rest = this.#rest.length === 0 ? part : Buffer.concat([this.#rest, part])
  }

  #take(): FileLine {
    const [bytes, isOverlong] = [this.#rest, this.#isOverlong]
    this.#rest = Buffer.alloc(0)
    this.#isOverlong = false
    const number = ++this.lines
    if (isOverlong) return { number, text: undefined }
    try {
      return { number, text: this.#decoder.decode(bytes.at(-1) === 13 ? bytes.subarray(0, -1) : bytes) }
    } catch (error) {
      if (!(error instanceof TypeError)) throw error
      return { number, text: undefined }
    }
  }
}

/**
 * The cells of one line of CSV (RFC 4180 §2.5–2.7); undefined where a quote is left open or text follows a closed one.
 * No cell of the forms that we read spans lines.
 */
export function findCsvCells(line: string): string[] | undefined {
  if (!line.includes('"')) return line.split(',')
  const cells: string[] = []
  for (let at = 0; ; ) {
    if (line[at] !== '"') {
      const end = line.indexOf(',', at)
      cells.push(line.slice(at, end === -1 ? undefined : end))
      if (end === -1) return cells
      at = end + 1
      continue
    }
    let cell = ''
    for (at++; ; ) {
      const end = line.indexOf('"', at)
      if (end === -1) return undefined
      cell += line.slice(at, end)
      at = end + 1
      if (line[at] !== '"') break
      cell += '"'
      at++
    }
    cells.push(cell)
    if (at === line.length) return cells
    if (line[at] !== ',') return undefined
    at++
  }
}
