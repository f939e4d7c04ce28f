import { z } from 'zod'
import { FacilityCode } from '../../kernel/act.ts'
import { defineContract } from '../../kernel/contract.ts'
import { Digest, line } from '../../kernel/text.ts'
import { InstantText, Zone } from '../../kernel/time.ts'
import { Adjustment, Day, Happening, Options, Sentence } from './facts.ts'
import { SignedStep } from './forms.ts'

const permission = 'law.read'
const Words = z.strictObject({ en: z.string(), es: z.string() })
const Cite = z.strictObject({ title: z.string(), provision: z.string().nullable(), checked: z.boolean() })
const StepView = z.strictObject({
  n: z.int(),
  says: Words,
  cite: Cite.nullable(),
  in: z.array(z.int()),
  /** A date, or a number of days. */
  value: z.string(),
})

const ReadingView = z.strictObject({
  dates: z.array(z.strictObject({ type: z.string(), says: Words, date: z.string(), step: z.int() })),
  refused: z.array(z.strictObject({ type: z.string(), says: Words, code: z.string(), because: Words })),
  effectiveLength: z.string(),
  assumptions: z.array(z.strictObject({ code: z.string(), says: Words })),
  steps: z.array(StepView),
})

const OutcomeView = z.strictObject({
  kind: z.enum(['dated', 'refused', 'ambiguous']),
  reasons: z.array(z.strictObject({ code: z.string(), says: Words, about: z.string().nullable() })),
  readings: z.array(ReadingView),
})

const Numbers = z.strictObject({
  /** The day on which custody ends, by the earliest and by the latest reading. */
  release: z.strictObject({ earliest: z.string(), latest: z.string() }).nullable(),
  /** The last day on which every reading and every signed date lets the person be held: the alarm runs on it. */
  lastLawfulDay: z.string().nullable(),
  freeFrom: z.string().nullable(),
})

const PackView = z.strictObject({
  id: z.string(),
  version: z.string(),
  hash: z.string(),
  says: Words,
  isProvisional: z.boolean(),
})

const StepChange = z.strictObject({
  change: z.enum(['added', 'removed', 'changed']),
  /** The figure itself differs here; otherwise only what came in from earlier steps. */
  isCause: z.boolean(),
  before: StepView.nullable(),
  after: StepView.nullable(),
})

const FactChange = z.strictObject({
  item: z.string(),
  change: z.enum(['added', 'changed', 'removed']),
  entry: z.string().nullable(),
  entryN: z.int().nullable(),
})

const Facts = z.strictObject({
  birth: z.string().nullable(),
  marks: z.array(z.string()),
  options: Options,
  sentences: z.array(Sentence),
  adjustments: z.array(Adjustment),
  events: z.array(Happening),
})

const SignedView = z.strictObject({
  date: z.string(),
  how: z.enum(['pack', 'hand', 'court']),
  why: z.string().nullable(),
  order: z.string().nullable(),
  document: z.string().nullable(),
  /** A pseudonym; null where the reader is not told one. */
  by: z.string().nullable(),
  isYou: z.boolean(),
  at: z.string(),
  entry: z.string(),
  entryN: z.int(),
  version: z.string().nullable(),
  packHash: z.string().nullable(),
  state: z.enum(['standing', 'outdated']),
  cause: z.enum(['facts', 'law', 'facts-and-law']).nullable(),
  check: z
    .strictObject({
      result: z.enum(['agrees', 'disagrees']),
      why: z.string().nullable(),
      by: z.string().nullable(),
      at: z.string(),
      entry: z.string(),
      entryN: z.int(),
    })
    .nullable(),
})

const CaseView = z.strictObject({
  case: z.string(),
  packId: z.string(),
  /** Null: the program has no pack for it. */
  pack: PackView.nullable(),
  zone: z.string(),
  facts: Facts,
  sources: z.array(
    z.strictObject({
      item: z.string(),
      entryN: z.int(),
      entry: z.string(),
      at: z.string(),
      correctedBy: z.string().nullable(),
    }),
  ),
  inputs: z.string(),
  outcomeDigest: z.string(),
  outcome: OutcomeView,
  numbers: Numbers,
  dates: z.array(
    z.strictObject({
      type: z.string(),
      says: Words,
      role: z.enum(['release', 'eligibility', 'expiry', 'other']),
      computed: z.string().nullable(),
      computedLatest: z.string().nullable(),
      refused: z.string().nullable(),
      signed: SignedView.nullable(),
    }),
  ),
  /** One for each signature that does not hold any more. */
  differences: z.array(
    z.strictObject({
      signature: z.string(),
      entryN: z.int(),
      at: z.string(),
      types: z.array(z.string()),
      facts: z.array(FactChange),
      law: z
        .strictObject({
          before: z.strictObject({ version: z.string(), hash: z.string() }),
          after: z.strictObject({ version: z.string(), hash: z.string() }),
        })
        .nullable(),
      steps: z.array(StepChange),
    }),
  ),
  /** Orders of the ledger that the sentences rest on; `ended`: it no longer stands. Null: the ledger has no such order. */
  orders: z.array(z.strictObject({ order: z.string(), kind: z.string().nullable(), ended: z.boolean() })),
  /** What `sentence.sign` sends of this, with the dates that are signed. */
  toSign: z.strictObject({
    case: z.string(),
    pack: z.strictObject({ id: z.string(), version: z.string(), hash: z.string() }).optional(),
    outcome: z.string().optional(),
    inputs: z.string(),
    items: z.record(z.string(), z.string()),
    readings: z.array(z.strictObject({ steps: z.array(SignedStep) })),
  }),
})

