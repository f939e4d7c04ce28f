/**
 * Where the law and the published examples leave more than one way to count, each way is a convention. The pack counts
 * by the ordinary ones; where another one that could be meant gives another date, that type of date is refused by name.
 */
import type { Case } from './case.ts'
import { isLaterExclusion, type LawBook } from './law.ts'
import type { RefusalCode } from './refusals.ts'

export type Conventions = {
  /** Whose length decides the tranche: the whole chain, its parts that qualify, or all that the person serves. */
  readonly trancheLength: 'chain' | 'qualifying' | 'person'
  /** Additional days run from the release that credit gives even before the sentence, or from the day of sentence. */
  readonly addedFrom: 'credited-release' | 'sentence'
  /** Credit given with a later sentence counts for the whole group, or only for what is imposed from then. */
  readonly creditReach: 'group' | 'later'
  /** Exclusions added in December 2024 bind sentences imposed from then, or those imposed before as well. */
  readonly laterExclusions: 'imposed-since' | 'always'
  /** A person out of prison on the day of a tranche, for a reason that does not say how, is not moved by it, or is. */
  readonly outAtTranche: 'stays' | 'moves'
}

export const ordinary: Conventions = {
  trancheLength: 'chain',
  addedFrom: 'credited-release',
  creditReach: 'group',
  laterExclusions: 'imposed-since',
  outAtTranche: 'stays',
}

export type Alternative = {
  readonly conventions: Conventions
  readonly code: RefusalCode
  /** Cheap test whether the case can tell the two apart. */
  readonly matters: (given: Case, law: LawBook) => boolean
}

/** Released early: to a curfew, for removal from the country, or at the end of custody under supervision. */
export const isEarlyRelease = (reason: string): boolean => ['HDC', 'ERS', 'ECSL'].includes(reason)

const isCredit = (kind: string) => kind === 'remand' || kind === 'tagged-bail'

const tranchesMatter: Alternative['matters'] = ({ sentences }, law) =>
  sentences.length > 1 &&
  law.earlyRelease.some((scheme) => sentences.some((each) => each.sentencedOn < scheme.commencement))

export const alternatives: readonly Alternative[] = [
  { conventions: { ...ordinary, trancheLength: 'qualifying' }, code: 'tranche-unclear', matters: tranchesMatter },
  { conventions: { ...ordinary, trancheLength: 'person' }, code: 'tranche-unclear', matters: tranchesMatter },
  {
    conventions: { ...ordinary, laterExclusions: 'always' },
    code: 'exclusion-unclear',
    matters: ({ sentences }) => sentences.some((sentence) => sentence.exclusions.some(isLaterExclusion)),
  },
  {
    conventions: { ...ordinary, outAtTranche: 'moves' },
    code: 'out-at-tranche',
    matters: ({ movements }) =>
      movements.some(({ direction, reason }) => direction === 'out' && !isEarlyRelease(reason)),
  },
  {
    conventions: { ...ordinary, addedFrom: 'sentence' },
    code: 'credit-and-added-days',
    matters: ({ adjustments }) =>
      adjustments.some(({ kind }) => isCredit(kind)) && adjustments.some(({ kind }) => kind === 'added'),
  },
  {
    conventions: { ...ordinary, creditReach: 'later' },
    code: 'credit-reach-unclear',
    matters({ adjustments, sentences }) {
      const first = Math.min(...sentences.map((each) => each.sentencedOn))
      return adjustments.some(({ kind, from }) => isCredit(kind) && from > first)
    },
  },
]
