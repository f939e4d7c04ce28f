import { formatAmount, formatLegalEnd, formatNumber, formatWhen, type Precision } from '../frame/format.ts'
import { useFacility } from '../frame/session.ts'
import { useLanguage } from '../frame/words.ts'

export type WhenProps = {
  /** An instant. */
  readonly at: string
  readonly precision?: Precision | undefined
  /** The facility's own unless told otherwise. */
  readonly zone?: string | undefined
  readonly weekday?: boolean
  /** False where the line or the head of the column says the offset. */
  readonly offset?: boolean
}

/** A time, as precise as it is known, in the zone of the facility; in the reader's own in the tooltip where it differs. */
export function When({ at, precision = 'minute', zone, weekday = false, offset = true }: WhenProps) {
  const { language } = useLanguage()
  const facility = useFacility()
  const own = Temporal.Now.timeZoneId()
  const there = zone ?? facility.zone
  const title = own === there ? undefined : `${formatWhen(at, { language, zone: own, precision })} (${own})`
  return (
    <time dateTime={at} className="when" {...(title === undefined ? {} : { title })}>
      {formatWhen(at, { language, zone: there, precision, weekday, offset })}
    </time>
  )
}

/** An end of law: says whether its day still counts. */
export function LegalEnd({ date, inclusive }: { readonly date: string; readonly inclusive: boolean }) {
  const { language } = useLanguage()
  return <time dateTime={date}>{formatLegalEnd(date, inclusive, language)}</time>
}

/** A number, with its unit where it has one. */
export function Amount({
  value,
  unit,
  digits = 0,
}: {
  readonly value: number
  readonly unit?: string
  readonly digits?: number
}) {
  return (
    <span className="amount">
      {unit === undefined ? formatNumber(value, digits) : formatAmount(value, unit, digits)}
    </span>
  )
}
