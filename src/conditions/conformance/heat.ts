/**
 * Reads indoor heat as the Texas Department of Criminal Justice reports it, in three forms told apart by their header
 * (`tdcj-indoor-heat-2024/SOURCE.md`), and counts it. Temperatures in °F, as written. Sums are exact: they are kept in
 * whole ten-thousandths, never in rounded fractions.
 */
import { type FileLine, findCsvCells, InputUnreadable, readFileLines } from '../../kernel/file-lines.ts'

export type HeatForm = 'cool-bed' | 'acpac' | 'sb1r56'

/** Columns that tell a form; columns may stand in any order. The first form all of whose columns are there is it. */
const FORMS: readonly { form: HeatForm; columns: readonly string[] }[] = [
  { form: 'sb1r56', columns: ['date', 'unit', 'temp_f', 'temp_as_written'] },
  { form: 'acpac', columns: ['date', 'unit', 'area', 'time', 'temp_f', 'index_f'] },
  { form: 'cool-bed', columns: ['date', 'unit', 'area', 'temp_f', 'index_f'] },
]

export type Extent = { readonly min: number | null; readonly max: number | null; readonly sum: number }

export type HeatFigures = {
  readonly form: HeatForm
  /** Rows with a temperature. */
  readonly readings: number
  readonly days: number
  readonly firstDay: string | null
  readonly lastDay: string | null
  readonly units: number
  /** Areas, told apart by unit and name; null in the form that has none. */
  readonly areas: number | null
  /** How many areas (units, in the form without areas) gave a reading on a day, and what is missing of all on all days. */
  readonly perDay: { readonly min: number; readonly max: number; readonly missing: number }
  readonly tempF: Extent & { readonly above83: number; readonly atLeast85: number; readonly atLeast95: number }
  /** Null in the form that has no heat index. */
  readonly indexF:
    | (Extent & { readonly readings: number; readonly atLeast90: number; readonly atLeast103: number })
    | null
  /** Rows without a temperature. They are nothing: neither readings nor zeros. */
  readonly blank: number
  /** Readings of an area at a day and time that already had one, where its rows follow each other; they are counted. */
  readonly repeated: number
  /** Lines that are no row of this form. They are in no other figure. */
  readonly unreadable: number
}

export type HeatResult = { readonly figures: HeatFigures; readonly problems: readonly string[] }

/** What a thermometer in a building can show at all, °F; beyond it a row is unreadable, not hot. */
const AIR_F = { min: -80, max: 200 } as const
const INDEX_F = { min: -80, max: 300 } as const
const AREAS_MAX = 20_000
const DAYS_MAX = 4_000

/** Reads a file, plain or gzip. Throws `InputUnreadable` where the header is of no known form. */
export async function runHeat(file: string): Promise<HeatResult> {
  let reader: HeatReader | undefined
  for await (const lines of readFileLines(file)) {
    for (const line of lines) {
      if (reader !== undefined) reader.read(line)
      else if (line.text?.trim() !== '') reader = new HeatReader(line)
    }
  }
  if (reader === undefined) throw unknownForm('')
  return reader.result()
}

const unknownForm = (header: string) => {
  const known = FORMS.map(({ columns }) => columns.join(',')).join(' | ')
  return new InputUnreadable({
    en: `no known header: ${JSON.stringify(header.slice(0, 200))}; known are ${known}`,
    es: `encabezado desconocido: ${JSON.stringify(header.slice(0, 200))}; se conocen ${known}`,
  })
}

class HeatReader {
  readonly #form: HeatForm
  readonly #column: (cells: readonly string[], name: string) => string | undefined
  readonly #width: number
  readonly #temp = new Tally(AIR_F)
  readonly #index = new Tally(INDEX_F)
  readonly #units = new Set<string>()
  /** Area (or unit) → its number; day → one bit an area. So a file of any length takes the same memory. */
  readonly #areas = new Map<string, number>()
  readonly #days = new Map<string, Uint8Array>()
  #today: { date: string; keys: Set<string> } = { date: '', keys: new Set() }
  #blank = 0
  #repeated = 0
  #unreadable = 0
  readonly #problems: string[] = []

