import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'

const permission = 'law.read'
const query = z.strictObject({ at: InstantText.optional() })
const period = { from: z.string(), to: z.string().nullable(), now: z.boolean() }

export const authoritiesContract = defineContract({
  method: 'GET',
  path: '/api/law/authorities',
  says: {
    en: 'The register of authorities: who may issue orders of which kind, and when',
    es: 'El registro de autoridades: quién puede emitir órdenes de qué tipo, y cuándo',
  },
  permission,
  personal: false,
  cut: true,
  query,
  ok: z.strictObject({
    at: z.string(),
    authorities: z.array(
      z.strictObject({
        id: z.uuid(),
        name: z.string(),
        state: z.string(),
        /** None: all of the state. */
        territories: z.array(z.string()),
        source: z.string(),
        powers: z.array(z.strictObject({ kind: z.string(), ...period })),
        entryN: z.int(),
      }),
    ),
  }),
})

export const statutesContract = defineContract({
  method: 'GET',
  path: '/api/law/statutes',
  says: {
    en: 'The register of statutes: by which provisions somebody may be held, and when they are in force',
    es: 'El registro de leyes: por qué disposiciones se puede detener, y cuándo están en vigor',
  },
  permission,
  personal: false,
  cut: true,
  query,
  ok: z.strictObject({
    at: z.string(),
    statutes: z.array(
      z.strictObject({
        id: z.uuid(),
        state: z.string(),
        title: z.string(),
        article: z.string().nullable(),
        kinds: z.array(z.string()),
        source: z.string(),
        inForce: z.array(z.strictObject(period)),
        entryN: z.int(),
      }),
    ),
  }),
})
