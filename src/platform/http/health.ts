import { z } from 'zod'
import { defineContract, defineRoute, type Route } from '../../kernel/contract.ts'
import { Answer, PUBLIC } from './endpoint.ts'

/** What the parts of the installation say of themselves. Numbers only: no word here is about a person. */
export const Health = z.strictObject({
  database: z.boolean(),
  signer: z.boolean(),
  /** Since when the signer has not answered; null when it does. */
  signerSilentSince: z.string().nullable(),
  /** Why nothing is signed any more, whatever the signer does; null when nothing is wrong with the tree. */
  stopped: z.enum(['TreeBroken', 'CheckpointRefused']).nullable(),
  checkpointAgeSeconds: z.number().nonnegative().nullable(),
  unsequencedEntries: z.int().nonnegative(),
  /** Since when no head has had the cosignatures that the trust policy asks for; null when it has, or asks for none. */
  unwitnessedSince: z.string().nullable(),
  refusedSyncs: z.int().nonnegative(),
})
export type Health = z.infer<typeof Health>

/** Looks now. It answers `database: false` when the database is away, and does not throw for that. */
export type HealthSource = () => Promise<Health>

const live = defineContract({
  method: 'GET',
  path: '/health/live',
  says: { en: 'Whether the process answers', es: 'Si el proceso responde' },
  permission: PUBLIC,
  personal: false,
  ok: z.strictObject({ live: z.literal(true) }),
})

const ready = defineContract({
  method: 'GET',
  path: '/health/ready',
  says: {
    en: 'Whether facts can be recorded (503 when not), and what waits',
    es: 'Si se pueden asentar hechos (503 si no), y qué espera',
  },
  permission: PUBLIC,
  personal: false,
  ok: Health.extend({ ready: z.boolean(), quiet: z.boolean() }),
})

/**
 * Ready is: a fact can be recorded and will be provable. A silent signer leaves it so (promises wait), and is not
 * `quiet`: somebody must look.
 */
export function healthRoutes(source: HealthSource): Route[] {
  return [
    defineRoute(live, async () => ({ live: true as const })),
    {
      contract: ready,
      handle: async () => {
        const health = await source()
        // Facts could still be written into a tree that is not what was signed; nobody could prove them.
        const ready = health.database && health.stopped === null
        const quiet = ready && health.signer && health.unwitnessedSince === null && health.refusedSyncs === 0
        // As text, since what the contract says of a 5xx is a problem.
        const body = JSON.stringify({ ready, quiet, ...health })
        return new Answer(body, ready ? 200 : 503)
      },
    },
  ]
}
