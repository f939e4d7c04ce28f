import type { Entry } from '../kernel/act.ts'
import { derivedId, facilitySubject } from '../kernel/ids.ts'
import { DISCHARGE, type Done, factsOf, firstDone, keepSaid } from './facts.ts'
import { isBefore } from './instants.ts'
import { houseOwed } from './packs/house.ts'
import { findDutyRule, packs } from './packs/index.ts'
import type { Owed } from './packs/pack.ts'
import type { DutyRule } from './rule.ts'

/** A duty as the entries leave it. Late is no part of it: that is asked at an instant (`due` against `settled`). */
export type Duty = Owed & {
  /** Derived from rule, subject and item: the same duty keeps its id through every correction. */
  readonly duty: string
  /** How it came to an end: done, or owed no longer. Absent: still owed. */
  readonly settled?: Done & { readonly as: 'done' | 'ended' }
  /**
   * What it has in common with others that were missed with it: the import or mass act that it came from. Of those that
   * were late when they were recorded all are one; of the others those that fall due on one day.
   */
  readonly cause?: string
}

const tags = new Map<string, string>()

/**
 * A uuid (RFC 9562, version 8) of 48 bits of the subject's own id and 74 of what is owed: it keeps the duty through every
 * correction, and needs no digest where a custody has one duty of a rule, which is nearly always.
 */
function dutyId(rule: string, subject: string, item: string): string {
  if (item !== '') return joinId(subject, derivedId('duty', rule, item))
  let tag = tags.get(rule)
  if (tag === undefined) {
    tag = derivedId('duty', rule, '')
    tags.set(rule, tag)
  }
  return joinId(subject, tag)
}

const joinId = (subject: string, tag: string): string =>
  `${subject.slice(24, 32)}-${subject.slice(32, 36)}-${tag.slice(14)}`

/** In UTC: it tells groups apart, nothing else. */
const dayOf = (instant: string): string => instant.slice(0, 10)

function causeOf({ source, due }: Owed): string | undefined {
  if (source.batch === undefined) return undefined
  const wasLate = !isBefore(source.recordedAt, due)
  return wasLate ? source.batch : `${source.batch}/${dayOf(due)}`
}

function dutyOf(owed: Owed, subject: string, said: ReadonlyMap<string, Done>, left: Done | undefined): Duty {
  const duty = dutyId(owed.rule, subject, owed.item)
  const rule = findDutyRule(owed.rule) as DutyRule
  const done = firstDone([owed.done, said.get(duty)].filter((one) => one !== undefined))
  const moot = firstDone([owed.moot, rule.outlives ? undefined : left].filter((one) => one !== undefined))
  const settled =
    done && (!moot || !isBefore(moot.at, done.at))
      ? { ...done, as: 'done' as const }
      : moot && { ...moot, as: 'ended' as const }
  const cause = causeOf(owed)
  return { ...owed, duty, ...(settled && { settled }), ...(cause !== undefined && { cause }) }
}

/** All that is or was owed about one custody, from its effective entries, oldest first. Pure: no clock. */
export function dutiesOfCustody(entries: readonly Entry[]): Duty[] {
  const facts = factsOf(entries)
  if (!facts) return []
  const { custody, said, left } = facts
  return packs.flatMap(({ owed }) => owed(facts).map((one) => dutyOf(one, custody, said, left)))
}

/** The same of a facility, or of the installation: of the entries that are about no custody. */
export function dutiesOfHouse(entries: readonly Entry[]): Duty[] {
  const said = new Map<string, Done>()
  for (const entry of entries) if (entry.kind === DISCHARGE) keepSaid(said, entry)
  return houseOwed(entries).map((one) => dutyOf(one, facilitySubject(one.source.facility), said, undefined))
}
