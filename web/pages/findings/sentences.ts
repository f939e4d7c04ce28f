import { formatNumber } from '../../frame/format.ts'
import { plural, words } from '../../frame/words.ts'

/** What a finding says, about one person and about many. A rule without a sentence here is told in its own words. */

const many = (people: number, language: 'en' | 'es', forms: { readonly one: string; readonly other: string }) =>
  plural(people, language, { one: forms.one, other: forms.other.replace('{n}', formatNumber(people)) })

type Sentence = {
  readonly en: (people: number) => string
  readonly es: (people: number) => string
}
const group = (en: { one: string; other: string }, es: { one: string; other: string }): Sentence => ({
  en: (people) => many(people, 'en', en),
  es: (people) => many(people, 'es', es),
})

/** About so many people, or about one custody (`1`). */
export const findingSentences = words({
  'LAW-01': group(
    { one: 'One person was received without an order.', other: '{n} people were received without an order.' },
    { one: 'Una persona ingresó sin orden.', other: '{n} personas ingresaron sin orden.' },
  ),
  'LAW-01-issuer': group(
    {
      one: 'Who ordered that one person be held was not empowered for it, or nobody can say.',
      other: 'Who ordered that {n} people be held was not empowered for it, or nobody can say.',
    },
    {
      one: 'Quien ordenó detener a una persona no estaba facultado para ello, o nadie puede decirlo.',
      other: 'Quien ordenó detener a {n} personas no estaba facultado para ello, o nadie puede decirlo.',
    },
  ),
  'LAW-02': group(
    {
      one: 'One person is held by a provision that was not in force or does not allow it, or nobody can say.',
      other: '{n} people are held by a provision that was not in force or does not allow it, or nobody can say.',
    },
    {
      one: 'Una persona está detenida por una disposición que no regía o no lo permite, o nadie puede decirlo.',
      other: '{n} personas están detenidas por una disposición que no regía o no lo permite, o nadie puede decirlo.',
    },
  ),
  'basis-disputed': group(
    { one: 'One person is held on a contested order alone.', other: '{n} people are held on a contested order alone.' },
    {
      one: 'Una persona está detenida solo por una orden impugnada.',
      other: '{n} personas están detenidas solo por una orden impugnada.',
    },
  ),
  'order-only-told': group(
    {
      one: 'The order that holds one person was only told: its paper has not arrived.',
      other: 'The orders that hold {n} people were only told: no paper has arrived.',
    },
    {
      one: 'La orden que ampara a una persona solo se comunicó: falta el documento.',
      other: 'Las órdenes que amparan a {n} personas solo se comunicaron: faltan los documentos.',
    },
  ),
  'TRF-02': group(
    {
      one: 'One person was received as convicted without a final judgment, or nobody can say.',
      other: '{n} people were received as convicted without a final judgment, or nobody can say.',
    },
    {
      one: 'Una persona fue recibida como condenada sin sentencia firme, o nadie puede decirlo.',
      other: '{n} personas fueron recibidas como condenadas sin sentencia firme, o nadie puede decirlo.',
    },
  ),
  'LAW-03': group(
    {
      one: 'The order ended and no other covers this custody.',
      other: 'For {n} people the order ended and no other covers them.',
    },
    {
      one: 'La orden terminó y ninguna otra ampara esta custodia.',
      other: 'La orden de {n} personas terminó y ninguna otra las ampara.',
    },
  ),
  'release-date-passed': group(
    {
      one: 'One person is held past the last lawful day of the sentence, or nobody has worked it out.',
      other: '{n} people are held past the last lawful day of their sentences, or nobody has worked it out.',
    },
    {
      one: 'Una persona sigue en custodia tras el último día lícito de su condena, o nadie lo ha calculado.',
      other: '{n} personas siguen en custodia tras el último día lícito de su condena, o nadie lo ha calculado.',
    },
  ),
  'signed-date-outdated': group(
    {
      one: 'A signed date of a sentence no longer follows from its facts and its law, or a second person disagrees.',
      other: 'Signed dates of {n} people no longer follow from facts and law, or a second person disagrees.',
    },
    {
      one: 'Una fecha firmada de una condena ya no resulta de sus hechos y su ley, o una segunda persona disiente.',
      other: 'Las fechas firmadas de {n} personas ya no resultan de hechos y ley, o una segunda persona disiente.',
    },
  ),
  'law-not-reviewed': group(
    {
      one: 'A sentence law took effect for one person without anybody having looked at whom it moves.',
      other: 'A sentence law took effect for {n} people without anybody having looked at whom it moves.',
    },
    {
      one: 'Una ley de condenas entró a regir para una persona sin que nadie mirara a quién mueve.',
      other: 'Una ley de condenas entró a regir para {n} personas sin que nadie mirara a quién mueve.',
    },
  ),
  'basis-unknown': group(
    {
      one: 'For one person it is not known by what order, or until when.',
      other: 'For {n} people it is not known by what order, or until when.',
    },
    {
      one: 'De una persona no se sabe con qué orden, o hasta cuándo.',
      other: 'De {n} personas no se sabe con qué orden, o hasta cuándo.',
    },
  ),
  'TRF-09': group(
    {
      one: 'For one person an authority is missing, or two states each name the other.',
      other: 'For {n} people an authority is missing, or two states each name the other.',
    },
    {
      one: 'De una persona falta una autoridad, o dos Estados se señalan mutuamente.',
      other: 'De {n} personas falta una autoridad, o dos Estados se señalan mutuamente.',
    },
  ),
  'REG-02': group(
    {
      one: 'The register lacks minimum content about one person.',
      other: 'The register lacks minimum content about {n} people.',
    },
    {
      one: 'Al registro le falta contenido mínimo de una persona.',
      other: 'Al registro le falta contenido mínimo de {n} personas.',
    },
  ),
  'BED-01': group(
    { one: 'For one person no bunk is known.', other: 'For {n} people it is not known whether each has a bunk.' },
    { one: 'De una persona no se conoce litera.', other: 'De {n} personas no se sabe si cada una tiene litera.' },
  ),
  'custody-overlap': group(
    { one: 'One body is in two custodies at once.', other: '{n} people are in two custodies at once.' },
    { one: 'Un mismo cuerpo está en dos custodias a la vez.', other: '{n} personas están en dos custodias a la vez.' },
  ),
  'departure-contradiction': group(
    {
      one: 'Facts about a departure contradict each other.',
      other: 'Facts about {n} departures contradict each other.',
    },
    { one: 'Los hechos sobre una salida se contradicen.', other: 'Los hechos sobre {n} salidas se contradicen.' },
  ),
  'gone-from-roster': group(
    {
      one: 'A person on the last list is not on this one, and no departure is on record.',
      other: '{n} people on the last list are not on this one, and no departures are on record.',
    },
    {
      one: 'Una persona del último listado no está en este, y no consta su salida.',
      other: '{n} personas del último listado no están en este, y no constan sus salidas.',
    },
  ),
  'possible-double': group(
    { one: 'Two records may be of one person.', other: 'Two records may be of one person.' },
    { one: 'Dos registros pueden ser de una misma persona.', other: 'Dos registros pueden ser de una misma persona.' },
  ),
})

