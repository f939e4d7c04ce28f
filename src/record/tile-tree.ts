/**
 * A tree read from its tiles: root, inclusion and consistency proofs of any size that the store holds. Each question
 * first lists the tiles it needs, reads them in one call, then computes.
 */
import type { Sha256 } from '../kernel/hash.ts'
import { hashPair } from './tile-appender.ts'
import { findTileRef, type ReadTiles, TILE_WIDTH, type TileRef } from './tiles.ts'
import { consistencyRanges, emptyRoot, HASH_BYTES, inclusionRanges, type LeafRange } from './tree.ts'

/**
 * Tiles with their inner nodes, 16 KB each: as a heap, root at position 1, children of p at 2p and 2p + 1, so the 256
 * hashes of a full tile stand at 256 to 511. A tile of a given width never changes, so nothing here goes stale.
 */
export class TileCache {
  readonly #capacity: number
  readonly #nodes = new Map<string, Uint8Array>()

  /** `capacity` in tiles; 1,000 tiles are 16 MB. */
  constructor(capacity: number) {
    this.#capacity = capacity
  }

  find(ref: TileRef): Uint8Array | undefined {
    const key = keyOf(ref)
    const nodes = this.#nodes.get(key)
    if (nodes !== undefined) {
      this.#nodes.delete(key)
      this.#nodes.set(key, nodes)
    }
    return nodes
  }

  keep(ref: TileRef, nodes: Uint8Array): void {
    this.#nodes.set(keyOf(ref), nodes)
    if (this.#nodes.size <= this.#capacity) return
    const [oldest] = this.#nodes.keys()
    if (oldest !== undefined) this.#nodes.delete(oldest)
  }

  get size(): number {
    return this.#nodes.size
  }
}

const keyOf = ({ level, index, width }: TileRef): string => `${level}/${index}.${width}`

/** A complete subtree of `2^height` leaves, the `index`-th of its height. */
type PerfectNode = { height: number; index: number }

export class TileTree {
  readonly size: number
  readonly #sha256: Sha256
  readonly #readTiles: ReadTiles
  readonly #cache: TileCache | undefined

  /** A view of the log at `size`; cheap, make one for each size that is asked about. */
  constructor(sha256: Sha256, size: number, readTiles: ReadTiles, cache?: TileCache) {
    if (!Number.isSafeInteger(size) || size < 0) throw new RangeError(`no tree of size ${size}`)
    this.size = size
    this.#sha256 = sha256
    this.#readTiles = readTiles
    this.#cache = cache
  }

