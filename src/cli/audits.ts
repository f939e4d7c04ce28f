import { randomId } from '../kernel/ids.ts'
import { audit } from '../record/audit.ts'
import { findFalseCosignatures } from '../record/heads.ts'
import { logVerifierKeys } from '../signer/client.ts'
import { entryCount, type House } from './house.ts'
import type { Audit } from './record-contract.ts'

type Running = { -readonly [K in keyof Audit]: Audit[K] }

/** Shown of one audit; the rest is in `habeas audit --json`. */
const PROBLEMS_SHOWN = 200
const KEPT_MAX = 20

/** Audits of the whole record in the background, one at a time; the last ones are remembered until the server ends. */
export class Audits {
  readonly #house: House
  readonly #audits: Running[] = []
  #work: Promise<void> | undefined

  constructor(house: House) {
    this.#house = house
  }

  /** Undefined while another one runs. */
  async start(): Promise<Audit | undefined> {
    if (this.#audits.some(({ state }) => state === 'running')) return undefined
    const running: Running = {
      id: randomId(),
      state: 'running',
      began: this.#now(),
      ended: null,
      checked: 0,
      of: 0,
      checkpoints: null,
      problems: [],
    }
    this.#audits.unshift(running)
    this.#audits.length = Math.min(this.#audits.length, KEPT_MAX)
    running.of = await entryCount(this.#house.database)
    this.#work = this.#run(running)
    return running
  }

  find(id: string): Audit | undefined {
    return this.#audits.find((one) => one.id === id)
  }

  list(): readonly Audit[] {
    return this.#audits
  }

  /** Resolves when none runs any more. */
  async settled(): Promise<void> {
    await this.#work
  }

  #now(): string {
    return this.#house.clock.now().toString({ smallestUnit: 'millisecond' })
  }

  async #run(running: Running): Promise<void> {
    const { record, database, config, signerKeys, trustPolicy, log } = this.#house
    try {
      await this.#house.settle()
      const keys = logVerifierKeys(config.origin, signerKeys)
      const checked = await audit(record, database, keys, (entries) => {
        running.checked = entries
      })
      const lines = await findFalseCosignatures(database, await trustPolicy.get())
      running.checked = checked.entries
      running.of = checked.entries
      running.checkpoints = checked.checkpoints
      running.problems = [
        ...checked.problems.map(({ what, index, entry, details }) => ({
          what,
          index: index ?? null,
          entry: entry ?? null,
          details: details ?? null,
        })),
        ...lines.map(({ size, witness }) => ({
          what: 'cosignature-false',
          index: size,
          entry: null,
          details: witness,
        })),
      ].slice(0, PROBLEMS_SHOWN)
      running.state = 'done'
    } catch (error) {
      log.error('an audit did not come to its end', { error })
      running.state = 'failed'
    }
    running.ended = this.#now()
  }
}
