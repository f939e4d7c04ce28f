/** How each date of a case stands: what is computed, what was signed and checked, and whether that still holds. Pure. */
import { endOf } from '../../kernel/time.ts'
import type { DateRole } from '../packs/registry.ts'
import { type Check, lastSigned, type SentenceCase, type Signature } from './cases.ts'
import { computedOf, datesOf, refusedOf, type Working, work } from './compute.ts'
import type { SignedDate } from './forms.ts'

/**
 * Why a signature does not hold any more: a fact changed, the law did (the pack gives another date over the same facts,
 * or gives one where it gave none), both, or the pack gives none where it gave one.
 */
export type Cause = 'facts' | 'law' | 'facts-and-law'

export type DateStanding = {
  readonly type: string
  readonly role: DateRole
  /** The earliest reading; absent where the pack gives none. */
  readonly computed?: string
  /** The latest reading, where they differ. */
  readonly computedLatest?: string
  /** Code of the reason why the pack gives no date of a type that applies. */
  readonly refused?: string
  readonly signed?: {
    readonly date: SignedDate
    readonly by: Signature
    /** The last check of it. */
    readonly check?: Check
    /** `checked`: a second person agreed. */
    readonly state: 'standing' | 'outdated'
    readonly cause?: Cause
  }
}

export type CaseStanding = {
  readonly working: Working
  readonly dates: readonly DateStanding[]
  /** The last day on which every reading, and every date that was signed, lets the person be held; absent: unknown. */
  readonly lastLawfulDay?: string
  /** The first instant after it, where the court sits. */
  readonly freeFrom?: string
}

export function standingOf(one: SentenceCase): CaseStanding {
  const working = work(one.facts, one.inputs)
  const signed = lastSigned(one.signatures)
  const types = new Set([
    ...working.readings.flatMap(({ dates, refused }) => [
      ...datesOf(dates).map(([type]) => type),
      ...Object.keys(refused),
    ]),
    ...signed.keys(),
  ])
  const dates = [...types].sort().map((type) => dateStanding(one, working, type, signed.get(type)))
  const lastLawfulDay = lastDay(working, dates)
  return {
    working,
    dates,
    ...(lastLawfulDay !== undefined && {
      lastLawfulDay,
      freeFrom: endOf({ date: lastLawfulDay, zone: one.facts.zone, inclusive: true }),
    }),
  }
}

function dateStanding(
  one: SentenceCase,
  working: Working,
  type: string,
  signed: { of: Signature; date: SignedDate } | undefined,
): DateStanding {
  const computed = computedOf(working, type)
  const refused = refusedOf(working, type)
  const [earliest] = computed
  const latest = computed.at(-1)
  const check = signed?.of.checks.toSorted((a, b) => a.n - b.n).at(-1)
  const cause = signed === undefined ? undefined : outdatedBy(one, working, signed.of, signed.date, computed)
  return {
    type,
    role: roleOf(working, type),
    ...(earliest !== undefined && { computed: earliest }),
    ...(latest !== undefined && latest !== earliest && { computedLatest: latest }),
    ...(refused !== undefined && { refused: refused.code }),
    ...(signed !== undefined && {
      signed: {
        date: signed.date,
        by: signed.of,
        ...(check !== undefined && { check }),
        state: cause === undefined ? 'standing' : 'outdated',
        ...(cause !== undefined && { cause }),
      },
    }),
  }
}

/** A type that no pack here knows: what the name says of it, so that a date signed by hand can drive the alarm. */
const roleOf = ({ pack }: Working, type: string): DateRole =>
  pack === undefined ? (type === 'release' ? 'release' : 'other') : (pack.dates[type]?.role ?? 'other')

/**
 * A computed date holds while its pack gives the same one. What was signed by hand or set by a court holds while no fact
 * changes; by hand also only while the pack gives no other.
 */
function outdatedBy(
  one: SentenceCase,
  working: Working,
  signature: Signature,
  { type, date, how }: SignedDate,
  computed: readonly string[],
): Cause | undefined {
  const isSameFacts = signature.inputs === one.inputs
  const isSameLaw = signature.pack?.hash === working.pack?.hash
  if (how === 'pack') {
    const reading = working.readings[signature.reading] ?? working.readings[0]
    if (reading?.dates[type]?.date === date || computed.includes(date)) return undefined
    return isSameFacts ? 'law' : isSameLaw ? 'facts' : 'facts-and-law'
  }
  const isOtherwise = how === 'hand' && computed.length > 0 && !computed.includes(date)
  if (isOtherwise) return isSameFacts ? 'law' : 'facts-and-law'
  return isSameFacts ? undefined : 'facts'
}

/**
 * The earliest day on which custody may have to end: by any reading, by what was signed (a signature that is outdated or
 * disputed included: nobody is held longer for a doubt), but a date that a court set stands before all.
 */
function lastDay(working: Working, dates: readonly DateStanding[]): string | undefined {
  const release = dates.filter(({ role }) => role === 'release')
  const days: string[] = working.release === undefined ? [] : [working.release.earliest]
  // Several dates of release are served to the last of them, as in one reading.
  const signed = release.flatMap(({ signed }) => signed?.date.date ?? []).sort()
  const byCourt = release.filter(({ signed }) => signed?.date.how === 'court' && signed.state === 'standing')
  if (byCourt.length > 0)
    return byCourt
      .flatMap(({ signed }) => signed?.date.date ?? [])
      .sort()
      .at(-1)
  const last = signed.at(-1)
  const isWhole = release.every(({ signed }) => signed !== undefined)
  if (last !== undefined && (isWhole || days.length === 0)) days.push(last)
  return days.sort()[0]
}
