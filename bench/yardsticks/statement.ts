import type { ColumnType, Row } from '../../src/kernel/register.ts'
import type { TableChange } from '../../src/record/project.ts'

/** A statement with its parameters. The text depends on the shape alone, so it is prepared once a connection. */
export type Statement = { readonly text: string; readonly values: readonly unknown[] }

export type Audit = {
  readonly actor: string
  readonly kind: string
  readonly custody: string | null
  readonly data: string
}

/** All rows of one act in one statement: a writable CTE with an insert a table, and the audit row if there is one. */
export function oneStatement(schema: string, changes: readonly TableChange[], audit?: Audit): Statement {
  const values: unknown[] = []
  const inserts = changes.map(({ register, add }) => {
    const columns = Object.entries(register.columns)
    const rows = add.map(
      (row) => `(${columns.map(([name, type]) => `$${values.push(sentValue(row, name, type))}::${type}`)})`,
    )
    return `insert into ${schema}.${register.table} (${columns.map(([name]) => name)}) values ${rows}`
  })
  if (audit) {
    const { actor, kind, custody, data } = audit
    const at = values.push(actor, kind, custody, data)
    inserts.push(
      `insert into ${schema}.audit (actor, kind, custody, data) values ($${at - 3}::uuid, $${at - 2}, $${at - 1}::uuid, $${at}::jsonb)`,
    )
  }
  const last = inserts.pop() as string
  const named = inserts.map((insert, i) => `t${i} as (${insert})`)
  return { text: named.length > 0 ? `with ${named.join(',\n')}\n${last}` : last, values }
}

const sentValue = (row: Row, name: string, type: ColumnType): unknown =>
  type === 'jsonb' && row[name] !== null ? JSON.stringify(row[name]) : row[name]
