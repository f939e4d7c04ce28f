import { enterIssued } from '../access/issued.ts'
import {
  makeEntrySdJwt,
  makeReceiptFile,
  makeReturn,
  makeReturnPdf,
  previewReturn,
  type ReturnRequest,
} from '../custody/return.ts'
import type { Actor } from '../kernel/act.ts'
import type { Audience } from '../kernel/audience.ts'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { defineRefusals, isRefusal, type Refusal } from '../kernel/refusal.ts'
import { mayKnowSealed } from '../oversight/read.ts'
import { Answer } from '../platform/http/endpoint.ts'
import { formatPolicy } from '../record/policy.ts'
import type { House } from './house.ts'
import { previewContract, receiptContract, returnContract, trustPolicyContract } from './return-contract.ts'

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

/** The return and what is handed out of it by HTTP. They need the whole house (signer, sequencer), so they stand here. */
export const returnRoutes = (house: House): Route[] => [
  defineRoute(returnContract, async ({ params, body }, { actor }) => {
    const request = requestOf(params.number, body, actor)
    if (isRefusal(request)) return request
    const made = await makeReturn(house, request)
    if (isRefusal(made)) return made
    const { registerNumber, at } = made.summary
    const { audience, known } = body
    const issued = { actor, registerNumber, audience, at, bytes: made.bytes, ...(known !== undefined && { known }) }
    const refused = await enterIssued(house, issued)
    if (refused) return refused
    const { form, language } = body
    if (form === 'json') return new Answer(made.bytes)
    return new Answer(await makeReturnPdf(made.bytes, { language }), 200, { 'content-type': 'application/pdf' })
  }),
  defineRoute(previewContract, async ({ params, body }, { actor }) => {
    const request = requestOf(params.number, body, actor)
    return isRefusal(request) ? request : previewReturn(house, request)
  }),
  defineRoute(receiptContract, async ({ params, body }, { actor }) => {
    const { audience, sections, form } = body
    if (actor.role === 'court' && audience !== 'court') return refuse('audience-not-yours')
    const request = { entry: params.id, audience, ...(sections !== undefined && { sections }) }
    return form === 'sd-jwt' ? makeEntrySdJwt(house, request) : makeReceiptFile(house, request)
  }),
  defineRoute(trustPolicyContract, async () => formatPolicy(await house.trustPolicy.get())),
]

type Asked = {
  readonly at?: string | undefined
  readonly known?: number | string | undefined
  readonly audience: Audience
}

function requestOf(registerNumber: string, { at, known, audience }: Asked, actor: Actor): ReturnRequest | Refusal {
  if (actor.role === 'court' && audience !== 'court') return refuse('audience-not-yours')
  return {
    mayKnowSealed: mayKnowSealed(actor),
    registerNumber,
    audience,
    ...(at !== undefined && { at }),
    ...(known !== undefined && { known }),
  }
}
