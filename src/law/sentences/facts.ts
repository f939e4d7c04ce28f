/**
 * The facts of a sentence case, the same for every pack of law: what courts imposed, what is set off against it, what
 * happened since. How a pack reads them stands in `readings/`.
 */
import { z } from 'zod'
import { line, prose } from '../../kernel/text.ts'

/** A calendar day where the court sits, `YYYY-MM-DD`. */
export const Day = z.iso.date().refine((date) => Number(date.slice(0, 4)) >= 1800 && Number(date.slice(0, 4)) <= 9998, {
  error: 'not a date of the years 1800 to 9998',
})

const amount = z.int().min(0).max(40_000).default(0)

/** A length as the court stated it. `part`: what it is a length of; where a sentence has one length it is `custody`. */
export const Term = z.strictObject({
  part: z.enum(['custody', 'extension', 'supervision']).default('custody'),
  years: amount,
  months: amount,
  weeks: amount,
  days: amount,
})
export type Term = z.infer<typeof Term>

export const Recall = z.strictObject({
  /** As the pack names it: `standard`, `fixed-28`. */
  kind: line(60),
  revoked: Day.optional(),
  returned: Day.optional(),
})

export const Sentence = z.strictObject({
  sentence: z.uuid(),
  /** The order of the ledger by which it was imposed. */
  order: z.uuid().optional(),
  /** As the pack names it: `sds`, `eds`, `prison`. */
  kind: line(60),
  offences: z
    .array(z.strictObject({ from: Day.optional(), to: Day.optional(), code: line(60).optional() }))
    .max(100)
    .default([]),
  imposed: Day,
  /** From when it runs, where that is not the day on which it was imposed. */
  begins: Day.optional(),
  terms: z.array(Term).max(20),
  /** The sentence after which it is served. */
  consecutiveTo: z.uuid().optional(),
  /** Properties that the pack asks for by name: `sds-plus`, `serious`. */
  marks: z.array(line(120)).max(50).default([]),
  recall: Recall.optional(),
  /** Of a fine in default of which it is served, in the currency's unit. */
  fine: z.number().min(0).max(1e12).optional(),
})
export type Sentence = z.infer<typeof Sentence>

export const Adjustment = z.strictObject({
  adjustment: z.uuid(),
  /** As the pack names it: `remand`, `tagged-bail`, `added`, `restored`, `unlawfully-at-large`, `disallowed`. */
  kind: line(60),
  /** How many days; where the days themselves are given, they are counted. */
  days: z.int().min(0).max(40_000).optional(),
  from: Day.optional(),
  to: Day.optional(),
  /** The sentence that it belongs to; absent: to all. */
  sentence: z.uuid().optional(),
  order: z.uuid().optional(),
  why: prose(500).optional(),
})
export type Adjustment = z.infer<typeof Adjustment>

/** What happened to the body since: left, came back. */
export const Happening = z.strictObject({ event: z.uuid(), kind: line(60), on: Day, why: line(120).optional() })
export type Happening = z.infer<typeof Happening>

/** What a pack asks for by name about the case as a whole, e.g. how a year is counted. */
export const Options = z.record(z.string().min(1).max(60), z.union([line(200), z.int(), z.boolean()]))

/** All facts of a case. Lists are sorted by id, so that the same facts are the same text in whatever order they came. */
export type CaseFacts = {
  readonly case: string
  readonly pack: string
  readonly zone: string
  readonly birth?: string
  readonly marks: readonly string[]
  readonly options: Readonly<Record<string, string | number | boolean>>
  readonly sentences: readonly Sentence[]
  readonly adjustments: readonly Adjustment[]
  readonly events: readonly Happening[]
}
