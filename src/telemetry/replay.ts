/**
 * Replays a prison's sensor history through the rules of the gateway and counts what it finds; `habeas conformance
 * sensors` prints it. A history has no time of receipt: each reading is taken as received when it was measured.
 */
import { type FileLine, readFileLines } from '../kernel/file-lines.ts'
import {
  EXPECTED_INTERVAL_MS,
  findHeader,
  type HistoryForm,
  type HistoryHeader,
  type HistoryRow,
  noHistory,
  readRow,
  TITLE_LINES_MAX,
} from './history.ts'
import { judgeReading, NEW_SENSOR, QUALITIES, type Quality, type Reason, SILENT_AFTER_INTERVALS } from './quality.ts'
import { findRules, type SensorKindName, type SensorRules } from './sensor-kinds.ts'

type Range = { readonly min: number | null; readonly max: number | null }

export type SeriesFigures = {
  readonly kind: SensorKindName
  /** Rows whose cell holds no number; they are `bad`. */
  readonly blank: number
  readonly valueF: Range
  /** Among readings that we call good. */
  readonly goodF: Range
  readonly quality: Readonly<Record<Quality, number>>
  readonly reasons: Readonly<Partial<Record<Reason, number>>>
}

export type SensorFigures = SeriesFigures & {
  readonly form: HistoryForm
  /** Rows. The series of the room stands here, that of supply air below. */
  readonly readings: number
  /** How many the source calls ok, and each other set of words of its; null in the form without. */
  readonly ok: number | null
  readonly states: Readonly<Record<string, number>> | null
  /** Among readings that the source calls ok. */
  readonly okF: Range | null
  readonly outside0To120F: number
  readonly below0F: number
  readonly firstAt: string | null
  readonly lastAt: string | null
  /** Between the times of rows that follow each other. `silences`: longer than three expected intervals. */
  readonly gaps: {
    readonly largestHours: number
    readonly largestAfter: string | null
    readonly overOneHour: number
    readonly silences: number
  }
  readonly supply: SeriesFigures | null
  /** Lines that are no row. They are in no other figure. */
  readonly unreadable: number
}

export type ReplayResult = { readonly figures: SensorFigures; readonly problems: readonly string[] }

/** Reads a history, plain or gzip. Throws `InputUnreadable` where it has no known header. */
export async function replayHistory(file: string): Promise<ReplayResult> {
  let replay: Replay | undefined
  let first: string | undefined
  for await (const lines of readFileLines(file)) {
    for (const line of lines) {
      if (replay !== undefined) {
        replay.read(line)
        continue
      }
      first ??= line.text ?? ''
      const header = findHeader(line.text ?? '')
      if (header !== undefined) replay = new Replay(header)
      else if (line.number >= TITLE_LINES_MAX) throw noHistory(first)
    }
  }
  if (replay === undefined) throw noHistory(first ?? '')
  return replay.result()
}

const HOUR_MS = 3_600_000

class Replay {
  readonly #header: HistoryHeader
  readonly #room: Series
  readonly #supply: Series | undefined
  #readings = 0
  #outside = 0
  #below = 0
  #ok = 0
  readonly #states: Record<string, number> = {}
  readonly #okExtent = new Extent()
  #firstMs: number | undefined
  #lastMs: number | undefined
  #gap = { ms: 0, afterMs: undefined as number | undefined }
  #gapsOverHour = 0
  #silences = 0
  #unreadable = 0
  readonly #problems: string[] = []

  constructor(header: HistoryHeader) {
    this.#header = header
    this.#room = new Series('air-temperature', EXPECTED_INTERVAL_MS[header.form])
    if (header.form === 'two-values' && header.width === 3) {
      this.#supply = new Series('supply-air-temperature', EXPECTED_INTERVAL_MS[header.form])
    }
  }

