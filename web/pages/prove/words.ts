import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

export const proveWords = words({
  title: { en: 'Prove it', es: 'Demuéstralo' },
  lead: {
    en: 'Every act stands in the record as an entry. An entry is proven by its way up to a signed root, which witnesses cosign.',
    es: 'Cada acto consta en el registro como un asiento. Un asiento se prueba por su camino hasta una raíz firmada, que los testigos refrendan.',
  },
  parts: { en: 'Parts of this question', es: 'Partes de esta pregunta' },
  entries: { en: 'Entries', es: 'Asientos' },
  checkpoints: { en: 'Checkpoints and witnesses', es: 'Sellos y testigos' },
  audit: { en: 'Audit', es: 'Auditoría' },
  verify: { en: 'Check a file', es: 'Comprobar un archivo' },
  figures: { en: 'How the record stands', es: 'Cómo está el registro' },
  size: { en: 'Entries in the tree', es: 'Asientos en el árbol' },
  unsequenced: { en: 'Waiting for a place', es: 'Sin secuenciar' },
  lastCheckpoint: { en: 'Last checkpoint', es: 'Último sello' },
  witnesses: { en: 'Witnesses', es: 'Testigos' },
  ofSo: { en: (of: number) => `of ${formatNumber(of)}`, es: (of: number) => `de ${formatNumber(of)}` },
  noWitness: { en: 'none is named yet', es: 'aún no se nombra ninguno' },
  kept: { en: 'Promises kept, 24 h', es: 'Promesas cumplidas, 24 h' },
  late: { en: 'Promises late, 24 h', es: 'Promesas tardías, 24 h' },
  within: {
    en: (seconds: number) => `within ${formatNumber(seconds)} s`,
    es: (seconds: number) => `en ${formatNumber(seconds)} s`,
  },
  notMeasured: { en: 'nothing was measured', es: 'no se midió nada' },

  // The list of entries
  what: { en: 'What', es: 'Qué' },
  kind: { en: 'Kind', es: 'Tipo' },
  facility: { en: 'Facility', es: 'Establecimiento' },
  recorded: { en: 'Recorded', es: 'Registrado' },
  index: { en: 'Place in the tree', es: 'Lugar en el árbol' },
  number: { en: 'Entry', es: 'Asiento' },
  waiting: { en: 'waits', es: 'en espera' },
  when: { en: 'Recorded', es: 'Registrado' },
  hour: { en: 'in the last hour', es: 'en la última hora' },
  day: { en: 'in the last 24 h', es: 'en las últimas 24 h' },
  week: { en: 'in the last 7 d', es: 'en los últimos 7 d' },
  month: { en: 'in the last 30 d', es: 'en los últimos 30 d' },
  custody: { en: 'Custody', es: 'Custodia' },
  ofNumber: { en: 'Of the custody with number', es: 'De la custodia con número' },
  show: { en: 'Show', es: 'Ver' },
  newest: { en: 'latest first', es: 'primero lo último' },
  noEntries: { en: 'No entry was found.', es: 'No se encontró ningún asiento.' },
  noEntriesOver: {
    en: 'Kinds that your role is not shown, and people whom it may not see, do not count here.',
    es: 'No cuentan aquí los tipos que su rol no ve, ni las personas que no puede ver.',
  },
  dropFilters: { en: 'Take the filters away', es: 'Quitar los filtros' },

  // One entry
  entryTitle: { en: (n: string) => `Entry ${n}`, es: (n: string) => `Asiento ${n}` },
  entryWaiting: { en: 'Entry without a place yet', es: 'Asiento aún sin lugar' },
  waitsWhy: {
    en: 'It is recorded and waits for its place in the tree; the next pass gives it one. Until then it has a promise, not a proof.',
    es: 'Está registrado y espera su lugar en el árbol; la próxima pasada se lo da. Hasta entonces tiene una promesa, no una prueba.',
  },
  isProven: {
    en: 'The entry stands in the tree under a signed root.',
    es: 'El asiento está en el árbol bajo una raíz firmada.',
  },
  way: { en: 'The way to the root', es: 'El camino hasta la raíz' },
  wayHow: {
    en: (steps: number) =>
      `${formatNumber(steps)} ${plural(steps, 'en', { one: 'step', other: 'steps' })}: SHA-256(01 ‖ left ‖ right) each time`,
    es: (steps: number) =>
      `${formatNumber(steps)} ${plural(steps, 'es', { one: 'paso', other: 'pasos' })}: SHA-256(01 ‖ izquierdo ‖ derecho) cada vez`,
  },
  root: { en: 'Root', es: 'Raíz' },
  howWeKnow: { en: 'How we know', es: 'Cómo se sabe' },
  leafHash: { en: 'Leaf hash', es: 'Resumen de la hoja' },
  treeSize: { en: 'Entries under the root', es: 'Asientos bajo la raíz' },
  signedAt: { en: 'Root signed', es: 'Raíz firmada' },
  cosigned: { en: 'Cosigned by', es: 'Refrendada por' },
  nobody: { en: 'no witness', es: 'ningún testigo' },
  note: { en: 'The signed note', es: 'La nota firmada' },
  envelope: { en: 'Envelope, of which the leaf is made', es: 'Sobre, del que se hace la hoja' },
  envelopeFor: { en: 'public; it reveals nothing', es: 'público; no revela nada' },
  receipt: { en: 'Keep the proof (.tlog-proof)', es: 'Guardar la prueba (.tlog-proof)' },
  check: { en: 'Check here, without a network', es: 'Comprobar aquí, sin red' },
  checkOwn: {
    en: 'Checked against the trust policy of this house, which is its own word.',
    es: 'Comprobado con la política de confianza de esta casa, que es su propia palabra.',
  },
  disclosures: { en: 'What it says', es: 'Qué dice' },
  byRight: { en: 'by the right of your role', es: 'según el derecho de su rol' },
  closedHere: {
    en: 'closed to your role, whether or not it holds anything',
    es: 'cerrada a su rol, haya o no algo en ella',
  },
  emptySection: { en: 'open and empty', es: 'abierta y vacía' },
  removed: {
    en: 'open to your role, and not there: removed by order, or never written',
    es: 'abierta a su rol, y no está: suprimida por orden, o nunca escrita',
  },
  amends: { en: 'Corrections', es: 'Correcciones' },
  amendsOther: { en: 'This entry changes', es: 'Este asiento cambia' },
  amendedBy: { en: 'Changed later by', es: 'Cambiado después por' },
  corrects: { en: 'corrected', es: 'corregido' },
  withdraws: { en: 'withdrawn', es: 'retirado' },
  notAmended: {
    en: 'Nothing changed this entry, and it changes none.',
    es: 'Nada cambió este asiento, ni él cambia otro.',
  },
  amendsClosed: {
    en: 'Your role does not open of whom this entry is, so it is not told which entries change it.',
    es: 'Su rol no abre de quién es este asiento: no se le dice qué asientos lo cambian.',
  },
  person: { en: 'The person’s file', es: 'El expediente de la persona' },

  // Checkpoints
  checkpointsTitle: { en: 'Checkpoints and witnesses', es: 'Sellos y testigos' },
  checkpointsLead: {
    en: 'A checkpoint is the root over all entries so far, signed by the log. A witness cosigns only what continues what it saw before.',
    es: 'Un sello es la raíz sobre todos los asientos hasta entonces, firmada por el registro. Un testigo solo refrenda lo que continúa lo que ya vio.',
  },
  quorum: { en: 'Quorum asked for', es: 'Quórum exigido' },
  quorumNone: { en: 'none, the log alone vouches', es: 'ninguno, solo responde el registro' },
  all: { en: 'All', es: 'Todos' },
  onlyWitnessed: { en: 'Cosigned only', es: 'Solo refrendados' },
  which: { en: 'Which checkpoints', es: 'Qué sellos' },
  noCheckpoints: { en: 'No checkpoint was found.', es: 'No se encontró ningún sello.' },
  more: { en: 'Earlier ones', es: 'Anteriores' },
  noCosigner: { en: 'none', es: 'ninguno' },
  noWitnessNamed: {
    en: 'The trust policy names no witness yet, so nobody outside this house can tell that it shows everybody the same record.',
    es: 'La política de confianza aún no nombra ningún testigo: nadie fuera de esta casa puede asegurar que a todos muestra el mismo registro.',
  },
  promises: { en: 'Promises of the last 24 h', es: 'Promesas de las últimas 24 h' },
  measured: { en: 'Measured', es: 'Medidos' },
  keptShort: { en: 'Kept', es: 'Cumplidas' },
  lateShort: { en: 'Late', es: 'Tardías' },
  waitingShort: { en: 'Waiting', es: 'En espera' },
  slowest: { en: 'Slowest', es: 'La más lenta' },
  promised: { en: 'Promised', es: 'Prometido' },
  lateEntries: { en: 'Entries that came late', es: 'Asientos que llegaron tarde' },
  took: { en: 'Took', es: 'Tardó' },
  signedShort: { en: 'Signed', es: 'Firmado' },

  // Audit
  auditTitle: { en: 'Audit of the whole record', es: 'Auditoría de todo el registro' },
  auditLead: {
    en: 'Reads every entry again: leaves, roots, commitments, numbering, signatures. It changes nothing.',
    es: 'Lee de nuevo cada asiento: hojas, raíces, compromisos, numeración, firmas. No cambia nada.',
  },
  run: { en: 'Begin an audit', es: 'Comenzar una auditoría' },
  running: { en: 'An audit is running already.', es: 'Ya hay una auditoría en marcha.' },
  mayNotRun: {
    en: 'Your role does not run audits. Oversight and the auditor do.',
    es: 'Su rol no hace auditorías. Las hacen la inspección y la auditoría.',
  },
  checkedOf: {
    en: (checked: number, of: number) => `${formatNumber(checked)} of ${formatNumber(of)} entries checked`,
    es: (checked: number, of: number) => `${formatNumber(checked)} de ${formatNumber(of)} asientos comprobados`,
  },
  progress: { en: 'Progress of the audit', es: 'Avance de la auditoría' },
  state: { en: 'State', es: 'Estado' },
  began: { en: 'Began', es: 'Comenzó' },
  ended: { en: 'Ended', es: 'Terminó' },
  isRunning: { en: 'Running', es: 'En marcha' },
  isDone: { en: 'Done', es: 'Terminada' },
  hasFailed: { en: 'Did not come to its end', es: 'No llegó a su fin' },
  problems: { en: 'Problems', es: 'Problemas' },
  noProblems: {
    en: (entries: number, heads: number) =>
      `Nothing was found wrong in ${formatNumber(entries)} entries and ${formatNumber(heads)} checkpoints.`,
    es: (entries: number, heads: number) =>
      `No se encontró nada mal en ${formatNumber(entries)} asientos y ${formatNumber(heads)} sellos.`,
  },
  someProblems: {
    en: (count: number) =>
      `${formatNumber(count)} ${plural(count, 'en', { one: 'problem was', other: 'problems were' })} found. The record was changed outside of the program.`,
    es: (count: number) =>
      `Se ${plural(count, 'es', { one: 'encontró un problema', other: `encontraron ${formatNumber(count)} problemas` })}. El registro se cambió fuera del programa.`,
  },
  details: { en: 'Details', es: 'Detalles' },
  noAudits: {
    en: 'No audit since the server began.',
    es: 'Ninguna auditoría desde que arrancó el servidor.',
  },
  audits: { en: 'Audits since the server began', es: 'Auditorías desde que arrancó el servidor' },
})

