import type { Sql, Transactions, Tx } from '../kernel/ports.ts'
import { sha256 } from './node-crypto.ts'
import { leafHashOf } from './seal.ts'
import { appendLeaves, type Edge, EMPTY_EDGE, restoreEdge, rootOfEdge } from './tile-appender.ts'
import { readTilesFrom } from './tile-store.ts'

/** One sequencer a log: everyone who gives out places in the tree holds this lock for the rest of their transaction. */
const LOG_LOCK = 0x48_41_42_45

/** The tree does not hash to what was signed: nothing may be signed on top of it. */
export class TreeBroken extends Error {
  override readonly name = 'TreeBroken'
}

/**
 * Gives entries their places in the tree. The right edge is kept in memory and thrown away after any doubt: a commit
 * that failed, or a tree that another process grew.
 */
export class Sequencer {
  readonly #database: Sql & Transactions
  #edge: Edge | undefined

  constructor(database: Sql & Transactions) {
    this.#database = database
  }

  /** One pass in a transaction of its own. Resolves to how many entries it placed. */
  async pass(): Promise<number> {
    try {
      let placed: Placed | undefined
      await this.#database.run(async (tx) => {
        placed = await this.#place(tx, new Map())
      })
      this.#edge = placed?.edge
      return placed?.count ?? 0
    } catch (error) {
      this.#edge = undefined
      throw error
    }
  }

  /**
   * The bulk path: places what waits and what this transaction brings, before it commits. Call `committed` after the
   * commit, `failed` when there was none.
   */
  async within(
    tx: Tx,
    known: readonly { n: number; leaf: Uint8Array }[],
  ): Promise<{ committed(): void; failed(): void }> {
    const placed = await this.#place(tx, new Map(known.map(({ n, leaf }) => [n, leaf])))
    return {
      committed: () => {
        this.#edge = placed.edge
      },
      failed: () => {
        this.#edge = undefined
      },
    }
  }

  async #place(tx: Tx, known: ReadonlyMap<number, Uint8Array>): Promise<Placed> {
    // Awaited on its own: what is read next must be read after the lock was granted.
    await tx.rows('select pg_advisory_xact_lock($1)', [LOG_LOCK])
    const [drained, [row]] = await Promise.all([
      tx.rows<{ n: number }>('delete from pending returning n'),
      tx.rows<{ size: number }>('select coalesce(max(idx) + 1, 0) as size from leaf'),
    ])
    const size = row?.size ?? 0
    const edge = this.#edge?.size === size ? this.#edge : await loadEdge(tx, size)
    if (drained.length === 0) return { edge, count: 0 }

    const order = drained.map(({ n }) => n).sort((a, b) => a - b)
    const leaves = await leafHashes(tx, order, known)
    const grown = appendLeaves(sha256, edge, leaves)
    tx.write(
      'insert into leaf (idx, n) select $1::bigint + o - 1, n from unnest($2::bigint[]) with ordinality u(n, o)',
      [size, order],
    )
    const tiles = [...grown.fullTiles, ...grown.partialTiles]
    tx.write(
      `insert into tile (level, idx, hashes) select * from unnest($1::smallint[], $2::bigint[], $3::bytea[])
       on conflict (level, idx) do update set hashes = excluded.hashes`,
      [
        tiles.map(({ level }) => level),
        tiles.map(({ index }) => index),
        tiles.map(({ hashes }) => Buffer.from(hashes)),
      ],
    )
    return { edge: grown.edge, count: order.length }
  }

  /** Size and root of the committed tree. */
  async head(): Promise<{ size: number; root: Uint8Array }> {
    const [row] = await this.#database.rows<{ size: number }>('select coalesce(max(idx) + 1, 0) as size from leaf')
    const size = row?.size ?? 0
    const edge = this.#edge?.size === size ? this.#edge : await loadEdge(this.#database, size)
    return { size, root: rootOfEdge(sha256, edge) }
  }
}

type Placed = { readonly edge: Edge; readonly count: number }

/** The edge as stored; refuses a tree that does not hash to the checkpoint that was signed at its size. */
async function loadEdge(sql: Sql, size: number): Promise<Edge> {
  if (size === 0) return EMPTY_EDGE
  const edge = await restoreEdge(size, readTilesFrom(sql))
  const [signed] = await sql.rows<{ root: Buffer }>('select root from checkpoint where size = $1', [size])
  if (signed && !signed.root.equals(rootOfEdge(sha256, edge))) {
    throw new TreeBroken(`the tiles at size ${size} do not hash to the signed root`)
  }
  return edge
}

/** Ids first, then `= any`: as one join this took 181 s once, on statistics of an empty queue (reference/record.md §8). */
async function leafHashes(
  tx: Tx,
  order: readonly number[],
  known: ReadonlyMap<number, Uint8Array>,
): Promise<Uint8Array[]> {
  const strange = order.filter((n) => !known.has(n))
  const read = new Map<number, Uint8Array>()
  if (strange.length > 0) {
    const rows = await tx.rows<{ n: number; envelope: Buffer }>(
      'select n, envelope from entry where n = any($1::bigint[])',
      [strange],
    )
    for (const { n, envelope } of rows) read.set(n, leafHashOf(envelope))
  }
  return order.map((n) => {
    const leaf = known.get(n) ?? read.get(n)
    if (!leaf) throw new TreeBroken(`entry ${n} waits for its place but is not there`)
    return leaf
  })
}
