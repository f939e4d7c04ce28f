import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const changeWords = words({
  title: { en: 'Changes of sentence law', es: 'Cambios de la ley de condenas' },
  law: { en: 'By what law', es: 'Con qué ley' },
  cases: {
    en: (count: number) => plural(count, 'en', { one: '1 case', other: `${formatNumber(count)} cases` }),
    es: (count: number) => plural(count, 'es', { one: '1 caso', other: `${formatNumber(count)} casos` }),
  },
  version: { en: (version: string) => `version ${version}`, es: (version: string) => `versión ${version}` },
  provisional: { en: 'provisional', es: 'provisional' },
  otherVersion: {
    en: (signed: number, moved: number) =>
      `${formatNumber(signed)} signed over another version of this pack; the law moved ${formatNumber(moved)} of them.`,
    es: (signed: number, moved: number) =>
      `${formatNumber(signed)} firmados con otra versión de este paquete; la ley movió ${formatNumber(moved)}.`,
  },
  none: { en: 'The pack knows of no change.', es: 'El paquete no conoce ningún cambio.' },
  commences: { en: 'commences', es: 'entra en vigor' },
  commenced: { en: 'in force since', es: 'en vigor desde' },
  notReviewed: { en: 'not reviewed', es: 'sin revisar' },
  reviewed: { en: 'reviewed', es: 'revisado' },
  reviewedBefore: { en: 'reviewed with an earlier version', es: 'revisado con una versión anterior' },
  review: { en: 'Who moves?', es: '¿A quién mueve?' },
  withoutPack: { en: 'Cases without a pack of law', es: 'Casos sin paquete de ley' },
  withoutPackHow: {
    en: 'Their dates are worked out and signed by hand.',
    es: 'Sus fechas se calculan y firman a mano.',
  },
  result: { en: 'Everybody recomputed before and after', es: 'Todas las personas, recalculadas antes y después' },
  going: {
    en: (count: number, of: number) => `${formatNumber(count)} of ${formatNumber(of)} cases recomputed`,
    es: (count: number, of: number) => `${formatNumber(count)} de ${formatNumber(of)} casos recalculados`,
  },
  counts: {
    en: (moved: number, examined: number, earlier: number, later: number, refused: number) =>
      `${formatNumber(moved)} of ${formatNumber(examined)} move: ${formatNumber(earlier)} earlier, ${formatNumber(later)} later, ${formatNumber(refused)} without a date from then on.`,
    es: (moved: number, examined: number, earlier: number, later: number, refused: number) =>
      `${formatNumber(moved)} de ${formatNumber(examined)} se mueven: ${formatNumber(earlier)} antes, ${formatNumber(later)} después, ${formatNumber(refused)} sin fecha desde entonces.`,
  },
  nobody: { en: 'Nobody moves.', es: 'A nadie mueve.' },
  shown: {
    en: (count: number) => `The first ${formatNumber(count)} are shown; \`habeas law review\` lists all.`,
    es: (count: number) => `Se muestran los primeros ${formatNumber(count)}; \`habeas law review\` los lista todos.`,
  },
  number: { en: 'No.', es: 'N.º' },
  date: { en: 'Date', es: 'Fecha' },
  before: { en: 'Before', es: 'Antes' },
  after: { en: 'After', es: 'Después' },
  because: { en: 'Because', es: 'Por qué' },
  noDate: { en: 'no date', es: 'sin fecha' },
  record: { en: 'Record that I looked at it', es: 'Registrar que lo revisé' },
  recordHow: {
    en: (facility: string) => `For ${facility}: with the counts and the digest of this list.`,
    es: (facility: string) => `Para ${facility}: con las cuentas y el resumen de esta lista.`,
  },
  mayNot: { en: 'Your role does not record reviews.', es: 'Su rol no registra revisiones.' },
  notNow: { en: 'Go back to now to record.', es: 'Vuelva a ahora para registrar.' },
  notDone: { en: 'Wait until everybody is recomputed.', es: 'Espere a que se recalcule a todos.' },
})
