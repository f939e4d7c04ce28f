import type { Entry } from '../../kernel/act.ts'
import { dataOf } from '../../kernel/act.ts'
import { contains, parseSpan, type Span } from '../../kernel/span.ts'
import { microsOf } from '../../kernel/time.ts'
import { basisOfEntries, ordersOfEntries } from '../../law/read.ts'
import { describePerson, type Identity, type Name } from '../../people/acts.ts'
import { assignBunk, depart, recordResponsibility } from '../acts.ts'
import { completenessRegister } from '../completeness.ts'
import { admissionOf, bunkRegister, presenceRegister, responsibilityRegister } from '../folds.ts'
import { custodySpanOf } from '../span.ts'
import { asJson, instantWords, lengthWords, type Statements, timeWords } from './statements.ts'

/** What is asked of a custody: the instant, and how its places are called. */
export type Question = {
  readonly at: string
  readonly registerNumber: string
  readonly entries: readonly Entry[]
  readonly placeWords: ReadonlyMap<string, string>
  /** Register numbers of the person's other custodies. */
  readonly others: readonly string[]
}

export type Answer = {
  readonly held: boolean
  readonly basis: string
  readonly where: string
  readonly unknown: readonly string[]
}

/**
 * Answers a writ for one custody at an instant, from its effective entries (oldest first): pure, by the same folds as
 * the registers. Facts of after the instant are left out of what held then; they stand in the file as entries.
 */
export function answer(question: Question, statements: Statements): Answer {
  const { entries, at } = question
  const span = custodySpanOf(entries)
  const zone = span?.admission.occurredAt.zone ?? 'UTC'
  const unknown: string[] = []
  const held = span !== undefined && contains(span, at)
  const when = instantWords(at, zone)
  statements.attest(
    'held',
    held
      ? { en: `At ${when} the person was in custody.`, es: `A las ${when} la persona estaba bajo custodia.` }
      : {
          en: `At ${when} the person was not in this custody.`,
          es: `A las ${when} la persona no estaba en esta custodia.`,
        },
    { at, held },
  )
  if (!span) return { held, basis: 'none', where: 'none', unknown }

  sayAdmission(question, span.admission, statements)
  sayIdentity(entries, statements, unknown)
  const where = sayPresence(question, zone, statements, unknown)
  sayBunk(question, statements)
  sayAuthorities(question, statements, unknown)
  sayOrders(entries, statements)
  const basis = sayBasis(question, zone, statements, unknown)
  sayDepartures(entries, statements)
  const missing = missingAt(entries, at)
  statements.attest(
    'missing',
    missing.length === 0
      ? {
          en: 'No field of the register of admissions is missing.',
          es: 'No falta ningún campo del registro de ingresos.',
        }
      : {
          en: `Missing in the register of admissions: ${missing.join(', ')}.`,
          es: `Faltan en el registro de ingresos: ${missing.join(', ')}.`,
        },
    [...missing],
  )
  statements.attest(
    'other-custodies',
    question.others.length === 0
      ? {
          en: 'The register holds no other custody of this person.',
          es: 'El registro no contiene otra custodia de esta persona.',
        }
      : {
          en: `Other custodies of this person: ${question.others.join(', ')}.`,
          es: `Otras custodias de esta persona: ${question.others.join(', ')}.`,
        },
    [...question.others],
  )
  if (span.disputes.length > 0) {
    statements.attest(
      'disputed-limits',
      {
        en: `Statements about this custody contradict each other: ${span.disputes.join(', ')}.`,
        es: `Las declaraciones sobre esta custodia se contradicen: ${span.disputes.join(', ')}.`,
      },
      [...span.disputes],
    )
  }
  return { held, basis, where, unknown }
}

function sayAdmission({ registerNumber }: Question, admission: Entry, statements: Statements): void {
  statements.prove(
    'register-number',
    { en: `Register number ${registerNumber}.`, es: `Número de registro ${registerNumber}.` },
    registerNumber,
    [statements.cite({ ...admission, origins: {} }, 'person', '/registerNumber', '')],
  )
  const { legal } = admissionOf(admission)
  const words = timeWords(admission.occurredAt)
  statements.prove(
    'admitted',
    { en: `Admitted on ${words} to ${admission.facility}.`, es: `Ingresó el ${words} en ${admission.facility}.` },
    { at: asJson(admission.occurredAt), facility: admission.facility },
    [statements.citeTime(admission, '/at'), statements.cite(admission, 'place', '/facility', '/facility')],
  )
  if (legal?.deprivation && Object.keys(legal.deprivation).length > 0) {
    const { at, where, by } = legal.deprivation
    const parts = [at && timeWords(at), where, by && `${by.name} (${by.state})`].filter((part) => part !== undefined)
    statements.prove(
      'deprivation',
      { en: `Deprived of liberty: ${parts.join('; ')}.`, es: `Privación de libertad: ${parts.join('; ')}.` },
      asJson(legal.deprivation),
      [statements.cite(admission, 'legal', '/deprivation', '')],
    )
  } else {
    statements.unknown('deprivation', {
      en: 'When, where and by whom the person was deprived of liberty is not on record.',
      es: 'No consta cuándo, dónde ni por quién fue privada de libertad.',
    })
  }
}

