import { basename } from 'node:path'
import { isRefusal } from '../kernel/refusal.ts'
import { CsvParser } from './csv.ts'
import { compileDateForm, TimeReader } from './dates.ts'
import { headerNames, resolveHeader } from './header.ts'
import type { MapContext, Mapping } from './map.ts'
import { mapRow, prepareMapping } from './map.ts'
import type { FileRefusal } from './messages.ts'
import { refuseFile } from './messages.ts'
import { NdjsonParser } from './ndjson.ts'
import type { TableProfile } from './profile.ts'
import { fileNamePattern } from './profile.ts'
import type { MappedRow, Reject } from './row.ts'
import type { Opened } from './source.ts'
import { digestFile, openSource, readSource } from './source.ts'
import type { Limits, RecordParser } from './window.ts'
import { defaultLimits } from './window.ts'

export interface ReadOptions {
  /** `byteOffset` of the last batch that was taken. */
  readonly resumeFromByte?: number
  readonly limits?: Partial<Limits>
  /** What counts as the future. */
  readonly now: Temporal.Instant
  /** File name for the as-of date when the file lies under another name. */
  readonly fileName?: string
}

export type MappedEvent =
  | {
      readonly kind: 'batch'
      readonly rows: readonly MappedRow[]
      /** Rejected rows and, with `row: 'kept'`, remarks on rows that are in `rows`. */
      readonly rejects: readonly Reject[]
      /** Rows of the source in this batch: `rows` plus the rejected ones. */
      readonly read: number
      readonly line: number
      readonly byteOffset: number
    }
  | { readonly kind: 'end'; readonly blankLines: number }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }

export type MappedFile =
  | {
      readonly ok: true
      /** SHA-256 of the file on disk, known before the first row. */
      readonly digest: string
      readonly bytes: number
      readonly asOf?: string
      readonly events: AsyncGenerator<MappedEvent, void, undefined>
    }
  | { readonly ok: false; readonly refusal: FileRefusal }

/**
 * Opens a file under a profile and streams typed rows, at most `batchRowsMax` a batch. A refusal that shows itself
 * only later in the file comes as an event; look with `inspectFile` first to take all or nothing.
 */
export async function readMapped(path: string, profile: TableProfile, options: ReadOptions): Promise<MappedFile> {
  const limits = { ...defaultLimits, ...options.limits }
  const opened = await openSource(path)
  if (isRefusal(opened)) return { ok: false, refusal: opened }
  const digest = await digestFile(path)
  const asOf = await asOfOf(path, opened, profile, options, limits)
  if (typeof asOf === 'object') return { ok: false, refusal: asOf }
  const context: MapContext = { nowMs: options.now.epochMilliseconds, ...(asOf === undefined ? {} : { asOf }) }
  const parser = parserFor(profile, limits, options.resumeFromByte)
  const events = mapEvents({ path, opened, profile, parser, limits, context, digest })
  return { ok: true, digest, bytes: opened.bytes, ...(asOf === undefined ? {} : { asOf }), events }
}

export type Inspected =
  | {
      readonly ok: true
      readonly digest: string
      readonly asOf?: string
      readonly read: number
      readonly rejected: number
      readonly remarks: number
    }
  | { readonly ok: false; readonly refusal: FileRefusal }

/** Reads the whole file and keeps nothing of it: whether it can be read to its end, and what it holds. */
export async function inspectFile(path: string, profile: TableProfile, options: ReadOptions): Promise<Inspected> {
  const file = await readMapped(path, profile, options)
  if (!file.ok) return file
  let read = 0
  let rejected = 0
  let remarks = 0
  for await (const event of file.events) {
    if (event.kind === 'refused') return { ok: false, refusal: event.refusal }
    if (event.kind === 'end') continue
    read += event.read
    rejected += event.read - event.rows.length
    remarks += event.rejects.filter((one) => one.row === 'kept').length
  }
  return {
    ok: true,
    digest: file.digest,
    ...(file.asOf === undefined ? {} : { asOf: file.asOf }),
    read,
    rejected,
    remarks,
  }
}

export type Checked =
  | { readonly ok: true; readonly digest: string; readonly read: number }
  | { readonly ok: false; readonly refusal: FileRefusal }

/**
 * Reads the whole file for its form only (header, quotes, compression), at the speed of the disk: whether every line
 * can be reached, and how many there are. Before an import, so that a file refused in line 9,000 has left nothing.
 */
