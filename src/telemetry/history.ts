/**
 * Sensor histories as two building-management systems export them (`prison-bms-sensors/SOURCE.md`), line by line.
 *
 *     history:OCC_HOH_LIVING/HV-1/Room Temperature          30-Nov-23 …
 *     01-Dec-23 10:00 AM PST  to  01-Dec-24 1:43 PM PST     Time,Return,Supply
 *                                                           30-Nov-23 11:00 PM EST,74,83
 *     Timestamp,Trend Flags,Status,Value (°F)
 *     "05-Dec-23 10:00:00 AM PST","{start}","{ok}","68.8 °F"
 */
import { findCsvCells, InputUnreadable } from '../kernel/file-lines.ts'
import type { SourceState } from './quality.ts'

/** `with-status`: one value every 15 minutes, with what the system says of it; `two-values`: return air, and as a rule supply air, hourly. */
export type HistoryForm = 'with-status' | 'two-values'

export const EXPECTED_INTERVAL_MS: Readonly<Record<HistoryForm, number>> = {
  'with-status': 15 * 60_000,
  'two-values': 60 * 60_000,
}

export type HistoryRow = {
  readonly atMs: number
  /** The source's own words without braces, `ok` or `fault,down`; undefined in the form without. */
  readonly status: string | undefined
  readonly states: readonly SourceState[]
  /** °F; undefined where the cell holds no number. The second is supply air. */
  readonly values: readonly (number | undefined)[]
}

export type HistoryHeader = { readonly form: HistoryForm; readonly width: number }

/** Lines before the header that may be titles. */
export const TITLE_LINES_MAX = 10

/** The form that a header tells; undefined for what is none. */
export function findHeader(line: string): HistoryHeader | undefined {
  const cells = (findCsvCells(line) ?? []).map((cell) => cell.trim())
  const [time = '', ...rest] = cells
  if (!/^time(stamp)?$/i.test(time)) return undefined
  if (cells.length === 4 && /status/i.test(rest[1] ?? '') && /^value/i.test(rest[2] ?? '')) {
    return isFahrenheit(rest[2] ?? '') ? { form: 'with-status', width: 4 } : undefined
  }
  const named = rest.every((name) => name !== '' && isFahrenheit(name))
  return named && (cells.length === 2 || cells.length === 3) ? { form: 'two-values', width: cells.length } : undefined
}

/** No unit is taken as °F, which is what the second form means without saying it; another unit is not. */
const isFahrenheit = (name: string) => !/°\s*C|celsius|%|ppm/i.test(name)

export const noHistory = (seen: string) =>
  new InputUnreadable({
    en: `no sensor history in °F: no header Timestamp,Trend Flags,Status,Value (°F) or Time,Return,Supply in the first ${TITLE_LINES_MAX} lines; the first is ${JSON.stringify(seen.slice(0, 120))}`,
    es: `no es un historial de sensor en °F: sin encabezado Timestamp,Trend Flags,Status,Value (°F) o Time,Return,Supply en las primeras ${TITLE_LINES_MAX} líneas; la primera es ${JSON.stringify(seen.slice(0, 120))}`,
  })

/** One row, or what is wrong with the line. */
export function readRow({ form, width }: HistoryHeader, line: string): HistoryRow | string {
  const cells = findCsvCells(line)?.map((cell) => cell.trim())
  if (cells?.length !== width) return `${width} cells are expected`
  const [time = '', ...rest] = cells
  const atMs = findTime(time)
  if (atMs === undefined) return `${JSON.stringify(time)} is no time such as 05-Dec-23 10:00:00 AM PST`
  if (form === 'two-values') return { atMs, status: undefined, states: [], values: rest.map(findValue) }
  const [flags = '', status = '', value = ''] = rest
  const words = findWords(status)
  const trend = findWords(flags)
  if (words === undefined || trend === undefined) return 'a set in braces such as {ok} or { } is expected'
  const states = [...words.flatMap(stateOf), ...trend.flatMap(trendStateOf)]
  return { atMs, status: words.join(','), states, values: [findValue(value)] }
}

/** `{fault,down}` → its words, sorted as the source writes them; `{ }` has none. */
const findWords = (set: string): string[] | undefined =>
  /^\{[^{}]*\}$/.test(set)
    ? set
        .slice(1, -1)
        .split(',')
        .map((word) => word.trim())
        .filter((word) => word !== '')
    : undefined

/** Words of Niagara's status; an alarm is about the room, not about the sensor. */
const STATES: Readonly<Record<string, SourceState | undefined>> = {
  fault: 'fault',
  down: 'down',
  stale: 'stale',
  disabled: 'disabled',
  null: 'null',
  overridden: 'overridden',
}
const QUIET: ReadonlySet<string> = new Set(['ok', 'alarm', 'unackedAlarm'])

const stateOf = (word: string): SourceState[] => (QUIET.has(word) ? [] : [STATES[word] ?? 'unknown'])

/** The log began, or came late: both are measured. Hidden, modified, interpolated and what we do not know are not. */
const trendStateOf = (word: string): SourceState[] => (word === 'start' || word === 'outOfOrder' ? [] : ['overridden'])

function findValue(text: string): number | undefined {
  const number = /^(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?:\s*°?\s*F)?$/.exec(text)?.[1]
  const value = number === undefined ? Number.NaN : Number(number)
  return Number.isFinite(value) ? value : undefined
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** Hours from UTC by the letters behind a time: they tell the two hours apart that a clock shows twice in autumn. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
}

/** `05-Dec-23 10:00:00 AM PST` → epoch milliseconds. Years have two digits and are of this century. */
export function findTime(text: string): number | undefined {
  const parts = /^(\d{1,2})-([A-Za-z]{3})-(\d{2}) (\d{1,2}):(\d{2})(?::(\d{2}))? ([AP]M) ([A-Z]{3,4})$/.exec(text)
  if (parts === null) return undefined
  const [, day, monthName = '', year, hour12, minute, second = '0', half, zone = ''] = parts
  const offset = ZONES[zone]
  const month = MONTHS.indexOf(monthName.toLowerCase()) + 1
  if (offset === undefined || month === 0 || Number(hour12) < 1 || Number(hour12) > 12) return undefined
  const hour = (Number(hour12) % 12) + (half === 'PM' ? 12 : 0)
  try {
    const fields = {
      year: 2000 + Number(year),
      month,
      day: Number(day),
      hour,
      minute: Number(minute),
      second: Number(second),
    }
    const local = Temporal.PlainDateTime.from(fields, { overflow: 'reject' })
    return local.toZonedDateTime('UTC').epochMilliseconds - offset * 3_600_000
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return undefined
  }
}
