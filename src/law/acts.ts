import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line, prose, State } from '../kernel/text.ts'
import { LegalDate, OccurredAt, Zone } from '../kernel/time.ts'

/** A body that orders, supervises or runs; with its state, since two states may each name the other. */
export const Authority = z.strictObject({ name: line(), state: State })
export type Authority = z.infer<typeof Authority>

/** Papers that say that somebody is to be held: these alone cover a moment of custody. */
export const HOLDING_KINDS = [
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
] as const

/** Papers that let go, decide about other papers, or have somebody produced: none of them ever covers a moment. */
export const OTHER_KINDS = ['release', 'bail', 'quashing', 'appeal-decision', 'production'] as const

export const OrderKind = z.enum([...HOLDING_KINDS, ...OTHER_KINDS])
export type OrderKind = z.infer<typeof OrderKind>

const holding: ReadonlySet<string> = new Set(HOLDING_KINDS)

/** Whether an order of this kind can cover a moment of custody. */
export const holds = (kind: string): boolean => holding.has(kind)

/** How a paper, or word of it, reached the place, and who brought it: 'as told by telephone, 02:10, by …'. */
export const Received = z.strictObject({
  at: OccurredAt,
  how: z.enum(['paper', 'telephone', 'radio', 'e-mail', 'court-system']),
  by: line(),
})
export type Received = z.infer<typeof Received>

/** What goes with being held, ending by its own date whatever the order does. */
export const Condition = z.strictObject({
  kind: z.enum(['isolation', 'no-contact', 'no-visits', 'no-communication', 'other']),
  says: line(300).optional(),
  from: LegalDate,
  until: z.union([LegalDate, z.enum(['open', 'not-stated'])]),
  document: Digest.optional(),
})
export type Condition = z.infer<typeof Condition>

/**
 * An end that is counted instead of named. Hours run on instants. Days, months and years run on calendar days of `zone`
 * (the issuer's), and the last day is included: it ends at the midnight after it. `counts`: the day of the beginning is
 * the first of them, which is the earlier reading; `excluded`: the day after it is.
 */
export const LegalClock = z.strictObject({
  after: z.union([
    z.strictObject({ hours: z.int().min(1).max(100_000) }),
    z.strictObject({ days: z.int().min(1).max(40_000) }),
    z.strictObject({ months: z.int().min(1).max(1_200) }),
    z.strictObject({ years: z.int().min(1).max(100) }),
  ]),
  from: z.enum(['begin', 'deprivation', 'admission']),
  zone: Zone,
  firstDay: z.enum(['counts', 'excluded']).default('counts'),
  /** What says so: an article, the paper itself. */
  source: line(300),
})
export type LegalClock = z.infer<typeof LegalClock>

/**
 * A paper that says that somebody is to be held, or what becomes of one that does. `open`: until further order.
 * `not-stated`: the paper's end is unknown.
 */
