import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const groupWords = words({
  title: { en: 'Admit a group from a list', es: 'Ingresar un grupo desde una lista' },
  people: { en: 'Who is held', es: 'Quiénes están' },
  one: { en: 'Admit one person', es: 'Ingresar a una persona' },
  list: { en: '1 The list', es: '1 La lista' },
  listLabel: { en: 'Lines of the list, heads first', es: 'Líneas de la lista, con encabezados' },
  listHow: {
    en: 'Paste it from a spreadsheet, or choose a CSV file. Heads that are known: surnames, given names, birth, age, sex, nationality (SV), document, court, kind, case, from, until, grounds.',
    es: 'Péguela desde una hoja de cálculo o elija un archivo CSV. Encabezados que se entienden: apellidos, nombres, nacimiento, edad, sexo, nacionalidad (SV), documento, tribunal, clase, causa, desde, hasta, motivos.',
  },
  file: { en: 'Choose a file', es: 'Elegir un archivo' },
  unknownHeads: {
    en: (heads: string) => `The register has no place for these columns, they are left out: ${heads}.`,
    es: (heads: string) => `El registro no tiene lugar para estas columnas y se dejan fuera: ${heads}.`,
  },
  tooMany: {
    en: (count: number) => `A list holds at most ${formatNumber(count)} people. Divide it.`,
    es: (count: number) => `Una lista tiene a lo más ${formatNumber(count)} personas. Divídala.`,
  },
  noHeads: {
    en: 'None of the heads is understood. The first line must name the columns.',
    es: 'No se entiende ningún encabezado. La primera línea debe nombrar las columnas.',
  },
  whole: { en: '2 What holds for everybody', es: '2 Lo que vale para todos' },
  preview: { en: '3 Who will be admitted', es: '3 Quiénes ingresarán' },
  count: {
    en: (count: number) => plural(count, 'en', { one: '1 person', other: `${formatNumber(count)} people` }),
    es: (count: number) => plural(count, 'es', { one: '1 persona', other: `${formatNumber(count)} personas` }),
  },
  row: { en: 'Row', es: 'Fila' },
  name: { en: 'Name', es: 'Nombre' },
  birth: { en: 'Birth', es: 'Nacimiento' },
  document: { en: 'Document', es: 'Documento' },
  order: { en: 'Order', es: 'Orden' },
  missing: { en: 'Missing', es: 'Falta' },
  known: { en: 'Somebody we know?', es: '¿Alguien conocido?' },
  answer: { en: 'Answer', es: 'Respuesta' },
  newPerson: { en: 'new person', es: 'persona nueva' },
  sameAs: { en: (number: string) => `same as ${number}`, es: (number: string) => `la misma que ${number}` },
  nobody: { en: 'nobody alike', es: 'nadie parecido' },
  looking: { en: 'looking', es: 'buscando' },
  knownFor: {
    en: (row: number) => `Somebody we know? Row ${row}`,
    es: (row: number) => `¿Alguien conocido? Fila ${row}`,
  },
  noOrder: { en: 'none', es: 'ninguna' },
  partOrder: { en: 'not whole: goes with the grounds', es: 'incompleta: va con los motivos' },
  things: {
    en: (count: number) => plural(count, 'en', { one: '1 thing', other: `${count} things` }),
    es: (count: number) => plural(count, 'es', { one: '1 cosa', other: `${count} cosas` }),
  },
  mode: { en: 'If one is refused', es: 'Si una se rechaza' },
  each: { en: 'the others are recorded all the same', es: 'las demás se registran igual' },
  all: { en: 'none is recorded until it is mended', es: 'no se registra ninguna hasta corregirla' },
  verb: {
    en: (count: number) =>
      plural(count, 'en', { one: 'Record 1 admission', other: `Record ${formatNumber(count)} admissions` }),
    es: (count: number) =>
      plural(count, 'es', { one: 'Registrar 1 ingreso', other: `Registrar ${formatNumber(count)} ingresos` }),
  },
  progress: {
    en: (done: number, of: number) => `${formatNumber(done)} of ${formatNumber(of)} answered`,
    es: (done: number, of: number) => `${formatNumber(done)} de ${formatNumber(of)} respondidos`,
  },
  recorded: {
    en: (done: number, of: number) => `${formatNumber(done)} of ${formatNumber(of)} recorded.`,
    es: (done: number, of: number) => `${formatNumber(done)} de ${formatNumber(of)} registrados.`,
  },
  refusedCount: {
    en: (count: number) =>
      plural(count, 'en', {
        one: '1 was refused: it stays here, nothing is lost.',
        other: `${count} were refused: they stay here, nothing is lost.`,
      }),
    es: (count: number) =>
      plural(count, 'es', {
        one: '1 se rechazó: sigue aquí, nada se pierde.',
        other: `${count} se rechazaron: siguen aquí, nada se pierde.`,
      }),
  },
  noneRecorded: {
    en: 'None was recorded, because of the rows that are marked. Mend or leave them out, and send again.',
    es: 'No se registró ninguno, por las filas marcadas. Corríjalas o déjelas fuera y envíe de nuevo.',
  },
  leaveOut: { en: 'Leave out', es: 'Dejar fuera' },
  takeIn: { en: 'Take in', es: 'Incluir' },
  leftOut: { en: 'left out', es: 'fuera' },
  entry: { en: (n: string) => `entry ${n}`, es: (n: string) => `asiento ${n}` },
  pending: { en: 'promise pending', es: 'promesa pendiente' },
  waiting: { en: 'not sent yet', es: 'sin enviar' },
  retry: { en: 'to be sent again', es: 'por enviar de nuevo' },
  anew: { en: 'Begin another list', es: 'Empezar otra lista' },
  queue: { en: 'To the admissions', es: 'Ir a los ingresos' },
  notNow: { en: 'Go back to now to record.', es: 'Vuelva a ahora para registrar.' },
  nothing: { en: 'There is nobody to record.', es: 'No hay a quién registrar.' },
})
