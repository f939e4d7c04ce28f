import { loadavg } from 'node:os'
import bars from './bars.json' with { type: 'json' }

/**
 * One line of `npm run bench` (DESIGN.md §6). `value` and `yardstickValue` are medians over the rounds, `p25` and `p75`
 * are of `value`; `ratio` is the median of the rounds' own ratios, because what disturbs a round disturbs both halves.
 * A figure that is only reported has neither `bar` nor `holds`; without a yardstick, no ratio either.
 */
export type Figure = {
  readonly name: string
  readonly value: number
  readonly unit: string
  readonly yardstick: string | null
  readonly yardstickValue: number | null
  /** Rounds. */
  readonly n: number
  readonly p25: number
  readonly p75: number
  readonly ratio: number | null
  readonly bar?: number
  readonly holds?: boolean
  /** Entries in the record when the figure was taken. */
  readonly rows: number
  /** Load average of the last minute: what else this machine was doing. */
  readonly load: number
  /** One row, one connection, this disk. Ratios of two machines cannot be compared without it. */
  readonly commitMs: number
}

type Bar = { readonly atMost: number } | { readonly atLeast: number }
type BarName = keyof typeof bars

/** A measured round: ours, and the yardstick's where there is one, in the same unit. */
export type Round = { readonly value: number; readonly yardstick?: number }

export type Measured = {
  readonly name: string
  readonly unit: string
  readonly yardstick?: string
  readonly rounds: readonly Round[]
  readonly rows: number
  readonly commitMs: number
}

/** The only place where a figure meets its bar. */
export function figureOf({ name, unit, yardstick, rounds, rows, commitMs }: Measured): Figure {
  const values = rounds.map((round) => round.value)
  const measured = rounds.flatMap((round) => round.yardstick ?? [])
  const ratios = rounds.flatMap(({ value, yardstick: other }) => (other === undefined ? [] : value / other))
  const ratio = ratios.length > 0 ? round4(quantile(ratios, 0.5)) : null
  const bar = (bars as Record<string, Bar>)[name as BarName]
  return {
    name,
    value: round4(quantile(values, 0.5)),
    unit,
    yardstick: yardstick ?? null,
    yardstickValue: measured.length > 0 ? round4(quantile(measured, 0.5)) : null,
    n: rounds.length,
    p25: round4(quantile(values, 0.25)),
    p75: round4(quantile(values, 0.75)),
    ratio,
    ...(bar !== undefined && ratio !== null && barOf(bar, ratio)),
    rows,
    load: round4(loadavg()[0] as number),
    commitMs: round4(commitMs),
  }
}

const barOf = (bar: Bar, ratio: number) =>
  'atMost' in bar ? { bar: bar.atMost, holds: ratio <= bar.atMost } : { bar: bar.atLeast, holds: ratio >= bar.atLeast }

/** Linear between the two nearest. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (sorted.length - 1) * share
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]] as [number, number]
  return below + (above - below) * (at - Math.floor(at))
}

const round4 = (value: number): number => Number(value.toPrecision(4))

export function print(measured: Measured): void {
  process.stdout.write(`${JSON.stringify(figureOf(measured))}\n`)
}

/** Milliseconds that the work takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  await work()
  return performance.now() - begin
}
