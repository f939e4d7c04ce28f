import type { HeldRow } from '../../../src/custody/contract.ts'
import { childrenOf, groundsOf } from './to-acts.ts'
import { type AdmissionValues, isGiven, isNamed, isOrderWhole } from './values.ts'

export type FieldCode = HeldRow['missing'][number]

/** What the register will list as missing when the form is recorded as it stands, in the treaty's order. */
export function lacksOf(values: AdmissionValues, hasPhotograph: boolean): FieldCode[] {
  const named = isNamed(values)
  const whole = isOrderWhole(values)
  const given: Record<FieldCode, boolean> = {
    name: named,
    birth: values.birth !== undefined || /^\d{1,3}$/.test(values.age.trim()),
    sex: values.sex !== '',
    nationality: values.nationality !== '',
    identifier: isGiven(values.number),
    likeness: named || hasPhotograph,
    'deprived-at': values.takenAt !== undefined,
    'deprived-where': isGiven(values.takenWhere),
    'deprived-by': isGiven(values.takenBy),
    ordered: isGiven(values.issuer),
    grounds: groundsOf(values, whole) !== undefined || (whole && isGiven(values.provision)),
    supervises: isGiven(values.supervises),
    'admitted-hour': values.since?.precision !== 'day',
    runs: isGiven(values.runs),
    examined: values.examined !== undefined,
    fitness: values.fitness === 'fit' || values.fitness === 'unfit',
    injuries: values.injuries !== '',
    'ill-treatment': values.illTreatment !== '',
    property: values.property !== '',
    children: childrenOf(values) !== undefined,
    'emergency-contact': values.contact === 'given' && isGiven(values.emergency),
    'next-of-kin': values.contact === 'given' && isGiven(values.kin),
  }
  return (Object.keys(given) as FieldCode[]).filter((code) => !given[code])
}

/** Whom to ask first for each thing, as `supplierOf` of the custody room has it. */
export const supplierOf: Readonly<Record<FieldCode, 'person' | 'registrar' | 'arresting' | 'court' | 'health'>> = {
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
