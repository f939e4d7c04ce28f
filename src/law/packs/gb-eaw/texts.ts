/** Each step in words. Gaps: `{result}`, inputs `{1}` …, the figures of the operation, and the step's own values. */
import type { Words } from '../../../kernel/refusal.ts'

export const texts = {
  start: {
    en: 'The first sentence of the term was imposed on {result}; that day counts.',
    es: 'La primera condena del periodo se impuso el {result}; ese día cuenta.',
  },
  'term-end': {
    en: 'A term of {terms} from {1} ends on {result}.',
    es: 'Una pena de {terms} desde el {1} termina el {result}.',
  },
  'chain-end': {
    en: 'Served one after another, {terms} from {1} end on {result}.',
    es: 'Cumplidas una tras otra, {terms} desde el {1} terminan el {result}.',
  },
  'single-term-end': {
    en: 'Overlapping terms of the earlier law count as one; it ends on {result}.',
    es: 'Las penas de la ley anterior que se solapan cuentan como una; termina el {result}.',
  },
  length: {
    en: 'From {1} to {2}, both included: {result} days.',
    es: 'Del {1} al {2}, ambos incluidos: {result} días.',
  },
  'block-end': {
    en: 'This part, {terms} from {1}, would end on {result}.',
    es: 'Esta parte, {terms} desde el {1}, terminaría el {result}.',
  },
  'block-length': { en: 'This part holds {result} days.', es: 'Esta parte tiene {result} días.' },
  share: {
    en: 'In custody for {share} of {1} days, part of a day counting as a whole one: {result} days.',
    es: 'En prisión {share} de {1} días, contando como entero un día incompleto: {result} días.',
  },
  'last-in-custody': {
    en: '{2} days from {1}: the last is {result}.',
    es: '{2} días desde el {1}: el último es el {result}.',
  },
  'one-day': { en: 'One day.', es: 'Un día.' },
  'day-after': { en: 'The next part begins on {result}.', es: 'La parte siguiente empieza el {result}.' },
  custody: { en: 'From {1} to {2}: {result} days in custody.', es: 'Del {1} al {2}: {result} días en prisión.' },
  'old-licence': {
    en: 'Under the earlier law the licence runs to {share} of {1} days: {result} days.',
    es: 'Según la ley anterior la libertad vigilada llega a {share} de {1} días: {result} días.',
  },
  'old-licence-end': { en: '{2} days from {1} end on {result}.', es: '{2} días desde el {1} terminan el {result}.' },
  'latest-end': {
    en: 'The latest of the ends of all sentences, before any adjustment: {result}.',
    es: 'El último de los finales de todas las condenas, sin ajustes: {result}.',
  },
  'dto-limit': {
    en: 'Detention and training may not exceed {terms}: to {result}.',
    es: 'La detención y formación no puede exceder {terms}: hasta el {result}.',
  },
  'dto-capped': { en: 'The shorter of the two: {result}.', es: 'El menor de los dos: {result}.' },
  remand: {
    en: '{result} days on remand, credited from {from}.',
    es: '{result} días de prisión preventiva, abonados desde el {from}.',
  },
  'tagged-bail': {
    en: '{result} days for bail with a tag, credited from {from}.',
    es: '{result} días por libertad con brazalete, abonados desde el {from}.',
  },
  credit: { en: 'Credit in all: {result} days.', es: 'Abono total: {result} días.' },
  'spell-at-large': {
    en: '{result} days unlawfully at large from {from}.',
    es: '{result} días ilegalmente en libertad desde el {from}.',
  },
  'at-large': { en: 'Days at large in all: {result}.', es: 'Días en libertad ilegal en total: {result}.' },
  award: {
    en: '{result} additional days awarded, from {from}.',
    es: '{result} días adicionales impuestos, desde el {from}.',
  },
  added: { en: 'Additional days in all: {result}.', es: 'Días adicionales en total: {result}.' },
  restoration: {
    en: '{result} additional days restored, from {from}.',
    es: '{result} días adicionales devueltos, desde el {from}.',
  },
  restored: { en: 'Days restored in all: {result}.', es: 'Días devueltos en total: {result}.' },
  'added-served': {
    en: '{result} additional days had been served when the new sentence was imposed.',
    es: '{result} días adicionales ya se habían cumplido al imponerse la nueva condena.',
  },
  'net-added': { en: 'Additional days that still count: {result}.', es: 'Días adicionales que aún cuentan: {result}.' },
  none: { en: 'No days.', es: 'Ningún día.' },
  'at-least-none': { en: 'Not less than none: {result}.', es: 'No menos de ninguno: {result}.' },
  'less-credit': { en: '{1} less the credit: {result}.', es: '{1} menos el abono: {result}.' },
  'plus-at-large': {
    en: '{1} plus the days at large: {result}.',
    es: '{1} más los días en libertad ilegal: {result}.',
  },
  'less-credit-plus-at-large': {
    en: '{1} plus {2} days at large, less {3} days of credit: {result}.',
    es: '{1} más {2} días en libertad ilegal, menos {3} días de abono: {result}.',
  },
  'plus-added': { en: '{1} plus {2} additional days: {result}.', es: '{1} más {2} días adicionales: {result}.' },
  'plus-added-since': {
    en: '{1} with the {2} additional days that count now in the place of {3} on the day of the tranche: {result}.',
    es: '{1} con los {2} días adicionales que cuentan ahora en lugar de {3} el día del tramo: {result}.',
  },
  'not-before-sentence': {
    en: 'Not before the day of sentence: {result}.',
    es: 'No antes del día de la condena: {result}.',
  },
  'tranche-day': { en: 'The day of the tranche: {result}.', es: 'El día del tramo: {result}.' },
  'not-before-tranche': {
    en: 'Not before the day of the tranche: {result}.',
    es: 'No antes del día del tramo: {result}.',
  },
  'after-at-large': {
    en: 'The day after the last day at large: {result}.',
    es: 'El día siguiente al último en libertad ilegal: {result}.',
  },
  'expiry-after-at-large': {
    en: 'The sentence cannot end while the person is at large: {result}.',
    es: 'La condena no puede terminar mientras la persona está fugada: {result}.',
  },
  'release-not-after-expiry': {
    en: 'Additional days cannot hold a person beyond the end of the sentence: {result}.',
    es: 'Los días adicionales no pueden retener más allá del fin de la condena: {result}.',
  },
  'latest-release': {
    en: 'The latest release of the sentences that hold: {result}.',
    es: 'La última salida de las condenas vigentes: {result}.',
  },
  'latest-expiry': {
    en: 'The latest end of all sentences: {result}.',
    es: 'El último final de todas las condenas: {result}.',
  },
  'latest-licence': {
    en: 'The latest end of a licence: {result}.',
    es: 'El último final de una libertad vigilada: {result}.',
  },
  'ora-end': {
    en: 'The terms for offences from February 2015, {terms} from {1}, end on {result}.',
    es: 'Las penas por delitos desde febrero de 2015, {terms} desde el {1}, terminan el {result}.',
  },
  'ora-half': {
    en: 'Half of {1} days, part of a day dropped: {result} days of licence.',
    es: 'La mitad de {1} días, sin contar el día incompleto: {result} días de libertad vigilada.',
  },
  'ora-licence': {
    en: '{2} days of licence after {1}: until {result}.',
    es: '{2} días de libertad vigilada tras el {1}: hasta el {result}.',
  },
  supervision: {
    en: 'Supervision for {months} months from {1}: until {result}.',
    es: 'Supervisión durante {months} meses desde el {1}: hasta el {result}.',
  },
  'latest-supervision': {
    en: 'The latest end of supervision: {result}.',
    es: 'El último final de la supervisión: {result}.',
  },
  'curfew-half': {
    en: 'Half of {1} days in custody: {result} days.',
    es: 'La mitad de {1} días en prisión: {result} días.',
  },
  'curfew-least': { en: 'At least {result} days must be served.', es: 'Deben cumplirse al menos {result} días.' },
  'curfew-served': {
    en: 'To be served before curfew: {result} days.',
    es: 'A cumplir antes del arresto domiciliario: {result} días.',
  },
  'curfew-off': {
    en: 'Taken off the time in custody: {result} days.',
    es: 'Se descuentan del tiempo en prisión: {result} días.',
  },
  'curfew-less-off': {
    en: 'To be served before curfew: {result} days.',
    es: 'A cumplir antes del arresto domiciliario: {result} días.',
  },
  'curfew-day': {
    en: 'From {1}, with days at large and credit: {result}.',
    es: 'Desde el {1}, con días en libertad ilegal y abono: {result}.',
  },
  'curfew-wait': { en: 'At least {result} days after sentence.', es: 'Al menos {result} días tras la condena.' },
  'curfew-earliest': { en: 'Not before {result}.', es: 'No antes del {result}.' },
  'curfew-not-before': { en: 'The later of the two: {result}.', es: 'El posterior de los dos: {result}.' },
  'curfew-commencement': {
    en: 'The longer curfew began on {result}.',
    es: 'El arresto domiciliario más largo empezó el {result}.',
  },
  'curfew-between': {
    en: 'Before that day under the longer curfew and after it under the shorter: {result}.',
    es: 'Antes de ese día con el plazo largo y después con el corto: {result}.',
  },
  'curfew-latest': {
    en: 'Not before any other sentence lets go: {result}.',
    es: 'No antes de que otra condena lo permita: {result}.',
  },
  'parole-latest': {
    en: 'Not before any other sentence lets go: {result}.',
    es: 'No antes de que otra condena lo permita: {result}.',
  },
  'removal-share': { en: '{share} of {1} days: {result} days.', es: '{share} de {1} días: {result} días.' },
  'removal-credited': { en: 'From {1}, less credit: {result}.', es: 'Desde el {1}, menos el abono: {result}.' },
  'removal-window': {
    en: 'The window opens {result} days before release.',
    es: 'El plazo se abre {result} días antes de la salida.',
  },
  'removal-opens': { en: 'It opens on {result}.', es: 'Se abre el {result}.' },
  'removal-opens-months': {
    en: 'It opens {months} months from {1}: on {result}.',
    es: 'Se abre a {months} meses del {1}: el {result}.',
  },
  'removal-day': { en: 'The later of the two: {result}.', es: 'El posterior de los dos: {result}.' },
} as const satisfies Record<string, Words>

export type Text = keyof typeof texts
