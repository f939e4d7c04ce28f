import { csvLine } from '../kernel/csv.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { requiredFields } from './fields.ts'
import type { HeldFilter } from './held-filter.ts'
import { cursorOf, listHeld, readCursor } from './roster.ts'
import type { HeldRow, RosterColumn } from './roster-contract.ts'

type Language = 'en' | 'es'

const heads: Readonly<Record<RosterColumn, Words>> = {
  registerNumber: { en: 'No.', es: 'N.º' },
  family: { en: 'Surnames', es: 'Apellidos' },
  given: { en: 'Given names', es: 'Nombres' },
  age: { en: 'Age', es: 'Edad' },
  birth: { en: 'Born', es: 'Nacimiento' },
  nationalities: { en: 'Nationalities', es: 'Nacionalidades' },
  days: { en: 'Days', es: 'Días' },
  since: { en: 'Held since', es: 'En custodia desde' },
  place: { en: 'Where', es: 'Dónde está' },
  presence: { en: 'Presence', es: 'Presencia' },
  seen: { en: 'Last seen', es: 'Vista por última vez' },
  seenBy: { en: 'Seen by', es: 'Vista por' },
  basis: { en: 'Basis', es: 'Base' },
  cause: { en: 'Cause', es: 'Causa' },
  order: { en: 'Order', es: 'Orden' },
  until: { en: 'Until', es: 'Hasta' },
  missing: { en: 'Missing', es: 'Falta' },
  worst: { en: 'Worst', es: 'Lo más grave' },
  facility: { en: 'Facility', es: 'Establecimiento' },
}

const unknown: Words = { en: 'unknown', es: 'desconocido' }
const closed: Words = { en: 'closed', es: 'reservado' }
const basisWords: Readonly<Record<NonNullable<HeldRow['basis']>['state'], Words>> = {
  order: { en: 'order', es: 'orden' },
  disputed: { en: 'disputed', es: 'disputada' },
  unknown: { en: 'unknown', es: 'desconocida' },
  lapse: { en: 'lapse', es: 'lapso' },
}
const presenceWords: Readonly<Record<HeldRow['presence']['state'], Words>> = {
  at: { en: 'seen', es: 'vista' },
  between: { en: 'in transit', es: 'en traslado' },
  disputed: { en: 'disputed', es: 'disputada' },
  unknown: { en: 'not seen', es: 'sin confirmar' },
}

/** A cell never stays empty where something is not known: it says so. */
function cellOf(row: HeldRow, column: RosterColumn, language: Language): string {
  const not = unknown[language]
  switch (column) {
    case 'registerNumber':
      return row.registerNumber
    case 'family':
      return row.name === null ? not : (row.name.family ?? row.name.written ?? '')
    case 'given':
      return row.name === null ? not : (row.name.given ?? '')
    case 'age':
      return row.age === null ? not : String(row.age)
    case 'birth':
      return row.birth?.date ?? not
    case 'nationalities':
      return row.nationalities.length === 0 ? not : row.nationalities.map(({ state }) => state).join(' ')
    case 'days':
      return String(row.days)
    case 'since':
      return row.since
    case 'place':
      return row.place.path.join(' · ') || (row.place.where ?? (row.place.id === null ? not : ''))
    case 'presence':
      return presenceWords[row.presence.state][language]
    case 'seen':
      return row.presence.since
    case 'seenBy':
      return row.presence.because
    case 'basis':
      return row.basis === null ? closed[language] : basisWords[row.basis.state][language]
    case 'cause':
      return row.basis?.cause ?? closed[language]
    case 'order':
      return row.basis === null ? closed[language] : (row.basis.kind ?? '')
    case 'until':
      if (row.basis === null) return closed[language]
      return row.basis.untilDay ?? row.basis.until ?? (row.basis.untilKnown ? '' : not)
    case 'missing':
      return row.missing.map((code) => requiredFields[code].says[language]).join('; ')
    case 'worst':
      return row.worst === null ? '' : `${row.worst.mark} ${row.worst.reason}`
    case 'facility':
      return row.facility
  }
}

/** Rows a question; the connection is free between two. */
const CHUNK = 250

/** The rows of the filter and the columns asked for, a piece at a time. Begins with a byte order mark, for spreadsheets. */
export async function* rosterCsv(
  sql: Sql,
  filter: HeldFilter,
  { columns, language }: { readonly columns: readonly RosterColumn[]; readonly language: Language },
): AsyncGenerator<string> {
  yield `\uFEFF${csvLine(columns.map((column) => heads[column][language]))}`
  let after: string | undefined
  for (;;) {
    const rows = await listHeld(sql, filter, {
      limit: CHUNK,
      after: after === undefined ? undefined : readCursor(after),
    })
    if (rows.length > 0) {
      yield rows.map((row) => csvLine(columns.map((column) => cellOf(row, column, language)))).join('')
    }
    const last = rows.at(-1)
    if (rows.length < CHUNK || last === undefined) return
    after = cursorOf(last, filter.sort)
  }
}
