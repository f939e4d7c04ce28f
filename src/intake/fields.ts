import type { DateForm, TimeReader } from './dates.ts'
import type { RowProblemCode } from './messages.ts'
import type { Column, Target, ValueList } from './profile.ts'
import type { Claim, Coded } from './row.ts'

/** A column of the profile, found in the header, ready to read. */
export interface Field {
  readonly name: string
  readonly index: number
  readonly to: Target
  readonly column: Column
  readonly forms: readonly DateForm[]
  readonly required: boolean
  readonly rejectsRow: boolean
  readonly list: ValueList | undefined
  readonly listBy:
    | { readonly index: number; readonly lists: Readonly<Record<string, ValueList | undefined>> }
    | undefined
  readonly read: FieldReader
}

/** A problem that spoils the value, or (with `value` kept) only marks it. */
export type FieldResult =
  | { readonly value: unknown; readonly flag?: RowProblemCode }
  | { readonly problem: RowProblemCode }
export type FieldReader = (text: string, field: Field, cells: readonly string[], reader: TimeReader) => FieldResult

// Without these a row says nothing that can be acted on; any other value may be unreadable and the row still counts,
// because a person must not vanish from the roll over a misspelt age.
export const bearing: ReadonlySet<Target> = new Set<Target>([
  'person.sourceId',
  'admittedAt',
  'departedAt',
  'firstSeen',
  'lastSeen',
  'startCensored',
  'endCensored',
  'change.field',
  'change.to',
  'change.date',
  'asOf',
])

export const readers: Readonly<Record<Exclude<Target, `claimed.${string}`>, FieldReader>> = {
  'person.sourceId': readText,
  'person.sex': readCoded,
  'person.ageYears': readAge,
  'person.names.given': readText,
  'person.names.family1': readText,
  'person.names.family2': readText,
  'person.birthDate': readDate,
  'person.nationality': readCoded,
  admittedAt: readTime,
  departedAt: readTime,
  'custody.level': readCoded,
  'custody.levelLast': readCoded,
  'custody.status': readCoded,
  'custody.statusLast': readCoded,
  'legal.charge': readText,
  'place.code': readText,
  firstSeen: readDate,
  lastSeen: readDate,
  startCensored: readBoolean,
  endCensored: readBoolean,
  missedDays: readCount,
  'change.field': readText,
  'change.from': readCoded,
  'change.to': readCoded,
  'change.date': readDate,
  asOf: readDate,
}

export function isClaim(target: Target): target is `claimed.${string}` {
  return target.startsWith('claimed.')
}

/** The cell as the profile wants it read; empty when it is blank. */
export function normalise(cell: string, column: Column): string {
  let text = column.trim === false ? cell : cell.trim()
  if (text === '' || column.blank?.includes(text)) return ''
  if (column.case === 'upper') text = text.toUpperCase()
  if (column.case === 'lower') text = text.toLowerCase()
  if (column.stripLeading !== undefined) {
    let start = 0
    // The last character stays: `000` is the number nought, not a blank.
    while (start < text.length - 1 && text[start] === column.stripLeading) start += 1
    text = text.slice(start)
  }
  return column.pad ? text.padStart(column.pad.length, column.pad.with) : text
}

function readText(text: string, { column }: Field): FieldResult {
  if (text.length > 1000) return { problem: 'text-too-long' }
  if (column.shape === 'digits' && !/^\d+$/.test(text)) return { problem: 'text-form' }
  if (column.shape === 'code' && !/^[\p{L}\p{N} ./_-]+$/u.test(text)) return { problem: 'text-form' }
  return { value: text }
}

function listOf(field: Field, cells: readonly string[]): ValueList | undefined {
  if (field.list) return field.list
  const by = field.listBy
  const key = (cells[by?.index ?? -1] ?? '').trim()
  return by && Object.hasOwn(by.lists, key) ? by.lists[key] : undefined
}

function readCoded(text: string, field: Field, cells: readonly string[]): FieldResult {
  const form = readText(text, field)
  if ('problem' in form) return form
  const list = listOf(field, cells)
  if (!list) {
    const known = field.listBy === undefined
    return { value: { value: text, source: text, known } satisfies Coded, ...(known ? {} : { flag: 'value-unknown' }) }
  }
  if (!Object.hasOwn(list, text)) {
    return { value: { value: 'unknown', source: text, known: false } satisfies Coded, flag: 'value-unknown' }
  }
  return listed(list, text)
}

// A list has a handful of texts and a file a million rows: each text is made once and shared.
const listedOnce = new WeakMap<ValueList, Map<string, { readonly value: Coded }>>()

function listed(list: ValueList, text: string): { readonly value: Coded } {
  let made = listedOnce.get(list)
  if (!made) {
    made = new Map()
    listedOnce.set(list, made)
  }
  let result = made.get(text)
  if (!result) {
    const meant = list[text]
    const value: Coded =
      typeof meant === 'object'
        ? { value: meant.value, source: text, known: true, words: { es: meant.es, en: meant.en } }
        : { value: String(meant), source: text, known: true }
    result = { value: Object.freeze(value) }
    made.set(text, result)
  }
  return result
}

export function readClaim(text: string, field: Field): FieldResult {
  const form = readText(text, field)
  if ('problem' in form) return form
  const claim = (claimed: string | boolean, known: boolean): Claim => ({
    claimed,
    source: text,
    known,
    evidence: 'none',
  })
  if (!field.list) return { value: claim(text, true) }
  if (!Object.hasOwn(field.list, text)) return { value: claim('unknown', false), flag: 'value-unknown' }
  const meant = field.list[text]
  return { value: claim(typeof meant === 'object' ? meant.value : (meant ?? text), true) }
}

const plainBooleans: ValueList = { '0': false, '1': true, false: false, true: true, N: false, Y: true }

function readBoolean(text: string, field: Field): FieldResult {
  const list = field.list ?? plainBooleans
  const meant = Object.hasOwn(list, text) ? list[text] : undefined
  return typeof meant === 'boolean' ? { value: meant } : { problem: 'value-not-listed' }
}

function readAge(text: string): FieldResult {
  if (!/^\d{1,4}(\.\d{1,3})?$/.test(text)) return { problem: 'number-form' }
  const years = Math.floor(Number(text))
  return years <= 130 ? { value: years } : { problem: 'number-range' }
}

function readCount(text: string): FieldResult {
  if (!/^\d{1,9}(\.0+)?$/.test(text)) return { problem: 'number-form' }
  return { value: Number(text) }
}

function readDate(text: string, { forms }: Field, _cells: readonly string[], reader: TimeReader): FieldResult {
  const date = reader.readDate(text, forms)
  return date === 'date-form' || date === 'date-not-real' ? { problem: date } : { value: date }
}

function readTime(text: string, { forms }: Field, _cells: readonly string[], reader: TimeReader): FieldResult {
  const time = reader.readTime(text, forms)
  return typeof time === 'string' ? { problem: time } : { value: time }
}
