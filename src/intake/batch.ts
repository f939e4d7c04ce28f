import type { RowProblemCode } from './messages.ts'
import type { MappedEvent } from './read-file.ts'
import type { MappedRow, Reject } from './row.ts'
import type { Run } from './run.ts'

export type Batch = Extract<MappedEvent, { kind: 'batch' }>

/** Counts a batch's lines: those that the reader turned away and those that were turned away here. */
export function countRejects(run: Run, batch: Batch, rejects: readonly Reject[]): void {
  const { counts } = run
  const turnedAway = rejects.filter(({ row }) => row === 'rejected').length
  counts.read += batch.read
  counts.rejected += batch.read - batch.rows.length + turnedAway
  const nameless = new Set<number>()
  for (const { row, sourceId, line } of batch.rejects) {
    if (row === 'rejected' && sourceId === undefined) nameless.add(line)
    if (row === 'kept') counts.remarks++
  }
  counts.unnamed += nameless.size
  counts.remarks += rejects.length - turnedAway
}

export const rejectRow = (row: MappedRow, code: RowProblemCode, value = '', column = ''): Reject => ({
  line: row.line,
  column,
  value,
  code,
  row: 'rejected',
  sourceId: row.person.sourceId,
})
