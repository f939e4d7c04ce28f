/**
 * Where the law and the published examples leave more than one way to count, each way is a convention. The pack counts
 * by the ordinary ones; where another one that could be meant gives another date, that type of date is refused by name.
 */
import type { Case } from './case.ts'
import { type Conventions, isEarlyRelease, ordinary } from './counting.ts'
import { isLaterExclusion, type LawBook } from './law.ts'
import type { RefusalCode } from './refusals.ts'

export type Alternative = {
  readonly conventions: Conventions
  readonly code: RefusalCode
  /** Cheap test whether the case can tell the two apart. */
  readonly matters: (given: Case, law: LawBook) => boolean
}

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
