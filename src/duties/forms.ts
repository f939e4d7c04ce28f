import { z } from 'zod'
import { Digest, line } from '../kernel/text.ts'

/** Parts of acts of this room that the form of an admission has as well: much is said and told in that hour. */

const LanguageCode = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/)

/** What somebody was told, and in which language: Mandela 54, 55; ICCPR 9(2); Vienna Convention on Consular Relations 36. */
export const Informed = z.strictObject({
  of: z.array(z.enum(['reasons', 'charges', 'rights', 'rules', 'complaints', 'consular'])).min(1),
  language: LanguageCode.optional(),
  how: z.enum(['written', 'spoken', 'interpreter']).optional(),
  /** Whether the person says that it was understood. */
  understood: z.boolean().optional(),
  document: Digest.optional(),
})
export type Informed = z.infer<typeof Informed>

/** What the person wants of the own consulate; nothing is sent against the person's will. */
export const Consul = z.enum(['asks', 'declines'])

export const FamilyTold = z.strictObject({
  reached: z.boolean(),
  relation: line(80).optional(),
  how: z.enum(['telephone', 'in-person', 'written', 'through-counsel']).optional(),
  document: Digest.optional(),
})
