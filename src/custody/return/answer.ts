import type { Entry } from '../../kernel/act.ts'
import { dataOf } from '../../kernel/act.ts'
import type { Words } from '../../kernel/refusal.ts'
import { contains, parseSpan } from '../../kernel/span.ts'
import { microsOf } from '../../kernel/time.ts'
import { EXPUNGE } from '../../record/lawful.ts'
import { depart } from '../acts.ts'
import { completenessRegister } from '../completeness.ts'
import { type FieldCode, requiredFields } from '../fields.ts'
import { admissionOf } from '../folds.ts'
import { custodySpanOf, type Dispute } from '../span.ts'
import { sayIdentity } from './answer-identity.ts'
import { sayAuthorities, sayBasis, sayOrders } from './answer-law.ts'
import { sayBunk, sayPresence } from './answer-presence.ts'
import type { Question } from './question.ts'
import { asJson, type Statements } from './statements.ts'
import { instantWords, timeWords } from './words.ts'

export type Answer = {
  readonly held: boolean
  readonly basis: string
  readonly where: string
  readonly unknown: readonly string[]
}

/**
 * Answers a writ for one custody at an instant, from its effective entries (oldest first): pure, by the same folds as
 * the registers. Facts of after the instant are left out of what held then; they stand in the file as entries.
 * What follows from a section that the audience may not open is told to facility level (`place`), by the items of
 * ICPPED 18(1) (`legal`), or not at all: also where it is the custodian's word.
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
      ? { en: `On ${when.en} the person was in custody.`, es: `El ${when.es} la persona estaba bajo custodia.` }
      : {
          en: `On ${when.en} the person was not in this custody.`,
          es: `El ${when.es} la persona no estaba en esta custodia.`,
        },
    { at, held, zone },
  )
  if (!span) return { held, basis: 'none', where: 'none', unknown }

  sayAdmission(question, span.admission, statements)
  sayIdentity(entries, statements, unknown)
  const where = sayPresence(question, zone, statements, unknown)
  sayBunk(question, statements)
  sayAuthorities(question, statements, unknown)
  sayOrders(question, zone, statements)
  const basis = sayBasis(question, zone, statements, unknown)
  sayDepartures(entries, statements)
  sayMissing(question, statements)
  sayExpunged(entries, statements)
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
    const said = (language: 'en' | 'es') => span.disputes.map((dispute) => disputeWords[dispute][language]).join('; ')
    statements.attest(
      'disputed-limits',
      {
        en: `Statements about this custody contradict each other: ${said('en')}.`,
        es: `Las declaraciones sobre esta custodia se contradicen: ${said('es')}.`,
      },
      [...span.disputes],
    )
  }
  return { held, basis, where, unknown }
}

const disputeWords: Readonly<Record<Dispute, Words>> = {
  'departed-before-admission': { en: 'left before the admission', es: 'salida anterior al ingreso' },
  'departures-differ': { en: 'two different departures', es: 'dos salidas distintas' },
  'seen-after-departure': { en: 'seen after the departure', es: 'vista después de la salida' },
}

/** What a court had expunged is said, entry by entry and section by section; nothing is left to look like a theft. */
function sayExpunged(entries: readonly Entry[], statements: Statements): void {
  entries
    .filter(({ kind }) => kind === EXPUNGE)
    .forEach((entry, i) => {
      const expunged = asJson(entry.sections.person?.expunged)
      const count = Array.isArray(expunged) ? expunged.length : 0
      statements.prove(
        `expunged-${i + 1}`,
        {
          en: `By order of a court, sections of ${count} entries were expunged.`,
          es: `Por orden de un tribunal se suprimieron secciones de ${count} asientos.`,
        },
        expunged,
        [statements.cite(entry, 'person', '/expunged', '')],
      )
    })
}

function sayAdmission({ registerNumber, places }: Question, admission: Entry, statements: Statements): void {
  statements.prove(
    'register-number',
    { en: `Register number ${registerNumber}.`, es: `Número de registro ${registerNumber}.` },
    registerNumber,
    [statements.cite({ ...admission, origins: {} }, 'person', '/registerNumber', '')],
  )
  const { legal } = admissionOf(admission)
  const words = timeWords(admission.occurredAt)
  const facility = facilityWords(admission.facility, places)
  statements.prove(
    'admitted',
    { en: `Admitted on ${words.en} to ${facility}.`, es: `Ingresó el ${words.es} en ${facility}.` },
    { at: asJson(admission.occurredAt), facility: admission.facility },
    [
      statements.citeTime(admission, '/at'),
      statements.isOpen('place') && admission.sections.place !== undefined
        ? statements.cite(admission, 'place', '/facility', '/facility')
        : statements.citeFacility(admission, '/facility'),
    ],
  )
  const deprivation = legal?.deprivation
  if (deprivation && Object.keys(deprivation).length > 0) {
    const { at, where, by } = deprivation
    const parts = (language: 'en' | 'es') =>
      [at && timeWords(at)[language], where, by && `${by.name} (${by.state})`]
        .filter((part) => part !== undefined)
        .join('; ')
    statements.proveOrTell(
      'deprivation',
      'legal',
      { en: `Deprived of liberty: ${parts('en')}.`, es: `Privación de libertad: ${parts('es')}.` },
      asJson(deprivation),
      [statements.cite(admission, 'legal', '/deprivation', '')],
    )
  } else {
    statements.unknown('deprivation', {
      en: 'When, where and by whom the person was deprived of liberty is not on record.',
      es: 'No consta cuándo, dónde ni por quién fue privada de libertad.',
    })
  }
}

