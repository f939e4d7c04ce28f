import { z } from 'zod'

/** The roles of this issue; counsel, family and the commands of a shift come with sign-in. */
export const ROLES = ['registrar', 'court', 'oversight', 'auditor', 'administrator', 'service'] as const
export const Role = z.enum(ROLES)
export type Role = z.infer<typeof Role>
