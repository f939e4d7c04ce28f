import { SECTIONS, type Section } from './act.ts'

/** For whom a return or a file for counsel is made. */
export const AUDIENCES = ['court', 'counsel', 'family', 'oversight', 'sending-state'] as const
export type Audience = (typeof AUDIENCES)[number]

/** Whoever may open sections: the audiences of files, and those who work with the record. */
export type Reader = Audience | 'custody-staff' | 'watch-staff' | 'records-staff' | 'health-staff'

/**
 * `open`: the section's disclosure is handed over. `told`: it stays sealed, and the custodian says the facts in it that
 * this reader may know, on his word: of `place` the facility, of `legal` the items of ICPPED 18(1). `closed`: nothing.
 */
export type Opening = 'open' | 'told' | 'closed'

/**
 * Who may open which section (DESIGN.md §5): the only table of it. A disclosure opens as a whole, so where the design
 * gives a part of a section, it is told. Others than court and oversight see a pseudonym for `staff`. Health staff and
 * whom the person chooses open `medical`: neither is an audience of these files, so none of them ever carries it. Watch
 * staff (a control room) are custody staff who need to know who is where, and no more; health staff must know besides
 * whom they treat and where: these two rows are ours.
 */
const table: Readonly<Record<Section, Readonly<Partial<Record<Reader, Exclude<Opening, 'closed'>>>>>> = {
  person: {
    court: 'open',
    counsel: 'open',
    family: 'open',
    oversight: 'open',
    'custody-staff': 'open',
    'watch-staff': 'open',
    'health-staff': 'open',
    'sending-state': 'open',
  },
  place: {
    court: 'open',
    counsel: 'told',
    family: 'told',
    oversight: 'open',
    'custody-staff': 'open',
    'watch-staff': 'open',
    'health-staff': 'open',
    'sending-state': 'told',
  },
  legal: {
    court: 'open',
    counsel: 'open',
    family: 'told',
    oversight: 'open',
    'records-staff': 'open',
    'sending-state': 'open',
  },
  act: { court: 'open', oversight: 'open', 'custody-staff': 'open' },
  staff: { court: 'open', oversight: 'open' },
  health: {
    court: 'open',
    counsel: 'open',
    family: 'open',
    oversight: 'open',
    'custody-staff': 'open',
    'health-staff': 'open',
  },
  medical: { 'health-staff': 'open' },
}

export const openingOf = (reader: Reader, section: Section): Opening => table[section][reader] ?? 'closed'

/** The sections whose disclosures this reader is given, in the order of sections. */
export const sectionsOpenTo = (reader: Reader): readonly Section[] =>
  SECTIONS.filter((section) => openingOf(reader, section) === 'open')
