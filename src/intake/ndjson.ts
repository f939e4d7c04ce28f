import { Buffer } from 'node:buffer'
import type { FileRefusal } from './messages.ts'
import type { Limits, RawItem, RawProblem, RecordParser } from './window.ts'
import { ByteWindow } from './window.ts'

const LF = 10
const CR = 13

/** A JSON number keeps its digits: an identifier above 2^53 must not be rounded. */
type Reviver = (this: unknown, key: string, value: unknown, context: { source?: string }) => unknown
const parseKeepingDigits = JSON.parse as (text: string, reviver: Reviver) => unknown

/**
 * One JSON object a line (RFC 8259). The header is given: the columns of the profile, by their names and aliases.
 * A key that is absent or null is a blank cell; true and false become the texts `true` and `false`.
 */
export class NdjsonParser extends ByteWindow implements RecordParser {
  readonly header: readonly string[]
  private readonly indexOf: ReadonlyMap<string, number>

  constructor(
    columns: readonly string[],
    aliases: ReadonlyMap<string, number>,
    limits: Limits,
    resumeFromByte?: number,
  ) {
    super(limits, resumeFromByte)
    this.header = columns
    this.indexOf = aliases
  }

  protected get ready(): boolean {
    return true
  }

  protected scan(out: RawItem[]): FileRefusal | undefined {
    while (this.at < this.bytes.length) {
      if (this.resuming) return undefined
      const lf = this.bytes.indexOf(LF, this.at)
      if (lf === -1 && !this.final) {
        if (this.heldBytes > this.limits.recordBytesMax) {
          this.startSkippingLine('field-too-long', this.bytes.toString('utf8', this.at, this.at + 200))
        }
        return undefined
      }
      const end = lf === -1 ? this.bytes.length : lf
      const textEnd = end > this.at && this.bytes[end - 1] === CR ? end - 1 : end
      const next = lf === -1 ? end : lf + 1
      if (textEnd === this.at) {
        this.blankLines += 1
      } else {
        const read = this.readLine(textEnd)
        const at = { line: this.lineNow, byteOffset: this.offset, endOffset: this.offset + next - this.at }
        out.push(Array.isArray(read) ? { ...at, cells: read } : { ...at, cells: [], problem: read as RawProblem })
      }
      this.at = next
      this.lineNow += 1
    }
    return undefined
  }

  private readLine(end: number): string[] | RawProblem {
    const valid = this.isValid(this.at, end)
    const text = this.text(this.at, end, this.ascii || !valid)
    if (!valid) return { code: 'not-utf8', value: text.slice(0, 200) }
    if (this.hasNul && text.includes('\0')) return { code: 'nul-byte', value: text.slice(0, 200) }
    let value: unknown
    try {
      value = parseKeepingDigits(text, (_key, inner, context) =>
        typeof inner === 'number' ? (context.source ?? String(inner)) : inner,
      )
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      return { code: 'json-malformed', value: text.slice(0, 200) }
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { code: 'json-malformed', value: text.slice(0, 200) }
    }
    const read = this.cellsOf(value)
    // JSON keeps the last of two equal keys without a word; in a flat object each string before a colon is a key.
    const keys = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter((found) => found[1] !== undefined).length
    if (Array.isArray(read) && keys !== Object.keys(value).length) {
      return { code: 'json-key-doubled', value: text.slice(0, 200) }
    }
    return read
  }

  private cellsOf(object: object): string[] | RawProblem {
    const cells = new Array<string>(this.header.length).fill('')
    const seen = new Set<number>()
    for (const [key, inner] of Object.entries(object)) {
      const column = this.indexOf.get(key)
      if (column === undefined) return { code: 'json-key-unknown', columnName: key.slice(0, 100), value: '' }
      // A name and its alias in one object are two values for one column.
      if (seen.has(column)) return { code: 'json-key-doubled', column, value: String(inner).slice(0, 200) }
      seen.add(column)
      if (inner === null) continue
      if (typeof inner === 'object')
        return { code: 'json-not-scalar', column, value: JSON.stringify(inner).slice(0, 200) }
      const text = String(inner)
      if (text.includes('\0')) return { code: 'nul-byte', column, value: text.slice(0, 200) }
      if (Buffer.byteLength(text) > this.limits.fieldBytesMax) {
        return { code: 'field-too-long', column, value: text.slice(0, 200) }
      }
      cells[column] = text
    }
    return cells
  }
}
