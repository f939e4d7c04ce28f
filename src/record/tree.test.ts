import assert from 'node:assert/strict'
import { test } from 'node:test'
import { utf8 } from '../kernel/bytes.ts'
import { sha256 } from './node-crypto.ts'
import {
  consistencyProofOf,
  consistencyRanges,
  emptyRoot,
  inclusionProofOf,
  inclusionRanges,
  type LeafRange,
  leafHash,
  nodeHash,
  rootOf,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from './tree.ts'

const LEAVES = Array.from({ length: 256 }, (_, index) => leafHash(sha256, utf8(`leaf ${index}`)))
// The definition itself (RFC 9162 §2.1.1), written a second time, bottom-up, so that the two can disagree.
function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return emptyRoot(sha256)
  let row = [...leaves]
  while (row.length > 1) {
    const next: Uint8Array[] = []
    for (let index = 0; index < row.length; index += 2) {
      const left = row[index] as Uint8Array
      const right = row[index + 1]
      next.push(right === undefined ? left : nodeHash(sha256, left, right))
    }
    row = next
  }
  return row[0] as Uint8Array
}
const ROOTS = Array.from({ length: 257 }, (_, size) => naiveRoot(LEAVES.slice(0, size)))
// Each range once: computing every proof from its leaves anew would take ten times as long.
const known = new Map<string, Uint8Array>()
function hashOf({ start, end }: LeafRange): Uint8Array {
  const key = `${start}-${end}`
  const hash = known.get(key) ?? rootOf(sha256, LEAVES, { start, end })
  known.set(key, hash)
  return hash
}
const flipped = (hash: Uint8Array) => hash.map((byte, index) => (index === 9 ? byte ^ 4 : byte))

test('the root of every size up to 256 is that of the definition', () => {
  for (let size = 0; size <= 256; size++) assert.deepEqual(rootOf(sha256, LEAVES.slice(0, size)), ROOTS[size])
})

test('inclusion: every leaf of every size up to 256 verifies, and no changed proof does', () => {
  for (let size = 1; size <= 256; size++) {
    const root = ROOTS[size] as Uint8Array
    for (let index = 0; index < size; index++) {
      const claim = {
        index,
        size,
        leafHash: LEAVES[index] as Uint8Array,
        proof: inclusionRanges(index, size).map(hashOf),
        root,
      }
      assert.ok(verifyInclusion(sha256, claim))
      if (size > 70 && (size + index) % 23 !== 0) continue // the mutations of large trees: a sample
      assert.ok(!verifyInclusion(sha256, { ...claim, root: flipped(root) }))
      assert.ok(!verifyInclusion(sha256, { ...claim, leafHash: flipped(claim.leafHash) }))
      assert.ok(!verifyInclusion(sha256, { ...claim, proof: [...claim.proof, root] }))
      assert.ok(!verifyInclusion(sha256, { ...claim, proof: [root, ...claim.proof] }))
      if (size > 1) {
        assert.ok(!verifyInclusion(sha256, { ...claim, index: (index + 1) % size }))
        assert.ok(!verifyInclusion(sha256, { ...claim, proof: claim.proof.slice(1) }))
        assert.ok(!verifyInclusion(sha256, { ...claim, proof: claim.proof.slice(0, -1) }))
        claim.proof.forEach((hash, at) => {
          assert.ok(!verifyInclusion(sha256, { ...claim, proof: claim.proof.with(at, flipped(hash)) }))
        })
      }
    }
  }
})