  read({ number, text }: FileLine): void {
    if (text?.trim() === '') return
    const row = text === undefined ? 'too long, or no UTF-8' : readRow(this.#header, text)
    if (typeof row !== 'string') {
      this.#take(row)
      return
    }
    this.#unreadable++
    if (this.#problems.length < 100) this.#problems.push(`line ${number}: ${row}`)
  }

  #take(row: HistoryRow): void {
    const [room, supply] = row.values
    this.#readings++
    this.#seeTime(row.atMs)
    this.#room.take(row, room)
    this.#supply?.take(row, supply)
    if (room !== undefined && (room < 0 || room > 120)) this.#outside++
    if (room !== undefined && room < 0) this.#below++
    if (row.status === undefined) return
    this.#states[row.status] = (this.#states[row.status] ?? 0) + 1
    if (row.status !== 'ok') return
    this.#ok++
    this.#okExtent.add(room)
  }

  #seeTime(atMs: number): void {
    if (this.#lastMs !== undefined) {
      const gapMs = atMs - this.#lastMs
      if (gapMs > HOUR_MS) this.#gapsOverHour++
      if (gapMs > SILENT_AFTER_INTERVALS * EXPECTED_INTERVAL_MS[this.#header.form]) this.#silences++
      if (gapMs > this.#gap.ms) this.#gap = { ms: gapMs, afterMs: this.#lastMs }
    }
    this.#firstMs = Math.min(this.#firstMs ?? atMs, atMs)
    this.#lastMs = Math.max(this.#lastMs ?? atMs, atMs)
  }

  result(): ReplayResult {
    const hasStatus = this.#header.form === 'with-status'
    return {
      figures: {
        form: this.#header.form,
        readings: this.#readings,
        ok: hasStatus ? this.#ok : null,
        states: hasStatus ? this.#states : null,
        okF: hasStatus ? this.#okExtent.range() : null,
        ...this.#room.figures(),
        outside0To120F: this.#outside,
        below0F: this.#below,
        firstAt: instantText(this.#firstMs),
        lastAt: instantText(this.#lastMs),
        gaps: {
          largestHours: Math.round((this.#gap.ms / HOUR_MS) * 1_000) / 1_000,
          largestAfter: instantText(this.#gap.afterMs),
          overOneHour: this.#gapsOverHour,
          silences: this.#silences,
        },
        supply: this.#supply?.figures() ?? null,
        unreadable: this.#unreadable,
      },
      problems: this.#problems,
    }
  }
}

const instantText = (ms: number | undefined): string | null =>
  ms === undefined ? null : Temporal.Instant.fromEpochMilliseconds(ms).toString()

/** One sensor's readings through the rules. */
class Series {
  readonly #kind: SensorKindName
  readonly #rules: SensorRules
  #state = NEW_SENSOR
  #blank = 0
  readonly #extent = new Extent()
  readonly #goodExtent = new Extent()
  readonly #quality = Object.fromEntries(Object.keys(QUALITIES).map((name) => [name, 0])) as Record<Quality, number>
  readonly #reasons: Partial<Record<Reason, number>> = {}

  constructor(kind: SensorKindName, expectedIntervalMs: number) {
    const rules = findRules({ kind, unit: '[degF]', expectedIntervalMs })
    if (rules === undefined) throw new Error(`${kind} is not measured in °F`)
    this.#kind = kind
    this.#rules = rules
  }

  take({ atMs, states }: HistoryRow, value: number | undefined): void {
    const { state, quality, reason } = judgeReading(this.#rules, this.#state, { atMs, value, states }, atMs)
    this.#state = state
    this.#quality[quality]++
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1
    if (value === undefined) this.#blank++
    this.#extent.add(value)
    if (quality === 'good') this.#goodExtent.add(value)
  }

  figures(): SeriesFigures {
    return {
      kind: this.#kind,
      blank: this.#blank,
      valueF: this.#extent.range(),
      goodF: this.#goodExtent.range(),
      quality: this.#quality,
      reasons: this.#reasons,
    }
  }
}

class Extent {
  #min: number | null = null
  #max: number | null = null

  add(value: number | undefined): void {
    if (value === undefined) return
    this.#min = Math.min(this.#min ?? value, value)
    this.#max = Math.max(this.#max ?? value, value)
  }

  range(): Range {
    return { min: this.#min, max: this.#max }
  }
}
