/** What the record needs to know of a pack: how it reads neutral facts, which dates it gives, what its law will change. */
import type { Words } from '../../kernel/refusal.ts'
import type { CaseFacts } from '../sentences/facts.ts'
import type { IsoDate } from './kernel/calendar.ts'
import type { Citation, Outcome, Pack, PackRefusal } from './kernel/pack.ts'

/**
 * release: the person is let go on this day at the latest · eligibility: from this day somebody may let go · expiry: the
 * sentence itself ends · other: what follows from the sentence besides custody.
 */
export type DateRole = 'release' | 'eligibility' | 'expiry' | 'other'

export type DateName = { readonly says: Words; readonly role: DateRole }

/** A change of the law that a pack knows of: the day it commences, and what the law would be without it. */
export type LawChange = {
  readonly id: string
  readonly commences: IsoDate
  readonly says: Words
  readonly cite?: Citation
  /** The outcome as the law is without this change (and those that build on it). */
  readonly before: (facts: CaseFacts) => Outcome
  /** The outcome with it; absent: as the pack computes. */
  readonly after?: (facts: CaseFacts) => Outcome
}

export type LawPack = Pick<Pack<never>, 'id' | 'version' | 'effective' | 'citations' | 'texts'> & {
  readonly says: Words
  /** No court of the jurisdiction has confirmed how it counts. */
  readonly isProvisional: boolean
  readonly dates: Readonly<Record<string, DateName>>
  /** SHA-256 over code and data. */
  readonly hash: string
  readonly compute: (facts: CaseFacts) => Outcome
  readonly changes: readonly LawChange[]
}

/** What a pack's form cannot hold of the facts: the case is refused, by the reasons. */
export type Read<Case> = { readonly read: Case } | { readonly refused: readonly PackRefusal[] }
