/** What a reader is shown of a case: facts with who said them, every step in words with its source, what was signed. */
import type { Words } from '../../kernel/refusal.ts'
import { dayNumbers } from '../packs/kernel/calendar.ts'
import type { Citation } from '../packs/kernel/pack.ts'
import type { Step } from '../packs/kernel/steps.ts'
import { stepsInWords } from '../packs/kernel/texts.ts'
import type { LawPack } from '../packs/registry.ts'
import type { SentenceCase, Signature } from './cases.ts'
import { type DatedOutcome, datesOf, type Working } from './compute.ts'
import { differencesOf, factChanges, type StepChange } from './difference.ts'
import type { CaseFacts } from './facts.ts'
import type { Signed, SignedStep } from './forms.ts'
import { type CaseStanding, type DateStanding, standingOf } from './standing.ts'

export type StepView = {
  readonly n: number
  readonly says: Words
  readonly cite: CitationView | null
  readonly in: number[]
  /** As it reads: a date, or a number of days. */
  readonly value: string
}

export type CitationView = { readonly title: string; readonly provision: string | null; readonly checked: boolean }

export type PackView = {
  readonly id: string
  readonly version: string
  readonly hash: string
  readonly says: Words
  readonly isProvisional: boolean
}

export const packView = ({ id, version, hash, says, isProvisional }: LawPack): PackView => ({
  id,
  version,
  hash,
  says,
  isProvisional,
})

type AnyStep = Omit<SignedStep, 'params'> & { readonly params: object }

const shown = ({ unit, value }: { readonly unit: string; readonly value: number }): string =>
  unit === 'date' ? dayNumbers.toIso(value) : String(value)

const citationView = (cite: Citation | undefined): CitationView | null =>
  cite === undefined ? null : { title: cite.title, provision: cite.provision ?? null, checked: cite.checked }

/**
 * Steps in words. Of a working that another version of the pack made, a text may be gone: such a step is shown by the
 * name that it had.
 */
export function stepViews(steps: readonly AnyStep[], pack: LawPack | undefined): StepView[] {
  const words = pack === undefined ? undefined : wordsOf(steps, pack)
  return steps.map((step, index) => ({
    n: step.n,
    says: words?.[index]?.says ?? { en: `${step.text}: ${shown(step)}`, es: `${step.text}: ${shown(step)}` },
    cite: citationView(words?.[index]?.cite),
    in: [...step.in],
    value: shown(step),
  }))
}

function wordsOf(steps: readonly AnyStep[], pack: LawPack) {
  if (steps.some(({ text }) => pack.texts[text] === undefined)) return undefined
  try {
    return stepsInWords(dayNumbers, steps as unknown as readonly Step[], pack)
  } catch {
    // A gap of a newer text that the older step does not fill.
    return undefined
  }
}

export type DateView = { readonly type: string; readonly says: Words; readonly role: string }

const dateName = (pack: LawPack | undefined, type: string): Words => pack?.dates[type]?.says ?? { en: type, es: type }

export function outcomeView({ outcome, readings, reasons, pack }: Working) {
  return {
    kind: outcome.kind,
    reasons: reasons.map(({ code, says, about = null }) => ({ code, says, about })),
    readings: readings.map((reading) => readingView(reading, pack)),
  }
}

function readingView({ dates, refused, effectiveLength, assumptions, steps }: DatedOutcome, pack: LawPack | undefined) {
  return {
    dates: datesOf(dates).map(([type, { date, step }]) => ({ type, says: dateName(pack, type), date, step })),
    refused: Object.entries(refused).flatMap(([type, one]) =>
      one === undefined ? [] : [{ type, says: dateName(pack, type), code: one.code, because: one.says }],
    ),
    effectiveLength,
    assumptions: assumptions.map(({ code, says }) => ({ code, says })),
    steps: stepViews(steps as unknown as AnyStep[], pack),
  }
}

export function numbersView({ working, lastLawfulDay, freeFrom }: Omit<CaseStanding, 'dates'>) {
  return {
    release: working.release ?? null,
    lastLawfulDay: lastLawfulDay ?? null,
    freeFrom: freeFrom ?? null,
  }
}

const factsView = (facts: CaseFacts) => ({
  birth: facts.birth ?? null,
  marks: [...facts.marks],
  options: { ...facts.options },
  sentences: [...facts.sentences],
  adjustments: [...facts.adjustments],
  events: [...facts.events],
})

/** Who signed or checked, as far as the reader is told. */
export type Hands = { readonly label: (officer: string | undefined) => string | null; readonly you: string }

