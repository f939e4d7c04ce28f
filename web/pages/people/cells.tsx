import type { HeldRow } from '../../../src/custody/contract.ts'
import {
  formatClock,
  formatDay,
  formatTickDate,
  formatWhen,
  type Precision,
  secondsBetween,
} from '../../frame/format.ts'
import { useFacility } from '../../frame/session.ts'
import { useLanguage, useWords } from '../../frame/words.ts'
import { Mark } from '../../parts/mark.tsx'
import { BasisTag } from '../../parts/tags.tsx'
import { becauseWords, missingWords, orderWords, wordFor } from '../terms.ts'
import { peopleWords } from './words.ts'

type Basis = NonNullable<HeldRow['basis']>

/** Surnames in capitals and heavy, then the given names: what a registrar looks along. */
export function NameCell({ name }: { readonly name: HeldRow['name'] }) {
  const w = useWords(peopleWords)
  const { family, given, written } = name ?? {}
  if (family == null && given == null) {
    return written == null ? <span className="unknown-text">{w.noName}</span> : <span lang="es">{written}</span>
  }
  return (
    <span lang="es">
      <b>{family?.toUpperCase()}</b>
      {family == null || given == null ? '' : ', '}
      {given}
    </span>
  )
}

export function AgeCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  if (row.age === null) return <Mark kind="unknown" label={w.unknown} />
  return row.birth?.disputed === true ? <span className="s2-text">{row.age}</span> : row.age
}

export function NationalityCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  if (row.nationalities.length === 0) return <Mark kind="unknown" label={w.unknown} />
  return row.nationalities.map(({ state }) => state).join(' ')
}

export function PlaceCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  const { path, where } = row.place
  if (row.presence.state === 'unknown') return <span className="unknown-text">{w.nowhere}</span>
  // The cell and the bunk tell the rest: codes of cells hold their pavilion. The whole way is in the tooltip.
  const told = path.length > 0 ? path.slice(-2).join(' · ') : where
  const title = path.length > 2 ? path.join(' · ') : undefined
  if (row.presence.state === 'between') {
    return <span title={title}>{told === null ? w.between : `${w.between}: ${told}`}</span>
  }
  // Somewhere, and nothing told: the role does not open the section.
  if (told === null) return <span className="support">{w.notSeen}</span>
  return (
    <span className={row.presence.state === 'disputed' ? 's2-text' : undefined} title={title}>
      {told}
    </span>
  )
}

/** Since when it is known where the person is, and by what. */
export function SeenCell({ row, at }: { readonly row: HeldRow; readonly at: string }) {
  const because = useWords(becauseWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const { state, since, precision, because: code } = row.presence
  const options = { language, zone, precision: precision as Precision, offset: false }
  const isTimed = precision === 'minute' || precision === 'second'
  // What is fresh is told to the minute; of what is older the day says enough, and the tooltip has the rest.
  const age = secondsBetween(since, at)
  const when =
    isTimed && dayOf(since, zone) === dayOf(at, zone)
      ? formatClock(since, zone, precision)
      : isTimed && age < WEEK
        ? `${formatTickDate(since, zone, language)} ${formatClock(since, zone)}`
        : isTimed && age < YEAR
          ? formatTickDate(since, zone, language)
          : formatDay(dayOf(since, zone), language)
  return (
    <span className={state === 'unknown' ? 'with-mark unknown-text' : 'with-mark'}>
      <Mark kind={state === 'unknown' ? 'not-seen' : state === 'disputed' ? 'disputed' : 'seen'} />
      <span>
        <time dateTime={since} title={formatWhen(since, { ...options, offset: true })}>
          {when}
        </time>{' '}
        · {wordFor(because, code)}
      </span>
    </span>
  )
}

const WEEK = 604_800
const YEAR = 25_920_000

const dayOf = (instant: string, zone: string) =>
  Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDate().toString()

export function BasisCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  return row.basis === null ? <span className="support">{w.notSeen}</span> : <BasisOf basis={row.basis} />
}

function BasisOf({ basis }: { readonly basis: Basis }) {
  const w = useWords(peopleWords)
  const kinds = useWords(orderWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  const { state, cause, kind, since, orders } = basis
  if (state === 'lapse') {
    const text = cause === 'admitted-without-order' ? w.noOrder : w.lapseSince(formatDay(dayOf(since, zone), language))
    return <BasisTag state="lapse">{text}</BasisTag>
  }
  if (state === 'disputed') return <BasisTag state="disputed">{w.disputedOrders(orders)}</BasisTag>
  if (state === 'unknown' || kind === null) return <BasisTag state={state} />
  return <BasisTag state="order">{wordFor(kinds, kind)}</BasisTag>
}

/** The last day covered, where the end is a midnight; else the instant. An end not known is not an open one. */
export function UntilCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  const { language } = useLanguage()
  const { zone } = useFacility()
  if (row.basis === null) return null
  const { state, until, untilKnown, untilDay } = row.basis
  if (!untilKnown) {
    return state === 'lapse' ? <span aria-hidden="true">—</span> : <Mark kind="unknown" label={w.unknown} />
  }
  if (until === null) return <span className="label">{w.openEnd}</span>
  const text =
    untilDay === null
      ? formatWhen(until, { language, zone, offset: false })
      : w.inclusive(formatDay(untilDay, language))
  return (
    <time className={state === 'lapse' ? 's1-text' : undefined} dateTime={until}>
      {text}
    </time>
  )
}

const SHOWN = 2

export function MissingCell({ row }: { readonly row: HeldRow }) {
  const w = useWords(peopleWords)
  const fields = useWords(missingWords)
  if (row.missing.length === 0) return <span aria-hidden="true">—</span>
  const all = row.missing.map((code) => fields[code])
  const rest = all.length - SHOWN
  return (
    <span className="with-mark" title={all.join(', ')}>
      <Mark kind="missing" />
      <span>
        {all.slice(0, SHOWN).join(', ')}
        {rest > 0 ? ` ${w.more(rest)}` : ''}
      </span>
    </span>
  )
}
