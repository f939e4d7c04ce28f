/** Early removal (s. 260): the first day on which a person to be removed from the country may be taken out of prison. */
import type { Ref } from '../kernel/steps.ts'
import type { Adjusted } from './adjusted.ts'
import { removal } from './law.ts'
import { type Doubt, doubts } from './refusals.ts'
import type { Work } from './unadjusted.ts'

export type Removal = { readonly day: Ref | undefined; readonly doubts: readonly Doubt[] }

const unclear: Removal = { day: undefined, doubts: [doubts.one('ERSED', 'removal-unclear')] }

/** Computed for one unit without additional days; every combination is refused by name. */
export function removalOf(work: Work, units: readonly Adjusted[]): Removal {
  const [unit, ...others] = units
  if (unit === undefined || others.length > 0 || unit.netAdded !== undefined || unit.tranche !== undefined)
    return unclear
  const [old, anew] = [inRegime(work, unit, removal.old), inRegime(work, unit, removal.new)]
  const isNew = anew.value >= removal.newFrom
  if (!isNew && old.value >= removal.newFrom) return unclear
  const day = isNew ? anew : old
  const before = unit.parole ?? unit.release
  return day.value < before.value ? { day, doubts: [] } : { day: undefined, doubts: [] }
}

function inRegime(work: Work, unit: Adjusted, regime: (typeof removal)['old' | 'new']): Ref {
  const { start, custody, parole } = unit.unadjusted
  const served = parole === undefined ? custody : work.span(start, parole, { text: 'custody' })
  const share = work.share(served, regime.share, { text: 'removal-share', cite: 's260' })
  const present = (ref: Ref | undefined) => (ref === undefined ? [] : [ref])
  const credited = work.sum([start, share], present(unit.credit), { text: 'removal-credited', cite: 's260' })
  const floored = work.latest([credited, start], { text: 'not-before-sentence', cite: 's260' })
  const bySpell =
    unit.atLarge === undefined
      ? floored
      : work.sum([floored, unit.atLarge], [], { text: 'plus-at-large', cite: 'prison-act' })
  const release = unit.parole ?? unit.release
  const opens =
    'days' in regime.window
      ? work.sum([release], [work.given('days', regime.window.days, { text: 'removal-window', cite: 's260' })], {
          text: 'removal-opens',
          cite: 's260',
        })
      : work.addMonths(release, -regime.window.months, { text: 'removal-opens-months', cite: 's260' })
  return work.latest([bySpell, opens], { text: 'removal-day', cite: 's260' })
}
