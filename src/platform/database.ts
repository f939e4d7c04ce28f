import { createHash } from 'node:crypto'
import pg from 'pg'
import { isDamage, isStalePlan } from '../kernel/database-errors.ts'
import type { Sql, Transactions, Tx } from '../kernel/ports.ts'
import { DatabaseSocket, StreamGarbled } from './database-stream.ts'
import { types } from './database-types.ts'

/**
 * The database cannot be reached, or went away under our hands: a fault of the world. Try again later.
 * `outcome` says whether what was being done can have happened: `unknown` only when the connection was lost while a
 * COMMIT was on its way, and then the caller must look before doing it again.
 */
export class DatabaseUnavailable extends Error {
  override readonly name = 'DatabaseUnavailable'
  readonly outcome: 'not-committed' | 'unknown'
  constructor(cause: unknown, outcome: 'not-committed' | 'unknown' = 'not-committed') {
    // Its own words, which hold no data, tell a wrong password or name from a server that is not there.
    const words = cause instanceof pg.DatabaseError ? ` It says: ${cause.message}.` : ''
    super(`The database is not available.${words}`, { cause })
    this.outcome = outcome
  }
}

/**
 * The database reads that a page of its own is not what it wrote, or has no file for it: a fault of the disk, or of
 * somebody who edited it. `code` is PostgreSQL's. Its words name the relation's file and the block, no data.
 */
export class DatabaseDamaged extends Error {
  override readonly name = 'DatabaseDamaged'
  readonly code: string | undefined
  constructor(cause: pg.DatabaseError) {
    super(`The database is damaged: ${cause.message}`, { cause })
    this.code = cause.code
  }
}

// Connection exceptions, a server that stops, crashed or is starting, and one that has no place left: connections,
// memory, disk. https://www.postgresql.org/docs/18/errcodes-appendix.html
const awayStates = /^(08...|57P0[1-5]|53...)$/
const awayMessages =
  /Connection terminated|connection error and is not queryable|Client was closed|timeout .*connect|timeout expired/
// Nothing but a stream without sense makes the driver say these: messages that nobody asked for, or of no known kind.
const garbledMessages = /^(Received unexpected .* message from backend|received invalid response)/
// Of a stream that was ended here or there: some have no `syscall`.
const streamCodes = /^(EPIPE|ECONN.*|ERR_STREAM_.*|ERR_SOCKET_.*)$/

function isAway(error: unknown): boolean {
  if (!(error instanceof Error) || error instanceof DatabaseUnavailable) return false
  if (garbledMessages.test(error.message)) return true
  if (error instanceof pg.DatabaseError) {
    // After these the server ends the connection, whatever the reason.
    return awayStates.test(error.code ?? '') || error.severity === 'FATAL' || error.severity === 'PANIC'
  }
  const { syscall, code } = error as NodeJS.ErrnoException
  return (
    error instanceof StreamGarbled ||
    syscall !== undefined ||
    streamCodes.test(code ?? '') ||
    awayMessages.test(error.message)
  )
}

function asFault(error: unknown): unknown {
  if (isAway(error)) return new DatabaseUnavailable(error)
  if (error instanceof pg.DatabaseError && isDamage(error)) return new DatabaseDamaged(error)
  return error
}

const statementNames = new Map<string, string>()

// A statement is prepared once a connection under a name made from its text, so that nobody has to invent names.
function statementName(text: string): string {
  let name = statementNames.get(text)
  if (name === undefined) {
    name = createHash('sha256').update(text).digest('base64url').slice(0, 24)
    statementNames.set(text, name)
  }
  return name
}

/** The pool hands out `pg.Client`s; its types leave out their connection. */
type PooledClient = pg.PoolClient & Pick<pg.Client, 'connection'>

/** A group of notes stays below it and leaves in one piece; a group of admissions does not. */
const FLUSH_BYTES = 32_768

/** A transaction on a pipelined connection: statements leave in the order of the calls, answers are read later. */
class PipelinedClient implements Tx {
  readonly #client: PooledClient
  #writes: Promise<unknown>[] = []
  #firstError: unknown
  #isHeld = false

  constructor(client: pg.PoolClient) {
    this.#client = client as PooledClient
    this.#together()
    this.#send(client.query('begin'))
  }

  /**
   * What is said in one turn of the event loop leaves in one piece: a write to the socket for each statement was a
   * quarter of what an act cost here.
   */
  #together(): void {
    if (this.#isHeld) return
    this.#isHeld = true
    const { stream } = this.#client.connection
    stream.cork()
    process.nextTick(() => {
      this.#isHeld = false
      stream.uncork()
    })
  }

