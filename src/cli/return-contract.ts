import { z } from 'zod'
import { SECTIONS } from '../kernel/act.ts'
import { AUDIENCES } from '../kernel/audience.ts'
import { defineContract } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'
import { InstantText } from '../kernel/time.ts'

const asked = {
  at: InstantText.optional(),
  known: z.union([z.int().nonnegative(), InstantText]).optional(),
  audience: z.enum(AUDIENCES).default('court'),
}

export const returnContract = defineContract({
  method: 'POST',
  path: '/api/returns/:number',
  says: {
    en: 'Answers a writ: the signed return for one custody',
    es: 'Responde a un auto: la respuesta firmada de una custodia',
  },
  permission: 'return.issue',
  stepUp: true,
  personal: true,
  params: z.strictObject({ number: z.string().max(40) }),
  body: z.strictObject({
    ...asked,
    /** `pdf`: the pages to print (PDF/A-3), with the signed file attached to them. */
    form: z.enum(['json', 'pdf']).default('json'),
    /** Of the pages. */
    language: z.enum(['es', 'en']).default('es'),
  }),
  ok: z.unknown().meta({
    description: 'The file, canonical JSON: check it with `habeas verify`. With `form: pdf` its pages, application/pdf',
  }),
  answers: 'application/json',
})

export const previewContract = defineContract({
  method: 'POST',
  path: '/api/returns/:number/preview',
  says: {
    en: 'What a return would say. Nobody signed it: it proves nothing and is no answer to a writ',
    es: 'Lo que diría una respuesta. Nadie la firmó: no prueba nada y no responde a ningún auto',
  },
  permission: 'return.issue',
  personal: true,
  params: z.strictObject({ number: z.string().max(40) }),
  body: z.strictObject(asked),
  ok: z.strictObject({
    signed: z.literal(false),
    registerNumber: z.string(),
    at: z.string(),
    known: z.union([z.int(), z.string()]).nullable(),
    audience: z.enum(AUDIENCES),
    held: z.boolean(),
    basis: z.string(),
    /** The head that the return would stand under: a signed note of the log, which says nothing of the person. */
    checkpoint: z.strictObject({ origin: z.string(), size: z.int(), note: z.string() }),
    highestNth: z.int().nullable(),
    statements: z.array(
      z.strictObject({
        id: z.string(),
        says: z.strictObject({ en: z.string(), es: z.string() }),
        value: z.unknown(),
        state: z.enum(['proven', 'attested', 'not-proven']),
        /** Entries that would prove it: where each stands in the tree, and its id. */
        entries: z.array(z.strictObject({ index: z.int(), id: z.uuid(), kind: z.string() })),
      }),
    ),
    sections: z.array(z.strictObject({ section: z.enum(SECTIONS), opening: z.enum(['open', 'told', 'closed']) })),
  }),
})

export const receiptContract = defineContract({
  method: 'POST',
  path: '/api/entries/:id/receipt',
  says: {
    en: 'Hands out an entry: its receipt or SD-JWT, with the sections that its reader may open',
    es: 'Entrega un asiento: su recibo o SD-JWT, con las secciones que su destinatario puede abrir',
  },
  permission: 'return.issue',
  personal: true,
  params: z.strictObject({ id: Uuid }),
  body: z.strictObject({
    audience: z.enum(AUDIENCES).default('court'),
    /** Fewer than the audience may open. */
    sections: z.array(z.enum(SECTIONS)).max(SECTIONS.length).optional(),
    form: z.enum(['tlog-proof', 'sd-jwt']).default('tlog-proof'),
  }),
  ok: z.string().meta({ description: 'The file: check it with `habeas verify`' }),
  answers: 'text/plain; charset=utf-8',
})

export const trustPolicyContract = defineContract({
  method: 'GET',
  path: '/log/trust-policy',
  says: {
    en: 'Whom this house names for others to trust (C2SP tlog-policy): take it as its word, not as proof',
    es: 'En quién propone confiar esta casa (C2SP tlog-policy): es su palabra, no una prueba',
  },
  permission: 'public',
  personal: false,
  ok: z.string(),
  answers: 'text/plain; charset=utf-8',
})
