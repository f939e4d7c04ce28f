import type { Words } from '../../../kernel/refusal.ts'
import type { Assumption, Citation } from '../kernel/pack.ts'

const title = 'Convention on the Transfer of Sentenced Persons (ETS 112)'
export const citations = {
  method: { title, provision: 'art. 9(1)', checked: false },
  continued: { title, provision: 'art. 10', checked: false },
  'not-aggravated-10': { title, provision: 'art. 10(2)', checked: false },
  deducted: { title, provision: 'art. 11(1)(c)', checked: false },
  'not-aggravated-11': { title, provision: 'art. 11(1)(d)', checked: false },
} as const satisfies Record<string, Citation>

export const texts = {
  original: {
    en: 'By the sentence of the sentencing state the last day is {result}',
    es: 'Según la pena del Estado de condena el último día es el {result}',
  },
  'adapted-start': {
    en: 'The deprivation of liberty for this sentence began on {result}',
    es: 'La privación de libertad por esta pena empezó el {result}',
  },
  'adapted-end': {
    en: '{terms} from {1}, the first day counted, end on {result}',
    es: '{terms} desde el {1}, contado el primer día, terminan el {result}',
  },
  'home-maximum': {
    en: 'The maximum of the administering state for such an offence, {terms} from {1}, ends on {result}',
    es: 'El máximo del Estado de cumplimiento para tal delito, {terms} desde el {1}, termina el {result}',
  },
  'converted-start': {
    en: 'The converted sentence is served here from {result}',
    es: 'La pena convertida se cumple aquí desde el {result}',
  },
  'converted-end': {
    en: '{terms} from {1}, the first day counted, end on {result}',
    es: '{terms} desde el {1}, contado el primer día, terminan el {result}',
  },
  'served-from': { en: 'Deprived of liberty from {result}', es: 'Privado de libertad desde el {result}' },
  'served-to': { en: 'until {result}', es: 'hasta el {result}' },
  'served-days': {
    en: '{1} to {2}, both counted: {result} days',
    es: 'Del {1} al {2}, ambos contados: {result} días',
  },
  deducted: {
    en: 'Less the whole time of deprivation of liberty already served: {result}',
    es: 'Menos todo el tiempo de privación de libertad ya cumplido: {result}',
  },
  end: {
    en: 'The transfer may not make the penalty heavier: of these days the earliest, {result}',
    es: 'El traslado no puede agravar la pena: de estos días el primero, {result}',
  },
} as const satisfies Record<string, Words>

export const refusals = {
  'date-not-valid': { en: 'A date is no date of the calendar.', es: 'Una fecha no existe en el calendario.' },
  'original-not-known': {
    en: 'The last day of the original sentence is not known: nobody can say that the transfer does not make it heavier.',
    es: 'No se conoce el último día de la pena original: nadie puede decir que el traslado no la agrava.',
  },
  'decision-missing': {
    en: 'A converted or adapted sentence needs the decision of a court of the administering state.',
    es: 'Una pena convertida o adaptada requiere la resolución de un tribunal del Estado de cumplimiento.',
  },
  'converted-to-money': {
    en: 'A sentence of deprivation of liberty may not be converted to a payment of money (art. 11(1)(b)).',
    es: 'Una pena privativa de libertad no puede convertirse en pago de dinero (art. 11(1)(b)).',
  },
  'no-length': { en: 'A sentence has no stated length.', es: 'Una pena no tiene duración indicada.' },
  'served-not-before': {
    en: 'Time already served must end before the day from which it is served here, and not before it begins.',
    es: 'El tiempo ya cumplido debe terminar antes del día desde el que se cumple aquí, y no antes de empezar.',
  },
} as const satisfies Record<string, Words>

/** What somebody must be told beside the date. */
export const findings = {
  'later-than-original': {
    code: 'later-than-original',
    says: {
      en: 'As decided, the sentence would end after the original one. The treaty forbids that: the original day holds, and the decision is to be put to its court again.',
      es: 'Como se resolvió, la pena terminaría después de la original. El tratado lo prohíbe: vale el día original, y la resolución debe volver a su tribunal.',
    },
  },
  'above-home-maximum': {
    code: 'above-home-maximum',
    says: {
      en: 'The original sentence goes beyond the maximum of the administering state: that maximum holds (art. 10(2)).',
      es: 'La pena original supera el máximo del Estado de cumplimiento: vale ese máximo (art. 10(2)).',
    },
  },
  'served-overlap': {
    code: 'served-overlap',
    says: {
      en: 'Periods already served overlap: each day is deducted once.',
      es: 'Los períodos ya cumplidos se superponen: cada día se descuenta una vez.',
    },
  },
} as const satisfies Record<string, Assumption>
