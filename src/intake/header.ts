import type { FileRefusal } from './messages.ts'
import { refuseFile } from './messages.ts'
import type { TableProfile } from './profile.ts'

/** Column of the profile → index of its cell. */
export type HeaderIndex = ReadonlyMap<string, number>

export type HeaderRead =
  | { readonly ok: true; readonly index: HeaderIndex }
  | { readonly ok: false; readonly refusal: FileRefusal }

/**
 * Finds each column of the profile by its name or an alias, never by position. Refused, in this order: a column that
 * stands twice, a first line with no expected column at all, a lacking column, a column nobody accounted for.
 */
export function resolveHeader(header: readonly string[], profile: TableProfile): HeaderRead {
  const names = headerNames(profile)
  const key = keyOf(profile)
  const index = new Map<string, number>()
  const doubled = new Set<string>()
  const unaccounted: string[] = []
  const seen = new Set<string>()
  header.forEach((cell, position) => {
    const name = names.get(key(cell))
    if (seen.has(key(cell)) || (name !== undefined && index.has(name))) doubled.add(shown(cell, position))
    else if (name === undefined) unaccounted.push(shown(cell, position))
    else index.set(name, position)
    seen.add(key(cell))
  })
  const lacking = Object.entries(profile.columns)
    .filter(([name, column]) => !column.optional && !index.has(name))
    .map(([name]) => name)
  // Nothing of the file is repeated here: without a header its first line is about a person.
  if (index.size === 0) return refuse('header-missing', lacking)
  if (doubled.size > 0) return refuse('header-doubled', [...doubled])
  if (lacking.length > 0) return refuse('column-missing', lacking)
  if (unaccounted.length > 0) return refuse('column-unaccounted', unaccounted)
  return { ok: true, index }
}

/** Every name and alias a header may use → column of the profile. */
export function headerNames(profile: TableProfile): Map<string, string> {
  const key = keyOf(profile)
  const names = new Map<string, string>()
  for (const [name, column] of Object.entries(profile.columns)) {
    for (const alias of [name, ...(column.aliases ?? [])]) names.set(key(alias), name)
  }
  return names
}

function keyOf(profile: TableProfile): (cell: string) => string {
  return profile.format.headerCase === 'exact' ? (cell) => cell.trim() : (cell) => cell.trim().toLowerCase()
}

function shown(cell: string, position: number): string {
  const name = cell.trim()
  return name === '' ? `(${position + 1})` : name.slice(0, 60)
}

function refuse(code: FileRefusal['code'], columns: readonly string[]): HeaderRead {
  return { ok: false, refusal: refuseFile(code, { line: 1, columns: columns.slice(0, 30) }) }
}
