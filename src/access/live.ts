import type { ServerResponse } from 'node:http'
import { setImmediate as breathe } from 'node:timers/promises'

export type LiveOptions = {
  /** How many entries have a place: asked once an interval while anybody listens, by an index. */
  readonly size: () => Promise<number>
  /** What the status strip shows of a facility, or of all, to one group. */
  readonly status: (facility: string | undefined, group: string) => Promise<object>
  /** How many custodies of it the entries `from` to `to` are about. */
  readonly changed: (facility: string | undefined, from: number, to: number) => Promise<number>
  /** What went wrong; the listeners stay and are told later. */
  readonly onFault: (error: unknown) => void
  readonly intervalMs?: number
  readonly heartbeatMs?: number
}

type Listener = { readonly response: ServerResponse; readonly stillMay: () => Promise<boolean> }
/** Those who see the same: one reading, one buffer for all of them. */
type Group = {
  readonly name: string
  readonly facility: string | undefined
  readonly listeners: Set<Listener>
  /** The newest `status`, for who joins; and its text without `at`, to tell whether anything changed. */
  newest: Buffer | undefined
  told: string
  readAt: number
}

/** Whoever lets so much pile up is not reading: they are let go, and come back when they are. */
const PILE_MAX_BYTES = 64 * 1024
/** Time alone ends orders: the status is read again though nothing was entered. */
const REREAD_MS = 15_000
const HEARTBEAT = Buffer.from(':\n\n')

/**
 * Server-sent events to everybody who watches. While anybody listens one look-up a second says whether the record has
 * grown, whichever process made it grow; a group's status is then read once, and one buffer goes to all its listeners.
 */
export class Live {
  readonly #options: LiveOptions
  readonly #groups = new Map<string, Group>()
  #timer: NodeJS.Timeout | undefined
  #heartbeat: NodeJS.Timeout | undefined
  #size: number | undefined
  #isClosed = false

  constructor(options: LiveOptions) {
    this.#options = options
  }

  /** How many listen. */
  get listeners(): number {
    let sum = 0
    for (const { listeners } of this.#groups.values()) sum += listeners.size
    return sum
  }

  /**
   * Takes a response over. `group` names those who see the same; `stillMay` is asked at each heartbeat whether the
   * listener is still signed in and permitted.
   */
  join(group: string, facility: string | undefined, response: ServerResponse, stillMay: () => Promise<boolean>): void {
    if (this.#isClosed) {
      response.end()
      return
    }
    const key = `${group} ${facility ?? ''}`
    const own = this.#groups.get(key) ?? {
      name: group,
      facility,
      listeners: new Set(),
      newest: undefined,
      told: '',
      readAt: 0,
    }
    this.#groups.set(key, own)
    const listener = { response, stillMay }
    own.listeners.add(listener)
    response.once('close', () => {
      own.listeners.delete(listener)
      if (own.listeners.size === 0) this.#groups.delete(key)
      if (this.#groups.size === 0) this.#rest()
    })
    // A browser that lost us comes back after so long.
    response.write('retry: 3000\n\n')
    if (own.newest) response.write(own.newest)
    this.#wake()
  }

  /** Ends every answer. */
  close(): void {
    this.#isClosed = true
    this.#rest()
    for (const { listeners } of this.#groups.values()) for (const { response } of listeners) response.end()
  }

  #wake(): void {
    if (this.#timer || this.#isClosed) return
    const { intervalMs = 1_000, heartbeatMs = 15_000 } = this.#options
    this.#heartbeat = setInterval(() => void this.#beat(), heartbeatMs)
    this.#heartbeat.unref()
    const tick = () => {
      // The next one only after this one: a slow database must not be asked twice.
      void this.#look().finally(() => {
        if (this.#timer) this.#timer = setTimeout(tick, intervalMs).unref()
      })
    }
    this.#timer = setTimeout(tick, 0).unref()
  }

  #rest(): void {
    clearTimeout(this.#timer)
    clearInterval(this.#heartbeat)
    this.#timer = undefined
    this.#heartbeat = undefined
    this.#size = undefined
  }

  async #look(): Promise<void> {
    try {
      const before = this.#size
      const size = await this.#options.size()
      this.#size = size
      const grown = before !== undefined && size > before
      await Promise.all([...this.#groups.values()].map((group) => this.#tell(group, grown ? before : undefined, size)))
    } catch (error) {
      this.#options.onFault(error)
    }
  }

  async #tell(group: Group, from: number | undefined, to: number): Promise<void> {
    const now = performance.now()
    if (from === undefined && group.newest !== undefined && now - group.readAt < REREAD_MS) return
    group.readAt = now
    const [status, custodies] = await Promise.all([
      this.#options.status(group.facility, group.name),
      from === undefined ? 0 : this.#options.changed(group.facility, from, to),
    ])
    const pieces: Buffer[] = []
    const told = JSON.stringify({ ...status, at: undefined })
    if (told !== group.told) {
      group.told = told
      group.newest = eventOf('status', status)
      pieces.push(group.newest)
    }
    if (custodies > 0) pieces.push(eventOf('changed', { custodies }))
    if (pieces.length > 0) await send(group, pieces.length === 1 ? (pieces[0] as Buffer) : Buffer.concat(pieces))
  }

  async #beat(): Promise<void> {
    for (const group of [...this.#groups.values()]) {
      for (const listener of [...group.listeners]) {
        if (await this.#may(listener)) write(listener, HEARTBEAT)
        else listener.response.end()
      }
    }
  }

  async #may({ stillMay }: Listener): Promise<boolean> {
    try {
      return await stillMay()
    } catch (error) {
      // While nobody can say, nobody is thrown out; the next heartbeat asks again.
      this.#options.onFault(error)
      return true
    }
  }
}

const eventOf = (event: string, data: object): Buffer =>
  Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)

/** So many at a time: between them acts that came meanwhile go on. */
const TOGETHER = 20

async function send({ listeners }: Group, piece: Buffer): Promise<void> {
  const all = [...listeners]
  for (const [i, listener] of all.entries()) {
    if (i > 0 && i % TOGETHER === 0) await breathe()
    if (listeners.has(listener)) write(listener, piece)
  }
}

function write({ response }: Listener, piece: Buffer): void {
  if (response.writableLength > PILE_MAX_BYTES) response.destroy()
  else response.write(piece)
}