export async function checkFile(
  path: string,
  profile: TableProfile,
  options: Pick<ReadOptions, 'limits'> = {},
): Promise<Checked> {
  const limits = { ...defaultLimits, ...options.limits }
  const opened = await openSource(path)
  if (isRefusal(opened)) return { ok: false, refusal: opened }
  const parser = parserFor(profile, limits)
  let read = 0
  for await (const event of readSource(path, opened, parser, limits)) {
    const header = parser.header && resolveHeader(parser.header, profile)
    if (header?.ok === false) return header
    if (event.kind === 'refused') return { ok: false, refusal: event.refusal }
    if (event.kind === 'end') return { ok: true, digest: event.digest, read }
    read += event.items.length
  }
  throw new Error('a source always closes with its end or a refusal')
}

interface Reading {
  readonly path: string
  readonly opened: Opened
  readonly profile: TableProfile
  readonly parser: RecordParser
  readonly limits: Limits
  readonly context: MapContext
  readonly digest: string
}

async function* mapEvents(reading: Reading): AsyncGenerator<MappedEvent, void, undefined> {
  const { path, opened, profile, parser, limits, context, digest } = reading
  let mapping: Mapping | FileRefusal | undefined
  for await (const event of readSource(path, opened, parser, limits)) {
    if (event.kind === 'refused') {
      // A broken header is the better explanation of what went wrong after it.
      mapping ??= parser.header && mappingFor(parser.header, profile)
      return yield { kind: 'refused', refusal: mapping && isRefusal(mapping) ? mapping : event.refusal }
    }
    mapping ??= mappingFor(parser.header ?? [], profile)
    if (isRefusal(mapping)) return yield { kind: 'refused', refusal: mapping }
    if (event.kind === 'end') {
      if (event.digest !== digest) return yield { kind: 'refused', refusal: refuseFile('file-changed') }
      return yield { kind: 'end', blankLines: event.blankLines }
    }
    const rows: MappedRow[] = []
    const rejects: Reject[] = []
    for (const item of event.items) {
      const mapped = mapRow(item, mapping, context)
      if (mapped.ok) rows.push(mapped.row)
      for (const one of mapped.ok ? mapped.row.flags : mapped.rejects) rejects.push(one)
    }
    yield { kind: 'batch', rows, rejects, read: event.items.length, line: event.line, byteOffset: event.byteOffset }
  }
}

function mappingFor(header: readonly string[], profile: TableProfile): Mapping | FileRefusal {
  const read = resolveHeader(header, profile)
  return read.ok ? prepareMapping(profile, read.index) : read.refusal
}

export function parserFor(profile: TableProfile, limits: Limits, resumeFromByte?: number): RecordParser {
  const { format } = profile
  if (format.type === 'csv') return new CsvParser(format, limits, resumeFromByte)
  const columns = Object.keys(profile.columns)
  const keys = new Map<string, number>()
  for (const [alias, name] of headerNames({ ...profile, format: { ...format, headerCase: 'exact' } })) {
    keys.set(alias, columns.indexOf(name))
  }
  return new NdjsonParser(columns, keys, limits, resumeFromByte)
}

/** The day the file speaks for, a refusal when it is not where the profile says, or nothing when none is needed. */
async function asOfOf(
  path: string,
  opened: Opened,
  profile: TableProfile,
  options: ReadOptions,
  limits: Limits,
): Promise<string | FileRefusal | undefined> {
  const { asOf } = profile
  if (asOf === undefined) return undefined
  if ('fileName' in asOf) {
    const groups = fileNamePattern(asOf.fileName)?.exec(options.fileName ?? basename(path))?.groups
    return groups ? dateOf(groups) : refuseFile('as-of-missing')
  }
  const parser = parserFor(profile, limits)
  for await (const event of readSource(path, opened, parser, { ...limits, batchRowsMax: 1 })) {
    if (event.kind === 'refused') return event.refusal
    const header = resolveHeader(parser.header ?? [], profile)
    if (!header.ok) return header.refusal
    if (event.kind === 'end') break
    const item = event.items[0]
    const cell = item?.cells[header.index.get(asOf.column) ?? -1]?.trim()
    // A first line that cannot be read says no date; the next that can, does.
    if (!item || item.problem || cell === undefined) continue
    const forms = (profile.columns[asOf.column]?.dates ?? profile.dates).map(compileDateForm)
    const reader = new TimeReader(profile.facility.zone, { repeated: 'earlier', missing: 'earlier' })
    const date = reader.readDate(
      cell,
      forms.filter((form) => form !== undefined),
    )
    return date === 'date-form' || date === 'date-not-real' ? refuseFile('as-of-missing', { line: item.line }) : date
  }
  return refuseFile('as-of-missing')
}

function dateOf(groups: Readonly<Record<string, string | undefined>>): string | FileRefusal {
  const { year, month, day } = groups
  try {
    return Temporal.PlainDate.from(
      { year: Number(year), month: Number(month), day: Number(day) },
      { overflow: 'reject' },
    ).toString()
  } catch (error) {
    if (error instanceof RangeError) return refuseFile('as-of-missing')
    throw error
  }
}
