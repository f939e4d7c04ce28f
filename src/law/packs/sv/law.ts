/** Parts of a prison sentence in El Salvador: the articles, and the ways in which its days can be counted. */
import type { Words } from '../../../kernel/refusal.ts'
import { fraction } from '../kernel/fraction.ts'
import type { Assumption, Citation } from '../kernel/pack.ts'

// No lawyer of the country has read any of these; the marks are those of source.ts.
export const citations = {
  credit: {
    title: 'Pretrial detention counts towards the sentence (M: implied by case law on the former art. 48 CP)',
    checked: false,
  },
  'two-thirds': { title: 'Código Penal (V, secondary)', provision: 'art. 85', checked: false },
  half: { title: 'Código Penal (V, as quoted by a chamber, 2020)', provision: 'art. 86', checked: false },
  maximum: { title: 'Código Penal (V, text of 2016)', provision: 'art. 45', checked: false },
  computation: { title: 'Ley Penitenciaria (M: article number)', provision: 'art. 44', checked: false },
  redemption: { title: 'Ley Penitenciaria (V, press)', provision: 'art. 105-A', checked: false },
} as const satisfies Record<string, Citation>

export const HALF = fraction(1, 2)
export const TWO_THIRDS = fraction(2, 3)
/** Text of 2016; later reforms changed it. Only used to say that a total lies above it. */
export const MAXIMUM_YEARS = 60

/** How long a year is: by the calendar, or 365 or 360 days; with the two figures a month is 30 days. */
export type YearDays = 'calendar' | 365 | 360
/** A part of a day in a half or two thirds. */
export type Rounding = 'up' | 'down'

export type Convention = {
  readonly yearDays: YearDays
  /** Whether the first day of detention is day 1. */
  readonly inclusiveStart: boolean
  readonly rounding: Rounding
}

const YEARS: readonly YearDays[] = ['calendar', 365, 360]

/** Every way to count that the given parameters leave open; one when all three are given. */
export function conventionsOf(given: Partial<Convention>): Convention[] {
  const years = given.yearDays === undefined ? YEARS : [given.yearDays]
  const starts = given.inclusiveStart === undefined ? [true, false] : [given.inclusiveStart]
  const roundings: readonly Rounding[] = given.rounding === undefined ? ['down', 'up'] : [given.rounding]
  return years.flatMap((yearDays) =>
    starts.flatMap((inclusiveStart) => roundings.map((rounding) => ({ yearDays, inclusiveStart, rounding }))),
  )
}

/** A convention in words: what the reading assumes. */
export function assumptionOf({ yearDays, inclusiveStart, rounding }: Convention): Assumption {
  const year =
    yearDays === 'calendar'
      ? { en: 'years by the calendar', es: 'años de calendario' }
      : {
          en: `years of ${yearDays} days and months of 30`,
          es: `años de ${yearDays} días y meses de 30`,
        }
  const start = inclusiveStart
    ? { en: 'the first day counts', es: 'el primer día cuenta' }
    : { en: 'the first day does not count', es: 'el primer día no cuenta' }
  const part =
    rounding === 'up'
      ? { en: 'a part of a day is a whole one', es: 'una parte de día es un día entero' }
      : { en: 'a part of a day is dropped', es: 'una parte de día no cuenta' }
  return {
    code: `counting-${yearDays}-${inclusiveStart ? 'first-counted' : 'first-not-counted'}-${rounding}`,
    says: {
      en: `Counted so: ${year.en}, ${start.en}, ${part.en}.`,
      es: `Se cuenta así: ${year.es}, ${start.es}, ${part.es}.`,
    },
  }
}

