import { z } from 'zod'
import { defineAct } from '../../kernel/act.ts'
import { line } from '../../kernel/text.ts'

/** Officers are never deleted: their acts stay, and so does who they were. */
export const disableOfficer = defineAct({
  kind: 'officer.disable',
  v: 1,
  says: {
    en: 'An officer may no longer sign in; their sessions and tokens ended',
    es: 'Un funcionario ya no puede iniciar sesión; sus sesiones y tokens terminaron',
  },
  about: 'house',
  sort: 'fact',
  permission: 'officer.manage',
  sections: { act: z.strictObject({ officer: z.uuid(), reason: line(500).optional() }) },
})

export const enableOfficer = defineAct({
  kind: 'officer.enable',
  v: 1,
  says: { en: 'An officer may sign in again', es: 'Un funcionario puede iniciar sesión de nuevo' },
  about: 'house',
  sort: 'fact',
  permission: 'officer.manage',
  sections: { act: z.strictObject({ officer: z.uuid(), reason: line(500).optional() }) },
})

export const officerActs = [disableOfficer, enableOfficer] as const
