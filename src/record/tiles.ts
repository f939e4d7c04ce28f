/**
 * The tree cut into tiles (C2SP tlog-tiles v0.1.0): a tile is up to 256 hashes side by side, `level` counts tile
 * levels (eight tree levels each), `index` the tiles of a level, `width` the hashes in it. A tile narrower than 256
 * is *partial*; of each level only the last tile can be. A partial tile is a prefix of every later state of the same
 * tile, so a store may keep the widest alone and serve the others by cutting.
 */
import { HASH_BYTES } from './tree.ts'

export const TILE_WIDTH = 256
export const TILE_BYTES = TILE_WIDTH * HASH_BYTES

export type TileRef = { level: number; index: number; width: number }
export type Tile = TileRef & { hashes: Uint8Array }

/**
 * Reads tiles, in the order asked, each at least `width` hashes long (a longer answer is cut).
 * Throws when one is missing: that is a damaged store, not an answer.
 */
export type ReadTiles = (tiles: readonly TileRef[]) => Promise<readonly Uint8Array[]>

/** Level 0 hashes of a tile row in a tree of `size`: how many hashes stand on a tile level. */
export function hashesOnLevel(size: number, level: number): number {
  return Math.floor(size / TILE_WIDTH ** level)
}

/** The tile at a place in a tree of `size`, as wide as that size makes it; undefined where the tree has none. */
export function findTileRef(size: number, level: number, index: number): TileRef | undefined {
  const width = Math.min(TILE_WIDTH, hashesOnLevel(size, level) - index * TILE_WIDTH)
  return width > 0 ? { level, index, width } : undefined
}

/** The partial tiles of a tree of `size`, lowest level first: its right edge. */
export function partialTilesOf(size: number): TileRef[] {
  const tiles: TileRef[] = []
  for (let level = 0; hashesOnLevel(size, level) > 0; level++) {
    const count = hashesOnLevel(size, level)
    const width = count % TILE_WIDTH
    if (width > 0) tiles.push({ level, index: Math.floor(count / TILE_WIDTH), width })
  }
  return tiles
}

/**
 * Path below the log's prefix: `tile/0/x001/x234/067`, partial `tile/1/000.p/17` (tlog-tiles, "Merkle Tree").
 * Numbers are cut into groups of three digits, all but the last marked with an x.
 */
export function tilePath({ level, index, width }: TileRef): string {
  return `tile/${level}/${pathNumber(index)}${partialSuffix(width)}`
}

/** Path of the entry bundle that holds entries `index * 256` and on: `tile/entries/x001/x234/067`. */
export function entryBundlePath(index: number, width: number): string {
  return `tile/entries/${pathNumber(index)}${partialSuffix(width)}`
}

/** What a path below the prefix asks for; undefined for anything that `tilePath` and `entryBundlePath` never write. */
export function findTilePath(path: string): (TileRef & { kind: 'tile' | 'entries' }) | undefined {
  const match = /^tile\/(entries|[0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path)
  if (match === null) return undefined
  const [, row = '', digits = '', partial] = match
  const index = Number(digits.replaceAll(/[x/]/g, ''))
  const width = partial === undefined ? TILE_WIDTH : Number(partial)
  const level = row === 'entries' ? 0 : Number(row)
  if (!Number.isSafeInteger(index) || width < 1 || level > 63 || (partial !== undefined && width >= TILE_WIDTH)) {
    return undefined
  }
  const kind = row === 'entries' ? ('entries' as const) : ('tile' as const)
  const ref = { kind, level, index, width }
  const written = kind === 'entries' ? entryBundlePath(index, width) : tilePath(ref)
  return written === path ? ref : undefined
}

function pathNumber(index: number): string {
  const digits = String(index)
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  return groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
}

function partialSuffix(width: number): string {
  return width === TILE_WIDTH ? '' : `.p/${width}`
}

/** Entries one after another, each behind its length as a big-endian uint16 (tlog-tiles, "Log Entries"). */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const entry of entries) {
    if (entry.length > 65_535) throw new RangeError(`entry of ${entry.length} bytes; a bundle holds up to 65,535`)
    length += 2 + entry.length
  }
  const bundle = new Uint8Array(length)
  let offset = 0
  for (const entry of entries) {
    bundle[offset] = entry.length >> 8
    bundle[offset + 1] = entry.length & 0xff
    bundle.set(entry, offset + 2)
    offset += 2 + entry.length
  }
  return bundle
}

/** Undefined when the bundle is cut short or has bytes left over. */
export function findEntryBundle(bundle: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  let offset = 0
  while (offset < bundle.length) {
    const high = bundle[offset]
    const low = bundle[offset + 1]
    if (high === undefined || low === undefined) return undefined
    const end = offset + 2 + high * 256 + low
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(offset + 2, end))
    offset = end
  }
  return entries
}
