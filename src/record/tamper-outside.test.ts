// What the database alone cannot show: found by the signer, a witness, or whoever holds the policy.
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { systemClock } from '../kernel/ports.ts'
import { temporaryFolder } from '../platform/testing.ts'
import { TrustPolicy, TrustPolicyWrong } from '../platform/trust-policy.ts'
import { makeWitnessPost } from '../platform/witness-http.ts'
import { serveTestWitness } from '../witness/testing.ts'
import { CheckpointRefused } from './checkpointer.ts'
import type { Policy } from './policy.ts'
import { addWitness } from './policy-edit.ts'
import { leafHashOf } from './seal.ts'
import { cutToForty, openSigned, rewriteNote, takeTreeDown } from './tamper.testing.ts'
import { askStation, stationsOf } from './witness-client.ts'

type Signed = Awaited<ReturnType<typeof openSigned>>

/** A witness that has cosigned all eighty; `ask` shows it the newest head and says what came back. */
async function openWitnessed(t: TestContext, { database, keys }: Signed) {
  const { url, witness } = await serveTestWitness(t, keys)
  const bare: Policy = { logs: keys.map((key) => ({ key })), witnesses: [], groups: [], quorum: 'none' }
  const policy = addWitness(bare, { name: 'inspectorate', url, keys: witness.keys })
  assert.ok(policy.ok)
  const [station] = stationsOf(policy.value)
  assert.ok(station)
  const ask = async () => {
    const statuses: number[] = []
    const post = makeWitnessPost()
    const report = await askStation(
      {
        sql: database,
        clock: systemClock,
        post: async (to, body) => {
          const answer = await post(to, body)
          statuses.push(answer.status)
          return answer
        },
      },
      station,
    )
    return { report, status: statuses.at(-1) }
  }
  assert.equal((await ask()).report?.outcome, 'cosigned')
  return ask
}

const refusedBySigner = (reason: string) => (error: unknown) =>
  error instanceof CheckpointRefused && error.reason === reason && error.signedSize === 80

test('tamper: the newest part is cut off with its checkpoints: the audit is blind to it, the signer is not', async (t) => {
  const { database, record, found, settle } = await openSigned(t)
  await database.rows("set session_replication_role = 'replica'")
  await cutToForty(database, record)
  assert.deepEqual(await found(), [], 'inside the database nothing shows it')
  await assert.rejects(settle(), refusedBySigner('older'))
  // Nor does a new entry on top of it get a head.
  const [next] = await database.rows<{ n: number }>("select nextval('entry_n') as n")
  await database.rows(`insert into leaf (idx, n) values (40, ${next?.n})`)
  await database.rows('update tile set hashes = hashes || $1::bytea where level = 0 and idx = 0', [
    leafHashOf(Buffer.from('forged')),
  ])
  await assert.rejects(settle(), refusedBySigner('older'))
})

test('tamper: an older copy is signed on with the log key: the audit is blind to it, the witness says 409 and 80', async (t) => {
  const signed = await openSigned(t)
  const ask = await openWitnessed(t, signed)
  const { database, record, found, note, openThief } = signed
  const resign = await openThief()
  await database.rows("set session_replication_role = 'replica'")
  await database.rows('delete from cosignature')
  await cutToForty(database, record)
  await note(3, 'after the restore')
  assert.equal(await resign(), 41)
  assert.deepEqual(await found(), [], 'a tree of 41 under the log’s own signature')
  const { report, status } = await ask()
  assert.equal(status, 409)
  assert.deepEqual(report, {
    witness: 'inspectorate',
    size: 41,
    outcome: 'refused',
    reason: 'ahead',
    witnessSize: 80,
  })
})

test('tamper: an entry is rewritten everywhere and all is signed anew with the log key: signer and witness know', async (t) => {
  const signed = await openSigned(t)
  const ask = await openWitnessed(t, signed)
  const { database, record, found, note, settle, openThief } = signed
  const resign = await openThief()
  await database.rows("set session_replication_role = 'replica'")
  await rewriteNote(database, record)
  assert.ok((await found()).includes('root-differs@40'), 'under the old heads the audit names it')
  await takeTreeDown(database, record)
  assert.equal(await resign(), 80)
  assert.deepEqual(await found(), [], 'under new heads by the same key nothing shows it')

  await assert.rejects(settle(), refusedBySigner('fork'))
  assert.equal((await ask()).report?.outcome, 'refused')
  await note(3, 'life goes on')
  assert.equal(await resign(), 81)
  const { report, status } = await ask()
  assert.equal(status, 422)
  assert.ok(report?.outcome === 'refused' && report.reason === 'fork' && report.witnessSize === 80)
})

test('tamper: an entry of one person is omitted from a tree signed anew with the log key: its number is the hole', async (t) => {
  const { database, record, found, openThief } = await openSigned(t)
  const resign = await openThief()
  await database.rows("set session_replication_role = 'replica'")
  const [gone] = await database.rows<{ n: number; custody: string }>(
    'select e.n, e.custody from entry e join leaf l using (n) where l.idx = 33',
  )
  assert.ok(gone)
  await takeTreeDown(database, record)
  await database.rows('delete from pending where n = $1', [gone.n])
  await database.rows('delete from note where entry_n = $1', [gone.n])
  await database.rows('delete from entry where n = $1', [gone.n])
  await database.rows('update subject set nth = nth - 1 where id = $1', [gone.custody])
  assert.equal(await resign(), 79)
  assert.deepEqual(await found(), ['numbering-has-a-hole', `numbering-has-a-hole custody ${gone.custody}, number 2`])
})

test('tamper: the policy file of the house is changed: it does not start under other keys, nor under a damaged file', async (t) => {
  const { keys } = await openSigned(t)
  const stranger = await openSigned(t)
  const path = join(await temporaryFolder(t), 'trust.policy')
  await new TrustPolicy(path).keep(keys)
  const text = await readFile(path, 'utf8')

  const changes: readonly [string, string][] = [
    ['one character of a key', text.replace(/(log \S+)A/, '$1B')],
    ['a line is taken out', text.split('\n').slice(1).join('\n')],
    ['a quorum of nobody who is named', text.replace('quorum none', 'quorum inspectorate')],
  ]
  for (const [what, changed] of changes) {
    assert.notEqual(changed, text, what)
    await writeFile(path, changed)
    await assert.rejects(new TrustPolicy(path).keep(keys), TrustPolicyWrong, what)
  }
  const foreign = join(await temporaryFolder(t), 'trust.policy')
  await new TrustPolicy(foreign).keep(stranger.keys)
  await assert.rejects(new TrustPolicy(foreign).keep(keys), /names other keys/, 'the keys of another house')
})