export const findingsWords = words({
  title: { en: 'What is wrong', es: 'Qué está mal' },
  figures: { en: 'Open findings by severity', es: 'Hallazgos abiertos por gravedad' },
  s1: { en: 'Severity 1', es: 'Gravedad 1' },
  s2: { en: 'Severity 2', es: 'Gravedad 2' },
  s3: { en: 'Severity 3', es: 'Gravedad 3' },
  s4: { en: 'Severity 4', es: 'Gravedad 4' },
  harm: { en: 'harm or a right', es: 'daño o un derecho' },
  list: { en: 'Findings', es: 'Hallazgos' },
  byRule: { en: 'By rule', es: 'Por regla' },
  rule: { en: 'Rule', es: 'Regla' },
  severity: { en: 'Severity', es: 'Gravedad' },
  state: { en: 'State', es: 'Estado' },
  what: { en: 'What is wrong', es: 'Qué está mal' },
  people: { en: 'People', es: 'Personas' },
  peopleNow: { en: 'People now', es: 'Personas ahora' },
  since: { en: 'Since', es: 'Desde' },
  openSince: { en: 'Open', es: 'Abierto' },
  where: { en: 'Where', es: 'Dónde' },
  house: { en: 'the installation', es: 'la instalación' },
  each: {
    en: (count: number) => `${formatNumber(count)} findings, one for each`,
    es: (count: number) => `${formatNumber(count)} hallazgos, uno por cada una`,
  },
  standsFor: { en: (span: string) => `Open for ${span}.`, es: (span: string) => `Abierto desde hace ${span}.` },
  onePerson: { en: 'one person', es: 'una persona' },
  fails: { en: 'fails', es: 'no se cumple' },
  unknown: { en: 'unknown', es: 'desconocido' },
  findings: { en: 'Findings', es: 'Hallazgos' },
  failing: { en: 'Failing', es: 'No se cumple' },
  cannotJudge: { en: 'Unknown', es: 'Desconocido' },
  nothing: { en: 'No finding stands like this.', es: 'Ningún hallazgo así.' },
  nothingAtAll: { en: 'No finding stands.', es: 'No hay hallazgos vigentes.' },
  checked: {
    en: (when: string, rules: number) =>
      `Checked ${when} by ${formatNumber(rules)} rules. What no rule judges is not counted.`,
    es: (when: string, rules: number) =>
      `Comprobado el ${when} con ${formatNumber(rules)} reglas. Lo que ninguna regla juzga no cuenta.`,
  },
  dropFilters: { en: 'Take all filters away', es: 'Quitar todos los filtros' },
  order: { en: 'severity, then the oldest', es: 'gravedad, luego el más antiguo' },

  findingTitle: { en: (rule: string) => `Finding ${rule}`, es: (rule: string) => `Hallazgo ${rule}` },
  closed: { en: 'closed', es: 'cerrado' },
  open: { en: 'open', es: 'abierto' },
  facts: { en: 'What it says', es: 'Qué dice' },
  opened: { en: 'Stands since', es: 'Vigente desde' },
  ended: { en: 'Ended', es: 'Terminó' },
  atOpening: { en: 'People when it was opened', es: 'Personas al abrirse' },
  openedBy: { en: 'Opened by', es: 'Abierto por' },
  closedBy: { en: 'Closed by', es: 'Cerrado por' },
  entry: { en: (n: string) => `entry ${n}`, es: (n: string) => `asiento ${n}` },
  evidence: { en: 'What it rests on', es: 'En qué se apoya' },
  closeEvidence: { en: 'What ended it', es: 'Qué lo terminó' },
  noEvidence: { en: 'The registers alone.', es: 'Solo los registros.' },
  peopleTitle: { en: 'Its people', es: 'Sus personas' },
  nobody: { en: 'This finding is about no person.', es: 'Este hallazgo no es sobre una persona.' },
  more: { en: 'More people', es: 'Más personas' },
  howCloses: {
    en: 'It closes by itself when the registers show that it ended. Nobody can archive it here.',
    es: 'Se cierra solo cuando los registros muestran que terminó. Aquí nadie puede archivarlo.',
  },

  ruleTitle: { en: (rule: string) => `Rule ${rule}`, es: (rule: string) => `Regla ${rule}` },
  says: { en: 'What the rule says', es: 'Qué dice la regla' },
  citation: { en: 'Where it comes from', es: 'De dónde viene' },
  origin: { en: 'Origin', es: 'Origen' },
  stateNow: { en: 'State now', es: 'Estado ahora' },
  stateThen: { en: 'State then', es: 'Estado entonces' },
  parameters: { en: 'What we had to choose', es: 'Qué tuvimos que elegir' },
  possible: { en: 'States that it can have', es: 'Estados que puede tener' },
  allRules: { en: 'All rules', es: 'Todas las reglas' },
  rulesTitle: { en: 'All rules, now', es: 'Todas las reglas, ahora' },
  noRule: { en: 'There is no rule of this name.', es: 'No hay una regla con este nombre.' },
  itsFindings: { en: 'Findings by this rule', es: 'Hallazgos de esta regla' },

  'e-basis': { en: 'cause', es: 'causa' },
  'e-orders': { en: 'orders', es: 'órdenes' },
  'e-missing': { en: 'missing', es: 'falta' },
  'e-people': { en: 'people', es: 'personas' },
  'e-seenAt': { en: 'seen', es: 'visto' },
  'e-round': { en: 'how often it was open before', es: 'cuántas veces estuvo abierto antes' },
  'e-custodies': { en: 'custodies', es: 'custodias' },
  'e-custody': { en: 'custody', es: 'custodia' },
  'e-entry': { en: 'entry', es: 'asiento' },
  'e-disputes': { en: 'what contradicts', es: 'qué se contradice' },
  'e-states': { en: 'states', es: 'Estados' },
  'e-roles': { en: 'authorities', es: 'autoridades' },
  'e-persons': { en: 'persons', es: 'personas' },
  'e-because': { en: 'because', es: 'porque' },
})
