import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock, Sql } from '../kernel/ports.ts'
import { cosignedCheckpoint, findBestHead, type Head, unwitnessedSince } from '../record/heads.ts'
import type { WitnessReport } from '../record/witness-client.ts'
import { WitnessRounds } from '../record/witness-rounds.ts'
import type { Log } from './logs.ts'
import type { TrustPolicy } from './trust-policy.ts'
import { makeWitnessPost } from './witness-http.ts'

export type WitnessesOptions = {
  readonly database: Sql
  readonly clock: Clock
  readonly trustPolicy: TrustPolicy
  readonly log: Log
  readonly intervalMs?: number
}

/** Ours: so long a paper waits for the witnesses. What they say later is kept for the next one. */
const PAPER_WAIT_MS = 3_000

/** The witnesses of a running instance: asks them, and says what to show and what is missing. */
export class Witnesses {
  readonly #options: WitnessesOptions
  readonly #rounds: WitnessRounds

  constructor(options: WitnessesOptions) {
    this.#options = options
    const { database, clock, trustPolicy, log, intervalMs } = options
    this.#rounds = new WitnessRounds({
      sql: database,
      clock,
      post: makeWitnessPost(),
      policy: () => trustPolicy.get(),
      ...(intervalMs !== undefined && { intervalMs }),
      onChange: (report) => logReport(log, report),
      onFault: (error) => log.error('the witnesses could not be asked', { error }),
    })
  }

  /** Begins the rounds. A process that only joins an instance leaves them to the one that runs it. */
  start(): void {
    this.#rounds.start()
  }

  stop(): Promise<void> {
    return this.#rounds.stop()
  }

  /** Asks all of them now. */
  ask(): Promise<WitnessReport[]> {
    return this.#rounds.ask()
  }

  /** The head for a receipt of entries up to so many: nobody is asked, or strangers could have us ask without end. */
  async knownHead(minSize: number): Promise<Head | undefined> {
    const { database, trustPolicy } = this.#options
    return findBestHead(database, await trustPolicy.get(), minSize)
  }

  /** The head for a paper that covers so many entries, asked for at once if need be: `ReturnHouse.bestHead`. */
  async bestHead(minSize: number): Promise<Head | undefined> {
    const { database, trustPolicy } = this.#options
    const waited = new AbortController()
    const askAwhile = () =>
      Promise.race([
        this.#rounds.ask(),
        sleep(PAPER_WAIT_MS, undefined, { signal: waited.signal }).catch(() => undefined),
      ])
    try {
      return await findBestHead(database, await trustPolicy.get(), minSize, askAwhile)
    } finally {
      waited.abort()
    }
  }

  /** What `/log/checkpoint` shows. */
  async checkpoint(): Promise<string | undefined> {
    const { database, trustPolicy, clock } = this.#options
    return cosignedCheckpoint(database, await trustPolicy.get(), clock.now())
  }

  /** What the rules about the house need to know (`dueActs`). */
  async standing(): Promise<{
    readonly unwitnessedSince: string | undefined
    readonly contradictedBy: readonly { readonly witness: string; readonly since: string }[]
  }> {
    const { database, trustPolicy, clock } = this.#options
    return {
      unwitnessedSince: await unwitnessedSince(database, await trustPolicy.get(), clock.now()),
      contradictedBy: await this.#rounds.contradictions(),
    }
  }
}

function logReport(log: Log, report: WitnessReport): void {
  const { witness, size } = report
  if (report.outcome === 'cosigned' || report.outcome === 'known') log.info('a witness cosigns', { witness, size })
  else {
    const code = report.outcome === 'refused' ? report.reason : 'silent'
    log.warn('a witness does not cosign', { witness, size, code })
  }
}
