/**
 * Every number and every time on the screen is made here: two languages, one way of writing. Figures have narrow
 * no-break spaces for thousands and a point for decimals (SI brochure), since 39,986 and 39.986 are each misread
 * somewhere. Nothing else in web/ may use `toLocaleString` or `Intl` (lint.test.ts).
 */

export type Language = 'es' | 'en'
export type Precision = 'second' | 'minute' | 'hour' | 'day'

const NARROW = '\u202f'
const NO_BREAK = '\u00a0'
const MINUS = '\u2212'

const months: Record<Language, readonly string[]> = {
  es: ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'],
  en: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'],
}
const days: Record<Language, readonly string[]> = {
  es: ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
}
const two = (value: number) => String(value).padStart(2, '0')

/** `39 986`, `−12`, `1.54`: with exactly `digits` decimals. */
export function formatNumber(value: number, digits = 0): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(digits).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, NARROW)
  const sign = value < 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? MINUS : ''
  return `${sign}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** `34.8 °C`: the unit after a no-break space. */
export const formatAmount = (value: number, unit: string, digits = 0): string =>
  `${formatNumber(value, digits)}${NO_BREAK}${unit}`

/** `98.9 % of 39 986`: a share is never said without its whole, and never rounds a person away. */
export function formatShare(part: number, whole: number, language: Language): string {
  const of = language === 'es' ? 'de' : 'of'
  if (whole === 0) return `0 ${of} 0`
  let digits = 1
  const exact = (100 * part) / whole
  const rounds = (share: string) => (Number(share) === 100 && part !== whole) || (Number(share) === 0 && part !== 0)
  while (digits < 6 && rounds(exact.toFixed(digits))) digits += 1
  return `${formatNumber(exact, digits)}${NO_BREAK}% ${of} ${formatNumber(whole)}`
}

const zoned = (instant: string, zone: string) => Temporal.Instant.from(instant).toZonedDateTimeISO(zone)

/** `−06`, `+05:30`. */
export function formatOffset(instant: string, zone: string): string {
  const { offset } = zoned(instant, zone)
  const text = offset.replace('-', MINUS)
  return text.endsWith(':00') ? text.slice(0, -3) : text
}

export type WhenOptions = {
  readonly language: Language
  readonly zone: string
  readonly precision?: Precision
  /** `mar 14 abr 2026`. */
  readonly weekday?: boolean
  /** Only where the same line or head says the offset already. */
  readonly offset?: boolean
}

/** `14 abr 2026 05:58 −06`, as precise as is known: `… 05:58:12 −06`, `… hacia las 02 h`, or the day alone. */
export function formatWhen(instant: string, options: WhenOptions): string {
  const { language, zone, precision = 'minute', weekday = false, offset = true } = options
  const time = zoned(instant, zone)
  const day = formatDay(time.toPlainDate().toString(), language)
  const date = weekday ? `${days[language][time.dayOfWeek - 1]} ${day}` : day
  if (precision === 'day') return date
  if (precision === 'hour') {
    return language === 'es'
      ? `${date} hacia las ${two(time.hour)}${NO_BREAK}h`
      : `${date} about ${two(time.hour)}${NO_BREAK}h`
  }
  const end = offset ? `${NO_BREAK}${formatOffset(instant, zone)}` : ''
  return `${date} ${formatClock(instant, zone, precision)}${end}`
}

/** `05:58` or `05:58:12`. */
export function formatClock(instant: string, zone: string, precision: 'second' | 'minute' = 'minute'): string {
  const { hour, minute, second } = zoned(instant, zone)
  return `${two(hour)}:${two(minute)}${precision === 'second' ? `:${two(second)}` : ''}`
}

/** `14 abr 2026` from `2026-04-14`. */
export function formatDay(date: string, language: Language): string {
  const { day, month, year } = Temporal.PlainDate.from(date)
  return `${day}${NO_BREAK}${months[language][month - 1]}${NO_BREAK}${year}`
}

/** `abr 2026` from `2026-04`. */
export function formatMonth(month: string, language: Language, withYear = true): string {
  const { month: number, year } = Temporal.PlainYearMonth.from(month)
  return `${months[language][number - 1]}${withYear ? `${NO_BREAK}${year}` : ''}`
}

/** `lun 13`, for the ticks of an axis. */
export function formatTickDay(instant: string, zone: string, language: Language): string {
  const time = zoned(instant, zone)
  return `${days[language][time.dayOfWeek - 1]}${NO_BREAK}${time.day}`
}

/** `14 abr`, for the ticks of a longer axis. */
export function formatTickDate(instant: string, zone: string, language: Language): string {
  const time = zoned(instant, zone)
  return `${time.day}${NO_BREAK}${months[language][time.month - 1]}`
}

/** `hasta el 1 abr 2026 inclusive`: ends of law say whether their day still counts. */
export function formatLegalEnd(date: string, inclusive: boolean, language: Language): string {
  const day = formatDay(date, language)
  if (language === 'es') return inclusive ? `hasta el ${day} inclusive` : `hasta el ${day}, sin incluirlo`
  return inclusive ? `until ${day} inclusive` : `until ${day}, not included`
}

const units = [
  { seconds: 86_400, sign: 'd' },
  { seconds: 3600, sign: 'h' },
  { seconds: 60, sign: 'min' },
  { seconds: 1, sign: 's' },
] as const

/** `12 d 9 h`, `2 h 29 min`, `8 s`: the two largest units, rounded down. The sign of `seconds` is not shown. */
export function formatDuration(seconds: number): string {
  let left = Math.floor(Math.abs(seconds))
  const first = units.findIndex((unit) => left >= unit.seconds)
  if (first < 0) return `0${NO_BREAK}s`
  const parts: string[] = []
  for (const unit of units.slice(first, first + 2)) {
    const count = Math.floor(left / unit.seconds)
    left -= count * unit.seconds
    if (count > 0) parts.push(formatAmount(count, unit.sign))
  }
  return parts.join(NO_BREAK)
}

/** Seconds from one instant to another. */
export const secondsBetween = (from: string, to: string): number =>
  (Temporal.Instant.from(to).epochMilliseconds - Temporal.Instant.from(from).epochMilliseconds) / 1000

/** `0:41`, `12:07`: a running clock. */
export function formatRunning(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds))
  return `${formatNumber(Math.floor(whole / 60))}:${two(whole % 60)}`
}

/** `hace 8 s`; from an hour on, the instant itself, since nobody can check 'hace 3 d'. */
export function formatAgo(instant: string, now: string, options: WhenOptions): string {
  const seconds = secondsBetween(instant, now)
  if (seconds >= 3600 || seconds < 0) return formatWhen(instant, options)
  return options.language === 'es' ? `hace ${formatDuration(seconds)}` : `${formatDuration(seconds)} ago`
}

/** Which of the grammatical numbers of a language `count` takes (CLDR). */
export const pluralOf = (count: number, language: Language): Intl.LDMLPluralRule =>
  (language === 'es' ? spanish : english).select(count)
const spanish = new Intl.PluralRules('es')
const english = new Intl.PluralRules('en')

/** Folds case and accents away, to compare what somebody typed with what stands there. */
export const foldText = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** A day as somebody writes it: whole, or only the month or the year. */
export type ReadDay =
  | { readonly precision: 'day'; readonly date: string }
  | { readonly precision: 'month'; readonly date: string }
  | { readonly precision: 'year'; readonly date: string }

const monthNames: readonly (readonly string[])[] = [
  ['ene', 'enero', 'jan', 'january'],
  ['feb', 'febrero', 'february'],
  ['mar', 'marzo', 'march'],
  ['abr', 'abril', 'apr', 'april'],
  ['may', 'mayo'],
  ['jun', 'junio', 'june'],
  ['jul', 'julio', 'july'],
  ['ago', 'agosto', 'aug', 'august'],
  ['sep', 'sept', 'septiembre', 'setiembre', 'september'],
  ['oct', 'octubre', 'october'],
  ['nov', 'noviembre', 'november'],
  ['dic', 'diciembre', 'dec', 'december'],
]

function monthOf(text: string): number | undefined {
  if (/^\d{1,2}$/.test(text)) return Number(text)
  const found = monthNames.findIndex((names) => names.includes(foldText(text).replace(/\.$/, '')))
  return found < 0 ? undefined : found + 1
}

/**
 * Reads `9 feb 1982`, `9/2/1982`, `9 de febrero de 1982`, `1982-02-09`, `feb 1982`, `1982`. The day comes before the
 * month, as on the papers that come in. Undefined: it is none of these.
 */
export function readDay(text: string): ReadDay | undefined {
  const parts = text
    .trim()
    .toLowerCase()
    .split(/[\s/.,-]+/)
    .filter((part) => part !== '' && part !== 'de' && part !== 'del')
  const iso = /^\d{4}$/.test(parts[0] ?? '') && parts.length > 1
  const [year, month, day] = iso ? parts : parts.toReversed()
  if (year === undefined || !/^\d{4}$/.test(year) || parts.length > 3) return undefined
  if (month === undefined) return { precision: 'year', date: year }
  const number = monthOf(month)
  try {
    if (number === undefined) return undefined
    if (day === undefined) {
      const read = Temporal.PlainYearMonth.from({ year: Number(year), month: number }, { overflow: 'reject' })
      return { precision: 'month', date: read.toString() }
    }
    if (!/^\d{1,2}$/.test(day)) return undefined
    const date = { year: Number(year), month: number, day: Number(day) }
    return { precision: 'day', date: Temporal.PlainDate.from(date, { overflow: 'reject' }).toString() }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

/** Reads `14 abr 2026 09:05`, with seconds or without a time, in the zone; an offset at the end is passed over. */
export function readWhen(
  text: string,
  zone: string,
): { readonly at: string; readonly precision: Precision } | undefined {
  const cut = text.replace(/\s*[\u2212+-]\d{2}(:\d{2})?$/, '')
  const [, dayText = '', hour, minute, second] = /^(.*?)(?:[\s,T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*$/.exec(cut) ?? []
  const day = readDay(dayText)
  if (day?.precision !== 'day') return undefined
  const time = { hour: Number(hour ?? 0), minute: Number(minute ?? 0), second: Number(second ?? 0) }
  if (time.hour > 23 || time.minute > 59 || time.second > 59) return undefined
  const at = Temporal.PlainDate.from(day.date)
    .toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
    .toString()
  return { at, precision: hour === undefined ? 'day' : second === undefined ? 'minute' : 'second' }
}

const stateNames: Record<Language, Intl.DisplayNames> = {
  es: new Intl.DisplayNames('es', { type: 'region' }),
  en: new Intl.DisplayNames('en', { type: 'region' }),
}
/** `El Salvador` from `SV` (ISO 3166-1). */
export const formatState = (code: string, language: Language): string => stateNames[language].of(code) ?? code

const languageNames: Record<Language, Intl.DisplayNames> = {
  es: new Intl.DisplayNames('es', { type: 'language' }),
  en: new Intl.DisplayNames('en', { type: 'language' }),
}
/** `español`, `Spanish` from `es` (BCP 47). */
export const formatLanguage = (code: string, language: Language): string => languageNames[language].of(code) ?? code
