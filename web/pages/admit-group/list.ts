import { foldText, readDay } from '../../frame/format.ts'
import type { AdmissionValues } from '../admit/values.ts'

/** How many people one list may hold: as many acts as one request takes. */
export const ROWS_MAX = 1000

/** Cells of a list as a spreadsheet writes it (RFC 4180), separated by tab, semicolon or comma, whichever the head has most of. */
export function readTable(text: string): string[][] {
  const source = text.replace(/^\uFEFF/, '')
  const head = source.split(/\r?\n/, 1)[0] ?? ''
  const separator = ['\t', ';', ','].toSorted((a, b) => head.split(b).length - head.split(a).length)[0] ?? ','
  const rows: string[][] = []
  let [row, cell, quoted]: [string[], string, boolean] = [[], '', false]
  for (let i = 0; i < source.length; i += 1) {
    const sign = source[i] ?? ''
    if (quoted) {
      if (sign !== '"') cell += sign
      else if (source[i + 1] === '"') {
        cell += '"'
        i += 1
      } else quoted = false
    } else if (sign === '"' && cell.trim() === '') {
      ;[cell, quoted] = ['', true]
    } else if (sign === separator) {
      row.push(cell.trim())
      cell = ''
    } else if (sign === '\n') {
      row.push(cell.trim())
      rows.push(row)
      ;[row, cell] = [[], '']
    } else cell += sign
  }
  row.push(cell.trim())
  rows.push(row)
  return rows.filter((cells) => cells.some((one) => one !== ''))
}

export const columns = [
  'surnames',
  'family1',
  'family2',
  'given',
  'birth',
  'age',
  'sex',
  'nationality',
  'scheme',
  'number',
  'orderKind',
  'issuer',
  'caseNumber',
  'provision',
  'from',
  'until',
  'grounds',
] as const
export type Column = (typeof columns)[number]

/** What heads of lists call each column, folded. The first that fits wins. */
const HEADS: readonly (readonly [Column, RegExp])[] = [
  ['family1', /^(primer apellido|apellido ?1|first surname|family ?1)$/],
  ['family2', /^(segundo apellido|apellido ?2|second surname|family ?2)$/],
  ['surnames', /^(apellidos?|surnames?|family( name)?|last name)$/],
  ['given', /^(nombres?|given( names?)?|first names?)$/],
  ['birth', /(nacimiento|birth|^dob$)/],
  ['age', /^(edad|age)$/],
  ['sex', /^(sexo|sex)$/],
  ['nationality', /^(nacionalidad|pais|nationality|country)$/],
  ['scheme', /^(tipo de documento|document type)$/],
  ['number', /^(dui|pasaporte|documento|numero|numero de documento|passport|document|document number|id)$/],
  ['orderKind', /^(clase( de orden)?|tipo de orden|order kind|kind)$/],
  ['issuer', /^(tribunal|juzgado|autoridad|court|issuer|ordered by)$/],
  ['caseNumber', /^(causa|orden|numero de causa|expediente|case|order|case number)$/],
  ['provision', /^(norma|articulo|delito|provision|article|offence)$/],
  ['from', /^(desde|from)$/],
  ['until', /^(hasta|until|to)$/],
  ['grounds', /^(motivos?|grounds|reason)$/],
]

/** Which column each cell of the head names; undefined where the list has something that the register does not ask for. */
export const columnsOf = (head: readonly string[]): readonly (Column | undefined)[] => {
  const taken = new Set<Column>()
  return head.map((cell) => {
    const folded = foldText(cell).replace(/\s+/g, ' ').trim()
    const found = HEADS.find(([column, pattern]) => !taken.has(column) && pattern.test(folded))?.[0]
    if (found !== undefined) taken.add(found)
    return found
  })
}

/** Words that belong to the surname after them. */
const PARTICLES = new Set(['de', 'del', 'la', 'las', 'los', 'el', 'y', 'da', 'do', 'dos', 'van', 'von', 'san', 'santa'])

/** `De la Cruz Muestra` → `De la Cruz`, `Muestra`. What is more than two stays with the second. */
export function splitSurnames(text: string): readonly [string, string] {
  const parts: string[] = []
  let before = ''
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    before = before === '' ? word : `${before} ${word}`
    if (PARTICLES.has(foldText(word))) continue
    parts.push(before)
    before = ''
  }
  if (before !== '') parts.push(before)
  return [parts[0] ?? '', parts.slice(1).join(' ')]
}

const KINDS: readonly (readonly [string, RegExp])[] = [
  ['sentence', /conden|sentenc|sentence/],
  ['extension', /prorrog|extension/],
  ['remand', /provisional|preventiv|remand/],
  ['administrative-detention', /administrativ/],
  ['immigration', /migra|immigration/],
  ['recall', /revoca|recall/],
  ['transfer', /traslad|transfer/],
  ['judicial-detention', /judicial/],
  ['arrest', /arrest|captura|detencion/],
]

/** A line of the list as the form of an admission holds it, on top of what holds for the whole group. */
export function valuesOf(
  cells: readonly string[],
  heads: readonly (Column | undefined)[],
  headText: readonly string[],
  base: AdmissionValues,
): AdmissionValues {
  const get = (column: Column): string => cells[heads.indexOf(column)] ?? ''
  const [first, second] = splitSurnames(get('surnames'))
  const sex = foldText(get('sex')).slice(0, 1).toUpperCase()
  const state = get('nationality').trim().toUpperCase()
  const kind = foldText(get('orderKind'))
  const from = readDay(get('from'))
  const until = readDay(get('until'))
  const numberHead = headText[heads.indexOf('number')] ?? ''
  const scheme = /^(dui|pasaporte|passport)$/i.exec(numberHead.trim())?.[0] ?? get('scheme')
  const hasOrder = ['issuer', 'caseNumber', 'orderKind', 'from', 'until'].some((one) => get(one as Column) !== '')
  return {
    ...base,
    family1: get('family1') || first,
    family2: get('family2') || second,
    given: get('given'),
    birth: readDay(get('birth')),
    age: get('age'),
    sex: sex === 'F' || sex === 'M' || sex === 'X' ? sex : '',
    nationality: /^[A-Z]{2}$/.test(state) ? state : '',
    scheme,
    number: get('number'),
    papers: hasOrder ? 'order' : base.papers,
    orderKind: KINDS.find(([, pattern]) => pattern.test(kind))?.[0] ?? '',
    issuer: get('issuer'),
    caseNumber: get('caseNumber'),
    provision: get('provision'),
    orderFrom: from?.precision === 'day' ? from : undefined,
    untilAs: until?.precision === 'day' ? 'day' : '',
    orderUntil: until,
    grounds: get('grounds'),
  }
}
