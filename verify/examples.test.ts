import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { base64, findBase64, utf8 } from '../src/kernel/bytes.ts'
import { disclosureDigest, disclosureText, parseEnvelope } from '../src/record/disclosure.ts'
import { leafHash } from '../src/record/tree.ts'
import { verifyCommand } from './main.ts'
import { nodePorts } from './node.ts'
import { verifyReceipt } from './receipt.ts'

const DOCS = fileURLToPath(new URL('../docs/', import.meta.url))
const read = (name: string) => readFile(`${DOCS}${name}`, 'utf8')

test('the examples that strangers are given verify', async () => {
  const policy = `${DOCS}examples/trust.policy`
  const judged = await verifyCommand(`${DOCS}examples/return.jcs`, policy)
  assert.equal(judged.exitCode, 0, judged.text)
  assert.match(judged.text, /3-14 \[entries 2\]/)
  assert.equal((await verifyCommand(`${DOCS}examples/receipt.tlog-proof`, policy)).exitCode, 0)
  const key = findBase64((await read('examples/promise.key')).trim())
  assert.ok(key)
  const receipt = utf8(await read('examples/receipt.tlog-proof'))
  assert.equal((await verifyReceipt(receipt, await read('examples/trust.policy'), nodePorts, key)).promise, 'verified')
})

test('the figures quoted in record-format.md are those of the examples', async () => {
  const document = await read('record-format.md')
  const { return: body } = JSON.parse(await read('examples/return.jcs'))
  const { sha256 } = nodePorts
  const quotes = (text: string) =>
    assert.ok(document.includes(text), `record-format.md lacks ${text}: take it from docs/examples`)
  const [, , entry] = body.entries
  quotes(`\n${entry.envelope}\n`)
  assert.ok(parseEnvelope(entry.envelope).ok)
  quotes(base64(leafHash(sha256, utf8(entry.envelope))))
  for (const hash of entry.proof) quotes(hash)
  quotes(body.checkpoint.split('\n').slice(0, 3).join('\n'))
  const disclosure = /^\["[A-Za-z0-9_-]{22}","place",.*\]$/m.exec(document)?.[0] ?? ''
  assert.ok(entry.disclosures.includes(disclosureText(disclosure)))
  quotes(`\n${disclosureText(disclosure)}\n`)
  quotes(`\n${disclosureDigest(sha256, disclosureText(disclosure))}\n`)
  quotes(`\n${(await read('examples/trust.policy')).split('\n')[0]}\n`)
})
