import { importFile } from '../src/intake/import.ts'
import { loadProfile, type Profile } from '../src/intake/profile.ts'
import type { Entry } from '../src/kernel/act.ts'
import { derivedId } from '../src/kernel/ids.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import type { TableChange } from '../src/record/project.ts'
import { print, timed } from './figure.ts'
import {
  type BenchHouse,
  type BenchServer,
  commitMsOf,
  countEntries,
  dropDatabase,
  openHouse,
  startServer,
} from './house.ts'
import { peakOfImport } from './memory.ts'
import type { Options } from './record.ts'
import { entriesAfter, writtenBy } from './rows.ts'
import { type Lists, readLists, timesFive, writeLists } from './stays.ts'
import { copyInto, copyTextOf } from './yardsticks/copy.ts'
import { copyTables } from './yardsticks/tables.ts'
import { unnestBatch } from './yardsticks/unnest.ts'

/** Entries whose rows a yardstick writes in one transaction, as ours does. */
const BATCH_ENTRIES = 2_000

/**
 * Stays with their changes: the real list where it lies beside this folder, else one of its form. Each round imports the
 * whole of it into a fresh database.
 */
export async function benchImport({ rounds: wanted, quick }: Options): Promise<void> {
  const rounds = wanted ?? (quick ? 1 : 10)
  const server = await startServer()
  const lists = await readLists(quick ? 100 : undefined)
  const paths = await writeLists(server.folder, lists)
  const measured: Times[] = []
  for (let i = 0; i < rounds; i++) measured.push(await importRound(server, `stays_${i}`, paths))
  const { rows, commitMs } = measured.at(-1) as Times
  const facts = { unit: 's', rows, commitMs }
  const against = (yardstick: string, pick: 'raw' | 'copy') => ({
    yardstick,
    rounds: measured.map((times) => ({ value: times.ours, yardstick: times[pick] })),
    ...facts,
  })
  print({ name: 'import/stays/raw-unnest', ...against('raw unnest of the same register rows', 'raw') })
  print({ name: 'import/stays/copy', ...against('COPY of the same rows into tables without constraints', 'copy') })
  await benchMemory(server, lists, { rows, commitMs })
  await server.stop()
}

type Times = { ours: number; raw: number; copy: number; rows: number; commitMs: number }

async function importRound(
  server: BenchServer,
  name: string,
  paths: { stays: string; changes: string },
): Promise<Times> {
  const house = await openHouse(server, name)
  const { registers } = house.record.registry
  const commitMs = await commitMsOf(house.database)
  const ours = await timed(() => importStays(house, paths))
  const rows = await countEntries(house)
  const written = await rowsOfPersons(house)
  // Made only now: the import analyzes every table that there is.
  await copyTables(house.database, 'raw', registers, { rows: false })
  await copyTables(house.database, 'bare', registers, { rows: false, constraints: false })
  const raw = await timed(async () => {
    for (const [i, changes] of written.entries()) {
      await unnestBatch(house.database, 'raw', changes)
      if (i === 0) await house.database.rows('analyze')
    }
  })
  const texts = written.map((changes) => copyTextOf('bare', changes))
  const copy = await timed(() => copyInto(house.database, texts))
  await house.close()
  await dropDatabase(server, name)
  return { ours: ours / 1_000, raw: raw / 1_000, copy: copy / 1_000, rows, commitMs }
}

/** Peak memory of a process that imports the list, and of one that imports five of it. One round: it hardly varies. */
async function benchMemory(server: BenchServer, lists: Lists, facts: { rows: number; commitMs: number }) {
  const one = await peakOfImport(server, 'one_file', lists)
  const five = await peakOfImport(server, 'five_files', timesFive(lists))
  print({
    name: 'import/memory/one-file',
    unit: 'MB',
    yardstick: 'the same process over a fifth of the rows',
    rounds: [{ value: five, yardstick: one }],
    ...facts,
  })
}

export async function importStays(house: BenchHouse, paths: { stays: string; changes: string }): Promise<void> {
  const port = {
    database: house.database,
    clock: house.clock,
    actor: { officer: derivedId('officer', 'bench'), role: 'registrar' },
    appendBulk: house.tryBulk,
  }
  const profile = await profileOfStays()
  const result = await importFile(port, paths.stays, profile, { with: paths.changes })
  if (isRefusal(result)) throw new Error(`the list was refused: ${result.code} ${JSON.stringify(result.details)}`)
  await house.settle()
}

async function profileOfStays(): Promise<Profile> {
  const read = await loadProfile('nyc-spells')
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.profile
}

/** The rows that stand in the registers after the import, in batches of whole persons. */
async function rowsOfPersons(house: BenchHouse): Promise<TableChange[][]> {
  const persons = new Map<string, Entry[]>()
  for (const entry of await entriesAfter(house, 0)) {
    const key = entry.person ?? entry.facility
    const own = persons.get(key)
    if (own) own.push(entry)
    else persons.set(key, [entry])
  }
  const batches: Entry[][] = [[]]
  for (const entries of persons.values()) {
    if ((batches.at(-1) as Entry[]).length + entries.length > BATCH_ENTRIES) batches.push([])
    for (const entry of entries) batches.at(-1)?.push(entry)
  }
  return batches.map((entries) => [...writtenBy(house, entries).changes])
}
