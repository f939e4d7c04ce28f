import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const lawWords = words({
  title: { en: 'By what law', es: 'Con qué ley' },
  changes: { en: 'Changes of sentence law', es: 'Cambios de la ley de condenas' },
  figures: { en: 'People by what covers them', es: 'Personas según lo que las ampara' },
  covered: { en: 'Covered by an order', es: 'Amparadas por una orden' },
  lapse: { en: 'Without a basis', es: 'Sin base legal' },
  disputed: { en: 'Disputed', es: 'Disputadas' },
  unknown: { en: 'Unknown', es: 'Desconocidas' },
  share: { en: (share: string) => share, es: (share: string) => share },
  worst: {
    en: (count: number) =>
      plural(count, 'en', {
        one: 'One person is held whom no order covers.',
        other: `${formatNumber(count)} people are held whom no order covers.`,
      }),
    es: (count: number) =>
      plural(count, 'es', {
        one: 'Hay una persona en custodia a la que ninguna orden ampara.',
        other: `Hay ${formatNumber(count)} personas en custodia a las que ninguna orden ampara.`,
      }),
  },
  longest: { en: (span: string) => `The longest for ${span}.`, es: (span: string) => `La que más, ${span}.` },
  list: { en: 'Without a basis, the longest first', es: 'Sin base legal, primero la que más tiempo lleva' },
  disputedList: { en: 'Disputed, the longest first', es: 'Disputadas, primero la que más tiempo lleva' },
  unknownList: { en: 'Unknown, the longest first', es: 'Desconocidas, primero la que más tiempo lleva' },
  number: { en: 'No.', es: 'N.º' },
  cause: { en: 'Why', es: 'Por qué' },
  since: { en: 'Since', es: 'Desde' },
  for: { en: 'For', es: 'Durante' },
  facility: { en: 'Facility', es: 'Establecimiento' },
  state: { en: 'State', es: 'Estado' },
  inRoster: { en: 'See them in the roster', es: 'Verlas en la nómina' },
  nobodyLapse: { en: 'Nobody without a basis.', es: 'Nadie sin base legal.' },
  nobodyDisputed: { en: 'Nobody whose orders contradict each other.', es: 'Nadie cuyas órdenes se contradigan.' },
  nobodyUnknown: { en: 'Nobody whose basis is unknown.', es: 'Nadie con base desconocida.' },
  checked: {
    en: (when: string, held: number, unknown: number) =>
      `Checked ${when} over ${formatNumber(held)} people; ${formatNumber(unknown)} are unknown and do not count here.`,
    es: (when: string, held: number, unknown: number) =>
      `Comprobado el ${when} sobre ${formatNumber(held)} personas; ${formatNumber(unknown)} son desconocidas y no cuentan aquí.`,
  },
  how: {
    en: 'Reckoned from the orders on record: what an order covers, hour by hour, and nothing where its end is not stated.',
    es: 'Calculado con las órdenes del registro: lo que ampara una orden, hora por hora, y nada donde no se declara su fin.',
  },
  cut: {
    en: (shown: number) => `The first ${formatNumber(shown)} by id are shown; the roster has all.`,
    es: (shown: number) =>
      `Se muestran las primeras ${formatNumber(shown)} por identificador; la nómina las tiene todas.`,
  },
})
