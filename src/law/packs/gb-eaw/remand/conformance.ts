/**
 * Runs the pack against remand vectors written by others, in the form that shared/data/remand/SOURCE.md documents.
 * *exact*: periods (from, to, days, status) and adjustments are equal as sets · *refused*: nothing given, with a reason ·
 * all else *wrong*. Where the source itself gives an error the pack must refuse, and the vector is *skipped*.
 */
import { readFile } from 'node:fs/promises'
import { gunzipSync } from 'node:zlib'
import { z } from 'zod'
import { dayNumbers } from '../../kernel/calendar.ts'
import type { Charge, CourtEvent, RemandCase, RemandStatus } from './case.ts'
import { type RemandOutcome, remandCredit } from './pack.ts'

export type RemandTally = { exact: number; refused: number; wrong: number; skipped: number }
export type RemandConformance = RemandTally & {
  strata: Record<string, RemandTally>
  /** `wrong …` or `refused …`, a line each; at most 100. */
  problems: string[]
}

const bool = z.boolean().nullish()
const text = z.string().nullish()
const Event = z.object({
  date: z.string(),
  type: z.enum(['START', 'CONTINUE', 'STOP']),
  description: text,
  final: bool,
  isCustodial: bool,
  isRecallEvent: bool,
})
const ChargeAndEvents = z.object({
  charge: z.object({
    chargeId: z.number(),
    offence: z.object({ code: z.string() }),
    offenceDate: z.string(),
    offenceEndDate: text,
    bookingId: z.number(),
    sentenceSequence: z.number().nullish(),
    sentenceDate: text,
    resultDescription: text,
    final: bool,
    isActiveBooking: bool,
    isTermSentence: bool,
  }),
  dates: z.array(Event),
})
const Adjustment = z.object({
  bookingId: z.number(),
  sentenceSequence: z.number(),
  person: z.string(),
  adjustmentType: z.string(),
  fromDate: z.string(),
  toDate: z.string(),
  remand: z.object({ chargeId: z.array(z.number()) }),
  status: z.string(),
})
const Vector = z.object({
  id: z.string(),
  stratum: z.string(),
  input: z.object({
    prisonerId: z.string(),
    chargesAndEvents: z.array(ChargeAndEvents),
    // The source's own spelling.
    chargeIdsIncludedInLasestReleaseDateCalculation: z.array(z.number()).nullish(),
    externalMovements: z.array(z.object({ date: z.string(), release: bool })).nullish(),
  }),
  options: z
    .strictObject({
      userSelections: z
        .array(z.object({ chargeIdsToMakeApplicable: z.array(z.number()), targetChargeId: z.number() }))
        .nullish(),
    })
    .nullish(),
  // Strict: a field that no rule here knows (unused deductions, say) may decide who is credited.
  releaseDates: z.array(z.strictObject({ calculateAt: z.string(), release: z.string(), service: text })).nullish(),
  expected: z.object({
    adjustments: z.array(Adjustment).nullish(),
    chargeRemand: z
      .array(z.object({ from: z.string(), to: z.string(), days: z.number(), status: z.string() }))
      .nullish(),
    error: text,
  }),
})
type Vector = z.infer<typeof Vector>

/** Reads a file of vectors, JSON lines, plain or gzip. Throws when it cannot be read. */
export async function remandConformance(file: string): Promise<RemandConformance> {
  const raw = await readFile(file)
  const lines = (raw[0] === 0x1f && raw[1] === 0x8b ? gunzipSync(raw) : raw).toString('utf8').split('\n')
  const result: RemandConformance = { exact: 0, refused: 0, wrong: 0, skipped: 0, strata: {}, problems: [] }
  for (const [index, line] of lines.entries()) {
    if (line.trim() === '') continue
    const { stratum, judged, problem } = judgeLine(line, index + 1)
    result.strata[stratum] ??= { exact: 0, refused: 0, wrong: 0, skipped: 0 }
    result.strata[stratum][judged] += 1
    result[judged] += 1
    if (problem !== undefined && result.problems.length < 100) result.problems.push(problem)
  }
  return result
}

type Judged = { readonly stratum: string; readonly judged: keyof RemandTally; readonly problem?: string }

