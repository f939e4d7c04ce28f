import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { rawPublicKey, sha256 } from './node-crypto.ts'
import { type KeyType, makeVerifierKey } from './note.ts'
import { formatPolicy, isQuorumMet, type Policy, parsePolicy } from './policy.ts'
import { addWitness, type NewWitness } from './policy-edit.ts'

function makeKey(name: string, type: KeyType) {
  const { publicKey } = type === 'subtree' ? generateKeyPairSync('ml-dsa-44') : generateKeyPairSync('ed25519')
  return makeVerifierKey(sha256, name, type, rawPublicKey(publicKey))
}

const logKey = makeKey('habeas.example/log', 'note')
const BARE: Policy = { logs: [{ key: logKey }], witnesses: [], groups: [], quorum: 'none' }
const url = 'https://w.example'
const pair = (name: string) => [makeKey(name, 'cosignature'), makeKey(name, 'subtree')]

function added(policy: Policy, witness: NewWitness): Policy {
  const answer = addWitness(policy, witness)
  assert.ok(answer.ok, JSON.stringify(answer))
  const text = formatPolicy(answer.value)
  assert.deepEqual(parsePolicy(sha256, text), { ok: true, value: answer.value }, text)
  return answer.value
}

function refused(policy: Policy, witness: NewWitness): string {
  const answer = addWitness(policy, witness)
  assert.ok(!answer.ok)
  return answer.reason
}

test('the first witness makes the quorum any of them; more and N are asked for as they come', () => {
  const one = added(BARE, { name: 'inspectorate', url, keys: pair('i.example') })
  assert.deepEqual(
    formatPolicy(one)
      .split('\n')
      .slice(3)
      .map((line) => line.trim()),
    [
      'group inspectorate 1 inspectorate/ed25519 inspectorate/ml-dsa-44',
      'group witnesses 1 inspectorate',
      'quorum witnesses',
      '',
    ],
  )
  const two = added(one, { name: 'bar', keys: [makeKey('bar.example', 'cosignature')] })
  const three = added(two, { name: 'registry', url, keys: pair('r.example'), quorum: 2 })
  assert.deepEqual(three.groups.at(-1), {
    name: 'witnesses',
    threshold: 2,
    members: ['inspectorate', 'bar', 'registry'],
  })

  const isEnough = (...names: string[]) => isQuorumMet(three, names)
  assert.ok(!isEnough('inspectorate/ed25519', 'inspectorate/ml-dsa-44'), 'two keys of one witness are one voice')
  assert.ok(isEnough('inspectorate/ml-dsa-44', 'bar'))
  assert.ok(isEnough('registry/ed25519', 'bar'))
  assert.ok(!isEnough('bar'))
})

test('a quorum written by hand is kept: a group grows, a single witness becomes one of two', () => {
  const key = makeKey('bar.example', 'cosignature')
  const single: Policy = { ...BARE, witnesses: [{ name: 'bar', key }], quorum: 'bar' }
  const witness = { name: 'inspectorate', keys: pair('i.example') }
  assert.deepEqual(added(single, witness).groups.at(-1), {
    name: 'witnesses',
    threshold: 1,
    members: ['bar', 'inspectorate'],
  })
  const groups = [{ name: 'independents', threshold: 1, members: ['bar'] }]
  const grown = added({ ...single, groups, quorum: 'independents' }, { ...witness, quorum: 2 })
  assert.deepEqual(grown.groups.at(-1), { name: 'independents', threshold: 2, members: ['bar', 'inspectorate'] })
  assert.equal(grown.quorum, 'independents')
})

test('what cannot be is said', () => {
  const keys = pair('i.example')
  const policy = added(BARE, { name: 'inspectorate', url, keys })
  const other = pair('o.example')
  const [ed25519, mlDsa] = other as [(typeof other)[0], (typeof other)[0]]
  assert.match(refused(policy, { name: 'inspectorate', keys: other }), /name is taken/)
  assert.match(refused(policy, { name: 'witnesses', keys: other }), /name is taken/)
  assert.match(refused(policy, { name: 'again', keys: [keys[0] as (typeof keys)[0]] }), /stands in the policy already/)
  assert.match(refused(policy, { name: 'log', keys: [logKey] }), /type 1 are for logs/)
  assert.match(refused(policy, { name: 'a b', keys: other }), /no spaces/)
  assert.match(refused(policy, { name: 'a/b', keys: other }), /no slash/)
  assert.match(refused(policy, { name: 'none', keys: other }), /none/)
  assert.match(refused(policy, { name: 'x', keys: other, url: 'ftp://x' }), /https/)
  assert.match(refused(policy, { name: 'x', keys: [] }), /one key or two/)
  assert.match(refused(policy, { name: 'x', keys: [ed25519, makeKey('o.example', 'cosignature')] }), /an Ed25519 and/)
  assert.match(refused(policy, { name: 'x', keys: [ed25519, makeKey('p.example', 'subtree')] }), /the same name/)
  assert.match(refused(policy, { name: 'x', keys: [ed25519, mlDsa], quorum: 3 }), /3 of 2/)
})
