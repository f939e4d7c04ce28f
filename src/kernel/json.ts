/**
 * JSON as the record takes it. `JSON.parse` lets through what makes one text mean two things: of duplicate keys the
 * last wins, numbers beyond 2^53 change, lone surrogates cannot be written as UTF-8. All of that is refused here.
 */
import { findText } from './bytes.ts'
import { type Parsed, parsed, unparsed } from './parsed.ts'

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

export type JsonRules = {
  /**
   * `safe` (default) refuses magnitudes beyond 2^53 − 1, where whole numbers are no longer exact; write those as
   * strings. `double` takes every finite IEEE 754 number, which is what RFC 8785 is defined on.
   */
  numbers?: 'safe' | 'double'
  /** Nesting of arrays and objects; default 64. */
  depthMax?: number
}

/** Parses strictly. Takes bytes too, and refuses those that are not UTF-8 or begin with a byte order mark. */
export function parseJson(source: string | Uint8Array, rules: JsonRules = {}): Parsed<Json> {
  const text = typeof source === 'string' ? source : findText(source)
  if (text === undefined) return unparsed('the text is not UTF-8')
  const reader = new JsonReader(text, rules)
  try {
    return parsed(reader.readDocument())
  } catch (error) {
    if (error instanceof NotJson) return unparsed(error.message)
    throw error
  }
}

/** The canonical form of RFC 8785. Throws on what has none: NaN, infinities, lone surrogates, `undefined`. */
export function jcs(value: unknown): string {
  // By hand, and held against the library `canonicalize` in the tests: a return writes a hundred kilobytes of it.
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new TypeError('half a character has no JSON form')
    return JSON.stringify(value)
  }
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('a number that is not finite has no JSON form')
    return JSON.stringify(value)
  }
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value !== 'object') throw new TypeError('the value has no JSON form')
  let text = ''
  if (Array.isArray(value)) {
    for (const item of value) text += text === '' ? jcs(item) : `,${jcs(item)}`
    return `[${text}]`
  }
  const fields = value as Readonly<Record<string, unknown>>
  // The default order is that of UTF-16 code units, as RFC 8785 §3.2.3 wants it.
  for (const key of Object.keys(fields).sort()) text += `${text === '' ? '' : ','}${jcs(key)}:${jcs(fields[key])}`
  return `{${text}}`
}

/** Deep equality of JSON values; the order of keys does not matter. */
export function jsonEqual(left: Json | undefined, right: Json | undefined): boolean {
  if (left === right) return true
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false
  if (isJsonArray(left) || isJsonArray(right)) {
    if (!isJsonArray(left) || !isJsonArray(right) || left.length !== right.length) return false
    return left.every((item, index) => jsonEqual(item, right[index]))
  }
  const keys = Object.keys(left)
  if (keys.length !== Object.keys(right).length) return false
  return keys.every((key) => Object.hasOwn(right, key) && jsonEqual(left[key], right[key]))
}

export function isJsonObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none, or the pointer is malformed. */
export function findAtPointer(value: Json, pointer: string): Json | undefined {
  if (pointer === '') return value
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return undefined
  let at: Json | undefined = value
  for (const token of pointer.slice(1).split('/')) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (isJsonArray(at)) at = /^(?:0|[1-9][0-9]*)$/.test(key) ? at[Number(key)] : undefined
    else if (isJsonObject(at)) at = Object.hasOwn(at, key) ? at[key] : undefined
    else return undefined
  }
  return at
}

class NotJson extends Error {}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const DEPTH_MAX = 64

class JsonReader {
  readonly #text: string
  readonly #depthMax: number
  readonly #isDouble: boolean
  #at = 0
  #depth = 0

  constructor(text: string, rules: JsonRules) {
    this.#text = text
    this.#depthMax = rules.depthMax ?? DEPTH_MAX
    this.#isDouble = rules.numbers === 'double'
  }

  readDocument(): Json {
    const value = this.#readValue()
    this.#skipSpace()
    if (this.#at < this.#text.length) this.#fail('something follows the value')
    return value
  }

  #readValue(): Json {
    this.#skipSpace()
    switch (this.#text[this.#at]) {
      case '{':
        return this.#nested(() => this.#readObject())
      case '[':
        return this.#nested(() => this.#readArray())
      case '"':
        return this.#readString()
      case 't':
        return this.#readWord('true', true)
      case 'f':
        return this.#readWord('false', false)
      case 'n':
        return this.#readWord('null', null)
      default:
        return this.#readNumber()
    }
  }

  #nested(read: () => Json): Json {
    if (++this.#depth > this.#depthMax) this.#fail(`nested deeper than ${this.#depthMax}`)
    const value = read()
    this.#depth--
    return value
  }

  #readObject(): Json {
    const object: Record<string, Json> = {}
    this.#at++
    if (this.#isNext('}')) return object
    do {
      this.#skipSpace()
      if (this.#text[this.#at] !== '"') this.#fail('a key is expected')
      const key = this.#readString()
      if (Object.hasOwn(object, key)) this.#fail('a key stands twice')
      if (!this.#isNext(':')) this.#fail('a colon is expected')
      const value = this.#readValue()
      // As an own property even when it is called __proto__, which an assignment would swallow.
      if (key === '__proto__') {
        Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true })
      } else object[key] = value
    } while (this.#isNext(','))
    if (!this.#isNext('}')) this.#fail('a comma or a closing brace is expected')
    return object
  }

  #readArray(): Json {
    const array: Json[] = []
    this.#at++
    if (this.#isNext(']')) return array
    do array.push(this.#readValue())
    while (this.#isNext(','))
    if (!this.#isNext(']')) this.#fail('a comma or a closing bracket is expected')
    return array
  }

  #readString(): string {
    const start = this.#at
    let isPlain = true
    let at = start + 1
    for (let code = this.#text.charCodeAt(at); code !== 0x22; code = this.#text.charCodeAt(++at)) {
      if (!(code >= 0x20)) this.#fail('a string is not closed or has a control character') // NaN at the end of the text
      if (code === 0x5c) {
        isPlain = false
        at++
      }
    }
    this.#at = at + 1
    const value = isPlain ? this.#text.slice(start + 1, at) : this.#unescape(this.#text.slice(start, at + 1))
    if (!value.isWellFormed()) this.#fail('a string has a lone surrogate')
    if (value.includes('\0')) this.#fail('a string has a NUL')
    return value
  }

  #unescape(quoted: string): string {
    try {
      return JSON.parse(quoted) as string
    } catch {
      return this.#fail('a string has an unknown escape')
    }
  }

  #readNumber(): number {
    NUMBER.lastIndex = this.#at
    const match = NUMBER.exec(this.#text)
    if (match === null) return this.#fail('a value is expected')
    this.#at += match[0].length
    const value = Number(match[0])
    if (!Number.isFinite(value)) this.#fail('a number is too large')
    if (!this.#isDouble && Math.abs(value) > Number.MAX_SAFE_INTEGER)
      this.#fail('a number is beyond 2^53; write it as a string')
    return value
  }

  #readWord<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) this.#fail('a value is expected')
    this.#at += word.length
    return value
  }

  #isNext(character: string): boolean {
    this.#skipSpace()
    if (this.#text[this.#at] !== character) return false
    this.#at++
    return true
  }

  #skipSpace(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at)
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return
      this.#at++
    }
  }

  // The place, never the content: it may be personal.
  #fail(reason: string): never {
    throw new NotJson(`${reason} (at character ${this.#at})`)
  }
}
