/**
 * The Merkle tree of RFC 6962 §2.1 / RFC 9162 §2.1 with SHA-256: leaf `SHA256(0x00 ‖ data)`, node
 * `SHA256(0x01 ‖ left ‖ right)`. Indexes are numbers up to 2^53 − 1; division, never bit operators, because those
 * wrap at 2^31 and real logs are larger (reference/record.md, pitfall 3).
 *
 * A *subtree* `[start, end)` (draft-ietf-plants-merkle-tree-certs §4) begins at a multiple of the smallest power of
 * two that is not less than its length; `[0, size)` always is one, so the consistency of two tree heads is the case
 * `start = 0` and there is one algorithm for both.
 */
import { bytesEqual, concatBytes } from '../kernel/bytes.ts'
import type { Sha256 } from '../kernel/hash.ts'

export const HASH_BYTES = 32

/** A run of leaves `[start, end)` whose hash stands in a proof. */
export type LeafRange = { start: number; end: number }

export function leafHash(sha256: Sha256, data: Uint8Array): Uint8Array {
  const input = new Uint8Array(data.length + 1)
  input.set(data, 1)
  return sha256(input)
}

export function nodeHash(sha256: Sha256, left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concatBytes(NODE_PREFIX, left, right))
}
const NODE_PREFIX = Uint8Array.of(1)

/** The root of a tree without leaves: SHA-256 of nothing. */
export function emptyRoot(sha256: Sha256): Uint8Array {
  return sha256(new Uint8Array(0))
}

/** Root of a tree held in memory; for tests, receipts and small trees. Large ones: `TileTree` in tiles.ts. */
export function rootOf(sha256: Sha256, leaves: readonly Uint8Array[], range?: LeafRange): Uint8Array {
  const { start, end } = range ?? { start: 0, end: leaves.length }
  if (start === end) return emptyRoot(sha256)
  if (end - start === 1) return leaves[start] as Uint8Array
  const middle = start + largestPowerOfTwoBelow(end - start)
  return nodeHash(
    sha256,
    rootOf(sha256, leaves, { start, end: middle }),
    rootOf(sha256, leaves, { start: middle, end }),
  )
}

/** Largest power of two strictly less than `count` (`count` ≥ 2). */
export function largestPowerOfTwoBelow(count: number): number {
  let power = 1
  while (power * 2 < count) power *= 2
  return power
}

/** Ranges whose hashes are the inclusion proof of `index` in a tree of `size`, from the leaf upwards. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  if (!isIndexBelow(index, size)) throw new RangeError(`no leaf ${index} in a tree of ${size}`)
  const ranges: LeafRange[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + largestPowerOfTwoBelow(end - start)
    if (index < middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      start = middle
    }
  }
  return ranges.reverse()
}

/**
 * Ranges whose hashes prove that the subtree `[range.start, range.end)` belongs to a tree of `size`. With
 * `range = [0, oldSize)` this is the consistency proof of RFC 9162 §2.1.4.1.
 */
export function consistencyRanges(range: LeafRange, size: number): LeafRange[] {
  if (!isSubtree(range) || !Number.isSafeInteger(size) || range.end > size) {
    throw new RangeError(`[${range.start}, ${range.end}) is no subtree of a tree of ${size}`)
  }
  const ranges: LeafRange[] = []
  let start = 0
  let end = size
  let isKnown = true // the verifier has the hash of the range itself, until the range crosses a middle
  let rest = range
  while (!(start === rest.start && end === rest.end)) {
    const middle = start + largestPowerOfTwoBelow(end - start)
    if (rest.end <= middle) {
      ranges.push({ start: middle, end })
      end = middle
    } else {
      ranges.push({ start, end: middle })
      if (rest.start < middle) {
        rest = { start: middle, end: rest.end }
        isKnown = false
      }
      start = middle
    }
  }
  if (!isKnown) ranges.push(rest)
  return ranges.reverse()
}

/** Proofs from leaves in memory; the large counterpart is `TileTree`. */
export function inclusionProofOf(sha256: Sha256, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  return inclusionRanges(index, leaves.length).map((range) => rootOf(sha256, leaves, range))
}

export function consistencyProofOf(sha256: Sha256, leaves: readonly Uint8Array[], range: LeafRange): Uint8Array[] {
  return consistencyRanges(range, leaves.length).map((part) => rootOf(sha256, leaves, part))
}

export type InclusionClaim = {
  index: number
  size: number
  leafHash: Uint8Array
  proof: readonly Uint8Array[]
  root: Uint8Array
}

