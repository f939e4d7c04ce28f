import { z } from 'zod'
import { type Act, ActBody, type ActKind, type Receipt } from '../kernel/act.ts'
import type { Contract } from '../kernel/contract.ts'
import { randomId } from '../kernel/ids.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { Answer, EACH_ACT, type Endpoint, type EndpointContext } from '../platform/http/endpoint.ts'
import {
  faultProblem,
  isAway,
  Problem,
  problemOf,
  refuseHttp,
  statusOf,
  wrongFields,
} from '../platform/http/problems.ts'
import { viaOf } from './act-routes.ts'
import type { BatchOptions, Prepared } from './batch-types.ts'
import { bodyOf, buildAct, type Given, type Sender } from './build-act.ts'
import { type About, makeAbout, refusalFor, refusalToAmend } from './guard.ts'
import { ReceiptAnswer } from './receipt.ts'
import { refuseAccess } from './refusals.ts'
import { refuseSignIn } from './sign-in/refusals.ts'
import { keepRefused } from './sync-refuse.ts'

const ACTS_MAX = 1000

/** One act of a batch. `after` names acts that stand before it in the batch and must have been recorded. */
export const BatchItem = ActBody.extend({
  kind: z.string().max(60),
  after: z.array(z.uuid()).max(ACTS_MAX).optional(),
}).meta({ id: 'BatchItem' })

/** Items are looked at one by one: a wrong one must not cost a handheld the others. */
const BatchBody = z.strictObject({
  mode: z.enum(['each', 'all']),
  via: z.enum(['device', 'import', 'gateway', 'simulator']).optional(),
  batch: z.uuid().optional(),
  acts: z
    .array(z.unknown().meta({ description: 'BatchItem: {id, kind, occurredAt, data, after?}' }))
    .min(1)
    .max(ACTS_MAX),
})
type BatchBody = z.output<typeof BatchBody>

const BatchAnswer = z.strictObject({
  answers: z.array(
    z.strictObject({
      /** Of the act, as far as it had one. */
      id: z.string().nullable(),
      status: z.enum(['accepted', 'repeated', 'refused', 'retry']),
      receipt: ReceiptAnswer.optional(),
      problem: Problem.optional(),
      /** The entry `sync.refuse` in which a refused act of a device is kept. */
      kept: z.uuid().optional(),
    }),
  ),
})
type ItemAnswer = z.input<typeof BatchAnswer>['answers'][number]

const contract = {
  method: 'POST',
  path: '/api/acts',
  says: {
    en: 'Several acts: each by itself, or all or none',
    es: 'Varios actos: cada uno por sí mismo, o todos o ninguno',
  },
  permission: EACH_ACT,
  personal: false,
  body: BatchBody,
  ok: BatchAnswer,
} satisfies Contract

export function batchRoute(options: BatchOptions): Endpoint {
  const kinds = new Map(options.acts.map((kind) => [kind.kind, kind]))
  const about = makeAbout(options)
  return {
    contract,
    async handle({ body }: { body: BatchBody }, context) {
      const given = (context.given as { acts: readonly unknown[] }).acts
      const batch = body.batch ?? (body.mode === 'all' ? randomId() : undefined)
      const sender: Sender = {
        actor: context.actor,
        via: body.via ?? viaOf(context.principal),
        macKey: options.macKey,
        ...(batch !== undefined && { batch }),
      }
      const denial = makeDenial(options, about, kinds, context)
      const prepared = await Promise.all(given.map((item) => prepare(item, kinds, sender, denial)))
      return body.mode === 'all' ? submitTogether(prepared, options) : submitEach(prepared, sender, options, context)
    },
  }
}

