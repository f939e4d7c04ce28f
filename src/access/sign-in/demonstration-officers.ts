import type { Words } from '../../kernel/refusal.ts'
import { OFFICER_ROLES, type OfficerRole } from './claims.ts'

/** What each role is, in a few words, for whoever chooses one. */
const words: Readonly<Record<OfficerRole, { readonly name: Words; readonly does: Words }>> = {
  registrar: {
    name: { en: 'Registrar', es: 'Registro' },
    does: { en: 'Enters who comes, moves and leaves', es: 'Asienta quién entra, se mueve y sale' },
  },
  'module-officer': {
    name: { en: 'Module officer', es: 'Custodio de módulo' },
    does: { en: 'Works where people are held', es: 'Trabaja donde están las personas' },
  },
  'shift-commander': {
    name: { en: 'Shift commander', es: 'Jefe de turno' },
    does: { en: 'Answers for a shift', es: 'Responde por un turno' },
  },
  'control-room': {
    name: { en: 'Control-room operator', es: 'Operador de sala de control' },
    does: { en: 'Watches over the whole place', es: 'Vigila todo el establecimiento' },
  },
  director: {
    name: { en: 'Director', es: 'Dirección' },
    does: { en: 'Answers for the place', es: 'Responde por el establecimiento' },
  },
  health: {
    name: { en: 'Health staff', es: 'Personal de salud' },
    does: { en: 'Cares for health, apart from custody', es: 'Atiende la salud, aparte de la custodia' },
  },
  'sending-state': {
    name: { en: 'Sending-state desk', es: 'Oficina del Estado remitente' },
    does: { en: 'Asks about its own people', es: 'Pregunta por sus propias personas' },
  },
  court: {
    name: { en: 'Court', es: 'Tribunal' },
    does: { en: 'Issues writs, reads the answers', es: 'Emite autos, lee las respuestas' },
  },
  oversight: {
    name: { en: 'Oversight inspector', es: 'Inspección de supervisión' },
    does: { en: 'Inspects, opens findings', es: 'Inspecciona, abre hallazgos' },
  },
  counsel: {
    name: { en: 'Counsel', es: 'Defensa' },
    does: { en: 'Sees the people defended', es: 'Ve a las personas que defiende' },
  },
  family: {
    name: { en: 'Family', es: 'Familia' },
    does: { en: 'Sees one’s own relative', es: 'Ve a su propio familiar' },
  },
  auditor: {
    name: { en: 'Auditor', es: 'Auditoría' },
    does: { en: 'Checks the record, opens nothing', es: 'Comprueba el registro, no abre nada' },
  },
  administrator: {
    name: { en: 'Administrator', es: 'Administración' },
    does: { en: 'Runs the installation, sees nobody held', es: 'Opera la instalación, no ve a ninguna persona' },
  },
}

export type DemonstrationOfficer = {
  readonly subject: string
  readonly role: OfficerRole
  readonly label: string
  readonly name: Words
  readonly does: Words
}

/** One synthetic officer for each role. */
export const demonstrationOfficers: readonly DemonstrationOfficer[] = OFFICER_ROLES.map((role, index) => ({
  subject: role,
  role,
  label: `of.\u00a0${String(101 + index).padStart(4, '0')}`,
  ...words[role],
}))
