/** The dates of a unit before anything is credited or added: length, notional release, parole eligibility. */
import type { Duration } from '../kernel/duration.ts'
import { isNothing } from '../kernel/duration.ts'
import { sameShare } from '../kernel/fraction.ts'
import type { Recorder, Ref } from '../kernel/steps.ts'
import type { Sentence } from './case.ts'
import type { Cite } from './citations.ts'
import {
  commencements,
  half,
  halfSpecial,
  type Share,
  threeQuarters,
  twoThirdsExtended,
  twoThirdsSds,
  twoThirdsSpecial,
  wholeExtended,
  wholeSpecial,
} from './law.ts'
import type { Text } from './texts.ts'
import { isOfOldLaw, termsOf, type Unit } from './units.ts'

export type Work = Recorder<Text, Cite>

export type Unadjusted = {
  readonly start: Ref
  /** The last day of the whole length. */
  readonly end: Ref
  readonly length: Ref
  /** The last day of the part in custody. */
  readonly release: Ref
  /** Days from the start to that release. */
  readonly custody: Ref
  /** Where the Parole Board decides: from here it may. */
  readonly parole?: Ref
  /** Licence expiry of the law before 2003, at three quarters. */
  readonly licenceEnd?: Ref
}

/** How much of a sentence is served: the share to release, and the share to the Parole Board where it decides. */
export type ShareOf = (sentence: Sentence) => { readonly release: Share; readonly parole?: Share }

/** The ordinary law; an early-release scheme may put its share in the place of `release`. */
export const ordinaryShares: ShareOf = (sentence) => {
  if (sentence.kind === 'eds') {
    return sentence.automaticRelease === true
      ? { release: twoThirdsExtended }
      : { release: wholeExtended, parole: twoThirdsExtended }
  }
  if (sentence.kind === 'sopc') {
    const isLater = sentence.sentencedOn >= commencements.sopcTwoThirds
    return { release: wholeSpecial, parole: isLater ? twoThirdsSpecial : halfSpecial }
  }
  return { release: sentence.sdsPlus ? twoThirdsSds : half }
}

/** First and last day and the days between, from the terms alone: the same for every kind of sentence. */
export function lengthOf(work: Work, unit: Unit): Pick<Unadjusted, 'start' | 'end' | 'length'> {
  const start = work.given('date', unit.start, { text: 'start' })
  const end =
    unit.singleTermOf === undefined
      ? work.termEnd(start, termsOf(unit), { text: unit.sentences.length > 1 ? 'chain-end' : 'term-end', cite: 's264' })
      : work.latest(
          unit.singleTermOf.map((each) => lengthOf(work, each).end),
          { text: 'single-term-end', cite: 'cja1991' },
        )
  return { start, end, length: work.span(start, end, { text: 'length' }) }
}

type Block = { readonly share: Share; readonly terms: readonly Duration[] }

/**
 * Parts with the same share stand together in the order in which the share first comes, parts for the Parole Board last;
 * each block starts on the day after the notional release of the one before, and its share is rounded up once.
 */
export function unadjustedOf(work: Work, unit: Unit, shareOf: ShareOf): Unadjusted {
  const whole = lengthOf(work, unit)
  const { start } = whole
  if (unit.singleTermOf !== undefined || unit.sentences.every(isOfOldLaw)) return oldLaw(work, whole)
  const shares = unit.sentences.map((sentence) => ({ terms: [sentence.term], ...shareOf(sentence) }))
  const ordinary = shares.filter((each) => each.parole === undefined)
  const forBoard = shares.flatMap(({ terms, parole, release }) =>
    parole === undefined ? [] : [{ terms, parole, release }],
  )
  const served = serve(work, start, blocksOf(ordinary.map(({ terms, release }) => ({ terms, share: release }))))
  const release = serve(work, served.next, blocksOf(forBoard.map(({ terms, release: share }) => ({ terms, share }))))
  const parole = serve(work, served.next, blocksOf(forBoard.map(({ terms, parole: share }) => ({ terms, share }))))
  const last = release.last ?? served.last ?? start
  return {
    ...whole,
    release: last,
    custody: work.span(start, last, { text: 'custody' }),
    ...(parole.last === undefined ? {} : { parole: parole.last }),
  }
}

function blocksOf(parts: readonly Block[]): Block[] {
  const blocks: Block[] = []
  for (const part of parts) {
    if (part.terms.every(isNothing)) continue
    const at = blocks.findIndex((block) => sameShare(block.share.share, part.share.share))
    const block = blocks[at]
    if (block === undefined) blocks.push(part)
    else blocks[at] = { share: block.share, terms: [...block.terms, ...part.terms] }
  }
  return blocks
}

/** The last day in custody of blocks served one after another, and the day after it. */
function serve(work: Work, start: Ref, blocks: readonly Block[]): { last: Ref | undefined; next: Ref } {
  let next = start
  let last: Ref | undefined
  for (const { share, terms } of blocks) {
    if (last !== undefined) next = dayAfter(work, last)
    const end = work.termEnd(next, terms, { text: 'block-end', cite: 's264' })
    const days = work.span(next, end, { text: 'block-length' })
    const custody = work.share(days, share.share, { text: 'share', cite: share.cite })
    last = work.lastDay(next, custody, { text: 'last-in-custody' })
  }
  return { last, next: last === undefined ? start : dayAfter(work, last) }
}

const dayAfter = (work: Work, day: Ref): Ref =>
  work.sum([day, work.given('days', 1, { text: 'one-day' })], [], { text: 'day-after' })

/** Before the Act of 2003: half, and from a year on a licence to three quarters. */
function oldLaw(work: Work, whole: Pick<Unadjusted, 'start' | 'end' | 'length'>): Unadjusted {
  const custody = work.share(whole.length, half.share, { text: 'share', cite: 'cja1991' })
  const release = work.lastDay(whole.start, custody, { text: 'last-in-custody' })
  const licence = work.share(whole.length, threeQuarters.share, { text: 'old-licence', cite: 'cja1991' })
  return { ...whole, release, custody, licenceEnd: work.lastDay(whole.start, licence, { text: 'old-licence-end' }) }
}
