import type { Refusal, Words } from '../kernel/refusal.ts'
import { defineRefusals } from '../kernel/refusal.ts'

/**
 * Every way in which a file or a row can be turned away, with its words.
 * A *file refusal* stops the reading and nothing of the file may be taken; a *row problem* is about one line and
 * goes into the rejects file. Order: file as a whole first, then header, then line, then value.
 */
const files = defineRefusals({
  'file-not-found': {
    sort: 'not-found',
    says: { es: 'No existe el archivo.', en: 'There is no such file.' },
    remedy: { es: 'Revise la ruta.', en: 'Check the path.' },
  },
  'file-empty': {
    sort: 'invalid',
    says: { es: 'El archivo está vacío: no tiene ni encabezado.', en: 'The file is empty: it has not even a header.' },
    remedy: { es: 'Pida una copia nueva.', en: 'Ask for a new copy.' },
  },
  'gzip-broken': {
    sort: 'invalid',
    says: { es: 'El archivo gzip está dañado o incompleto.', en: 'The gzip file is damaged or incomplete.' },
    remedy: { es: 'Pida una copia nueva.', en: 'Ask for a new copy.' },
  },
  'not-utf8-file': {
    sort: 'invalid',
    says: { es: 'El archivo no está en UTF-8.', en: 'The file is not UTF-8.' },
    remedy: { es: 'Conviértalo a UTF-8.', en: 'Convert it to UTF-8.' },
  },
  'line-ends-unknown': {
    sort: 'invalid',
    says: { es: 'Las líneas terminan en CR solo.', en: 'Lines end in a lone CR.' },
    remedy: { es: 'Convierta los finales de línea a LF o CRLF.', en: 'Convert the line ends to LF or CRLF.' },
  },
  'header-unreadable': {
    sort: 'invalid',
    says: { es: 'No se puede leer el encabezado.', en: 'The header cannot be read.' },
    remedy: {
      es: 'La primera línea debe nombrar las columnas, sin NUL y dentro del tamaño permitido.',
      en: 'The first line has to name the columns, without NUL and within the size allowed.',
    },
  },
  'header-missing': {
    sort: 'invalid',
    says: {
      es: 'La primera línea no es un encabezado: no tiene ninguna de las columnas del perfil.',
      en: 'The first line is no header: it has none of the columns of the profile.',
    },
    remedy: {
      es: 'Agregue el encabezado, o use el perfil de este archivo.',
      en: 'Add the header, or use the profile of this file.',
    },
  },
  'header-doubled': {
    sort: 'invalid',
    says: {
      es: 'Una columna aparece más de una vez en el encabezado.',
      en: 'A column stands more than once in the header.',
    },
    remedy: { es: 'Quite la repetida.', en: 'Take the repeated one out.' },
  },
  'column-missing': {
    sort: 'invalid',
    says: { es: 'Faltan columnas que el perfil necesita.', en: 'Columns that the profile needs are lacking.' },
    remedy: {
      es: 'Agréguelas, o márquelas `optional` en el perfil.',
      en: 'Add them, or mark them `optional` in the profile.',
    },
  },
  'column-unaccounted': {
    sort: 'invalid',
    says: {
      es: 'El archivo tiene columnas que el perfil no nombra.',
      en: 'The file has columns that the profile does not name.',
    },
    remedy: {
      es: 'Diga en el perfil si cada una se lee, se guarda sellada o se descarta, y por qué.',
      en: 'Say in the profile whether each is read, kept sealed or dropped, and why.',
    },
  },
  'header-repeated': {
    sort: 'invalid',
    says: {
      es: 'El encabezado aparece otra vez dentro del archivo; parecen dos archivos unidos.',
      en: 'The header stands again inside the file; it looks like two files joined.',
    },
    remedy: { es: 'Sepárelos.', en: 'Separate them.' },
  },
  'quote-open': {
    sort: 'invalid',
    says: { es: 'Una comilla abierta en esta línea no se cierra.', en: 'A quote opened in this line is never closed.' },
    remedy: { es: 'Cierre la comilla, o duplíquela si es texto.', en: 'Close the quote, or double it if it is text.' },
  },
  'as-of-missing': {
    sort: 'invalid',
    says: {
      es: 'No se encuentra la fecha del archivo donde el perfil dice que está.',
      en: 'The date of the file is not found where the profile says it stands.',
    },
    remedy: {
      es: 'Dé al archivo su nombre original, o corrija `asOf` en el perfil.',
      en: 'Give the file its original name, or mend `asOf` in the profile.',
    },
  },
  'resume-beyond-end': {
    sort: 'conflict',
    says: {
      es: 'El punto de reanudación está más allá del final: no es el mismo archivo.',
      en: 'The point of resumption lies beyond the end: it is not the same file.',
    },
    remedy: { es: 'Importe desde el principio.', en: 'Import from the beginning.' },
  },
  'file-changed': {
    sort: 'conflict',
    says: { es: 'El archivo cambió mientras se leía.', en: 'The file changed while it was being read.' },
    remedy: { es: 'Espere a que esté completo y repita.', en: 'Wait until it is complete and repeat.' },
  },
})

export const fileRefusals = files.catalogue
export type FileRefusalCode = keyof typeof fileRefusals

