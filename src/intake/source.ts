import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { FileRefusal } from './messages.ts'
import { refuseFile } from './messages.ts'
import type { RawItem, RecordParser } from './window.ts'

/**
 * What comes out of a file, in order: batches, then either the end or a refusal.
 * A refusal may come after batches (a quote left open in line 9,000, a gzip cut short). Whoever must take all or
 * nothing looks through the file once before (`inspectFile`).
 */
export type SourceEvent =
  | {
      readonly kind: 'batch'
      readonly items: readonly RawItem[]
      /** Where the next batch starts: give it back as `resumeFromByte`. */
      readonly line: number
      readonly byteOffset: number
    }
  | { readonly kind: 'end'; readonly digest: string; readonly bytes: number; readonly blankLines: number }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }

export type Opened = { readonly compression: 'gzip' | 'plain'; readonly bytes: number }

/** Looks at the first bytes (RFC 1952: a gzip member starts 1f 8b), never at the name. */
export async function openSource(path: string): Promise<Opened | FileRefusal> {
  let file: Awaited<ReturnType<typeof open>>
  try {
    file = await open(path, 'r')
  } catch (error) {
    if (isErrno(error) && error.code === 'ENOENT') return refuseFile('file-not-found')
    throw error
  }
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return refuseFile('file-not-found')
    const magic = new Uint8Array(2)
    await file.read(magic, 0, 2, 0)
    return { compression: magic[0] === 0x1f && magic[1] === 0x8b ? 'gzip' : 'plain', bytes: stat.size }
  } finally {
    await file.close()
  }
}

/** SHA-256 of the file as it stands on disk (compressed, if it is), in lower-case hex. */
export async function digestFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/**
 * Streams a file through a parser in batches of at most `batchRowsMax` items. Holds one chunk, one incomplete record
 * and one batch, whatever the size of the file. The digest is of the bytes on disk, all of them, also on resuming.
 */
export async function* readSource(
  path: string,
  opened: Opened,
  parser: RecordParser,
  limits: { chunkBytes: number; batchRowsMax: number },
): AsyncGenerator<SourceEvent, void, undefined> {
  const hash = createHash('sha256')
  const raw = createReadStream(path, { highWaterMark: limits.chunkBytes })
  let bytes = 0
  raw.on('data', (chunk) => {
    hash.update(chunk)
    bytes += chunk.length
  })
  const gunzip = opened.compression === 'gzip' ? createGunzip({ chunkSize: limits.chunkBytes }) : undefined
  // A failure of either stream destroys the other and is thrown by the iteration below.
  if (gunzip) pipeline(raw, gunzip, () => undefined)
  const stream = gunzip ?? raw
  let waiting: RawItem[] = []
  function* full(): Generator<SourceEvent> {
    let from = 0
    while (waiting.length - from >= limits.batchRowsMax) {
      const items = waiting.slice(from, from + limits.batchRowsMax)
      from += limits.batchRowsMax
      const next = waiting[from]
      yield batchOf(items, next?.line ?? parser.line, next?.byteOffset ?? parser.offset)
    }
    waiting = from === 0 ? waiting : waiting.slice(from)
  }
  try {
    for await (const chunk of stream) {
      const refusal = parser.push(chunk as Buffer, waiting)
      yield* full()
      if (refusal) return yield { kind: 'refused', refusal }
    }
    const refusal = parser.end(waiting) ?? (parser.header ? undefined : refuseFile('file-empty'))
    yield* full()
    if (refusal) return yield { kind: 'refused', refusal }
    if (waiting.length > 0) yield batchOf(waiting, parser.line, parser.offset)
    yield { kind: 'end', digest: hash.digest('hex'), bytes, blankLines: parser.blankLines }
  } catch (error) {
    if (!isErrno(error) || !error.code?.startsWith('Z_')) throw error
    yield { kind: 'refused', refusal: refuseFile('gzip-broken') }
  } finally {
    raw.destroy()
    gunzip?.destroy()
  }
}

function batchOf(items: readonly RawItem[], line: number, byteOffset: number): SourceEvent {
  return { kind: 'batch', items, line, byteOffset }
}

function isErrno(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error
}