/** RFC 9162 §2.1.3.2. False for anything malformed; never throws. */
export function verifyInclusion(sha256: Sha256, claim: InclusionClaim): boolean {
  const { index, size, proof } = claim
  if (!isIndexBelow(index, size)) return false
  if (!areHashes([claim.leafHash, claim.root, ...proof])) return false
  let first = index
  let last = size - 1
  let hash = claim.leafHash
  for (const sibling of proof) {
    if (last === 0) return false
    if (first % 2 === 1 || first === last) {
      hash = nodeHash(sha256, sibling, hash)
      while (first % 2 === 0 && first !== 0) {
        first /= 2
        last = half(last)
      }
    } else {
      hash = nodeHash(sha256, hash, sibling)
    }
    first = half(first)
    last = half(last)
  }
  return last === 0 && bytesEqual(hash, claim.root)
}

export type ConsistencyClaim = {
  oldSize: number
  newSize: number
  oldRoot: Uint8Array
  newRoot: Uint8Array
  proof: readonly Uint8Array[]
}

/**
 * RFC 9162 §2.1.4.2. The specifications disagree about an old size of zero: transparency-dev/merkle refuses it,
 * C2SP tlog-witness accepts it with an empty proof. So each caller says which rule it lives under.
 */
export function verifyConsistency(
  sha256: Sha256,
  claim: ConsistencyClaim,
  rule: { fromEmpty: 'refuse' | 'accept' },
): boolean {
  if (claim.oldSize === 0) {
    return (
      rule.fromEmpty === 'accept' &&
      Number.isSafeInteger(claim.newSize) &&
      claim.newSize >= 0 &&
      claim.proof.length === 0 &&
      areHashes([claim.newRoot]) &&
      bytesEqual(claim.oldRoot, emptyRoot(sha256)) &&
      (claim.newSize > 0 || bytesEqual(claim.newRoot, claim.oldRoot))
    )
  }
  return verifySubtreeConsistency(sha256, {
    range: { start: 0, end: claim.oldSize },
    size: claim.newSize,
    subtreeRoot: claim.oldRoot,
    root: claim.newRoot,
    proof: claim.proof,
  })
}

export type SubtreeInclusionClaim = {
  index: number
  range: LeafRange
  leafHash: Uint8Array
  proof: readonly Uint8Array[]
  root: Uint8Array
}

/** A leaf within a subtree `[start, end)` (draft-ietf-plants-merkle-tree-certs §4.3): inclusion, counted from start. */
export function verifySubtreeInclusion(sha256: Sha256, claim: SubtreeInclusionClaim): boolean {
  const { index, range } = claim
  if (!isSubtree(range) || !Number.isSafeInteger(index)) return false
  if (index < range.start || index >= range.end) return false
  return verifyInclusion(sha256, {
    index: index - range.start,
    size: range.end - range.start,
    leafHash: claim.leafHash,
    proof: claim.proof,
    root: claim.root,
  })
}

export type SubtreeConsistencyClaim = {
  range: LeafRange
  size: number
  subtreeRoot: Uint8Array
  root: Uint8Array
  proof: readonly Uint8Array[]
}

/** A subtree `[start, end)` within a tree of `size` (draft-ietf-plants-merkle-tree-certs §4.4.3). */
export function verifySubtreeConsistency(sha256: Sha256, claim: SubtreeConsistencyClaim): boolean {
  const { range, size, proof } = claim
  if (!isSubtree(range) || !Number.isSafeInteger(size) || range.end > size) return false
  if (!areHashes([claim.subtreeRoot, claim.root, ...proof])) return false
  let first = range.start
  let end = range.end - 1
  let last = size - 1
  const shift = () => {
    first = half(first)
    end = half(end)
    last = half(last)
  }
  // Up to the largest complete tree at the end of the range; all of it when the range ends the tree.
  const isTail = end === last
  while (first !== end && (isTail || end % 2 === 1)) shift()
  const rest = first === end ? [claim.subtreeRoot, ...proof] : proof
  let [subtreeHash, ...siblings] = rest
  if (subtreeHash === undefined) return false
  let hash = subtreeHash
  for (const sibling of siblings) {
    if (last === 0) return false
    if (end % 2 === 1 || end === last) {
      if (first < end) subtreeHash = nodeHash(sha256, sibling, subtreeHash)
      hash = nodeHash(sha256, sibling, hash)
      while (end % 2 === 0 && end !== 0) shift()
    } else {
      hash = nodeHash(sha256, hash, sibling)
    }
    shift()
  }
  return last === 0 && bytesEqual(subtreeHash, claim.subtreeRoot) && bytesEqual(hash, claim.root)
}

function isSubtree({ start, end }: LeafRange): boolean {
  if (!Number.isSafeInteger(start) || !Number.isSafeInteger(end) || start < 0 || end <= start) return false
  let width = 1
  while (width < end - start) width *= 2
  return start % width === 0
}

function isIndexBelow(index: number, size: number): boolean {
  return Number.isSafeInteger(index) && Number.isSafeInteger(size) && index >= 0 && index < size
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === HASH_BYTES)
}

function half(value: number): number {
  return Math.floor(value / 2)
}
