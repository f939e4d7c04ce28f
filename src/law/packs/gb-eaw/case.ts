/** A case of England and Wales as the pack reads it: facts only, days as day numbers. No names, no references. */
import type { Day } from '../kernel/calendar.ts'
import type { Duration } from '../kernel/duration.ts'

/**
 * sds: standard determinate · eds: extended determinate (custodial term and extension) · sopc: special custodial
 * sentence for certain offenders of particular concern · dto: detention and training order · fine: default of payment ·
 * botus: breach of top-up supervision.
 */
export type SentenceKind = 'sds' | 'eds' | 'sopc' | 'dto' | 'fine' | 'botus'

export type RecallKind = 'standard' | 'fixed-14' | 'fixed-28' | 'fixed-56'

export type Recall = { readonly kind: RecallKind; readonly returnedOn?: Day; readonly revokedOn?: Day }

export type Sentence = {
  readonly id: string
  /** Under this name other sentences may also call it, when several offences stand under one sentence. */
  readonly alias?: string
  readonly kind: SentenceKind
  readonly offenceOn?: Day
  readonly offenceCode?: string
  readonly sentencedOn: Day
  /** The custodial term. */
  readonly term: Duration
  /** The licence that an extended or special sentence adds to it. */
  readonly extension?: Duration
  /** The sentence after which this one begins; absent: from the day it is imposed. */
  readonly after?: string
  /** eds: released at two thirds without the Parole Board. */
  readonly automaticRelease?: boolean
  /** Released at two thirds for its offence and length (s. 244ZA). */
  readonly sdsPlus: boolean
  /** Offence and length are of that kind, whatever the date of sentence. */
  readonly sdsPlusOffence: boolean
  readonly section250: boolean
  /** Why the offence is shut out of an early-release scheme, as codes of the source. */
  readonly exclusions: readonly string[]
  readonly fineAmount?: number
  readonly recall?: Recall
}

export type AdjustmentKind =
  | 'remand'
  | 'tagged-bail'
  | 'recall-remand'
  | 'recall-tagged-bail'
  | 'unlawfully-at-large'
  | 'added'
  | 'restored'

export type Adjustment = {
  readonly id: string
  readonly kind: AdjustmentKind
  /** Tagged bail is already halved. */
  readonly days: number
  /** The day from which it counts. */
  readonly from: Day
  /** The days themselves, where the source states them. */
  readonly first?: Day
  readonly last?: Day
  readonly reason?: string
}

export type Movement = { readonly direction: 'in' | 'out'; readonly on: Day; readonly reason: string }

export type Case = {
  readonly bornOn: Day
  readonly registeredSexOffender: boolean
  readonly sentences: readonly Sentence[]
  readonly adjustments: readonly Adjustment[]
  readonly movements: readonly Movement[]
  readonly returnedToCustodyOn?: Day
  readonly fixedTermRecall?: { readonly days: number; readonly returnedOn: Day }
  /** The earliest removal of a person to be removed from the country is asked for. */
  readonly wantsRemovalDate: boolean
}

export const dateTypes = [
  'ARD',
  'CRD',
  'SED',
  'SLED',
  'LED',
  'ESED',
  'HDCED',
  'TUSED',
  'PED',
  'PRRD',
  'ERSED',
  'MTD',
  'ETD',
  'LTD',
] as const

/** The names under which the prison service writes dates; `texts.ts` says what each means. */
export type DateType = (typeof dateTypes)[number]