/** A file turned away. `columns` names what lacks or is too much; `line` is the physical line, from 1. */
export type FileRefusal = Refusal & { readonly code: FileRefusalCode; readonly details: FileRefusalDetails }
export type FileRefusalDetails = { readonly line?: number; readonly columns?: readonly string[] }

/** The sentence carries line and columns, so that it can be shown as it is. */
export function refuseFile(code: FileRefusalCode, details: FileRefusalDetails = {}): FileRefusal {
  const refusal = files.refuse(code, details)
  const named = details.columns?.length ? ` [${details.columns.join(', ')}]` : ''
  const at = (word: string, says: string) =>
    `${details.line === undefined ? '' : `${word} ${details.line}: `}${says}${named}`
  const says: Words = { es: at('Línea', refusal.says.es), en: at('Line', refusal.says.en) }
  return { ...refusal, code, details, says }
}

export const rowProblems = {
  'not-utf8': { es: 'El texto no es UTF-8.', en: 'The text is not UTF-8.' },
  'nul-byte': { es: 'El texto contiene un byte NUL.', en: 'The text contains a NUL byte.' },
  'field-too-long': { es: 'Un campo supera el tamaño permitido.', en: 'A field is larger than allowed.' },
  'quote-malformed': {
    es: 'Hay texto después de una comilla de cierre, o la comilla une líneas que no encajan.',
    en: 'Text follows a closing quote, or the quote joins lines that do not fit together.',
  },
  'cell-count': {
    es: 'La línea no tiene tantos campos como el encabezado.',
    en: 'The line does not have as many fields as the header.',
  },
  'json-malformed': { es: 'La línea no es un objeto JSON.', en: 'The line is not a JSON object.' },
  'json-key-unknown': {
    es: 'El objeto tiene una clave que el perfil no nombra.',
    en: 'The object has a key that the profile does not name.',
  },
  'json-key-doubled': {
    es: 'El objeto da dos valores a la misma columna.',
    en: 'The object gives one column two values.',
  },
  'json-not-scalar': {
    es: 'El valor es una lista o un objeto; se espera texto o número.',
    en: 'The value is a list or an object; text or a number is expected.',
  },
  'as-of-differs': {
    es: 'La fecha de esta fila difiere de la del archivo.',
    en: 'The date of this row differs from that of the file.',
  },
  blank: { es: 'Falta un dato necesario.', en: 'A needed value is blank.' },
  'text-form': { es: 'El texto no tiene la forma declarada.', en: 'The text does not have the declared form.' },
  'text-too-long': { es: 'El texto pasa de 1000 caracteres.', en: 'The text is longer than 1,000 characters.' },
  'number-form': { es: 'No es un número.', en: 'It is not a number.' },
  'number-range': {
    es: 'El número está fuera de lo posible.',
    en: 'The number is outside what is possible.',
  },
  'date-form': {
    es: 'La fecha no tiene ninguna de las formas declaradas.',
    en: 'The date has none of the declared forms.',
  },
  'date-not-real': { es: 'Esa fecha u hora no existe.', en: 'That date or time does not exist.' },
  'hour-missing': {
    es: 'Esa hora local no existió por el cambio de hora; se toma la lectura declarada.',
    en: 'That local hour did not exist because the clocks changed; the declared reading is taken.',
  },
  'hour-repeated': {
    es: 'Esa hora local ocurrió dos veces por el cambio de hora; se toma la lectura declarada.',
    en: 'That local hour occurred twice because the clocks changed; the declared reading is taken.',
  },
  'time-future': {
    es: 'La hora está en el futuro respecto de esta importación.',
    en: 'The time lies in the future of this import.',
  },
  'time-after-file': {
    es: 'La hora es posterior al día del archivo.',
    en: 'The time is after the day of the file.',
  },
  'departure-before-admission': {
    es: 'La salida es anterior al ingreso.',
    en: 'The departure is before the admission.',
  },
  'seen-backwards': {
    es: 'La última fecha vista es anterior a la primera.',
    en: 'The last date seen is before the first.',
  },
  'value-unknown': {
    es: 'El valor no está en la lista del perfil; se guarda como desconocido con su texto.',
    en: 'The value is not in the list of the profile; it is kept as unknown with its text.',
  },
  'value-not-listed': {
    es: 'El valor no está en la lista del perfil y no se puede leer sin él.',
    en: 'The value is not in the list of the profile and cannot be read without it.',
  },
  'not-recordable': {
    es: 'Un dato de la fila no tiene la forma que el registro admite.',
    en: 'A value of the row does not have a form that the record takes.',
  },
  'custody-withdrawn': {
    es: 'El ingreso de esta estancia se retiró o se eliminó del registro; una lista no lo repone.',
    en: 'The admission of this stay was withdrawn or expunged from the record; a list does not bring it back.',
  },
  'stay-unknown': {
    es: 'No se conoce la estancia a la que se refiere este cambio.',
    en: 'The stay that this change is about is not known.',
  },
  'change-field-unknown': {
    es: 'El cambio no es de nivel ni de estado.',
    en: 'The change is neither of level nor of status.',
  },
  'change-from-differs': {
    es: 'El valor anterior que da la fila difiere del conocido.',
    en: 'The former value that the row gives differs from the known one.',
  },
} as const satisfies Record<string, Words>

export type RowProblemCode = keyof typeof rowProblems
