import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { rawPublicKey, sha256 } from '../record/node-crypto.ts'
import { formatVerifierKey, type KeyType, makeVerifierKey } from '../record/note.ts'
import { temporaryFolder } from './testing.ts'
import { TrustPolicy } from './trust-policy.ts'

function makeKey(name: string, type: KeyType) {
  const { publicKey } = type === 'subtree' ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519')
  return makeVerifierKey(sha256, name, type, rawPublicKey(publicKey))
}

const ORIGIN = 'habeas.example/tecoluca'
const logs = [makeKey(ORIGIN, 'note'), makeKey(ORIGIN, 'subtree')]

test('a start makes the policy; later starts keep its witnesses, and see what others wrote meanwhile', async (t) => {
  const path = join(await temporaryFolder(t), 'trust.policy')
  const policy = new TrustPolicy(path)
  assert.equal((await policy.keep(logs)).quorum, 'none')
  const keys = [makeKey('w.example', 'cosignature'), makeKey('w.example', 'subtree')].map(formatVerifierKey)
  const another = new TrustPolicy(path)
  await another.addWitness({ name: 'inspectorate', url: 'https://w.example', keys })
  assert.equal((await policy.get()).witnesses.length, 2, 'added by another process')
  const text = await readFile(path, 'utf8')
  assert.equal((await new TrustPolicy(path).keep(logs)).quorum, 'witnesses')
  assert.equal(await readFile(path, 'utf8'), text)

  await writeFile(path, text.replace(/^log .*\n/gm, ''))
  assert.equal((await policy.keep(logs)).logs.length, 2, 'a policy that lacks this log gets it')
})

test('other keys for this origin, a damaged or a missing file stop the start with a sentence', async (t) => {
  const path = join(await temporaryFolder(t), 'trust.policy')
  const policy = new TrustPolicy(path)
  await policy.keep(logs)
  const stolen = [makeKey(ORIGIN, 'note'), makeKey(ORIGIN, 'subtree')]
  await assert.rejects(policy.keep(stolen), {
    name: 'TrustPolicyWrong',
    message: /names other keys for habeas\.example/,
  })
  await assert.rejects(policy.addWitness({ name: 'x', keys: ['nonsense'] }), { name: 'TrustPolicyWrong' })
  await assert.rejects(policy.addWitness({ name: 'x', keys: [formatVerifierKey(logs[0] as (typeof logs)[0])] }), {
    message: /type 1 are for logs/,
  })
  await writeFile(path, 'log nonsense\n')
  await assert.rejects(policy.get(), { name: 'TrustPolicyWrong', message: /line 1/ })
  await rm(path)
  await assert.rejects(policy.get(), { name: 'TrustPolicyWrong', message: /has gone/ })
})
