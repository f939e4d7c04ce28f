import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const personWords = words({
  person: { en: 'Person', es: 'Persona' },
  noName: { en: 'No name known', es: 'Sin nombre conocido' },
  photograph: { en: 'Photograph, for identity only', es: 'Fotografía, solo para identidad' },
  noPhotograph: { en: 'No photograph', es: 'Sin fotografía' },
  photographOf: { en: (day: string) => `photograph ${day}`, es: (day: string) => `fotografía ${day}` },
  male: { en: 'Male', es: 'Hombre' },
  female: { en: 'Female', es: 'Mujer' },
  sexX: { en: 'Sex X', es: 'Sexo X' },
  born: {
    en: (when: string, age: number | undefined) => (age === undefined ? `born ${when}` : `born ${when} (${age})`),
    es: (when: string, age: number | undefined) =>
      age === undefined ? `nacimiento ${when}` : `nacimiento ${when} (${age})`,
  },
  ageStated: {
    en: (age: number) => `says to be ${age}`,
    es: (age: number) => `dice tener ${age} años`,
  },
  birthUnknown: { en: 'birth unknown', es: 'nacimiento desconocido' },
  nationality: { en: (states: string) => `nationality ${states}`, es: (states: string) => `nacionalidad ${states}` },
  nationalityUnknown: { en: 'nationality unknown', es: 'nacionalidad desconocida' },
  languages: { en: (all: string) => `languages: ${all}`, es: (all: string) => `idiomas: ${all}` },
  disputed: { en: 'disputed', es: 'disputado' },

  heldDays: {
    en: (days: number) => plural(days, 'en', { one: 'Held 1 day', other: `Held ${formatNumber(days)} days` }),
    es: (days: number) =>
      plural(days, 'es', {
        one: 'En custodia desde hace 1 día',
        other: `En custodia desde hace ${formatNumber(days)} días`,
      }),
  },
  notYet: { en: 'Not in custody at this instant', es: 'No estaba en custodia en este instante' },
  left: { en: 'Left', es: 'Salió' },
  as: {
    en: (how: string) => `as ${how}`,
    es: (how: string) => `por ${how}`,
  },
  inPlace: { en: 'in', es: 'en' },
  lastSeen: { en: 'last known', es: 'última noticia' },
  whereUnknown: { en: 'Where the person is is not known', es: 'No se sabe dónde está la persona' },
  whereUnknownSince: {
    en: 'Where this person is has not been known since',
    es: 'No se sabe dónde está esta persona desde el',
  },
  admittedOn: { en: 'The admission is of', es: 'El ingreso es del' },
  onTheWay: { en: 'on the way', es: 'en camino' },
  placeDisputed: { en: 'where is disputed', es: 'el lugar está en disputa' },
  bunk: { en: (code: string) => `bunk ${code}`, es: (code: string) => `litera ${code}` },
  closed: {
    en: 'Your role does not see this section of the file.',
    es: 'Su función no ve esta sección del expediente.',
  },

  noOrderSince: {
    en: 'No order has covered this custody since',
    es: 'Ninguna orden cubre esta custodia desde el',
  },
  neverOrder: {
    en: 'This person was received without an order on',
    es: 'Esta persona ingresó sin orden el',
  },
  finding: { en: (rule: string) => `Finding ${rule}`, es: (rule: string) => `Hallazgo ${rule}` },
  openFor: { en: (span: string) => `That is ${span}.`, es: (span: string) => `Son ${span}.` },
  onlyOthers: {
    en: 'The facility cannot close it: a release, a new order or oversight can.',
    es: 'El establecimiento no puede cerrarlo: lo cierra una libertad, una orden nueva o la inspección.',
  },
  basisUnknown: {
    en: 'By what order this person is held is not known since',
    es: 'No se sabe qué orden ampara a esta persona desde el',
  },
  basisDisputed: {
    en: 'The orders of this person contradict each other since',
    es: 'Las órdenes de esta persona se contradicen desde el',
  },

  sentence: { en: 'Sentence', es: 'Condena' },
  prepareReturn: { en: 'Prepare the return', es: 'Preparar la respuesta' },
  record: { en: 'Record an act', es: 'Registrar un acto' },
  print: { en: 'Print the file', es: 'Imprimir el expediente' },

  bandTitle: { en: 'The basis of custody over time', es: 'La base de la custodia en el tiempo' },
  basis: { en: 'Basis', es: 'Base' },
  whatCovers: { en: 'what covers it', es: 'qué la ampara' },
  orders: { en: 'Orders', es: 'Órdenes' },
  onRecord: {
    en: (count: number) => `${formatNumber(count)} on record`,
    es: (count: number) => `${formatNumber(count)} en el registro`,
  },
  presence: { en: 'Presence', es: 'Presencia' },
  places: {
    en: (count: number) => plural(count, 'en', { one: '1 place', other: `${formatNumber(count)} places` }),
    es: (count: number) => plural(count, 'es', { one: '1 lugar', other: `${formatNumber(count)} lugares` }),
  },
  order: { en: (kind: string) => `order · ${kind}`, es: (kind: string) => `orden · ${kind}` },
  lapse: { en: (span: string) => `lapse ${span}`, es: (span: string) => `lapso ${span}` },
  lapseRunning: {
    en: (span: string) => `lapse ${span}, still running`,
    es: (span: string) => `lapso ${span}, sigue corriendo`,
  },
  lapseToCome: { en: 'lapse to come', es: 'lapso por venir' },
  unknownSpan: { en: (span: string) => `unknown ${span}`, es: (span: string) => `desconocida ${span}` },
  disputedSpan: { en: (span: string) => `disputed ${span}`, es: (span: string) => `disputada ${span}` },
  unknown: { en: 'unknown', es: 'desconocido' },
  from: { en: 'From', es: 'Desde' },
  to: { en: 'To', es: 'Hasta' },
  stillOpen: { en: 'goes on', es: 'continúa' },
  openEnd: { en: 'until further order', es: 'hasta nueva orden' },
  endNotStated: { en: 'end not stated', es: 'fin no declarado' },

  whereTitle: { en: 'Where the body has been', es: 'Dónde ha estado el cuerpo' },
  place: { en: 'Place', es: 'Lugar' },
  for: { en: 'For', es: 'Durante' },
  by: { en: 'By', es: 'Por' },
  noPlaces: { en: 'No place is on record.', es: 'No consta ningún lugar.' },
  saidOtherwise: { en: 'It was said:', es: 'Se dijo:' },

  authoritiesTitle: { en: 'Three authorities, now', es: 'Tres autoridades, ahora' },
  authoritiesThen: { en: 'Three authorities, then', es: 'Tres autoridades, entonces' },
  ordered: { en: 'Ordered by', es: 'La ordenó' },
  supervises: { en: 'Supervised by', es: 'La controla' },
  runs: { en: 'Run by', es: 'La ejecuta' },
  before: { en: (name: string) => `before: ${name}`, es: (name: string) => `antes: ${name}` },
  nobodySince: { en: 'nobody, since', es: 'nadie, desde el' },
  conflict: {
    en: 'Two authorities each name the other. Until solved, whoever holds the person answers.',
    es: 'Dos autoridades dicen que la otra es la responsable. Mientras tanto responde quien tiene a la persona.',
  },
  authorityOf: {
    en: (name: string, state: string) => `${name} (${state})`,
    es: (name: string, state: string) => `${name} (${state})`,
  },
  saidBy: { en: (state: string) => `says ${state}`, es: (state: string) => `según ${state}` },

  missingTitle: { en: 'What is missing', es: 'Qué falta' },
  neverBlocks: { en: 'never blocks an act', es: 'nunca impide un acto' },

  actsTitle: { en: 'Acts', es: 'Actos' },
  happenedRecorded: { en: 'happened · recorded', es: 'ocurrió · se registró' },
  happened: { en: 'Happened', es: 'Ocurrió' },
  recorded: { en: 'Recorded', es: 'Se registró' },
  act: { en: 'Act', es: 'Acto' },
  entry: { en: 'Entry', es: 'Asiento' },
  byWhom: { en: 'By', es: 'Por' },
  later: { en: (span: string) => `+${span}`, es: (span: string) => `+${span}` },
  corrects: { en: 'corrects an entry', es: 'corrige un asiento' },
  corrected: { en: 'corrected since', es: 'corregido después' },
  whenExpunged: { en: '[removed by order]', es: '[suprimido por orden]' },
  earlier: { en: 'Earlier acts', es: 'Actos anteriores' },
  noActs: { en: 'No act had happened by then.', es: 'Hasta entonces no había ocurrido ningún acto.' },

  findingsTitle: { en: 'What is wrong', es: 'Qué está mal' },
  noFindings: { en: 'No finding stands about this person.', es: 'Ningún hallazgo vigente sobre esta persona.' },

  lookedTitle: { en: 'Who looked', es: 'Quién miró' },
  lookedComplete: { en: 'all reads', es: 'todas las lecturas' },
  lookedPart: {
    en: 'by the roles that yours is told of',
    es: 'de las funciones que la suya puede conocer',
  },
  nobodyLooked: {
    en: 'Nobody whose reads your role is told of.',
    es: 'Nadie cuyas lecturas pueda conocer su función.',
  },
  times: {
    en: (count: number) => plural(count, 'en', { one: 'once', other: `${formatNumber(count)} times` }),
    es: (count: number) => plural(count, 'es', { one: 'una vez', other: `${formatNumber(count)} veces` }),
  },
  whatFile: { en: 'the file', es: 'el expediente' },
  whatPicture: { en: 'the photograph', es: 'la fotografía' },
  whatEntry: { en: 'an entry', es: 'un asiento' },
  whatList: { en: 'in a list', es: 'en un listado' },
  whatSearch: { en: 'in a search', es: 'en una búsqueda' },
  whatReturn: { en: 'a return', es: 'una respuesta' },
  returnsTitle: { en: 'Returns issued', es: 'Respuestas emitidas' },
  noReturns: { en: 'None that your role is told of.', es: 'Ninguna que su función pueda conocer.' },
  returnOf: {
    en: (audience: string) => `for ${audience}`,
    es: (audience: string) => `para ${audience}`,
  },
  glass: { en: 'Opened in need, against the closed sections', es: 'Abierto por necesidad, contra lo cerrado' },

  identityTitle: { en: 'Who the person is', es: 'Quién es la persona' },
  names: { en: 'Names', es: 'Nombres' },
  otherNames: { en: 'Other names', es: 'Otros nombres' },
  birth: { en: 'Birth', es: 'Nacimiento' },
  sex: { en: 'Sex', es: 'Sexo' },
  gender: { en: 'Gender', es: 'Género' },
  nationalities: { en: 'Nationalities', es: 'Nacionalidades' },
  languageLabel: { en: 'Languages', es: 'Idiomas' },
  documents: { en: 'Documents', es: 'Documentos' },
  contacts: { en: 'Contacts', es: 'Contactos' },
  marks: { en: 'Marks, for identity only', es: 'Señales, solo para identidad' },
  needs: { en: 'Needs', es: 'Necesidades' },
  linked: { en: 'Found to be the same person', es: 'Se constató que es la misma persona' },
  interpreter: { en: 'interpreter', es: 'intérprete' },

  admissionTitle: { en: 'Admission', es: 'Ingreso' },
  admitted: { en: 'Admitted', es: 'Ingreso' },
  manner: { en: 'How', es: 'Cómo' },
  deprivedAt: { en: 'Liberty taken', es: 'Privación de libertad' },
  deprivedBy: { en: 'Taken by', es: 'La privó' },
  grounds: { en: 'Grounds', es: 'Motivos' },
  classification: { en: 'Level or status', es: 'Nivel o estado' },
  property: { en: 'Property', es: 'Pertenencias' },
  childrenLabel: { en: 'Children', es: 'Hijos' },
  healthTitle: { en: 'Health elements', es: 'Elementos de salud' },
  examined: { en: 'Examined', es: 'Examen' },
  fitness: { en: 'Fitness', es: 'Aptitud' },
  injuries: { en: 'Visible injuries', es: 'Lesiones visibles' },
  complaint: { en: 'Alleges prior ill-treatment', es: 'Denuncia malos tratos previos' },
  notesTitle: { en: 'Notes', es: 'Notas' },
  claims: { en: 'What sources say without evidence', es: 'Lo que dicen las fuentes sin prueba' },
  claim: {
    en: (label: string, value: string) => `${label}: ${value}`,
    es: (label: string, value: string) => `${label}: ${value}`,
  },
  yes: { en: 'yes', es: 'sí' },
  no: { en: 'no', es: 'no' },
  none: { en: 'none', es: 'ninguno' },

  table: {
    en: 'Orders in force and ended',
    es: 'Órdenes vigentes y terminadas',
  },
  issuer: { en: 'Issued by', es: 'Emitida por' },
  caseNumber: { en: 'Case', es: 'Causa' },
  kind: { en: 'Kind', es: 'Clase' },
  state: { en: 'State', es: 'Estado' },
  standing: { en: 'in force', es: 'vigente' },
  ended: { en: 'ended', es: 'terminada' },
  notYetOrder: { en: 'to come', es: 'por venir' },
  disputedOrder: { en: 'disputed', es: 'disputada' },
  provisional: { en: 'by telephone, paper awaited', es: 'por teléfono, se espera el papel' },
})

