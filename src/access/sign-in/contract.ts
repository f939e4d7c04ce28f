import { z } from 'zod'
import { defineContract } from '../../kernel/contract.ts'
import { Uuid } from '../../kernel/ids.ts'
import { SIGNED_IN } from '../../platform/http/endpoint.ts'

const SessionRow = z.strictObject({
  id: z.uuid(),
  officer: z.uuid(),
  label: z.string(),
  role: z.string(),
  facility: z.string().nullable(),
  created: z.string(),
  lastUsed: z.string(),
  ends: z.string(),
  ended: z.string().nullable(),
  agent: z.string(),
  /** Whether it is the one that asks. */
  current: z.boolean(),
})

export const sessionsContract = defineContract({
  method: 'GET',
  path: '/api/sessions',
  says: {
    en: 'One’s own sessions of the last day; with `of=all`, for administrators, everybody’s',
    es: 'Las sesiones propias del último día; con `of=all`, para administradores, las de todos',
  },
  permission: SIGNED_IN,
  personal: false,
  query: z.strictObject({ of: z.enum(['own', 'all']).default('own') }),
  ok: z.strictObject({ sessions: z.array(SessionRow) }),
})

export const endSessionContract = defineContract({
  method: 'POST',
  path: '/api/sessions/:id/end',
  says: {
    en: 'Ends a session at once: one’s own, or for administrators anybody’s',
    es: 'Termina una sesión de inmediato: una propia, o para administradores la de cualquiera',
  },
  permission: SIGNED_IN,
  personal: false,
  params: z.strictObject({ id: Uuid }),
  ok: SessionRow,
})

const EntryOf = z.strictObject({ entry: z.uuid(), n: z.int() }).nullable()

export const PasskeyRow = z.strictObject({
  id: z.uuid(),
  created: z.string(),
  lastUsed: z.string().nullable(),
  revoked: z.string().nullable(),
  /** As which entries the record has it. */
  addedAs: EntryOf,
  revokedAs: EntryOf,
})

export const passkeysContract = defineContract({
  method: 'GET',
  path: '/api/passkeys',
  says: { en: 'One’s own passkeys', es: 'Las llaves de acceso propias' },
  permission: SIGNED_IN,
  personal: false,
  ok: z.strictObject({ passkeys: z.array(PasskeyRow) }),
})

export const revokePasskeyContract = defineContract({
  method: 'POST',
  path: '/api/passkeys/:id/revoke',
  says: { en: 'A passkey of one’s own stops counting', es: 'Una llave de acceso propia deja de valer' },
  permission: SIGNED_IN,
  personal: false,
  params: z.strictObject({ id: Uuid }),
  ok: PasskeyRow,
})
