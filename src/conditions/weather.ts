/**
 * A year of weather by the hour, from either form of an EPW file: the fifteen named columns of
 * `weather-tropical-epw/SOURCE.md`, or the original with its header lines and 35 columns (EnergyPlus, *Auxiliary
 * Programs*, Weather Data Dictionary). Codes that mean 'missing' there become undefined.
 */
import { type FileLine, findCsvCells, InputUnreadable, readFileLines } from '../kernel/file-lines.ts'

/** Of one hour or of many, in the order of the hours: 0 ends at 01:00 local standard time. */
type Hours = readonly (number | undefined)[]

export type WeatherDay = {
  readonly month: number
  readonly day: number
  readonly dryBulbCelsius: Hours
  readonly dewPointCelsius: Hours
  readonly humidityPercent: Hours
  readonly pressurePa: Hours
  readonly infraredWhM2: Hours
  readonly globalWhM2: Hours
}
export type WeatherMeasure = Exclude<keyof WeatherDay, 'month' | 'day'>

export const HOURS = 24

/** Column by name in the first form and by place in the original; values from `missing` on mean that there is none. */
const MEASURES: Readonly<Record<WeatherMeasure, { name: string; place: number; min: number; missing: number }>> = {
  dryBulbCelsius: { name: 'dry_bulb_c', place: 6, min: -70, missing: 99 },
  dewPointCelsius: { name: 'dew_point_c', place: 7, min: -70, missing: 99 },
  humidityPercent: { name: 'rh_percent', place: 8, min: 0, missing: 999 },
  pressurePa: { name: 'pressure_pa', place: 9, min: 31_000, missing: 999_999 },
  infraredWhM2: { name: 'horizontal_infrared_wh_m2', place: 12, min: 0, missing: 9_900 },
  globalWhM2: { name: 'global_horizontal_wh_m2', place: 13, min: 0, missing: 9_900 },
}
const measures = Object.keys(MEASURES) as WeatherMeasure[]

const ORIGINAL_COLUMNS_MIN = 14
const ORIGINAL_HEADER_LINES_MAX = 40
/** Ten years: a file is kept whole, by days. */
const ROWS_MAX = 88_000

export type Weather = {
  readonly days: readonly WeatherDay[]
  readonly rows: number
  /** Lines that are no row, and the first hundred of them. */
  readonly unreadable: number
  readonly problems: readonly string[]
}

/** Reads a file, plain or gzip. Throws `InputUnreadable` where it is of neither form. */
export async function readWeather(file: string): Promise<Weather> {
  const reader = new WeatherReader()
  for await (const lines of readFileLines(file)) for (const line of lines) reader.read(line)
  return reader.result()
}

type Places = { readonly width: number | undefined; readonly of: Readonly<Record<string, number>> }

type Draft = { month: number; day: number } & Record<WeatherMeasure, (number | undefined)[]>

class WeatherReader {
  #places: Places | undefined
  #isOriginal = false
  readonly #days: Draft[] = []
  #rows = 0
  #unreadable = 0
  readonly #problems: string[] = []

  read({ number, text }: FileLine): void {
    if (text?.trim() === '') return
    if (this.#places === undefined) this.#readHeader(text ?? '', number)
    else if (this.#isOriginal && this.#rows === 0 && text !== undefined && !/^\d{4},/.test(text)) {
      if (number > ORIGINAL_HEADER_LINES_MAX) throw notWeather(text)
    } else {
      const problem = text === undefined ? 'too long, or no UTF-8' : this.#readRow(this.#places, text)
      if (problem === undefined) return
      this.#unreadable++
      if (this.#problems.length < 100) this.#problems.push(`line ${number}: ${problem}`)
    }
  }

  #readHeader(text: string, number: number): void {
    if (number === 1 && text.startsWith('LOCATION,')) {
      this.#isOriginal = true
      const of = Object.fromEntries(measures.map((measure) => [measure, MEASURES[measure].place]))
      this.#places = { width: undefined, of: { month: 1, day: 2, hour: 3, ...of } }
      return
    }
    const columns = findCsvCells(text)?.map((cell) => cell.trim()) ?? []
    const of = Object.fromEntries(measures.map((measure) => [measure, columns.indexOf(MEASURES[measure].name)]))
    const [month, day, hour] = ['month', 'day', 'hour_ending'].map((name) => columns.indexOf(name)) as [
      number,
      number,
      number,
    ]
    if (month < 0 || day < 0 || hour < 0 || (of.dryBulbCelsius ?? -1) < 0) throw notWeather(text)
    this.#places = { width: columns.length, of: { month, day, hour, ...of } }
  }

  #readRow({ width, of }: Places, text: string): string | undefined {
    const cells = findCsvCells(text)
    if (cells === undefined || (width === undefined ? cells.length < ORIGINAL_COLUMNS_MIN : cells.length !== width)) {
      return `${width ?? `at least ${ORIGINAL_COLUMNS_MIN}`} cells are expected`
    }
    const whole = (name: string) => {
      const cell = (cells[of[name] as number] ?? '').trim()
      return /^\d{1,2}(\.0+)?$/.test(cell) ? Number(cell) : 0
    }
    const [month, day, hour] = [whole('month'), whole('day'), whole('hour')]
    if (month < 1 || month > 12 || day < 1 || day > 31 || hour < 1 || hour > HOURS) return 'no month, day and hour'
    const values: [WeatherMeasure, number | undefined][] = []
    for (const measure of measures) {
      const value = findValue(cells[of[measure] as number]?.trim() ?? '', MEASURES[measure])
      if (value === 'unreadable') return `${MEASURES[measure].name} is no number that can be`
      values.push([measure, value])
    }
    if (++this.#rows > ROWS_MAX) throw notWeather(`more than ${ROWS_MAX} rows`)
    const today = this.#dayOf(month, day)
    for (const [measure, value] of values) today[measure][hour - 1] = value
    return undefined
  }

  #dayOf(month: number, day: number): Draft {
    const last = this.#days.at(-1)
    if (last?.month === month && last.day === day) return last
    const draft = {
      month,
      day,
      ...Object.fromEntries(measures.map((measure) => [measure, Array(HOURS).fill(undefined)])),
    } as Draft
    this.#days.push(draft)
    return draft
  }

  result(): Weather {
    if (this.#places === undefined) throw notWeather('')
    return { days: this.#days, rows: this.#rows, unreadable: this.#unreadable, problems: this.#problems }
  }
}

function findValue(
  text: string,
  { min, missing }: { min: number; missing: number },
): number | undefined | 'unreadable' {
  if (text === '') return undefined
  const value = /^[-+]?\d*\.?\d+(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN
  if (!Number.isFinite(value)) return 'unreadable'
  if (value >= missing) return undefined
  return value < min ? 'unreadable' : value
}

const notWeather = (seen: string) =>
  new InputUnreadable({
    en: `no weather by the hour: neither an EPW file (LOCATION,…) nor columns month, day, hour_ending, dry_bulb_c; seen: ${JSON.stringify(seen.slice(0, 120))}`,
    es: `no es tiempo por horas: ni archivo EPW (LOCATION,…) ni columnas month, day, hour_ending, dry_bulb_c; se vio: ${JSON.stringify(seen.slice(0, 120))}`,
  })
