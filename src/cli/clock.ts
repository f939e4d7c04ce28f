import type { Act } from '../kernel/act.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { isAway } from '../platform/http/problems.ts'
import type { Outcome } from '../record/runner.ts'
import type { House } from './house.ts'

/** Ours: how long after its instant something that begins by time alone is entered. By query it is true at once. */
export const CLOCK_INTERVAL_MS = 5_000

const BULK_FROM = 200
const BULK_ACTS = 2_000

/** What is due at an instant, as acts whose ids follow from what they say: submitting them twice changes nothing. */
export type Due = (house: House, at: string) => Promise<readonly Act[]>

/** What is tidied by time alone and is no act. */
export type Chore = (house: House, now: Temporal.Instant) => Promise<void>
const CHORE_HOURS = 1

/** The service `clock`: enters what began by time alone, each interval and once when asked. Never two at once. */
export class ServiceClock {
  readonly #house: House
  readonly #due: Due
  readonly #chore: Chore
  #choreAt: Temporal.Instant | undefined
  #running: Promise<number> | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(house: House, due: Due, chore: Chore = async () => undefined) {
    this.#house = house
    this.#due = due
    this.#chore = chore
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.tick().catch((error: unknown) => {
        // A database that is away is said by the health endpoint; the next tick tries again.
        if (!isAway(error)) this.#house.log.error('the clock could not enter what is due', { error, service: 'clock' })
      })
    }, CLOCK_INTERVAL_MS)
    this.#timer.unref()
  }

  /** Enters what is due now; resolves to how many entries that made. */
  tick(): Promise<number> {
    this.#running ??= this.#enter().finally(() => {
      this.#running = undefined
    })
    return this.#running
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#running?.catch(() => undefined)
  }

  async #enter(): Promise<number> {
    const { clock, log } = this.#house
    const due = await this.#due(this.#house, clock.now().toString())
    const outcomes: Outcome[] = []
    for (let at = 0; at < due.length; at += BULK_ACTS) {
      outcomes.push(...(await this.#submit(due.slice(at, at + BULK_ACTS))))
    }
    await this.#tidy()
    const refused = outcomes.filter(isRefusal)
    const [first] = refused
    if (first) log.warn('what is due was refused', { code: first.code, count: refused.length, service: 'clock' })
    return outcomes.filter((outcome) => !isRefusal(outcome) && !outcome.repeated).length
  }

  /** Once an hour. A clock that was set back does not hold it up. */
  async #tidy(): Promise<void> {
    const now = this.#house.clock.now()
    const next = this.#choreAt?.add({ hours: CHORE_HOURS })
    if (next && Temporal.Instant.compare(now, next) < 0 && Temporal.Instant.compare(now, this.#choreAt ?? now) >= 0)
      return
    await this.#chore(this.#house, now)
    this.#choreAt = now
  }

  /** Few one by one; many, as after an import, in one transaction, and one by one where that is refused. */
  async #submit(due: readonly Act[]): Promise<Outcome[]> {
    if (due.length > BULK_FROM) {
      const together = await this.#house.appendBulk(due)
      if (!together.some(isRefusal)) return together
    }
    return Promise.all(due.map((act) => this.#house.runner.submit(act)))
  }
}
