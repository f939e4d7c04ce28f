/**
 * What a pack of sentence law is: a pure function of a case with its law as dated data. The same facts give the same
 * answer on any machine and any day; what the law is on a day stands in the pack, never in a clock.
 */
import type { Words } from '../../../kernel/refusal.ts'
import type { Calendar, IsoDate } from './calendar.ts'
import type { Step } from './steps.ts'

/** A source of law: what the reader is sent to. `checked` is false while no lawyer of the jurisdiction has read it. */
export type Citation = { readonly title: string; readonly provision?: string; readonly checked: boolean }

/** Why a case, or one date of it, is not computed. `about` names the sentence or adjustment by its id, nothing else. */
export type PackRefusal = { readonly code: string; readonly says: Words; readonly about?: string }

/** A date with the step that gave it. */
export type Dated = { readonly date: IsoDate; readonly step: number }

/** What was taken as true without a paper that says so; it is shown beside the date. */
export type Assumption = { readonly code: string; readonly says: Words }

export type Outcome<DateType extends string = string> =
  | {
      readonly kind: 'dated'
      readonly dates: Readonly<Partial<Record<DateType, Dated>>>
      /** Types of date that apply, or may, and are not computed. A type is in `dates`, here, or does not apply. */
      readonly refused: Readonly<Partial<Record<DateType, PackRefusal>>>
      /** The whole sentence from its first day to its last, ISO 8601 (`P1Y6M`). */
      readonly effectiveLength: string
      readonly steps: readonly Step[]
      readonly assumptions: readonly Assumption[]
    }
  | { readonly kind: 'refused'; readonly reasons: readonly PackRefusal[] }
  | {
      /** The facts or the law can be read in more than one way. The alarm runs on the earliest. */
      readonly kind: 'ambiguous'
      readonly readings: readonly Outcome<DateType>[]
      readonly earliest: IsoDate
      readonly latest: IsoDate
    }

export type Pack<Case, DateType extends string = string> = {
  /** A jurisdiction: `gb-eaw`, `us-federal`, `sv`. */
  readonly id: string
  readonly version: string
  /** The sentence dates it knows the law of; `to` is left out while nobody has repealed it. */
  readonly effective: { readonly from: IsoDate; readonly to?: IsoDate }
  readonly citations: Readonly<Record<string, Citation>>
  readonly texts: Readonly<Record<string, Words>>
  /** Every reason why the case is not covered; empty means `compute` gives dates. */
  readonly accepts: (given: Case, calendar: Calendar) => readonly PackRefusal[]
  /** Pure: no clock, no input or output, no locale. */
  readonly compute: (given: Case, calendar: Calendar) => Outcome<DateType>
}
