import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../kernel/ports.ts'
import type { Log } from '../platform/logs.ts'

/** What stands in the way of signing, for the health endpoint. */
export type Standing = {
  /** Since when the signer has not answered. Facts are recorded all the same; promises and checkpoints wait. */
  signerSilentSince?: string
  /** The tree is not what was signed. Nothing is signed any more until somebody has looked and restarted. */
  stopped?: { readonly code: 'TreeBroken' | 'CheckpointRefused'; readonly since: string }
}

export type KeeperOptions = {
  /** Gives waiting entries their places; resolves to how many. */
  readonly pass: () => Promise<number>
  /** Has the committed tree signed; resolves to its size. */
  readonly sign: () => Promise<number>
  /** Resolves when the signer answers. */
  readonly ping: () => Promise<unknown>
  readonly intervalMs: number
  readonly clock: Clock
  readonly log: Log
}

const stops: ReadonlySet<string> = new Set(['TreeBroken', 'CheckpointRefused'])

/**
 * Keeps the tree: places what waits and has the head signed, once an interval, sooner when nudged after a quiet time,
 * never two at once. A fault is logged and tried again; a tree that differs from what was signed stops it for good.
 */
export class Keeper {
  readonly standing: Standing = {}
  readonly #options: KeeperOptions
  #running: Promise<number> | undefined
  #again: Promise<number> | undefined
  #timer: NodeJS.Timeout | undefined
  #lastRun = Number.NEGATIVE_INFINITY
  #isClosed = false
  #lastFault: string | undefined

  constructor(options: KeeperOptions) {
    this.#options = options
  }

  start(): void {
    this.#schedule(this.#options.intervalMs)
  }

  /** Something was appended: no need to wait for the tick, unless the last run was just now. */
  nudge(): void {
    if (this.#running) return
    this.#schedule(Math.max(0, this.#lastRun + this.#options.intervalMs - performance.now()))
  }

  /**
   * Resolves when everything that was committed before the call is in a signed tree, to the size signed.
   * @throws SignerUnavailable, TreeBroken, CheckpointRefused, DatabaseUnavailable
   */
  settle(): Promise<number> {
    if (!this.#running) return this.#run()
    // What runs may have looked before the caller's commit: one more run answers all who wait.
    this.#again ??= this.#running
      .catch(() => 0)
      .then(() => {
        this.#again = undefined
        return this.#run()
      })
    return this.#again
  }

  async stop(): Promise<void> {
    this.#isClosed = true
    clearTimeout(this.#timer)
    await Promise.allSettled([this.#running, this.#again])
  }

  #schedule(delayMs: number): void {
    if (this.#isClosed) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      if (this.#running) return
      // What goes wrong was logged and stands in `standing`; the next tick tries again.
      this.#run().catch(() => undefined)
    }, delayMs)
    this.#timer.unref()
  }

  #run(): Promise<number> {
    clearTimeout(this.#timer)
    this.#running = this.#work().finally(() => {
      this.#running = undefined
      this.#lastRun = performance.now()
      this.#schedule(this.#options.intervalMs)
    })
    return this.#running
  }

  async #work(): Promise<number> {
    const { pass, sign, ping, clock, log } = this.#options
    try {
      await pass()
      if (this.standing.stopped)
        throw Object.assign(new Error('the tree is not what was signed'), { name: this.standing.stopped.code })
      const size = await sign()
      if (this.standing.signerSilentSince !== undefined) {
        await ping()
        delete this.standing.signerSilentSince
        log.info('the signer answers again')
      }
      this.#lastFault = undefined
      return size
    } catch (error) {
      const name = error instanceof Error ? error.name : 'Error'
      const since = clock.now().toString()
      if (stops.has(name)) this.standing.stopped ??= { code: name as 'TreeBroken', since }
      if (name === 'SignerUnavailable') this.standing.signerSilentSince ??= since
      // Once a kind: a signer that stays away must not fill the disk.
      if (this.#lastFault !== name) log.error('the tree could not be signed', { error, code: name })
      this.#lastFault = name
      throw error
    }
  }
}

/** For a guest: waits until the process that runs the instance has signed a tree of at least `size`. */
export async function untilSigned(signedSize: () => Promise<number>, size: number, timeoutMs: number): Promise<number> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const signed = await signedSize()
    if (signed >= size) return signed
    if (performance.now() > deadline) {
      throw Object.assign(new Error(`No checkpoint of size ${size} was signed within ${timeoutMs / 1000} s.`), {
        name: 'SignerUnavailable',
      })
    }
    await sleep(20)
  }
}
