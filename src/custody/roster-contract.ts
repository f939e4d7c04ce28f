import { z } from 'zod'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { fieldCodes, type Supplier, suppliers } from './fields.ts'

const PresenceState = z.enum(['at', 'between', 'disputed', 'unknown'])
const BasisState = z.enum(['order', 'disputed', 'unknown', 'lapse'])
const BasisCause = z.enum([
  'covered',
  'contested',
  'end-not-stated',
  'orders-not-stated',
  'admitted-without-order',
  'order-ended',
  'release-ordered',
  'not-authentic',
])
const MissingCode = z.enum(fieldCodes)

/** By which the roster may be cut. No names: they are searched for by a posted search. */
const filters = {
  at: InstantText.optional(),
  facility: FacilityCode.optional(),
  /** `confirmed`: whatever state but `unknown`, as the figures count. */
  presence: z.enum([...PresenceState.options, 'confirmed']).optional(),
  basis: BasisState.optional(),
  /** `true`: whatever state of basis but `order`. */
  withoutBasis: z.enum(['true', 'false']).optional(),
  /** One code, or `any`. */
  missing: z.union([MissingCode, z.literal('any')]).optional(),
  /** Admitted within so many days before `at`. */
  admittedWithinDays: z.coerce.number().int().min(1).max(36_500).optional(),
  /** A place and everything below it. */
  place: z.uuid().optional(),
  /** The state, ISO 3166-1. */
  nationality: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  /** Somebody else may be the same person. */
  double: z.enum(['true', 'false']).optional(),
  /** `number`: by register number; `admitted`: who came last comes first. */
  sort: z.enum(['number', 'admitted']).default('number'),
}

const HeldRow = z.strictObject({
  custody: z.uuid(),
  person: z.uuid().nullable(),
  registerNumber: z.string(),
  facility: z.string(),
  /** As the first paper writes them; null: no name is known. */
  name: z
    .strictObject({ family: z.string().nullable(), given: z.string().nullable(), written: z.string().nullable() })
    .nullable(),
  /** Whole years at `at`; null: nothing is known. */
  age: z.int().nullable(),
  /** How well the birth is known; `stated`: only an age was said. */
  birth: z
    .strictObject({
      date: z.string().nullable(),
      precision: z.enum(['day', 'month', 'year', 'stated']),
      disputed: z.boolean(),
    })
    .nullable(),
  nationalities: z.array(z.strictObject({ state: z.string(), standing: z.string() })),
  since: z.string(),
  sincePrecision: z.string(),
  /** Whole days held at `at`. */
  days: z.int(),
  place: z.strictObject({
    id: z.uuid().nullable(),
    /** Codes from below the facility down: `P3`, `3-14`, `B07-2`; the bunk meant for the person last. */
    path: z.array(z.string()),
    /** In words, where no place on file is meant. */
    where: z.string().nullable(),
    bunk: z.uuid().nullable(),
  }),
  presence: z.strictObject({
    state: PresenceState,
    /** The fact that says so: when, and by what kind of look. */
    since: z.string(),
    precision: z.string(),
    because: z.string(),
  }),
  /** Null: closed to who asks. */
  basis: z
    .strictObject({
      state: BasisState,
      cause: BasisCause,
      since: z.string(),
      order: z.uuid().nullable(),
      /** Of the covering order, or of the last one that covered. */
      kind: z.string().nullable(),
      orders: z.int(),
      /** First instant no longer covered; null: without an end on paper, or not known (`untilKnown`). */
      until: z.string().nullable(),
      untilKnown: z.boolean(),
      /** The last whole day covered, where the end is a midnight of the custody's zone: 'until 1 Apr inclusive'. */
      untilDay: z.string().nullable(),
    })
    .nullable(),
  missing: z.array(MissingCode),
  /** The gravest thing known against this custody; null: nothing of severity 1 or 2, nothing unknown. */
  worst: z
    .strictObject({
      mark: z.enum(['S1', 'S2', 'unknown']),
      /** The rule that says so, or `basis-disputed`, `presence-unknown`, `presence-disputed`. */
      reason: z.string(),
    })
    .nullable(),
  /** Limits of the custody contested: see the file. */
  disputed: z.boolean(),
})
export type HeldRow = z.infer<typeof HeldRow>

