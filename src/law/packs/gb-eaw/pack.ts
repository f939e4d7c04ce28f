/** The pack gb-eaw: sentence law of England and Wales. Start here; `law.ts` holds the law, `timeline.ts` the order of events. */
import type { Calendar, IsoDate } from '../kernel/calendar.ts'
import type { Dated, Outcome, Pack, PackRefusal } from '../kernel/pack.ts'
import { type Ref, recordSteps } from '../kernel/steps.ts'
import { contradictionsIn, notCoveredIn } from './accepts.ts'
import { type Case, type DateType, dateTypes } from './case.ts'
import { type Cite, citations } from './citations.ts'
import { alternatives } from './conventions.ts'
import { type Conventions, ordinary } from './counting.ts'
import { datesOf } from './dates.ts'
import type { LawBook } from './law.ts'
import { wholeLengthOf } from './length.ts'
import { type Naming, nameOf } from './names.ts'
import { type Doubt, refuse } from './refusals.ts'
import { type Text, texts } from './texts.ts'
import { adjustedIn, timelineOf } from './timeline.ts'
import type { Work } from './unadjusted.ts'

const VERSION = '1'

/** The pack under one state of the law. Recompute everybody with two of them before a law changes. */
export function gbEaw(law: LawBook): Pack<Case, DateType> {
  return {
    id: 'gb-eaw',
    version: `${VERSION}.${law.id}`,
    effective: { from: '1992-10-01' },
    citations,
    texts,
    accepts: (given, calendar) => {
      const contradictions = contradictionsIn(given, calendar, law)
      return contradictions.length > 0 ? contradictions : notCoveredIn(given, law)
    },
    compute: (given, calendar) => compute(given, calendar, law),
  }
}

function compute(given: Case, calendar: Calendar, law: LawBook): Outcome<DateType> {
  const contradictions = contradictionsIn(given, calendar, law)
  if (contradictions.length > 0) return { kind: 'refused', reasons: contradictions }
  const notCovered = notCoveredIn(given, law)
  if (notCovered.length > 0) return { kind: 'refused', reasons: notCovered }
  const reading = read(given, calendar, law, ordinary)
  if (reachesUncovered(given, reading.dates, law)) return { kind: 'refused', reasons: [refuse('law-not-covered')] }
  const forAll = reading.doubts.filter((doubt) => doubt.types === 'all')
  if (forAll.length > 0) return { kind: 'refused', reasons: distinct(forAll.map((doubt) => doubt.refusal)) }
  const refused: Partial<Record<DateType, PackRefusal>> = {}
  for (const { types, refusal } of reading.doubts)
    if (types !== 'all') for (const type of types) refused[type] ??= refusal
  for (const { conventions, code, matters } of alternatives) {
    if (!matters(given, law)) continue
    const other = read(given, calendar, law, conventions)
    for (const type of dateTypes) {
      if (other.dates.get(type)?.value !== reading.dates.get(type)?.value) refused[type] ??= refuse(code)
    }
  }
  const dates = new Map([...reading.dates].filter(([type]) => refused[type] === undefined))
  const { steps, numberOf } = reading.work.trace([...dates.values()])
  const dated: Partial<Record<DateType, Dated>> = {}
  for (const type of dateTypes) {
    const day = dates.get(type)
    if (day !== undefined) dated[type] = { date: calendar.toIso(day.value), step: numberOf(day) }
  }
  return {
    kind: 'dated',
    dates: dated,
    refused,
    effectiveLength: reading.effectiveLength,
    steps,
    assumptions: [],
  }
}

/** Whether a law that the pack does not cover may decide: imposed since, or not let go before it commenced. */
function reachesUncovered(
  { sentences }: Case,
  dates: ReadonlyMap<DateType, Ref>,
  { coveredUntil: day }: LawBook,
): boolean {
  if (day === undefined) return false
  const releases = (['CRD', 'ARD'] as const).flatMap((type) => dates.get(type)?.value ?? [])
  return (
    releases.length === 0 || [...releases, ...sentences.map((each) => each.sentencedOn)].some((each) => each >= day)
  )
}

type Reading = {
  readonly work: Work
  readonly dates: ReadonlyMap<DateType, Ref>
  readonly doubts: readonly Doubt[]
  readonly effectiveLength: string
}

function read(given: Case, calendar: Calendar, law: LawBook, conventions: Conventions): Reading {
  const work = recordSteps<Text, Cite>(calendar)
  const whole = wholeLengthOf(work, given)
  const found = datesOf(work, given, law, timelineOf(work, given, law, conventions))
  const dates = new Map(found.dates)
  if (whole.end !== undefined) dates.set('ESED', whole.end)
  return { work, dates, doubts: found.doubts, effectiveLength: whole.effectiveLength }
}

/** The end and length that follow from the terms alone, for cases the pack otherwise refuses as not covered. */
export function lengthOnly(
  given: Case,
  calendar: Calendar,
  law: LawBook,
):
  | { readonly end: IsoDate | undefined; readonly effectiveLength: string }
  | { readonly reasons: readonly PackRefusal[] } {
  const reasons = contradictionsIn(given, calendar, law)
  if (reasons.length > 0) return { reasons }
  const { end, effectiveLength } = wholeLengthOf(recordSteps<Text, Cite>(calendar), given)
  return { end: end === undefined ? undefined : calendar.toIso(end.value), effectiveLength }
}

/** What one unit comes to by itself, before and after what its group was credited and given; a tranche day is apart. */
export type UnitDates = {
  readonly sentences: readonly string[]
  readonly naming: Naming
  readonly days: number
  readonly release: { readonly unadjusted: IsoDate; readonly adjusted: IsoDate }
  readonly expiry: { readonly unadjusted: IsoDate; readonly adjusted: IsoDate }
  readonly notBefore: IsoDate | undefined
}

/** The dates of every unit of an accepted case, in the order of the groups: the table under the dates of the person. */
export function unitDates(given: Case, calendar: Calendar, law: LawBook): UnitDates[] {
  const work = recordSteps<Text, Cite>(calendar)
  const timeline = timelineOf(work, given, law, ordinary)
  return timeline.groups.flatMap((group) =>
    adjustedIn(work, group).map((unit) => ({
      sentences: unit.unit.sentences.map((sentence) => sentence.id),
      naming: nameOf(work, unit, given.bornOn).named.naming,
      days: unit.unadjusted.length.value,
      release: {
        unadjusted: calendar.toIso(unit.unadjusted.release.value),
        adjusted: calendar.toIso(unit.release.value),
      },
      expiry: { unadjusted: calendar.toIso(unit.unadjusted.end.value), adjusted: calendar.toIso(unit.expiry.value) },
      notBefore: unit.tranche === undefined ? undefined : calendar.toIso(unit.tranche),
    })),
  )
}

const distinct = (reasons: readonly PackRefusal[]): PackRefusal[] => [
  ...new Map(reasons.map((each) => [`${each.code} ${each.about ?? ''}`, each])).values(),
]