export const Order = z.strictObject({
  order: z.uuid(),
  kind: OrderKind,
  issuer: Authority,
  /** Of the register of authorities. Without it nobody can say whether the issuer was empowered. */
  authority: z.uuid().optional(),
  /** The part of the state in which it was issued, as the register of authorities writes it. */
  territory: line(80).optional(),
  provision: line(300).optional(),
  /** Of the register of statutes. Without it nobody can say whether the provision was in force. */
  statute: z.uuid().optional(),
  caseNumber: line(80).optional(),
  charges: z.array(line(200)).max(50).optional(),
  document: Digest.optional(),
  /** The paper's own date; where it is not stated, `from` stands for it. */
  issued: LegalDate.optional(),
  from: LegalDate,
  until: z.union([LegalDate, z.enum(['open', 'not-stated']), LegalClock]),
  /** As told by telephone or radio; the paper has not arrived. */
  provisional: z.boolean().default(false),
  received: Received.optional(),
  conditions: z.array(Condition).max(20).optional(),
  /** Of a sentence: whether no ordinary appeal is left. Absent: nobody has said. */
  final: z.boolean().optional(),
  /**
   * The orders that a release, bail, quashing or appeal decision is about; `all`: every one that holds and began before
   * it. Absent: nobody has said, so that nothing ends by it.
   */
  against: z.union([z.literal('all'), z.array(z.uuid()).min(1).max(50)]).optional(),
  /** Of an appeal decision. `replaces`: what stands instead is an order of its own, and may be named. */
  effect: z.enum(['ends', 'replaces', 'upholds']).optional(),
  replacement: z.uuid().optional(),
  /** Of a quashing or an appeal decision: the orders never stood. Otherwise they end where it begins. */
  fromBeginning: z.boolean().optional(),
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

/**
 * The paper was held against something that its bearer does not control. What was found not authentic never covered; a
 * release order ends what it names only once it was found authentic. Of several looks the last one counts.
 */
export const verifyOrder = defineAct({
  kind: 'order.verify',
  v: 1,
  says: { en: 'An order was verified', es: 'Se verificó una orden' },
  about: 'custody',
  sort: 'fact',
  permission: 'order.verify',
  sections: {
    legal: z.strictObject({
      order: z.uuid(),
      against: z.enum(['register', 'issuer-called-back', 'court-system', 'original-seen']),
      /** Who answered or was asked, at the issuer or in the register. */
      by: line(),
      result: z.enum(['authentic', 'not-authentic']),
      document: Digest.optional(),
    }),
  },
})

/** The paper of an order that was only told arrives. Where it says otherwise than was told, both stay. */
export const receiveOrder = defineAct({
  kind: 'order.receive',
  v: 1,
  says: { en: 'The paper of an order arrived', es: 'Llegó el documento de una orden' },
  about: 'custody',
  sort: 'fact',
  permission,
  sections: {
    legal: z.strictObject({
      order: z.uuid(),
      document: Digest.optional(),
      received: Received.optional(),
      differences: z
        .array(z.strictObject({ what: line(80), told: line(300), paper: line(300) }))
        .max(50)
        .default([]),
    }),
  },
})

const lawbook = 'lawbook.record'

/** From when to when a body may issue orders of a kind. */
const Power = z.strictObject({
  kind: OrderKind,
  from: LegalDate,
  until: z.union([LegalDate, z.literal('open')]),
})

/** A body that may issue orders: of which kinds, where, from when to when. Recorded again, it reads as last recorded. */
export const recordAuthority = defineAct({
  kind: 'authority.record',
  v: 1,
  says: { en: 'An authority and its powers were entered', es: 'Se registró una autoridad y sus facultades' },
  about: 'house',
  sort: 'fact',
  permission: lawbook,
  sections: {
    legal: z.strictObject({
      authority: z.uuid(),
      name: line(),
      state: State,
      /** Parts of the state; none: all of it. */
      territories: z.array(line(80)).max(200).default([]),
      powers: z.array(Power).max(200),
      /** Where its powers stand: law, decree, gazette. */
      source: line(300),
      document: Digest.optional(),
    }),
  },
})

/** It issues no more: abolished, renamed into another. */
export const endAuthority = defineAct({
  kind: 'authority.end',
  v: 1,
  says: { en: 'An authority ceased to exist', es: 'Una autoridad dejó de existir' },
  about: 'house',
  sort: 'fact',
  permission: lawbook,
  sections: { legal: z.strictObject({ authority: z.uuid(), from: LegalDate, reason: prose(500).optional() }) },
})

/** A provision by which somebody may be held, with the times in which it is in force. Recorded again: as last recorded. */
export const recordStatute = defineAct({
  kind: 'statute.record',
  v: 1,
  says: { en: 'A legal provision was entered', es: 'Se registró una disposición legal' },
  about: 'house',
  sort: 'fact',
  permission: lawbook,
  sections: {
    legal: z.strictObject({
      statute: z.uuid(),
      state: State,
      title: line(300),
      article: line(120).optional(),
      /** Kinds of orders that it allows. */
      kinds: z.array(OrderKind).min(1).max(20),
      /** Several, where it was suspended or came back. */
      inForce: z
        .array(z.strictObject({ from: LegalDate, until: z.union([LegalDate, z.literal('open')]) }))
        .min(1)
        .max(50),
      source: line(300),
      document: Digest.optional(),
    }),
  },
})

/** Repealed, annulled, or its time ran out. */
export const endStatute = defineAct({
  kind: 'statute.end',
  v: 1,
  says: { en: 'A legal provision ceased to be in force', es: 'Una disposición legal dejó de estar en vigor' },
  about: 'house',
  sort: 'fact',
  permission: lawbook,
  sections: { legal: z.strictObject({ statute: z.uuid(), from: LegalDate, reason: prose(500).optional() }) },
})

export const lawActs = [
  recordOrder,
  endOrder,
  disputeOrder,
  upholdOrder,
  verifyOrder,
  receiveOrder,
  recordAuthority,
  endAuthority,
  recordStatute,
  endStatute,
] as const
