import { z } from 'zod'
import { FacilityCode } from '../../kernel/act.ts'
import { defineContract } from '../../kernel/contract.ts'
import { InstantText } from '../../kernel/time.ts'

const permission = 'law.read'

export const RELEASE_STEPS = ['verified', 'identity', 'other-orders', 'authorised', 'gate'] as const

const Clock = z.strictObject({
  custody: z.uuid(),
  registerNumber: z.string().nullable(),
  facility: z.string(),
  order: z.uuid(),
  kind: z.string(),
  received: z.string(),
  /** From when time counts; it is the receipt where the order says nothing later. */
  starts: z.string(),
  /** From the start to the gate, to the end of the order, or to `at`. */
  minutes: z.int(),
  /** Later than the parameter allows (ours). */
  late: z.boolean(),
  stage: z.enum(['received', 'verified', 'checked', 'authorised', 'gone', 'over']),
  missing: z.array(z.enum(RELEASE_STEPS)),
  leftAs: z.string().nullable(),
  /** Verified orders that stand beside it at `at`, and whether each issuer is empowered: only `yes` refuses. */
  conflicts: z.array(
    z.strictObject({ order: z.uuid(), since: z.string(), empowered: z.enum(['yes', 'no', 'unknown']) }),
  ),
  /** Orders to hold that came after it. */
  later: z.array(z.strictObject({ order: z.uuid(), heard: z.string(), n: z.int() })),
  entryN: z.int(),
})
export type Clock = z.infer<typeof Clock>

export const releasesContract = defineContract({
  method: 'GET',
  path: '/api/releases',
  says: {
    en: 'The release board: each order to let somebody go that is not carried out at an instant, the longest first',
    es: 'El tablero de libertades: cada orden de libertad sin cumplir en un instante, primero la que más tiempo lleva',
  },
  permission,
  personal: true,
  cut: true,
  query: z.strictObject({
    at: InstantText.optional(),
    facility: FacilityCode.optional(),
    limit: z.coerce.number().int().min(1).max(1000).default(200),
  }),
  ok: z.strictObject({ at: z.string(), clocks: z.array(Clock) }),
})

export const releasesOfContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/releases',
  says: {
    en: 'The orders to let one person go, and how far each has come',
    es: 'Las órdenes de libertad de una persona y en qué paso está cada una',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({ at: z.string(), clocks: z.array(Clock) }),
})

export const releaseFiguresContract = defineContract({
  method: 'GET',
  path: '/api/releases/figures',
  says: {
    en: 'From the order to the gate: the median and the worst of a period, and how many wait',
    es: 'De la orden a la puerta: la mediana y el peor caso de un periodo, y cuántas esperan',
  },
  permission,
  personal: false,
  cut: true,
  query: z.strictObject({
    at: InstantText.optional(),
    facility: FacilityCode.optional(),
    days: z.coerce.number().int().min(1).max(3660).default(30),
  }),
  ok: z.strictObject({
    at: z.string(),
    days: z.int(),
    waiting: z.int(),
    late: z.int(),
    gone: z.int(),
    /** Null: nobody went in the period. */
    medianMinutes: z.int().nullable(),
    worstMinutes: z.int().nullable(),
    /** All that passed within the period between an order and the gate. */
    heldAfterMinutes: z.int(),
  }),
})
