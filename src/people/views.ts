import { z } from 'zod'

/** The number of the entry that says so. */
export const EntryN = z.int()

export const NameView = z.strictObject({
  person: z.uuid(),
  use: z.enum(['recorded', 'alias', 'corrected', 'self']),
  given: z.string().nullable(),
  family1: z.string().nullable(),
  family2: z.string().nullable(),
  written: z.string().nullable(),
  since: z.string(),
  /** False: replaced by then. */
  current: z.boolean(),
  entryN: EntryN,
})

/** Who a person is, as the file of a custody and the page of a person both show it. */
export const PersonView = z.strictObject({
  person: z.uuid(),
  names: z.array(NameView),
  facts: z.array(
    z.strictObject({
      aspect: z.enum(['birth', 'sex', 'gender', 'nationalities', 'languages', 'unnamed']),
      value: z.unknown(),
      disputed: z.boolean(),
      since: z.string(),
      entryN: EntryN,
    }),
  ),
  identifiers: z.array(
    z.strictObject({
      scheme: z.string(),
      issuer: z.string(),
      value: z.string(),
      since: z.string(),
      current: z.boolean(),
      entryN: EntryN,
    }),
  ),
  photographs: z.array(
    z.strictObject({ digest: z.string(), mediaType: z.string(), bytes: z.int(), at: z.string(), entryN: EntryN }),
  ),
  marks: z.array(z.strictObject({ where: z.string(), looks: z.string(), at: z.string(), entryN: EntryN })),
  needs: z.array(z.strictObject({ need: z.string(), asks: z.string().nullable(), at: z.string(), entryN: EntryN })),
  contacts: z.array(
    z.strictObject({
      role: z.string(),
      name: z.string(),
      relation: z.string().nullable(),
      reach: z.string().nullable(),
      at: z.string(),
      entryN: EntryN,
    }),
  ),
  links: z.array(
    z.strictObject({
      person: z.uuid(),
      direct: z.boolean(),
      since: z.string().nullable(),
      evidence: z.string().nullable(),
    }),
  ),
})
