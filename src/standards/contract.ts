import { z } from 'zod'
import { FacilityCode, HOUSE } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { Severity } from './acts.ts'

const permission = 'finding.read'
const ofFinding = z.strictObject({ id: z.uuid() })
const Limit = z.coerce.number().int().min(1).max(1000).default(100)
const Evidence = z.record(z.string(), z.unknown())

const FindingAnswer = z.strictObject({
  finding: z.uuid(),
  rule: z.string(),
  severity: Severity,
  state: z.enum(['fail', 'unknown']),
  facility: z.string(),
  custody: z.uuid().nullable(),
  /** Of the custody that it is about; null where it is about several, or about none. */
  registerNumber: z.string().nullable(),
  cause: z.string().nullable(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  peopleAtOpening: z.int().nullable(),
  openEvidence: Evidence,
  closeEvidence: Evidence.nullable(),
  entryN: z.int(),
  closedN: z.int().nullable(),
})

export const findingsContract = defineContract({
  method: 'GET',
  path: '/api/findings',
  says: { en: 'Findings that stand at an instant', es: 'Hallazgos vigentes en un instante' },
  permission,
  personal: true,
  cut: true,
  query: z.strictObject({
    at: InstantText.optional(),
    facility: z.union([FacilityCode, z.literal(HOUSE)]).optional(),
    rule: z.string().max(40).optional(),
    severity: Severity.optional(),
    custody: z.uuid().optional(),
    after: z.coerce.number().int().nonnegative().optional(),
    limit: Limit,
  }),
  ok: z.strictObject({
    at: z.string(),
    counts: z.array(z.strictObject({ rule: z.string(), severity: Severity, findings: z.int() })),
    findings: z.array(FindingAnswer),
    next: z.int().nullable(),
  }),
})

export const findingContract = defineContract({
  method: 'GET',
  path: '/api/findings/:id',
  says: { en: 'A finding and how many people it has now', es: 'Un hallazgo y cuántas personas abarca ahora' },
  permission,
  personal: true,
  cut: true,
  params: ofFinding,
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({ at: z.string(), finding: FindingAnswer, people: z.int() }),
})

export const findingPeopleContract = defineContract({
  method: 'GET',
  path: '/api/findings/:id/people',
  says: { en: 'The people of a finding at an instant', es: 'Las personas de un hallazgo en un instante' },
  permission,
  personal: true,
  cut: true,
  params: ofFinding,
  query: z.strictObject({ at: InstantText.optional(), after: z.uuid().optional(), limit: Limit }),
  ok: z.strictObject({
    at: z.string(),
    people: z.array(z.strictObject({ custody: z.uuid(), registerNumber: z.string().nullable(), since: z.string() })),
    next: z.uuid().nullable(),
  }),
})

export const rulesContract = defineContract({
  method: 'GET',
  path: '/api/rules',
  says: { en: 'The rules, with citation and origin', es: 'Las reglas, con su cita y origen' },
  permission,
  personal: false,
  ok: z.strictObject({
    rules: z.array(
      z.strictObject({
        id: z.string(),
        severity: Severity,
        kind: z.string(),
        citation: z.array(z.strictObject({ instrument: z.string(), provision: z.string() })),
        origin: z.enum(['text', 'technical', 'ours']),
        parameters: z.array(
          z.strictObject({ name: z.string(), value: z.string(), origin: z.enum(['text', 'technical', 'ours']) }),
        ),
        says: z.strictObject({ en: z.string(), es: z.string() }),
        states: z.array(z.enum(['pass', 'fail', 'unknown', 'not_applicable', 'fail_justified'])),
      }),
    ),
  }),
})

export const scorecardContract = defineContract({
  method: 'GET',
  path: '/api/scorecard',
  says: {
    en: 'Every rule, measured on a facility at an instant',
    es: 'Cada regla, medida en un establecimiento en un instante',
  },
  permission,
  personal: false,
  query: z.strictObject({ at: InstantText.optional(), facility: FacilityCode.optional() }),
  ok: z.strictObject({
    at: z.string(),
    rules: z.array(
      z.strictObject({
        rule: z.string(),
        severity: Severity,
        state: z.enum(['pass', 'fail', 'unknown', 'not_applicable', 'fail_justified']),
        /** People whom the rule finds failing; things, where it is not about people. */
        failing: z.int(),
        /** People whom the rule cannot judge. */
        unknown: z.int(),
      }),
    ),
  }),
})