function judgeLine(line: string, number: number): Judged {
  const json = findJson(line)
  const head = z.object({ id: z.string(), stratum: z.string() }).safeParse(json)
  if (!head.success) return { stratum: 'malformed', judged: 'wrong', problem: `wrong, line ${number}: no vector` }
  const vector = Vector.safeParse(json)
  if (!vector.success) {
    // What is not understood is not computed: that is a refusal like any other.
    const where = vector.error.issues[0]?.path.join('.') || 'the vector'
    const problem = `refused ${head.data.stratum} ${head.data.id}: ${where} not understood`
    return { stratum: head.data.stratum, judged: isErrorVector(json) ? 'skipped' : 'refused', problem }
  }
  const { id, stratum, expected } = vector.data
  const outcome = remandCredit.compute(caseOf(vector.data), dayNumbers)
  if (outcome.kind === 'refused') {
    const codes = [...new Set(outcome.reasons.map(({ code }) => code))].join(', ')
    if (expected.error != null) return { stratum, judged: 'skipped' }
    return { stratum, judged: 'refused', problem: `refused ${stratum} ${id}: ${codes}` }
  }
  if (expected.error != null)
    return { stratum, judged: 'wrong', problem: `wrong ${stratum} ${id}: given, must be refused` }
  const difference = differenceOf(vector.data, outcome)
  return difference === undefined
    ? { stratum, judged: 'exact' }
    : { stratum, judged: 'wrong', problem: `wrong ${stratum} ${id}: ${difference}` }
}

const isErrorVector = (json: unknown) => z.object({ expected: z.object({ error: z.string() }) }).safeParse(json).success

function findJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

const typeOf = { START: 'start', CONTINUE: 'continue', STOP: 'stop' } as const

function caseOf({ input, options, releaseDates }: Vector): RemandCase {
  return {
    charges: input.chargesAndEvents.map(({ charge, dates }): Charge => {
      const { sentenceSequence, sentenceDate, offenceEndDate } = charge
      return {
        id: charge.chargeId,
        booking: charge.bookingId,
        offence: charge.offence.code,
        offenceDate: charge.offenceDate,
        ...(offenceEndDate == null ? {} : { offenceEnd: offenceEndDate }),
        ...(sentenceDate == null || sentenceSequence == null
          ? {}
          : { sentence: { sequence: sentenceSequence, date: sentenceDate } }),
        result: charge.resultDescription ?? '',
        isConcluded: charge.final === true,
        isActiveBooking: charge.isActiveBooking === true,
        isTerm: charge.isTermSentence === true,
        events: dates.map(
          (event): CourtEvent => ({
            date: event.date,
            type: typeOf[event.type],
            says: event.description ?? '',
            isFinal: event.final === true,
            isCustodial: event.isCustodial === true,
            isRecall: event.isRecallEvent === true,
          }),
        ),
      }
    }),
    inForce: input.chargeIdsIncludedInLasestReleaseDateCalculation ?? [],
    releases: (releaseDates ?? []).map(({ calculateAt, release }) => ({ at: calculateAt, release })),
    movements: (input.externalMovements ?? []).map(({ date, release }) => ({ date, isRelease: release === true })),
    choices: (options?.userSelections ?? []).map((choice) => ({
      charges: choice.chargeIdsToMakeApplicable,
      target: choice.targetChargeId,
    })),
  }
}

const statusName: Record<RemandStatus, string> = {
  applicable: 'APPLICABLE',
  inactive: 'INACTIVE',
  'not-sentenced': 'NOT_SENTENCED',
  'case-not-concluded': 'CASE_NOT_CONCLUDED',
  'not-applicable-to-term': 'NOT_APPLICABLE_TO_TERM',
}

function differenceOf({ input, expected }: Vector, outcome: Extract<RemandOutcome, { kind: 'credited' }>) {
  const remand = outcome.remand.map(({ from, to, days, status }) => `${from} ${to} ${days} ${statusName[status]}`)
  const expectedRemand = (expected.chargeRemand ?? []).map(
    ({ from, to, days, status }) => `${from} ${to} ${days} ${status}`,
  )
  const credits = outcome.credits.map((credit) =>
    [
      credit.booking,
      credit.sentence,
      input.prisonerId,
      'REMAND',
      credit.from,
      credit.to,
      credit.status.toUpperCase(),
      ...[...credit.charges].sort((a, b) => a - b),
    ].join(' '),
  )
  const expectedCredits = (expected.adjustments ?? []).map((each) =>
    [
      each.bookingId,
      each.sentenceSequence,
      each.person,
      each.adjustmentType,
      each.fromDate,
      each.toDate,
      each.status,
      ...each.remand.chargeId.toSorted((a, b) => a - b),
    ].join(' '),
  )
  return setDifference('remand', remand, expectedRemand) ?? setDifference('credit', credits, expectedCredits)
}

/** Compared with their number: the same period twice is not the same as once. */
function setDifference(what: string, ours: readonly string[], theirs: readonly string[]): string | undefined {
  const [left, right] = [ours.toSorted(), theirs.toSorted()]
  if (left.length === right.length && left.every((each, index) => each === right[index])) return undefined
  const extra = left.filter((each) => !right.includes(each))
  const missing = right.filter((each) => !left.includes(each))
  return `${what}: ours only [${extra.join('; ')}], theirs only [${missing.join('; ')}], ${left.length} and ${right.length}`
}