async function prepare(
  item: unknown,
  kinds: ReadonlyMap<string, ActKind>,
  sender: Sender,
  denialOf: Denial,
): Promise<Prepared> {
  const loose = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>
  const head = BatchItem.safeParse(item)
  const id = z.uuid().safeParse(loose.id)
  const as = (act: Act | Refusal): Prepared => ({
    id: id.success ? id.data : null,
    kind: typeof loose.kind === 'string' ? loose.kind.slice(0, 60) : '',
    given: item,
    after: head.success ? (head.data.after ?? []) : [],
    subject: isRefusal(act) ? 'none' : subjectOf(act),
    act,
  })
  if (!head.success) return as(refuseHttp('not-as-agreed', { fields: wrongFields(head.error, 'act') }))
  const kind = kinds.get(head.data.kind)
  if (kind === undefined) return as(refuseAccess('no-such-act'))
  const denied = await denialOf.toMake(kind, head.data)
  if (denied !== undefined) return as(denied)
  if (kind.stepUp && denialOf.asksForPasskey) return as(refuseSignIn('step-up-alone'))
  const { kind: _kind, after: _after, ...body } = head.data
  const parsed = bodyOf(kind).safeParse(body)
  if (!parsed.success) return as(refuseHttp('not-as-agreed', { fields: wrongFields(parsed.error, 'act') }))
  const act = buildAct(kind, parsed.data as never, item as Given, sender)
  return as((await denialOf.toAmend(act)) ?? act)
}

type Denial = {
  /** Whether who asks signed in, and confirms grave acts one by one. */
  readonly asksForPasskey: boolean
  toMake(kind: ActKind, body: unknown): Promise<Refusal | undefined>
  toAmend(act: Act): Promise<Refusal | undefined>
}

/** Asks once for each permission, however many acts need it. */
function makeDenial(
  { authoriser, looks }: Pick<BatchOptions, 'authoriser' | 'looks'>,
  about: About,
  kinds: ReadonlyMap<string, ActKind>,
  { principal, sql }: EndpointContext,
): Denial {
  const noted = (kind: ActKind, denied: Refusal | undefined) => {
    if (denied !== undefined)
      looks.deny(principal, { ...contract, path: `/api/acts/${kind.kind}`, permission: kind.permission }, denied.code)
    return denied
  }
  const asked = new Map<string, Refusal | undefined>()
  return {
    asksForPasskey: principal.session !== undefined,
    async toMake(kind, body) {
      const { permission } = kind
      if (!asked.has(permission)) {
        asked.set(permission, refusalFor(authoriser, principal, permission, principal.facility))
      }
      const denied = asked.get(permission)
      if (denied !== undefined) return noted(kind, denied)
      const act = { path: `/api/acts/${kind.kind}`, permission, personal: false }
      return noted(kind, await about(principal, act, { params: {}, query: {}, body }))
    },
    toAmend: async (act) => noted(act.kind, await refusalToAmend(authoriser, sql, kinds, principal, act)),
  }
}

const subjectOf = (act: Act): string => String(act.data.person?.custody ?? act.data.place?.facility ?? 'house')

/** All or none: the first answer that is not a receipt refuses the whole batch, and each that was refused is named. */
async function submitTogether(prepared: readonly Prepared[], { runner }: BatchOptions): Promise<Answer | Refusal> {
  const early = prepared.flatMap(({ act }, index) => (isRefusal(act) ? [{ index, refusal: act }] : []))
  if (early.length > 0) return refusedTogether(prepared, early)
  const outcomes = await runner.submitAll(prepared.map(({ act }) => act as Act))
  const refused = outcomes.flatMap((outcome, index) => (isRefusal(outcome) ? [{ index, refusal: outcome }] : []))
  // Those that were refused only because of others are not named.
  const causes = refused.filter(({ refusal }) => refusal.code !== BATCH_REFUSED.code)
  if (refused.length > 0) return refusedTogether(prepared, causes.length > 0 ? causes : refused)
  const receipts = outcomes as Receipt[]
  const answers = receipts.map((receipt) => acceptedAnswer(receipt))
  return new Answer({ answers }, receipts.every(({ repeated }) => repeated) ? 200 : 201)
}

