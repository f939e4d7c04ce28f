import { z } from 'zod'
import { FacilityCode, HOUSE } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'
import { InstantText } from '../kernel/time.ts'

const Words = z.strictObject({ en: z.string(), es: z.string() })
const text = z.string().nullable()
const Limit = z.coerce.number().int().min(1).max(500).default(100)
const Kind = z
  .string()
  .regex(/^[a-z]+(\.[a-z-]+)?$/)
  .max(60)

/** What of an entry is public, and its place in the tree. */
const EntryLine = z.strictObject({
  /** Order in the record; has gaps. */
  n: z.int(),
  id: z.uuid(),
  kind: z.string(),
  v: z.int(),
  says: Words,
  facility: z.string(),
  /** To the minute, as the envelope has it. */
  recorded: z.string(),
  /** Place in the tree; null: it waits for one. */
  index: z.int().nullable(),
})

export const entriesContract = defineContract({
  method: 'GET',
  path: '/api/entries',
  says: { en: 'Entries, the latest first; no section of any', es: 'Asientos, primero los últimos; ninguna sección' },
  permission: 'entry.read',
  personal: false,
  cut: true,
  query: z.strictObject({
    facility: z.union([FacilityCode, z.literal(HOUSE)]).optional(),
    /** A kind (`custody.admit`), or all of a noun (`custody`). */
    kind: Kind.optional(),
    /** Only for who opens the section `person` of it. */
    custody: z.uuid().optional(),
    from: InstantText.optional(),
    to: InstantText.optional(),
    /** The `n` of the last entry of the page before. */
    after: z.coerce.number().int().positive().optional(),
    limit: Limit,
  }),
  ok: z.strictObject({
    /** Entries with a place in the tree, without the filter: what one page is a part of. */
    size: z.int(),
    entries: z.array(EntryLine),
    next: z.int().nullable(),
  }),
})

export const proofContract = defineContract({
  method: 'GET',
  path: '/api/entries/:id/proof',
  says: {
    en: 'The way of an entry up to a signed root, step by step',
    es: 'El camino de un asiento hasta una raíz firmada, paso a paso',
  },
  permission: 'entry.read',
  personal: false,
  params: z.strictObject({ id: Uuid }),
  ok: z.strictObject({
    id: z.uuid(),
    kind: z.string(),
    envelope: z.string(),
    index: z.int(),
    treeSize: z.int(),
    /** Hashes as base64. */
    leafHash: z.string(),
    /** From the leaf upwards: the sister's side and hash, and what the two make. */
    path: z.array(z.strictObject({ side: z.enum(['left', 'right']), sister: z.string(), makes: z.string() })),
    root: z.string(),
    checkpoint: z.strictObject({ note: z.string(), at: z.string() }),
    witnesses: z.array(z.string()),
  }),
})

export const checkpointsContract = defineContract({
  method: 'GET',
  path: '/api/checkpoints',
  says: { en: 'Signed heads of the tree and who cosigned them', es: 'Sellos del registro y quién los refrendó' },
  permission: 'log.read',
  personal: false,
  query: z.strictObject({
    at: InstantText.optional(),
    /** `true`: only those that a witness cosigned. */
    witnessed: z.enum(['true', 'false']).optional(),
    /** The size of the last one of the page before. */
    after: z.coerce.number().int().positive().optional(),
    limit: Limit,
  }),
  ok: z.strictObject({
    /** The names of the trust policy. */
    witnesses: z.array(z.string()),
    quorum: z.string(),
    checkpoints: z.array(
      z.strictObject({
        size: z.int(),
        /** base64 */
        root: z.string(),
        at: z.string(),
        cosigned: z.array(z.strictObject({ witness: z.string(), at: z.string() })),
      }),
    ),
    next: z.int().nullable(),
  }),
})

export const promisesContract = defineContract({
  method: 'GET',
  path: '/api/promises',
  says: {
    en: 'Whether entries came into the signed tree within the promised time',
    es: 'Si los asientos entraron en el árbol firmado dentro del plazo prometido',
  },
  permission: 'log.read',
  personal: false,
  query: z.strictObject({ from: InstantText.optional(), to: InstantText.optional() }),
  ok: z.strictObject({
    from: z.string(),
    to: z.string(),
    /** What is promised now; each promise carries its own, and the record keeps none of them. */
    delaySeconds: z.int(),
    /** Measured from the entry's time to the first signed head that holds it, for a sample where there are many. */
    measured: z.int(),
    kept: z.int(),
    late: z.int(),
    /** Recorded, and in no signed head yet. */
    waiting: z.int(),
    /** The slowest, in seconds; null: none was measured. */
    slowestSeconds: z.number().nullable(),
    lateEntries: z.array(z.strictObject({ id: z.uuid(), recorded: z.string(), signed: text, seconds: z.number() })),
    notKept: Words,
  }),
})

const Audit = z.strictObject({
  id: z.uuid(),
  state: z.enum(['running', 'done', 'failed']),
  began: z.string(),
  ended: text,
  /** Entries checked so far, of so many. */
  checked: z.int(),
  of: z.int(),
  checkpoints: z.int().nullable(),
  problems: z.array(
    z.strictObject({
      what: z.string(),
      index: z.int().nullable(),
      entry: text,
      details: text,
    }),
  ),
})
export type Audit = z.infer<typeof Audit>

export const startAuditContract = defineContract({
  method: 'POST',
  path: '/api/audits',
  says: { en: 'Begins an audit of the whole record', es: 'Comienza una auditoría de todo el registro' },
  permission: 'audit.run',
  personal: false,
  body: z.strictObject({}),
  ok: Audit,
})

export const auditContract = defineContract({
  method: 'GET',
  path: '/api/audits/:id',
  says: { en: 'How far an audit has come, and what it found', es: 'El avance de una auditoría y lo que encontró' },
  permission: 'audit.run',
  personal: false,
  params: z.strictObject({ id: Uuid }),
  ok: Audit,
})

export const auditsContract = defineContract({
  method: 'GET',
  path: '/api/audits',
  says: { en: 'Audits since the server began', es: 'Auditorías desde que arrancó el servidor' },
  permission: 'audit.run',
  personal: false,
  ok: z.strictObject({ audits: z.array(Audit) }),
})

export const custodyEntriesContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/entries',
  says: {
    en: 'The acts of a custody in order, with both times',
    es: 'Los actos de una custodia en orden, con ambas horas',
  },
  permission: 'custody.read',
  personal: true,
  params: z.strictObject({ id: Uuid }),
  query: z.strictObject({
    /** What had happened by then. */
    at: InstantText.optional(),
    /** The `nth` of the last one of the page before; the latest come first. */
    after: z.coerce.number().int().positive().optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.strictObject({
    at: z.string(),
    entries: z.array(
      EntryLine.extend({
        /** The how-manieth of the custody. */
        nth: z.int(),
        /** Null: the section that says so was expunged. */
        occurredAt: z.strictObject({ at: z.string(), precision: z.string(), zone: z.string() }).nullable(),
        recordedAt: z.string(),
        via: z.string(),
        /** Who recorded it, by pseudonym. */
        by: z.string(),
        /** The entry that this one corrects or withdraws. */
        amends: z.uuid().nullable(),
        amendedBy: z.array(z.strictObject({ id: z.uuid(), kind: z.string() })),
      }),
    ),
    next: z.int().nullable(),
  }),
})
