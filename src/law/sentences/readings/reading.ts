/** What every reading of neutral facts into a pack's form needs. A fact that the form cannot hold is named, never dropped. */
import type { Words } from '../../../kernel/refusal.ts'
import { type Day, dayNumbers, dayOf } from '../../packs/kernel/calendar.ts'
import type { Duration } from '../../packs/kernel/duration.ts'
import type { PackRefusal } from '../../packs/kernel/pack.ts'
import type { Read } from '../../packs/registry.ts'
import type { Adjustment, CaseFacts, Sentence, Term } from '../facts.ts'

export type Reading<Case> = (facts: CaseFacts) => Read<Case>

export const day = (iso: string): Day => dayOf(dayNumbers, iso)

export const dayIf = (iso: string | undefined): Day | undefined => (iso === undefined ? undefined : day(iso))

export const durationOf = ({ years, months, weeks, days }: Term): Duration => ({ years, months, weeks, days })

const NOTHING: Duration = { years: 0, months: 0, weeks: 0, days: 0 }

/** The terms of one part together; several of one part are added unit by unit. */
export function termOf({ terms }: Sentence, part: Term['part']): Duration | undefined {
  const own = terms.filter((term) => term.part === part).map(durationOf)
  return own.length === 0 ? undefined : own.reduce(plus, NOTHING)
}

const plus = (a: Duration, b: Duration): Duration => ({
  years: a.years + b.years,
  months: a.months + b.months,
  weeks: a.weeks + b.weeks,
  days: a.days + b.days,
})

/** The days of an adjustment: as counted, or as the days themselves are, first and last included; undefined: neither. */
export function daysIn({ days, from, to }: Adjustment): number | undefined {
  if (days !== undefined) return days
  return from === undefined || to === undefined ? undefined : Math.max(0, day(to) - day(from) + 1)
}

/**
 * By the day on which they were imposed; of one day a sentence comes after the one that it follows, whatever their ids.
 * Links that lead back to themselves are left for the pack to refuse.
 */
export function inOrderServed(sentences: readonly Sentence[]): Sentence[] {
  const byId = new Map(sentences.map((one) => [one.sentence, one]))
  const depthOf = (one: Sentence): number => {
    let depth = 0
    let before = one.consecutiveTo
    while (before !== undefined && depth < sentences.length) {
      depth++
      before = byId.get(before)?.consecutiveTo
    }
    return depth
  }
  const keys = new Map(sentences.map((one) => [one, [one.imposed, depthOf(one), one.sentence] as const]))
  return sentences.toSorted((a, b) => compare(keys.get(a) ?? [], keys.get(b) ?? []))
}

function compare(a: readonly (string | number)[], b: readonly (string | number)[]): number {
  const i = a.findIndex((value, index) => value !== b[index])
  return i < 0 ? 0 : (a[i] ?? '') < (b[i] ?? '') ? -1 : 1
}

/** Collects why facts cannot be read; each `about` is an id of the facts, nothing else. */
export class Unread {
  readonly refused: PackRefusal[] = []

  note(code: keyof typeof said, about?: string): void {
    this.refused.push({ code, says: said[code], ...(about !== undefined && { about }) })
  }

  get isClean(): boolean {
    return this.refused.length === 0
  }
}

/** Facts that no pack could read so. */
export const said = {
  'birth-missing': {
    en: 'The date of birth is needed and is not among the facts.',
    es: 'Hace falta la fecha de nacimiento y no está entre los hechos.',
  },
  'kind-unknown': {
    en: 'The pack knows no sentence, adjustment or event of this kind.',
    es: 'El paquete no conoce una condena, un ajuste o un suceso de esta clase.',
  },
  'mark-unknown': {
    en: 'The pack knows no property of this name.',
    es: 'El paquete no conoce una propiedad de este nombre.',
  },
  'days-missing': {
    en: 'How many days an adjustment has is not stated.',
    es: 'No se indica cuántos días tiene un ajuste.',
  },
  'day-missing': {
    en: 'The day from which an adjustment counts is not stated.',
    es: 'No se indica el día desde el que cuenta un ajuste.',
  },
  'original-missing': {
    en: 'The original sentence of the sentencing state is not among the facts.',
    es: 'La condena original del Estado de condena no está entre los hechos.',
  },
  'fact-not-read': {
    en: 'A fact is stated that the pack has no place for.',
    es: 'Consta un hecho para el que el paquete no tiene lugar.',
  },
} as const satisfies Record<string, Words>
