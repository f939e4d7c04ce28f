import type { Section } from '../kernel/act.ts'
import { Role } from './roles.ts'

/**
 * Which sections of an entry a role may open: the table of DESIGN §5 for the roles that exist. The registrar is custody
 * and records staff at once. `medical` is for health staff and whom the person chooses, so none of these opens it;
 * others than court and oversight see a pseudonym for `staff`.
 */
const table: Readonly<Record<Role, readonly Section[]>> = {
  registrar: ['person', 'place', 'legal', 'act', 'health'],
  court: ['person', 'place', 'legal', 'act', 'staff', 'health'],
  oversight: ['person', 'place', 'legal', 'act', 'staff', 'health'],
  auditor: [],
  administrator: [],
  service: [],
}

/** The sections that a role may open; none for a role that is not known. */
export function sectionsFor(role: string): readonly Section[] {
  const known = Role.safeParse(role)
  return known.success ? table[known.data] : []
}
