import { dataOf, type Entry } from '../kernel/act.ts'
import type { Words } from '../kernel/refusal.ts'
import { recordOrder } from '../law/acts.ts'
import { describePerson, type Identity, photographPerson, recordContact } from '../people/acts.ts'
import { admit, listProperty, recapture, recordHealth, recordResponsibility } from './acts.ts'
import { admissionOf } from './folds.ts'

/** A field that the register of admissions must have. `given`: whether this entry brings it. */
export type RequiredField = {
  /** The instrument that asks for it. */
  readonly citation: string
  readonly says: Words
  readonly given: (entry: Entry) => boolean
}

const identityOf = (entry: Entry): Identity | undefined => {
  if (isAdmission(entry)) return admissionOf(entry).person?.identity
  return entry.kind === describePerson.kind ? dataOf(describePerson, entry).person?.identity : undefined
}
const isAdmission = (entry: Entry): boolean => entry.kind === admit.kind || entry.kind === recapture.kind
const admission = (entry: Entry) => (isAdmission(entry) ? admissionOf(entry) : undefined)
const deprivation = (entry: Entry) => admission(entry)?.legal?.deprivation
const health = (entry: Entry) =>
  admission(entry)?.health ?? (entry.kind === recordHealth.kind ? dataOf(recordHealth, entry).health : undefined)
const orders = (entry: Entry) => {
  if (entry.kind !== recordOrder.kind) return admission(entry)?.legal?.orders ?? []
  const order = dataOf(recordOrder, entry).legal?.order
  return order ? [order] : []
}
const authority = (entry: Entry, role: 'ordered' | 'supervises' | 'runs'): boolean =>
  admission(entry)?.legal?.authorities?.[role] !== undefined ||
  (entry.kind === recordResponsibility.kind && dataOf(recordResponsibility, entry).legal?.role === role)
const contact = (entry: Entry, role: string): boolean =>
  entry.kind === recordContact.kind && dataOf(recordContact, entry).act?.role === role
const isNamed = (identity: Identity | undefined): boolean =>
  (identity?.names ?? []).some(({ given, family1, family2, written }) => given ?? family1 ?? family2 ?? written)

/**
 * ICPPED 17(3)(a) to (f) and Mandela 7, as codes (reference: the register of admissions in both instruments). The order
 * is the treaty's and the order of every list of what is missing. (g) and (h) are asked of a departure, not of a custody.
 */
