import type { Entry } from '../kernel/act.ts'
import type { Sql, Transactions, Tx } from '../kernel/ports.ts'
import type { Register } from '../kernel/register.ts'
import type { RecordContext } from './context.ts'
import { entryOf, loadIntactKeys, openEntry, STORED, type StoredEntry } from './open.ts'
import { project, writeChanges } from './project.ts'
import { isAmendment, type Registry } from './registry.ts'

/** A register that is not what the record says. Rows are named by their key columns alone. */
export type RegisterDifference = {
  readonly table: string
  readonly onlyInRegister: number
  readonly onlyInReplay: number
  readonly examples: readonly Readonly<Record<string, unknown>>[]
}

export type ReplayResult = {
  readonly entries: number
  readonly differences: readonly RegisterDifference[]
  /** Entries whose sections do not open: rebuilt as if expunged; the audit says why. */
  readonly unreadable: readonly string[]
}

const BATCH_ENTRIES = 2_000
const EXAMPLES_MAX = 5

/**
 * Rebuilds every register from the record beside the stored one, in the same snapshot, and says where they differ.
 * Changes nothing: the rebuilt tables are rolled back. `onProgress` hears the entries done.
 */
export async function replay(
  record: RecordContext,
  database: Sql & Transactions,
  onProgress: (entries: number) => void = () => {},
): Promise<ReplayResult> {
  return beside(record, database, async (tx) => {
    const unreadable = new Set<string>()
    const entries = await rebuild(record, tx, unreadable, onProgress)
    await tx.settle()
    const differences = []
    for (const register of record.registry.registers) differences.push(...(await compare(tx, register)))
    return { entries, differences, unreadable: [...unreadable] }
  })
}

/**
 * The same for the custodies of some people, taken at random: quick, and finds a changed or a missing row of theirs (not
 * one that was added). Answers the registers that differ.
 */
export async function replaySample(
  record: RecordContext,
  database: Sql & Transactions,
  people: number,
): Promise<{ readonly custodies: number; readonly differing: readonly string[] }> {
  return beside(record, database, async (tx) => {
    const stored = await tx.rows<StoredEntry>(
      `select ${STORED} from entry where custody = any(array(
         select id from subject where kind = 'custody' and person = any(array(
           select person from subject where kind = 'custody' and person is not null order by random() limit $1)))) order by n`,
      [people],
    )
    const opened = await openAll(record, tx, stored, new Set())
    writeChanges(tx, project(record.registry.registers, [], opened(stored)))
    await tx.settle()
    const differing = []
    for (const { table } of record.registry.registers) {
      const rows = await tx.rows(`(select * from replay.${table} except all select * from public.${table}) limit 1`)
      if (rows.length > 0) differing.push(table)
    }
    return { custodies: new Set(stored.map(({ custody }) => custody)).size, differing }
  })
}

/** Runs the work in one snapshot over empty registers that stand before the true ones, and undoes all of it. */
async function beside<T>(
  { registry }: RecordContext,
  database: Sql & Transactions,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  let result: { readonly value: T } | undefined
  await database
    .run(async (tx) => {
      await standBeside(tx, registry.registers)
      result = { value: await work(tx) }
      throw new Undo()
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undo)) throw error
    })
  if (!result) throw new Error('replay answered nothing')
  return result.value
}

class Undo extends Error {}

/** Takes one snapshot, and makes empty tables that stand before these registers; the transaction has done nothing yet. */
export async function standBeside(tx: Tx, registers: readonly Register[]): Promise<void> {
  tx.write('set transaction isolation level repeatable read')
  tx.write('create schema replay')
  for (const { table } of registers) {
    tx.write(
      `create table replay.${table} (like public.${table} including defaults including constraints including indexes)`,
    )
  }
  tx.write('set local search_path = replay, public')
  await tx.settle()
}

/**
 * Makes every register anew from the entries, in the caller's transaction: what stood there goes. For a record that was
 * loaded from a copy; the same projection as when the entries came. Answers the entries whose sections do not open.
 */
export async function rebuildRegisters(
  record: RecordContext,
  tx: Tx,
  onProgress: (entries: number) => void = () => {},
): Promise<Pick<ReplayResult, 'entries' | 'unreadable'>> {
  for (const { table } of record.registry.registers) tx.write(`delete from ${table}`)
  const unreadable = new Set<string>()
  const entries = await rebuild(record, tx, unreadable, onProgress)
  return { entries, unreadable: [...unreadable] }
}

