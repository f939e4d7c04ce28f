import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { verifyCommand } from '../../../verify/main.ts'
import type { Section } from '../../kernel/act.ts'
import type { Audience } from '../../kernel/audience.ts'
import { base64 } from '../../kernel/bytes.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { temporaryFolder } from '../../platform/testing.ts'
import { publishKey } from '../../record/acts.ts'
import { parseReceiptExtra, parseTlogProof } from '../../record/proof.ts'
import { entriesOfAct, makeReceiptFile } from './receipt-file.ts'
import { enterAna, ORIGIN, openReturnHouse } from './testing.ts'

/** As a lawyer would check it: what each may see of an admission. Nobody of these sees `medical`. */
const opens: Readonly<Record<Audience, readonly Section[]>> = {
  court: ['person', 'place', 'legal', 'act', 'health', 'staff'],
  oversight: ['person', 'place', 'legal', 'act', 'health', 'staff'],
  counsel: ['person', 'legal', 'health'],
  family: ['person', 'health'],
  'sending-state': ['person', 'legal'],
}

test('a receipt of the house verifies offline, its promise under the published key alone', async (t) => {
  const opened = await openReturnHouse(t)
  const { house } = opened
  const { admission } = await enterAna(opened)
  const early = await makeReceiptFile(house, { entry: admission.entry, audience: 'counsel' })
  assert.ok(isRefusal(early) && early.code === 'not-yet-in-tree')
  const published = await opened.submit(publishKey, {
    act: { use: 'promise', origin: ORIGIN, ed25519: base64(house.signerKeys.promise.ed25519) },
  })
  await house.settle()

  const folder = await temporaryFolder(t)
  const write = async (name: string, content: Awaited<ReturnType<typeof makeReceiptFile>>) => {
    assert.ok(typeof content === 'string')
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const policy = await write('policy', opened.policy)
  const file = await write('own', await makeReceiptFile(house, { entry: admission.entry, audience: 'counsel' }))
  const keyFile = await write('key', await makeReceiptFile(house, { entry: published.entry, audience: 'counsel' }))
  const rawKey = await write('raw', `${base64(house.signerKeys.promise.ed25519)}\n`)
  const otherKey = await write('other', `${base64(house.signerKeys.custodian.ed25519)}\n`)

  const unchecked = await verifyCommand(file, policy)
  assert.equal(unchecked.exitCode, 0)
  assert.ok('promise' in unchecked.json && unchecked.json.promise === 'unchecked')
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

  const bytes = await readFile(file)
  const at = bytes.indexOf('extra ') + 60
  bytes[at] = (bytes[at] as number) === 65 ? 66 : 65
  await writeFile(join(folder, 'changed'), bytes)
  assert.equal((await verifyCommand(join(folder, 'changed'), policy)).exitCode, 1)

  const none = await makeReceiptFile(house, { entry: admission.act, audience: 'court' })
  assert.ok(isRefusal(none) && none.code === 'no-such-entry')
  assert.deepEqual(await entriesOfAct(house, admission.act), [admission.entry])
  assert.deepEqual(await entriesOfAct(house, admission.entry), [admission.entry])
})

test('each audience opens exactly its sections, or the fewer that are named; a closed one is refused', async (t) => {
  const opened = await openReturnHouse(t)
  const { house } = opened
  const { admission } = await enterAna(opened)
  await house.settle()
  const { entry } = admission
  const folder = await temporaryFolder(t)
  const policy = join(folder, 'policy')
  await writeFile(policy, opened.policy)
  const sectionsOf = async (audience: Audience, sections?: readonly Section[]) => {
    const made = await makeReceiptFile(house, { entry, audience, ...(sections !== undefined && { sections }) })
    assert.ok(typeof made === 'string')
    const file = join(folder, audience)
    await writeFile(file, made)
    const { exitCode, json } = await verifyCommand(file, policy)
    assert.equal(exitCode, 0)
    assert.ok('sections' in json)
    return Object.keys(json.sections ?? {})
  }
  for (const [audience, sections] of Object.entries(opens)) {
    assert.deepEqual(await sectionsOf(audience as Audience), sections, audience)
    assert.deepEqual(await sectionsOf(audience as Audience, []), [], audience)
    assert.deepEqual(await sectionsOf(audience as Audience, ['person']), ['person'], audience)
  }
  for (const [audience, section] of [
    ['family', 'legal'],
    ['counsel', 'act'],
    ['court', 'medical'],
  ] as const) {
    const refused = await makeReceiptFile(house, { entry, audience, sections: ['person', section] })
    assert.ok(isRefusal(refused) && refused.code === 'section-closed')
    assert.deepEqual(refused.details.closed, [section])
  }
})

test('the promise is the one that came with the act; while the signer is silent the receipt is made without it', async (t) => {
  const opened = await openReturnHouse(t)
  const { house } = opened
  const { admission } = await enterAna(opened)
  await house.settle()
  const promiseIn = async (promiser: typeof house.promiser) => {
    const made = await makeReceiptFile({ ...house, promiser }, { entry: admission.entry, audience: 'family' })
    assert.ok(typeof made === 'string')
    const proof = parseTlogProof(made)
    assert.ok(proof.ok)
    const extra = parseReceiptExtra(proof.value.extra as Uint8Array)
    assert.ok(extra.ok)
    return extra.value.promise
  }
  const leaf = Buffer.from(admission.leafHash, 'base64')
  const given = await house.promiser.promise([leaf], admission.recordedAt)
  assert.equal((await promiseIn(house.promiser))?.sig, given?.signature)
  assert.equal(await promiseIn({ promise: async () => undefined }), undefined)
})
