import type { Sql, Tx } from '../kernel/ports.ts'
import type { Counts } from './acts.ts'

/** How far an import has come. */
export type Progress = { byteOffset: number; line: number; counts: Counts; state: 'rows' | 'after-rows' }

export const noCounts = (): Counts => ({
  read: 0,
  new: 0,
  same: 0,
  changed: 0,
  changedBy: {},
  gone: 0,
  departed: 0,
  rejected: 0,
  unnamed: 0,
  remarks: 0,
})

/** Each row is accounted for, or this program has a bug. */
export function assertSum({ read, new: fresh, same, changed, rejected }: Counts): void {
  if (read !== fresh + same + changed + rejected) {
    throw new Error(`read ${read} is not new ${fresh} + same ${same} + changed ${changed} + rejected ${rejected}`)
  }
}

export async function loadProgress(sql: Sql, batch: string): Promise<Progress | undefined> {
  const [row] = await sql.rows<{ byte_offset: number; line: number; counts: Counts; state: Progress['state'] }>(
    'select byte_offset, line, counts, state from import_progress where batch = $1',
    [batch],
  )
  return row && { byteOffset: row.byte_offset, line: row.line, counts: row.counts, state: row.state }
}

export function saveProgress(tx: Tx, batch: string, digest: string, profile: string, progress: Progress): void {
  assertSum(progress.counts)
  tx.write(
    `insert into import_progress (batch, digest, profile, byte_offset, line, counts, state) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (batch) do update set byte_offset = excluded.byte_offset, line = excluded.line,
       counts = excluded.counts, state = excluded.state`,
    [batch, digest, profile, progress.byteOffset, progress.line, JSON.stringify(progress.counts), progress.state],
  )
}

/** Notes whom the file shows: custodies, and the persons of rows that were turned away. */
export function saveSeen(tx: Tx, batch: string, subjects: readonly string[]): void {
  if (subjects.length === 0) return
  tx.write('insert into import_seen (batch, subject) select $1, unnest($2::uuid[]) on conflict do nothing', [
    batch,
    subjects,
  ])
}

export function forgetProgress(tx: Tx, batch: string): void {
  tx.write('delete from import_progress where batch = $1', [batch])
  tx.write('delete from import_seen where batch = $1', [batch])
  tx.write('delete from import_stay where batch = $1', [batch])
  tx.write('delete from import_change where batch = $1', [batch])
}