/** The facility's name with its code, as everybody may read it: the code stands in public envelopes. */
function facilityWords(code: string, places: Question['places']): string {
  const named = [...places.values()].find(({ words, facility }) => facility === code && !words.includes(' · '))
  return named === undefined || named.words === code ? code : `${named.words} (${code})`
}

/** Fields of the register that come with a section: who may not read the section is not told that it is empty. */
const fieldSections: Partial<Record<FieldCode, 'health' | 'act'>> = {
  examined: 'health',
  fitness: 'health',
  injuries: 'health',
  'ill-treatment': 'health',
  property: 'act',
  children: 'act',
  'emergency-contact': 'act',
  'next-of-kin': 'act',
}

function sayMissing({ entries, at }: Question, statements: Statements): void {
  const missing = missingAt(entries, at).filter((code) => {
    const section = fieldSections[code]
    return section === undefined || statements.isOpen(section)
  })
  const said = (language: 'en' | 'es') => missing.map((code) => requiredFields[code].says[language]).join('; ')
  statements.attest(
    'missing',
    missing.length === 0
      ? {
          en: 'No field of the register of admissions is missing.',
          es: 'No falta ningún campo del registro de ingresos.',
        }
      : {
          en: `Missing in the register of admissions: ${said('en')}.`,
          es: `Faltan en el registro de ingresos: ${said('es')}.`,
        },
    [...missing],
  )
}

/** What the register of admissions lacked at the instant; at an end, what it lacked last. */
function missingAt(entries: readonly Entry[], at: string): readonly FieldCode[] {
  const rows = completenessRegister.rows(entries)
  const begun = rows.filter((row) => microsOf(parseSpan(row.span as string).from) <= microsOf(at))
  return ((begun.at(-1) ?? rows[0])?.missing as FieldCode[] | undefined) ?? []
}

const departureWords: Readonly<Record<string, Words>> = {
  release: { en: 'release', es: 'libertad' },
  transfer: { en: 'transfer', es: 'traslado' },
  death: { en: 'death', es: 'fallecimiento' },
  escape: { en: 'escape', es: 'fuga' },
  unknown: { en: 'not known how', es: 'no se sabe cómo' },
}

/** ICPPED 17(3)(g), (h) and 18(1)(d), (e), (g): each departure, where to, and what is known of a death. */
function sayDepartures(entries: readonly Entry[], statements: Statements): void {
  entries
    .filter(({ kind }) => kind === depart.kind)
    .forEach((entry, i) => {
      const { legal, place } = dataOf(depart, entry)
      const words = timeWords(entry.occurredAt)
      const how = departureWords[legal?.as ?? 'unknown'] as Words
      const id = `departure-${i + 1}`
      statements.proveOrTell(
        id,
        'legal',
        { en: `Departure (${how.en}) on ${words.en}.`, es: `Salida (${how.es}) el ${words.es}.` },
        { as: legal?.as ?? null, at: asJson(entry.occurredAt) },
        [statements.cite(entry, 'legal', '/as', '/as'), statements.citeTime(entry, '/at')],
      )
      if (place?.destination !== undefined) {
        statements.proveOrTell(
          `${id}-destination`,
          'place',
          { en: `Destination: ${place.destination}.`, es: `Destino: ${place.destination}.` },
          place.destination,
          [statements.cite(entry, 'place', '/destination', '')],
        )
      }
      const { circumstances, cause, remains } = legal?.death ?? {}
      const said = [circumstances, cause, remains].filter((part) => part !== undefined).join('; ')
      if (said === '') return
      statements.proveOrTell(
        `${id}-death`,
        'legal',
        { en: `Death: ${said}.`, es: `Fallecimiento: ${said}.` },
        asJson(legal?.death),
        [statements.cite(entry, 'legal', '/death', '')],
      )
    })
}