/** Nouns of acts, as filters: an act's kind begins with one. */
export const nounWords = words({
  access: { en: 'who looked', es: 'quién miró' },
  bunk: { en: 'bunks', es: 'literas' },
  custody: { en: 'custodies', es: 'custodias' },
  entry: { en: 'corrections', es: 'correcciones' },
  expunge: { en: 'expunging', es: 'supresión' },
  facility: { en: 'facilities', es: 'establecimientos' },
  finding: { en: 'findings', es: 'hallazgos' },
  health: { en: 'health', es: 'salud' },
  import: { en: 'imports', es: 'importaciones' },
  key: { en: 'keys', es: 'claves' },
  note: { en: 'notes', es: 'notas' },
  notice: { en: 'notices', es: 'avisos' },
  officer: { en: 'officers', es: 'funcionarios' },
  order: { en: 'orders', es: 'órdenes' },
  person: { en: 'persons', es: 'personas' },
  place: { en: 'places', es: 'lugares' },
  policy: { en: 'policies', es: 'reglas de acceso' },
  presence: { en: 'presence', es: 'presencia' },
  projection: { en: 'registers made anew', es: 'registros rehechos' },
  property: { en: 'property', es: 'pertenencias' },
  responsibility: { en: 'authorities', es: 'autoridades' },
  return: { en: 'returns', es: 'respuestas' },
  source: { en: 'sources', es: 'fuentes' },
  sync: { en: 'acts refused from devices', es: 'actos de equipos no aceptados' },
})
