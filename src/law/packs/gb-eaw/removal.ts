/** Early removal (s. 260): the first day on which a person to be removed from the country may be taken out of prison. */
import type { Ref } from '../kernel/steps.ts'
import { type Adjusted, adjustedOf, type Bound } from './adjusted.ts'
import { removal } from './law.ts'
import { type Doubt, doubts } from './refusals.ts'
import { ordinaryShares, type Work } from './unadjusted.ts'

export type Removal = { readonly day: Ref | undefined; readonly doubts: readonly Doubt[] }

const none: Removal = { day: undefined, doubts: [] }
const unclear: Removal = { day: undefined, doubts: [doubts.one('ERSED', 'removal-unclear')] }

/**
 * The day by the sentence that holds longest. Refused by name where additional days were awarded, where parole stands
 * beside another sentence, and where a sentence that holds less long would allow removal later.
 */
export function removalOf(work: Work, units: readonly Adjusted[], bound: Bound): Removal {
  const longest = units.toSorted((a, b) => b.release.value - a.release.value)[0]
  if (longest === undefined || units.some((unit) => unit.netAdded !== undefined)) return unclear
  if (units.length > 1 && units.some((unit) => unit.parole !== undefined)) return unclear
  const days = units.map((unit) => ({ unit, day: unitRemoval(work, unit, bound) }))
  const found = days.find(({ unit }) => unit === longest)?.day
  if (found === undefined || days.some(({ day }) => day === undefined || day.value > found.value)) return unclear
  const before = longest.parole ?? longest.release
  return found.value < before.value ? { day: found, doubts: [] } : none
}

/** As for curfew: what had passed before a tranche day stands, what had not is counted anew and not before that day. */
function unitRemoval(work: Work, unit: Adjusted, bound: Bound): Ref | undefined {
  if (unit.tranche === undefined) return byRegime(work, unit)
  const before = byRegime(work, adjustedOf(work, unit.unit, bound, ordinaryShares))
  if (before === undefined || before.value < unit.tranche) return before
  const anew = byRegime(work, unit)
  if (anew === undefined) return undefined
  const floor = work.given('date', unit.tranche, { text: 'tranche-day', cite: 'si2024-844' })
  return work.latest([anew, floor], { text: 'not-before-tranche', cite: 'si2024-844' })
}

/** Undefined where one regime puts the day before the change and the other after it. */
function byRegime(work: Work, unit: Adjusted): Ref | undefined {
  const [old, anew] = [inRegime(work, unit, removal.old), inRegime(work, unit, removal.new)]
  if (anew.value >= removal.newFrom) return anew
  return old.value >= removal.newFrom ? undefined : old
}

function inRegime(work: Work, unit: Adjusted, regime: (typeof removal)['old' | 'new']): Ref {
  const { start, custody, parole } = unit.unadjusted
  const served = parole === undefined ? custody : work.span(start, parole, { text: 'custody' })
  const share = work.share(served, regime.share, { text: 'removal-share', cite: 's260' })
  const present = (ref: Ref | undefined) => (ref === undefined ? [] : [ref])
  const credited = work.sum([start, share], present(unit.credit), { text: 'removal-credited', cite: 's260' })
  const floored = work.latest([credited, start], { text: 'not-before-sentence', cite: 's260' })
  const spell = present(unit.atLarge)
  const moved =
    spell.length === 0 ? floored : work.sum([floored, ...spell], [], { text: 'plus-at-large', cite: 'prison-act' })
  const release = unit.parole ?? unit.release
  const opens =
    'days' in regime.window
      ? work.sum([release], [work.given('days', regime.window.days, { text: 'removal-window', cite: 's260' })], {
          text: 'removal-opens',
          cite: 's260',
        })
      : work.addMonths(release, -regime.window.months, { text: 'removal-opens-months', cite: 's260' })
  return work.latest([moved, opens], { text: 'removal-day', cite: 's260' })
}
