import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const owedWords = words({
  title: { en: 'What is owed', es: 'Qué se debe' },
  figures: { en: 'Duties at this instant', es: 'Deberes en este instante' },
  late: { en: 'Late', es: 'Vencidos' },
  soon: { en: 'Due within 24 h', es: 'Vencen en 24 h' },
  unknown: { en: 'Cannot be known', es: 'No se puede saber' },
  open: { en: 'All of these', es: 'Todos estos' },
  asked: { en: 'Duties', es: 'Deberes' },
  rule: { en: 'Rule', es: 'Regla' },
  severity: { en: 'Severity', es: 'Gravedad' },
  owner: { en: 'Owed by', es: 'Lo debe' },
  what: { en: 'What is owed', es: 'Qué se debe' },
  whom: { en: 'To whom', es: 'A quién' },
  due: { en: 'Due', es: 'Vence' },
  by: { en: 'Late by', es: 'Vencido hace' },
  holder: { en: 'Now with', es: 'Ahora está con' },
  house: { en: 'the house itself', es: 'la casa misma' },
  provisional: { en: 'provisional', es: 'provisional' },
  outside: { en: 'outside', es: 'de fuera' },
  order: { en: 'gravest first, then the longest late', es: 'lo más grave primero, luego lo más vencido' },
  byRule: { en: 'By rule', es: 'Por regla' },
  byOwner: { en: 'By whom', es: 'Por quién' },
  worst: {
    en: (late: number) =>
      plural(late, 'en', { one: 'One duty is late.', other: `${formatNumber(late)} duties are late.` }),
    es: (late: number) =>
      plural(late, 'es', { one: 'Un deber está vencido.', other: `${formatNumber(late)} deberes están vencidos.` }),
  },
  oldest: {
    en: (time: string) => `The longest has been for ${time}.`,
    es: (time: string) => `El más antiguo, desde hace ${time}.`,
  },
  nothing: { en: 'Nothing that is owed fits these filters.', es: 'Nada de lo debido cumple estos filtros.' },
  nothingLate: { en: 'Nothing that is owed is late.', es: 'Nada de lo debido está vencido.' },
  dropFilters: { en: 'Take the filters away', es: 'Quitar los filtros' },
})