/** Projects every entry into the registers of `record`, as they are found by the search path. Answers how many entries. */
export async function rebuild(
  record: RecordContext,
  tx: Tx,
  unreadable: Set<string>,
  onProgress: (entries: number) => void,
): Promise<number> {
  let after = 0
  let done = 0
  for (;;) {
    const stored = await tx.rows<StoredEntry>(
      `select ${STORED} from entry where n > $1 order by n limit ${BATCH_ENTRIES}`,
      [after],
    )
    const last = stored.at(-1)
    if (!last) return done
    const prior = await loadEarlier(record.registry, tx, stored)
    const open = await openAll(record, tx, [...stored, ...prior], unreadable)
    writeChanges(tx, project(record.registry.registers, open(prior), open(stored)))
    await tx.settle()
    after = last.n
    done += stored.length
    onProgress(done)
  }
}

/** Loads the keys of these entries; what it answers opens any of them, as if expunged where that cannot be. */
async function openAll(
  record: RecordContext,
  tx: Tx,
  stored: readonly StoredEntry[],
  unreadable: Set<string>,
): Promise<(entries: readonly StoredEntry[]) => Entry[]> {
  const closed = await loadIntactKeys(tx, record.keys, stored)
  return (entries) =>
    entries.map((entry) => {
      try {
        if (!closed.has(entry)) return openEntry(entry, record)
      } catch {
        // A changed byte: AES-GCM opens nothing of it.
      }
      unreadable.add(entry.id)
      return entryOf(entry, {})
    })
}

/** The earlier entries that the folds of this batch look at, as `prior.ts` loads them for a group of acts. */
async function loadEarlier(registry: Registry, tx: Tx, batch: readonly StoredEntry[]): Promise<StoredEntry[]> {
  const first = (batch[0] as StoredEntry).n
  const begun = new Set(batch.filter(({ nth }) => nth === 1).map(({ custody }) => custody))
  const whole = new Set<string>()
  const folded = new Set<string>()
  const people = new Set<string>()
  const facilities = new Set<string>()
  for (const { kind, custody, facility } of batch) {
    const amends = isAmendment(kind)
    if (custody === null) {
      if (amends || registry.folded.facility.has(kind)) facilities.add(facility)
      continue
    }
    if (amends) whole.add(custody)
    else if (registry.folded.custody.has(kind) && !begun.has(custody)) folded.add(custody)
    if (amends || registry.folded.person.has(kind)) people.add(custody)
  }
  const answers = await Promise.all([
    whole.size > 0 && tx.rows<StoredEntry>(EARLIER_WHOLE, [first, [...whole]]),
    folded.size > 0 && tx.rows<StoredEntry>(EARLIER_FOLDED, [first, [...folded], [...registry.folded.custody]]),
    people.size > 0 && tx.rows<StoredEntry>(EARLIER_PEOPLE, [first, [...people], [...registry.folded.person]]),
    facilities.size > 0 && tx.rows<StoredEntry>(EARLIER_FACILITY, [first, [...facilities]]),
  ])
  return [...new Map(answers.flatMap((rows) => rows || []).map((row) => [row.n, row])).values()]
}

const AMENDING = "'{entry.correct,entry.withdraw}'::text[]"
const EARLIER_WHOLE = `select ${STORED} from entry where n < $1 and custody = any($2::uuid[]) order by n`
const EARLIER_FOLDED = `select ${STORED} from entry where n < $1 and custody = any($2::uuid[]) and kind = any($3::text[] || ${AMENDING}) order by n`
const EARLIER_PEOPLE = `
select ${STORED} from entry
where n < $1 and kind = any($3::text[] || ${AMENDING}) and custody = any(array(
  select id from subject where kind = 'custody' and person = any(array(select person from subject where id = any($2::uuid[])))))
order by n`
const EARLIER_FACILITY = `select ${STORED} from entry where n < $1 and custody is null and facility = any($2::text[]) order by n`

/** How a register differs from the one that stands beside it. */
export async function compare(tx: Tx, { table, key }: Register): Promise<RegisterDifference[]> {
  const columns = key.map((name) => `x.${name}`).join(', ')
  const differs = (one: string, other: string) =>
    tx.rows<Record<string, unknown>>(
      `with d as (select * from ${one}.${table} except all select * from ${other}.${table})
       select (select count(*) from d)::integer as different_rows, ${columns} from d x limit ${EXAMPLES_MAX}`,
    )
  const [inRegister, inReplay] = await Promise.all([differs('public', 'replay'), differs('replay', 'public')])
  if (inRegister.length + inReplay.length === 0) return []
  const bare = ({ different_rows: _count, ...row }: Record<string, unknown>) => row
  return [
    {
      table,
      onlyInRegister: (inRegister[0]?.different_rows as number | undefined) ?? 0,
      onlyInReplay: (inReplay[0]?.different_rows as number | undefined) ?? 0,
      examples: [...inRegister, ...inReplay].slice(0, EXAMPLES_MAX).map(bare),
    },
  ]
}