export const requiredFields = {
  name: {
    citation: 'ICPPED 17(3)(a); Mandela 7(a)',
    says: { en: 'name', es: 'nombre' },
    given: (entry) => isNamed(identityOf(entry)),
  },
  birth: {
    citation: 'ICPPED 17(3)(a)',
    says: { en: 'birth date or age', es: 'fecha de nacimiento o edad' },
    given: (entry) => {
      const birth = identityOf(entry)?.birth
      return birth?.date !== undefined || birth?.ageYears !== undefined
    },
  },
  sex: {
    citation: 'ICPPED 17(3)(a); Mandela 7(a)',
    says: { en: 'sex as recorded or gender as self-described', es: 'sexo registrado o género declarado' },
    given: (entry) => {
      const identity = identityOf(entry)
      return identity?.gender !== undefined || (identity?.sex !== undefined && identity.sex !== 'not-recorded')
    },
  },
  nationality: {
    citation: 'ICPPED 17(3)(a)',
    says: { en: 'nationality', es: 'nacionalidad' },
    given: (entry) => identityOf(entry)?.nationalities !== undefined,
  },
  identifier: {
    citation: 'ICPPED 17(3)(a); Mandela 7(a)',
    says: { en: 'identity document or number', es: 'documento o número de identidad' },
    given: (entry) => (identityOf(entry)?.identifiers ?? []).length > 0,
  },
  // Somebody without a name is told apart by description and photograph; somebody with one is not asked for it.
  likeness: {
    citation: 'Mandela 7(a)',
    says: { en: 'name, or photograph of the unnamed', es: 'nombre, o fotografía de quien no lo tiene' },
    given: (entry) =>
      isNamed(identityOf(entry)) ||
      (entry.kind === photographPerson.kind && dataOf(photographPerson, entry).person?.photograph !== undefined),
  },
  'deprived-at': {
    citation: 'ICPPED 17(3)(b); Mandela 7(b)',
    says: { en: 'when liberty was taken', es: 'cuándo se privó de libertad' },
    given: (entry) => deprivation(entry)?.at !== undefined,
  },
  'deprived-where': {
    citation: 'ICPPED 17(3)(b); Mandela 7(b)',
    says: { en: 'where liberty was taken', es: 'dónde se privó de libertad' },
    given: (entry) => deprivation(entry)?.where !== undefined,
  },
  'deprived-by': {
    citation: 'ICPPED 17(3)(b); Mandela 7(b)',
    says: { en: 'who took liberty', es: 'quién privó de libertad' },
    given: (entry) => deprivation(entry)?.by !== undefined,
  },
  ordered: {
    citation: 'ICPPED 17(3)(c)',
    says: { en: 'authority that ordered it', es: 'autoridad que la ordenó' },
    given: (entry) => authority(entry, 'ordered') || orders(entry).length > 0,
  },
  grounds: {
    citation: 'ICPPED 17(3)(c); Mandela 7(b)',
    says: { en: 'grounds', es: 'motivos' },
    given: (entry) =>
      admission(entry)?.legal?.grounds !== undefined || orders(entry).some(({ provision }) => provision !== undefined),
  },
  supervises: {
    citation: 'ICPPED 17(3)(d)',
    says: { en: 'authority that supervises it', es: 'autoridad que la controla' },
    given: (entry) => authority(entry, 'supervises'),
  },
  'admitted-hour': {
    citation: 'ICPPED 17(3)(e); Mandela 7(c)',
    says: { en: 'hour of admission', es: 'hora de ingreso' },
    given: (entry) => isAdmission(entry) && entry.occurredAt.precision !== 'day',
  },
  runs: {
    citation: 'ICPPED 17(3)(e)',
    says: { en: 'authority that runs the place', es: 'autoridad a cargo del lugar' },
    given: (entry) => authority(entry, 'runs'),
  },
  examined: {
    citation: 'ICPPED 17(3)(f); Mandela 30',
    says: { en: 'medical examination', es: 'examen médico' },
    given: (entry) => health(entry)?.examined !== undefined,
  },
  fitness: {
    citation: 'ICPPED 17(3)(f)',
    says: { en: 'fitness', es: 'aptitud' },
    given: (entry) => {
      const fitness = health(entry)?.fitness
      return fitness !== undefined && fitness !== 'not-examined'
    },
  },
  injuries: {
    citation: 'Mandela 7(d)',
    says: { en: 'whether there are visible injuries', es: 'si hay lesiones visibles' },
    given: (entry) => health(entry)?.injuriesRecorded !== undefined,
  },
  'ill-treatment': {
    citation: 'Mandela 7(d)',
    says: { en: 'whether prior ill-treatment is alleged', es: 'si denuncia malos tratos previos' },
    given: (entry) => health(entry)?.illTreatmentComplaint !== undefined,
  },
  property: {
    citation: 'Mandela 7(e)',
    says: { en: 'inventory of property', es: 'inventario de pertenencias' },
    given: (entry) => entry.kind === listProperty.kind && dataOf(listProperty, entry).act?.items !== undefined,
  },
  children: {
    citation: 'Mandela 7(f)',
    says: { en: 'whether there are children', es: 'si tiene hijos' },
    given: (entry) => admission(entry)?.act?.children !== undefined,
  },
  'emergency-contact': {
    citation: 'Mandela 7(g)',
    says: { en: 'emergency contact', es: 'contacto de emergencia' },
    given: (entry) => contact(entry, 'emergency'),
  },
  'next-of-kin': {
    citation: 'Mandela 7(g)',
    says: { en: 'next of kin', es: 'familiar más cercano' },
    given: (entry) => contact(entry, 'next-of-kin'),
  },
} as const satisfies Record<string, RequiredField>

export type FieldCode = keyof typeof requiredFields
export const fieldCodes = Object.keys(requiredFields) as readonly FieldCode[]

/** The kinds in which a required field can arrive. */
export const fieldKinds = [
  admit.kind,
  recapture.kind,
  describePerson.kind,
  photographPerson.kind,
  recordContact.kind,
  recordOrder.kind,
  recordResponsibility.kind,
  recordHealth.kind,
  listProperty.kind,
] as const

/** Who can supply what is missing. */
export const suppliers = {
  person: { en: 'the person', es: 'la persona' },
  registrar: { en: 'registrar', es: 'registro' },
  arresting: { en: 'who took liberty', es: 'quien privó de libertad' },
  court: { en: 'court', es: 'tribunal' },
  health: { en: 'health staff', es: 'personal de salud' },
} as const satisfies Record<string, Words>
export type Supplier = keyof typeof suppliers

/** Whom to ask first for each field. */
export const supplierOf: Readonly<Record<FieldCode, Supplier>> = {
  name: 'person',
  birth: 'person',
  sex: 'registrar',
  nationality: 'person',
  identifier: 'person',
  likeness: 'registrar',
  'deprived-at': 'arresting',
  'deprived-where': 'arresting',
  'deprived-by': 'arresting',
  ordered: 'court',
  grounds: 'court',
  supervises: 'court',
  'admitted-hour': 'registrar',
  runs: 'registrar',
  examined: 'health',
  fitness: 'health',
  injuries: 'health',
  'ill-treatment': 'health',
  property: 'registrar',
  children: 'person',
  'emergency-contact': 'person',
  'next-of-kin': 'person',
}
