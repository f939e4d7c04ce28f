// A wire between our clients and PostgreSQL that can be cut at a chosen statement, or damaged at a chosen byte.
// Protocol 3.0: https://www.postgresql.org/docs/18/protocol-message-formats.html
import { mkdtemp, rm } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'

/**
 * Where the wire is cut: before the `at`-th statement reaches the server, or after the server has answered it and
 * before we hear of it. Statements are counted from 1 over all connections, in the order in which they arrive.
 */
export type Cut = { readonly at: number; readonly side: 'before' | 'after' }

/** A fault in the stream of bytes of one direction, at an offset from the moment when it was armed. */
export type ByteFault = {
  readonly from: 'client' | 'server'
  readonly atByte: number
  readonly what: 'cut' | 'delay' | 'duplicate'
  /** How long the rest is held back. */
  readonly delayMs?: number
  /** How many bytes are sent twice. */
  readonly bytes?: number
}

export type WireOptions = {
  readonly cut?: Cut
  /** Told when the cut was made, with the statement at which it was. */
  readonly onCut?: (statement: string) => void
  /** Folder for the socket. Not below TMPDIR unless it is short: the address of a socket has 107 bytes at most. */
  readonly folder?: string
}

type Unit = { readonly number: number; readonly text: string; readonly isLost: boolean }

const START_UP = 196_608
const code = (letter: string): number => letter.charCodeAt(0)
const [PARSE, BIND, EXECUTE, QUERY, SYNC, READY] = ['P', 'B', 'E', 'Q', 'S', 'Z'].map(code) as [
  number,
  number,
  number,
  number,
  number,
  number,
]

/** Messages of a stream, whole: a letter, then the length of what follows with itself. */
class Messages {
  #rest: Buffer = Buffer.alloc(0)
  /** The first message of a client has no letter. */
  #isStart: boolean

  constructor(isStart: boolean) {
    this.#isStart = isStart
  }

