import type { SourceTime } from './dates.ts'
import type { RowProblemCode } from './messages.ts'

/** A value of a list: `known: false` is a text the profile does not list, kept as it came. */
export interface Coded {
  readonly value: string
  readonly source: string
  readonly known: boolean
  readonly words?: { readonly es: string; readonly en: string }
}

/** Said by the source, with no evidence given. Never a membership, a filter or a reason for a placement. */
export interface Claim {
  readonly claimed: string | boolean
  readonly source: string
  readonly known: boolean
  readonly evidence: 'none'
}

export interface Names {
  readonly given?: string
  readonly family1?: string
  readonly family2?: string
}

/** One row, read and typed; what the source left blank is absent. Dates are `YYYY-MM-DD`. */
export interface MappedRow {
  readonly line: number
  readonly byteOffset: number
  /** The identity columns as read, so that two spellings of one time agree. Unique for one stay or change. */
  readonly identity: string
  readonly person: {
    readonly sourceId: string
    readonly sex?: Coded
    readonly ageYears?: number
    readonly names?: Names
    readonly birthDate?: string
    readonly nationality?: Coded
  }
  readonly admittedAt?: SourceTime
  readonly departedAt?: SourceTime
  /** The source itself states that this stay has ended (`discharge` of the profile). */
  readonly ended: boolean
  readonly custody: {
    readonly level?: Coded
    readonly levelLast?: Coded
    readonly status?: Coded
    readonly statusLast?: Coded
  }
  readonly legal: { readonly charge?: string }
  readonly place: { readonly code?: string }
  readonly seen: {
    readonly first?: string
    readonly last?: string
    readonly startCensored?: boolean
    readonly endCensored?: boolean
    readonly missedDays?: number
  }
  readonly change?: { readonly field: string; readonly from?: Coded; readonly to: Coded; readonly date: string }
  readonly claims: Readonly<Record<string, Claim>>
  /** Columns kept sealed: name of the column → its text. */
  readonly sealed: Readonly<Record<string, string>>
  /** What could not be read or is odd, though the row is kept; each is also a line of the rejects file. */
  readonly flags: readonly Reject[]
}

/** A line of the rejects file. */
export interface Reject {
  readonly line: number
  /** Name in the profile; empty when the problem is of the whole line. */
  readonly column: string
  readonly value: string
  readonly code: RowProblemCode
  readonly row: 'rejected' | 'kept'
  /**
   * The person of a rejected row, where it could be read: their row stood in the file, so they are not gone from it.
   * Not written to the rejects file.
   */
  readonly sourceId?: string
}

export type Mapped =
  | { readonly ok: true; readonly row: MappedRow }
  | { readonly ok: false; readonly rejects: readonly Reject[] }
