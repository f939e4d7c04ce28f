import type { ColumnType, Row } from '../../src/kernel/register.ts'
import type { Database } from '../../src/platform/database.ts'
import type { TableChange } from '../../src/record/project.ts'
import type { Audit } from './statement.ts'

/**
 * Raw unnest: the register rows of a batch, one `insert … select from unnest` a table, sent together, one transaction;
 * the same constraints, no record. With `audits`, one jsonb audit row an act as well.
 */
export async function unnestBatch(
  database: Database,
  schema: string,
  changes: readonly TableChange[],
  audits: readonly Audit[] = [],
): Promise<void> {
  await database.run(async (tx) => {
    for (const { register, add } of changes) {
      const columns = Object.entries(register.columns)
      const names = columns.map(([name]) => name)
      const selected = columns.map(([name, type]) => `u.${name}::${type}`)
      const arrays = columns.map(([, type], i) => `$${i + 1}::${sent(type)}[]`)
      tx.write(
        `insert into ${schema}.${register.table} (${names}) select ${selected} from unnest(${arrays}) as u(${names})`,
        columns.map(([name, type]) => add.map((row) => sentValue(row, name, type))),
      )
    }
    if (audits.length > 0) {
      tx.write(
        `insert into ${schema}.audit (actor, kind, custody, data)
         select * from unnest($1::uuid[], $2::text[], $3::uuid[], $4::jsonb[])`,
        [
          audits.map(({ actor }) => actor),
          audits.map(({ kind }) => kind),
          audits.map(({ custody }) => custody),
          audits.map(({ data }) => data),
        ],
      )
    }
  })
}

const sent = (type: ColumnType): string => (type === 'text[]' ? 'text' : type)

function sentValue(row: Row, name: string, type: ColumnType): unknown {
  const value = row[name]
  if (value === null || value === undefined) return null
  if (type === 'jsonb') return JSON.stringify(value)
  return type === 'text[]' ? `{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}` : value
}