  /** What has gathered is worth the server's beginning with it, while the rest is still made here. */
  #flush(): void {
    const { stream } = this.#client.connection
    if (stream.writableLength < FLUSH_BYTES) return
    stream.uncork()
    stream.cork()
  }

  async #watched<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer
    } catch (error) {
      this.#firstError ??= asFault(error)
      throw asFault(error)
    }
  }

  #send(answer: Promise<unknown>): void {
    const watched = this.#watched(answer)
    // `settle` reads the rejection; until then Node must not take it for one that nobody handles.
    watched.catch(() => {})
    this.#writes.push(watched)
  }

  rows<R extends object>(text: string, values: readonly unknown[] = []): Promise<R[]> {
    this.#together()
    const query = { name: statementName(text), text, values: [...values] }
    const answer = this.#watched(this.#client.query<R & pg.QueryResultRow>(query)).then((result) => result.rows)
    // Two reads sent together: when the first one throws, nobody awaits the second any more.
    answer.catch(() => {})
    return answer
  }

  write(text: string, values: readonly unknown[] = []): void {
    this.#together()
    this.#send(this.#client.query({ name: statementName(text), text, values: [...values] }))
    this.#flush()
  }

  async settle(): Promise<void> {
    const writes = this.#writes
    this.#writes = []
    const results = await Promise.allSettled(writes)
    const failed = results.find((result) => result.status === 'rejected')
    if (failed !== undefined) throw failed.reason
  }

  /** COMMIT travels with the writes before it; if one of them failed, the server makes a rollback of it. */
  async commit(): Promise<void> {
    this.#together()
    const answer = this.#client.query('commit').catch((error: unknown) => {
      if (!isAway(error)) throw asFault(error)
      // A plain ERROR is the server's answer: it did not commit. Of a lost connection, or FATAL, nobody knows.
      const isAnswered = error instanceof pg.DatabaseError && error.severity === 'ERROR'
      throw new DatabaseUnavailable(error, isAnswered ? 'not-committed' : 'unknown')
    })
    const [written, committed] = await Promise.allSettled([this.settle(), answer])
    // A lost connection fails the writes too, but only the COMMIT knows what that means.
    if (committed.status === 'rejected' && committed.reason instanceof DatabaseUnavailable) throw committed.reason
    if (written.status === 'rejected') throw written.reason
    if (committed.status === 'rejected') throw committed.reason
    // The work caught an error of the database and went on: nothing of it stands.
    if (committed.value.command !== 'COMMIT') throw this.#firstError ?? new Error('The transaction was rolled back.')
  }

  /** Whether the connection is still good after it. */
  async rollback(): Promise<boolean> {
    await Promise.allSettled(this.#writes)
    try {
      await this.#client.query('rollback')
      return true
    } catch {
      // The error that led here is on its way to the caller; this connection is thrown away.
      return false
    }
  }
}

/** A database in use: reads, transactions (`run`), and a plain connection for what cannot be pipelined. */
export type Database = Sql &
  Transactions & {
    readonly connectionString: string
    /**
     * A connection of its own, not pipelined, for session locks and what must not be in a transaction. The caller ends
     * it. Its queries throw DatabaseUnavailable, as those of the pool do.
     */
    connect(): Promise<pg.Client>
    close(): Promise<void>
  }

/** Roles of the database that a connection may act as; the migrations make them and say what each may do. */
export type DatabaseRole = 'habeas_app' | 'habeas_sequencer' | 'habeas_expunger'

export type DatabaseOptions = {
  /** Acts as this role, with its rights alone; as the one who logged in when absent. */
  readonly role?: DatabaseRole
  /** Connections kept at most. */
  readonly connectionsMax?: number
  /** Told of a connection that died while nobody used it; it is replaced by itself. */
  readonly onConnectionLost?: (error: Error) => void
}

// UTC also where the server's own setting differs: what comes back as text must not depend on it.
const sessionOf = (role: DatabaseRole | undefined) => ({
  types,
  stream: () => new DatabaseSocket(),
  application_name: 'habeas',
  options: `-c timezone=UTC${role === undefined ? '' : ` -c role=${role}`}`,
})

async function connectClient(connectionString: string, role: DatabaseRole | undefined): Promise<pg.Client> {
  const client = new pg.Client({ connectionString, ...sessionOf(role) })
  // Without a listener the death of a connection ends the process; whoever queries next gets the error anyway.
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw asFault(error)
  }
  const query = client.query.bind(client) as (...given: unknown[]) => unknown
  const asking = (...given: unknown[]): unknown => {
    const answer = query(...given)
    if (!(answer instanceof Promise)) return answer
    return answer.catch((error: unknown) => {
      throw asFault(error)
    })
  }
  client.query = asking as typeof client.query
  return client
}

/** Opens a pool of pipelined connections. Nothing is connected before the first use. */
export function connectDatabase(connectionString: string, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString,
    ...sessionOf(options.role),
    pipeline: true,
    max: options.connectionsMax ?? 10,
    connectionTimeoutMillis: 10_000,
  })
  pool.on('error', (error) => options.onConnectionLost?.(error))
  // The pool listens to idle connections only: one that dies in use would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))

  async function acquire(): Promise<pg.PoolClient> {
    try {
      return await pool.connect()
    } catch (error) {
      throw asFault(error)
    }
  }

  return {
    connectionString,
    async rows<R extends object>(text: string, values: readonly unknown[] = []) {
      const client = await acquire()
      let broken = false
      try {
        const query = { name: statementName(text), text, values: [...values] }
        return (await client.query<R & pg.QueryResultRow>(query)).rows
      } catch (error) {
        broken = isAway(error) || isStalePlan(error)
        throw asFault(error)
      } finally {
        client.release(broken)
      }
    },
    async run<T>(work: (tx: Tx) => Promise<T>) {
      const client = await acquire()
      const tx = new PipelinedClient(client)
      let good = true
      try {
        const result = await work(tx)
        await tx.commit()
        return result
      } catch (error) {
        good = (await tx.rollback()) && !isStalePlan(error)
        throw error
      } finally {
        client.release(!good)
      }
    },
    connect: () => connectClient(connectionString, options.role),
    close: () => pool.end(),
  }
}
