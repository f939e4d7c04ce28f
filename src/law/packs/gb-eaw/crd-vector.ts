/** From a published test vector (shared/data/crd/SOURCE.md) to a case. What does not fit is refused, never guessed. */
import { z } from 'zod'
import { type Day, dayNumbers } from '../kernel/calendar.ts'
import { type Duration, duration } from '../kernel/duration.ts'
import {
  type Adjustment,
  type AdjustmentKind,
  type Case,
  dateTypes,
  type Recall,
  type RecallKind,
  type Sentence,
  type SentenceKind,
} from './case.ts'
import { type LawBook, lawAt40, lawAtHalf, lawOfProgression } from './law.ts'

const Iso = z.string().transform((text, context): Day => {
  const day = dayNumbers.findDay(text)
  if (day !== undefined) return day
  context.addIssue({ code: 'custom', message: 'not a date' })
  return z.NEVER
})
const maybe = <T extends z.ZodType>(type: T) =>
  type
    .nullish()
    .transform((value) => value ?? undefined)
    .optional()

const Count = maybe(z.int().nonnegative())
const Length = z
  .object({ durationElements: z.strictObject({ YEARS: Count, MONTHS: Count, WEEKS: Count, DAYS: Count }) })
  .transform(
    ({ durationElements: { YEARS = 0, MONTHS = 0, WEEKS = 0, DAYS = 0 } }): Duration =>
      duration({ years: YEARS, months: MONTHS, weeks: WEEKS, days: DAYS }),
  )

const kinds = {
  StandardSentence: 'sds',
  ExtendedDeterminateSentence: 'eds',
  SopcSentence: 'sopc',
  DetentionAndTrainingOrderSentence: 'dto',
  AFineSentence: 'fine',
  BotusSentence: 'botus',
} as const satisfies Record<string, SentenceKind>

const recallKinds = {
  STANDARD_RECALL: 'standard',
  STANDARD_RECALL_255: 'standard',
  FIXED_TERM_RECALL_14: 'fixed-14',
  FIXED_TERM_RECALL_28: 'fixed-28',
  FIXED_TERM_RECALL_56: 'fixed-56',
} as const satisfies Record<string, RecallKind>

const RecallVector = z
  .object({
    recallType: z.enum(Object.keys(recallKinds) as [keyof typeof recallKinds]),
    returnToCustodyDate: maybe(Iso),
    revocationDate: maybe(Iso),
  })
  .transform(
    ({ recallType, returnToCustodyDate, revocationDate }): Recall => ({
      kind: recallKinds[recallType],
      ...given('returnedOn', returnToCustodyDate),
      ...given('revokedOn', revocationDate),
    }),
  )

const Release = z.object({
  isSDSPlus: z.boolean().default(false),
  isSDSPlusEligibleSentenceTypeLengthAndOffence: z.boolean().default(false),
  isSection250: z.boolean().default(false),
  sdsEarlyReleaseExclusions: z.array(z.string()).default([]),
})

const SentenceVector = z.object({
  type: z.enum(Object.keys(kinds) as [keyof typeof kinds]).default('StandardSentence'),
  offence: z.object({ committedAt: maybe(Iso), offenceCode: maybe(z.string()) }),
  duration: maybe(Length),
  custodialDuration: maybe(Length),
  extensionDuration: maybe(Length),
  sentencedAt: Iso,
  identifier: maybe(z.string()),
  consecutiveSentenceUUIDs: maybe(z.array(z.string())),
  automaticRelease: maybe(z.boolean()),
  recall: maybe(RecallVector),
  fineAmount: maybe(z.number()),
  releaseArrangements: maybe(Release),
})

const adjustmentKinds = {
  REMAND: 'remand',
  TAGGED_BAIL: 'tagged-bail',
  RECALL_REMAND: 'recall-remand',
  RECALL_TAGGED_BAIL: 'recall-tagged-bail',
  UNLAWFULLY_AT_LARGE: 'unlawfully-at-large',
  ADDITIONAL_DAYS_AWARDED: 'added',
  RESTORATION_OF_ADDITIONAL_DAYS_AWARDED: 'restored',
} as const satisfies Record<string, AdjustmentKind>

const AdjustmentVector = z.object({
  appliesToSentencesFrom: Iso,
  // Missing means none, says SOURCE.md.
  numberOfDays: maybe(z.int().nonnegative()),
  fromDate: maybe(Iso),
  toDate: maybe(Iso),
  additionalInfo: maybe(z.object({ reason: maybe(z.string()) })),
})

const profiles = {
  'sds-50': lawAtHalf,
  'calculation-params': lawAt40,
  'sds-progression-model-october': lawOfProgression,
} as const satisfies Record<string, LawBook>

