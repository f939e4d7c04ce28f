/** From facts to dates: the pack's outcome with what the record makes of it. Pure; what was computed last is kept. */

import { findPack } from '../packs/index.ts'
import type { Dated, Outcome, PackRefusal } from '../packs/kernel/pack.ts'
import type { Step } from '../packs/kernel/steps.ts'
import type { LawPack } from '../packs/registry.ts'
import { digestOf } from './cases.ts'
import type { CaseFacts } from './facts.ts'

export type DatedOutcome = Extract<Outcome, { kind: 'dated' }>

export type Working = {
  readonly pack: LawPack | undefined
  readonly outcome: Outcome
  readonly digest: string
  /** Of an ambiguous outcome each reading that gives dates; of a dated one itself; of a refused one none. */
  readonly readings: readonly DatedOutcome[]
  /** Why nothing, or not everything, is computed. */
  readonly reasons: readonly PackRefusal[]
  /** Days on which custody ends: as most readings have it, the earliest and the latest. Absent: none is computed. */
  readonly release?: { readonly earliest: string; readonly latest: string }
}

const noPack = (id: string): PackRefusal => ({
  code: 'no-pack',
  says: {
    en: `There is no pack of law for ‘${id}’. Its dates are signed by hand.`,
    es: `No hay paquete de ley para «${id}». Sus fechas se firman a mano.`,
  },
})

const fault: PackRefusal = {
  code: 'pack-fault',
  says: {
    en: 'The pack of law failed on these facts. That is a fault of ours; nothing was computed.',
    es: 'El paquete de ley falló con estos hechos. Es un fallo nuestro; no se calculó nada.',
  },
}

const beyond: PackRefusal = {
  code: 'beyond-calendar',
  says: {
    en: 'A date would lie beyond the year 9998, where no calendar here reaches.',
    es: 'Una fecha caería después del año 9998, adonde no llega ningún calendario aquí.',
  },
}

const LAST_DATE = '9998-12-31'

const isWithinCalendar = (outcome: Outcome): boolean =>
  readingsOf(outcome).every(({ dates }) => datesOf(dates).every(([, { date }]) => isCalendarDate(date)))

const isCalendarDate = (date: string): boolean => /^\d{4}-/.test(date) && date <= LAST_DATE

/**
 * The outcome of a pack on facts. A pack that throws has a bug, and the facts must be recorded all the same: it counts
 * as refused, and says so wherever the case is shown.
 */
export function outcomeOf(compute: (facts: CaseFacts) => Outcome, facts: CaseFacts): Outcome {
  try {
    const outcome = compute(facts)
    return isWithinCalendar(outcome) ? outcome : { kind: 'refused', reasons: [beyond] }
  } catch {
    return { kind: 'refused', reasons: [fault] }
  }
}

const KEPT_MAX = 256
const kept = new Map<string, Working>()

/** What the pack of these facts makes of them. `inputs` is the digest of the facts. */
export function work(facts: CaseFacts, inputs: string): Working {
  const known = kept.get(inputs)
  if (known !== undefined) return known
  const pack = findPack(facts.pack)
  const made = workBy(pack, pack === undefined ? undefined : outcomeOf(pack.compute, facts), facts.pack)
  if (kept.size >= KEPT_MAX) kept.clear()
  kept.set(inputs, made)
  return made
}

export function workBy(pack: LawPack | undefined, computed: Outcome | undefined, id: string): Working {
  const outcome: Outcome = computed ?? { kind: 'refused', reasons: [noPack(id)] }
  const readings = readingsOf(outcome)
  const release = releaseOf(pack, readings)
  return {
    pack,
    outcome,
    digest: digestOf(outcome),
    readings,
    reasons: reasonsOf(outcome),
    ...(release !== undefined && { release }),
  }
}

const readingsOf = (outcome: Outcome): DatedOutcome[] =>
  outcome.kind === 'dated' ? [outcome] : outcome.kind === 'refused' ? [] : outcome.readings.flatMap(readingsOf)

function reasonsOf(outcome: Outcome): readonly PackRefusal[] {
  if (outcome.kind === 'refused') return outcome.reasons
  if (outcome.kind === 'ambiguous') return outcome.readings.flatMap(reasonsOf)
  return Object.values(outcome.refused).filter((one) => one !== undefined)
}

/**
 * When custody ends by computation: in each reading the latest of the dates that release (a person with two such dates
 * is held until the second), of the readings the earliest and the latest. A reading that refuses one of them says
 * nothing.
 */
function releaseOf(pack: LawPack | undefined, readings: readonly DatedOutcome[]): Working['release'] {
  if (pack === undefined) return undefined
  const isRelease = (type: string) => pack.dates[type]?.role === 'release'
  const days = readings.flatMap(({ dates, refused }) => {
    if (Object.keys(refused).some(isRelease)) return []
    const own = datesOf(dates).filter(([type]) => isRelease(type))
    return own
      .map(([, { date }]) => date)
      .sort()
      .slice(-1)
  })
  const [earliest] = days.sort()
  const latest = days.at(-1)
  return earliest === undefined || latest === undefined ? undefined : { earliest, latest }
}

export const datesOf = (dates: DatedOutcome['dates']): [string, Dated][] =>
  Object.entries(dates).flatMap(([type, dated]) => (dated === undefined ? [] : [[type, dated]]))

/** All values that the readings give a date: one, or several where they differ; the earliest first. */
export function computedOf(working: Working, type: string): string[] {
  const found = working.readings.flatMap(({ dates }) => dates[type]?.date ?? [])
  return [...new Set(found)].sort()
}

/** Why a date of this type is not computed; undefined where it is, or does not apply. */
export const refusedOf = (working: Working, type: string): PackRefusal | undefined =>
  working.readings.map(({ refused }) => refused[type]).find((one) => one !== undefined)

/** The steps that lead to a date, in order. */
export function stepsTo(steps: readonly Step[], n: number): Step[] {
  const needed = new Set<number>()
  const open = [n]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (needed.has(next)) continue
    needed.add(next)
    open.push(...(steps[next - 1]?.in ?? []))
  }
  return steps.filter((step) => needed.has(step.n))
}