const nameWords = ({ given, family1, family2, written }: Name): string =>
  [given, family1, family2].filter((part) => part !== undefined).join(' ') || (written ?? '')

function sayIdentity(entries: readonly Entry[], statements: Statements, unknown: string[]): void {
  let names = 0
  for (const entry of entries) {
    const identity = identityOf(entry)
    if (!identity) continue
    identity.names?.forEach((name, i) => {
      names++
      statements.prove(
        `name-${names}`,
        { en: `Name (${name.use}): ${nameWords(name)}.`, es: `Nombre (${useWords[name.use]}): ${nameWords(name)}.` },
        asJson(name),
        [statements.cite(entry, 'person', `/identity/names/${i}`, '')],
      )
    })
    for (const field of ['unnamed', 'birth', 'sex', 'gender', 'nationalities', 'identifiers', 'languages'] as const) {
      if (identity[field] === undefined) continue
      const [en, es] = fieldWords[field]
      statements.prove(
        `${field}-of-entry-${entry.nth ?? 0}`,
        { en: `${en}: ${JSON.stringify(identity[field])}.`, es: `${es}: ${JSON.stringify(identity[field])}.` },
        asJson(identity[field]),
        [statements.cite(entry, 'person', `/identity/${field}`, '')],
      )
    }
  }
  if (names === 0) {
    unknown.push('name')
    statements.unknown('name', { en: 'No name is on record.', es: 'No consta ningún nombre.' })
  }
}

const useWords: Record<Name['use'], string> = {
  recorded: 'registrado',
  alias: 'alias',
  corrected: 'corregido',
  self: 'según la persona',
}
const fieldWords = {
  unnamed: ['Registered without a name', 'Registrada sin nombre'],
  birth: ['Birth', 'Nacimiento'],
  sex: ['Sex as recorded', 'Sexo registrado'],
  gender: ['Gender as self-described', 'Género según la persona'],
  nationalities: ['Nationalities', 'Nacionalidades'],
  identifiers: ['Identifiers', 'Identificadores'],
  languages: ['Languages', 'Idiomas'],
} as const

function identityOf(entry: Entry): Identity | undefined {
  if (entry.kind === 'custody.admit' || entry.kind === 'custody.recapture') return admissionOf(entry).person?.identity
  return entry.kind === describePerson.kind ? dataOf(describePerson, entry).person?.identity : undefined
}

/** A segment that the answer still covers: what holds after the instant is not stated. */
const until = (span: Span, at: string): Span | undefined => {
  if (microsOf(span.from) > microsOf(at)) return undefined
  return span.to !== undefined && microsOf(span.to) <= microsOf(at) ? span : { from: span.from }
}

function sayPresence(
  { entries, at, placeWords }: Question,
  zone: string,
  statements: Statements,
  unknown: string[],
): string {
  let answerWords = 'none'
  let count = 0
  const byN = new Map(entries.map((entry) => [entry.n, entry]))
  for (const row of presenceRegister.rows(entries)) {
    const { span, n, value } = whereabouts(row)
    const shown = until(span, at)
    if (!shown) continue
    count++
    const words = value.place !== null ? (placeWords.get(value.place) ?? value.place) : (value.where ?? value.state)
    const now = contains(span, at)
    if (now) answerWords = value.state === 'at' ? words : value.state
    if (now && value.state !== 'at') unknown.push('where')
    const [en, es] = stateWords[value.state]
    const from = instantWords(shown.from, zone)
    const to = shown.to === undefined ? undefined : instantWords(shown.to, zone)
    const says = {
      en: `${now ? 'Where: ' : ''}${en} ${value.state === 'at' ? words : ''} from ${from}${to ? ` to ${to}` : ''}.`.replace(
        '  ',
        ' ',
      ),
      es: `${now ? 'Dónde: ' : ''}${es} ${value.state === 'at' ? words : ''} desde ${from}${to ? ` hasta ${to}` : ''}.`.replace(
        '  ',
        ' ',
      ),
    }
    const entry = byN.get(n)
    const id = `where-${count}${now ? '-now' : ''}`
    const stated =
      entry?.kind === 'presence.record' ? { state: value.state, place: value.place } : { place: value.place }
    if (!entry || value.state === 'disputed' || value.place === null || entry.sections.place?.place === undefined) {
      statements.attest(id, says, { state: value.state, place: value.place, ...shown })
    } else {
      const evidence = Object.keys(stated).map((field) => statements.cite(entry, 'place', `/${field}`, `/${field}`))
      statements.prove(id, says, { ...stated, since: asJson(entry.occurredAt) }, [
        ...evidence,
        statements.citeTime(entry, '/since'),
      ])
    }
  }
  return answerWords
}

