import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { utf8 } from '../kernel/bytes.ts'
import { sha256 as nodeSha256 } from './node-crypto.ts'
import { appendLeaves, type Edge, EMPTY_EDGE, restoreEdge, rootOfEdge } from './tile-appender.ts'
import { TileCache, TileTree } from './tile-tree.ts'
import {
  encodeEntryBundle,
  entryBundlePath,
  findEntryBundle,
  findTilePath,
  partialTilesOf,
  type ReadTiles,
  type Tile,
  tilePath,
} from './tiles.ts'
import { consistencyProofOf, inclusionProofOf, leafHash, rootOf, verifyConsistency, verifyInclusion } from './tree.ts'

// Plain arrays, because deepEqual tells a Buffer from a Uint8Array.
const sha256 = (bytes: Uint8Array) => new Uint8Array(nodeSha256(bytes))

const leavesOf = (count: number) => Array.from({ length: count }, (_, index) => leafHash(sha256, utf8(`${index}`)))

/** A store that keeps only the widest state of each tile, as the table `tile` does. */
function memoryStore() {
  const tiles = new Map<string, Uint8Array>()
  let reads = 0
  const readTiles: ReadTiles = async (refs) => {
    reads++
    return refs.map(({ level, index }) => {
      const hashes = tiles.get(`${level}/${index}`)
      assert.ok(hashes, `tile ${level}/${index} was never written`)
      return hashes
    })
  }
  return {
    readTiles,
    write: (written: readonly Tile[]) => {
      for (const tile of written) tiles.set(`${tile.level}/${tile.index}`, tile.hashes)
    },
    get reads() {
      return reads
    },
  }
}

test('paths are those of tlog-tiles', () => {
  assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067')
  assert.equal(tilePath({ level: 1, index: 0, width: 17 }), 'tile/1/000.p/17')
  assert.equal(tilePath({ level: 0, index: 999, width: 1 }), 'tile/0/999.p/1')
  assert.equal(tilePath({ level: 0, index: 1000, width: 256 }), 'tile/0/x001/000')
  assert.equal(entryBundlePath(70, 256), 'tile/entries/070')
  assert.equal(entryBundlePath(1_000_000, 3), 'tile/entries/x001/x000/000.p/3')
})

test('a path reads back as what it was written from, any other path as nothing', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 2 ** 40 }),
      fc.integer({ min: 1, max: 256 }),
      fc.nat({ max: 7 }),
      (index, width, level) => {
        assert.deepEqual(findTilePath(tilePath({ level, index, width })), { kind: 'tile', level, index, width })
        const entries = findTilePath(entryBundlePath(index, width))
        assert.deepEqual(entries, { kind: 'entries', level: 0, index, width })
      },
    ),
  )
  for (const path of [
    'tile/0/1',
    'tile/0/x000/001',
    'tile/00/001',
    'tile/0/001.p/256',
    'tile/0/001.p/0',
    'tile/0/001.p/01',
    'tile/-1/000',
    'tile/0/x001',
    '../tile/0/000',
    'tile/0/000/',
  ]) {
    assert.equal(findTilePath(path), undefined, path)
  }
})

test('an entry bundle gives back its entries; cut or longer it gives nothing', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 20 }), (entries) => {
      const bundle = encodeEntryBundle(entries)
      assert.deepEqual(
        findEntryBundle(bundle)?.map((entry) => [...entry]),
        entries.map((entry) => [...entry]),
      )
      if (bundle.length > 0) {
        const cut = findEntryBundle(bundle.subarray(0, -1))
        assert.ok(cut === undefined || cut.length < entries.length)
      }
    }),
  )
  assert.throws(() => encodeEntryBundle([new Uint8Array(65_536)]), RangeError)
  assert.equal(findEntryBundle(encodeEntryBundle([new Uint8Array(65_535)]))?.[0]?.length, 65_535)
})

test('one leaf at a time up to 600: root, edge restored from tiles and partial tiles agree at each size', async () => {
  const leaves = leavesOf(600)
  const store = memoryStore()
  let edge: Edge = EMPTY_EDGE
  for (const [at, leaf] of leaves.entries()) {
    const appended = appendLeaves(sha256, edge, [leaf])
    store.write([...appended.fullTiles, ...appended.partialTiles])
    edge = appended.edge
    if (at % 5 === 0 || at > 590 || (at > 250 && at < 262)) {
      assert.deepEqual(appended.root, rootOf(sha256, leaves.slice(0, at + 1)))
      assert.deepEqual(rootOfEdge(sha256, await restoreEdge(at + 1, store.readTiles)), appended.root)
    }
  }
  // Old sizes stay readable from the widest tiles.
  for (const size of [1, 2, 255, 256, 257, 511, 512, 513, 600]) {
    const root = rootOf(sha256, leaves.slice(0, size))
    assert.deepEqual(await new TileTree(sha256, size, store.readTiles).root(), root)
    assert.deepEqual(rootOfEdge(sha256, await restoreEdge(size, store.readTiles)), root)
  }
})

