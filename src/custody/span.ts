import type { Entry } from '../kernel/act.ts'
import type { Span } from '../kernel/span.ts'
import { microsOf, type OccurredAt, type Precision, startOfDay } from '../kernel/time.ts'

/** The kinds that `custodySpanOf` looks at: list them among the kinds of every fold that is cut to the custody. */
export const spanKinds = ['custody.admit', 'custody.recapture', 'custody.depart', 'presence.record'] as const

/** Why the limits of a custody are contested; each names facts that cannot all be true. */
export type Dispute = 'departed-before-admission' | 'departures-differ' | 'seen-after-departure'

export type CustodySpan = Span & {
  /** The entry that began it. */
  readonly admission: Entry
  /** The departure that ended it, where one did. */
  readonly departure?: Entry
  /** From here on somebody says that the person had left. Equal to `to` unless departures differ. */
  readonly leftFrom?: string
  /** Any statement that the person left, however vague, ends what was meant for them (a bunk). */
  readonly meantTo?: string
  /** How the person left; `disputed` where two statements differ. Absent where the section was expunged. */
  readonly departedAs?: string
  readonly disputes: readonly Dispute[]
}

/**
 * From when to when a custody lasted, from its effective entries (any kinds, oldest first). Undefined without an
 * admission: it was withdrawn.
 *
 * Contradicting facts are all kept: a departure that cannot lie after the admission ends nothing; of several
 * departures the latest ends the custody, because the error of dropping somebody who is still there is the worse one,
 * and the time from the first to the last is disputed. A departure `unknown` gives way to one that says how.
 */
export function custodySpanOf(entries: readonly Entry[]): CustodySpan | undefined {
  const admission = entries.find(({ kind }) => kind === 'custody.admit' || kind === 'custody.recapture')
  if (!admission) return undefined
  const from = admission.occurredAt.at
  const stated = entries.filter(({ kind }) => kind === 'custody.depart').map((entry) => ({ entry, as: asOf(entry) }))
  const possible = stated.flatMap(({ entry, as }) => {
    const at = endAfter(entry.occurredAt, from)
    return at === undefined ? [] : [{ entry, as, at }]
  })
  const telling = possible.filter(({ as }) => as !== 'unknown')
  const weighed = (telling.length > 0 ? telling : possible).sort(
    (a, b) => microsOf(a.at) - microsOf(b.at) || a.entry.n - b.entry.n,
  )
  const first = weighed[0]
  const last = weighed.at(-1)

  const disputes: Dispute[] = []
  if (possible.length < stated.length) disputes.push('departed-before-admission')
  const ways = new Set(weighed.map(({ as }) => as))
  if (first && last && (first.at !== last.at || ways.size > 1)) disputes.push('departures-differ')
  if (last && entries.some((entry) => isSighting(entry) && isAfter(entry, last.entry, last.at))) {
    disputes.push('seen-after-departure')
  }
  if (!first || !last) return { from, admission, disputes }
  const departedAs = ways.size > 1 ? 'disputed' : last.as
  return {
    from,
    to: last.at,
    admission,
    departure: last.entry,
    leftFrom: first.at,
    meantTo: possible.map(({ at }) => at).reduce((a, b) => (microsOf(b) < microsOf(a) ? b : a)),
    ...(departedAs !== undefined && { departedAs }),
    disputes,
  }
}

/**
 * The instant at which an end lies: as stated, or, where that is not after `from` but its precision reaches past it
 * ('left on the 14th', admitted on the 14th at 15:00), the end of what the precision allows. Undefined: it cannot be.
 */
export function endAfter(occurredAt: OccurredAt, from: string): string | undefined {
  if (microsOf(occurredAt.at) > microsOf(from)) return occurredAt.at
  const latest = latestOf(occurredAt)
  return microsOf(latest) > microsOf(from) ? latest : undefined
}

/** The end of the interval that a stated time allows: the next second, minute, hour or day in its zone. */
export function latestOf({ at, precision, zone }: OccurredAt): string {
  const local = Temporal.Instant.from(at).toZonedDateTimeISO(zone)
  if (precision === 'day') return startOfDay(local.toPlainDate().add({ days: 1 }), zone)
  const begin = local.round({ smallestUnit: precision, roundingMode: 'floor' }).toInstant()
  return begin.add(step[precision]).toString()
}

const step: Record<Exclude<Precision, 'day'>, Temporal.DurationLike> = {
  second: { seconds: 1 },
  minute: { minutes: 1 },
  hour: { hours: 1 },
}

function asOf(departure: Entry): string | undefined {
  const as = departure.sections.legal?.as
  return typeof as === 'string' ? as : undefined
}

/** 'Left on the 14th' and seen that day at eight do not contradict each other. */
function isAfter(sighting: Entry, departure: Entry, end: string): boolean {
  const at = microsOf(sighting.occurredAt.at)
  return at > microsOf(end) && at >= microsOf(latestOf(departure.occurredAt))
}

/** Somebody saw the body: what an absent or unknown presence is not. */
const isSighting = (entry: Entry): boolean => entry.kind === 'presence.record' && entry.sections.place?.state === 'at'
