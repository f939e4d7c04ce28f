import { formatNumber } from '../frame/format.ts'
import { plural, words } from '../frame/words.ts'

export const registerWords = words({
  worst: { en: 'Worst mark', es: 'Lo más grave' },
  nothing: { en: 'Nothing of this kind.', es: 'Nada de esta clase.' },
  range: {
    en: (from: string, to: string, total: string | undefined) =>
      total === undefined ? `Rows ${from}–${to}` : `Rows ${from}–${to} of ${total}`,
    es: (from: string, to: string, total: string | undefined) =>
      total === undefined ? `Filas ${from}–${to}` : `Filas ${from}–${to} de ${total}`,
  },
  order: { en: 'order:', es: 'orden:' },
  reading: { en: 'reading …', es: 'leyendo …' },
  row: { en: 'row', es: 'fila' },
  open: { en: 'open', es: 'abrir' },
  space: { en: 'Space', es: 'Espacio' },
  mark: { en: 'mark', es: 'marcar' },
  filter: { en: 'filter', es: 'filtrar' },
  isMarked: { en: 'marked', es: 'marcada' },
  unmark: { en: 'Unmark all', es: 'Desmarcar todas' },
  marked: {
    en: (count: number) => plural(count, 'en', { one: '1 row marked', other: `${formatNumber(count)} rows marked` }),
    es: (count: number) =>
      plural(count, 'es', { one: '1 fila marcada', other: `${formatNumber(count)} filas marcadas` }),
  },
  fresh: {
    en: (count: number) => plural(count, 'en', { one: '1 new: show', other: `${formatNumber(count)} new: show` }),
    es: (count: number) =>
      plural(count, 'es', { one: '1 nueva: mostrar', other: `${formatNumber(count)} nuevas: mostrar` }),
  },
  columns: {
    en: (shown: number, of: number) => `Columns ${shown}/${of}`,
    es: (shown: number, of: number) => `Columnas ${shown}/${of}`,
  },
  csv: {
    en: (rows: string) => (rows === '1' ? 'CSV of 1 row' : `CSV of ${rows} rows`),
    es: (rows: string) => (rows === '1' ? 'CSV de 1 fila' : `CSV de ${rows} filas`),
  },
  csvAll: { en: 'CSV of all rows', es: 'CSV de todas las filas' },
  height: { en: 'Height of rows', es: 'Altura de filas' },
  normal: { en: 'Normal', es: 'Normal' },
  dense: { en: 'Dense', es: 'Densa' },
  roomy: { en: 'Roomy', es: 'Amplia' },
  most: { en: 'At most 12 at once', es: 'Como mucho 12 a la vez' },
})
