import type { Entry } from '../kernel/act.ts'
import type { Tx } from '../kernel/ports.ts'
import type { ColumnType, Register, Row } from '../kernel/register.ts'
import { effective, rootOf } from './effective.ts'

export type TableChange = { readonly register: Register; readonly remove: readonly Row[]; readonly add: readonly Row[] }

/**
 * What a batch of entries changes in the registers: pure, from the entries that were there before and those that come.
 * `prior` must hold every entry of the touched subjects that a fold looks at (`needsOf` in prior.ts says which).
 */
export const project = (
  registers: readonly Register[],
  prior: readonly Entry[],
  batch: readonly Entry[],
): TableChange[] => [...projecting(registers, prior, batch)]

/** The same register by register: the server writes the first while the next is still computed. */
export function* projecting(
  registers: readonly Register[],
  prior: readonly Entry[],
  batch: readonly Entry[],
): Generator<TableChange> {
  const world = new World(prior, batch)
  for (const register of registers) {
    const kinds = kindsOf(register)
    const touched = new Set<string>()
    for (const entry of batch) {
      const root = world.rootOf(entry)
      if (root && kinds.has(root.kind)) touched.add(keyOf(register.scope, root))
    }
    const remove: Row[] = []
    const add: Row[] = []
    for (const key of touched) {
      const { before, after } = world.about(register.scope, key)
      const rows = (entries: readonly Entry[]) => rowsOf(register, kinds, entries, world)
      difference(rows(before), rows(after), remove, add)
    }
    if (remove.length + add.length > 0) yield { register, remove, add }
  }
}

/**
 * What changes in the registers when entries read otherwise than before (sections expunged, sealed, opened again): pure.
 * Both sides hold every entry of the touched subjects.
 */
export function changesBetween(
  registers: readonly Register[],
  before: readonly Entry[],
  after: readonly Entry[],
): TableChange[] {
  const worlds = [new World(before, []), new World(after, [])] as const
  return registers.flatMap((register) => {
    const kinds = kindsOf(register)
    const [old, now] = worlds.map((world) =>
      world
        .keys(register.scope)
        .flatMap((key) => rowsOf(register, kinds, world.about(register.scope, key).after, world)),
    ) as [Row[], Row[]]
    const remove: Row[] = []
    const add: Row[] = []
    difference(old, now, remove, add)
    return remove.length + add.length > 0 ? [{ register, remove, add }] : []
  })
}

function rowsOf(register: Register, kinds: ReadonlySet<string>, entries: readonly Entry[], world: World) {
  if (entries.length === 0) return []
  const own = entries.filter((entry) => kinds.has(world.rootOf(entry)?.kind ?? ''))
  const facts = effective(own)
  return facts.length === 0 ? [] : register.rows(facts)
}

const kindSets = new WeakMap<Register, ReadonlySet<string>>()

function kindsOf(register: Register): ReadonlySet<string> {
  const known = kindSets.get(register)
  if (known) return known
  const kinds = new Set(register.kinds)
  kindSets.set(register, kinds)
  return kinds
}

type About = { readonly before: Entry[]; readonly after: Entry[] }

/** The entries at hand by what they are about, grouped for a scope when a register of that scope first asks. */
class World {
  readonly #prior: readonly Entry[]
  /** Those of the batch that are not among the prior ones. */
  readonly #fresh: readonly Entry[]
  readonly #byId: ReadonlyMap<string, Entry>
  readonly #scopes = new Map<Register['scope'], Map<string, About>>()

  constructor(prior: readonly Entry[], batch: readonly Entry[]) {
    const byId = new Map(prior.map((entry) => [entry.id, entry]))
    this.#prior = prior
    this.#fresh = batch.filter(({ id }) => !byId.has(id))
    for (const entry of this.#fresh) byId.set(entry.id, entry)
    this.#byId = byId
  }

  /** The fact that an amendment is about in the end; undefined when it is not at hand. */
  rootOf(entry: Entry): Entry | undefined {
    return entry.amends === undefined ? entry : rootOf(entry, this.#byId)
  }

  about(scope: Register['scope'], key: string): About {
    return this.#groups(scope).get(key) as About
  }

  keys(scope: Register['scope']): string[] {
    return [...this.#groups(scope).keys()]
  }

  #groups(scope: Register['scope']): Map<string, About> {
    let groups = this.#scopes.get(scope)
    if (!groups) {
      groups = this.#group(scope)
      this.#scopes.set(scope, groups)
    }
    return groups
  }

  #group(scope: Register['scope']): Map<string, About> {
    const groups = new Map<string, About>()
    const put = (entry: Entry, isPrior: boolean) => {
      const root = this.rootOf(entry)
      if (!root) return
      const key = keyOf(scope, root)
      let about = groups.get(key)
      if (!about) {
        about = { before: [], after: [] }
        groups.set(key, about)
      }
      if (isPrior) about.before.push(entry)
      about.after.push(entry)
    }
    for (const entry of this.#prior) put(entry, true)
    for (const entry of this.#fresh) put(entry, false)
    return groups
  }
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
export function writeChanges(tx: Tx, changes: Iterable<TableChange>): void {
  for (const { register, remove, add } of changes) {
    const { removal, insertion } = statementsOf(register)
    if (remove.length > 0) tx.write(removal.text, arrays(removal.columns, remove))
    if (add.length > 0) tx.write(insertion.text, arrays(insertion.columns, add))
  }
}

type Column = readonly [name: string, type: ColumnType]
type Statement = { readonly text: string; readonly columns: readonly Column[] }
type Statements = { readonly removal: Statement; readonly insertion: Statement }

const statements = new WeakMap<Register, Statements>()

function statementsOf(register: Register): Statements {
  const known = statements.get(register)
  if (known) return known
  const { table, key } = register
  const keys = key.map((name): Column => [name, register.columns[name] as ColumnType])
  const match = key.map((name) => `t.${name} = k.${name}`).join(' and ')
  const columns: Column[] = Object.entries(register.columns)
  const names = columns.map(([name]) => name).join(', ')
  const made = {
    removal: { text: `delete from ${table} t using (${unnest(keys)}) k where ${match}`, columns: keys },
    insertion: { text: `insert into ${table} (${names}) ${unnest(columns)}`, columns },
  }
  statements.set(register, made)
  return made
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

function unnest(columns: readonly Column[]): string {
  const parameters = columns.map(([, type], i) => `$${i + 1}::${wire[type]}[]`).join(', ')
  const names = columns.map(([name]) => name)
  const casts = columns.map(([name, type]) => (wire[type] === type ? `u.${name}` : `u.${name}::${type} as ${name}`))
  return `select ${casts.join(', ')} from unnest(${parameters}) as u(${names.join(', ')})`
}

function arrays(columns: readonly Column[], rows: readonly Row[]): unknown[] {
  return columns.map(([name, type]) =>
    rows.map((row) => {
      const value = row[name]
      if (value === null || value === undefined) return null
      if (type === 'jsonb') return JSON.stringify(value)
      return type === 'text[]' ? `{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}` : value
    }),
  )
}
