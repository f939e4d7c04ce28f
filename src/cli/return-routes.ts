import { z } from 'zod'
import { makeReturn } from '../custody/return.ts'
import { AUDIENCES } from '../kernel/audience.ts'
import { defineContract, defineRoute, type Route } from '../kernel/contract.ts'
import { defineRefusals, isRefusal } from '../kernel/refusal.ts'
import { InstantText } from '../kernel/time.ts'
import { Answer } from '../platform/http/endpoint.ts'
import type { House } from './house.ts'

const { refuse } = defineRefusals({
  'audience-not-yours': {
    sort: 'not-permitted',
    says: {
      en: 'A court has its own return made, nobody else’s.',
      es: 'Un tribunal pide su propia respuesta, no la de otros.',
    },
    remedy: { en: 'Leave the audience out.', es: 'Omita el destinatario.' },
  },
})

const contract = defineContract({
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

/** The return by HTTP. It needs the whole house (signer, sequencer), so it stands here and not in its room. */
export const returnRoutes = (house: House): Route[] => [
  defineRoute(contract, async ({ params, body }, { actor }) => {
    if (actor.role === 'court' && body.audience !== 'court') return refuse('audience-not-yours')
    const made = await makeReturn(house, {
      registerNumber: params.number,
      audience: body.audience,
      ...(body.at !== undefined && { at: body.at }),
      ...(body.known !== undefined && { known: body.known }),
    })
    return isRefusal(made) ? made : new Answer(made.bytes)
  }),
]