export const assumptions = {
  provisional: {
    code: 'provisional',
    says: {
      en: 'Provisional: no court or counsel of El Salvador has fixed how these days are counted.',
      es: 'Provisional: ningún tribunal ni abogado de El Salvador ha fijado cómo se cuentan estos días.',
    },
  },
  total: {
    code: 'total-of-penalties',
    says: {
      en: 'Several penalties: two thirds and half are taken of their total (art. 85; for the half by analogy).',
      es: 'Varias penas: los dos tercios y la mitad se toman del total (art. 85; para la mitad, por analogía).',
    },
  },
  'above-maximum': {
    code: 'above-maximum',
    says: {
      en: 'The total lies above the maximum of the text of 2016 (60 years); no cap is applied.',
      es: 'El total supera el máximo del texto de 2016 (60 años); no se aplica ningún límite.',
    },
  },
  'restriction-unknown': {
    code: 'restriction-unknown',
    says: {
      en: 'Whether the offence is shut out of conditional release is unknown: there is no table of offences yet.',
      es: 'Se desconoce si el delito está excluido de la libertad condicional: aún no hay tabla de delitos.',
    },
  },
} as const satisfies Record<string, Assumption>

export const texts = {
  start: { en: 'Held without a break since {result}', es: 'Detenido sin interrupción desde el {result}' },
  'one-day': { en: 'One day', es: 'Un día' },
  'calendar-end': {
    en: 'The penalty of {term} from {1} reaches to {result}, the first day after it',
    es: 'La pena de {term} desde el {1} llega al {result}, el primer día después de ella',
  },
  'extra-days': { en: 'Days of the penalty: {result}', es: 'Días de la pena: {result}' },
  'calendar-after': { en: 'With its days: {result}', es: 'Con sus días: {result}' },
  'calendar-span': { en: 'From {1} to {2} there are {result} days', es: 'Del {1} al {2} hay {result} días' },
  'years-given': { en: 'The penalty holds {result} years', es: 'La pena tiene {result} años' },
  'years-days': { en: 'At {share} days each: {result} days', es: 'A {share} días cada uno: {result} días' },
  'months-given': { en: 'and {result} months', es: 'y {result} meses' },
  'total-days': { en: 'The penalty is {result} days', es: 'La pena es de {result} días' },
  'part-days': { en: '{share} of {1} days: {result}', es: '{share} de {1} días: {result}' },
  'first-counted': {
    en: '{2} days from {1}, which is the first: {result}',
    es: '{2} días desde el {1}, que es el primero: {result}',
  },
  'first-not-counted': {
    en: '{2} days after {1}: {result}',
    es: '{2} días después del {1}: {result}',
  },
  'earlier-from': { en: 'Held earlier from {result}', es: 'Detenido antes desde el {result}' },
  'earlier-to': { en: 'Held earlier until {result}', es: 'Detenido antes hasta el {result}' },
  'earlier-days': {
    en: '{1} to {2}, both counted: {result} days',
    es: 'Del {1} al {2}, ambos contados: {result} días',
  },
  'less-earlier': {
    en: 'Less the days held earlier: {result}',
    es: 'Menos los días detenido antes: {result}',
  },
} as const satisfies Record<string, Words>

export const refusals = {
  'no-sentence': { en: 'There is no sentence.', es: 'No hay ninguna pena.' },
  'no-length': { en: 'A sentence has no stated length.', es: 'Una pena no tiene duración indicada.' },
  'date-not-valid': { en: 'A date is no date of the calendar.', es: 'Una fecha no existe en el calendario.' },
  'earlier-not-before': {
    en: 'A period held earlier must end before the day since which the person is held, and not before it begins.',
    es: 'Un período detenido antes debe terminar antes del día desde el que se está detenido, y no antes de empezar.',
  },
  'restricted-offence': {
    en: 'The offence is marked as shut out of conditional release: the table of such offences needs local counsel.',
    es: 'El delito figura como excluido de la libertad condicional: la tabla de esos delitos requiere abogado local.',
  },
  'redemption-not-projected': {
    en: 'Days redeemed by work (art. 105-A) are recorded, not projected: many offences are excluded.',
    es: 'Los días redimidos por trabajo (art. 105-A) se registran, no se proyectan: muchos delitos están excluidos.',
  },
} as const satisfies Record<string, Words>