/** `after` is the cursor that the page before gave; it holds no name. */
export const listContract = defineContract({
  method: 'GET',
  path: '/api/custodies',
  says: { en: 'Who is held', es: 'Quiénes están' },
  permission: 'custody.read',
  personal: true,
  cut: true,
  query: z.strictObject({
    ...filters,
    after: z
      .string()
      .regex(/^[A-Z0-9:.-]{0,40}~[0-9a-f-]{36}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    /** `false`: the first rows without the count, which looks at everybody; ask for it beside them, with `limit=1`. */
    total: z.enum(['true', 'false']).default('true'),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** How many the filter finds; only with the first page, else null. */
    total: z.int().nullable(),
    held: z.array(HeldRow),
    /** Cursor of the next page; null at the end. */
    next: z.string().nullable(),
  }),
})

/** Columns of the CSV, by the names that the console's columns have. */
export const ROSTER_COLUMNS = [
  'registerNumber',
  'family',
  'given',
  'age',
  'birth',
  'nationalities',
  'days',
  'since',
  'place',
  'presence',
  'seen',
  'seenBy',
  'basis',
  'cause',
  'order',
  'until',
  'missing',
  'worst',
  'facility',
] as const
export type RosterColumn = (typeof ROSTER_COLUMNS)[number]
const Columns = z
  .string()
  .max(400)
  .transform((text) => text.split(','))
  .pipe(z.array(z.enum(ROSTER_COLUMNS)).min(1).max(ROSTER_COLUMNS.length))

export const csvContract = defineContract({
  method: 'GET',
  path: '/api/custodies.csv',
  says: {
    en: 'Who is held, as CSV: the rows and columns asked for',
    es: 'Quiénes están, en CSV: las filas y columnas pedidas',
  },
  permission: 'custody.read',
  personal: true,
  cut: true,
  query: z.strictObject({
    ...filters,
    /** Comma-separated, in the order of the columns. */
    columns: Columns.default([...ROSTER_COLUMNS]),
    language: z.enum(['en', 'es']).default('es'),
  }),
  ok: z.unknown().meta({ description: 'RFC 4180, UTF-8 with a byte order mark; formula cells get an apostrophe' }),
  answers: 'text/csv; charset=utf-8',
})

export const figuresContract = defineContract({
  method: 'GET',
  path: '/api/custodies/figures',
  says: { en: 'The figures over the roster', es: 'Las cifras de la nómina' },
  permission: 'roll.read',
  personal: false,
  cut: true,
  query: z.strictObject({ at: InstantText.optional(), facility: FacilityCode.optional() }),
  ok: z.strictObject({
    at: z.string(),
    /** Midnight before `at` in the zone of the facility (of the first one, where none was asked for). */
    dayBegan: z.string(),
    held: z.int(),
    cameToday: z.int(),
    leftToday: z.int(),
    confirmed: z.int(),
    unconfirmed: z.int(),
    /** Of the unconfirmed, those since `dayBegan`. */
    unconfirmedToday: z.int(),
    withoutBasis: z.int(),
    /** Since when the longest lapse runs. */
    longestLapseSince: z.string().nullable(),
    basisUnknown: z.int(),
    /** The admission batches (imports) in which the unknown bases lie. */
    basisUnknownBatches: z.int(),
    basisDisputed: z.int(),
    withMissing: z.int(),
  }),
})

const Words = z.strictObject({ en: z.string(), es: z.string() })

/** What the register lacks, since when without a break, and who can supply it. */
export const Lack = z.strictObject({
  code: z.string(),
  citation: z.string(),
  says: Words,
  since: z.string(),
  from: z.enum(Object.keys(suppliers) as [Supplier, ...Supplier[]]),
  fromSays: Words,
})

export const admissionsContract = defineContract({
  method: 'GET',
  path: '/api/admissions',
  says: {
    en: 'Recent admissions with what is missing, the latest first',
    es: 'Ingresos recientes con lo que falta, primero el último',
  },
  permission: 'custody.read',
  personal: true,
  cut: true,
  query: z.strictObject({
    at: InstantText.optional(),
    facility: FacilityCode.optional(),
    /** How far back. */
    days: z.coerce.number().int().min(1).max(3_650).default(30),
    /** Only those who lack this. */
    missing: MissingCode.optional(),
    after: z
      .string()
      .regex(/^[A-Z0-9:.-]{0,40}~[0-9a-f-]{36}$/)
      .optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  ok: z.strictObject({
    at: z.string(),
    /** How many lack something; only with the first page. */
    total: z.int().nullable(),
    admissions: z.array(HeldRow.extend({ recorded: z.string(), lacks: z.array(Lack), possibleDouble: z.boolean() })),
    next: z.string().nullable(),
  }),
})
