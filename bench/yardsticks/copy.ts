import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { from } from 'pg-copy-streams'
import type { ColumnType } from '../../src/kernel/register.ts'
import type { Database } from '../../src/platform/database.ts'
import type { TableChange } from '../../src/record/project.ts'

export type CopyText = { readonly statement: string; readonly text: string }

/** The rows of a batch in COPY's text format, one text a table. Made beforehand: only the server is measured. */
export function copyTextOf(schema: string, changes: readonly TableChange[]): CopyText[] {
  return changes.map(({ register, add }) => {
    const columns = Object.entries(register.columns)
    const lines = add.map((row) => `${columns.map(([name, type]) => fieldOf(row[name], type)).join('\t')}\n`)
    const statement = `copy ${schema}.${register.table} (${columns.map(([name]) => name)}) from stdin`
    return { statement, text: lines.join('') }
  })
}

/** COPY, the fastest way in that there is: a transaction a batch, into tables without keys, checks or indexes. */
export async function copyInto(database: Database, batches: readonly (readonly CopyText[])[]): Promise<void> {
  const client = await database.connect()
  try {
    for (const batch of batches) {
      await client.query('begin')
      for (const { statement, text } of batch) await pipeline(Readable.from([text]), client.query(from(statement)))
      await client.query('commit')
    }
  } finally {
    await client.end()
  }
}

function fieldOf(value: unknown, type: ColumnType): string {
  if (value === null || value === undefined) return '\\N'
  if (type === 'jsonb') return escaped(JSON.stringify(value))
  if (type === 'text[]') return escaped(`{${(value as string[]).map((item) => JSON.stringify(item)).join(',')}}`)
  return escaped(String(value))
}

const escaped = (text: string): string =>
  text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
