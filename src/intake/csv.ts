import { Buffer, isUtf8 } from 'node:buffer'
import type { FileRefusal } from './messages.ts'
import { refuseFile } from './messages.ts'
import type { Limits, RawItem, RawProblem, RecordParser } from './window.ts'
import { ByteWindow, countLines } from './window.ts'

const LF = 10
const CR = 13

export interface CsvForm {
  /** One ASCII character each. */
  readonly delimiter: string
  readonly quote: string
}

type Quoted =
  | { end: number; cells: string[]; lines: number }
  | { malformed: true }
  | { incomplete: true; quoteAt: number | undefined }

/**
 * CSV after RFC 4180, over bytes. Records end with LF or CRLF; a quoted field may hold delimiters, quotes (doubled)
 * and line ends. A quote inside an unquoted field is taken as text.
 *
 * A quoted record that makes no sense (text after the closing quote, or several lines joined with a wrong number of
 * fields) rejects only its first physical line, and reading goes on with the second: so a forgotten quote costs one
 * line and never swallows its neighbours. A quote still open at the end of the file, or beyond the limits, refuses
 * the file and names the line where it opened.
 */
export class CsvParser extends ByteWindow implements RecordParser {
  header: readonly string[] | undefined
  private readonly delimiter: string
  private readonly delimiterByte: number
  private readonly quoteByte: number
  private readonly quote: string
  private nextQuote = -1
  /** A quoted field too large to keep: only its end is looked for. */
  private openQuote: { line: number; byteOffset: number; lines: number; bytes: number; value: string } | undefined

  constructor(form: CsvForm, limits: Limits, resumeFromByte?: number) {
    super(limits, resumeFromByte)
    this.delimiter = form.delimiter
    this.quote = form.quote
    this.delimiterByte = form.delimiter.charCodeAt(0)
    this.quoteByte = form.quote.charCodeAt(0)
  }

  protected get ready(): boolean {
    return this.header !== undefined
  }

  protected scan(out: RawItem[]): FileRefusal | undefined {
    this.nextQuote = -1
    while (this.at < this.bytes.length) {
      if (this.resuming) return undefined
      if (this.openQuote) {
        const refusal = this.seekClosingQuote()
        return refusal
      }
      const lf = this.bytes.indexOf(LF, this.at)
      if (this.nextQuote < this.at) {
        const found = this.bytes.indexOf(this.quoteByte, this.at)
        this.nextQuote = found === -1 ? Number.POSITIVE_INFINITY : found
      }
      const end = lf === -1 ? this.bytes.length : lf
      const refusal = this.nextQuote < end ? this.scanQuoted(out) : this.scanPlain(lf, end, out)
      if (refusal === 'more') return undefined
      if (refusal) return refusal
      // After the header the reader may have to move to where it stopped before.
      if (this.resuming) return undefined
    }
    return this.final ? this.seekClosingQuote() : undefined
  }

  private scanPlain(lf: number, end: number, out: RawItem[]): FileRefusal | 'more' | undefined {
    if (lf === -1 && !this.final) {
      return this.waitForLineEnd()
    }
    const textEnd = end > this.at && this.bytes[end - 1] === CR ? end - 1 : end
    const next = lf === -1 ? end : lf + 1
    if (textEnd === this.at) {
      this.blankLines += 1
      this.moveTo(next, 1)
      return undefined
    }
    const valid = this.isValid(this.at, textEnd)
    const cells = this.text(this.at, textEnd, this.ascii || !valid).split(this.delimiter)
    return this.deliver(cells, next, 1, valid, out)
  }

  private scanQuoted(out: RawItem[]): FileRefusal | 'more' | undefined {
    const read = this.readQuoted(this.at, this.ascii)
    if ('incomplete' in read) return this.holdOrSkip(read.quoteAt)
    if ('malformed' in read) return this.rejectFirstLine(out)
    const valid = this.isValid(this.at, read.end)
    let cells = read.cells
    if (!valid) {
      const again = this.readQuoted(this.at, true)
      if ('cells' in again) cells = again.cells
    }
    if (read.lines > 1 && this.header && cells.length !== this.header.length) return this.rejectFirstLine(out)
    return this.deliver(cells, read.end, read.lines, valid, out)
  }

