/**
 * When the 72 hours of article 13 were suspended, as dated data: decree by decree, each with where it was read. A day
 * after the last decree on file is *unknown*, not free of the suspension: nobody here has read what came next.
 */
import type { Mark, Source } from './source.ts'

export type Suspension = {
  readonly says: string
  /** Both days are in it. */
  readonly from: string
  readonly to: string
  readonly mark: Mark
  readonly read: string
}

/** Decree 333 of 27 March 2022 and its extensions; in order, without a gap. */
export const SUSPENSIONS: readonly Suspension[] = [
  {
    says: 'Decreto Legislativo 333, 30 days',
    from: '2022-03-27',
    to: '2022-04-25',
    mark: 'V',
    read: 'press of 27 March and 25 April 2022; a second report has the first extension count from 28 April',
  },
  {
    // One line: only that they followed each other without a gap was read, not each decree.
    says: 'extensions 1 to 44, 30 days each',
    from: '2022-04-26',
    to: '2025-12-01',
    mark: 'M',
    read: 'press of 15 March 2023 (18 March to 16 April 2023) and of 25 November 2025 ("in force since March 2022")',
  },
  { says: 'extension 45', from: '2025-12-02', to: '2025-12-31', mark: 'V', read: 'press of 26 November 2025' },
  { says: 'extension 46', from: '2026-01-01', to: '2026-01-30', mark: 'V', read: 'press of 23 December 2025' },
  {
    says: 'extension 47',
    from: '2026-01-31',
    to: '2026-03-01',
    mark: 'V',
    read: 'press of 30 January 2026; the last day is the eve of extension 48',
  },
  { says: 'extension 48', from: '2026-03-02', to: '2026-03-31', mark: 'V', read: 'press of 24 and 25 February 2026' },
]

export type SuspensionState = 'suspended' | 'in-force' | 'unknown'

/** Whether the 72 hours were suspended on a day (`YYYY-MM-DD`) of El Salvador, as far as is on file. */
export function suspensionOn(day: string, suspensions: readonly Suspension[] = SUSPENSIONS): SuspensionState {
  if (suspensions.some(({ from, to }) => from <= day && day <= to)) return 'suspended'
  const last = suspensions.at(-1)
  return last === undefined || day > last.to ? 'unknown' : 'in-force'
}

/** The last day of the unbroken suspension that a day lies in, as far as is on file. */
export function suspendedUntil(day: string, suspensions: readonly Suspension[] = SUSPENSIONS): string | undefined {
  let until: string | undefined
  for (const { from, to } of suspensions) {
    if (until === undefined ? from <= day && day <= to : from === nextDay(until)) until = to
  }
  return until
}

const nextDay = (day: string) => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

export const SUSPENSION_SOURCE: Source = {
  cite: 'Decreto Legislativo 333 (27 March 2022) with extensions; Constitución art. 29, 30',
  // The suspension is verified; that the limit is then 15 days is from memory, and the press agrees.
  mark: 'M',
}
