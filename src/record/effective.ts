import type { Entry, Section } from '../kernel/act.ts'
import { microsOf } from '../kernel/time.ts'

export const CORRECT = 'entry.correct'
export const WITHDRAW = 'entry.withdraw'

/**
 * The facts that stand, oldest first by (occurredAt, record order): withdrawn entries left out, corrected ones with
 * their last correction's data in the place of the first. A withdrawal may itself be withdrawn. Amendments are not
 * facts and do not come back.
 */
export function effective(entries: readonly Entry[]): Entry[] {
  const amendments = entries.filter((entry) => entry.amends !== undefined).sort((a, b) => b.n - a.n)
  const withdrawn = new Set<string>()
  const corrected = new Map<string, Entry>()
  // Latest first: what a later standing amendment says is settled before the earlier one is looked at.
  for (const amendment of amendments) {
    if (withdrawn.has(amendment.id)) continue
    const target = amendment.amends as string
    if (amendment.kind === WITHDRAW) withdrawn.add(target)
    else if (!corrected.has(target)) corrected.set(target, amendment)
  }
  const facts = entries.filter((entry) => entry.amends === undefined && !withdrawn.has(entry.id))
  const standing = corrected.size === 0 ? facts : facts.map((fact) => apply(fact, corrected.get(fact.id)))
  if (standing.length < 2) return standing
  return standing
    .map((entry) => ({ entry, at: microsOf(entry.occurredAt.at) }))
    .sort((a, b) => a.at - b.at || a.entry.n - b.entry.n)
    .map(({ entry }) => entry)
}

/** What the runner put into the `person` section stays the first entry's own, whatever a correction says there. */
const SYSTEM = ['custody', 'person', 'nth', 'registerNumber', 'occurredAt', 'recordedAt', 'via', 'clockOff'] as const

/** What a correction replaces is listed in its `act.replaces`; `act` itself is carried in `act.data`. */
function apply(fact: Entry, correction: Entry | undefined): Entry {
  const act = correction?.sections.act
  if (!correction || !act) return fact
  const sections: Partial<Record<Section, Readonly<Record<string, unknown>>>> = { ...fact.sections }
  const recorded: Partial<Record<Section, Readonly<Record<string, unknown>>>> = { ...fact.recorded }
  const origins: Partial<Record<Section | 'occurredAt', string>> = {}
  for (const name of (act.replaces as Section[] | undefined) ?? []) {
    const given = name === 'act' ? (act.data as Record<string, unknown> | undefined) : correction.sections[name]
    const replacement = given && fact.lift ? fact.lift(name, given, (act.targetV as number | undefined) ?? 1) : given
    delete recorded[name]
    if (given && replacement !== given) recorded[name] = given
    if (replacement === undefined) delete sections[name]
    else sections[name] = name === 'person' ? { ...replacement, ...systemOf(fact) } : replacement
    origins[name] = correction.id
  }
  const corrected = { ...fact, sections, origins, ...(fact.recorded && { recorded }) }
  if (act.moves !== true) return corrected
  return { ...corrected, origins: { ...origins, occurredAt: correction.id }, occurredAt: correction.occurredAt }
}

function systemOf({ sections }: Entry): Record<string, unknown> {
  const person = sections.person ?? {}
  return Object.fromEntries(SYSTEM.filter((name) => name in person).map((name) => [name, person[name]]))
}

/** The entry at the root of a chain of amendments, or undefined when it is not among those given. */
export function rootOf(entry: Entry, byId: ReadonlyMap<string, Entry>): Entry | undefined {
  let at: Entry | undefined = entry
  while (at?.amends !== undefined) at = byId.get(at.amends)
  return at
}
