/** Home detention curfew (s. 246): the day from which release with a tag is possible. */
import type { Day } from '../kernel/calendar.ts'
import type { Ref } from '../kernel/steps.ts'
import type { Adjusted } from './adjusted.ts'
import type { Case } from './case.ts'
import { type CurfewRegime, curfew, half } from './law.ts'
import { type Doubt, doubts } from './refusals.ts'
import { ordinaryShares, unadjustedOf, type Work } from './unadjusted.ts'

export type Curfew = { readonly eligible: Ref | undefined; readonly doubts: readonly Doubt[] }

/** The day for one person, or undefined: not before any sentence that has no curfew of its own lets go. */
export function curfewOf(work: Work, units: readonly Adjusted[], given: Case): Curfew {
  const none: Curfew = { eligible: undefined, doubts: [] }
  const sentences = units.flatMap(({ unit }) => unit.sentences)
  if (given.registeredSexOffender || sentences.some((each) => each.sdsPlus || each.sdsPlusOffence)) return none
  const each = units.map((unit) => ({ unit, ...unitCurfew(work, unit) }))
  if (each.every(({ day }) => day === undefined)) return none
  const day = work.latest(
    each.map(({ unit, day: own }) => own ?? unit.release),
    { text: 'curfew-latest', cite: 's246' },
  )
  const release = Math.max(...units.map((unit) => unit.release.value))
  const open = [
    ...each.flatMap((one) => one.doubts),
    ...(isSplit(work, units) ? [doubts.one('HDCED', 'curfew-unclear')] : []),
  ]
  return day.value < release ? { eligible: day, doubts: open } : { eligible: undefined, doubts: open }
}

/** Whether the regimes would be chosen otherwise for the person as a whole than for each sentence. */
function isSplit(work: Work, units: readonly Adjusted[]): boolean {
  if (units.length < 2 || units.some((unit) => unit.tranche !== undefined)) return false
  const own = (unit: Adjusted, regime: CurfewRegime) => {
    const counted = hasCurfew(unit) ? inRegime(work, unit, unit.unadjusted.custody, regime).value : unit.release.value
    return counted + (hasCurfew(unit) ? (unit.netAdded?.value ?? 0) : 0)
  }
  const [old, anew] = [curfew.old, curfew.new].map((regime) => Math.max(...units.map((unit) => own(unit, regime))))
  if (old === undefined || anew === undefined) return false
  const { from } = curfew.new
  const asWhole = anew >= from ? anew : Math.min(old, from)
  const each = Math.max(...units.map((unit) => unitCurfew(work, unit).day?.value ?? unit.release.value))
  return asWhole !== each
}

const hasCurfew = ({ unit, unadjusted }: Adjusted) =>
  unit.sentences.every((sentence) => sentence.kind === 'sds') && unadjusted.custody.value >= curfew.custodyAtLeast

type UnitCurfew = { readonly day: Ref | undefined; readonly doubts: readonly Doubt[] }

function unitCurfew(work: Work, adjusted: Adjusted): UnitCurfew {
  const { unit, unadjusted, tranche } = adjusted
  if (!hasCurfew(adjusted)) return { day: undefined, doubts: [] }
  if (tranche === undefined) return plusAdded(work, adjusted, day(work, adjusted, unadjusted.custody))
  // Moved by a tranche: what had passed by then stands, what had not is counted anew and not before that day.
  const before = unadjustedOf(work, unit, (sentence) => ({ ...ordinaryShares(sentence), release: half }))
  const old = plusAdded(work, adjusted, day(work, adjusted, before.custody))
  const isPast = (one: Ref | undefined) => one !== undefined && one.value < tranche
  if (isPast(old.day)) return old
  const anew = day(work, adjusted, unadjusted.custody)
  const floor = work.given('date', tranche, { text: 'tranche-day', cite: 'si2024-844' })
  const floored = { ...anew, day: work.latest([anew.day, floor], { text: 'not-before-tranche', cite: 'si2024-844' }) }
  return plusAdded(work, adjusted, floored)
}

type Base = { readonly day: Ref; readonly doubts: readonly Doubt[] }

/** By the regime in force: the new one from its day; a case that the two regimes put on either side falls on that day. */
function day(work: Work, adjusted: Adjusted, custody: Ref): Base {
  const [old, anew] = [curfew.old, curfew.new].map((regime) => inRegime(work, adjusted, custody, regime))
  if (old === undefined || anew === undefined) throw new Error('two regimes')
  const from: Day = curfew.new.from
  const added = adjusted.netAdded?.value ?? 0
  const side = (shift: number) => (anew.value + shift >= from ? 'new' : old.value + shift >= from ? 'between' : 'old')
  const open = side(0) === side(added) ? [] : [doubts.one('HDCED', 'curfew-unclear')]
  if (side(0) === 'new') return { day: anew, doubts: open }
  if (side(0) === 'old') return { day: old, doubts: open }
  const commencement = work.given('date', from, { text: 'curfew-commencement', cite: 's246' })
  return { day: work.latest([anew, commencement], { text: 'curfew-between', cite: 's246' }), doubts: open }
}

function inRegime(work: Work, adjusted: Adjusted, custody: Ref, regime: CurfewRegime): Ref {
  const { start } = adjusted.unadjusted
  const served =
    custody.value < regime.midPoint
      ? work.latest(
          [
            work.share(custody, half.share, { text: 'curfew-half', cite: 's246' }),
            work.given('days', curfew.servedAtLeast, { text: 'curfew-least', cite: 's246' }),
          ],
          { text: 'curfew-served', cite: 's246' },
        )
      : work.sum([custody], [work.given('days', regime.offAbove, { text: 'curfew-off', cite: 's246' })], {
          text: 'curfew-less-off',
          cite: 's246',
        })
  const present = (ref: Ref | undefined) => (ref === undefined ? [] : [ref])
  const moved = work.sum([start, served, ...present(adjusted.atLarge)], present(adjusted.credit), {
    text: 'curfew-day',
    cite: 's246',
  })
  const least = work.sum(
    [start, work.given('days', curfew.afterStartAtLeast, { text: 'curfew-wait', cite: 's246' })],
    [],
    { text: 'curfew-earliest', cite: 's246' },
  )
  return work.latest([moved, least], { text: 'curfew-not-before', cite: 's246' })
}

function plusAdded(work: Work, { netAdded }: Adjusted, base: Base): UnitCurfew {
  if (netAdded === undefined || netAdded.value === 0) return base
  return { ...base, day: work.sum([base.day, netAdded], [], { text: 'plus-added', cite: 's257' }) }
}
