import { SECTIONS, type Section } from '../kernel/act.ts'
import { openingOf, type Reader, sectionsOpenTo } from '../kernel/audience.ts'
import { Role } from './roles.ts'

/** As whom a role reads (the table is in kernel/audience.ts). Registrar and director are custody and records staff at once. */
const readers: Readonly<Record<Role, readonly Reader[]>> = {
  registrar: ['custody-staff', 'records-staff'],
  'module-officer': ['custody-staff'],
  'shift-commander': ['custody-staff'],
  'control-room': ['watch-staff'],
  director: ['custody-staff', 'records-staff'],
  health: ['health-staff'],
  'sending-state': ['sending-state'],
  court: ['court'],
  oversight: ['oversight'],
  counsel: ['counsel'],
  family: ['family'],
  auditor: [],
  administrator: [],
  service: [],
}

/** The sections that a role may open; none for a role that is not known. */
export function sectionsFor(role: string): readonly Section[] {
  const known = Role.safeParse(role)
  if (!known.success) return []
  const open = new Set(readers[known.data].flatMap(sectionsOpenTo))
  return SECTIONS.filter((section) => open.has(section))
}

/** The sections of which a role is told what it may know, though they stay closed to it. */
export function toldTo(role: string): readonly Section[] {
  const known = Role.safeParse(role)
  if (!known.success) return []
  return SECTIONS.filter((section) => readers[known.data].some((reader) => openingOf(reader, section) === 'told'))
}

/**
 * Kinds of entries that say who looked at whom, by those whose looking is told to oversight and the auditor alone:
 * whatever their sections are, nobody else is shown one.
 */
const APART: ReadonlySet<string> = new Set(['access.read-apart', 'return.issue-apart', 'access.deny'])
const OVERSEERS: ReadonlySet<string> = new Set(['oversight', 'auditor'])

export const mayOpenKind = (role: string, kind: string): boolean => !APART.has(kind) || OVERSEERS.has(role)

/** Who is told of every look, by whomever. */
export const seesApart = (role: string): boolean => OVERSEERS.has(role)
