import { SECTIONS, type Section } from '../kernel/act.ts'
import type { Refusal } from '../kernel/refusal.ts'
import type { Visible } from '../kernel/visible.ts'
import { closePerson } from '../people/read.ts'
import type { FieldCode } from './fields.ts'
import type { CustodyFile } from './file.ts'
import type { HeldFilter } from './held-filter.ts'
import { refuseCustody } from './refusals.ts'
import type { HeldRow } from './roster-contract.ts'

/** In which section each field of the register of admissions is sealed: that it is lacking is told to who opens it. */
const sectionOf: Readonly<Record<FieldCode, Section>> = {
  name: 'person',
  birth: 'person',
  sex: 'person',
  nationality: 'person',
  identifier: 'person',
  likeness: 'person',
  'deprived-at': 'legal',
  'deprived-where': 'legal',
  'deprived-by': 'legal',
  ordered: 'legal',
  grounds: 'legal',
  supervises: 'legal',
  'admitted-hour': 'person',
  runs: 'legal',
  examined: 'health',
  fitness: 'health',
  injuries: 'health',
  'ill-treatment': 'health',
  property: 'act',
  children: 'act',
  'emergency-contact': 'act',
  'next-of-kin': 'act',
}

/**
 * A file without what stands in sections that its reader does not open, and which these are. What is told of a closed
 * section stays: of `place` the facility, of `legal` the authorities and the departure (ICPPED 18(1)).
 */
export function closeFile(
  file: CustodyFile,
  open: readonly Section[],
  told: readonly Section[],
): CustodyFile & { readonly closed: readonly Section[] } {
  const opens = (section: Section) => open.includes(section)
  const isTold = (section: Section) => opens(section) || told.includes(section)
  const { deprivation } = file
  return {
    ...file,
    identity: file.identity === null ? null : closePerson(file.identity, open),
    missing: file.missing.filter(({ code }) => opens(sectionOf[code])),
    ...(!opens('place') && { presence: null, chain: [], bunk: null }),
    ...(!isTold('place') && { departures: file.departures.map((one) => ({ ...one, destination: null })) }),
    ...(!opens('legal') && {
      ordersStated: null,
      receivedUnder: null,
      deprivation: isTold('legal') && deprivation !== null ? { ...deprivation, grounds: null } : null,
    }),
    ...(!isTold('legal') && { departedAs: null, responsibilities: [], conflicts: [], departures: [] }),
    ...(!opens('act') && { manner: null, classification: [], property: [], children: [], notes: [], claims: [] }),
    ...(!opens('health') && { health: [] }),
    closed: SECTIONS.filter((section) => !opens(section)),
  }
}

/** A row of the roster without what its reader does not open. */
export function closeRow(row: HeldRow, { sections }: Pick<Visible, 'sections'>): HeldRow {
  const opens = (section: Section) => sections.includes(section)
  return {
    ...row,
    missing: row.missing.filter((code) => opens(sectionOf[code])),
    ...(!opens('place') && { place: { id: null, path: [], where: null, bunk: null } }),
    ...(!opens('legal') && {
      basis: null,
      worst: row.worst !== null && /^(LAW|basis)/.test(row.worst.reason) ? null : row.worst,
    }),
  }
}

/** Whoever does not see something may not ask for those of whom it is so: the answer would tell it. */
export function closedFilter(filter: HeldFilter): Refusal | undefined {
  const { basis, withoutBasis, missing, place, visible } = filter
  if (visible === undefined) return undefined
  const asked: Section[] = [
    ...(basis !== undefined || withoutBasis === true ? (['legal'] as const) : []),
    ...(place !== undefined ? (['place'] as const) : []),
    ...(missing !== undefined && missing !== 'any' ? [sectionOf[missing]] : []),
  ]
  const closed = asked.filter((section) => !visible.sections.includes(section))
  return closed.length > 0 ? refuseCustody('section-closed', { closed, open: [...visible.sections] }) : undefined
}
