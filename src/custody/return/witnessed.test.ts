import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyReturn } from '../../../verify/return.ts'
import { systemClock } from '../../kernel/ports.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { makeWitnessPost } from '../../platform/witness-http.ts'
import { findBestHead } from '../../record/heads.ts'
import { nodeChecker, sha256 } from '../../record/node-crypto.ts'
import { formatPolicy, parsePolicy } from '../../record/policy.ts'
import { addWitness } from '../../record/policy-edit.ts'
import { WitnessRounds } from '../../record/witness-rounds.ts'
import { serveTestWitness } from '../../witness/testing.ts'
import { addNote } from '../acts.ts'
import { makeReturn, type ReturnHouse } from './make.ts'
import { CUSTODY, enterAna, openReturnHouse } from './testing.ts'

test('under a policy with a witness, a return comes with the head that it cosigned, asked for at once', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const { database } = opened.house
  const parsed = parsePolicy(sha256, opened.policy)
  assert.ok(parsed.ok)
  const logKeys = parsed.value.logs.map(({ key }) => key)
  const { url, witness, close } = await serveTestWitness(t, logKeys, 'bar')
  const added = addWitness(parsed.value, { name: 'bar', url, keys: witness.keys })
  assert.ok(added.ok)
  const policy = added.value
  const rounds = new WitnessRounds({
    sql: database,
    clock: systemClock,
    post: makeWitnessPost(),
    policy: async () => policy,
  })
  const house: ReturnHouse = {
    ...opened.house,
    bestHead: (minSize) => findBestHead(database, policy, minSize, () => rounds.ask()),
  }
  const verdictOf = async () => {
    const [row] = await database.rows<{ number: string }>(
      'select register_number as number from custody where id = $1',
      [CUSTODY],
    )
    const made = await makeReturn(house, { registerNumber: row?.number ?? '' })
    assert.ok(!isRefusal(made))
    const verdict = await verifyReturn(made.bytes, formatPolicy(policy), nodeChecker)
    return { verdict: verdict.verdict, size: made.summary.size, witnesses: verdict.signedBy?.witnesses }
  }
  const first = await verdictOf()
  assert.deepEqual(first.witnesses, ['bar/ed25519', 'bar/ml-dsa-44'])
  assert.equal(first.verdict, 'verified')

  await opened.submit(
    addNote,
    { person: { custody: CUSTODY }, act: { text: 'one more' } },
    { at: '2026-03-09T10:00:00Z' },
  )
  const second = await verdictOf()
  assert.equal(second.verdict, 'verified')
  assert.ok(second.size > first.size, 'the new entry needed a new head')

  await close()
  await opened.submit(
    addNote,
    { person: { custody: CUSTODY }, act: { text: 'and another' } },
    { at: '2026-03-10T10:00:00Z' },
  )
  const third = await verdictOf()
  assert.deepEqual([third.verdict, third.witnesses], ['unknown-key', []], 'no witness: still a return, and it shows')
})