/** A row of the register of presence, typed; the answer is made by the same fold that fills the register. */
function whereabouts(row: Readonly<Record<string, unknown>>) {
  const state = row.state as keyof typeof stateWords
  const value = { state, place: row.place as string | null, where: row.whereabouts as string | null }
  return { span: parseSpan(row.span as string), n: row.entry_n as number, value }
}

/** What the register of admissions lacked at the instant; at an end, what it lacked last. */
function missingAt(entries: readonly Entry[], at: string): readonly string[] {
  const rows = completenessRegister.rows(entries)
  const begun = rows.filter((row) => microsOf(parseSpan(row.span as string).from) <= microsOf(at))
  return ((begun.at(-1) ?? rows[0])?.missing as string[] | undefined) ?? []
}

/** Roles for which two states each named the other at the instant (ICPPED 17(3)(c) to (e)). */
function conflictsAt(entries: readonly Entry[], at: string): { role: keyof typeof roleWords; states: string[] }[] {
  const rows = responsibilityRegister.rows(entries).filter((row) => contains(parseSpan(row.span as string), at))
  return (['ordered', 'supervises', 'runs'] as const).flatMap((role) => {
    const said = new Map(
      rows.filter((row) => row.role === role).map((row) => [row.stated_by as string, row.state as string]),
    )
    const states = [...said].filter(([by, named]) => by !== named && said.get(named) === by).map(([by]) => by)
    return states.length > 0 ? [{ role, states: states.sort() }] : []
  })
}

const stateWords = {
  at: ['in', 'en'],
  between: ['on the way', 'en camino'],
  disputed: ['disputed', 'en disputa'],
  unknown: ['nobody can say where', 'nadie puede decir dónde'],
} as const

function sayBunk({ entries, at, placeWords }: Question, statements: Statements): void {
  const row = bunkRegister.rows(entries).find(({ held }) => contains(parseSpan(held as string), at))
  if (!row) {
    statements.attest('bunk', { en: 'No bunk was assigned.', es: 'Sin litera asignada.' }, null)
    return
  }
  const bunk = row.bunk as string
  const entry = entries.find(({ n, kind }) => n === row.entry_n && kind === assignBunk.kind)
  const words = placeWords.get(bunk) ?? bunk
  const says = { en: `Bunk: ${words}.`, es: `Litera: ${words}.` }
  statements.prove('bunk', says, bunk, [entry && statements.cite(entry, 'place', '/bunk', '')])
}

const roleWords = {
  ordered: ['Ordered by', 'Ordenó'],
  supervises: ['Supervised by', 'Supervisa'],
  runs: ['The place is run by', 'Administra el lugar'],
} as const

function sayAuthorities({ entries, at }: Question, statements: Statements, unknown: string[]): void {
  for (const role of ['ordered', 'supervises', 'runs'] as const) {
    const [en, es] = roleWords[role]
    let count = 0
    for (const entry of entries) {
      const stated = authorityIn(entry, role)
      if (!stated) continue
      count++
      const words = `${stated.authority.name} (${stated.authority.state})`
      statements.prove(
        `authority-${role}-${count}`,
        { en: `${en} ${words}.`, es: `${es}: ${words}.` },
        asJson(stated.authority),
        [statements.cite(entry, 'legal', stated.pointer, '')],
      )
    }
    if (count === 0) {
      unknown.push(`authority-${role}`)
      statements.unknown(`authority-${role}`, { en: `${en}: not on record.`, es: `${es}: no consta.` })
    }
  }
  for (const { role, states } of conflictsAt(entries, at)) {
    const [en, es] = roleWords[role]
    const named = states.join(', ')
    statements.attest(
      `conflict-${role}`,
      {
        en: `Conflict (${en.toLowerCase()}): ${named} each name the other.`,
        es: `Conflicto (${es.toLowerCase()}): ${named} se nombran mutuamente.`,
      },
      [...states],
    )
  }
}