export const sentenceContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/sentence',
  says: {
    en: 'The sentences of a custody: facts, dates with every step, what was signed and checked, what differs since',
    es: 'Las condenas de una custodia: hechos, fechas con cada paso, lo firmado y revisado, lo que difiere desde entonces',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({ at: z.string(), cases: z.array(CaseView) }),
})

export const whatIfContract = defineContract({
  method: 'POST',
  path: '/api/custodies/:id/sentence/what-if',
  says: {
    en: 'What would follow from other facts. Changes nothing; posted because it carries facts',
    es: 'Qué resultaría de otros hechos. No cambia nada; se envía por POST porque lleva hechos',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ at: InstantText.optional() }),
  body: z.strictObject({
    /** The case that is varied; absent: one that is not on record. */
    case: z.uuid().optional(),
    pack: line(40).optional(),
    zone: Zone.optional(),
    birth: Day.optional(),
    marks: z.array(line(120)).max(50).optional(),
    options: Options.optional(),
    /** Added, or in the place of those with the same ids. */
    sentences: z.array(Sentence).max(200).default([]),
    adjustments: z.array(Adjustment).max(500).default([]),
    events: z.array(Happening).max(500).default([]),
    /** Ids of sentences, adjustments and events that are left out. */
    without: z.array(z.uuid()).max(500).default([]),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** Said with every answer: nothing was recorded. */
    recorded: z.literal(false),
    pack: PackView.nullable(),
    outcome: OutcomeView,
    numbers: Numbers,
    before: Numbers.nullable(),
    dates: z.array(
      z.strictObject({ type: z.string(), says: Words, before: z.string().nullable(), after: z.string().nullable() }),
    ),
    facts: z.array(z.strictObject({ item: z.string(), change: z.enum(['added', 'changed', 'removed']) })),
    steps: z.array(StepChange),
  }),
})

const Counts = z.strictObject({
  examined: z.int(),
  moved: z.int(),
  earlier: z.int(),
  later: z.int(),
  refused: z.int(),
})

const Review = z.strictObject({
  entryN: z.int(),
  facility: z.string(),
  at: z.string(),
  list: z.string(),
  counts: Counts,
  /** Made with the pack as it is now. */
  isCurrent: z.boolean(),
})

export const lawChangesContract = defineContract({
  method: 'GET',
  path: '/api/law/changes',
  says: {
    en: 'Packs of sentence law, the changes they know of with the days these commence, and which were reviewed',
    es: 'Los paquetes de ley de condenas, los cambios que conocen con su entrada en vigor, y cuáles se revisaron',
  },
  permission,
  personal: false,
  cut: true,
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({
    at: z.string(),
    packs: z.array(
      PackView.extend({
        cases: z.int(),
        signedUnderOther: z.int(),
        movedByLaw: z.int(),
        changes: z.array(
          z.strictObject({
            id: z.string(),
            commences: z.string(),
            says: Words,
            cite: Cite.nullable(),
            hasCommenced: z.boolean(),
            reviews: z.array(Review),
          }),
        ),
      }),
    ),
    /** Cases under a jurisdiction that the program has no pack for. */
    withoutPack: z.array(z.strictObject({ id: z.string(), cases: z.int() })),
  }),
})

export const lawReviewContract = defineContract({
  method: 'GET',
  path: '/api/law/changes/:pack/:change/review',
  says: {
    en: 'Who moves by a change of law: everybody held is recomputed before and after it, a part with each request',
    es: 'A quién mueve un cambio de ley: se recalcula a todas las personas detenidas antes y después, por partes',
  },
  permission,
  personal: true,
  cut: true,
  params: z.strictObject({ pack: line(40), change: line(60) }),
  query: z.strictObject({
    at: InstantText.optional(),
    facility: FacilityCode.optional(),
    /** `next` and `digest` of the part before. */
    after: z.uuid().optional(),
    digest: Digest.optional(),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** Of this part. */
    counts: Counts,
    people: z.array(
      z.strictObject({
        custody: z.uuid(),
        registerNumber: z.string().nullable(),
        facility: z.string(),
        case: z.uuid(),
        dates: z.array(
          z.strictObject({
            type: z.string(),
            says: Words,
            before: z.string().nullable(),
            after: z.string().nullable(),
            refused: z.string().nullable(),
            because: StepChange.nullable(),
          }),
        ),
      }),
    ),
    next: z.uuid().nullable(),
    /** Over the list up to here. */
    digest: z.string(),
  }),
})
