import { z } from 'zod'
import { dayContract } from '../custody/contract.ts'
import { FacilityCode } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { CapacityAnswer } from '../places/contract.ts'
import { Severity } from '../standards/acts.ts'

const Owed = z.strictObject({ late: z.int(), soon: z.int(), unknown: z.int() })

const Counts = z.strictObject({
  at: z.string(),
  held: z.int(),
  confirmed: z.int(),
  unconfirmed: z.int(),
  withoutBasis: z.int(),
  basisUnknown: z.int(),
  /** Open findings of severity 1, and of severity 2. */
  openS1: z.int(),
  openS2: z.int(),
  /** Duties that are late, due within 24 hours, and those that nobody can judge. */
  duties: Owed,
})
const Point = z.strictObject({ at: z.string(), value: z.int() })

export const directorContract = defineContract({
  method: 'GET',
  path: '/api/director',
  says: { en: "The director's first page", es: 'La primera página de la dirección' },
  permission: 'roll.read',
  personal: true,
  query: z.strictObject({ at: InstantText.optional(), facility: FacilityCode }),
  ok: z.strictObject({
    at: z.string(),
    facility: z.string(),
    zone: z.string(),
    now: Counts,
    /** As it stood at 06:00 there, of the day of `at` (of the day before, where `at` is earlier). */
    morning: Counts,
    /** Between the two. */
    cameSince: z.int(),
    leftSince: z.int(),
    /** Held against what is certified, and against each standard's; each with the origin of its figure. */
    capacity: CapacityAnswer,
    /** The day of `at` so far: yesterday's roll + in − out, each difference named. */
    day: dayContract.ok,
    /** What stands open, by rule. */
    findings: z.array(z.strictObject({ rule: z.string(), severity: Severity, findings: z.int() })),
    /** Each day's end of the last 30, then `at`. */
    series: z.strictObject({ held: z.array(Point), lapses: z.array(Point), openS1: z.array(Point) }),
    /** What is owed, by rule, worst first; rules of which nothing is late, due soon or unknown are left out. */
    duties: z.array(
      Owed.extend({ rule: z.string(), severity: Severity, says: z.strictObject({ en: z.string(), es: z.string() }) }),
    ),
    /** What no source measures yet. */
    notMeasured: z.array(z.enum(['counts', 'shifts'])),
  }),
})
