/** What the credit for remand is computed from: charges with what courts did on which day, and release dates as given. */
import type { IsoDate } from '../../kernel/calendar.ts'

/** `start`: remanded in custody · `continue`: the case went on as it was · `stop`: remand ended that day. */
export type CourtEvent = {
  readonly date: IsoDate
  readonly type: 'start' | 'continue' | 'stop'
  /** The outcome in the court's words; tells two events of one day apart, nothing else. */
  readonly says: string
  /** The court was done with the charge. */
  readonly isFinal: boolean
  /** It ended in custody: a sentence, or a recall to one. */
  readonly isCustodial: boolean
  readonly isRecall: boolean
}

export type Charge = {
  readonly id: number
  readonly booking: number
  readonly offence: string
  readonly offenceDate: IsoDate
  readonly offenceEnd?: IsoDate
  readonly sentence?: { readonly sequence: number; readonly date: IsoDate }
  readonly result: string
  /** A final result is on file, whether a sentence or not. */
  readonly isConcluded: boolean
  readonly isActiveBooking: boolean
  /** A term of a kind that takes no credit for remand (contempt, breach of a civil order). */
  readonly isTerm: boolean
  readonly events: readonly CourtEvent[]
}

/** The release date that a calculation gave for what was being served on a day. */
export type Release = { readonly at: IsoDate; readonly release: IsoDate }

export type Movement = { readonly date: IsoDate; readonly isRelease: boolean }

/** Somebody decided that the remand of these charges belongs to another charge. */
export type Choice = { readonly charges: readonly number[]; readonly target: number }

export type RemandCase = {
  readonly charges: readonly Charge[]
  /** The charges in the calculation that is in force: their credit is active, any other is history. */
  readonly inForce: readonly number[]
  readonly releases: readonly Release[]
  readonly movements: readonly Movement[]
  readonly choices: readonly Choice[]
}

/** Each period of remand of a charge and what it is worth. */
export type RemandStatus =
  | 'applicable'
  /** Belongs to a sentence that is not in the calculation in force. */
  | 'inactive'
  /** Ended without a sentence. */
  | 'not-sentenced'
  /** No final result on file. */
  | 'case-not-concluded'
  /** The sentence is a term that takes no credit. */
  | 'not-applicable-to-term'
