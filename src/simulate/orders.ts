import { derivedId } from '../kernel/ids.ts'
import type { Order } from '../law/acts.ts'
import { type bodiesOf, provisions } from './bodies.ts'
import { DAY_SECONDS, dateText, dayAt, startOf } from './days.ts'
import type { Cover, Mixture } from './mixture.ts'
import type { Random } from './random.ts'

type Kind = Order['kind']

/** The time that the papers of one custody have to do with. `end`: departure, or the as-of instant. All in seconds. */
export type Stay = { readonly custody: string; readonly zone: string; readonly begin: number; readonly end: number }

export type Later =
  | { readonly does: 'record'; readonly at: number; readonly order: Order }
  | { readonly does: 'dispute'; readonly at: number; readonly order: string }
  | { readonly does: 'quash'; readonly at: number; readonly order: Order }
  | {
      readonly does: 'verify'
      readonly at: number
      readonly order: string
      readonly result: 'authentic' | 'not-authentic'
    }

export type Papers = { readonly orders: readonly Order[]; readonly stated: boolean; readonly later: readonly Later[] }

type Days = { readonly from: number; readonly begin: number; readonly end: number }
type Desk = {
  readonly random: Random
  readonly mixture: Mixture
  readonly stay: Stay
  readonly issuers: ReturnType<typeof bodiesOf>
  readonly kind: Kind
  readonly days: Days
}

/**
 * The papers of a custody so that, at its end (or the as-of instant), it is covered as `cover` says. Where a stay is
 * too short for what was drawn, the nearest that fits is taken.
 */
export function papersOf(
  random: Random,
  mixture: Mixture,
  stay: Stay,
  issuers: ReturnType<typeof bodiesOf>,
  kind: Kind,
  cover: Cover,
  arrestDay: number,
): Papers {
  const begin = dayAt(stay.begin, stay.zone)
  const days = { from: random.int(Math.max(arrestDay, begin - 30), begin), begin, end: dayAt(stay.end, stay.zone) }
  const desk: Desk = { random, mixture, stay, issuers, kind, days }
  return covers[days.end - days.begin < SHORT_STAY_DAYS ? (ofShortStay[cover] ?? cover) : cover](desk)
}

const SHORT_STAY_DAYS = 5
const ofShortStay: Partial<Record<Cover, Cover>> = { renewed: 'covered', expired: 'none', late: 'covered' }

/** The last day held that each cover gives the main order, and what else it brings. */
const covers: Record<Cover, (desk: Desk) => Papers> = {
  covered: (desk) => papers([main(desk, longUntil(desk))]),

  // The first order ran out; another one takes over without a gap.
  renewed: (desk) => {
    const last = desk.random.int(desk.days.begin, desk.days.end - 2)
    const extension = order(desk, 1, desk.kind === 'sentence' ? 'sentence' : 'extension', last + 1, longUntil(desk))
    const at = startOf(last, desk.stay.zone) - desk.random.int(0, 5) * DAY_SECONDS
    return papers([main(desk, last)], [{ does: 'record', at, order: extension }])
  },

  expiring: (desk) => papers([main(desk, desk.days.end + desk.random.int(0, desk.mixture.law.expiringDaysMax - 1))]),

  expired: (desk) => {
    const earliest = Math.max(desk.days.begin, desk.days.end - desk.mixture.law.expiredDaysMax)
    return papers([main(desk, desk.random.int(earliest, desk.days.end - 2))])
  },

  none: () => papers([]),
  'not-stated': () => ({ orders: [], stated: false, later: [] }),
  'end-not-stated': (desk) => papers([main(desk, 'not-stated')]),
  provisional: (desk) => papers([{ ...main(desk, 'open'), provisional: true }]),

  // Nobody brought a paper; the one that came later says nothing of the days before.
  late: (desk) => {
    const last = Math.min(desk.days.begin + desk.mixture.law.lateDaysMax, desk.days.end - 2)
    const from = desk.random.int(desk.days.begin + 1, last)
    return papers(
      [],
      [
        {
          does: 'record',
          at: startOf(from, desk.stay.zone) + 10 * 3600,
          order: order(desk, 0, desk.kind, from, longUntil(desk)),
        },
      ],
    )
  },

  overlapping: (desk) => {
    const second = order(desk, 1, 'sentence', desk.random.int(desk.days.begin, desk.days.end), longUntil(desk))
    return papers(
      [main(desk, longUntil(desk))],
      [{ does: 'record', at: startOf(desk.days.end, desk.stay.zone), order: second }],
    )
  },

  // Two courts on one case: one says that it ended long ago, the other that it runs on.
  contradictory: (desk) => {
    const one = main(desk, desk.random.int(desk.days.from, desk.days.end))
    const two = order(desk, 1, desk.kind, desk.days.from, longUntil(desk))
    const caseNumber = caseOf(desk)
    return papers([
      { ...one, caseNumber },
      { ...two, caseNumber },
    ])
  },

  disputed: (desk) => {
    const only = main(desk, longUntil(desk))
    return papers([only], [{ does: 'dispute', at: betweenNow(desk), order: only.order }])
  },

  quashed: (desk) => {
    const only = main(desk, longUntil(desk))
    return papers([only], [{ does: 'quash', at: betweenNow(desk), order: only }])
  },
}

const papers = (orders: readonly Order[], later: readonly Later[] = []): Papers => ({ orders, stated: true, later })

const betweenNow = ({ random, stay }: Desk) => stay.begin + Math.floor((stay.end - stay.begin) * random.real())

const main = (desk: Desk, until: number | 'open' | 'not-stated') => order(desk, 0, desk.kind, desk.days.from, until)

/** More than 30 days past the end, or open. */
function longUntil({ random, mixture, kind, days }: Desk): number | 'open' {
  const open = random.chance(mixture.law.open)
  const left = random.int(31, mixture.law.daysLeftMax[kind] ?? 365)
  return open ? 'open' : days.end + left
}

const caseOf = ({ random }: Desk) => `SIM-${random.int(2019, 2026)}-${random.int(1, 99_999)}`

/** `until` is the last day held, as a day number; the paper may name the first free day instead. */
function order(desk: Desk, index: number, kind: Kind, from: number, until: number | 'open' | 'not-stated'): Order {
  const { random, mixture, stay, issuers } = desk
  const { law } = mixture
  const exclusive = random.chance(law.exclusive)
  const issuer = random.pick(issuers.courts)
  const provision = random.pick(provisions)
  const [hasProvision, hasCase, hasDocument] = [law.provision, law.caseNumber, law.document].map(random.chance)
  const caseNumber = caseOf(desk)
  const document = Array.from({ length: 8 }, () => random.word().toString(16).padStart(8, '0')).join('')
  return {
    order: derivedId('simulated-order', stay.custody, String(index)),
    kind,
    issuer,
    ...(hasProvision && { provision }),
    ...(hasCase && { caseNumber }),
    ...(hasDocument && { document }),
    from: { date: dateText(from), zone: issuers.zone, inclusive: true },
    until:
      typeof until === 'string'
        ? until
        : { date: dateText(exclusive ? until + 1 : until), zone: issuers.zone, inclusive: !exclusive },
    provisional: false,
  }
}
