import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'

const permission = 'law.read'

/** How an order can stand at an instant; several at once. Only `in-force`, of an order that holds, is quiet. */
export const ORDER_STATES = [
  'provisional',
  'received',
  'verified',
  'not-authentic',
  'not-yet',
  'in-force',
  'expiring',
  'contested',
  'lapsed',
  'superseded',
  'quashed',
  'executed',
  'lifted',
  'released',
  'bailed',
  'ended-on-appeal',
  'replaced-on-appeal',
] as const
export const OrderStateName = z.enum(ORDER_STATES)
export type OrderStateName = z.infer<typeof OrderStateName>

export const OrderView = z.strictObject({
  order: z.uuid(),
  kind: z.string(),
  /** Whether its kind can cover a moment. */
  holds: z.boolean(),
  issuer: z.strictObject({ name: z.string(), state: z.string() }),
  authority: z.uuid().nullable(),
  territory: z.string().nullable(),
  provision: z.string().nullable(),
  statute: z.uuid().nullable(),
  caseNumber: z.string().nullable(),
  charges: z.array(z.string()),
  /** SHA-256 of the paper: read it at `/api/custodies/:id/documents/:digest`, where it is kept. */
  document: z.string().nullable(),
  /** The paper's own date. */
  issued: z.string(),
  provisional: z.boolean(),
  from: z.string(),
  to: z.string().nullable(),
  /** The end by the paper or its clock, whatever ended it before. */
  paperEnds: z.string().nullable(),
  /** How the end is counted; null: it is named, open or not stated. */
  clock: z.record(z.string(), z.unknown()).nullable(),
  endStated: z.boolean(),
  endedAs: z.string().nullable(),
  /** The order that ended it. */
  endedBy: z.uuid().nullable(),
  disputes: z.array(z.strictObject({ from: z.string(), to: z.string().optional() })),
  final: z.boolean().nullable(),
  /** What a release, bail, quashing or decision on appeal is about. */
  against: z.union([z.literal('all'), z.array(z.uuid())]).nullable(),
  effect: z.string().nullable(),
  received: z.strictObject({ heard: z.string(), how: z.string().nullable(), by: z.string().nullable() }),
  paperArrived: z.string().nullable(),
  /** Since when it has been found authentic; null: it has not. */
  verified: z.string().nullable(),
  conditions: z.array(
    z.strictObject({
      kind: z.string(),
      says: z.string().nullable(),
      from: z.string(),
      to: z.string().nullable(),
      document: z.string().nullable(),
      state: z.enum(['not-yet', 'in-force', 'ended', 'end-not-stated']),
    }),
  ),
  state: z.enum(['not-yet', 'standing', 'disputed', 'ended']),
  /** Everything that is true of it at `at`, in the order of ORDER_STATES. */
  states: z.array(OrderStateName),
  entryN: z.int(),
  endedN: z.int().nullable(),
})
export type OrderView = z.infer<typeof OrderView>

const ofCustody = z.strictObject({ id: z.uuid() })
const At = z.strictObject({ at: InstantText.optional() })

export const ordersContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/orders',
  says: {
    en: 'The orders of a custody and how each stands',
    es: 'Las órdenes de una custodia y el estado de cada una',
  },
  permission,
  personal: true,
  params: ofCustody,
  query: At,
  ok: z.strictObject({ at: z.string(), orders: z.array(OrderView) }),
})

const Verdict = z.enum(['yes', 'no', 'unknown'])

export const orderContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/orders/:order',
  says: {
    en: 'One order: its paper, issuer and provision, what was done about it, and every entry of it',
    es: 'Una orden: su documento, quién la emitió y con qué disposición, qué se hizo con ella y cada asiento',
  },
  permission,
  personal: true,
  params: ofCustody.extend({ order: z.uuid() }),
  query: At,
  ok: z.strictObject({
    at: z.string(),
    custody: z.strictObject({ id: z.uuid(), registerNumber: z.string(), facility: z.string() }),
    order: OrderView,
    /** Whether it covers the person at `at`. */
    coversNow: z.boolean(),
    /** Judged at the order's own date by the register of authorities; `reason` says why. */
    empowered: z.strictObject({
      verdict: Verdict,
      reason: z.string(),
      authority: z
        .strictObject({
          id: z.uuid(),
          name: z.string(),
          state: z.string(),
          territories: z.array(z.string()),
          ends: z.string().nullable(),
        })
        .nullable(),
    }),
    inForce: z.strictObject({
      verdict: Verdict,
      reason: z.string(),
      statute: z
        .strictObject({
          id: z.uuid(),
          title: z.string(),
          article: z.string().nullable(),
          state: z.string(),
          ends: z.string().nullable(),
        })
        .nullable(),
    }),
    /** Orders that this one ended or contests, and those that end it. */
    affects: z.array(z.strictObject({ order: z.uuid(), kind: z.string(), endedAs: z.string().nullable() })),
    /** What was done about it, in the order in which it happened. */
    events: z.array(
      z.strictObject({
        entryN: z.int(),
        what: z.string(),
        at: z.string(),
        precision: z.string(),
        recorded: z.string(),
        by: z.string().nullable(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    /** Every entry about it, corrections and withdrawals too, in the order of the record. */
    entries: z.array(
      z.strictObject({ n: z.int(), id: z.uuid(), kind: z.string(), recorded: z.string(), amends: z.uuid().nullable() }),
    ),
  }),
})
