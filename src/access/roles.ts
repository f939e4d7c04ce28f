import { z } from 'zod'

/** Who there is: those who keep the place, those who watch over it, those outside who have a person in it, machines. */
export const ROLES = [
  'registrar',
  'module-officer',
  'shift-commander',
  'control-room',
  'director',
  'health',
  'sending-state',
  'court',
  'oversight',
  'counsel',
  'family',
  'auditor',
  'administrator',
  'service',
] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>

/** Roles that see only the people granted to them (`access.grant`): their clients, their relatives, their own people. */
export const GRANTED_ROLES = ['sending-state', 'counsel', 'family'] as const satisfies readonly Role[]
export type GrantedRole = (typeof GRANTED_ROLES)[number]

/** Roles of those who keep the place. Who of them looked at a file, they see of each other. */
export const FACILITY_ROLES = [
  'registrar',
  'module-officer',
  'shift-commander',
  'control-room',
  'director',
] as const satisfies readonly Role[]
