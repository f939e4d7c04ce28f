import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyReturn } from '../../../verify/return.ts'
import { derivedId } from '../../kernel/ids.ts'
import { expunge, proposeExpunge } from '../../oversight/acts.ts'
import { nodeChecker } from '../../record/node-crypto.ts'
import { addNote, depart } from '../acts.ts'
import { makeReturn } from '../return.ts'
import { CUSTODY, enterAna, made, openReturnHouse } from './testing.ts'

test('a return of a custody with expunged sections verifies, says what is gone, and leaves no hole', async (t) => {
  let now = Temporal.Now.instant()
  const opened = await openReturnHouse(t, { now: () => now })
  const { registerNumber } = await enterAna(opened)
  const note = await opened.submit(addNote, { person: { custody: CUSTODY }, act: { text: 'a word that must go' } })
  await opened.submit(
    depart,
    { person: { custody: CUSTODY }, legal: { as: 'release' } },
    { at: '2026-06-20T15:00:00Z' },
  )
  const targets = [{ entry: note.entry, nth: note.nth as number, sections: ['act', 'person'] }]
  const order = { court: { name: 'Corte', state: 'SV' }, document: 'cd'.repeat(32) }
  const proposal = await opened.submit(proposeExpunge, { person: { custody: CUSTODY }, legal: order, act: { targets } })
  const before = made(await makeReturn(opened.house, { registerNumber }))
  now = now.add({ hours: 24 * 31 })
  const actor = { officer: derivedId('officer', 'inspector'), role: 'oversight' }
  const data = { person: { custody: CUSTODY, expunged: targets }, act: { proposal: proposal.entry } }
  await opened.submit(expunge, data, { actor, at: now.toString() })

  const after = made(await makeReturn(opened.house, { registerNumber }))
  const result = await verifyReturn(after.bytes, opened.policy, nodeChecker)
  assert.deepEqual(result.problems, [])
  assert.equal(result.verdict, 'verified')
  assert.equal(result.statements.find(({ id }) => id === 'expunged-1')?.state, 'proven')
  const text = (bytes: Uint8Array) => JSON.stringify(decoded(bytes))
  assert.match(text(before.bytes), /a word that must go/)
  assert.doesNotMatch(text(after.bytes), /a word that must go/)

  const file = JSON.parse(after.bytes.toString()) as { return: { entries: { envelope: string }[] } }
  const kinds = file.return.entries.map(({ envelope }) => (JSON.parse(envelope) as { kind: string }).kind)
  assert.ok(
    kinds.includes('note.add') && kinds.includes('record.expunge'),
    'the expunged entry still stands with its proof',
  )
  assert.equal(
    (await verifyReturn(before.bytes, opened.policy, nodeChecker)).verdict,
    'verified',
    'what was issued stays provable',
  )
})

/** The disclosures of a return as text. */
function decoded(bytes: Uint8Array): string[] {
  const file = JSON.parse(Buffer.from(bytes).toString()) as { return: { entries: { disclosures: string[] }[] } }
  return file.return.entries.flatMap(({ disclosures }) =>
    disclosures.map((one) => Buffer.from(one, 'base64url').toString()),
  )
}
