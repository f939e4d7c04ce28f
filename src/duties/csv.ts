import { csvLine } from '../kernel/csv.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Words } from '../kernel/refusal.ts'
import { findDutyRule } from './packs/index.ts'
import { type Asked, cursorOf, type DutyCursor, type DutyFilter, listDuties, readCursor } from './read.ts'
import { dutyView, sayState } from './views.ts'

const PAGE = 1_000

const heads: readonly Words[] = [
  { en: 'Severity', es: 'Gravedad' },
  { en: 'Rule', es: 'Regla' },
  { en: 'What is owed', es: 'Qué se debe' },
  { en: 'Register number', es: 'N.º de registro' },
  { en: 'Facility', es: 'Establecimiento' },
  { en: 'Owed from', es: 'Se debe desde' },
  { en: 'Due', es: 'Vence' },
  { en: 'State', es: 'Estado' },
  { en: 'With', es: 'Está con' },
  { en: 'Provisional', es: 'Provisional' },
]

/** The board as CSV, page by page, so that nobody holds 40,000 rows at once. */
export async function* boardCsv(
  sql: Sql,
  filter: DutyFilter,
  { asked, language }: { readonly asked: Asked; readonly language: 'en' | 'es' },
): AsyncGenerator<string> {
  yield csvLine(heads.map((head) => head[language]))
  const yes = language === 'es' ? 'sí' : 'yes'
  let after: DutyCursor | undefined
  for (;;) {
    const rows = await listDuties(sql, filter, { asked, limit: PAGE, after })
    for (const row of rows) {
      const { severity, rule, registerNumber, facility, from, due, state, holder } = dutyView(row, filter.at)
      const known = findDutyRule(rule)
      const what = known?.says[language] ?? rule
      const cells = [severity, rule, what, registerNumber ?? '', facility, from, due]
      yield csvLine([...cells, sayState[state][language], holder.says[language], known?.provisional ? yes : ''])
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) return
    after = readCursor(cursorOf(last))
  }
}
