import { z } from 'zod'
import { FacilityCode, HOUSE } from '../kernel/act.ts'
import { defineContract } from '../kernel/contract.ts'
import { InstantText } from '../kernel/time.ts'
import { PAGE_MAX, SOON_HOURS } from './read.ts'

const permission = 'duty.read'

const Words = z.strictObject({ en: z.string(), es: z.string() })
export const DutySeverity = z.enum(['S1', 'S2', 'S3', 'S4'])
export const DutyStateName = z.enum(['owed', 'late', 'unknown', 'done', 'done-late', 'ended', 'ended-late'])
const Holder = z.strictObject({ id: z.string(), says: Words, outside: z.boolean() })
const Origin = z.enum(['text', 'technical', 'ours'])

const Rule = z.strictObject({
  rule: z.string(),
  severity: DutySeverity,
  citation: z.array(z.strictObject({ instrument: z.string(), provision: z.string() })),
  says: Words,
  /** By when, in words, and where that figure comes from. */
  term: z.strictObject({ en: z.string(), es: z.string(), origin: Origin }),
  owner: Holder,
  steps: z.array(z.strictObject({ afterHours: z.int(), to: Holder })),
  acts: z.array(z.string()),
  /** Whether somebody of the facility may say that it was done. */
  byWord: z.boolean(),
  /** No source fixes how it is counted: the earliest reading counts. */
  provisional: z.boolean(),
})

export const DutyAnswer = z.strictObject({
  duty: z.uuid(),
  custody: z.uuid().nullable(),
  registerNumber: z.string().nullable(),
  facility: z.string(),
  rule: z.string(),
  severity: DutySeverity,
  item: z.string(),
  from: z.string(),
  due: z.string(),
  state: DutyStateName,
  settled: z.string().nullable(),
  settledN: z.int().nullable(),
  unknown: z.string().nullable(),
  readings: z.array(z.strictObject({ counts: z.string(), says: Words, due: z.string() })).nullable(),
  /** Who has it now: the owner, or the step that it has reached. */
  holder: Holder,
  entryN: z.int(),
})

const Filter = z.strictObject({
  at: InstantText.optional(),
  facility: z.union([FacilityCode, z.literal(HOUSE)]).optional(),
  rule: z.string().max(40).optional(),
  severity: DutySeverity.optional(),
  /** By whom it is owed (the owner of the rule). */
  owner: z.string().max(40).optional(),
  custody: z.uuid().optional(),
  asked: z.enum(['late', 'soon', 'unknown', 'open']).default('late'),
  within: z.coerce
    .number()
    .int()
    .min(1)
    .max(24 * 366)
    .default(SOON_HOURS),
})

export const boardContract = defineContract({
  method: 'GET',
  path: '/api/duties',
  says: {
    en: 'The due board: what is late, due soon or not known, by whom and for whom, worst first',
    es: 'El tablero de plazos: qué está vencido, por vencer o sin saberse, por quién y para quién, lo peor primero',
  },
  permission,
  personal: true,
  cut: true,
  query: Filter.extend({
    after: z.string().max(200).optional(),
    limit: z.coerce.number().int().min(1).max(PAGE_MAX).default(100),
  }),
  ok: z.strictObject({
    at: z.string(),
    total: z.strictObject({ late: z.int(), soon: z.int(), unknown: z.int() }),
    counts: z.array(Rule.extend({ late: z.int(), soon: z.int(), unknown: z.int(), oldest: z.string().nullable() })),
    byOwner: z.array(z.strictObject({ owner: Holder, late: z.int(), soon: z.int(), unknown: z.int() })),
    duties: z.array(DutyAnswer),
    /** Where the next page begins; null at the end. */
    next: z.string().nullable(),
  }),
})

export const boardCsvContract = defineContract({
  method: 'GET',
  path: '/api/duties.csv',
  says: { en: 'The due board as a table', es: 'El tablero de plazos como tabla' },
  permission,
  personal: true,
  cut: true,
  query: Filter.extend({ language: z.enum(['en', 'es']).default('es') }),
  ok: z.unknown().meta({ description: 'text/csv (RFC 4180), a header line, UTF-8' }),
  answers: 'text/csv; charset=utf-8',
})

export const custodyDutiesContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/duties',
  says: {
    en: 'What is and was owed about one custody',
    es: 'Lo que se debe y se debió respecto de una custodia',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid() }),
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({ at: z.string(), rules: z.array(Rule), duties: z.array(DutyAnswer) }),
})

export const dutyContract = defineContract({
  method: 'GET',
  path: '/api/custodies/:id/duties/:duty',
  says: {
    en: 'One duty: what it rests on, its steps and what happened',
    es: 'Un deber: en qué se funda, sus pasos y qué ocurrió',
  },
  permission,
  personal: true,
  params: z.strictObject({ id: z.uuid(), duty: z.uuid() }),
  query: z.strictObject({ at: InstantText.optional() }),
  ok: z.strictObject({
    at: z.string(),
    rule: Rule,
    duty: DutyAnswer,
    /** When each step is or was reached, if it is not done before; null: it was done in time. */
    steps: z.array(z.strictObject({ to: Holder, at: z.string(), reached: z.boolean() })),
    history: z.array(z.strictObject({ entryN: z.int(), entry: z.uuid(), kind: z.string(), recorded: z.string() })),
  }),
})
