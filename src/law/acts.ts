import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line, prose, State } from '../kernel/text.ts'
import { LegalDate } from '../kernel/time.ts'

/** A body that orders, supervises or runs; with its state, since two states may each name the other. */
export const Authority = z.strictObject({ name: line(), state: State })
export type Authority = z.infer<typeof Authority>

export const OrderKind = z.enum([
  'arrest',
  'administrative-detention',
  'judicial-detention',
  'remand',
  'extension',
  'sentence',
  'recall',
  'immigration',
  'transfer',
  'civil-commitment',
])

/** A paper that says that somebody is to be held. Until `open`: until further order. `not-stated`: the paper's end is unknown. */
export const Order = z.strictObject({
  order: z.uuid(),
  kind: OrderKind,
  issuer: Authority,
  provision: line(300).optional(),
  caseNumber: line(80).optional(),
  document: Digest.optional(),
  from: LegalDate,
  until: z.union([LegalDate, z.enum(['open', 'not-stated'])]),
  /** As told by telephone or radio; the paper has not arrived. */
  provisional: z.boolean().default(false),
})
export type Order = z.infer<typeof Order>

const permission = 'order.record'

export const recordOrder = defineAct({
  kind: 'order.record',
  v: 1,
  says: { en: 'An order was received', es: 'Se recibió una orden' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { legal: z.strictObject({ order: Order }) },
})

/** The order no longer stands from `at`: quashed may mean from its beginning. */
export const endOrder = defineAct({
  kind: 'order.end',
  v: 1,
  says: { en: 'An order ceased to stand', es: 'Una orden dejó de regir' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      order: z.uuid(),
      as: z.enum(['quashed', 'executed', 'superseded', 'lifted']),
      from: LegalDate,
      by: Authority.optional(),
      document: Digest.optional(),
    }),
  },
})

/**
 * Somebody says that the order does not hold; where nothing else covers, the basis is disputed from then until it is
 * settled: by `order.end`, or by `order.uphold`.
 */
export const disputeOrder = defineAct({
  kind: 'order.dispute',
  v: 1,
  says: { en: 'An order was contested', es: 'Se impugnó una orden' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { legal: z.strictObject({ order: z.uuid(), by: line(), reason: prose(1000) }) },
})

/** A body that may decide it heard the contest and let the order stand. */
export const upholdOrder = defineAct({
  kind: 'order.uphold',
  v: 1,
  says: { en: 'A contested order was upheld', es: 'Se confirmó una orden impugnada' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: { legal: z.strictObject({ order: z.uuid(), by: Authority, document: Digest.optional() }) },
})

export const lawActs = [recordOrder, endOrder, disputeOrder, upholdOrder] as const
