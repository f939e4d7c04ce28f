/**
 * What happened to a person in the order in which it happened. Sentences imposed while the ones before still hold are
 * one group; once the latest release of a group has passed, the person is out on licence and the next sentence opens a
 * new one. Credit, days at large and additional days count for the group that holds on their day.
 *
 * On one day: release, then tranches of early release, sentences with their credit, additional days, days restored,
 * days at large.
 */
import type { Calendar, Day } from '../kernel/calendar.ts'
import { type Adjusted, adjustedOf, sharesIn } from './adjusted.ts'
import type { Adjustment, Case, Sentence } from './case.ts'
import type { Conventions } from './counting.ts'
import type { Group } from './group.ts'
import type { LawBook } from './law.ts'
import { type Doubt, doubts } from './refusals.ts'
import { applyTranche, schemeAtSentence, trancheDays } from './tranches.ts'
import type { Work } from './unadjusted.ts'
import { chainsOfCase, unitsAmong } from './units.ts'

export type Timeline = {
  /** In order of time; the last is the one whose release is computed, the others are over. */
  readonly groups: readonly Group[]
  /** Adjustments that found nobody held on their day: they change nothing, and a person should know. */
  readonly unbound: readonly Adjustment[]
  /** What the law or the facts leave open, with the types of date that hang on it. */
  readonly doubts: readonly Doubt[]
}

type State = {
  readonly over: readonly Group[]
  readonly live: Group | undefined
  readonly waiting: readonly Adjustment[]
  readonly unbound: readonly Adjustment[]
  readonly doubts: readonly Doubt[]
}

export function timelineOf(work: Work, given: Case, law: LawBook, conventions: Conventions): Timeline {
  const chains = chainsOfCase(given.sentences)
  const first = Math.min(...given.sentences.map((sentence) => sentence.sentencedOn))
  // What is dated before the first sentence belongs to it.
  const dayOfAdjustment = (each: Adjustment) => Math.max(each.from, first)
  const days = [
    ...given.sentences.map((sentence) => sentence.sentencedOn),
    ...given.adjustments.map(dayOfAdjustment),
    ...trancheDays(law).filter((day) => day > first),
  ]
  let state: State = { over: [], live: undefined, waiting: [], unbound: [], doubts: [] }
  for (const day of [...new Set(days)].toSorted((a, b) => a - b)) {
    const today = given.adjustments.filter((each) => dayOfAdjustment(each) === day)
    state = release(work, state, day)
    state = tranches(work, state, day, given, law)
    state = impose(work, state, day, given, law, chains, conventions)
    for (const kind of order)
      state = bind(
        state,
        today.filter((each) => each.kind === kind),
      )
  }
  const groups = state.live === undefined ? state.over : [...state.over, state.live]
  return { groups, unbound: [...state.unbound, ...state.waiting], doubts: state.doubts }
}

const order = ['remand', 'tagged-bail', 'added', 'restored', 'unlawfully-at-large'] as const

/** Whoever is held is let go once the day of release, moved back from a weekend, has passed. */
function release(work: Work, state: State, day: Day): State {
  if (state.live === undefined || !isReleasedBy(work, state.live, day)) return state
  return { ...state, over: [...state.over, state.live], live: undefined }
}

function isReleasedBy(work: Work, group: Group, day: Day): boolean {
  const latest = Math.max(...adjustedIn(work, group).map((each) => each.release.value))
  return day > workingDayBefore(work.calendar, latest)
}

/** Criminal Justice Act 1961, s. 23: no release on a Saturday or Sunday. Bank holidays are not in the pack. */
export function workingDayBefore(calendar: Calendar, day: Day): Day {
  const weekday = calendar.weekday(day)
  return weekday === 6 ? day - 1 : weekday === 7 ? day - 2 : day
}

/** The dates of every unit of a group as it stands. */
export const adjustedIn = (work: Work, group: Group): Adjusted[] =>
  group.units.map((unit) => adjustedOf(work, unit, group, sharesIn(group)))

function tranches(work: Work, state: State, day: Day, given: Case, law: LawBook): State {
  if (state.live === undefined) return state
  let live = state.live
  for (const scheme of law.earlyRelease) live = { ...live, schemes: applyTranche(work, live, scheme, day, given) }
  return { ...state, live }
}

function impose(
  work: Work,
  state: State,
  day: Day,
  given: Case,
  law: LawBook,
  chains: readonly (readonly Sentence[])[],
  conventions: Conventions,
): State {
  const sentences = given.sentences.filter((sentence) => sentence.sentencedOn === day)
  if (sentences.length === 0) return state
  const before = state.live ?? { ...emptyGroup, conventions }
  const imposed = new Set([...before.imposed, ...sentences])
  const served = before.addedServed + (state.live === undefined ? 0 : addedServedBy(work, state.live, day))
  const group: Group = {
    ...before,
    imposed,
    units: unitsAmong(work.calendar, chains, imposed),
    schemes: new Map([...before.schemes, ...schemeAtSentence(sentences, law, before.conventions)]),
    addedServed: served,
    servedBefore: new Map([...before.servedBefore, ...sentences.map((each): [Sentence, number] => [each, served])]),
  }
  const goesOn = sentences.filter((each) => each.after !== undefined && isAfterReleased(state, each, chains))
  return {
    ...bind({ ...state, live: group, waiting: [] }, state.waiting),
    doubts: [...state.doubts, ...goesOn.map((each) => doubts.consecutiveToReleased(each.id))],
  }
}

const isAfterReleased = (state: State, sentence: Sentence, chains: readonly (readonly Sentence[])[]) =>
  chains.some((chain) => {
    const at = chain.indexOf(sentence)
    const before = at > 0 ? chain[at - 1] : undefined
    return before !== undefined && state.over.some((group) => group.imposed.has(before))
  })

/** Additional days that have run when a new sentence comes: the days past the release without them. */
function addedServedBy(work: Work, group: Group, day: Day): number {
  const withoutAdded = Math.max(...adjustedIn(work, group).map((each) => each.releaseWithoutAdded.value))
  return Math.max(0, day - 1 - withoutAdded)
}

/**
 * What finds nobody held waits for the next sentence: credit, and additional days, which can be awarded on remand (Prison
 * Rules 1999, r. 59). Days at large are not days of anything.
 */
function bind(state: State, adjustments: readonly Adjustment[]): State {
  if (state.live === undefined) {
    const isSpell = ({ kind }: Adjustment) => kind === 'unlawfully-at-large'
    return {
      ...state,
      waiting: [...state.waiting, ...adjustments.filter((each) => !isSpell(each))],
      unbound: [...state.unbound, ...adjustments.filter(isSpell)],
    }
  }
  const withNew = (list: (typeof listOf)[keyof typeof listOf], held: readonly Adjustment[]) => [
    ...held,
    ...adjustments.filter((each) => listOf[each.kind as keyof typeof listOf] === list),
  ]
  const { live } = state
  return {
    ...state,
    live: {
      ...live,
      deductions: withNew('deductions', live.deductions),
      added: withNew('added', live.added),
      restored: withNew('restored', live.restored),
      atLarge: withNew('atLarge', live.atLarge),
    },
  }
}

const listOf = {
  remand: 'deductions',
  'tagged-bail': 'deductions',
  added: 'added',
  restored: 'restored',
  'unlawfully-at-large': 'atLarge',
} as const

const emptyGroup: Omit<Group, 'conventions'> = {
  imposed: new Set(),
  units: [],
  addedServed: 0,
  deductions: [],
  atLarge: [],
  added: [],
  restored: [],
  schemes: new Map(),
  servedBefore: new Map(),
}
