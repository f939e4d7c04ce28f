import { createHash } from 'node:crypto'
import { jcs } from '../kernel/json.ts'
import type { Sql, Transactions, Tx } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Register } from '../kernel/register.ts'
import { rebuildProjection } from './acts.ts'
import { appendGroup } from './append.ts'
import type { RecordContext } from './context.ts'
import { serviceAct } from './house-keeping.ts'
import { ensureKeys } from './prior.ts'
import type { Registry } from './registry.ts'
import { compare, rebuild, standBeside } from './replay.ts'

export type ProjectorVersion = { readonly version: number; readonly digest: string }

export type Rebuilt = {
  readonly register: string
  /** Absent where nobody had kept by which version it was made. */
  readonly from?: ProjectorVersion
  readonly to: ProjectorVersion
  readonly removed: number
  readonly added: number
}

export type RebuildResult = {
  readonly rebuilt: readonly Rebuilt[]
  /** How many entries the registers were made from; 0 when none had to be. */
  readonly entries: number
  /** Entries whose sections do not open. */
  readonly closed: number
}

/**
 * Makes anew the registers whose projector is another than the one that made them: beside the old ones, so that it can be
 * counted which rows differ; then the difference is written, the act `projection.rebuild` appended and the version kept,
 * in the same transaction. Nobody else may write meanwhile; `database` owns the tables. A record without entries only
 * learns the versions. `onBegin` hears which registers, before the work.
 */
export async function rebuildChanged(
  record: RecordContext,
  database: Sql & Transactions,
  onBegin: (registers: readonly string[]) => void = () => {},
): Promise<RebuildResult> {
  const { registry } = record
  const kept = await keptVersions(database)
  const changed = registry.registers.filter(
    (register) => kept.get(register.table)?.digest !== versionOf(registry, register).digest,
  )
  if (changed.length === 0) return { rebuilt: [], entries: 0, closed: 0 }
  const [first] = await database.rows('select from entry limit 1')
  if (first === undefined) {
    await database.run(async (tx) => keepVersions(tx, registry, changed, record.clock.now().toString()))
    return { rebuilt: [], entries: 0, closed: 0 }
  }
  onBegin(changed.map(({ table }) => table))
  return database.run((tx) => makeAnew(record, tx, changed, kept))
}

async function makeAnew(
  record: RecordContext,
  tx: Tx,
  changed: readonly Register[],
  kept: ReadonlyMap<string, ProjectorVersion>,
): Promise<RebuildResult> {
  const { registry, clock } = record
  await standBeside(tx, changed)
  const unreadable = new Set<string>()
  const narrowed = { ...record, registry: { ...registry, registers: changed } }
  const entries = await rebuild(narrowed, tx, unreadable, () => {})
  await tx.settle()
  const rebuilt: Rebuilt[] = []
  for (const register of changed) {
    const [difference] = await compare(tx, register)
    const from = kept.get(register.table)
    rebuilt.push({
      register: register.table,
      ...(from && { from }),
      to: versionOf(registry, register),
      removed: difference?.onlyInRegister ?? 0,
      added: difference?.onlyInReplay ?? 0,
    })
  }
  // Of all registers first what goes, then what comes: keys between them are looked at in the end.
  for (const register of changed) tx.write(removal(register))
  for (const { table } of changed) tx.write(insertion(table))
  tx.write('set local search_path = public')
  tx.write('drop schema replay cascade')
  const now = clock.now().toString()
  keepVersions(tx, registry, changed, now)
  await tx.settle()
  const result = { rebuilt, entries, closed: unreadable.size }
  await enter(record, tx, result, now)
  return result
}

/** Rows are compared whole, and deleted by the columns that tell them apart. */
const removal = ({ table, key }: Register): string =>
  `delete from public.${table} t
   using (select * from public.${table} except all select * from replay.${table}) d
   where ${key.map((name) => `t.${name} = d.${name}`).join(' and ')}`

const insertion = (table: string): string =>
  `insert into public.${table} select * from replay.${table} except all select * from public.${table}`

async function enter(record: RecordContext, tx: Tx, result: RebuildResult, now: string): Promise<void> {
  const { rebuilt: registers, entries, closed } = result
  const data = { act: { registers, entries, closed } }
  // Its id has the time: a program may go back and forth between two versions.
  const act = serviceAct(rebuildProjection, data, record.clock, [now])
  await record.keys.begin(tx, record.clock.now())
  await ensureKeys(record, [act], (work) => work(tx))
  const [outcome] = await appendGroup(record, tx, [act], true)
  if (isRefusal(outcome)) throw new Error(`a rebuild was refused: ${outcome.code}`)
}

async function keptVersions(sql: Sql): Promise<Map<string, ProjectorVersion>> {
  const rows = await sql.rows<ProjectorVersion & { register: string }>(
    'select register, version, digest from register_version',
  )
  return new Map(rows.map(({ register, version, digest }) => [register, { version, digest }]))
}

/** Writes down that these registers are now as the program makes them. */
export function keepVersions(tx: Tx, registry: Registry, registers: readonly Register[], now: string): void {
  const versions = registers.map((register) => versionOf(registry, register))
  tx.write(
    `insert into register_version (register, version, digest, made)
     select register, version, digest, $4::timestamptz from unnest($1::text[], $2::integer[], $3::text[]) u(register, version, digest)
     on conflict (register) do update set version = excluded.version, digest = excluded.digest, made = excluded.made`,
    [
      registers.map(({ table }) => table),
      versions.map(({ version }) => version),
      versions.map(({ digest }) => digest),
      now,
    ],
  )
}

/** The version that the projector says it is of, with a digest that also tells what is declared beside it. */
export function versionOf({ acts }: Pick<Registry, 'acts'>, register: Register): ProjectorVersion {
  const { version, madeWith, scope, key, columns, kinds } = register
  const read = kinds.toSorted().map((kind) => [kind, acts.get(kind)?.v ?? null])
  const made = madeWith === undefined ? {} : { madeWith }
  const declared = jcs({ version, ...made, scope, key: [...key], columns: { ...columns }, kinds: read })
  return { version, digest: createHash('sha256').update(declared).digest('hex') }
}
