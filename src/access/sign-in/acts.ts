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

const passkeySections = { act: z.strictObject({ officer: z.uuid(), passkey: z.uuid() }) }

/** Whoever registered a key unseen could sign with it unseen: both are entered, by the product, which saw it. */
export const addPasskey = defineAct({
  kind: 'passkey.add',
  v: 1,
  says: { en: 'An officer registered a passkey', es: 'Un funcionario registró una llave de acceso' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: passkeySections,
})

export const revokePasskey = defineAct({
  kind: 'passkey.revoke',
  v: 1,
  says: { en: 'An officer revoked a passkey', es: 'Un funcionario revocó una llave de acceso' },
  about: 'house',
  sort: 'fact',
  permission: 'service.record',
  sections: passkeySections,
})

export const officerActs = [disableOfficer, enableOfficer, addPasskey, revokePasskey] as const
