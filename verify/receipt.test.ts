import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { base64, findText, utf8 } from '../src/kernel/bytes.ts'
import { formatPromise } from '../src/record/promise.ts'
import { formatReceiptExtra, formatTlogProof } from '../src/record/proof.ts'
import { verifyCommand } from './main.ts'
import { nodePorts } from './node.ts'
import { verifyReceipt } from './receipt.ts'
import { logOf, makeKey, ORIGIN, policyOf, smallLog, type TestEntry } from './testing.ts'

const promiseKey = makeKey('ed25519')

function makeReceipt(leafOf = 2, promiseLeaf = 2): Uint8Array {
  const entries = smallLog()
  const log = logOf(entries)
  const { envelope, disclosures } = entries[leafOf] as TestEntry
  const text = formatPromise({
    origin: ORIGIN,
    timeSeconds: 1_795_424_523,
    delaySeconds: 10,
    leafHashes: [log.leaves[promiseLeaf] as Uint8Array],
  })
  const extra = formatReceiptExtra({
    envelope,
    disclosures: disclosures.slice(0, 2),
    promise: { text, sig: base64(promiseKey.sign(utf8(text))) },
  })
  return utf8(formatTlogProof({ extra, index: 2, proof: log.proof(2), checkpoint: log.note }))
}

test('a receipt is verified with its open sections and its promise', async () => {
  const receipt = makeReceipt()
  const judged = await verifyReceipt(receipt, policyOf(), nodePorts, promiseKey.publicKey)
  assert.equal(judged.verdict, 'verified')
  assert.equal(judged.index, 2)
  assert.equal(judged.promise, 'verified')
  assert.deepEqual(judged.sections?.place, { cell: '3-14' })
  assert.equal((await verifyReceipt(receipt, policyOf(), nodePorts)).promise, 'unchecked')
  assert.equal((await verifyReceipt(receipt, policyOf({ logs: [] }), nodePorts)).verdict, 'unknown-key')
})

test('another entry, another promise, another key, other bytes: broken', async () => {
  const verdictOf = async (receipt: Uint8Array, key = promiseKey.publicKey) =>
    (await verifyReceipt(receipt, policyOf(), nodePorts, key)).verdict
  assert.equal(await verdictOf(makeReceipt(1)), 'broken')
  assert.equal(await verdictOf(makeReceipt(2, 1)), 'broken')
  assert.equal(await verdictOf(makeReceipt(), makeKey('ed25519').publicKey), 'broken')
  const text = findText(makeReceipt()) ?? ''
  assert.equal(await verdictOf(utf8(text.replace('index 2', 'index 1'))), 'broken')
  assert.equal(await verdictOf(utf8(text.replace('index 2', 'index 02'))), 'broken')
  assert.equal(await verdictOf(utf8(text.replace(/^extra .*\n/m, ''))), 'broken')
  assert.equal(await verdictOf(utf8('c2sp.org/tlog-proof@v1\n')), 'broken')
})

test('every byte of a receipt before its signatures counts', async () => {
  const receipt = makeReceipt()
  const end = (findText(receipt) ?? '').indexOf('\n— ')
  const policy = policyOf()
  for (let at = 0; at < end; at++) {
    const changed = receipt.slice()
    changed[at] = (changed[at] as number) ^ 1
    const { verdict } = await verifyReceipt(changed, policy, nodePorts, promiseKey.publicKey)
    assert.notEqual(verdict, 'verified', `byte ${at}`)
  }
})

test('the command tells a receipt from a return by its first line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'receipt-'))
  try {
    await writeFile(join(folder, 'r.tlog-proof'), makeReceipt())
    await writeFile(join(folder, 'policy'), policyOf())
    const { exitCode, text, json } = await verifyCommand(join(folder, 'r.tlog-proof'), join(folder, 'policy'))
    assert.equal(exitCode, 0)
    assert.equal(json.kind, 'receipt')
    assert.match(text, /^VERIFIED[\s\S]*Entry 2:[\s\S]*promise not checked/)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
