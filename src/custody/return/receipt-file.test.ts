import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyCommand } from '../../../verify/main.ts'
import { base64 } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { temporaryFolder } from '../../platform/testing.ts'
import { publishKey } from '../../record/acts.ts'
import { formatPromise } from '../../record/promise.ts'
import { makeReceiptFile } from './receipt-file.ts'
import { enterAna, ORIGIN, openReturnHouse } from './testing.ts'

test('a receipt of the house verifies with what its reader may open, and its promise under the published key', async (t) => {
  const opened = await openReturnHouse(t)
  const { house } = opened
  const { admission } = await enterAna(opened)
  const early = await makeReceiptFile(house, { entry: admission.entry, audience: 'counsel' })
  assert.ok(isRefusal(early) && early.code === 'not-yet-in-tree')
  const published = await opened.submit(publishKey, {
    act: { use: 'promise', origin: ORIGIN, ed25519: base64(house.signerKeys.promise.ed25519) },
  })
  await house.settle()

  const text = formatPromise({
    origin: ORIGIN,
    timeSeconds: 1_795_424_523,
    delaySeconds: 10,
    leafHashes: [Uint8Array.fromBase64(admission.leafHash)],
  })
  const promise = { text, sig: base64(await house.signer.signPromise(text)) }
  const folder = await temporaryFolder(t)
  const write = async (name: string, content: Awaited<ReturnType<typeof makeReceiptFile>>) => {
    assert.ok(typeof content === 'string')
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const policy = await write('policy', opened.policy)
  const file = await write(
    'own',
    await makeReceiptFile(house, { entry: admission.entry, audience: 'counsel', promise }),
  )
  const keyFile = await write('key', await makeReceiptFile(house, { entry: published.entry, audience: 'counsel' }))
  const rawKey = await write('raw', `${base64(house.signerKeys.promise.ed25519)}\n`)
  const otherKey = await write('other', `${base64(house.signerKeys.custodian.ed25519)}\n`)

  const unchecked = await verifyCommand(file, policy)
  assert.equal(unchecked.exitCode, 0)
  assert.ok(unchecked.json.kind === 'receipt' && 'promise' in unchecked.json)
  assert.equal(unchecked.json.promise, 'unchecked')
  assert.deepEqual(Object.keys(unchecked.json.sections ?? {}), ['person', 'legal', 'health'])
  for (const promiseKey of [keyFile, rawKey]) {
    const { exitCode, json } = await verifyCommand(file, policy, 'en', { promiseKey })
    assert.equal(exitCode, 0)
    assert.ok('promise' in json && json.promise === 'verified')
  }
  assert.equal((await verifyCommand(file, policy, 'en', { promiseKey: otherKey })).json.verdict, 'broken')
  // A receipt that publishes something else is no key, and neither is one that the policy does not trust.
  const wrong = await verifyCommand(file, policy, 'en', { promiseKey: file })
  assert.match(wrong.text, /not that of the entry that publishes the promise key/)
  const strange = await write('strange', 'quorum none\n')
  assert.match((await verifyCommand(file, strange, 'en', { promiseKey: keyFile })).text, /not verified: unknown-key/)
  const none = await makeReceiptFile(house, { entry: admission.act, audience: 'court' })
  assert.ok(isRefusal(none) && none.code === 'no-such-entry')
})
