import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { rowProblems } from './messages.ts'
import type { Reject } from './row.ts'

export const rejectsHeader = 'line,column,value,code,reason_es,reason_en,row'

/**
 * The rejects file: CSV in UTF-8 with CRLF, written as the import goes. It holds values of people's rows, so it is
 * made readable to its owner only. `row` says whether the line was turned away or taken with this remark.
 */
export class RejectsFile {
  private readonly stream: ReturnType<typeof createWriteStream>
  lines = 0

  /** With `append` a resumed import goes on where it was. */
  constructor(path: string, options: { append?: boolean } = {}) {
    this.stream = createWriteStream(path, { flags: options.append ? 'a' : 'w', mode: 0o600 })
    if (!options.append) this.stream.write(`${rejectsHeader}\r\n`)
  }

  /** Waits while the disk is behind, so nothing piles up in memory. Throws when the disk refuses. */
  async write(rejects: readonly Reject[]): Promise<void> {
    if (this.stream.errored) throw this.stream.errored
    if (rejects.length === 0) return
    this.lines += rejects.length
    if (!this.stream.write(rejects.map(rejectLine).join(''))) await once(this.stream, 'drain')
  }

  async close(): Promise<void> {
    this.stream.end()
    await finished(this.stream)
  }
}

export function rejectLine(reject: Reject): string {
  const words = rowProblems[reject.code]
  const cells = [String(reject.line), reject.column, reject.value, reject.code, words.es, words.en, reject.row]
  return `${cells.map(cellOf).join(',')}\r\n`
}

/**
 * A spreadsheet runs a cell that begins with one of these as a formula (OWASP, CSV Injection); an apostrophe before
 * it makes it text. NUL and lone surrogates are shown, not passed on.
 */
function cellOf(value: string): string {
  const visible = value.toWellFormed().replaceAll('\0', '␀')
  const safe = /^[\s]*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(visible) ? `'${visible}` : visible
  return /[",\r\n']/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
