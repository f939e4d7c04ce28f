import type { Entry } from '../kernel/act.ts'
import type { Tx } from '../kernel/ports.ts'
import type { ColumnType, Register, Row } from '../kernel/register.ts'
import { effective, rootOf } from './effective.ts'

export type TableChange = { readonly register: Register; readonly remove: readonly Row[]; readonly add: readonly Row[] }

/**
 * What a batch of entries changes in the registers: pure, from the entries that were there before and those that come.
 * `prior` must hold every entry of the touched subjects that a fold looks at (`priorNeeds` in registry.ts says which).
 */
export function project(
  registers: readonly Register[],
  prior: readonly Entry[],
  batch: readonly Entry[],
): TableChange[] {
  const byId = new Map<string, Entry>()
  for (const entry of prior) byId.set(entry.id, entry)
  for (const entry of batch) byId.set(entry.id, entry)
  const roots = new Map<Entry, Entry>()
  for (const entry of byId.values()) {
    const root = rootOf(entry, byId)
    if (root) roots.set(entry, root)
  }
  const groups = { before: group(prior, roots), after: group([...byId.values()], roots) }

  const changes: TableChange[] = []
  for (const register of registers) {
    const kinds = new Set(register.kinds)
    const touched = new Set<string>()
    for (const entry of batch) {
      const root = roots.get(entry)
      if (root && kinds.has(root.kind)) touched.add(keyOf(register.scope, root))
    }
    const remove: Row[] = []
    const add: Row[] = []
    for (const key of touched) {
      const before = groups.before[register.scope].get(key)
      const after = groups.after[register.scope].get(key) as Entry[]
      difference(
        before ? rowsOf(register, kinds, before, roots) : [],
        rowsOf(register, kinds, after, roots),
        remove,
        add,
      )
    }
    if (remove.length + add.length > 0) changes.push({ register, remove, add })
  }
  return changes
}

function rowsOf(
  register: Register,
  kinds: ReadonlySet<string>,
  entries: readonly Entry[],
  roots: ReadonlyMap<Entry, Entry>,
) {
  const own = entries.filter((entry) => kinds.has((roots.get(entry) as Entry).kind))
  const facts = effective(own)
  return facts.length === 0 ? [] : register.rows(facts)
}

type Groups = Record<Register['scope'], Map<string, Entry[]>>

function group(entries: readonly Entry[], roots: ReadonlyMap<Entry, Entry>): Groups {
  const groups: Groups = { entry: new Map(), custody: new Map(), person: new Map(), facility: new Map() }
  for (const entry of entries) {
    const root = roots.get(entry)
    if (!root) continue
    for (const scope of ['entry', 'custody', 'person', 'facility'] as const) {
      const key = keyOf(scope, root)
      const members = groups[scope].get(key)
      if (members) members.push(entry)
      else groups[scope].set(key, [entry])
    }
  }
  return groups
}

function keyOf(scope: Register['scope'], root: Entry): string {
  if (scope === 'entry') return root.id
  if (scope === 'facility') return root.facility
  return (scope === 'custody' ? root.custody : root.person) ?? ''
}

/** Rows are compared as text: both sides come from the same functions, so equal rows have equal text. */
function difference(before: readonly Row[], after: readonly Row[], remove: Row[], add: Row[]): void {
  if (before.length === 0) {
    for (const row of after) add.push(row)
    return
  }
  const old = new Map(before.map((row) => [JSON.stringify(row), row]))
  for (const row of after) if (!old.delete(JSON.stringify(row))) add.push(row)
  for (const row of old.values()) remove.push(row)
}

/** Sends the difference: per table first what goes, then what comes, as two statements (overlap keys are immediate). */
export function writeChanges(tx: Tx, changes: readonly TableChange[]): void {
  for (const { register, remove, add } of changes) {
    if (remove.length > 0) {
      const columns = register.key.map((name) => [name, register.columns[name] as ColumnType] as const)
      const match = columns.map(([name]) => `t.${name} = k.${name}`).join(' and ')
      tx.write(`delete from ${register.table} t using (${unnest(columns)}) k where ${match}`, arrays(columns, remove))
    }
    if (add.length > 0) {
      const columns = Object.entries(register.columns)
      const names = columns.map(([name]) => name).join(', ')
      tx.write(`insert into ${register.table} (${names}) ${unnest(columns)}`, arrays(columns, add))
    }
  }
}

/** Scalars travel in arrays of their own type; what has no simple array form travels as text and is cast by the server. */
const wire: Record<ColumnType, string> = {
  uuid: 'uuid',
  text: 'text',
  'text[]': 'text',
  bigint: 'bigint',
  integer: 'integer',
  boolean: 'boolean',
  jsonb: 'text',
  timestamptz: 'timestamptz',
  tstzrange: 'tstzrange',
  date: 'date',
  numeric: 'numeric',
}

function unnest(columns: readonly (readonly [string, ColumnType])[]): string {
  const parameters = columns.map(([, type], i) => `$${i + 1}::${wire[type]}[]`).join(', ')
  const names = columns.map(([name]) => name)
  const casts = columns.map(([name, type]) => (wire[type] === type ? `u.${name}` : `u.${name}::${type} as ${name}`))
  return `select ${casts.join(', ')} from unnest(${parameters}) as u(${names.join(', ')})`
}

function arrays(columns: readonly (readonly [string, ColumnType])[], rows: readonly Row[]): unknown[] {
  return columns.map(([name, type]) =>
    rows.map((row) => {
      const value = row[name]
      if (value === null || value === undefined) return null
      if (type === 'jsonb') return JSON.stringify(value)
      return type === 'text[]' ? `{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}` : value
    }),
  )
}
