import { Buffer, isAscii, isUtf8 } from 'node:buffer'
import type { FileRefusal, RowProblemCode } from './messages.ts'
import { refuseFile } from './messages.ts'

const LF = 10

/** Sizes in bytes, of decompressed text. All are ours. */
export interface Limits {
  /** A longer field rejects its row. */
  readonly fieldBytesMax: number
  /** A longer row is not held in memory: it is skipped to its end and rejected. */
  readonly recordBytesMax: number
  /** A quote open for more lines than this is taken as never closed. */
  readonly quotedLinesMax: number
  /** A quote open for more bytes than this is taken as never closed. */
  readonly quotedBytesMax: number
  readonly batchRowsMax: number
  readonly chunkBytes: number
}

export const defaultLimits: Limits = {
  fieldBytesMax: 64 * 1024,
  recordBytesMax: 1024 * 1024,
  quotedLinesMax: 1_000,
  quotedBytesMax: 64 * 1024 * 1024,
  batchRowsMax: 2_000,
  chunkBytes: 128 * 1024,
}

/** What stands in the way of reading a line. `column` is the index of the cell, where it can be told. */
export interface RawProblem {
  readonly code: RowProblemCode
  readonly column?: number
  /** A column the header does not have (NDJSON). */
  readonly columnName?: string
  readonly value: string
}

/**
 * One record as read. `line` is its first physical line, from 1; the offsets are of decompressed bytes, `endOffset`
 * being where the next record starts, so that reading can go on from there.
 */
export interface RawItem {
  readonly line: number
  readonly byteOffset: number
  readonly endOffset: number
  readonly cells: readonly string[]
  readonly problem?: RawProblem
}

/** A reader of records out of chunks cut anywhere. */
export interface RecordParser {
  readonly header: readonly string[] | undefined
  /** Bytes held back because their record is not complete: bounded by `recordBytesMax` and one chunk. */
  readonly heldBytes: number
  readonly offset: number
  readonly line: number
  readonly blankLines: number
  push(chunk: Buffer, out: RawItem[]): FileRefusal | undefined
  end(out: RawItem[]): FileRefusal | undefined
}

/** The unread end of the bytes that came so far, with its place in the file. Common to both formats. */
export abstract class ByteWindow {
  protected bytes: Buffer = Buffer.alloc(0)
  protected at = 0
  protected final = false
  protected lineNow = 1
  protected readonly limits: Limits
  /** Within the complete lines of the window. */
  protected ascii = true
  protected valid = true
  protected hasNul = false
  blankLines = 0
  private base = 0
  private started = false
  private skipping: { line: number; byteOffset: number; value: string; code: RowProblemCode } | undefined
  private resumeAt: number | undefined

  constructor(limits: Limits, resumeFromByte?: number) {
    this.limits = limits
    this.resumeAt = resumeFromByte
  }

  /** Reads whole records from `at` on until the window ends or more bytes are needed. */
  protected abstract scan(out: RawItem[]): FileRefusal | undefined
  protected abstract get ready(): boolean

  get offset(): number {
    return this.base + this.at
  }
  get line(): number {
    return this.lineNow
  }
  get heldBytes(): number {
    return this.bytes.length - this.at
  }

  push(chunk: Buffer, out: RawItem[]): FileRefusal | undefined {
    const rest = this.bytes.subarray(this.at)
    this.base += this.at
    this.at = 0
    this.bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    return this.read(out)
  }

  end(out: RawItem[]): FileRefusal | undefined {
    this.final = true
    const refusal = this.read(out)
    if (refusal) return refusal
    if (this.resumeAt !== undefined && this.resumeAt > this.offset) return refuseFile('resume-beyond-end')
    return undefined
  }

  private read(out: RawItem[]): FileRefusal | undefined {
    if (!this.started) {
      if (this.bytes.length < 3 && !this.final) return undefined
      this.started = true
      const [a, b, c] = this.bytes
      if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return refuseFile('not-utf8-file')
      if (a === 0xef && b === 0xbb && c === 0xbf) this.at = 3
    }
    const whole = this.final ? this.bytes : this.bytes.subarray(0, this.bytes.lastIndexOf(LF) + 1)
    this.ascii = isAscii(whole)
    this.valid = this.ascii || isUtf8(whole)
    this.hasNul = whole.includes(0)
    for (;;) {
      if (this.ready) this.resume()
      if (!this.skipLine(out)) return undefined
      const before = this.at
      const refusal = this.scan(out)
      if (refusal) return refusal
      if (this.at === before && !this.skipping) return undefined
    }
  }

  /** Moves to where an earlier reading stopped, counting the lines on the way. */
  private resume(): void {
    if (this.resumeAt === undefined || this.offset >= this.resumeAt) return
    const to = Math.min(this.bytes.length, this.at + this.resumeAt - this.offset)
    this.lineNow += countLines(this.bytes, this.at, to)
    this.at = to
  }

  protected get resuming(): boolean {
    return this.ready && this.resumeAt !== undefined && this.offset < this.resumeAt
  }

  /** From here to the end of the line nothing is kept; then one rejected item stands for it. */
  protected startSkippingLine(
    code: RowProblemCode,
    value: string,
    start: { line: number; byteOffset: number } = { line: this.lineNow, byteOffset: this.offset },
  ): void {
    this.skipping = { ...start, code, value }
  }

  /** False when the window ended first. */
  private skipLine(out: RawItem[]): boolean {
    if (!this.skipping) return true
    const lf = this.bytes.indexOf(LF, this.at)
    if (lf === -1) {
      this.at = this.bytes.length
      if (!this.final) return false
    } else {
      this.at = lf + 1
      this.lineNow += 1
    }
    const { line, byteOffset, code, value } = this.skipping
    this.skipping = undefined
    out.push({ line, byteOffset, endOffset: this.offset, cells: [], problem: { code, value } })
    return true
  }

  /** Text of a stretch; `latin1` shows bytes that are not UTF-8 without losing any. */
  protected text(from: number, to: number, latin1: boolean): string {
    return this.bytes.toString(latin1 ? 'latin1' : 'utf8', from, to)
  }

  protected isValid(from: number, to: number): boolean {
    return this.valid || isUtf8(this.bytes.subarray(from, to))
  }
}

export function countLines(bytes: Buffer, from: number, to: number): number {
  let lines = 0
  for (let lf = bytes.indexOf(LF, from); lf !== -1 && lf < to; lf = bytes.indexOf(LF, lf + 1)) lines += 1
  return lines
}