export const departureWords = words({
  release: { en: 'release', es: 'libertad' },
  transfer: { en: 'transfer', es: 'traslado' },
  death: { en: 'death', es: 'muerte' },
  escape: { en: 'escape', es: 'fuga' },
  unknown: { en: 'unknown', es: 'desconocido' },
})

export const mannerWords = words({
  arrest: { en: 'arrest', es: 'arresto' },
  transfer: { en: 'transfer', es: 'traslado' },
  surrender: { en: 'surrender', es: 'entrega voluntaria' },
  return: { en: 'return', es: 'retorno' },
  'not-stated': { en: 'not stated', es: 'no declarado' },
})

export const languageWords = words({
  es: { en: 'Spanish', es: 'español' },
  en: { en: 'English', es: 'inglés' },
  fr: { en: 'French', es: 'francés' },
  pt: { en: 'Portuguese', es: 'portugués' },
  quc: { en: 'K’iche’', es: 'quiché' },
  kek: { en: 'Q’eqchi’', es: 'q’eqchi’' },
  ppl: { en: 'Nawat', es: 'náhuat' },
})

export const roleOfContact = words({
  'next-of-kin': { en: 'next of kin', es: 'familiar más cercano' },
  counsel: { en: 'counsel', es: 'defensa' },
  emergency: { en: 'emergency', es: 'emergencia' },
})

