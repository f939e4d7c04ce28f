import type { Words } from '../../../../kernel/refusal.ts'
import type { Citation } from '../../kernel/pack.ts'

export const citations = {
  credit: { title: 'Criminal Justice Act 2003', provision: 's. 240ZA', checked: false },
  service: {
    title: 'Results of the service "Identify remand periods" (Ministry of Justice), taken as rules',
    checked: false,
  },
} as const satisfies Record<string, Citation>

export const texts = {
  start: { en: 'Remanded in custody on {result}', es: 'En prisión preventiva desde el {result}' },
  stop: {
    en: 'The court ended the remand on {result}',
    es: 'El tribunal puso fin a la prisión preventiva el {result}',
  },
  'one-day': { en: 'One day', es: 'Un día' },
  'before-sentence': {
    en: 'The day of sentence is the first of the sentence: the last day of remand is its eve, {result}',
    es: 'El día de la condena es el primero de la pena: el último de prisión preventiva es su víspera, {result}',
  },
  'period-days': {
    en: '{1} to {2}, both counted: {result} days of remand',
    es: 'Del {1} al {2}, ambos contados: {result} días de prisión preventiva',
  },
  'served-to': {
    en: 'A sentence was being served until {result}',
    es: 'Se cumplía una pena hasta el {result}',
  },
  'served-from': {
    en: 'A sentence was being served from {result}',
    es: 'Se cumplía una pena desde el {result}',
  },
  'after-served': {
    en: 'Days of a served sentence are no remand: counted again from {result}',
    es: 'Los días de pena cumplida no son prisión preventiva: se cuenta de nuevo desde el {result}',
  },
  'until-served': {
    en: 'Days of a served sentence are no remand: counted until {result}',
    es: 'Los días de pena cumplida no son prisión preventiva: se cuenta hasta el {result}',
  },
  'after-credited': {
    en: 'Each day once: days up to the day before {result} are credited to an earlier sentence',
    es: 'Cada día una vez: los días anteriores al {result} se abonan a una pena anterior',
  },
  'until-credited': {
    en: 'Each day once: days after {result} are credited to an earlier sentence',
    es: 'Cada día una vez: los días posteriores al {result} se abonan a una pena anterior',
  },
  'credit-days': {
    en: '{1} to {2}, both counted: {result} days credited',
    es: 'Del {1} al {2}, ambos contados: {result} días abonados',
  },
} as const satisfies Record<string, Words>

export const refusals = {
  'date-not-valid': {
    en: 'A date of the case is no date of the calendar.',
    es: 'Una fecha del caso no existe en el calendario.',
  },
  'choice-without-sentence': {
    en: 'Remand was chosen to belong to a charge that is not there or has no sentence.',
    es: 'Se eligió abonar la prisión preventiva a un cargo que no consta o no tiene pena.',
  },
  'release-date-missing': {
    en: 'A sentence or recall before the end of the remand has no release date: which days were served is unknown.',
    es: 'Una pena o revocación anterior al fin de la prisión preventiva no tiene fecha de salida: no se sabe qué días se cumplieron.',
  },
  'remand-out-of-prison': {
    en: 'The movements say that the person was out of prison on days of this remand.',
    es: 'Los movimientos dicen que la persona estaba fuera de prisión en días de esta prisión preventiva.',
  },
  'stop-after-sentence': {
    en: 'The remand ends after the day of its sentence: one of the two dates is wrong.',
    es: 'La prisión preventiva termina después del día de su condena: una de las dos fechas está mal.',
  },
  'nothing-credited': {
    en: 'All days of this remand were served or are credited to another sentence: how it then stands is not settled.',
    es: 'Todos los días de esta prisión preventiva se cumplieron o se abonan a otra pena: no está resuelto cómo queda.',
  },
  'charges-unclear': {
    en: 'Several sentences could take these days, and no rule says for which of them they are recorded.',
    es: 'Varias penas podrían tomar estos días, y ninguna regla dice para cuáles se registran.',
  },
} as const satisfies Record<string, Words>

export const findings = {
  'remand-not-closed': {
    en: 'Remand was opened and no court event closes it: no day of it is counted.',
    es: 'Se abrió la prisión preventiva y ningún acto judicial la cierra: no se cuenta ningún día.',
  },
  'start-on-sentence-day': {
    en: 'A court event that would open remand stands on the day of sentence: not counted.',
    es: 'Un acto judicial que abriría la prisión preventiva está en el día de la condena: no se cuenta.',
  },
  'recall-without-event': {
    en: 'The sentence is marked as recalled and no court event says when.',
    es: 'La pena figura como revocada y ningún acto judicial dice cuándo.',
  },
} as const satisfies Record<string, Words>
