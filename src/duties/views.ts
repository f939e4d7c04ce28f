import type { z } from 'zod'
import type { Words } from '../kernel/refusal.ts'
import { microsOf } from '../kernel/time.ts'
import type { boardContract, DutyAnswer } from './contract.ts'
import { hoursAfter } from './instants.ts'
import { type Owner, owners } from './owners.ts'
import { findDutyRule } from './packs/index.ts'
import type { DutyCount, DutyRow } from './read.ts'
import { sayReading } from './readings.ts'
import { type DutyRule, holderAfter } from './rule.ts'

type Board = z.input<typeof boardContract.ok>
type Answer = z.input<typeof DutyAnswer>

const HOUR_MICROS = 3_600_000_000

const holderView = (id: Owner) => ({ id, says: { ...owners[id].says }, outside: owners[id].outside })

export const ruleView = (rule: DutyRule) => ({
  rule: rule.id,
  severity: rule.severity,
  citation: rule.citation.map((one) => ({ ...one })),
  says: { ...rule.says },
  term: { ...rule.term },
  owner: holderView(rule.owner),
  steps: rule.steps.map(({ afterHours, to }) => ({ afterHours, to: holderView(to) })),
  acts: [...rule.acts],
  byWord: rule.byWord,
  provisional: rule.provisional === true,
})

/** A duty as it stands at an instant, with who has it then. */
export function dutyView(row: DutyRow, at: string): Answer {
  const rule = ruleOf(row)
  const { cause: _cause, readings, ...shown } = row
  const end = row.settled ?? at
  const hoursLate = (microsOf(end) - microsOf(row.due)) / HOUR_MICROS
  const isLate = row.state === 'late' || row.state.endsWith('-late')
  return {
    ...shown,
    severity: rule.severity,
    holder: holderView(isLate ? holderAfter(rule, hoursLate) : rule.owner),
    readings: readings?.map(({ counts, due }) => ({ counts, due, says: sayReading(counts) })) ?? null,
  }
}

export function stepsView(row: DutyRow, at: string) {
  const until = row.settled ?? at
  return ruleOf(row).steps.map(({ afterHours, to }) => {
    const reachedAt = hoursAfter(row.due, afterHours)
    return { to: holderView(to), at: reachedAt, reached: microsOf(reachedAt) <= microsOf(until) }
  })
}

export function countsView(counts: readonly DutyCount[]): Pick<Board, 'counts' | 'byOwner' | 'total'> {
  const total = { late: 0, soon: 0, unknown: 0 }
  const byOwner = new Map<Owner, { late: number; soon: number; unknown: number }>()
  const shown = counts.map(({ rule: id, late, soon, unknown, oldest }) => {
    const rule = findDutyRule(id) as DutyRule
    const owned = byOwner.get(rule.owner) ?? { late: 0, soon: 0, unknown: 0 }
    byOwner.set(rule.owner, owned)
    for (const sum of [total, owned]) {
      sum.late += late
      sum.soon += soon
      sum.unknown += unknown
    }
    return { ...ruleView(rule), late, soon, unknown, oldest }
  })
  const owned = [...byOwner].map(([owner, sums]) => ({ owner: holderView(owner), ...sums }))
  return { total, counts: shown, byOwner: owned.toSorted((a, b) => b.late - a.late) }
}

/** A row of a rule that the program does not know would be of a newer one: the register is made anew before it is read. */
function ruleOf({ rule }: Pick<DutyRow, 'rule'>): DutyRule {
  const known = findDutyRule(rule)
  if (!known) throw new Error(`no duty rule ${rule}`)
  return known
}

export const sayState: Readonly<Record<DutyRow['state'], Words>> = {
  owed: { en: 'owed', es: 'pendiente' },
  late: { en: 'late', es: 'vencido' },
  unknown: { en: 'unknown', es: 'desconocido' },
  done: { en: 'done', es: 'cumplido' },
  'done-late': { en: 'done late', es: 'cumplido tarde' },
  ended: { en: 'owed no longer', es: 'ya no se debe' },
  'ended-late': { en: 'never done in time', es: 'no se cumplió a tiempo' },
}
