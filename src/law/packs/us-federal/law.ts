/** The law of federal sentences as dated data, and where it stands. */
import type { Words } from '../../../kernel/refusal.ts'
import type { Calendar, Day, IsoDate } from '../kernel/calendar.ts'
import { dayOf } from '../kernel/calendar.ts'
import { type Fraction, fraction } from '../kernel/fraction.ts'
import type { Citation } from '../kernel/pack.ts'

export const citations = {
  start: { title: '18 U.S.C.', provision: '§ 3585(a)', checked: false },
  credit: { title: '18 U.S.C.', provision: '§ 3585(b)', checked: false },
  order: { title: '18 U.S.C.', provision: '§ 3584(a)', checked: false },
  aggregate: { title: '18 U.S.C.', provision: '§ 3584(c)', checked: false },
  release: { title: '18 U.S.C.', provision: '§ 3624(a)', checked: false },
  'good-time': { title: '18 U.S.C.', provision: '§ 3624(b)(1)', checked: false },
  prorated: {
    title: 'Thieme v. Warden, Fort Dix FCI (3d Cir.), 0.148 a day with the fraction dropped; 28 CFR 523.20, 87 FR 7938',
    checked: false,
  },
  served: { title: 'Barber v. Thomas, 560 U.S. 474 (2010)', checked: false },
  holidays: { title: '5 U.S.C.', provision: '§ 6103', checked: false },
} as const satisfies Record<string, Citation>

/**
 * How good time is measured: by the sentence imposed (First Step Act, in force 19 July 2019) or by the time served
 * before that. The Act reaches everybody who is still held, so the day that counts is the day of the computation.
 */
export const REGIMES: readonly { readonly from: IsoDate; readonly to?: IsoDate; readonly by: 'served' | 'imposed' }[] =
  [
    { from: '1987-11-01', to: '2019-07-18', by: 'served' },
    { from: '2019-07-19', by: 'imposed' },
  ]

export const DAYS_PER_YEAR: Fraction = fraction(54, 1)
export const PER_DAY: Fraction = fraction(148, 1_000)
/** A year served, and what it earns, in the older method. */
export const YEAR_SERVED = 365
export const YEAR_WITH_CREDIT: Fraction = fraction(YEAR_SERVED + 54, 1)

/**
 * A legal holiday, or the weekday on which one is kept that falls on a weekend. It only makes an earlier day *possible*,
 * so what is doubtful is offered.
 */
export function isHoliday(calendar: Calendar, day: Day): boolean {
  const year = Number(calendar.toIso(day).slice(0, 4))
  // New Year of the next year can be kept on 31 December.
  return [year, year + 1].some((each) => holidaysOf(calendar, each).includes(day))
}

function holidaysOf(calendar: Calendar, year: number): Day[] {
  const date = (month: number, dayOfMonth: number) =>
    dayOf(calendar, `${year}-${String(month).padStart(2, '0')}-${String(dayOfMonth).padStart(2, '0')}`)
  const nth = (month: number, weekday: number, n: number) => {
    const first = date(month, 1)
    return first + ((weekday - calendar.weekday(first) + 7) % 7) + (n - 1) * 7
  }
  const lastMonday = (month: number) => {
    const last = calendar.monthEnd(date(month, 1))
    return last - (calendar.weekday(last) - 1)
  }
  const fixed = [date(1, 1), ...(year >= 2021 ? [date(6, 19)] : []), date(7, 4), date(11, 11), date(12, 25)]
  const kept = fixed.map((day) => {
    const weekday = calendar.weekday(day)
    return weekday === 6 ? day - 1 : weekday === 7 ? day + 1 : day
  })
  const MONDAY = 1
  const THURSDAY = 4
  return [
    ...fixed,
    ...kept,
    nth(1, MONDAY, 3),
    nth(2, MONDAY, 3),
    lastMonday(5),
    nth(9, MONDAY, 1),
    nth(10, MONDAY, 2),
    nth(11, THURSDAY, 4),
  ]
}

