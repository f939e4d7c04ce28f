import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const returnWords = words({
  title: { en: 'Return to a writ of habeas corpus: preview', es: 'Respuesta de exhibición personal: vista previa' },
  signedTitle: { en: 'Return to a writ of habeas corpus: signed', es: 'Respuesta de exhibición personal: firmada' },
  people: { en: 'Who is held', es: 'Quiénes están' },
  draft: { en: 'Draft: not signed', es: 'Borrador: sin firmar' },
  signedTag: { en: 'Signed', es: 'Firmada' },
  to: { en: 'For', es: 'Se responde a' },
  at: { en: 'At the instant', es: 'En el instante' },
  knownAt: {
    en: 'with what the record knew at checkpoint',
    es: 'con lo que el registro sabía en el sello',
  },
  knownWhen: { en: 'with what the record knew on', es: 'con lo que el registro sabía el' },
  again: { en: 'Read again', es: 'Leer de nuevo' },
  who: { en: 'Who it is, and whether held here', es: 'Quién es, y si está' },
  where: { en: 'Where the person is', es: 'Dónde está la persona' },
  law: { en: 'By what law', es: 'Con qué ley' },
  answers: { en: 'Who answers', es: 'Quién responde' },
  left: { en: 'Departures', es: 'Salidas' },
  rest: { en: 'What is missing, and what else is said', es: 'Qué falta y qué más se dice' },
  cannot: { en: 'What this document cannot say.', es: 'Lo que este documento no puede decir.' },
  cannotWhy: {
    en: 'A proof shows what stands in the record, never what is missing from it. The custodian signs for absences and answers for them. It is checked without a network, with the court’s own list of keys.',
    es: 'Una prueba muestra lo que está en el registro, nunca lo que falta. Las ausencias las firma el custodio y responde por ellas. Se comprueba sin red, con la lista de claves del propio tribunal.',
  },
  checkpoint: { en: 'Checkpoint', es: 'Sello' },
  origin: { en: 'Log', es: 'Registro' },
  custodian: { en: 'Custodian’s signature', es: 'Firma del custodio' },
  pending: { en: 'none yet', es: 'pendiente' },
  given: { en: 'given', es: 'puesta' },
  numbered: {
    en: (count: number) =>
      `All ${formatNumber(count)} ${plural(count, 'en', { one: 'entry', other: 'entries' })} of this custody go along, numbered without a gap.`,
    es: (count: number) =>
      `Van ${plural(count, 'es', { one: 'el asiento', other: 'todos los asientos' })} de esta custodia (${formatNumber(count)}), numerados sin huecos.`,
  },
  scope: { en: 'For whom, and how far', es: 'A quién y con qué alcance' },
  audience: { en: 'Addressee', es: 'Destinatario' },
  courtOnly: { en: 'A court asks for its own return only.', es: 'Un tribunal solo pide su propia respuesta.' },
  world: { en: 'Instant of the world', es: 'Instante del mundo' },
  worldNow: { en: 'now, fixed on reading', es: 'ahora, fijo al leer' },
  worldHow: { en: 'Move it with the time bar.', es: 'Muévalo con la barra de tiempo.' },
  known: { en: 'Known at checkpoint', es: 'Lo sabido en el sello' },
  knownHow: {
    en: 'Empty: all it holds now.',
    es: 'Vacío: todo lo que tiene.',
  },
  knownWrong: { en: 'Write a whole number of entries.', es: 'Escriba un número entero de asientos.' },
  sections: { en: 'Sections that open', es: 'Secciones que se abren' },
  byReader: { en: 'by who receives', es: 'según quien recibe' },
  open: { en: 'open', es: 'abierta' },
  told: { en: 'told, not opened', es: 'se dice, no se abre' },
  closed: { en: 'closed', es: 'cerrada' },
  closedMedical: { en: 'closed · the person opens it', es: 'cerrada · la abre la persona' },
  pseudonym: { en: 'pseudonym', es: 'seudónimo' },
  sign: { en: 'Sign', es: 'Firmar' },
  says: { en: 'You sign that:', es: 'Usted firma que:' },
  saysPlain: {
    en: (proven: number, attested: number, open: number) =>
      `It makes ${formatNumber(proven + attested + open)} statements: ${formatNumber(proven)} proven, ${formatNumber(attested)} on the custodian’s word, ${formatNumber(open)} not proven.`,
    es: (proven: number, attested: number, open: number) =>
      `Hace ${formatNumber(proven + attested + open)} afirmaciones: ${formatNumber(proven)} probadas, ${formatNumber(attested)} bajo palabra del custodio, ${formatNumber(open)} no probadas.`,
  },
  doesNotMend: {
    en: 'Signing does not mend it: it puts it on record.',
    es: 'Firmar no lo corrige: deja constancia.',
  },
  haveRead: {
    en: (count: number) =>
      `I have read the ${plural(count, 'en', { one: 'statement that is', other: `${formatNumber(count)} statements that are` })} not proven`,
    es: (count: number) =>
      `He leído ${plural(count, 'es', { one: 'la frase no probada', other: `las ${formatNumber(count)} frases no probadas` })}`,
  },
  alsoPdf: { en: 'With pages to print (PDF/A-3)', es: 'Con páginas para imprimir (PDF/A-3)' },
  signButton: { en: 'Sign with passkey', es: 'Firmar con llave de acceso' },
  signing: { en: 'Signing', es: 'Firmando' },
  signHow: {
    en: (officer: string) => `Asks for the finger or the key of ${officer}, for this document alone.`,
    es: (officer: string) => `Pide el dedo o la llave de ${officer}, solo para este documento.`,
  },
  readFirst: { en: 'First read what is not proven, and say so.', es: 'Lea primero lo no probado, y dígalo.' },
  mayNot: { en: 'Your role does not sign returns.', es: 'Su rol no firma respuestas.' },
  notConfirmed: {
    en: 'It was not confirmed with a passkey. Nothing was signed.',
    es: 'No se confirmó con una llave de acceso. No se firmó nada.',
  },
  passkeys: { en: 'Your passkeys', es: 'Sus llaves de acceso' },
  isSigned: { en: 'Signed', es: 'Firmada' },
  signedWhat: {
    en: (kilobytes: number) => `The signed file is here, on this machine (${formatNumber(kilobytes)} kB).`,
    es: (kilobytes: number) => `El archivo firmado está aquí, en este equipo (${formatNumber(kilobytes)} kB).`,
  },
  json: { en: 'JSON', es: 'JSON' },
  pdf: { en: 'PDF/A-3', es: 'PDF/A-3' },
  download: { en: 'Download', es: 'Descargar' },
  verify: { en: 'Check here, without a network', es: 'Comprobar aquí, sin red' },
  verifyOwn: {
    en: 'Checked against the trust policy of this house, which is its own word. The court checks with its own.',
    es: 'Comprobado con la política de confianza de esta casa, que es su propia palabra. El tribunal comprueba con la suya.',
  },
  verified: { en: 'Checked in this page', es: 'Comprobado en esta página' },
  before: { en: 'Before', es: 'Antes' },
  seeFile: { en: 'The file', es: 'El expediente' },
  signedBefore: {
    en: (count: number) =>
      `${formatNumber(count)} signed ${plural(count, 'en', { one: 'return', other: 'returns' })} of this custody`,
    es: (count: number) =>
      `${formatNumber(count)} ${plural(count, 'es', { one: 'respuesta firmada', other: 'respuestas firmadas' })} de esta custodia`,
  },
  noneBefore: { en: 'None was signed before.', es: 'Antes no se firmó ninguna.' },
  noneTold: {
    en: 'None that your role is told of.',
    es: 'Ninguna de las que se le dicen a su rol.',
  },
})

export const audienceWords = words({
  court: { en: 'Court', es: 'Tribunal' },
  counsel: { en: 'Counsel', es: 'Defensa' },
  family: { en: 'Family', es: 'Familia' },
  oversight: { en: 'Oversight body', es: 'Órgano de control' },
  'sending-state': { en: 'Sending State', es: 'Estado remitente' },
})

export const sectionWords = words({
  person: { en: 'Person', es: 'Persona' },
  place: { en: 'Place, down to the bunk', es: 'Lugar, hasta la litera' },
  legal: { en: 'Law', es: 'Legal' },
  act: { en: 'Acts', es: 'Actos' },
  staff: { en: 'Staff', es: 'Personal' },
  health: { en: 'Health: exists, fitness', es: 'Salud: consta, aptitud' },
  medical: { en: 'Medical', es: 'Médica' },
})
