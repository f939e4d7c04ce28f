import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { PAGE_MAX } from './read.ts'

const permission = 'law.read'
const State = z.enum(['order', 'disputed', 'unknown', 'lapse'])
const Cause = z.enum([
  'covered',
  'contested',
  'end-not-stated',
  'orders-not-stated',
  'admitted-without-order',
  'order-ended',
  'release-ordered',
  'not-authentic',
])
const ofCustody = z.strictObject({ id: z.uuid() })

export const withoutBasisContract = defineContract({
  method: 'GET',
  path: '/api/without-basis',
  says: {
    en: 'Who is held at an instant without an undisputed standing order, and since when',
    es: 'Quién está detenido en un instante sin una orden vigente e indiscutida, y desde cuándo',
  },
  permission,
  personal: true,
  cut: true,
  query: z.strictObject({
    at: InstantText.optional(),
    facility: FacilityCode.optional(),
    state: State.exclude(['order']).optional(),
    after: z.uuid().optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(100),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** Everybody in custody by state, so that the list can be read against the whole. */
    counts: z.strictObject({ order: z.int(), disputed: z.int(), unknown: z.int(), lapse: z.int() }),
    people: z.array(
      z.strictObject({
        custody: z.uuid(),
        registerNumber: z.string().nullable(),
        facility: z.string(),
        state: State.exclude(['order']),
        cause: Cause,
        since: z.string(),
        until: z.string().nullable(),
      }),
    ),
    /** Where the next page begins; null at the end. */
    next: z.uuid().nullable(),
  }),
})

export const basisContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/basis',
  says: { en: 'What covers each moment of a custody', es: 'Qué ampara cada momento de una custodia' },
  permission,
  personal: true,
  params: ofCustody,
  ok: z.strictObject({
    band: z.array(
      z.strictObject({
        state: State,
        cause: Cause,
        from: z.string(),
        to: z.string().nullable(),
        orders: z.array(z.uuid()),
        entryN: z.int(),
      }),
    ),
  }),
})
