import type { DecideContext } from '../../kernel/act.ts'
import type { Refusal } from '../../kernel/refusal.ts'
import { casesOf, digestOf, lastSigned, type SentenceCase } from './cases.ts'
import { computedOf, type DatedOutcome, type Working, work } from './compute.ts'
import { differencesOf, factChanges } from './difference.ts'
import type { Checked, Signed, SignedDate } from './forms.ts'
import { refuseSentence } from './refusals.ts'
import { standingOf } from './standing.ts'
import { toldBy } from './told.ts'

/**
 * Nobody signs what is not so: the facts must be those on record and each date what the pack gives now. Where the pack
 * gives none, a person may sign by hand with a reason; a court's date needs its paper and nothing else.
 */
export function decideSign({ legal }: { legal: Signed }, { entries }: DecideContext): Refusal | undefined {
  const one = findCase(entries, legal.case)
  if (one === undefined) return refuseSentence('case-unknown', { case: legal.case })
  const wanting = wantingIn(legal.dates)
  if (wanting) return wanting
  if (legal.inputs !== one.inputs || digestOf(legal.items) !== one.inputs) {
    return refuseSentence('facts-changed', { items: factChanges(legal.items, one.items).map(({ item }) => item) })
  }
  const working = work(one.facts, one.inputs)
  const byHand = legal.dates.find(({ how, type, date }) => {
    const computed = how === 'hand' ? computedOf(working, type) : []
    return computed.length > 0 && !computed.includes(date)
  })
  if (byHand) return refuseSentence('pack-computes', { types: [byHand.type] })
  const ofPack = legal.dates.filter(({ how }) => how === 'pack')
  return ofPack.length === 0 ? undefined : refuseOfPack(legal, ofPack, working)
}

function wantingIn(dates: readonly SignedDate[]): Refusal | undefined {
  const mute = dates.filter(({ how, why }) => how === 'hand' && why === undefined)
  if (mute.length > 0) return refuseSentence('reason-needed', { types: mute.map(({ type }) => type) })
  const bare = dates.filter(
    ({ how, order, document }) => how === 'court' && order === undefined && document === undefined,
  )
  return bare.length > 0 ? refuseSentence('paper-needed', { types: bare.map(({ type }) => type) }) : undefined
}

function refuseOfPack(legal: Signed, dates: readonly SignedDate[], working: Working): Refusal | undefined {
  const reading = working.readings[legal.reading]
  const given = dates.filter(({ type }) => computedOf(working, type).length > 0)
  if (given.length < dates.length || working.pack === undefined) {
    const none = dates.filter((one) => !given.includes(one)).map(({ type }) => type)
    return refuseSentence('pack-refuses', { types: none, reasons: working.reasons.map(({ code }) => code) })
  }
  const wrong = dates.filter(({ type, date }) => reading?.dates[type]?.date !== date).map(({ type }) => type)
  const isSame =
    wrong.length === 0 &&
    reading !== undefined &&
    legal.pack?.hash === working.pack.hash &&
    legal.outcome === working.digest &&
    digestOf(legal.steps) === digestOf(reading.steps)
  if (isSame) return undefined
  return refuseSentence('outcome-differs', {
    types: wrong,
    steps: reading === undefined ? [] : stepsThatDiffer(legal, reading),
    isLawChanged: legal.pack?.hash !== working.pack.hash,
  })
}

/** By number and text; no values: they are the person's. */
const stepsThatDiffer = (legal: Signed, { steps }: DatedOutcome) =>
  differencesOf<Signed['steps'][number]>(legal.steps, steps as unknown as Signed['steps']).map((one) => {
    const step = one.change === 'removed' ? one.before : one.after
    return { step: step.n, text: step.text, change: one.change }
  })

/** A second person agrees only to what still holds; to disagree is always possible, with the reason. */
export function decideCheck({ legal }: { legal: Checked }, { entries, actor }: DecideContext): Refusal | undefined {
  const one = findCase(entries, legal.case)
  if (one === undefined) return refuseSentence('case-unknown', { case: legal.case })
  const signature = one.signatures.find(({ entry }) => entry === legal.signature)
  const last = lastSigned(one.signatures)
  const isReplaced = signature?.dates.every(({ type }) => last.get(type)?.of !== signature)
  if (signature === undefined || isReplaced) return refuseSentence('signature-unknown', { signature: legal.signature })
  if (signature.officer === actor.officer) return refuseSentence('second-person-needed', { signature: legal.signature })
  if (legal.result === 'disagrees') {
    return legal.why === undefined ? refuseSentence('reason-needed', {}) : undefined
  }
  const outdated = standingOf(one).dates.filter(({ signed }) => signed?.by === signature && signed.state === 'outdated')
  if (outdated.length === 0) return undefined
  return refuseSentence('signature-outdated', {
    types: outdated.map(({ type }) => type),
    items: factChanges(signature.items, one.items).map(({ item }) => item),
  })
}

const findCase = (entries: DecideContext['entries'], id: string): SentenceCase | undefined =>
  casesOf(toldBy(entries)).find(({ facts }) => facts.case === id)
