import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'
import { line } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'

const Words = z.strictObject({ en: z.string(), es: z.string() })
const ofCustody = {
  custody: z.uuid().nullable(),
  registerNumber: z.string().nullable(),
  facility: z.string().nullable(),
}

/** What was found, the likeliest first; each type says what its row opens. */
const Result = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('person'),
    person: z.uuid(),
    ...ofCustody,
    /** Held at `at`; else the last custody of the person. */
    held: z.boolean(),
    name: z.string().nullable(),
    by: z.enum(['register-number', 'number', 'name', 'description']),
    score: z.number(),
    /** Words asked for that the name lacks, or that only sound alike. */
    near: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('place'),
    place: z.uuid(),
    kind: z.string(),
    path: z.array(z.string()),
    name: z.string().nullable(),
    facility: z.string(),
  }),
  z.strictObject({
    type: z.literal('order'),
    order: z.uuid(),
    kind: z.string(),
    caseNumber: z.string().nullable(),
    issuer: z.string(),
    ...ofCustody,
  }),
  z.strictObject({
    type: z.literal('act'),
    kind: z.string(),
    says: Words,
    permission: z.string(),
    about: z.enum(['custody', 'facility', 'any', 'house']),
  }),
])
export type SearchResult = z.infer<typeof Result>

const Found = z.strictObject({
  /** Under which the same search can be read again by who made it, for an hour: the address holds nothing else. */
  search: z.uuid(),
  at: z.string(),
  text: z.string(),
  results: z.array(Result),
})

export const searchAllContract = defineContract({
  method: 'POST',
  path: '/api/search',
  says: { en: 'Finds people, places, orders and acts', es: 'Busca personas, lugares, órdenes y actos' },
  permission: 'person.read',
  personal: true,
  cut: true,
  body: z.strictObject({
    text: line(200),
    at: InstantText.optional(),
    /** At most so many of each type. */
    limit: z.int().min(1).max(50).default(8),
  }),
  ok: Found,
})

export const searchAgainContract = defineContract({
  method: 'GET',
  path: '/api/search/:id',
  says: { en: 'A search that was made, read again', es: 'Una búsqueda ya hecha, leída de nuevo' },
  permission: 'person.read',
  personal: true,
  cut: true,
  params: z.strictObject({ id: Uuid }),
  query: z.strictObject({ at: InstantText.optional() }),
  ok: Found,
})