export const heldWords = words({
  stored: { en: 'stored', es: 'en depósito' },
  'with-person': { en: 'with the person', es: 'con la persona' },
  'given-to-family': { en: 'given to the family', es: 'entregado a la familia' },
})

/** The acts that a file offers, in the order in which they are needed. */
export const actWords = words({
  'presence.record': { en: 'Where the person is', es: 'Dónde está la persona' },
  'bunk.assign': { en: 'Assign a bunk', es: 'Asignar litera' },
  'order.record': { en: 'An order came', es: 'Llegó una orden' },
  'order.end': { en: 'An order ended', es: 'Una orden terminó' },
  'responsibility.record': { en: 'A responsible authority', es: 'Una autoridad responsable' },
  'person.describe': { en: 'Who the person is', es: 'Quién es la persona' },
  'person.photograph': { en: 'Photograph', es: 'Fotografía' },
  'person.contact': { en: 'A contact', es: 'Un contacto' },
  'health.record': { en: 'Elements of health', es: 'Elementos de salud' },
  'property.list': { en: 'Property', es: 'Pertenencias' },
  'custody.classify': { en: 'Level or status', es: 'Nivel o estado' },
  'note.add': { en: 'A note', es: 'Una nota' },
  'custody.depart': { en: 'The person left', es: 'La persona salió' },
})
