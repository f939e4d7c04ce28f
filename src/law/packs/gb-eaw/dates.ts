/** From the groups of the timeline to the dates of the person: which unit decides each, and what stays open. */
import { intersect } from '../kernel/interval.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Adjusted } from './adjusted.ts'
import type { Case, DateType } from './case.ts'
import { curfewOf } from './curfew.ts'
import type { LawBook } from './law.ts'
import { endNames, type Named, nameOf } from './names.ts'
import { paroleOf } from './parole.ts'
import { type Doubt, doubts } from './refusals.ts'
import { removalOf } from './removal.ts'
import { supervisionOf } from './supervision.ts'
import { adjustedIn, type Timeline } from './timeline.ts'
import type { Work } from './unadjusted.ts'

export type Dates = {
  readonly dates: ReadonlyMap<DateType, Ref>
  readonly doubts: readonly Doubt[]
}

export function datesOf(work: Work, given: Case, law: LawBook, timeline: Timeline): Dates {
  const groups = timeline.groups.map((group) => adjustedIn(work, group))
  const names = groups.map((group) => group.map((unit) => nameOf(work, unit, given.bornOn)))
  const all = names.flatMap((group) => group.map(({ named }) => named))
  const live = names.at(-1)?.map(({ named }) => named) ?? []
  const since = live.filter(({ unit, tranche }) =>
    unit.sentences.some((each) => tranche !== undefined && each.sentencedOn > tranche),
  )
  const added = timeline.unbound.filter(({ kind }) => kind === 'added')
  const open: Doubt[] = [
    ...timeline.doubts,
    ...added.map(({ id }) => doubts.addedWhileReleased(id)),
    ...names.flatMap((group) => group.flatMap((each) => each.doubts)),
  ]
  const dates = new Map<DateType, Ref>()
  const set = (type: DateType, day: Ref | undefined) => {
    if (day !== undefined) dates.set(type, day)
  }
  const called = endNames(live, all)
  const release = work.latest(
    live.map((unit) => unit.release),
    { text: 'latest-release', cite: 's263' },
  )
  set(called.release, release)
  const expiry = work.latest(
    all.map((unit) => unit.expiry),
    { text: 'latest-expiry', cite: 's263' },
  )
  set(called.expiry, expiry)
  if (called.licences.length > 0) set('LED', work.latest(called.licences, { text: 'latest-licence', cite: 's249' }))
  set('PED', paroleOf(work, live))
  const curfew = curfewOf(work, live, given)
  set('HDCED', curfew.eligible)
  const supervision = supervisionIn(work, given, law, live, all, expiry)
  set('TUSED', supervision.day)
  open.push(...curfew.doubts, ...supervision.doubts, ...groups.flatMap(creditDoubts))
  const current = timeline.groups.at(-1)
  if (given.wantsRemovalDate && current !== undefined) {
    const removed = removalOf(work, live, current)
    set('ERSED', removed.day)
    open.push(...removed.doubts)
  }
  open.push(...since.map(doubts.sentenceSinceTranche), ...creditInSentence(given, groups))
  return { dates, doubts: open }
}

/** Days on remand while a sentence of ours was being served are not remand. */
function creditInSentence({ adjustments }: Case, groups: readonly (readonly Adjusted[])[]): Doubt[] {
  const served = groups.map((group) => ({
    // The day of sentence itself is often written as the last day of remand.
    from: Math.min(...group.map(({ unit }) => unit.start)) + 1,
    to: Math.max(...group.map(({ release }) => release.value)),
  }))
  return adjustments.flatMap(({ id, kind, first, last }) =>
    kind === 'remand' &&
    first !== undefined &&
    last !== undefined &&
    served.some((each) => intersect(each, { from: first, to: last }) !== undefined)
      ? [doubts.creditInSentence(id)]
      : [],
  )
}

/** Supervision counts only where it outlasts every sentence; one that began with an earlier release is left open. */
function supervisionIn(
  work: Work,
  given: Case,
  law: LawBook,
  live: readonly Named[],
  all: readonly Named[],
  expiry: Ref,
): { readonly day: Ref | undefined; readonly doubts: readonly Doubt[] } {
  const of = (units: readonly Named[]) => units.flatMap((unit) => supervisionOf(work, unit, given.bornOn, law) ?? [])
  const days = of(live)
  const earlier = of(all.filter((unit) => !live.includes(unit)))
  const latest = days.length === 0 ? undefined : work.latest(days, { text: 'latest-supervision', cite: 's256AA' })
  const until = Math.max(expiry.value, latest?.value ?? expiry.value)
  const open = earlier.some((day) => day.value > until) ? [doubts.one('TUSED', 'supervision-unclear')] : []
  return { day: latest !== undefined && latest.value > expiry.value ? latest : undefined, doubts: open }
}

/** Credit may use up one of several sentences; when it uses up all that are served together, the facts do not fit. */
const creditDoubts = (group: readonly Adjusted[]): Doubt[] =>
  group.every((unit) => unit.isUsedUp) ? [doubts.creditLongerThanSentence()] : []
