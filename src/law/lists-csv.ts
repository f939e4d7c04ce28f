import { csvLine } from '../kernel/csv.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { type ListCursor, type RowsFilter, rowsOfList } from './lists.ts'
import type { LawList, LawListRow } from './lists-contract.ts'

type Language = 'en' | 'es'

const heads = {
  registerNumber: { en: 'No.', es: 'N.º' },
  facility: { en: 'Facility', es: 'Establecimiento' },
  basis: { en: 'Basis', es: 'Base' },
  cause: { en: 'Cause', es: 'Causa' },
  since: { en: 'Since', es: 'Desde' },
  until: { en: 'Until', es: 'Hasta' },
  verdict: { en: 'Known', es: 'Se sabe' },
  reason: { en: 'Why', es: 'Por qué' },
  kind: { en: 'Order', es: 'Orden' },
  issuer: { en: 'Issued by', es: 'Emitida por' },
} as const satisfies Readonly<Partial<Record<keyof LawListRow, Words>>>

const COLUMNS = Object.keys(heads) as (keyof typeof heads)[]

/** A cell never stays empty where something is not known: it says so. */
const unknown: Words = { en: 'unknown', es: 'desconocido' }
const known: Readonly<Record<LawListRow['verdict'], Words>> = {
  no: { en: 'it is so', es: 'consta' },
  unknown: { en: 'nobody can say', es: 'nadie puede decirlo' },
}

const cellOf = (row: LawListRow, column: keyof typeof heads, language: Language): string =>
  column === 'verdict' ? known[row.verdict][language] : (row[column] ?? unknown[language])

/** Rows a question; the connection is free between two. */
const CHUNK = 500

/** A list as CSV, a piece at a time. Begins with a byte order mark, for spreadsheets. Codes stay codes: they are the API's. */
export async function* listCsv(
  sql: Sql,
  list: LawList,
  filter: RowsFilter,
  language: Language,
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(COLUMNS.map((column) => heads[column][language]))}`
  let after: ListCursor | undefined
  for (;;) {
    const rows = await rowsOfList(sql, list, filter, { limit: CHUNK, after })
    if (rows.length > 0)
      yield rows.map((row) => csvLine(COLUMNS.map((column) => cellOf(row, column, language)))).join('')
    after = rows.at(-1)
    if (rows.length < CHUNK) return
  }
}
