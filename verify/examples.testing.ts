/**
 * Makes the examples of docs/record-format.md with fresh throw-away keys: `node verify/examples.testing.ts docs/examples`.
 * Run it only when a format changes, and take the figures quoted in the document from the new files.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { base64, utf8 } from '../src/kernel/bytes.ts'
import { formatPromise } from '../src/record/promise.ts'
import { formatReceiptExtra, formatTlogProof } from '../src/record/proof.ts'
import { ATTESTED, HELD, logOf, makeKey, makeReturn, ORIGIN, policyOf, smallLog, type TestEntry } from './testing.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('usage: node verify/examples.testing.ts FOLDER')
await mkdir(folder, { recursive: true })

const entries = smallLog()
const log = logOf(entries)
const promiseKey = makeKey('ed25519')
const text = formatPromise({
  origin: ORIGIN,
  timeSeconds: 1_795_424_523,
  delaySeconds: 10,
  leafHashes: [log.leaves[2] as Uint8Array],
})
const { envelope, disclosures } = entries[2] as TestEntry
const extra = formatReceiptExtra({
  envelope,
  disclosures: disclosures.slice(0, 2),
  promise: { text, sig: base64(promiseKey.sign(utf8(text))) },
})

await writeFile(join(folder, 'trust.policy'), policyOf())
await writeFile(join(folder, 'return.jcs'), makeReturn(entries, [HELD, ATTESTED], 2, undefined, log))
await writeFile(
  join(folder, 'receipt.tlog-proof'),
  formatTlogProof({ extra, index: 2, proof: log.proof(2), checkpoint: log.note }),
)
await writeFile(join(folder, 'promise.key'), `${base64(promiseKey.publicKey)}\n`)
