import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { SDJwtInstance } from '@sd-jwt/core'
import { verifyCommand } from '../../../verify/main.ts'
import { base64 } from '../../kernel/bytes.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { temporaryFolder } from '../../platform/testing.ts'
import { nodeChecker, sha256 } from '../../record/node-crypto.ts'
import { keyThumbprint, SD_JWT_TYP } from '../../record/sd-jwt.ts'
import { leafHash } from '../../record/tree.ts'
import { findPublished } from './make.ts'
import { makeReceiptFile } from './receipt-file.ts'
import { makeEntrySdJwt } from './sd-jwt.ts'
import { enterAna, openReturnHouse } from './testing.ts'

test('an entry for counsel is an SD-JWT that a library of others opens: their sections, the custodian as signer', async (t) => {
  const opened = await openReturnHouse(t)
  const { admission } = await enterAna(opened)
  const { house } = opened
  const sdJwt = await makeEntrySdJwt(house, { entry: admission.entry, audience: 'counsel' })
  assert.ok(typeof sdJwt === 'string')
  const { ed25519 } = house.signerKeys.custodian
  const theirs = new SDJwtInstance({
    hashAlg: 'sha-256',
    hasher: (data, algorithm) =>
      hash(algorithm.replace('-', ''), typeof data === 'string' ? data : new Uint8Array(data), 'buffer'),
    verifier: async (data, signature) =>
      nodeChecker.verifySignature('ed25519', ed25519, Buffer.from(data), Buffer.from(signature, 'base64url')),
  })
  const { header, payload } = await theirs.verify(sdJwt)
  assert.deepEqual(header, { alg: 'EdDSA', kid: keyThumbprint(sha256, ed25519), typ: SD_JWT_TYP })
  const sections = payload as Record<string, Record<string, unknown> | undefined>
  assert.equal(sections.person?.registerNumber, admission.registerNumber)
  assert.ok(sections.legal !== undefined && sections.health !== undefined)
  for (const closed of ['place', 'act', 'staff', 'medical']) assert.equal(sections[closed], undefined, closed)
  // The payload is the leaf: the receipt of the same entry proves where it stands.
  const bytes = Buffer.from(sdJwt.split('.')[1] as string, 'base64url')
  assert.equal(leafHash(sha256, bytes).toBase64(), admission.leafHash)

  const changed = sdJwt.replace(/\.[A-Za-z0-9_-]{8}/, (part) => `${part.slice(0, -1)}${part.endsWith('A') ? 'B' : 'A'}`)
  await assert.rejects(theirs.verify(changed))
})

test('each audience gets its own sections of the same entry; an entry that is not there is refused', async (t) => {
  const opened = await openReturnHouse(t)
  const { admission } = await enterAna(opened)
  const sectionsOf = async (audience: 'court' | 'family' | 'sending-state') => {
    const sdJwt = await makeEntrySdJwt(opened.house, { entry: admission.entry, audience })
    assert.ok(typeof sdJwt === 'string')
    const [, ...texts] = sdJwt.split('~').filter((text) => text !== '')
    return texts.map((text) => JSON.parse(Buffer.from(text, 'base64url').toString())[1])
  }
  assert.deepEqual(await sectionsOf('court'), ['person', 'place', 'legal', 'act', 'health', 'staff'])
  assert.deepEqual(await sectionsOf('family'), ['person', 'health'])
  assert.deepEqual(await sectionsOf('sending-state'), ['person', 'legal'])
  const none = await makeEntrySdJwt(opened.house, { entry: admission.act, audience: 'court' })
  assert.ok(isRefusal(none) && none.code === 'no-such-entry')
})

test('habeas verify takes an SD-JWT offline: whose it is under the key that the record publishes, no byte changed', async (t) => {
  const opened = await openReturnHouse(t)
  const { house } = opened
  const { admission } = await enterAna(opened)
  await house.settle()
  const folder = await temporaryFolder(t)
  const write = async (name: string, content: string | Refusal | undefined) => {
    assert.ok(typeof content === 'string')
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const policy = await write('policy', opened.policy)
  const sdJwt = await makeEntrySdJwt(house, { entry: admission.entry, audience: 'counsel' })
  const file = await write('entry.sd-jwt', sdJwt)
  const key = await findPublished(house, 'custodian', base64(house.signerKeys.custodian.ed25519))
  const custodianKey = await write('key', await makeReceiptFile(house, { entry: key?.id ?? '', audience: 'family' }))

  const { exitCode, json } = await verifyCommand(file, policy, 'en', { custodianKey })
  assert.ok(exitCode === 0 && json.kind === 'sd-jwt' && 'sections' in json)
  assert.deepEqual(Object.keys(json.sections ?? {}), ['person', 'legal', 'health'])
  const fewer = await write('fewer', `${(sdJwt as string).split('~').slice(0, 2).join('~')}~`)
  assert.equal((await verifyCommand(fewer, policy, 'en', { custodianKey })).exitCode, 0)

  // Without the key, or with another, anybody could have made it.
  assert.equal((await verifyCommand(file, policy)).exitCode, 2)
  const other = await write('other', base64(house.signerKeys.promise.ed25519))
  assert.equal((await verifyCommand(file, policy, 'en', { custodianKey: other })).exitCode, 2)
  const distrusting = await write('strange', 'quorum none\n')
  assert.equal((await verifyCommand(file, distrusting, 'en', { custodianKey })).exitCode, 1)

  const bytes = Buffer.from(sdJwt as string)
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Buffer.from(bytes)
    changed[at] = (changed[at] as number) ^ 1
    await writeFile(join(folder, 'changed'), changed)
    const judged = await verifyCommand(join(folder, 'changed'), policy, 'en', { custodianKey })
    assert.notEqual(judged.exitCode, 0, `byte ${at}`)
  }
})

test('the custodian key signs nothing by this door that is not an entry under its own header', async (t) => {
  const { house } = await openReturnHouse(t)
  const envelope = '{"a":1}'
  const encode = (text: string) => Buffer.from(text).toString('base64url')
  const kid = keyThumbprint(sha256, house.signerKeys.custodian.ed25519)
  const header = encode(`{"alg":"EdDSA","kid":"${kid}","typ":"${SD_JWT_TYP}"}`)
  for (const input of [
    'habeas/return/v1\nAAAA\n',
    `${header}.${encode(envelope)}`,
    `${encode('{"alg":"EdDSA","typ":"JWT"}')}.${encode(envelope)}`,
    `${header}.`,
    header,
  ]) {
    await assert.rejects(house.signer.signSdJwt(input), /no SD-JWT/)
  }
})
