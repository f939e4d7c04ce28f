import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { base64 } from '../kernel/bytes.ts'
import { sha256 } from '../record/node-crypto.ts'
import { inclusionProofOf, leafHash, rootOf } from '../record/tree.ts'
import { stepsOf } from './record-read.ts'

test('each step of a proof makes the next node, and the last one the root', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 70 }), fc.nat(), (size, anywhere) => {
      const index = anywhere % size
      const leaves = Array.from({ length: size }, (_, i) => leafHash(sha256, Buffer.from(`leaf ${i}`)))
      const { path, root } = stepsOf(leaves[index] as Uint8Array, index, size, inclusionProofOf(sha256, leaves, index))
      assert.equal(base64(root), base64(rootOf(sha256, leaves)))
      assert.equal(path.at(-1)?.makes ?? base64(leaves[index] as Uint8Array), base64(root))
    }),
  )
})