  *take(chunk: Buffer): Generator<Buffer> {
    this.#rest = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk])
    for (;;) {
      const head = this.#isStart ? 0 : 1
      if (this.#rest.length < head + 4) return
      const length = head + this.#rest.readInt32BE(head)
      if (this.#rest.length < length) return
      const message = this.#rest.subarray(0, length)
      this.#rest = this.#rest.subarray(length)
      if (this.#isStart && message.readInt32BE(4) === START_UP) this.#isStart = false
      yield message
    }
  }
}

const textAt = (message: Buffer, from: number): string => message.toString('utf8', from, message.indexOf(0, from))

/** What a client sends up to its next Sync, or one simple query: the server answers each with one ReadyForQuery. */
class Units {
  readonly #messages = new Messages(true)
  readonly #prepared = new Map<string, string>()
  #parts: Buffer[] = []
  #text: string | undefined;

  *take(chunk: Buffer): Generator<{ bytes: Buffer; text?: string; isWhole: boolean }> {
    for (const message of this.#messages.take(chunk)) {
      const [letter] = message
      this.#parts.push(message)
      if (letter === PARSE) {
        const name = textAt(message, 5)
        this.#prepared.set(name, textAt(message, 5 + Buffer.byteLength(name) + 1))
      } else if (letter === BIND) {
        const portal = textAt(message, 5)
        this.#text = this.#prepared.get(textAt(message, 5 + Buffer.byteLength(portal) + 1)) ?? '?'
      } else if (letter === QUERY) this.#text = textAt(message, 5)
      const isWhole = letter === SYNC || letter === QUERY
      if (!isWhole && (letter === PARSE || letter === BIND || letter === EXECUTE || letter === code('D'))) continue
      const text = this.#text
      yield { bytes: Buffer.concat(this.#parts), ...(text !== undefined && isWhole && { text }), isWhole }
      this.#parts = []
      if (isWhole) this.#text = undefined
    }
  }
}

/** One direction of a connection, in which bytes can be held back. */
class Direction {
  readonly from: ByteFault['from']
  readonly #to: Socket
  #held: Buffer[] | undefined

  constructor(from: ByteFault['from'], to: Socket) {
    this.from = from
    this.#to = to
  }

  write(bytes: Buffer): void {
    if (this.#held) this.#held.push(bytes)
    else if (!this.#to.destroyed && this.#to.writable) this.#to.write(bytes)
  }

  hold(delayMs: number): void {
    this.#held ??= []
    setTimeout(() => {
      const held = this.#held ?? []
      this.#held = undefined
      for (const bytes of held) this.write(bytes)
    }, delayMs).unref()
  }
}

type Line = { readonly client: Socket; readonly server: Socket; readonly asked: Unit[] }

const socketOf = (url: URL): string => join(url.searchParams.get('host') as string, `.s.PGSQL.${url.port || '5432'}`)

/** A proxy on a unix socket of its own. `connectionString` leads through it. */
export class Wire {
  readonly connectionString: string
  /** Texts of the statements that came, in order. They hold no values. */
  readonly statements: string[] = []
  /** How many answers of COMMIT were swallowed. */
  commitsLost = 0
  /** How many faults in bytes happened. */
  byteFaults = 0
  readonly #folder: string
  #upstream: string
  readonly #options: WireOptions
  readonly #lines = new Set<Line>()
  #listener: Server | undefined
  #isCut = false
  #isLosingCommit = false
  #armed: ByteFault[] = []
  readonly #passed = { client: 0, server: 0 }

  private constructor(folder: string, upstream: URL, options: WireOptions) {
    this.#folder = folder
    this.#options = options
    this.#upstream = socketOf(upstream)
    const through = new URL(upstream)
    through.searchParams.set('host', folder)
    this.connectionString = through.toString()
  }

  /** A wire to the server of a connection string that names a folder of sockets (`?host=`). */
  static async open(connectionString: string, options: WireOptions = {}): Promise<Wire> {
    const folder = await mkdtemp(join(options.folder ?? '/tmp', 'wire-'))
    const upstream = new URL(connectionString)
    const wire = new Wire(folder, upstream, options)
    const listener = createServer((client) => wire.#connect(client))
    wire.#listener = listener
    await new Promise<void>((listening, failed) => {
      listener.once('error', failed)
      listener.listen(join(folder, `.s.PGSQL.${upstream.port || '5432'}`), listening)
    })
    return wire
  }

  get isCut(): boolean {
    return this.#isCut
  }

  /** The server was started again, elsewhere. */
  retarget(connectionString: string): void {
    this.#upstream = socketOf(new URL(connectionString))
  }

  /** Ends every connection, as a network does that comes back; new ones are taken. */
  reset(): void {
    for (const { client, server } of this.#lines) {
      client.destroy()
      server.destroy()
    }
  }

  /** Lets the server commit once more, swallows its answer and cuts that connection. */
  loseNextCommit(): void {
    this.#isLosingCommit = true
  }

  /** The next bytes from here on suffer it, on whatever connection they pass. */
  arm(fault: ByteFault): void {
    this.#armed.push({ ...fault, atByte: this.#passed[fault.from] + fault.atByte })
  }

  /** Forgets what has not happened yet. */
  disarm(): void {
    this.#armed = []
    this.#isLosingCommit = false
  }

  async close(): Promise<void> {
    this.#vanish()
    await rm(this.#folder, { recursive: true, force: true })
  }

  #connect(client: Socket): void {
    const server = createConnection(this.#upstream)
    const line: Line = { client, server, asked: [] }
    this.#lines.add(line)
    const [up, down] = [new Direction('client', server), new Direction('server', client)]
    const units = new Units()
    const answers = new Messages(false)
    let isStarted = false

    client.on('data', (chunk: Buffer) => {
      if (this.#isCut) return
      for (const { bytes, text, isWhole } of units.take(chunk)) {
        if (text !== undefined && !this.#take(line, text)) return
        // A Sync without a statement is answered too.
        if (text === undefined && isWhole) line.asked.push({ number: 0, text: '', isLost: false })
        this.#pass(line, up, bytes)
      }
    })
    server.on('data', (chunk: Buffer) => {
      if (this.#isCut) return
      for (const message of answers.take(chunk)) {
        const isReady = message[0] === READY
        const [unit] = line.asked
        if (isReady && isStarted) {
          line.asked.shift()
          if (unit && this.#isTarget(unit)) return this.#cut(unit.text)
          if (unit?.isLost) return this.#loseAnswer(line)
        }
        // Its answer shall not be heard.
        const isSilenced = isStarted && unit !== undefined && (unit.isLost || this.#isTarget(unit))
        if (isReady) isStarted = true
        if (!isSilenced) this.#pass(line, down, message)
      }
    })
    client.on('error', () => undefined)
    server.on('error', () => undefined)
    client.on('close', () => server.end())
    server.on('close', () => {
      client.destroy()
      this.#lines.delete(line)
    })
  }

  /** Counts a statement; false when it must not reach the server. */
  #take(line: Line, text: string): boolean {
    const { cut } = this.#options
    const number = this.statements.push(text)
    if (cut?.side === 'before' && number === cut.at) {
      this.#cut(text)
      return false
    }
    // The process died when it would have heard of `cut.at`: what it said after that was never said.
    if (cut?.side === 'after' && number > cut.at) return false
    const isLost = this.#isLosingCommit && text.toLowerCase() === 'commit'
    if (isLost) this.#isLosingCommit = false
    line.asked.push({ number, text, isLost })
    return true
  }

  #isTarget = ({ number }: Unit): boolean => this.#options.cut?.side === 'after' && number === this.#options.cut.at

  #loseAnswer(line: Line): void {
    this.commitsLost++
    line.client.destroy()
    line.server.end()
  }

  #cut(text: string): void {
    this.#options.onCut?.(text)
    this.#vanish()
  }

  /** As when our process dies: every connection ends, nobody is there to hear what is still answered. */
  #vanish(): void {
    this.#isCut = true
    this.#listener?.close()
    for (const { client, server } of this.#lines) {
      // What was sent before reaches the server.
      server.end()
      client.destroy()
    }
  }

  #pass(line: Line, direction: Direction, bytes: Buffer): void {
    const before = this.#passed[direction.from]
    this.#passed[direction.from] += bytes.length
    const at = this.#armed.findIndex(
      ({ from, atByte }) => from === direction.from && atByte < this.#passed[direction.from],
    )
    if (at < 0) {
      direction.write(bytes)
      return
    }
    const [fault] = this.#armed.splice(at, 1) as [ByteFault]
    this.byteFaults++
    const offset = Math.max(0, fault.atByte - before)
    direction.write(bytes.subarray(0, offset))
    if (fault.what === 'cut') {
      line.client.destroy()
      line.server.destroy()
      return
    }
    if (fault.what === 'delay') direction.hold(fault.delayMs ?? 100)
    else direction.write(bytes.subarray(offset, offset + (fault.bytes ?? 16)))
    direction.write(bytes.subarray(offset))
  }
}
