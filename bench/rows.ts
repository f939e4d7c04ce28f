import type { Entry } from '../src/kernel/act.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from '../src/record/open.ts'
import { project, type TableChange } from '../src/record/project.ts'
import type { BenchHouse } from './house.ts'

/**
 * The register rows that acts really wrote, for the yardsticks: computed from the committed entries by the record's own
 * projection, so that a yardstick can never drift from what it is held against.
 */
export type Written = {
  readonly entries: readonly Entry[]
  readonly changes: readonly TableChange[]
}

/** Entries read at a time: their keys must fit into the cache together. */
const PAGE_ENTRIES = 2_000

/** The entries after `n`, oldest first, opened. */
export async function entriesAfter(house: BenchHouse, n: number): Promise<Entry[]> {
  const entries: Entry[] = []
  for (;;) {
    const stored = await house.database.rows<StoredEntry>(
      `select ${STORED} from entry where n > $1 order by n limit ${PAGE_ENTRIES}`,
      [entries.at(-1)?.n ?? n],
    )
    if (stored.length === 0) return entries
    await loadKeys(house.database, house.record.keys, stored)
    for (const entry of stored) entries.push(openEntry(entry, house.record))
  }
}

/** What a group of entries of new subjects (or of kinds without a fold) wrote. */
export function writtenBy(house: BenchHouse, entries: readonly Entry[]): Written {
  return { entries, changes: project(house.record.registry.registers, [], entries) }
}

export const lastN = async ({ database }: BenchHouse): Promise<number> =>
  (await database.rows<{ n: number }>('select coalesce(max(n), 0) as n from entry'))[0]?.n ?? 0

/** The body of an entry as a plain application would keep it in its audit table. */
export const auditData = (entry: Entry): string => JSON.stringify(entry.sections)
