import type { Entry } from '../kernel/act.ts'
import { defineEvents, type Register } from '../kernel/register.ts'

const row = (entry: Entry) => [
  {
    entry_n: entry.n,
    custody: entry.custody ?? null,
    kind: entry.kind,
    proposal: (entry.sections.act?.proposal as string | undefined) ?? null,
    at: entry.recordedAt,
  },
]

/** That something was ordered expunged or sealed, or was: no content, so that it outlives what it was about. */
const expungeOrders = defineEvents({
  table: 'expunge_order',
  columns: { entry_n: 'bigint', custody: 'uuid', kind: 'text', proposal: 'uuid', at: 'timestamptz' },
  key: ['entry_n'],
  rows: { 'expunge.propose': row, 'record.expunge': row, 'record.seal': row, 'record.unseal': row },
})

export const registers: readonly Register[] = [expungeOrders]