const BATCH_REFUSED = {
  code: 'batch-refused',
  says: {
    en: 'At least one act of this batch was refused, so none was recorded.',
    es: 'Al menos un acto de este lote fue rechazado, así que no se asentó ninguno.',
  },
  remedy: {
    en: 'Mend or leave out the acts that are named in details.',
    es: 'Corrija u omita los actos que se nombran en details.',
  },
} as const

/** The answer takes the sort of the first refusal, so that a batch that may pass later says so. */
function refusedTogether(
  prepared: readonly Prepared[],
  refused: readonly { index: number; refusal: Refusal }[],
): Refusal {
  const acts = refused.map(({ index, refusal }) => ({
    index,
    id: prepared[index]?.id ?? null,
    code: refusal.code,
    says: refusal.says,
    details: refusal.details,
  }))
  return { refused: true, ...BATCH_REFUSED, sort: refused[0]?.refusal.sort ?? 'conflict', details: { acts } }
}

const acceptedAnswer = (receipt: Receipt): ItemAnswer => ({
  id: receipt.act,
  status: receipt.repeated ? 'repeated' : 'accepted',
  receipt: { ...receipt, promise: copyOf(receipt.promise) },
})

const copyOf = (promise: Receipt['promise']) =>
  promise === 'pending' ? promise : { ...promise, leafHashes: [...promise.leafHashes] }

/** A transaction an act: subjects side by side, each subject in the order of the batch, `after` before what waits. */
async function submitEach(
  prepared: readonly Prepared[],
  sender: Sender,
  options: BatchOptions,
  context: EndpointContext,
): Promise<Answer> {
  const byId = new Map<string, Promise<ItemAnswer>>()
  const lastOf = new Map<string, Promise<ItemAnswer>>()
  const answers = prepared.map((item) => {
    const waited = item.after.map((id) => ({ id, answer: byId.get(id) }))
    const answer = Promise.resolve(lastOf.get(item.subject)).then(async () =>
      submitOne(item, (await findObstacle(waited)) ?? item.act, sender, options, context),
    )
    if (item.id !== null && !byId.has(item.id)) byId.set(item.id, answer)
    if (item.subject !== 'none') lastOf.set(item.subject, answer)
    return answer
  })
  return new Answer({ answers: await Promise.all(answers) })
}

type Waited = { readonly id: string; readonly answer: Promise<ItemAnswer> | undefined }

/** Why an act cannot go yet, or at all, because of those that it waits for. */
async function findObstacle(waited: readonly Waited[]): Promise<Refusal | undefined> {
  for (const { id, answer } of waited) {
    if (answer === undefined) return refuseAccess('after-unknown', { after: id })
    const { status } = await answer
    if (status === 'refused') return refuseAccess('after-refused', { after: id })
    if (status === 'retry') return refuseHttp('unavailable', { after: id })
  }
  return undefined
}

async function submitOne(
  item: Prepared,
  act: Act | Refusal,
  sender: Sender,
  options: BatchOptions,
  context: EndpointContext,
): Promise<ItemAnswer> {
  const { language } = context
  try {
    const outcome = isRefusal(act) ? act : await options.runner.submit(act)
    if (!isRefusal(outcome)) return acceptedAnswer(outcome)
    const problem = problemOf(outcome, language)
    if (statusOf[outcome.sort] === 503) return { id: item.id, status: 'retry', problem }
    if (sender.via !== 'device') return { id: item.id, status: 'refused', problem }
    const kept = await keepRefused(item, outcome, sender, options, context)
    if (!isRefusal(kept)) return { id: item.id, status: 'refused', problem, kept: kept.entry }
    return { id: item.id, status: 'retry', problem: problemOf(kept, language) }
  } catch (error) {
    // Whether it was recorded is not known: the same act with the same id is safe to send again, and says so.
    if (!isAway(error)) options.log.error('fault in a batch', { error, act: item.kind })
    const problem = isAway(error) ? problemOf(refuseHttp('unavailable'), language) : faultProblem(language)
    return { id: item.id, status: 'retry', problem }
  }
}