test('consistency: every pair of sizes up to 256 verifies, and no changed proof does', () => {
  for (let newSize = 1; newSize <= 256; newSize++) {
    for (let oldSize = 1; oldSize <= newSize; oldSize++) {
      const claim = {
        oldSize,
        newSize,
        oldRoot: ROOTS[oldSize] as Uint8Array,
        newRoot: ROOTS[newSize] as Uint8Array,
        proof: consistencyRanges({ start: 0, end: oldSize }, newSize).map(hashOf),
      }
      const verifies = (changed: Partial<typeof claim>) =>
        verifyConsistency(sha256, { ...claim, ...changed }, { fromEmpty: 'refuse' })
      assert.ok(verifies({}), `${oldSize} → ${newSize}`)
      if (newSize > 66 && (oldSize + newSize) % 41 !== 0) continue // the mutations of large trees: a sample
      assert.ok(!verifies({ newRoot: flipped(claim.newRoot) }))
      assert.ok(!verifies({ oldRoot: flipped(claim.oldRoot) }))
      assert.ok(!verifies({ proof: [...claim.proof, claim.newRoot] }))
      assert.ok(!verifies({ oldSize: oldSize + 1 }))
      if (claim.proof.length > 0) assert.ok(!verifies({ proof: claim.proof.slice(1) }))
      claim.proof.forEach((hash, at) => {
        assert.ok(!verifies({ proof: claim.proof.with(at, flipped(hash)) }))
      })
    }
  }
})

test('subtrees: every subtree of every size up to 64 verifies, with each of its leaves', () => {
  for (let size = 1; size <= 64; size++) {
    const leaves = LEAVES.slice(0, size)
    for (let end = 1; end <= size; end++) {
      for (let start = 0; start < end; start++) {
        const width = 2 ** Math.ceil(Math.log2(end - start))
        if (start % width !== 0) continue
        const range = { start, end }
        const subtree = LEAVES.slice(start, end)
        const subtreeRoot = naiveRoot(subtree)
        const proof = consistencyProofOf(sha256, leaves, range)
        const claim = { range, size, subtreeRoot, root: ROOTS[size] as Uint8Array, proof }
        assert.ok(verifySubtreeConsistency(sha256, claim), `[${start}, ${end}) of ${size}`)
        assert.ok(!verifySubtreeConsistency(sha256, { ...claim, subtreeRoot: flipped(subtreeRoot) }))
        assert.ok(!verifySubtreeConsistency(sha256, { ...claim, root: flipped(claim.root) }))
        proof.forEach((hash, at) => {
          assert.ok(!verifySubtreeConsistency(sha256, { ...claim, proof: proof.with(at, flipped(hash)) }))
        })
        if (size === 64) {
          subtree.forEach((hash, at) => {
            const inclusion = {
              index: start + at,
              range,
              leafHash: hash,
              proof: inclusionProofOf(sha256, subtree, at),
              root: subtreeRoot,
            }
            assert.ok(verifySubtreeInclusion(sha256, inclusion))
            assert.ok(!verifySubtreeInclusion(sha256, { ...inclusion, index: inclusion.index + 64 }))
          })
        }
      }
    }
  }
})

test('consistency from an empty tree is the caller’s rule', () => {
  const claim = {
    oldSize: 0,
    newSize: 5,
    oldRoot: emptyRoot(sha256),
    newRoot: ROOTS[5] as Uint8Array,
    proof: [] as Uint8Array[],
  }
  assert.ok(!verifyConsistency(sha256, claim, { fromEmpty: 'refuse' }))
  assert.ok(verifyConsistency(sha256, claim, { fromEmpty: 'accept' }))
  assert.ok(!verifyConsistency(sha256, { ...claim, proof: [claim.newRoot] }, { fromEmpty: 'accept' }))
  assert.ok(!verifyConsistency(sha256, { ...claim, oldRoot: claim.newRoot }, { fromEmpty: 'accept' }))
})

test('indexes beyond 2^31 and 2^53: proofs of large trees have the right ranges, unsafe numbers are refused', () => {
  const size = 2 ** 40 + 12_345
  const ranges = inclusionRanges(2 ** 40 + 7, size)
  assert.deepEqual(ranges.at(-1), { start: 0, end: 2 ** 40 })
  assert.equal(ranges[0]?.end, 2 ** 40 + 7)
  const any = ROOTS[1] as Uint8Array
  const unsafe = { index: 2 ** 60, size: 2 ** 61, leafHash: any, root: any, proof: [] }
  assert.ok(!verifyInclusion(sha256, unsafe))
  assert.ok(!verifyInclusion(sha256, { ...unsafe, index: -1, size: 1 }))
  assert.ok(!verifyInclusion(sha256, { ...unsafe, index: 0.5, size: 1 }))
})