test('any cut into batches gives the same tree and tiles', () => {
  const leaves = leavesOf(1_400)
  const whole = appendLeaves(sha256, EMPTY_EDGE, leaves)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 700 }), { maxLength: 6 }), (cuts) => {
      const store = new Map<string, Uint8Array>()
      let edge: Edge = EMPTY_EDGE
      let root = rootOfEdge(sha256, edge)
      for (const cut of [...cuts, leaves.length]) {
        const part = leaves.slice(edge.size, edge.size + cut)
        const before = structuredClone(edge)
        const appended = appendLeaves(sha256, edge, part)
        assert.deepEqual(edge, before, 'the given edge is left alone')
        for (const tile of [...appended.fullTiles, ...appended.partialTiles]) {
          store.set(`${tile.level}/${tile.index}`, tile.hashes.slice())
        }
        edge = appended.edge
        root = appended.root
      }
      assert.equal(edge.size, leaves.length)
      assert.deepEqual(root, whole.root)
      for (const tile of [...whole.fullTiles, ...whole.partialTiles]) {
        assert.deepEqual(store.get(`${tile.level}/${tile.index}`), tile.hashes.slice())
      }
    }),
    { numRuns: 20 },
  )
})

test('proofs from tiles are those of the definition, for every pair of sizes and leaves up to 256', async () => {
  const leaves = leavesOf(256)
  const store = memoryStore()
  const appended = appendLeaves(sha256, EMPTY_EDGE, leaves)
  store.write([...appended.fullTiles, ...appended.partialTiles])
  for (let size = 1; size <= 256; size++) {
    const own = leaves.slice(0, size)
    const tree = new TileTree(sha256, size, store.readTiles)
    const indexes = own.map((_, index) => index).filter((index) => size < 40 || (index + size) % 13 === 0)
    const proofs = await tree.inclusionProofs(indexes)
    indexes.forEach((index, at) => {
      assert.deepEqual(proofs[at], inclusionProofOf(sha256, own, index))
    })
    for (let old = 1; old <= size; old += size < 40 ? 1 : 11) {
      assert.deepEqual(await tree.consistencyProof(old), consistencyProofOf(sha256, own, { start: 0, end: old }))
    }
  }
})

test('a tree of three tile levels: proofs verify, and a cache spares the reading', async () => {
  const count = 70_000
  const packed = new Uint8Array(count * 32)
  for (let index = 0; index < count; index++) packed.set(leafHash(sha256, utf8(`${index}`)), index * 32)
  const store = memoryStore()
  const first = appendLeaves(sha256, EMPTY_EDGE, packed.subarray(0, 33_333 * 32))
  store.write([...first.fullTiles, ...first.partialTiles])
  const second = appendLeaves(sha256, first.edge, packed.subarray(33_333 * 32))
  store.write([...second.fullTiles, ...second.partialTiles])
  assert.deepEqual(
    partialTilesOf(count).map(({ level, width }) => [level, width]),
    [
      [0, 112],
      [1, 17],
      [2, 1],
    ],
  )
  const cache = new TileCache(50)
  const tree = new TileTree(sha256, count, store.readTiles, cache)
  assert.deepEqual(await tree.root(), second.root)
  for (const index of [0, 255, 256, 33_332, 65_535, 65_536, 69_999]) {
    const proof = await tree.inclusionProof(index)
    const [leaf] = await tree.leafHashes([index])
    assert.deepEqual(leaf, packed.slice(index * 32, index * 32 + 32))
    assert.ok(
      verifyInclusion(sha256, { index, size: count, leafHash: leaf as Uint8Array, proof, root: second.root }),
      `leaf ${index}`,
    )
  }
  for (const oldSize of [1, 256, 33_333, 65_536, 69_999, 70_000]) {
    const oldRoot = await new TileTree(sha256, oldSize, store.readTiles, cache).root()
    const proof = await tree.consistencyProof(oldSize)
    const claim = { oldSize, newSize: count, oldRoot, newRoot: second.root, proof }
    assert.ok(verifyConsistency(sha256, claim, { fromEmpty: 'refuse' }), `from ${oldSize}`)
  }
  assert.ok(cache.size > 0 && cache.size <= 50)
  const full = new TileTree(sha256, 65_536, store.readTiles, cache)
  await full.inclusionProof(5)
  const readsBefore = store.reads
  await full.inclusionProof(9)
  assert.equal(store.reads, readsBefore)
})

test('a store that lost a tile is a fault, not a proof', async () => {
  const appended = appendLeaves(sha256, EMPTY_EDGE, leavesOf(300))
  const short: ReadTiles = async (refs) => refs.map(() => new Uint8Array(32))
  await assert.rejects(new TileTree(sha256, appended.size, short).inclusionProof(3))
  await assert.rejects(restoreEdge(300, short))
  await assert.rejects(new TileTree(sha256, 300, short).inclusionProof(300), RangeError)
})
