import { z } from 'zod'
import { defineContract } from '../kernel/contract.ts'

const Label = z.string().nullable()

export const lookedContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/looked',
  says: {
    en: 'Who looked at a file, and which returns were issued, as far as your role is told',
    es: 'Quién miró un expediente y qué respuestas se emitieron, hasta donde se le dice a su rol',
  },
  permission: 'looked.read',
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({
    /** The cursor that the page before gave. */
    after: z
      .string()
      .regex(/^[0-9TZ:.-]{1,40}~[0-9]{1,16}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  ok: z.strictObject({
    /** Whether looks by oversight, courts, counsel, family, a state's desk and health staff are among them. */
    complete: z.boolean(),
    looks: z.array(
      z.strictObject({
        officer: z.uuid(),
        /** A pseudonym; of tokens, whose they are, to oversight and the auditor alone. */
        label: Label,
        role: z.string(),
        what: z.enum(['file', 'picture', 'entry', 'list', 'search', 'return']),
        looks: z.int(),
        since: z.string(),
        until: z.string(),
        /** Of a return: for whom, for which instant, and the SHA-256 of the file. */
        issued: z
          .strictObject({
            audience: z.string(),
            at: z.string(),
            known: z.union([z.int(), z.string()]).nullable(),
            digest: z.string(),
          })
          .nullable(),
      }),
    ),
    /** Who opened what is closed of it, in need; told as `complete` says. */
    broken: z.array(z.strictObject({ officer: z.uuid(), label: Label, from: z.string(), to: z.string() })),
    next: z.string().nullable(),
  }),
})
