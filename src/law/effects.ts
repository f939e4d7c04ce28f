import { earlier } from '../kernel/span.ts'
import { beginOf, endOf, type LegalDate, microsOf } from '../kernel/time.ts'
import { holds } from './acts.ts'
import { append, type Collected, type Contest, type End, type Paper } from './collect.ts'

/** How an order that decides about others, and has an effect, reads. */
type Instrument = Paper & { readonly begins: string }

/** What papers do to papers: ends and contests beside those that were entered as such, by the order they are about. */
export type Effects = { readonly ends: Map<string, End[]>; readonly contests: Map<string, Contest[]> }

export const isAuthentic = (collected: Collected, order: string): boolean | undefined => {
  const result = collected.verifications.get(order)?.at(-1)?.result
  return result === undefined ? undefined : result === 'authentic'
}

/**
 * - A *quashing* ends the orders that it names where it begins, or they never stood (`fromBeginning`).
 * - An *appeal decision* ends or replaces them alike, or upholds them: then contests from before it was heard of are settled.
 * - A *release* or *bail* ends what it names where it begins, once it was found authentic. Until then, and where nobody
 *   said what it is against, it contests: from when it was heard of, or begins, whichever is later.
 * - Where one gives its day alone, what began on that day ends when word came, at the latest with the day.
 * A paper that was found not authentic, or was itself quashed from its beginning, does nothing. All of it follows from
 * what the papers say, not from the order in which they came.
 */
export function effectsOf(collected: Collected): Effects {
  const effects: Effects = { ends: new Map(), contests: new Map() }
  const held = [...collected.papers.values()].filter(({ order }) => holds(order.kind))
  for (const paper of collected.papers.values()) {
    const { order } = paper
    if (!doers.has(order.kind) || isVoid(collected, order.order)) continue
    const instrument = { ...paper, begins: beginOf(order.from) }
    apply(effects, instrument, { held, papers: collected.papers }, isAuthentic(collected, order.order) === true)
  }
  return effects
}

const doers: ReadonlySet<string> = new Set(['release', 'bail', 'quashing', 'appeal-decision'])

type Known = { readonly held: readonly Paper[]; readonly papers: ReadonlyMap<string, Paper> }

function apply(effects: Effects, instrument: Instrument, { held, papers }: Known, verified: boolean): void {
  const { order, n, begins, heard } = instrument
  const targets = targetsOf(instrument, held)
  const contest = (from: string, upholds: boolean) => {
    for (const id of targets) append(effects.contests, id, { at: from, n, upholds, by: order.order })
  }
  const end = (as: End['as']) => {
    for (const id of targets) {
      const target = papers.get(id)
      const isVoiding = order.fromBeginning === true && order.kind !== 'release' && order.kind !== 'bail'
      const at = isVoiding && target ? beginOf(target.order.from) : endFor(instrument, target)
      append(effects.ends, id, { at, as, n, by: order.order })
    }
  }
  const isSettled = verified && order.against !== undefined
  if (order.kind === 'quashing') end('quashed')
  else if (order.kind === 'appeal-decision') {
    if (order.effect === 'ends') end('ended-on-appeal')
    if (order.effect === 'replaces') end('replaced-on-appeal')
    if (order.effect === 'upholds') contest(heard, true)
  } else if (isSettled) end(order.kind === 'bail' ? 'bailed' : 'released')
  else contest(microsOf(heard) > microsOf(begins) ? heard : begins, false)
}

/** `all`, and for a release where nobody said: every order that holds and began before it. */
function targetsOf(instrument: Instrument, held: readonly Paper[]): readonly string[] {
  const { order, begins } = instrument
  const { against = order.kind === 'release' || order.kind === 'bail' ? 'all' : [] } = order
  if (against !== 'all') return against
  const before = held.filter((paper) => startsBefore(paper, begins) || isOfItsDay(instrument, paper))
  return before.map((paper) => paper.order.order)
}

const startsBefore = ({ order }: Paper, instant: string): boolean => microsOf(beginOf(order.from)) < microsOf(instant)

/**
 * An instrument that gives its day alone, and an order that began on that day before word of it came: arrested in the
 * morning, released by a judge in the afternoon. What began after that word is another matter, and stands.
 */
function isOfItsDay({ order, begins, heard }: Instrument, paper: Paper): boolean {
  if (!('date' in order.from) || startsBefore(paper, begins)) return false
  return startsBefore(paper, dayAfter(order.from)) && startsBefore(paper, heard)
}

const dayAfter = (from: Extract<LegalDate, { date: string }>): string => endOf({ ...from, inclusive: true })

/** Where an instrument ends a paper: where it begins; a paper of its own day was good until word of the end came. */
function endFor(instrument: Instrument, target: Paper | undefined): string {
  const { order, begins, heard } = instrument
  if (!('date' in order.from) || !target || !isOfItsDay(instrument, target)) return begins
  return earlier(heard, dayAfter(order.from)) ?? heard
}

/** A quashing may be quashed, and that again: every path through papers that name each other would be asked otherwise. */
const INSTANCES = 3

/**
 * Found not authentic, or quashed from its beginning by a paper that itself does something, or entered as quashed before
 * it began. Of two papers that quash each other, both stand; deeper than instances go, nobody asks.
 */
function isVoid(collected: Collected, id: string, asked: readonly string[] = []): boolean {
  if (isAuthentic(collected, id) === false) return true
  const paper = collected.papers.get(id)
  if (!paper || asked.includes(id) || asked.length >= INSTANCES) return false
  const begins = microsOf(beginOf(paper.order.from))
  if (collected.ends.get(id)?.some(({ as, at }) => as === 'quashed' && microsOf(at) <= begins)) return true
  for (const { order } of collected.papers.values()) {
    const quashes = order.kind === 'quashing' || (order.kind === 'appeal-decision' && order.effect !== 'upholds')
    if (!quashes || order.fromBeginning !== true || !Array.isArray(order.against)) continue
    if (order.against.includes(id) && !isVoid(collected, order.order, [...asked, id])) return true
  }
  return false
}