  async root(): Promise<Uint8Array> {
    if (this.size === 0) return emptyRoot(this.#sha256)
    const [root] = await this.#hashesOf([{ start: 0, end: this.size }])
    return root as Uint8Array
  }

  /** From the leaf upwards (RFC 9162 §2.1.3.1). RangeError when the index is not in the tree. */
  async inclusionProof(index: number): Promise<Uint8Array[]> {
    const [proof] = await this.inclusionProofs([index])
    return proof as Uint8Array[]
  }

  /** Several proofs for one read of tiles; a return of forty entries asks once. */
  async inclusionProofs(indexes: readonly number[]): Promise<Uint8Array[][]> {
    const ranges = indexes.map((index) => inclusionRanges(index, this.size))
    const hashes = await this.#hashesOf(ranges.flat())
    let at = 0
    return ranges.map((own) => {
      const proof = hashes.slice(at, at + own.length)
      at += own.length
      return proof
    })
  }

  /** Proof that the tree of `oldSize` is a prefix of this one (RFC 9162 §2.1.4.1); empty from size zero. */
  async consistencyProof(oldSize: number): Promise<Uint8Array[]> {
    if (oldSize === 0) return []
    return this.#hashesOf(consistencyRanges({ start: 0, end: oldSize }, this.size))
  }

  /** Hashes of the leaves at these indexes. */
  async leafHashes(indexes: readonly number[]): Promise<Uint8Array[]> {
    return this.#hashesOf(indexes.map((index) => ({ start: index, end: index + 1 })))
  }

  async #hashesOf(ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
    const nodesByRange = ranges.map(perfectNodesOf)
    const tiles = await this.#loadTiles(nodesByRange.flat())
    return nodesByRange.map((nodes) => {
      // Right to left: the ragged right end is the deepest part of a tree that is not complete.
      let hash: Uint8Array | undefined
      for (const node of nodes.toReversed()) {
        const own = nodeIn(tiles, node)
        hash = hash === undefined ? own : hashPair(this.#sha256, own, hash)
      }
      if (hash === undefined) throw new RangeError('empty range')
      return hash
    })
  }

  async #loadTiles(nodes: readonly PerfectNode[]): Promise<Map<string, Uint8Array>> {
    const tiles = new Map<string, Uint8Array>()
    const missing = new Map<string, TileRef>()
    for (const node of nodes) {
      const { level, index, key } = tileOf(node)
      if (tiles.has(key) || missing.has(key)) continue
      const ref = findTileRef(this.size, level, index)
      if (ref === undefined) throw new RangeError(`tile ${key} is not in a tree of ${this.size}`)
      const cached = this.#cache?.find(ref)
      if (cached === undefined) missing.set(key, ref)
      else tiles.set(key, cached)
    }
    if (missing.size === 0) return tiles
    const refs = [...missing.values()]
    const read = await this.#readTiles(refs)
    refs.forEach((ref, at) => {
      const bytes = read[at]
      if (bytes === undefined || bytes.length < ref.width * HASH_BYTES) {
        throw new Error(`tile ${ref.level}/${ref.index} has fewer than ${ref.width} hashes`)
      }
      const heap = expandTile(this.#sha256, bytes, ref.width)
      this.#cache?.keep(ref, heap)
      tiles.set(`${ref.level}/${ref.index}`, heap)
    })
    return tiles
  }
}

/** Left to right, the complete subtrees that make up a range of leaves as the tree cuts it. */
function perfectNodesOf({ start, end }: LeafRange): PerfectNode[] {
  const nodes: PerfectNode[] = []
  let at = start
  while (at < end) {
    let height = 0
    let width = 1
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2
      height++
    }
    nodes.push({ height, index: at / width })
    at += width
  }
  return nodes
}

function tileOf({ height, index }: PerfectNode): { level: number; index: number; key: string; position: number } {
  const level = Math.floor(height / 8)
  const inner = height % 8
  const across = 2 ** (8 - inner) // nodes of this height within one tile
  const tile = Math.floor(index / across)
  return { level, index: tile, key: `${level}/${tile}`, position: across + (index % across) }
}

function nodeIn(tiles: ReadonlyMap<string, Uint8Array>, node: PerfectNode): Uint8Array {
  const { key, position } = tileOf(node)
  const heap = tiles.get(key)
  if (heap === undefined) throw new Error(`tile ${key} was not loaded`)
  return heap.slice(position * HASH_BYTES, (position + 1) * HASH_BYTES)
}

/** Inner nodes whose both halves are complete; the places of the others stay zero and are never asked for. */
function expandTile(sha256: Sha256, hashes: Uint8Array, width: number): Uint8Array {
  const heap = new Uint8Array(2 * TILE_WIDTH * HASH_BYTES)
  heap.set(hashes.subarray(0, width * HASH_BYTES), TILE_WIDTH * HASH_BYTES)
  let complete = Math.floor(width / 2)
  for (let across = TILE_WIDTH / 2; across >= 1; across /= 2) {
    for (let at = 0; at < complete; at++) {
      const position = across + at
      const left = heap.subarray(2 * position * HASH_BYTES, (2 * position + 1) * HASH_BYTES)
      const right = heap.subarray((2 * position + 1) * HASH_BYTES, (2 * position + 2) * HASH_BYTES)
      heap.set(hashPair(sha256, left, right), position * HASH_BYTES)
    }
    complete = Math.floor(complete / 2)
  }
  return heap
}
