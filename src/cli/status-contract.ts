import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'

/** The gravest open finding of a question; null: none of severity 1 or 2. */
const Worst = z.enum(['S1', 'S2', 'unknown']).nullable()

export const Status = z.strictObject({
  at: z.string(),
  /** How many people; null, and `worst` too, for whoever may not see the roll. */
  held: z.int().nullable(),
  confirmed: z.int().nullable(),
  unconfirmed: z.int().nullable(),
  withoutBasis: z.int().nullable(),
  basisUnknown: z.int().nullable(),
  /** What is owed and late; null for whoever may not see it. */
  dutiesLate: z.int().nullable(),
  /** Entries that wait for their place in the tree. */
  unsequenced: z.int(),
  checkpoint: z.strictObject({ at: z.string(), size: z.int() }).nullable(),
  /** Witnesses that have cosigned within the time that is tolerated, of those that the trust policy names. */
  witnesses: z.strictObject({ agree: z.int(), of: z.int() }),
  /** By the questions of the navigation. */
  worst: z
    .strictObject({
      who: Worst,
      law: Worst,
      where: Worst,
      watched: Worst,
      conditions: Worst,
      owed: Worst,
      wrong: Worst,
      prove: Worst,
    })
    .nullable(),
})
export type Status = z.infer<typeof Status>

// Whoever signs in reads the state of the log; people are counted for those who may see the roll.
const permission = 'log.read'
const facility = FacilityCode.optional()

export const statusContract = defineContract({
  method: 'GET',
  path: '/api/status',
  says: { en: 'The status strip: how the house stands', es: 'La franja de estado: cómo está la casa' },
  permission,
  personal: false,
  // Who is bound to a facility and names none is shown their own.
  cut: true,
  query: z.strictObject({ at: InstantText.optional(), facility }),
  ok: Status,
})

export const liveContract = defineContract({
  method: 'GET',
  path: '/api/live',
  says: {
    en: 'What changes, as it changes (server-sent events)',
    es: 'Lo que cambia, cuando cambia (eventos del servidor)',
  },
  permission,
  personal: false,
  // Who is bound to a facility and names none is shown their own.
  cut: true,
  query: z.strictObject({ facility }),
  ok: z.unknown().meta({
    description:
      'text/event-stream: `status` with the body of /api/status, `changed` with {custodies}, a comment each 15 s',
  }),
  answers: 'text/event-stream; charset=utf-8',
})
