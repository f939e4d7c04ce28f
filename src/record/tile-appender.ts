/**
 * Growing the tree with its right edge alone: one partial tile a level, packed, so that a batch costs about two
 * hashes a leaf and no read.
 */
import type { Sha256 } from '../kernel/hash.ts'
import { partialTilesOf, type ReadTiles, TILE_BYTES, TILE_WIDTH, type Tile } from './tiles.ts'
import { emptyRoot, HASH_BYTES } from './tree.ts'

/** The right edge of a tree of `size`: by level, the hashes of its partial tile (empty where the level is full). */
export type Edge = { size: number; levels: readonly Uint8Array[] }

export const EMPTY_EDGE: Edge = { size: 0, levels: [] }

export type Appended = {
  edge: Edge
  size: number
  root: Uint8Array
  /** Tiles completed by this batch, lowest level first, each level in order. */
  fullTiles: Tile[]
  /** Partial tiles that this batch changed, at the new size. Those it did not touch are as stored. */
  partialTiles: Tile[]
}

/** Reads the edge of a tree of `size` back from its stored tiles. Compare `rootOfEdge` with the checkpoint before use. */
export async function restoreEdge(size: number, readTiles: ReadTiles): Promise<Edge> {
  const refs = partialTilesOf(size)
  const tiles = refs.length === 0 ? [] : await readTiles(refs)
  const levels: Uint8Array[] = []
  refs.forEach((ref, at) => {
    const bytes = tiles[at]
    if (bytes === undefined || bytes.length < ref.width * HASH_BYTES) {
      throw new Error(`tile ${ref.level}/${ref.index} is shorter than the ${ref.width} hashes that size ${size} needs`)
    }
    while (levels.length < ref.level) levels.push(new Uint8Array(0))
    levels.push(new Uint8Array(bytes.subarray(0, ref.width * HASH_BYTES))) // a copy: a Buffer's slice is a view
  })
  return { size, levels }
}

/**
 * Appends leaf hashes (an array, or packed 32 bytes each) and answers the new edge; the given one stays as it is, so
 * that a batch whose transaction fails is forgotten by dropping the answer.
 */
export function appendLeaves(sha256: Sha256, edge: Edge, leafHashes: Uint8Array | readonly Uint8Array[]): Appended {
  const packed = leafHashes instanceof Uint8Array ? leafHashes : pack(leafHashes)
  if (packed.length % HASH_BYTES !== 0) throw new RangeError('leaf hashes are not a multiple of 32 bytes')
  const count = packed.length / HASH_BYTES
  const fullTiles: Tile[] = []
  const partialTiles: Tile[] = []
  const levels: Uint8Array[] = []
  let arriving = packed
  for (let level = 0; level < edge.levels.length || arriving.length > 0; level++) {
    const held = edge.levels[level] ?? new Uint8Array(0)
    if (arriving.length === 0) {
      levels.push(held)
      continue
    }
    const firstIndex = Math.floor(Math.floor(edge.size / TILE_WIDTH ** level) / TILE_WIDTH)
    const row = new Uint8Array(held.length + arriving.length)
    row.set(held)
    row.set(arriving, held.length)
    const completed = Math.floor(row.length / TILE_BYTES)
    const above = new Uint8Array(completed * HASH_BYTES)
    for (let at = 0; at < completed; at++) {
      const hashes = row.subarray(at * TILE_BYTES, (at + 1) * TILE_BYTES)
      fullTiles.push({ level, index: firstIndex + at, width: TILE_WIDTH, hashes })
      above.set(rootOfPerfect(sha256, hashes), at * HASH_BYTES)
    }
    const rest = row.slice(completed * TILE_BYTES)
    levels.push(rest)
    if (rest.length > 0) {
      partialTiles.push({ level, index: firstIndex + completed, width: rest.length / HASH_BYTES, hashes: rest })
    }
    arriving = above
  }
  const next: Edge = { size: edge.size + count, levels }
  return { edge: next, size: next.size, root: rootOfEdge(sha256, next), fullTiles, partialTiles }
}

/** The root is the fold of the edge's perfect subtrees, smallest first (RFC 9162 §2.1.1). */
export function rootOfEdge(sha256: Sha256, edge: Edge): Uint8Array {
  let root: Uint8Array | undefined
  for (const hashes of edge.levels) {
    let end = hashes.length / HASH_BYTES
    while (end > 0) {
      let width = 1
      while (end % (width * 2) === 0) width *= 2
      const subtree = rootOfPerfect(sha256, hashes.subarray((end - width) * HASH_BYTES, end * HASH_BYTES))
      root = root === undefined ? subtree : hashPair(sha256, subtree, root)
      end -= width
    }
  }
  return root ?? emptyRoot(sha256)
}

/** Root of a power of two of packed hashes. */
export function rootOfPerfect(sha256: Sha256, hashes: Uint8Array): Uint8Array {
  if (hashes.length === HASH_BYTES) return hashes.slice()
  const row = new Uint8Array(hashes.length / 2)
  let count = hashes.length / HASH_BYTES / 2
  hashRow(sha256, hashes, row, count)
  while (count > 1) {
    count /= 2
    hashRow(sha256, row, row, count) // in place: a pair is read before its place is written
  }
  return row.slice(0, HASH_BYTES)
}

// One scratch buffer: a fresh one for each of two million nodes would cost more than the hashing.
const scratch = new Uint8Array(1 + 2 * HASH_BYTES)
scratch[0] = 1

function hashRow(sha256: Sha256, from: Uint8Array, into: Uint8Array, count: number): void {
  for (let at = 0; at < count; at++) {
    scratch.set(from.subarray(at * 2 * HASH_BYTES, (at + 1) * 2 * HASH_BYTES), 1)
    into.set(sha256(scratch), at * HASH_BYTES)
  }
}

/** Hash of a node, for tight loops (`nodeHash` in tree.ts is the plain form). */
export function hashPair(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  scratch.set(left, 1)
  scratch.set(right, 1 + HASH_BYTES)
  return sha256(scratch)
}

function pack(hashes: readonly Uint8Array[]): Uint8Array {
  const packed = new Uint8Array(hashes.length * HASH_BYTES)
  hashes.forEach((hash, at) => {
    if (hash.length !== HASH_BYTES) throw new RangeError(`leaf hash of ${hash.length} bytes`)
    packed.set(hash, at * HASH_BYTES)
  })
  return packed
}