  private readQuoted(from: number, latin1: boolean): Quoted {
    const { bytes, quoteByte, delimiterByte, final } = this
    const cells: string[] = []
    let lines = 1
    let i = from
    for (;;) {
      if (bytes[i] === quoteByte) {
        let close = bytes.indexOf(quoteByte, i + 1)
        let doubled = false
        while (close !== -1 && bytes[close + 1] === quoteByte) {
          doubled = true
          close = bytes.indexOf(quoteByte, close + 2)
        }
        if (close === -1) return { incomplete: true, quoteAt: i }
        const after = bytes[close + 1]
        if (!final && (after === undefined || (after === CR && bytes[close + 2] === undefined))) {
          return { incomplete: true, quoteAt: i }
        }
        const raw = this.text(i + 1, close, latin1)
        cells.push(doubled ? raw.replaceAll(this.quote + this.quote, this.quote) : raw)
        lines += countLines(bytes, i + 1, close)
        if (after === delimiterByte) {
          i = close + 2
          continue
        }
        if (after === undefined) return { end: bytes.length, cells, lines }
        if (after === LF) return { end: close + 2, cells, lines }
        if (after === CR && bytes[close + 2] === LF) return { end: close + 3, cells, lines }
        if (after === CR && bytes[close + 2] === undefined) return { end: bytes.length, cells, lines }
        return { malformed: true }
      }
      let stop = i
      while (stop < bytes.length && bytes[stop] !== delimiterByte && bytes[stop] !== LF) stop += 1
      if (stop === bytes.length && !final) return { incomplete: true, quoteAt: undefined }
      if (bytes[stop] === delimiterByte) {
        cells.push(this.text(i, stop, latin1))
        i = stop + 1
        continue
      }
      const textEnd = stop > i && bytes[stop - 1] === CR ? stop - 1 : stop
      cells.push(this.text(i, textEnd, latin1))
      return { end: Math.min(stop + 1, bytes.length), cells, lines }
    }
  }

  /** The record is not complete: wait for more, or stop keeping it when it has grown too large. */
  private holdOrSkip(quoteAt: number | undefined): FileRefusal | 'more' {
    if (quoteAt === undefined) return this.waitForLineEnd()
    const openedIn = this.lineNow + countLines(this.bytes, this.at, quoteAt)
    const lines = countLines(this.bytes, quoteAt, this.bytes.length)
    if (this.final || lines > this.limits.quotedLinesMax) return this.neverClosed(openedIn)
    if (this.heldBytes > this.limits.recordBytesMax) {
      if (!this.header) return refuseFile('header-unreadable', { line: this.lineNow })
      this.openQuote = {
        line: openedIn,
        byteOffset: this.offset,
        lines: 0,
        bytes: 0,
        value: this.shown(quoteAt + 1),
      }
      this.lineNow = openedIn
      this.at = quoteAt + 1
      return this.seekClosingQuote() ?? 'more'
    }
    return 'more'
  }

  private waitForLineEnd(): FileRefusal | 'more' {
    if (this.heldBytes <= this.limits.recordBytesMax) return 'more'
    if (!this.header) return refuseFile(this.bytes.includes(CR) ? 'line-ends-unknown' : 'header-unreadable')
    this.startSkippingLine('field-too-long', this.shown(this.at))
    return 'more'
  }

