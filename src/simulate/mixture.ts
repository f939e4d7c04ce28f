import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { State } from '../kernel/text.ts'
import { InstantText } from '../kernel/time.ts'
import { OrderKind } from '../law/acts.ts'
import file from './mixture.json' with { type: 'json' }

/** A figure of the file: what it is, where it comes from (DESIGN.md §1.5), what it means. Read, only the value stays. */
const figure = <T extends z.ZodType>(value: T) =>
  z
    .strictObject({ value, origin: z.enum(['text', 'technical', 'ours']), says: z.string().min(1) })
    .transform((entry) => (entry as { readonly value: z.output<T> }).value)

const Share = z.number().min(0).max(1)
const share = figure(Share)
const days = figure(z.int().min(1).max(20_000))

const isWhole = (shares: readonly number[]) => Math.abs(shares.reduce((sum, one) => sum + one, 0) - 1) < 1e-9
const table = <K extends z.ZodType<string, string>>(key: K) =>
  z
    .partialRecord(key, Share)
    .refine((shares) => isWhole(Object.values(shares) as number[]), { error: 'shares do not add up to 1' })
const shares = <const K extends readonly string[]>(...keys: K) => figure(table(z.enum(keys)))

export const POOLS = ['es', 'nah', 'kek', 'qu', 'en', 'ht', 'pt', 'ar'] as const
export type Pool = (typeof POOLS)[number]

export const COVERS = [
  'covered',
  'renewed',
  'expiring',
  'expired',
  'none',
  'not-stated',
  'end-not-stated',
  'provisional',
  'late',
  'overlapping',
  'contradictory',
  'disputed',
  'quashed',
] as const
export type Cover = (typeof COVERS)[number]

const Wave = z.strictObject({ from: z.iso.date(), days: z.int().positive(), share: Share })

/** The whole mixture. Shares are of people unless `says` in the file names a smaller group. */
const MixtureFile = z.strictObject({
  seed: figure(z.int().nonnegative()),
  facility: figure(FacilityCode),
  people: figure(z.int().min(0).max(1_000_000)),
  asOf: figure(InstantText),
  admissions: z.strictObject({
    waves: figure(
      z
        .array(Wave)
        .min(1)
        .refine((waves) => isWhole(waves.map((wave) => wave.share)), { error: 'shares do not add up to 1' }),
    ),
    manner: shares('arrest', 'transfer', 'surrender', 'return', 'not-stated'),
    daysFromArrestMax: days,
    departedPerHeld: share,
    departures: shares('release', 'transfer', 'death', 'escape', 'unknown'),
    readmitted: share,
    recaptured: share,
    receivedUnderConvictedOnly: share,
    withoutFinalJudgment: share,
    sendingState: figure(State),
  }),
  identity: z.strictObject({
    nationalities: figure(table(State)),
    nationalitiesUnderAgreement: figure(table(State)),
    secondNationality: share,
    noNationality: share,
    nationalityDisputed: share,
    nationalityProven: share,
    namePools: figure(z.record(State, table(z.enum(POOLS)))),
    languages: figure(z.record(z.enum(POOLS), table(z.string().regex(/^[a-z]{2,3}$/)))),
    secondLanguage: share,
    interpreterUnlessSpanish: share,
    secondFamilyName: share,
    namesakes: share,
    nearNamesakes: share,
    nearBy: shares('letter', 'accent', 'swapped'),
    alias: share,
    unnamed: figure(z.strictObject({ refuses: Share, unconscious: Share, unknown: Share })),
    namedLater: share,
    identifier: share,
    womensCells: figure(z.int().nonnegative()),
    sexX: share,
    ages: figure(table(z.string().regex(/^\d{1,2}-\d{1,2}$/))),
    ageDisputed: share,
    birthKnownTo: shares('day', 'month', 'year', 'age'),
  }),
  /** What is said and done at admission that is owed; the rest of it is late in the registers. */
  told: z.strictObject({ reasonsAndRights: share, consular: share, family: share }),
  missing: z.strictObject({
    birth: share,
    sex: share,
    nationalities: share,
    languages: share,
    deprivationAt: share,
    deprivationWhere: share,
    deprivationBy: share,
    grounds: share,
    authorityOrdered: share,
    authoritySupervises: share,
    authorityRuns: share,
    health: share,
    officials: share,
  }),
  law: z.strictObject({
    cover: shares(...COVERS),
    kinds: figure(table(OrderKind)),
    open: share,
    daysLeftMax: figure(z.partialRecord(OrderKind, z.int().min(31).max(20_000))),
    expiringDaysMax: days,
    expiredDaysMax: days,
    lateDaysMax: days,
    exclusive: share,
    provision: share,
    caseNumber: share,
    document: share,
    authorityLinked: share,
    statuteLinked: share,
    notEmpowered: share,
    provisionRepealed: share,
    finalStated: share,
    verified: share,
    notAuthentic: share,
    releaseWaiting: share,
    releaseVerified: share,
    custodyConflict: share,
    custodyConflictUnderAgreement: share,
  }),
  sentences: z.strictObject({
    entered: share,
    countingFixed: share,
    englandAndWales: share,
    signed: share,
    checked: share,
    outdated: share,
  }),
  life: z.strictObject({
    examined: share,
    examinedFit: shares('fit', 'unfit', 'not-examined'),
    need: share,
    injuries: share,
    complaint: share,
    disability: share,
    property: share,
    contact: share,
    counsel: share,
    note: share,
    classified: share,
    courtVisit: share,
    outAtAsOf: share,
    childWithMother: share,
    childElsewhere: share,
  }),
})

/** What a population is made of, with plain values. */
export type Mixture = z.output<typeof MixtureFile>

/** Reads a mixture from JSON; throws (ZodError, naming the key) where a figure is missing, unknown or impossible. */
export const parseMixture = (json: unknown): Mixture => {
  const mixture = MixtureFile.parse(json)
  for (const state of Object.keys({
    ...mixture.identity.nationalities,
    ...mixture.identity.nationalitiesUnderAgreement,
  })) {
    if (!mixture.identity.namePools[state]) throw new Error(`identity.namePools lacks ${state}`)
  }
  for (const kind of Object.keys(mixture.law.kinds) as z.infer<typeof OrderKind>[]) {
    if (!mixture.law.daysLeftMax[kind]) throw new Error(`law.daysLeftMax lacks ${kind}`)
  }
  return mixture
}

/** The mixture of the reference facility: `mixture.json`. */
export const readMixture = (): Mixture => parseMixture(file)
