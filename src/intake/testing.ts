/** Small helpers of this room's tests: files in a folder of their own, and a roster profile that shows every feature. */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileRefusal } from './messages.ts'
import { companionOf, type Profile, parseProfile, type TableProfile } from './profile.ts'
import { type MappedFile, parserFor, type ReadOptions, readMapped } from './read-file.ts'
import type { MappedRow, Reject } from './row.ts'
import type { RawItem } from './window.ts'
import { defaultLimits, type Limits } from './window.ts'

export const now = Temporal.Instant.from('2026-11-24T22:00:00Z')

export const sampleProfile = {
  name: 'sample',
  says: { es: 'Lista de muestra', en: 'Sample roster' },
  facility: { code: 'TEC', name: 'Tecoluca', zone: 'America/El_Salvador', country: 'SV' },
  format: { type: 'csv', delimiter: ',', quote: '"' },
  kind: 'roster',
  asOf: { fileName: 'roster_{YYYY-MM-DD}*' },
  identity: ['id', 'admitted'],
  discharge: ['released'],
  dates: ['YYYY-MM-DDTHH:mm:ss', 'YYYY-MM-DD HH:mm', 'YYYY-MM-DD'],
  values: { sex: { M: 'male', F: 'female' }, level: { MIN: 'MIN', MAX: 'MAX' } },
  columns: {
    id: { to: 'person.sourceId', shape: 'digits', aliases: ['person_id'] },
    admitted: { to: 'admittedAt' },
    released: { to: 'departedAt' },
    age: { to: 'person.ageYears' },
    sex: { to: 'person.sex', values: 'sex' },
    level: { to: 'custody.level', values: 'level' },
    given: { to: 'person.names.given' },
    note: { keep: 'sealed', reason: 'free text of the source' },
    race: { drop: 'people are not sorted by race' },
  },
} as const

export const sampleHeader = 'id,admitted,released,age,sex,level,given,note,race'

export function profileOf(value: unknown): Profile {
  const read = parseProfile(JSON.stringify(value))
  assert.ok(read.ok, read.ok ? '' : read.problems.join('\n'))
  return read.profile
}

export function companion(profile: Profile): TableProfile {
  const table = companionOf(profile)
  assert.ok(table)
  return table
}

/** A folder that is gone when the test is. */
export function folder(t: { after(fn: () => void): void }): (name: string, content: string | Uint8Array) => string {
  const path = mkdtempSync(join(tmpdir(), 'habeas-intake-'))
  t.after(() => rmSync(path, { recursive: true, force: true }))
  return (name, content) => {
    writeFileSync(join(path, name), content)
    return join(path, name)
  }
}

export interface Gathered {
  readonly rows: MappedRow[]
  readonly rejects: Reject[]
  readonly read: number
  readonly batches: readonly { readonly line: number; readonly byteOffset: number; readonly rows: number }[]
  readonly refusal?: FileRefusal
  readonly file: MappedFile
}

/** Everything at once: for small files only. */
export async function gather(
  path: string,
  profile: TableProfile,
  options: Partial<ReadOptions> = {},
): Promise<Gathered> {
  const file = await readMapped(path, profile, { now, ...options })
  const rows: MappedRow[] = []
  const rejects: Reject[] = []
  const batches: { line: number; byteOffset: number; rows: number }[] = []
  let read = 0
  if (!file.ok) return { rows, rejects, read, batches, refusal: file.refusal, file }
  for await (const event of file.events) {
    if (event.kind === 'refused') return { rows, rejects, read, batches, refusal: event.refusal, file }
    if (event.kind === 'end') continue
    rows.push(...event.rows)
    rejects.push(...event.rejects)
    read += event.read
    batches.push({ line: event.line, byteOffset: event.byteOffset, rows: event.rows.length })
  }
  return { rows, rejects, read, batches, file }
}

/** Bytes through a parser, cut where the test says. */
export function parseChunks(
  chunks: readonly Uint8Array[],
  profile: TableProfile,
  limits: Partial<Limits> = {},
): { items: RawItem[]; header: readonly string[] | undefined; refusal: FileRefusal | undefined; heldBytesMax: number } {
  const parser = parserFor(profile, { ...defaultLimits, ...limits })
  const items: RawItem[] = []
  let refusal: FileRefusal | undefined
  let heldBytesMax = 0
  for (const chunk of chunks) {
    refusal = parser.push(Buffer.from(chunk), items)
    heldBytesMax = Math.max(heldBytesMax, parser.heldBytes)
    if (refusal) break
  }
  refusal ??= parser.end(items)
  return { items, header: parser.header, refusal, heldBytesMax }
}