  private seekClosingQuote(): FileRefusal | undefined {
    const open = this.openQuote
    if (!open) return undefined
    for (;;) {
      const close = this.bytes.indexOf(this.quoteByte, this.at)
      const to = close === -1 ? this.bytes.length : close
      const lines = countLines(this.bytes, this.at, to)
      open.lines += lines
      open.bytes += to - this.at
      this.lineNow += lines
      this.at = to
      const tooFar = open.lines > this.limits.quotedLinesMax || open.bytes > this.limits.quotedBytesMax
      if (tooFar || (close === -1 && this.final)) return this.neverClosed(open.line)
      if (close === -1) return undefined
      const after = this.bytes[close + 1]
      if (after === undefined && !this.final) return undefined
      if (after === this.quoteByte) {
        this.at = close + 2
        continue
      }
      // Lines were swallowed and are no longer at hand: what follows tells whether the quote was a real one.
      const fits = after === undefined || after === this.delimiterByte || after === LF || after === CR
      if (open.lines > 0 && !fits) return this.neverClosed(open.line)
      this.openQuote = undefined
      this.at = close + 1
      this.startSkippingLine('field-too-long', open.value, open)
      return undefined
    }
  }

  private neverClosed(line: number): FileRefusal {
    return refuseFile('quote-open', { line })
  }

  private rejectFirstLine(out: RawItem[]): FileRefusal | 'more' | undefined {
    if (!this.header) return refuseFile('header-unreadable', { line: this.lineNow })
    const lf = this.bytes.indexOf(LF, this.at)
    if (lf === -1 && !this.final) return this.waitForLineEnd()
    const end = lf === -1 ? this.bytes.length : lf + 1
    this.item(out, end, 1, [], { code: 'quote-malformed', value: this.shown(this.at) })
    return undefined
  }

  private deliver(
    cells: string[],
    end: number,
    lines: number,
    valid: boolean,
    out: RawItem[],
  ): FileRefusal | undefined {
    const problem = this.problemOf(cells, end - this.at, valid)
    if (!this.header) {
      if (problem?.code === 'not-utf8') return refuseFile('not-utf8-file', { line: this.lineNow })
      if (problem) return refuseFile('header-unreadable', { line: this.lineNow })
      if (cells.some((cell) => cell.includes('\r'))) return refuseFile('line-ends-unknown')
      this.header = cells
      this.moveTo(end, lines)
      return undefined
    }
    if (cells.length === this.header.length && cells.every((cell, i) => cell === this.header?.[i])) {
      return refuseFile('header-repeated', { line: this.lineNow })
    }
    this.item(out, end, lines, cells, problem)
    return undefined
  }

  private problemOf(cells: readonly string[], bytes: number, valid: boolean): RawProblem | undefined {
    if (!valid) {
      const column = cells.findIndex((cell) => !isUtf8(Buffer.from(cell, 'latin1')))
      return { code: 'not-utf8', ...(column === -1 ? {} : { column }), value: cells[column] ?? '' }
    }
    if (this.hasNul) {
      const column = cells.findIndex((cell) => cell.includes('\0'))
      if (column !== -1) return { code: 'nul-byte', column, value: cells[column] ?? '' }
    }
    if (bytes > this.limits.recordBytesMax) return { code: 'field-too-long', value: (cells[0] ?? '').slice(0, 200) }
    if (bytes > this.limits.fieldBytesMax) {
      const column = cells.findIndex((cell) => Buffer.byteLength(cell) > this.limits.fieldBytesMax)
      if (column !== -1) return { code: 'field-too-long', column, value: (cells[column] ?? '').slice(0, 200) }
    }
    if (this.header && cells.length !== this.header.length) {
      return { code: 'cell-count', value: `${cells.length}/${this.header.length}` }
    }
    return undefined
  }

  private item(out: RawItem[], end: number, lines: number, cells: readonly string[], problem?: RawProblem): void {
    const line = this.lineNow
    const byteOffset = this.offset
    this.moveTo(end, lines)
    out.push({ line, byteOffset, endOffset: this.offset, cells, ...(problem ? { problem } : {}) })
  }

  private moveTo(end: number, lines: number): void {
    this.at = end
    this.lineNow += lines
  }

  private shown(from: number): string {
    const lf = this.bytes.indexOf(LF, from)
    const end = Math.min(from + 200, lf === -1 ? this.bytes.length : lf)
    return this.bytes.toString('utf8', from, end)
  }
}
