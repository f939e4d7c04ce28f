import type { Words } from '../kernel/refusal.ts'

type OwnerSpec = {
  readonly says: Words
  /** Not of the facility, and not under its orders: where every escalation ends. */
  readonly outside: boolean
  /** A role of this house (src/access/roles.ts), where there is one. */
  readonly role?: string
}

/** By whom something is owed, and to whom it goes when it is late. */
export const owners = {
  registrar: { says: { en: 'register office', es: 'oficina de registro' }, outside: false, role: 'registrar' },
  'shift-commander': {
    says: { en: 'shift commander', es: 'jefatura de turno' },
    outside: false,
    role: 'shift-commander',
  },
  health: { says: { en: 'health staff', es: 'personal de salud' }, outside: false, role: 'health' },
  director: { says: { en: 'director', es: 'dirección' }, outside: false, role: 'director' },
  administrator: {
    says: { en: 'administrator of the system', es: 'administración del sistema' },
    outside: false,
    role: 'administrator',
  },
  prosecutor: { says: { en: 'prosecutor', es: 'fiscalía' }, outside: true },
  court: { says: { en: 'court', es: 'tribunal' }, outside: true, role: 'court' },
  consulate: { says: { en: "consulate's desk", es: 'mesa del consulado' }, outside: true, role: 'sending-state' },
  oversight: { says: { en: 'oversight body', es: 'órgano de supervisión' }, outside: true, role: 'oversight' },
} as const satisfies Readonly<Record<string, OwnerSpec>>

export type Owner = keyof typeof owners
