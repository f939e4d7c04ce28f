import type { DateForm, SourceTime } from './dates.ts'
import { compileDateForm, TimeReader } from './dates.ts'
import type { HeaderIndex } from './header.ts'
import type { RowProblemCode } from './messages.ts'
import type { Column, TableProfile, Target, ValueList } from './profile.ts'
import type { Claim, Coded, Mapped, MappedRow, Reject } from './row.ts'
import type { RawItem } from './window.ts'

/** What is known beside the row. Times after `nowMs`, or after the day of the file, are flagged, never refused. */
export interface MapContext {
  readonly nowMs: number
  /** `YYYY-MM-DD`, the day the file speaks for. */
  readonly asOf?: string
}

/** A profile made ready for one header. */
export interface Mapping {
  readonly fields: readonly Field[]
  readonly sealed: readonly { readonly name: string; readonly index: number }[]
  readonly identity: readonly Field[]
  readonly sourceId: Field
  readonly reader: TimeReader
  readonly names: readonly string[]
}

interface Field {
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
type FieldResult = { readonly value: unknown; readonly flag?: RowProblemCode } | { readonly problem: RowProblemCode }
type FieldReader = (text: string, field: Field, cells: readonly string[], reader: TimeReader) => FieldResult

// Without these a row says nothing that can be acted on; any other value may be unreadable and the row still counts,
// because a person must not vanish from the roll over a misspelt age.
const bearing: ReadonlySet<Target> = new Set<Target>([
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

const readers: Readonly<Record<Exclude<Target, `claimed.${string}`>, FieldReader>> = {
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

export function prepareMapping(profile: TableProfile, index: HeaderIndex): Mapping {
  const lists = profile.values ?? {}
  const fields: Field[] = []
  const sealed: { name: string; index: number }[] = []
  const names: string[] = []
  for (const [name, column] of Object.entries(profile.columns)) {
    const position = index.get(name)
    if (position === undefined) continue
    names[position] = name
    if (column.keep !== undefined) sealed.push({ name, index: position })
    if (column.to === undefined) continue
    const to = column.to as Target
    const by = column.valuesBy
    const byIndex = by && index.get(by.column)
    fields.push({
      name,
      index: position,
      to,
      column,
      forms: (column.dates ?? profile.dates).map(compileDateForm).filter((form) => form !== undefined),
      required: column.required === true || profile.identity.includes(name) || to === 'person.sourceId',
      rejectsRow: column.onBad === undefined ? bearing.has(to) : column.onBad === 'reject',
      list: column.values === undefined ? undefined : lists[column.values],
      listBy:
        by && byIndex !== undefined
          ? { index: byIndex, lists: Object.fromEntries(Object.entries(by.lists).map(([k, v]) => [k, lists[v]])) }
          : undefined,
      read: isClaim(to) ? readClaim : readers[to],
    })
  }
  const identity = profile.identity.flatMap((name) => fields.filter((field) => field.name === name))
  const sourceId = fields.find((field) => field.to === 'person.sourceId')
  if (!sourceId) throw new Error('a checked profile maps person.sourceId, and a resolved header has it')
  const reader = new TimeReader(profile.facility.zone, profile.localHour ?? { repeated: 'earlier', missing: 'earlier' })
  return { fields, sealed, identity, sourceId, reader, names }
}

/** Pure: the same cells, profile and context give the same answer. */
export function mapRow(item: RawItem, mapping: Mapping, context: MapContext): Mapped {
  if (item.problem) return { ok: false, rejects: [rejectRaw(item, mapping)] }
  const values = new Map<Target, unknown>()
  const found: Reject[] = []
  const note = (field: Field | undefined, value: string, code: RowProblemCode, rejectsRow: boolean) =>
    found.push({
      line: item.line,
      column: field?.name ?? '',
      value: shorten(value),
      code,
      row: rejectsRow ? 'rejected' : 'kept',
    })
  for (const field of mapping.fields) {
    const cell = item.cells[field.index] ?? ''
    const text = normalise(cell, field.column)
    if (text === '') {
      if (field.required) note(field, cell, 'blank', true)
      continue
    }
    const result = field.read(text, field, item.cells, mapping.reader)
    if ('problem' in result) {
      note(field, cell, result.problem, field.required || field.rejectsRow)
      continue
    }
    values.set(field.to, result.value)
    if (result.flag) note(field, cell, result.flag, false)
  }
  for (const [target, code, rejectsRow] of contradictions(values, mapping, context)) {
    const field = mapping.fields.find((one) => one.to === target)
    note(field, item.cells[field?.index ?? -1] ?? '', code, rejectsRow)
  }
  if (found.some((one) => one.row === 'rejected')) {
    const sourceId = values.get('person.sourceId') as string | undefined
    // The whole row is turned away, so each of its lines says so.
    return { ok: false, rejects: found.map((one) => ({ ...one, row: 'rejected', ...(sourceId ? { sourceId } : {}) })) }
  }
  return { ok: true, row: assemble(item, values, mapping, found) }
}

function* contradictions(
  values: ReadonlyMap<Target, unknown>,
  mapping: Mapping,
  context: MapContext,
): Generator<[Target, RowProblemCode, boolean]> {
  const admitted = values.get('admittedAt') as SourceTime | undefined
  const departed = values.get('departedAt') as SourceTime | undefined
  const fileEnd = context.asOf === undefined ? undefined : mapping.reader.dayEndMs(context.asOf)
  for (const [target, time] of [
    ['admittedAt', admitted],
    ['departedAt', departed],
  ] as const) {
    if (time === undefined) continue
    if (time.localHour) yield [target, time.localHour === 'missing' ? 'hour-missing' : 'hour-repeated', false]
    if (time.epochMs > context.nowMs) yield [target, 'time-future', false]
    else if (fileEnd !== undefined && time.epochMs >= fileEnd) yield [target, 'time-after-file', false]
  }
  // A departure known to the day may be the day of the admission.
  if (
    admitted &&
    departed &&
    departed.epochMs < (departed.precision === 'day' ? dayStart(admitted) : admitted.epochMs)
  ) {
    yield ['departedAt', 'departure-before-admission', true]
  }
  const first = values.get('firstSeen') as string | undefined
  const last = values.get('lastSeen') as string | undefined
  if (first !== undefined && last !== undefined && last < first) yield ['lastSeen', 'seen-backwards', true]
  const asOf = values.get('asOf') as string | undefined
  if (asOf !== undefined && context.asOf !== undefined && asOf !== context.asOf) yield ['asOf', 'as-of-differs', true]
}

function dayStart(time: SourceTime): number {
  return Temporal.Instant.from(time.at).toZonedDateTimeISO(time.zone).startOfDay().epochMilliseconds
}

function assemble(item: RawItem, values: ReadonlyMap<Target, unknown>, mapping: Mapping, flags: Reject[]): MappedRow {
  const get = <T>(target: Target) => values.get(target) as T | undefined
  const admittedAt = get<SourceTime>('admittedAt')
  const departedAt = get<SourceTime>('departedAt')
  const endCensored = get<boolean>('endCensored')
  const field = get<string>('change.field')
  const to = get<Coded>('change.to')
  const date = get<string>('change.date')
  const claims: Record<string, Claim> = {}
  for (const [target, value] of values) if (isClaim(target)) claims[target.slice('claimed.'.length)] = value as Claim
  const sealed: Record<string, string> = {}
  for (const { name, index } of mapping.sealed) {
    const text = item.cells[index] ?? ''
    if (text !== '') sealed[name] = text
  }
  const names = present({
    given: get<string>('person.names.given'),
    family1: get<string>('person.names.family1'),
    family2: get<string>('person.names.family2'),
  })
  return {
    line: item.line,
    byteOffset: item.byteOffset,
    identity: JSON.stringify(mapping.identity.map((one) => identityPart(values.get(one.to)))),
    person: {
      sourceId: get<string>('person.sourceId') ?? '',
      ...present({
        sex: get<Coded>('person.sex'),
        ageYears: get<number>('person.ageYears'),
        names: Object.keys(names).length > 0 ? names : undefined,
        birthDate: get<string>('person.birthDate'),
        nationality: get<Coded>('person.nationality'),
      }),
    },
    ...present({ admittedAt, departedAt }),
    ended: departedAt !== undefined || endCensored === false,
    custody: present({
      level: get<Coded>('custody.level'),
      levelLast: get<Coded>('custody.levelLast'),
      status: get<Coded>('custody.status'),
      statusLast: get<Coded>('custody.statusLast'),
    }),
    legal: present({ charge: get<string>('legal.charge') }),
    place: present({ code: get<string>('place.code') }),
    seen: present({
      first: get<string>('firstSeen'),
      last: get<string>('lastSeen'),
      startCensored: get<boolean>('startCensored'),
      endCensored,
      missedDays: get<number>('missedDays'),
    }),
    ...(field !== undefined && to && date !== undefined
      ? { change: { field, to, date, ...present({ from: get<Coded>('change.from') }) } }
      : {}),
    claims,
    sealed,
    flags,
  }
}

function identityPart(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    if ('at' in value) return String(value.at)
    if ('source' in value) return String(value.source)
  }
  return String(value)
}

function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
}

function rejectRaw(item: RawItem, mapping: Mapping): Reject {
  const problem = item.problem ?? { code: 'cell-count' as const, value: '' }
  const column = problem.columnName ?? (problem.column === undefined ? '' : (mapping.names[problem.column] ?? ''))
  const at = { line: item.line, column, value: shorten(problem.value), code: problem.code, row: 'rejected' as const }
  const { sourceId } = mapping
  // Only a line that was cut into its cells tells whose it is.
  if (problem.column === undefined || problem.column === sourceId.index) return at
  const text = normalise(item.cells[sourceId.index] ?? '', sourceId.column)
  const read = text === '' ? undefined : sourceId.read(text, sourceId, item.cells, mapping.reader)
  return read && 'value' in read ? { ...at, sourceId: String(read.value) } : at
}

function isClaim(target: Target): target is `claimed.${string}` {
  return target.startsWith('claimed.')
}

/** At most 200 characters, never half a character. */
export function shorten(value: string): string {
  return value.length <= 200 ? value : `${value.slice(0, 199).replace(/[\uD800-\uDBFF]$/, '')}…`
}

function normalise(cell: string, column: Column): string {
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
  return by?.lists[(cells[by.index] ?? '').trim()]
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
  const meant = list[text]
  if (typeof meant !== 'object') return { value: { value: String(meant), source: text, known: true } satisfies Coded }
  const { value, es, en } = meant
  return { value: { value, source: text, known: true, words: { es, en } } satisfies Coded }
}

function readClaim(text: string, field: Field): FieldResult {
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
