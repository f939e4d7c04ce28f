/** What the acts about a sentence say in their legal section. */
import { z } from 'zod'
import { Digest, line, prose } from '../../kernel/text.ts'
import { Zone } from '../../kernel/time.ts'
import { Adjustment, Day, Happening, Options, Sentence } from './facts.ts'

export const Entered = z.strictObject({
  case: z.uuid(),
  /** The law by which it is computed: the id of a pack, or of a jurisdiction that has none here. */
  pack: line(40),
  zone: Zone,
  marks: z.array(line(120)).max(50).default([]),
  options: Options.default({}),
  sentences: z.array(Sentence).max(200),
  adjustments: z.array(Adjustment).max(500).default([]),
  events: z.array(Happening).max(500).default([]),
})
export type Entered = z.infer<typeof Entered>

export const Adjusted = z.strictObject({
  case: z.uuid(),
  adjustments: z.array(Adjustment).max(500).default([]),
  events: z.array(Happening).max(500).default([]),
})
export type Adjusted = z.infer<typeof Adjusted>

/**
 * A date as it is signed. `pack`: as the pack computes it; `hand`: worked out by a person, where the pack refuses, with
 * the reason; `court`: as a court ordered it, by an order of the ledger or a document.
 */
export const SignedDate = z.strictObject({
  type: line(40),
  date: Day,
  how: z.enum(['pack', 'hand', 'court']),
  why: prose(1000).optional(),
  order: z.uuid().optional(),
  document: Digest.optional(),
})
export type SignedDate = z.infer<typeof SignedDate>

/** A step of the working as it was signed; its words are the pack's, under `text`. */
export const SignedStep = z.strictObject({
  n: z.int().positive(),
  op: line(30),
  text: line(120),
  cite: line(120).optional(),
  values: z.record(z.string().max(60), z.union([z.string().max(300), z.number()])).optional(),
  in: z.array(z.int().positive()).max(300),
  params: z.record(z.string().max(30), z.json()),
  unit: line(20),
  value: z.int(),
})
export type SignedStep = z.infer<typeof SignedStep>

export const Signed = z.strictObject({
  case: z.uuid(),
  /** Absent where there is no pack for the case. */
  pack: z.strictObject({ id: line(40), version: line(40), hash: Digest }).optional(),
  /** Digest of all facts, and a short one of each: they tell later which fact changed. */
  inputs: Digest,
  items: z.record(z.string().max(80), z.string().regex(/^[0-9a-f]{16}$/)),
  /** Digest of the whole outcome; absent where there is no pack. */
  outcome: Digest.optional(),
  /** Which reading of an ambiguous outcome, from 0. */
  reading: z.int().min(0).max(100).default(0),
  dates: z.array(SignedDate).min(1).max(60),
  steps: z.array(SignedStep).max(3000).default([]),
})
export type Signed = z.infer<typeof Signed>

export const Checked = z.strictObject({
  case: z.uuid(),
  /** The entry of the signature. */
  signature: z.uuid(),
  result: z.enum(['agrees', 'disagrees']),
  why: prose(1000).optional(),
})
export type Checked = z.infer<typeof Checked>

export const Reviewed = z.strictObject({
  pack: line(40),
  /** The change by its id in the pack; absent: a new version of the program's pack as such. */
  change: line(60).optional(),
  commences: Day.optional(),
  /** Digests of the pack: as it was, where that is known, and as it is now. */
  before: Digest.optional(),
  after: Digest,
  /** Over the list, line by line in the order of the custodies' ids. */
  list: Digest,
  counts: z.strictObject({
    /** Cases looked at. */
    examined: z.int().nonnegative(),
    /** Cases of which a date moves, appears, goes, or is refused from then on. */
    moved: z.int().nonnegative(),
    earlier: z.int().nonnegative(),
    later: z.int().nonnegative(),
    refused: z.int().nonnegative(),
  }),
})
export type Reviewed = z.infer<typeof Reviewed>
