import { custodySpanOf } from '../custody/read.ts'
import type { DecideContext, Entry } from '../kernel/act.ts'
import { defineRefusals, type Refusal } from '../kernel/refusal.ts'
import { microsOf } from '../kernel/time.ts'
import { refuseOwnProposal } from '../record/four-eyes.ts'
import { isWrapPublic, type WrapPublic } from '../record/keys.ts'
import { SEAL, UNSEAL } from '../record/lawful.ts'

/** Ours: how long oversight has to object after notice of an order to expunge. */
const NOTICE_DAYS = 30

const ORDERS = /^(record|expunge)\./

/** Rules whose open finding keeps the evidence: death, torture, disappearance. */
const GRAVE = /^(DTH|TOR|ILL|LAW-10|gone-from-roster)/

export const { catalogue: oversightRefusals, refuse } = defineRefusals({
  'custody-in-being': {
    sort: 'conflict',
    says: { en: 'The person is still in this custody.', es: 'La persona sigue en esta custodia.' },
    remedy: { en: 'Wait until the custody has ended.', es: 'Espere a que la custodia termine.' },
  },
  'grave-finding-open': {
    sort: 'conflict',
    says: {
      en: 'A death, an alleged torture or a disappearance in this custody is not settled.',
      es: 'Una muerte, una alegación de tortura o una desaparición en esta custodia no está resuelta.',
    },
    remedy: { en: 'Oversight must settle it first.', es: 'El órgano de control debe resolverlo antes.' },
  },
  'proposal-missing': {
    sort: 'conflict',
    says: {
      en: 'No order to expunge just this is on record.',
      es: 'No consta una orden de supresión que diga exactamente esto.',
    },
    remedy: { en: 'Put the order of the court on record first.', es: 'Asiente antes la orden del tribunal.' },
    act: 'expunge.propose',
  },
  'oversight-needed': {
    sort: 'not-permitted',
    says: { en: 'Only the oversight body expunges.', es: 'Solo el órgano de control suprime.' },
    remedy: { en: 'An officer of the oversight body must do it.', es: 'Debe hacerlo alguien del órgano de control.' },
  },
  'notice-not-over': {
    sort: 'conflict',
    says: {
      en: `Oversight has ${NOTICE_DAYS} days (ours) from notice to object.`,
      es: `El órgano de control tiene ${NOTICE_DAYS} días (nuestro plazo) desde el aviso para oponerse.`,
    },
    remedy: { en: 'Wait for the end of the notice.', es: 'Espere al fin del plazo.' },
  },
  'court-key-unusable': {
    sort: 'invalid',
    says: { en: 'The keys of the court cannot be used.', es: 'Las claves del tribunal no sirven.' },
    remedy: {
      en: 'Give an X25519 and an ML-KEM-768 public key as PEM.',
      es: 'Dé una clave pública X25519 y una ML-KEM-768 en PEM.',
    },
  },
  'not-sealed': {
    sort: 'conflict',
    says: { en: 'This custody is not sealed.', es: 'Esta custodia no está sellada.' },
    remedy: { en: 'Nothing is to be opened.', es: 'No hay nada que abrir.' },
  },
  'target-unknown': {
    sort: 'invalid',
    says: { en: 'A target is not an entry of this custody.', es: 'Un objetivo no es un asiento de esta custodia.' },
    remedy: {
      en: 'Name entries by id and number as they stand.',
      es: 'Nombre los asientos por identificador y número.',
    },
  },
})

type Target = { readonly entry: string; readonly nth: number; readonly sections: readonly string[] }

/** The order is put on record whatever else is so; only its targets must be there. */
export function decidePropose(
  data: { act: { targets: readonly Target[] } },
  context: DecideContext,
): Refusal | undefined {
  // The orders themselves stay: they say what is lawfully gone.
  const known = new Map(context.all.filter(({ kind }) => !ORDERS.test(kind)).map((entry) => [entry.id, entry.nth]))
  const strange = data.act.targets.find(({ entry, nth }) => known.get(entry) !== nth)
  return strange ? refuse('target-unknown', { entry: strange.entry }) : undefined
}

export function decideExpunge(
  data: { person: { expunged: readonly Target[] }; act: { proposal: string } },
  context: DecideContext,
): Refusal | undefined {
  const proposal = context.entries.find(({ id, kind }) => id === data.act.proposal && kind === 'expunge.propose')
  const proposed = proposal?.sections.act?.targets
  if (!proposal || JSON.stringify(proposed) !== JSON.stringify(data.person.expunged)) return refuse('proposal-missing')
  const own = refuseOwnProposal(proposal, context.actor)
  if (own) return own
  if (context.actor.role !== 'oversight') return refuse('oversight-needed')
  const grave = custodyProblem(context.entries)
  if (grave) return grave
  const waited = (microsOf(context.now) - microsOf(proposal.recordedAt)) / 86_400e6
  return waited < NOTICE_DAYS ? refuse('notice-not-over', { days: Math.ceil(NOTICE_DAYS - waited) }) : undefined
}

/** Sealing hides nothing that is going on: the same guards, but no notice, since it can be undone. */
export function decideSeal(data: { act: { recipient: WrapPublic } }, context: DecideContext): Refusal | undefined {
  return (
    custodyProblem(context.entries) ?? (isWrapPublic(data.act.recipient) ? undefined : refuse('court-key-unusable'))
  )
}

export function decideUnseal(_data: unknown, { all }: DecideContext): Refusal | undefined {
  const last = all.filter(({ kind }) => kind === SEAL || kind === UNSEAL).at(-1)
  return last?.kind === SEAL ? undefined : refuse('not-sealed')
}

function custodyProblem(entries: readonly Entry[]): Refusal | undefined {
  const span = custodySpanOf(entries)
  if (span && span.to === undefined) return refuse('custody-in-being')
  return isGrave(entries, span?.departedAs) ? refuse('grave-finding-open') : undefined
}

function isGrave(entries: readonly Entry[], departedAs: string | undefined): boolean {
  if (departedAs === 'unknown' || departedAs === 'death' || departedAs === 'disputed') return true
  if (entries.some(({ sections }) => sections.health?.illTreatmentComplaint === true)) return true
  const closed = new Set(
    entries.filter(({ kind }) => kind === 'finding.close').map(({ sections }) => sections.act?.finding),
  )
  return entries.some(
    ({ kind, sections }) =>
      kind === 'finding.open' && GRAVE.test(String(sections.act?.rule)) && !closed.has(sections.act?.finding),
  )
}
