import { z } from 'zod'
import { defineAct } from '../kernel/act.ts'
import { Digest, line } from '../kernel/text.ts'

/** Field of a source (a target of `docs/profiles.md`, or `column.NAME`) → what it says now; null: it says nothing. */
const Changes = z.record(z.string().min(1).max(240), z.string().max(1000).nullable())

/** Where in which file it stands. `row` is the row's identity as the profile builds it. */
export const SourceRow = z.strictObject({ file: Digest, row: line(120), profile: line(80) })

/**
 * What a source says differently now, for all that has no act of its own (level and status have `custody.classify`).
 * Said by the source, without evidence; what is about the person's identity or the charge is sealed with such data.
 */
export const updateSource = defineAct({
  kind: 'source.update',
  v: 1,
  says: { en: 'A source says something differently now', es: 'Una fuente dice ahora algo distinto' },
  about: 'custody',
  sort: 'fact',
  permission: 'custody.record',
  sections: {
    person: z.strictObject({ changes: Changes.default({}) }),
    legal: z.strictObject({ changes: Changes.default({}) }),
    act: z.strictObject({ changes: Changes.default({}), source: SourceRow }),
  },
})

const Count = z.int().nonnegative()

export const Counts = z.strictObject({
  read: Count,
  new: Count,
  same: Count,
  changed: Count,
  /** A row may change in several fields, so these need not add up to `changed`. */
  changedBy: z.record(z.string(), Count),
  gone: Count,
  departed: Count,
  rejected: Count,
  /** Rejected rows of which nobody can say whose they are. */
  unnamed: Count,
  remarks: Count,
})
export type Counts = z.infer<typeof Counts>

/** A file was taken to its end. `complete`: it tells of everybody, so that who is lacking in it is gone from it. */
export const completeImport = defineAct({
  kind: 'import.complete',
  v: 1,
  says: { en: 'A file was imported to its end', es: 'Se importó un archivo hasta el final' },
  about: 'facility',
  sort: 'fact',
  permission: 'custody.record',
  sections: {
    act: z.strictObject({
      file: Digest,
      profile: line(80),
      asOf: z.iso.date().optional(),
      complete: z.boolean(),
      counts: Counts,
    }),
  },
})

export const intakeActs = [updateSource, completeImport] as const
