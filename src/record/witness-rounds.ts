import type { Policy } from './policy.ts'
import { askStation, stationsOf, type WitnessContext, type WitnessReport } from './witness-client.ts'

export type WitnessRoundsOptions = WitnessContext & {
  /** Read anew for each round: a witness may be added while the instance runs. */
  readonly policy: () => Promise<Policy>
  /** From the end of a round to the next. Ours: a minute. */
  readonly intervalMs?: number
  /** Every report that differs from the same witness's last one: first good, first silent, first refused. */
  readonly onChange?: (report: WitnessReport) => void
  /** A round that could not be held: policy unreadable, database away. */
  readonly onFault?: (error: unknown) => void
}

const INTERVAL_MS = 60_000

/** Asks all witnesses about once a minute, sooner on demand; one round at a time, all witnesses of a round at once. */
export class WitnessRounds {
  /** The last report of each witness. */
  readonly standing = new Map<string, WitnessReport>()
  readonly #options: WitnessRoundsOptions
  readonly #contradictions = new Map<string, string>()
  #running: Promise<WitnessReport[]> | undefined
  #next: Promise<WitnessReport[]> | undefined
  #timer: NodeJS.Timeout | undefined
  #isStopped = true

  constructor(options: WitnessRoundsOptions) {
    this.#options = options
  }

  start(): void {
    this.#isStopped = false
    this.#schedule(0)
  }

  /** Resolves when the round in progress has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true
    clearTimeout(this.#timer)
    await Promise.allSettled([this.#running, this.#next])
  }

  /** Asks all witnesses about the head that is signed now. A witness that fails is a report, never an error. */
  ask(): Promise<WitnessReport[]> {
    if (this.#running === undefined) return this.#round()
    // The round in progress may have begun with an older head: one more answers all who wait.
    this.#next ??= this.#running
      .catch(() => [])
      .then(() => {
        this.#next = undefined
        return this.#round()
      })
    return this.#next
  }

  /**
   * The witnesses whose last word was that this log is an older copy or another tree, and since when. Waits for the
   * first round. A witness that falls silent afterwards has not taken its word back; one that cosigns has.
   */
  async contradictions(): Promise<{ readonly witness: string; readonly since: string }[]> {
    if (this.standing.size === 0) await this.ask()
    return [...this.#contradictions].map(([witness, since]) => ({ witness, since }))
  }

  #schedule(delayMs: number): void {
    if (this.#isStopped) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.ask().catch((error: unknown) => this.#options.onFault?.(error)) // the next round tries again
    }, delayMs)
    this.#timer.unref()
  }

  #round(): Promise<WitnessReport[]> {
    clearTimeout(this.#timer)
    this.#running = this.#hold().finally(() => {
      this.#running = undefined
      this.#schedule(this.#options.intervalMs ?? INTERVAL_MS)
    })
    return this.#running
  }

  async #hold(): Promise<WitnessReport[]> {
    const stations = stationsOf(await this.#options.policy())
    const reports = await Promise.all(stations.map((station) => askStation(this.#options, station)))
    const given = reports.filter((report) => report !== undefined)
    for (const report of given) {
      const before = this.standing.get(report.witness)
      this.standing.set(report.witness, report)
      this.#noteContradiction(report)
      if (before === undefined || kindOf(before) !== kindOf(report)) this.#options.onChange?.(report)
    }
    return given
  }

  #noteContradiction(report: WitnessReport): void {
    if (report.outcome === 'refused' && (report.reason === 'fork' || report.reason === 'ahead')) {
      const known = this.#contradictions.get(report.witness)
      this.#contradictions.set(report.witness, known ?? this.#options.clock.now().toString())
    } else if (report.outcome === 'cosigned' || report.outcome === 'known') this.#contradictions.delete(report.witness)
  }
}

const kindOf = (report: WitnessReport): string =>
  report.outcome === 'refused' ? report.reason : report.outcome === 'silent' ? 'silent' : 'good'
