import { z } from 'zod'
import { makeEntrySdJwt, makeReceiptFile, makeReturn } from '../custody/return.ts'
import { SECTIONS } from '../kernel/act.ts'
import { AUDIENCES } from '../kernel/audience.ts'
import { defineContract, defineRoute, type Route } from '../kernel/contract.ts'
import { Uuid } from '../kernel/ids.ts'
import { defineRefusals, isRefusal } from '../kernel/refusal.ts'
import { InstantText } from '../kernel/time.ts'
import { mayKnowSealed } from '../oversight/read.ts'
import { Answer } from '../platform/http/endpoint.ts'
import type { House } from './house.ts'

const { refuse } = defineRefusals({
  'audience-not-yours': {
    sort: 'not-permitted',
    says: {
      en: 'A court has its own return or receipt made, nobody else’s.',
      es: 'Un tribunal pide su propia respuesta o recibo, no los de otros.',
    },
    remedy: { en: 'Leave the audience out.', es: 'Omita el destinatario.' },
  },
})

const returnContract = defineContract({
  method: 'POST',
  path: '/api/returns/:number',
  says: {
    en: 'Answers a writ: the signed return for one custody',
    es: 'Responde a un auto: la respuesta firmada de una custodia',
  },
  permission: 'return.issue',
  personal: true,
  params: z.strictObject({ number: z.string().max(40) }),
  body: z.strictObject({
    at: InstantText.optional(),
    known: z.union([z.int().nonnegative(), InstantText]).optional(),
    audience: z.enum(AUDIENCES).default('court'),
  }),
  ok: z.unknown().meta({ description: 'The file, canonical JSON: check it with `habeas verify`' }),
  answers: 'application/json',
})

const receiptContract = defineContract({
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

/** The return and what is handed out of it by HTTP. They need the whole house (signer, sequencer), so they stand here. */
export const returnRoutes = (house: House): Route[] => [
  defineRoute(returnContract, async ({ params, body }, { actor }) => {
    if (actor.role === 'court' && body.audience !== 'court') return refuse('audience-not-yours')
    const made = await makeReturn(house, {
      mayKnowSealed: mayKnowSealed(actor),
      registerNumber: params.number,
      audience: body.audience,
      ...(body.at !== undefined && { at: body.at }),
      ...(body.known !== undefined && { known: body.known }),
    })
    return isRefusal(made) ? made : new Answer(made.bytes)
  }),
  defineRoute(receiptContract, async ({ params, body }, { actor }) => {
    const { audience, sections, form } = body
    if (actor.role === 'court' && audience !== 'court') return refuse('audience-not-yours')
    const request = { entry: params.id, audience, ...(sections !== undefined && { sections }) }
    return form === 'sd-jwt' ? makeEntrySdJwt(house, request) : makeReceiptFile(house, request)
  }),
]