export function caseView(one: SentenceCase, hands: Hands) {
  const standing = standingOf(one)
  const { working } = standing
  const { facts } = one
  return {
    case: facts.case,
    packId: facts.pack,
    pack: working.pack === undefined ? null : packView(working.pack),
    zone: facts.zone,
    facts: factsView(facts),
    sources: [...one.sources].map(([item, { n, entry, at, correctedBy = null }]) => ({
      item,
      entryN: n,
      entry,
      at,
      correctedBy,
    })),
    inputs: one.inputs,
    outcomeDigest: working.digest,
    outcome: outcomeView(working),
    numbers: numbersView(standing),
    dates: standing.dates.map((date) => dateView(date, working.pack, hands)),
    differences: differencesView(one, standing),
    toSign: toSign(one, working),
  }
}

function dateView(date: DateStanding, pack: LawPack | undefined, { label, you }: Hands) {
  const { signed } = date
  const check = signed?.check
  return {
    type: date.type,
    says: dateName(pack, date.type),
    role: date.role,
    computed: date.computed ?? null,
    computedLatest: date.computedLatest ?? null,
    refused: date.refused ?? null,
    signed:
      signed === undefined
        ? null
        : {
            date: signed.date.date,
            how: signed.date.how,
            why: signed.date.why ?? null,
            order: signed.date.order ?? null,
            document: signed.date.document ?? null,
            by: label(signed.by.officer),
            isYou: signed.by.officer === you,
            at: signed.by.at,
            entry: signed.by.entry,
            entryN: signed.by.n,
            version: signed.by.pack?.version ?? null,
            packHash: signed.by.pack?.hash ?? null,
            state: signed.state,
            cause: signed.cause ?? null,
            check:
              check === undefined
                ? null
                : {
                    result: check.result,
                    why: check.why ?? null,
                    by: label(check.officer),
                    at: check.at,
                    entry: check.entry,
                    entryN: check.n,
                  },
          },
  }
}

/** For each signature that does not hold any more: which facts changed, by which entry; whether the law did; each step. */
function differencesView(one: SentenceCase, { working, dates }: CaseStanding) {
  const outdated = new Set(dates.flatMap(({ signed }) => (signed?.state === 'outdated' ? [signed.by] : [])))
  return [...outdated].map((signature) => ({
    signature: signature.entry,
    entryN: signature.n,
    at: signature.at,
    types: dates.flatMap(({ type, signed }) => (signed?.by === signature && signed.state === 'outdated' ? [type] : [])),
    facts: factChanges(signature.items, one.items).map((change) => sourced(change, one)),
    law: lawChange(signature, working),
    steps: stepChangeViews(
      differencesOf<AnyStep>(signature.steps, currentSteps(signature, working)),
      working.pack,
      signature.steps,
      currentSteps(signature, working),
    ),
  }))
}

const currentSteps = ({ reading }: Signature, { readings }: Working): AnyStep[] =>
  (readings[reading] ?? readings[0])?.steps.map((step) => step as unknown as AnyStep) ?? []

function sourced(change: ReturnType<typeof factChanges>[number], { sources }: SentenceCase) {
  const source = sources.get(change.item)
  return {
    ...change,
    entry: source?.correctedBy ?? source?.entry ?? null,
    entryN: source?.n ?? null,
  }
}

function lawChange({ pack: signed }: Signature, { pack }: Working) {
  if (signed === undefined || pack === undefined || signed.hash === pack.hash) return null
  return { before: { version: signed.version, hash: signed.hash }, after: { version: pack.version, hash: pack.hash } }
}

export function stepChangeViews(
  changes: readonly StepChange<AnyStep>[],
  pack: LawPack | undefined,
  before: readonly AnyStep[],
  after: readonly AnyStep[],
) {
  const [old, now] = [stepViews(before, pack), stepViews(after, pack)]
  const viewIn = (views: readonly StepView[], step: AnyStep) => views.find(({ n }) => n === step.n) ?? null
  return changes.map((one) => ({
    change: one.change,
    isCause: one.change === 'changed' ? one.isCause : true,
    before: one.change === 'added' ? null : viewIn(old, one.before),
    after: one.change === 'removed' ? null : viewIn(now, one.after),
  }))
}

/** The legal section of a signature over what is computed now, to be sent as it is with the dates that are signed. */
function toSign(one: SentenceCase, { pack, digest, readings }: Working) {
  return {
    case: one.facts.case,
    ...(pack !== undefined && { pack: { id: pack.id, version: pack.version, hash: pack.hash }, outcome: digest }),
    inputs: one.inputs,
    items: one.items,
    readings: readings.map(({ steps }) => ({ steps: JSON.parse(JSON.stringify(steps)) as Signed['steps'] })),
  }
}
