/** The ways of counting that the law and the published examples leave open, and the ordinary one of each. */
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

/** Released early: to a curfew, for removal from the country, or at the end of custody under supervision. */
export const isEarlyRelease = (reason: string): boolean => ['HDC', 'ERS', 'ECSL'].includes(reason)