export const CrdVector = z.object({
  id: z.string(),
  kind: z.enum(['dated', 'refused', 'error']),
  profile: z.enum(Object.keys(profiles) as [keyof typeof profiles]),
  toggles: z.object({ applyPostRecallRepealRules: z.boolean().default(false) }).prefault({}),
  userInputs: maybe(z.object({ calculateErsed: z.boolean().default(false) })),
  strata: z.object({ stratum: z.enum(['A', 'B', 'C', 'D', 'E', 'F']) }),
  input: z.unknown(),
  expected: z.object({
    dates: z.partialRecord(z.enum(dateTypes), z.string()).optional(),
    effectiveSentenceLength: z.string().optional(),
  }),
})
export type CrdVector = z.infer<typeof CrdVector>

const Booking = z.object({
  offender: z.object({ dateOfBirth: Iso, isActiveSexOffender: maybe(z.boolean()) }),
  sentences: z.array(SentenceVector),
  adjustments: z
    .partialRecord(z.enum(Object.keys(adjustmentKinds) as [keyof typeof adjustmentKinds]), z.array(AdjustmentVector))
    .default({}),
  returnToCustodyDate: maybe(Iso),
  fixedTermRecallDetails: maybe(z.object({ recallLength: z.int().positive(), returnToCustodyDate: Iso })),
  externalMovements: maybe(
    z.array(z.object({ movementDate: Iso, movementReason: z.string(), direction: z.enum(['IN', 'OUT']) })),
  ),
})

export type CrdCase =
  | { readonly ok: true; readonly case: Case; readonly law: LawBook }
  | { readonly ok: false; readonly why: string }

/** The case of a vector and the law it names, or why the input cannot be read. */
export function caseOfVector(vector: CrdVector): CrdCase {
  const parsed = Booking.safeParse(vector.input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return { ok: false, why: `${issue?.path.join('.') ?? 'input'}: ${issue?.message ?? 'not readable'}` }
  }
  const booking = parsed.data
  return {
    ok: true,
    law: lawOf(vector),
    case: {
      bornOn: booking.offender.dateOfBirth,
      registeredSexOffender: booking.offender.isActiveSexOffender ?? false,
      sentences: booking.sentences.map(toSentence),
      adjustments: Object.entries(booking.adjustments).flatMap(([name, list]) =>
        (list ?? []).map((each, index) =>
          toAdjustment(adjustmentKinds[name as keyof typeof adjustmentKinds], each, index),
        ),
      ),
      movements: (booking.externalMovements ?? []).map(({ direction, movementDate, movementReason }) => ({
        direction: direction === 'IN' ? 'in' : 'out',
        on: movementDate,
        reason: movementReason,
      })),
      ...given('returnedToCustodyOn', booking.returnToCustodyDate),
      ...given(
        'fixedTermRecall',
        booking.fixedTermRecallDetails && {
          days: booking.fixedTermRecallDetails.recallLength,
          returnedOn: booking.fixedTermRecallDetails.returnToCustodyDate,
        },
      ),
      wantsRemovalDate: vector.userInputs?.calculateErsed ?? false,
    },
  }
}

/** Switches of the service stand for changes of law that it could turn on before they commenced. */
function lawOf({ profile, toggles }: CrdVector): LawBook {
  const law = profiles[profile]
  return toggles.applyPostRecallRepealRules === true ? { ...law, topUpSupervision: false } : law
}

function toSentence(vector: z.infer<typeof SentenceVector>, index: number): Sentence {
  const release = vector.releaseArrangements
  return {
    id: `${index + 1}`,
    ...given('alias', vector.identifier),
    kind: kinds[vector.type],
    ...given('offenceOn', vector.offence.committedAt),
    ...given('offenceCode', vector.offence.offenceCode),
    sentencedOn: vector.sentencedAt,
    term: vector.duration ?? vector.custodialDuration ?? duration({}),
    ...given('extension', vector.extensionDuration),
    ...given('after', vector.consecutiveSentenceUUIDs?.[0]),
    ...given('automaticRelease', vector.automaticRelease),
    sdsPlus: release?.isSDSPlus ?? false,
    sdsPlusOffence: release?.isSDSPlusEligibleSentenceTypeLengthAndOffence ?? false,
    section250: release?.isSection250 ?? false,
    exclusions: release?.sdsEarlyReleaseExclusions ?? [],
    ...given('fineAmount', vector.fineAmount),
    ...given('recall', vector.recall),
  }
}

function toAdjustment(kind: AdjustmentKind, vector: z.infer<typeof AdjustmentVector>, index: number): Adjustment {
  return {
    id: `${kind}-${index + 1}`,
    kind,
    days: vector.numberOfDays ?? 0,
    from: vector.appliesToSentencesFrom,
    ...given('first', vector.fromDate),
    ...given('last', vector.toDate),
    ...given('reason', vector.additionalInfo?.reason),
  }
}

function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined ? {} : { [key]: value }) as { [P in K]?: V }
}
