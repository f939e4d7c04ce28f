import type { ActKind, Receipt } from '../kernel/act.ts'
import type { Runner } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { Answer, type Endpoint, type Principal } from '../platform/http/endpoint.ts'
import type { Authoriser } from './authorise.ts'
import { type ActInput, bodyOf, buildAct, type Given } from './build-act.ts'
import { refusalToAmend } from './guard.ts'
import { ReceiptAnswer } from './receipt.ts'

export type ActRoutesOptions = {
  readonly acts: readonly ActKind[]
  readonly runner: Runner
  /** Key of the body's MAC, 32 bytes. */
  readonly macKey: Buffer
  readonly authoriser: Authoriser
}

/** One path a kind, so that the document shows each act's own form: `POST /api/acts/custody.admit`. */
export function actRoutes({ acts, runner, macKey, authoriser }: ActRoutesOptions): Endpoint[] {
  const kinds = new Map(acts.map((kind) => [kind.kind, kind]))
  return acts.map((kind) => ({
    contract: {
      method: 'POST',
      path: `/api/acts/${kind.kind}`,
      says: kind.says,
      permission: kind.permission,
      ...(kind.stepUp && { stepUp: true }),
      personal: false,
      body: bodyOf(kind),
      ok: ReceiptAnswer,
    },
    async handle(input: { body: ActInput }, { given, principal, actor, sql }) {
      const act = buildAct(kind, input.body, given as Given, { actor, via: viaOf(principal), macKey })
      const denied = await refusalToAmend(authoriser, sql, kinds, principal, act)
      const outcome = denied ?? (await runner.submit(act))
      return isRefusal(outcome) ? outcome : receiptAnswer(outcome)
    },
  }))
}

/** How an act came that says nothing of it. */
export const viaOf = (principal: Principal) => (principal.role === 'service' ? 'service' : 'console')

/** 201 for what is new, 200 for what was there already. */
function receiptAnswer(receipt: Receipt): Answer {
  return new Answer(receipt, receipt.repeated ? 200 : 201, {
    location: `/api/entries/${receipt.entry}`,
    'habeas-repeated': String(receipt.repeated),
  })
}