  constructor(header: FileLine) {
    const columns = findCsvCells(header.text ?? '')?.map((cell) => cell.trim()) ?? []
    const known = FORMS.find((form) => form.columns.every((column) => columns.includes(column)))
    if (known === undefined) throw unknownForm(header.text ?? '')
    this.#form = known.form
    this.#width = columns.length
    const places = new Map(columns.map((column, at) => [column, at]))
    this.#column = (cells, name) => {
      const at = places.get(name)
      return at === undefined ? undefined : cells[at]
    }
  }

  read({ number, text }: FileLine): void {
    if (text?.trim() === '') return
    const problem = text === undefined ? 'too long, or no UTF-8' : this.#readRow(text)
    if (problem === undefined) return
    this.#unreadable++
    if (this.#problems.length < 100) this.#problems.push(`line ${number}: ${problem}`)
  }

  /** Counts a row whole or not at all; answers what is wrong with it. */
  #readRow(text: string): string | undefined {
    const cells = findCsvCells(text)
    if (cells?.length !== this.#width) return `${this.#width} cells are expected`
    const cell = (name: string) => this.#column(cells, name)?.trim() ?? ''
    const [date, unit, area, time] = [cell('date'), cell('unit'), cell('area'), cell('time')]
    if (!isDay(date)) return `${JSON.stringify(date)} is no day such as 2024-04-16`
    if (unit === '') return 'the unit is missing'
    if (this.#form !== 'sb1r56' && area === '') return 'the area is missing'
    if (this.#form === 'acpac' && !/^([01]?\d|2[0-3]):[0-5]\d$/.test(time)) {
      return `${JSON.stringify(time)} is no time such as 13:00`
    }
    const temp = this.#temp.find(cell('temp_f'))
    if (temp === 'unreadable') return `temp_f ${JSON.stringify(cell('temp_f'))} is no air temperature in °F`
    const index = this.#form === 'sb1r56' ? undefined : this.#index.find(cell('index_f'))
    if (index === 'unreadable') return `index_f ${JSON.stringify(cell('index_f'))} is no heat index in °F`
    const place = JSON.stringify(this.#form === 'sb1r56' ? [unit] : [unit, area])
    this.#seeArea(date, place, temp !== undefined)
    this.#units.add(unit)
    if (index !== undefined) this.#index.add(index)
    if (temp === undefined) {
      this.#blank++
      return undefined
    }
    this.#temp.add(temp)
    this.#seeRepeat(date, `${place} ${time}`)
    return undefined
  }

  #seeArea(date: string, place: string, hasReading: boolean): void {
    const at = this.#areas.get(place) ?? this.#areas.size
    this.#areas.set(place, at)
    const bits = this.#days.get(date) ?? new Uint8Array(16)
    const grown = bits.length * 8 > at ? bits : withSize(bits, Math.max(bits.length * 2, (at >> 3) + 1))
    if (hasReading) grown[at >> 3] = (grown[at >> 3] as number) | (1 << (at & 7))
    this.#days.set(date, grown)
    if (this.#areas.size > AREAS_MAX || this.#days.size > DAYS_MAX) {
      throw new InputUnreadable({
        en: `more than ${AREAS_MAX} areas or ${DAYS_MAX} days: are the columns what their header says?`,
        es: `más de ${AREAS_MAX} áreas o ${DAYS_MAX} días: ¿son las columnas lo que dice su encabezado?`,
      })
    }
  }

  #seeRepeat(date: string, key: string): void {
    if (this.#today.date !== date) this.#today = { date, keys: new Set() }
    // A day holds each area some times at most; a larger set only comes of repeats that no person wrote.
    else if (this.#today.keys.has(key)) this.#repeated++
    if (this.#today.keys.size < AREAS_MAX * 4) this.#today.keys.add(key)
  }

  result(): HeatResult {
    const days = [...this.#days.keys()].sort()
    const perDay = [...this.#days.values()].map(countBits)
    const { readings, extent } = this.#temp.result()
    const index = this.#index.result()
    return {
      figures: {
        form: this.#form,
        readings,
        days: days.length,
        firstDay: days[0] ?? null,
        lastDay: days.at(-1) ?? null,
        units: this.#units.size,
        areas: this.#form === 'sb1r56' ? null : this.#areas.size,
        perDay: {
          min: perDay.reduce((least, count) => Math.min(least, count), perDay[0] ?? 0),
          max: perDay.reduce((most, count) => Math.max(most, count), 0),
          missing: perDay.reduce((missing, count) => missing + this.#areas.size - count, 0),
        },
        tempF: {
          ...extent,
          above83: this.#temp.above(83),
          atLeast85: this.#temp.atLeast(85),
          atLeast95: this.#temp.atLeast(95),
        },
        indexF:
          this.#form === 'sb1r56'
            ? null
            : {
                ...index.extent,
                readings: index.readings,
                atLeast90: this.#index.atLeast(90),
                atLeast103: this.#index.atLeast(103),
              },
        blank: this.#blank,
        repeated: this.#repeated,
        unreadable: this.#unreadable,
      },
      problems: this.#problems,
    }
  }
}

/** 83 and 95 °F: Texas' own reports; 85 °F: Texas county jails and North Carolina; index 90 and 103: NWS bands. */
const HEAT_LIMITS_F = [83, 85, 90, 95, 103] as const
type HeatLimit = (typeof HEAT_LIMITS_F)[number]

/** Ten-thousandths: a sum of a million million degrees is still exact. */
const SCALE = 10_000

/** Count, extent, exact sum and counts above limits of numbers with at most four decimals. */
class Tally {
  readonly #range: { readonly min: number; readonly max: number }
  #readings = 0
  #sum = 0
  #min = Number.POSITIVE_INFINITY
  #max = Number.NEGATIVE_INFINITY
  readonly #above = new Map(HEAT_LIMITS_F.map((limit) => [limit, { above: 0, atLeast: 0 }]))

  constructor(range: { readonly min: number; readonly max: number }) {
    this.#range = range
  }

  /** Ten-thousandths of a degree; undefined where the cell is empty. */
  find(text: string): number | undefined | 'unreadable' {
    if (text === '') return undefined
    if (!/^-?\d{1,6}(\.\d{1,4})?$/.test(text)) return 'unreadable'
    const value = Math.round(Number(text) * SCALE)
    return value < this.#range.min * SCALE || value > this.#range.max * SCALE ? 'unreadable' : value
  }

  add(value: number): void {
    this.#readings++
    this.#sum += value
    this.#min = Math.min(this.#min, value)
    this.#max = Math.max(this.#max, value)
    for (const [limit, counts] of this.#above) {
      if (value > limit * SCALE) counts.above++
      if (value >= limit * SCALE) counts.atLeast++
    }
  }

  above = (limit: HeatLimit): number => this.#above.get(limit)?.above ?? 0
  atLeast = (limit: HeatLimit): number => this.#above.get(limit)?.atLeast ?? 0

  result(): { readings: number; extent: Extent } {
    const isEmpty = this.#readings === 0
    const [min, max] = isEmpty ? [null, null] : [this.#min / SCALE, this.#max / SCALE]
    return { readings: this.#readings, extent: { min, max, sum: this.#sum / SCALE } }
  }
}

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return false
  }
}

function withSize(bits: Uint8Array, size: number): Uint8Array {
  const grown = new Uint8Array(size)
  grown.set(bits)
  return grown
}

function countBits(bits: Uint8Array): number {
  let count = 0
  for (let byte of bits) for (; byte !== 0; byte &= byte - 1) count++
  return count
}