function authorityIn(entry: Entry, role: 'ordered' | 'supervises' | 'runs') {
  if (entry.kind === recordResponsibility.kind) {
    const { legal } = dataOf(recordResponsibility, entry)
    return legal?.role === role ? { authority: legal.authority, pointer: '/authority' } : undefined
  }
  if (entry.kind !== 'custody.admit' && entry.kind !== 'custody.recapture') return undefined
  const authority = admissionOf(entry).legal?.authorities?.[role]
  return authority ? { authority, pointer: `/authorities/${role}` } : undefined
}

function sayOrders(entries: readonly Entry[], statements: Statements): void {
  const orders = ordersOfEntries(entries)
  orders.forEach(({ order, n, ended, disputes }, i) => {
    const entry = entries.find((one) => one.n === n)
    const state = ended ? ended.as : disputes.length > 0 ? 'disputed' : 'standing'
    const listed = (entry?.sections.legal?.orders as { order: string }[] | undefined)?.findIndex(
      (one) => one.order === order.order,
    )
    const pointer = listed === undefined || listed < 0 ? '/order' : `/orders/${listed}`
    statements.prove(
      `order-${i + 1}`,
      {
        en: `Order (${order.kind}) of ${order.issuer.name} (${order.issuer.state}): ${state}${order.provisional ? ', provisional' : ''}.`,
        es: `Orden (${order.kind}) de ${order.issuer.name} (${order.issuer.state}): ${orderStates[state]}${order.provisional ? ', provisional' : ''}.`,
      },
      asJson(order),
      [entry && statements.cite(entry, 'legal', pointer, '')],
    )
  })
  if (orders.length === 0)
    statements.attest('orders', { en: 'No order is on record.', es: 'No consta ninguna orden.' }, [])
}

const orderStates = {
  standing: 'vigente',
  disputed: 'impugnada',
  quashed: 'anulada',
  executed: 'ejecutada',
  superseded: 'reemplazada',
  lifted: 'levantada',
} as const

const basisWords = {
  order: ['covered by an order', 'cubierta por una orden'],
  disputed: ['covered only by a contested order', 'cubierta solo por una orden impugnada'],
  unknown: ['nobody can say by what law', 'nadie puede decir por qué ley'],
  lapse: ['WITHOUT A BASIS', 'SIN BASE LEGAL'],
} as const

function sayBasis({ entries, at }: Question, zone: string, statements: Statements, unknown: string[]): string {
  let state = 'none'
  let count = 0
  for (const segment of basisOfEntries(entries)) {
    const shown = until(segment.span, at)
    if (!shown) continue
    count++
    const now = contains(segment.span, at)
    if (now) state = segment.state
    if (now && segment.state === 'unknown') unknown.push('basis')
    const end = shown.to ?? at
    const length = lengthWords(shown.from, end)
    const [en, es] = basisWords[segment.state]
    statements.attest(
      `basis-${count}${now ? '-now' : ''}`,
      {
        en: `${now ? 'By what law: ' : ''}${en}, ${instantWords(shown.from, zone)} to ${instantWords(end, zone)}, ${length.en}.`,
        es: `${now ? 'Por qué ley: ' : ''}${es}, de ${instantWords(shown.from, zone)} a ${instantWords(end, zone)}, ${length.es}.`,
      },
      { state: segment.state, cause: segment.cause, from: shown.from, to: end, orders: [...segment.orders] },
    )
  }
  return state
}

function sayDepartures(entries: readonly Entry[], statements: Statements): void {
  entries
    .filter(({ kind }) => kind === depart.kind)
    .forEach((entry, i) => {
      const { legal } = dataOf(depart, entry)
      const words = timeWords(entry.occurredAt)
      statements.prove(
        `departure-${i + 1}`,
        { en: `Departure (${legal?.as}) stated for ${words}.`, es: `Salida (${legal?.as}) declarada para ${words}.` },
        { as: legal?.as ?? null, at: asJson(entry.occurredAt) },
        [statements.cite(entry, 'legal', '/as', '/as'), statements.citeTime(entry, '/at')],
      )
    })
}