export const texts = {
  start: {
    en: 'The sentence begins when the person is received in custody: {result}',
    es: 'La pena empieza cuando se recibe a la persona bajo custodia: {result}',
  },
  'term-end': {
    en: 'The aggregate term of {term} from {1} reaches to {result}, the first day after it',
    es: 'La pena total de {term} desde el {1} llega al {result}, el primer día después de ella',
  },
  'term-days': { en: 'Its days: {result}', es: 'Sus días: {result}' },
  'term-with-days': { en: 'With the days of the term: {result}', es: 'Con los días de la pena: {result}' },
  'one-day': { en: 'One day', es: 'Un día' },
  'full-term': {
    en: 'The last day of the whole term is {result}',
    es: 'El último día de la pena completa es el {result}',
  },
  'custody-from': { en: 'In official detention from {result}', es: 'En detención oficial desde el {result}' },
  'custody-to': { en: 'In official detention until {result}', es: 'En detención oficial hasta el {result}' },
  'custody-days': {
    en: '{1} to {2}, both counted: {result} days not credited to another sentence',
    es: 'Del {1} al {2}, ambos contados: {result} días no abonados a otra pena',
  },
  'no-days': { en: 'No days', es: 'Ningún día' },
  'custody-total': {
    en: 'Prior custody, each day once: {result} days',
    es: 'Detención anterior, cada día una vez: {result} días',
  },
  expiry: {
    en: 'Less prior custody the term expires on {result}',
    es: 'Menos la detención anterior, la pena vence el {result}',
  },
  'whole-years': { en: 'The term holds {result} whole years', es: 'La pena tiene {result} años completos' },
  anniversary: { en: 'They end before {result}', es: 'Terminan antes del {result}' },
  'years-credit': {
    en: '54 days for each whole year imposed: {result}',
    es: '54 días por cada año completo impuesto: {result}',
  },
  'rest-days': {
    en: 'The part of a year left holds {result} days',
    es: 'La parte de año restante tiene {result} días',
  },
  'rest-credit': {
    en: '0.148 of a day for each, the fraction dropped: {result}',
    es: '0,148 de día por cada uno, sin la fracción: {result}',
  },
  'whole-days': { en: 'The whole term holds {result} days', es: 'La pena completa tiene {result} días' },
  'years-served': {
    en: '{result} years of 365 days are served, each earning 54 days',
    es: 'Se cumplen {result} años de 365 días, cada uno gana 54 días',
  },
  'years-used': { en: 'They use up {result} days of the term', es: 'Consumen {result} días de la pena' },
  'days-left': { en: 'Days of the term left: {result}', es: 'Días de la pena restantes: {result}' },
  'days-served': {
    en: 'Of these {result} are served: with what they earn they are the most that fits',
    es: 'De ellos se cumplen {result}: con lo que ganan son los más que caben',
  },
  'good-time': { en: 'Good conduct time: {result} days', es: 'Tiempo por buena conducta: {result} días' },
  'no-good-time': {
    en: 'A term of one year or less earns no good conduct time',
    es: 'Una pena de un año o menos no gana tiempo por buena conducta',
  },
  disallowed: { en: 'Disallowed or forfeited: {result} days', es: 'Denegados o perdidos: {result} días' },
  'good-time-net': {
    en: 'Good conduct time left: {result} days',
    es: 'Tiempo por buena conducta restante: {result} días',
  },
  release: { en: 'Release on {result}', es: 'Salida el {result}' },
  'not-before-start': {
    en: 'Not before the sentence began: release on {result}',
    es: 'No antes de empezar la pena: salida el {result}',
  },
  'days-back': { en: '{result} days back to a weekday', es: '{result} días atrás hasta un día hábil' },
  'release-may': {
    en: 'That day is a weekend or a legal holiday: release may be on {result}',
    es: 'Ese día es fin de semana o feriado legal: la salida puede ser el {result}',
  },
} as const satisfies Record<string, Words>

export const refusals = {
  'no-sentence': { en: 'There is no sentence.', es: 'No hay ninguna pena.' },
  'date-not-valid': { en: 'A date is no date of the calendar.', es: 'Una fecha no existe en el calendario.' },
  'life-or-indeterminate': {
    en: 'A life term, or one without a stated length, has no date.',
    es: 'Una pena perpetua o sin duración indicada no tiene fecha.',
  },
  'law-before-1987': {
    en: 'Law before 1 November 1987 (parole, other good time) is not covered.',
    es: 'El derecho anterior al 1 de noviembre de 1987 (libertad condicional, otro tiempo) no está cubierto.',
  },
  'concurrent-later': {
    en: 'A sentence imposed later to run concurrently makes an aggregate that no published record shows.',
    es: 'Una pena impuesta después para cumplirse a la vez da una suma que ningún caso publicado muestra.',
  },
  'custody-not-before-start': {
    en: 'Detention on or after the day on which the sentence begins is not prior custody.',
    es: 'La detención desde el día en que empieza la pena no es detención anterior.',
  },
  'interval-reversed': {
    en: 'A period ends before it begins.',
    es: 'Un período termina antes de empezar.',
  },
  'disallowed-above-earned': {
    en: 'More good conduct time is disallowed than is earned.',
    es: 'Se deniega más tiempo por buena conducta del que se gana.',
  },
  'earned-time-not-projected': {
    en: 'Earned time credits (18 U.S.C. § 3632(d)(4)) are recorded, not projected: eligibility decides day by day.',
    es: 'Los créditos de tiempo ganado (18 U.S.C. § 3632(d)(4)) se registran, no se proyectan: la elegibilidad decide día a día.',
  },
} as const satisfies Record<string, Words>
