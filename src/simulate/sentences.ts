import { derivedId } from '../kernel/ids.ts'
import type { Order } from '../law/acts.ts'
import { adjustSentence, checkSentence, enterSentence, signSentence, workedOut } from '../law/read.ts'
import type { Book } from './book.ts'
import { DAY_SECONDS, dateText, dayOf, instantText, secondOf } from './days.ts'
import { type ActDraft, draft, occurred } from './draft.ts'
import type { Mixture } from './mixture.ts'
import type { Stay } from './orders.ts'
import { type Random, randomOf } from './random.ts'

type Told = {
  readonly book: Book
  /** Of a stream of its own: whether somebody has a case changes nothing else about anybody. */
  readonly random: Random
  readonly mixture: Mixture
  readonly stay: Stay
  readonly order: Order
  readonly arrestDay: number
  readonly birth: string | undefined
  /** Received from another state under the agreement. */
  readonly isForeign: boolean
}

/**
 * The case of somebody under a judgment: entered by the register office, for some signed, checked by another hand, and
 * outdated by a fact that came later. Terms end about where the paper says; those of an open one are drawn.
 */
export function sentence({ book, random, mixture, stay, order, arrestDay, birth, isForeign }: Told): void {
  const { sentences } = mixture
  const draw = random.real()
  const [english, fixed, signed, outdated] = [
    sentences.englandAndWales,
    sentences.countingFixed,
    sentences.signed,
    sentences.outdated,
  ].map(random.chance)
  const [years, delay] = [random.int(8, 40), random.int(1, 20)]
  if (draw >= sentences.entered) return
  const pack = isForeign ? 'us-federal' : english ? 'gb-eaw' : 'sv'
  const imposed = 'date' in order.from ? dayOf(order.from.date) : arrestDay
  const legal = {
    case: idOf(stay, 'case'),
    pack,
    zone: pack === 'gb-eaw' ? 'Europe/London' : 'date' in order.from ? order.from.zone : stay.zone,
    marks: [],
    options: pack === 'sv' && fixed ? { 'year-days': 'calendar', 'first-day-counts': true, rounding: 'up' } : {},
    sentences: [
      {
        sentence: idOf(stay, 'sentence'),
        order: order.order,
        kind: pack === 'gb-eaw' ? 'sds' : 'prison',
        offences: pack === 'gb-eaw' ? [{ from: dateText(arrestDay - 30) }] : [],
        imposed: dateText(imposed),
        terms: [
          { part: 'custody' as const, weeks: 0, ...lengthOf(pack, order, pack === 'sv' ? arrestDay : imposed, years) },
        ],
        marks: pack === 'sv' ? ['not-restricted'] : [],
      },
    ],
    adjustments: [],
    events: pack === 'sv' ? [{ event: idOf(stay, 'captured'), kind: 'captured', on: dateText(arrestDay) }] : [],
  }
  const at = (days: number) => Math.min(stay.begin + days * DAY_SECONDS, stay.end)
  const person = pack === 'gb-eaw' && birth !== undefined ? { birth } : {}
  book.add(enterSentence, at(delay), { person, legal })
  const signature = workedOut(legal, pack === 'gb-eaw' ? birth : undefined)
  if (!signed || signature === undefined) return
  book.add(signSentence, at(delay + 1), { legal: signature })
  if (!outdated || pack === 'gb-eaw') return
  const more = {
    adjustment: idOf(stay, 'held-earlier'),
    kind: pack === 'sv' ? 'held' : 'custody',
    from: dateText(arrestDay - 45),
    to: dateText(arrestDay - 31),
    why: 'time in a police cell that was found later (simulated)',
  }
  book.add(adjustSentence, at(delay + 10), { legal: { case: legal.case, adjustments: [more], events: [] } })
}

const idOf = (stay: Stay, what: string): string => derivedId('simulated-sentence', stay.custody, what)

/** From its beginning to the paper's end in whole months; half of a sentence in England and Wales is served. */
function lengthOf(pack: string, { until }: Order, begins: number, years: number) {
  const end = typeof until === 'object' && 'date' in until ? dayOf(until.date) : begins + years * 365
  const months = Math.max(1, Math.round(((end - begins) * (pack === 'gb-eaw' ? 2 : 1)) / 30.437))
  return { years: Math.floor(months / 12), months: months % 12, days: 0 }
}

/** A signature as it stands on record: a check names its entry, whose id nobody knows before it is made. */
export type Standing = { readonly custody: string; readonly case: string; readonly entry: string; readonly at: string }

/** Second persons agree to a share of the signatures, an hour later. */
export function checksOf(mixture: Mixture, signatures: readonly Standing[]): ActDraft[] {
  return signatures.flatMap(({ custody, case: id, entry, at }) => {
    const random = randomOf(mixture.seed, CHECK, Number.parseInt(custody.slice(0, 8), 16))
    if (!random.chance(mixture.sentences.checked)) return []
    const later = instantText(Math.min(secondOf(at) + 3600, secondOf(mixture.asOf)))
    const data = { person: { custody }, legal: { case: id, signature: entry, result: 'agrees' } }
    return draft(checkSentence, [custody, 'sentence-check'], occurred(later, 'UTC'), data)
  })
}

const CHECK = 5
