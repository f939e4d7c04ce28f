/** The pack against published vectors, by stratum and level: exact, refused or wrong, and never a mean of them. */
import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { dayNumbers } from '../kernel/calendar.ts'
import type { Outcome } from '../kernel/pack.ts'
import { notCoveredIn } from './accepts.ts'
import { type DateType, dateTypes } from './case.ts'
import { CrdVector, caseOfVector } from './crd-vector.ts'
import { gbEaw, lengthOnly } from './pack.ts'

/** L0: length and its end · L1: release, expiry and that end · L2: all but early removal · L3: all. */
export type Level = 'L0' | 'L1' | 'L2' | 'L3'

const typesOf: Record<Level, readonly DateType[]> = {
  L0: ['ESED'],
  L1: ['CRD', 'ARD', 'SED', 'SLED', 'ESED'],
  L2: dateTypes.filter((type) => type !== 'ERSED'),
  L3: dateTypes,
}

export type Score = { exact: number; refused: number; wrong: number; skipped: number }

export type CrdResult = Score & {
  readonly strata: Readonly<Record<string, Score>>
  /** A line for each vector that is wrong or refused, and for each line that could not be read. */
  readonly problems: readonly string[]
}

export type Verdict = { readonly is: keyof Score; readonly why: string }

/**
 * Every vector of a file (`.jsonl` or `.jsonl.gz`), read as a stream. A line that is no vector is named with its number
 * and counts as refused under the stratum `?`: nothing is dated from it. Throws when the file cannot be read.
 */
export async function crdConformance(file: string, level: Level): Promise<CrdResult> {
  const total: Score = { exact: 0, refused: 0, wrong: 0, skipped: 0 }
  const strata: Record<string, Score> = {}
  const problems: string[] = []
  const count = (stratum: string, is: keyof Score) => {
    strata[stratum] ??= { exact: 0, refused: 0, wrong: 0, skipped: 0 }
    strata[stratum][is] += 1
    total[is] += 1
  }
  let number = 0
  for await (const line of linesOf(file)) {
    number += 1
    if (line.trim() === '') continue
    const vector = readVector(line)
    if (typeof vector === 'string') {
      count('?', 'refused')
      problems.push(`line ${number}: not a vector: ${vector}`)
      continue
    }
    const verdict = judge(vector, level)
    count(vector.strata.stratum, verdict.is)
    if (verdict.is === 'wrong' || verdict.is === 'refused') {
      problems.push(`${verdict.is} ${vector.strata.stratum} ${vector.id}: ${verdict.why}`)
    }
  }
  return { ...total, strata, problems }
}

function linesOf(file: string): AsyncIterable<string> {
  const raw = createReadStream(file)
  const input = file.endsWith('.gz') ? raw.pipe(createGunzip()) : raw
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  const stop = (error: Error) => input.destroy(error)
  if (input !== raw) raw.on('error', stop)
  return (async function* () {
    const failed = new Promise<never>((_, reject) => input.on('error', reject))
    // Read beside the failure: readline ends in silence when its input breaks.
    const iterator = lines[Symbol.asyncIterator]()
    for (;;) {
      const next = await Promise.race([iterator.next(), failed])
      if (next.done === true) return
      yield next.value
    }
  })()
}

function readVector(line: string): CrdVector | string {
  let parsed: unknown
  try {
    parsed = JSON.parse(line)
  } catch (error) {
    return `not JSON (${error instanceof Error ? error.message : 'unreadable'})`
  }
  const vector = CrdVector.safeParse(parsed)
  if (vector.success) return vector.data
  const issue = vector.error.issues[0]
  return `${issue?.path.join('.') || 'line'}: ${issue?.message ?? 'not readable'}`
}

type Emitted = {
  readonly dates: Partial<Record<DateType, string>>
  readonly refusedBecause: (type: DateType) => string | undefined
  readonly length: string | undefined
}

/** What the pack says of a vector at a level, held against what was published. */
export function judge(vector: CrdVector, level: Level): Verdict {
  if (vector.kind === 'error') return { is: 'skipped', why: 'an error of the service itself' }
  const emitted = emittedFor(vector, level)
  const types = typesOf[level]
  const given = types.filter((type) => emitted.dates[type] !== undefined)
  if (vector.kind === 'refused') {
    return given.length === 0
      ? { is: 'exact', why: '' }
      : { is: 'wrong', why: `${given.join(' ')} given, refusal expected` }
  }
  const expected = vector.expected.dates ?? {}
  const wrong: string[] = []
  const refused: string[] = []
  for (const type of types) {
    const [is, ought] = [emitted.dates[type], expected[type]]
    if (is === ought) continue
    const because = emitted.refusedBecause(type)
    if (is === undefined && because !== undefined) refused.push(`${type} (${because})`)
    else wrong.push(`${type} is ${is ?? 'missing'}, expected ${ought ?? 'none'}`)
  }
  const ought = vector.expected.effectiveSentenceLength
  if (level === 'L0' && ought !== undefined && emitted.length !== ought) {
    if (emitted.length === undefined) refused.push('length')
    else wrong.push(`length is ${emitted.length}, expected ${ought}`)
  }
  if (wrong.length > 0) return { is: 'wrong', why: wrong.join('; ') }
  return refused.length > 0 ? { is: 'refused', why: refused.join('; ') } : { is: 'exact', why: '' }
}

function emittedFor(vector: CrdVector, level: Level): Emitted {
  const nothing = (why: string): Emitted => ({ dates: {}, refusedBecause: () => why, length: undefined })
  const read = caseOfVector(vector)
  if (!read.ok) return nothing(read.why)
  const outcome = gbEaw(read.law).compute(read.case, dayNumbers)
  // What is only not covered yet still has its length, and level 0 asks for nothing else.
  if (level === 'L0' && outcome.kind === 'refused' && notCoveredIn(read.case, read.law).length > 0) {
    const length = lengthOnly(read.case, dayNumbers, read.law)
    if ('reasons' in length) return nothing(length.reasons.map((each) => each.code).join(', '))
    return {
      dates: length.end === undefined ? {} : { ESED: length.end },
      refusedBecause: () => undefined,
      length: length.effectiveLength,
    }
  }
  return emittedBy(outcome)
}

function emittedBy(outcome: Outcome<DateType>): Emitted {
  if (outcome.kind === 'refused') {
    const why = outcome.reasons.map((each) => each.code).join(', ')
    return { dates: {}, refusedBecause: () => why, length: undefined }
  }
  if (outcome.kind === 'ambiguous') return { dates: {}, refusedBecause: () => 'ambiguous', length: undefined }
  const dates: Partial<Record<DateType, string>> = {}
  for (const type of dateTypes) {
    const dated = outcome.dates[type]
    if (dated !== undefined) dates[type] = dated.date
  }
  return { dates, refusedBecause: (type) => outcome.refused[type]?.code, length: outcome.effectiveLength }
}
