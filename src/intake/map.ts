import type { SourceTime } from './dates.ts'
import { compileDateForm, TimeReader } from './dates.ts'
import type { Field } from './fields.ts'
import { bearing, isClaim, normalise, readClaim, readers } from './fields.ts'
import type { HeaderIndex } from './header.ts'
import type { RowProblemCode } from './messages.ts'
import type { TableProfile, Target } from './profile.ts'
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
  const today = mapping.reader.dateAt(context.nowMs)
  for (const target of ['person.birthDate', 'firstSeen', 'lastSeen', 'change.date'] as const) {
    const date = values.get(target) as string | undefined
    if (date !== undefined && date > today) yield [target, 'time-future', false]
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

/** Only what is there: an absent key and `undefined` would differ when rows are compared. */
function present<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const there: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const key in values) {
    const value = values[key]
    if (value !== undefined) there[key] = value as Exclude<T[typeof key], undefined>
  }
  return there
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

/** At most 200 characters, never half a character. */
export function shorten(value: string): string {
  return value.length <= 200 ? value : `${value.slice(0, 199).replace(/[\uD800-\uDBFF]$/, '')}…`
}
