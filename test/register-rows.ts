/**
 * What every register makes of the entries in `test/fixtures/acts`, as sums: whoever changes a projector meets them, and
 * raises the register's version, or starts would not make it anew. `node bin/run.mjs test/register-rows.ts --write`.
 */
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { rooms } from '../src/cli/rooms.ts'
import { effective } from '../src/record/effective.ts'
import { liftEntry } from '../src/record/lift.ts'
import { openFixture, readFixtures } from './act-fixtures.ts'

/** Of a register: its version, and a sum of its rows for each entry that it reads, and for all of them together. */
export type RowSums = { readonly version: number; readonly sums: Readonly<Record<string, string>> }

const path = new URL('./fixtures/register-rows.json', import.meta.url)

export async function rowSums(): Promise<Record<string, RowSums>> {
  const acts = new Map(rooms.flatMap((room) => room.acts).map((act) => [act.kind, act]))
  const fixtures = await readFixtures()
  const entries = fixtures.map((fixture) => {
    const name = `${fixture.kind} ${fixture.v}`
    // A number of its own that stays when other kinds come.
    const n = Number.parseInt(sha256Hex(name).slice(0, 8), 16)
    return { name, entry: liftEntry(acts.get(fixture.kind), { ...openFixture(fixture), n }) }
  })
  const sums: Record<string, RowSums> = {}
  for (const { table, version, kinds, rows } of rooms.flatMap((room) => room.registers)) {
    const read = entries.filter(({ entry }) => kinds.includes(entry.kind))
    const sumOf = (of: typeof read) =>
      sha256Hex(JSON.stringify(rows(effective(of.map(({ entry }) => entry))))).slice(0, 16)
    const single = read.map((one) => [one.name, sumOf([one])])
    sums[table] = { version, sums: Object.fromEntries([...single, ['all', sumOf(read)]]) }
  }
  return sums
}

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex')

export const storedRowSums = async (): Promise<Record<string, RowSums>> => JSON.parse(await readFile(path, 'utf8'))

if (import.meta.main && process.argv.includes('--write'))
  await writeFile(path, `${JSON.stringify(await rowSums(), null, 2)}\n`)
