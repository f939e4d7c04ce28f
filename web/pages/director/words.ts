import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const directorWords = words({
  title: { en: 'How the place stands', es: 'Cómo está el lugar' },
  figures: { en: 'Now, and since this morning', es: 'Ahora, y desde esta mañana' },
  held: { en: 'People held', es: 'Personas' },
  came: { en: 'Came since', es: 'Ingresos desde' },
  left: { en: 'Left since', es: 'Salidas desde' },
  unconfirmed: { en: 'Unconfirmed', es: 'Sin confirmar' },
  withoutBasis: { en: 'Without a basis', es: 'Sin base legal' },
  basisUnknown: { en: 'Basis unknown', es: 'Base desconocida' },
  openS1: { en: 'Open, severity 1', es: 'Abiertos, gravedad 1' },
  openS2: { en: 'Open, severity 2', es: 'Abiertos, gravedad 2' },
  dutiesLate: { en: 'Duties late', es: 'Deberes vencidos' },
  since: {
    en: (change: string, clock: string) => `${change} since ${clock}`,
    es: (change: string, clock: string) => `${change} desde las ${clock}`,
  },
  same: {
    en: (clock: string) => `as at ${clock}`,
    es: (clock: string) => `igual que a las ${clock}`,
  },
  worst: {
    en: (count: number) =>
      `${plural(count, 'en', { one: 'One finding', other: `${formatNumber(count)} findings` })} of severity 1 ${plural(count, 'en', { one: 'is', other: 'are' })} open. The facility cannot close ${plural(count, 'en', { one: 'it', other: 'them' })}: evidence that the fact has ended does, or oversight.`,
    es: (count: number) =>
      `Hay ${plural(count, 'es', { one: 'un hallazgo abierto', other: `${formatNumber(count)} hallazgos abiertos` })} de gravedad 1. El establecimiento no puede ${plural(count, 'es', { one: 'cerrarlo: lo', other: 'cerrarlos: los' })} cierra la prueba de que el hecho terminó, o la inspección.`,
  },

  capacity: { en: 'Held against what the place holds', es: 'Personas frente a la capacidad' },
  capacityOf: {
    en: (cells: number, bunks: number) => `${formatNumber(cells)} cells, ${formatNumber(bunks)} bunks`,
    es: (cells: number, bunks: number) => `${formatNumber(cells)} celdas, ${formatNumber(bunks)} literas`,
  },
  yardstick: { en: 'Yardstick', es: 'Medida' },
  fits: { en: 'Fits', es: 'Caben' },
  over: { en: 'Held beyond it', es: 'Personas de más' },
  certified: { en: 'Certified capacity', es: 'Capacidad certificada' },
  announced: { en: 'Announced capacity', es: 'Capacidad anunciada' },
  bunks: { en: 'Bunks on file', es: 'Literas registradas' },
  perPerson: {
    en: (rule: string, m2: string) => `${rule}: ${m2} for each person`,
    es: (rule: string, m2: string) => `${rule}: ${m2} por persona`,
  },
  isFile: { en: 'entered for this place', es: 'asentada para este lugar' },
  room: {
    en: (count: string) => `room for ${count}`,
    es: (count: string) => `caben ${count} más`,
  },
  unknown: { en: 'unknown', es: 'desconocido' },
  barAlt: {
    en: (held: string, fits: string) => `${held} held, ${fits} fit`,
    es: (held: string, fits: string) => `${held} personas, caben ${fits}`,
  },
  areaOf: {
    en: (area: string, without: number) =>
      without === 0
        ? `Area of the cells: ${area}.`
        : `Area of the cells: ${area}; of ${formatNumber(without)} it is unknown.`,
    es: (area: string, without: number) =>
      without === 0
        ? `Área de las celdas: ${area}.`
        : `Área de las celdas: ${area}; de ${formatNumber(without)} se desconoce.`,
  },
  areaUnknown: {
    en: 'The area of the cells is not on file: no standard can be held against it.',
    es: 'El área de las celdas no consta: ninguna norma puede compararse.',
  },

  identity: { en: 'Yesterday’s roll + in − out = today’s', es: 'Ayer + ingresos − salidas = hoy' },
  yesterday: { en: 'Yesterday', es: 'Ayer' },
  in: { en: 'In', es: 'Ingresos' },
  out: { en: 'Out', es: 'Salidas' },
  today: { en: 'Today', es: 'Hoy' },
  balances: { en: 'It balances.', es: 'Cuadra.' },
  doesNot: {
    en: (difference: string) => `It does not balance: ${difference} unexplained.`,
    es: (difference: string) => `No cuadra: ${difference} sin explicar.`,
  },
  asTold: {
    en: (told: string, now: string) =>
      `Yesterday’s roll was told as ${told} and is now ${now}: what makes the difference was recorded after the day had ended.`,
    es: (told: string, now: string) =>
      `La lista de ayer se dijo de ${told} y ahora es de ${now}: lo que hace la diferencia se registró cuando el día ya había terminado.`,
  },
  nobodyIn: { en: 'Nobody came in today.', es: 'Hoy no ingresó nadie.' },
  nobodyOut: { en: 'Nobody left today.', es: 'Hoy no salió nadie.' },
  late: { en: 'recorded later', es: 'registrada después' },
  lateIn: { en: 'Came before, recorded since', es: 'Ingresos de antes, registrados después' },
  lateOut: { en: 'Left before, recorded since', es: 'Salidas de antes, registradas después' },
  more: {
    en: (count: number) => `and ${formatNumber(count)} more`,
    es: (count: number) => `y ${formatNumber(count)} más`,
  },
  noBody: { en: 'On paper here, the body not seen', es: 'En el papel aquí, el cuerpo no visto' },
  person: { en: 'Custody', es: 'Custodia' },
  when: { en: 'When', es: 'Cuándo' },
  how: { en: 'How', es: 'Cómo' },

  findings: { en: 'What is open, by rule', es: 'Qué está abierto, por regla' },
  rule: { en: 'Rule', es: 'Regla' },
  count: { en: 'Findings', es: 'Hallazgos' },
  noFindings: { en: 'No finding is open.', es: 'No hay ningún hallazgo abierto.' },
  allFindings: { en: 'All', es: 'Todos' },

  series: { en: 'The last 30 days', es: 'Los últimos 30 días' },
  seriesHow: {
    en: 'each against its own; ends of days, then now',
    es: 'cada una frente a sí misma; fines de día, luego ahora',
  },
  people: { en: 'People held', es: 'Personas' },
  lapses: { en: 'Without a basis', es: 'Sin base legal' },
  s1: { en: 'Open of severity 1', es: 'Abiertos de gravedad 1' },
  table: { en: 'As a table', es: 'Como tabla' },
  day: { en: 'Day', es: 'Día' },
  chartAlt: {
    en: (name: string, first: string, last: string, least: string, most: string) =>
      `${name}: ${first} thirty days ago, ${last} now; least ${least}, most ${most}`,
    es: (name: string, first: string, last: string, least: string, most: string) =>
      `${name}: ${first} hace treinta días, ${last} ahora; mínimo ${least}, máximo ${most}`,
  },
  now: { en: 'now', es: 'ahora' },

  notMeasured: { en: 'Not measured yet', es: 'Aún sin medir' },
  counts: { en: 'Counts of heads: none is recorded yet.', es: 'Recuentos: aún no se registra ninguno.' },
  shifts: { en: 'Who is on post: no roster is kept yet.', es: 'Quién está en su puesto: aún no se lleva cuadrante.' },
})

export const mannerWords = words({
  arrest: { en: 'arrest', es: 'captura' },
  transfer: { en: 'transfer', es: 'traslado' },
  surrender: { en: 'surrender', es: 'entrega' },
  return: { en: 'return', es: 'reingreso' },
  'not-stated': { en: 'not stated', es: 'no se dice' },
})

export const departureWords = words({
  release: { en: 'release', es: 'libertad' },
  transfer: { en: 'transfer', es: 'traslado' },
  death: { en: 'death', es: 'muerte' },
  escape: { en: 'escape', es: 'fuga' },
  unknown: { en: 'unknown', es: 'desconocido' },
})
