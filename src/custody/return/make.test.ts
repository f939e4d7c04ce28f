import assert from 'node:assert/strict'
import { test } from 'node:test'
import { verifyReturn } from '../../../verify/return.ts'
import { isRefusal } from '../../kernel/refusal.ts'
import { correctEntry } from '../../record/acts.ts'
import { nodeChecker } from '../../record/node-crypto.ts'
import { depart } from '../acts.ts'
import { makeNotHeld, makeReturn, previewReturn, type Return } from '../return.ts'
import { CELL, CUSTODY, enterAna, enterBerta, made, openReturnHouse } from './testing.ts'

async function verified(answer: Return, policy: string) {
  const result = await verifyReturn(answer.bytes, policy, nodeChecker)
  assert.deepEqual(result.problems, [])
  assert.equal(result.verdict, 'verified')
  return new Map(result.statements.map((statement) => [statement.id, statement]))
}

test('a return answers at an instant: who, where down to the bunk, by what law; each statement is worth what it says', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const answer = made(await makeReturn(opened.house, { registerNumber, at: '2026-04-01T12:00:00Z' }))
  assert.deepEqual(
    { held: answer.summary.held, basis: answer.summary.basis, where: answer.summary.where },
    { held: true, basis: 'order', where: 'Tecoluca · C1' },
  )
  const statements = await verified(answer, opened.policy)
  for (const id of ['register-number', 'admitted', 'name-1', 'where-1-now', 'bunk', 'order-1', 'authority-ordered-1']) {
    assert.equal(statements.get(id)?.state, 'proven', id)
  }
  for (const id of ['held', 'basis-1-now', 'missing']) assert.equal(statements.get(id)?.state, 'attested', id)
  for (const id of ['authority-supervises', 'deprivation']) assert.equal(statements.get(id)?.state, 'not-proven', id)
  assert.match(statements.get('bunk')?.says.en ?? '', /Tecoluca · C1 · A1/)
  assert.doesNotMatch(answer.bytes.toString(), /a cut that/, 'the medical section stays closed')
})

test('a preview says what the return will say, for whom, and is no return: no signature, no disclosure, no proof', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const asked = { registerNumber, at: '2026-04-01T12:00:00Z', audience: 'family' } as const
  const preview = await previewReturn(opened.house, asked)
  assert.ok(!isRefusal(preview))
  const { summary } = made(await makeReturn(opened.house, asked))
  assert.deepEqual(
    preview.statements.map(({ id, says, state }) => ({ id, says, state })),
    summary.statements.map(({ id, says, state }) => ({ id, says, state })),
  )
  for (const { state, entries } of preview.statements) assert.equal(entries.length > 0, state === 'proven')
  assert.equal(preview.signed, false)
  assert.deepEqual(
    preview.sections.filter(({ opening }) => opening === 'told').map(({ section }) => section),
    ['place', 'legal'],
  )
  const judged = await verifyReturn(Buffer.from(JSON.stringify(preview)), opened.policy, nodeChecker)
  assert.equal(judged.verdict, 'broken')
  assert.doesNotMatch(JSON.stringify(preview), /"(signatures|disclosures|proof)"/)
})

test('after the order ended the lapse stands in the return with its length, and the unknown place is said', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const answer = made(await makeReturn(opened.house, { registerNumber, at: '2026-06-11T06:00:00Z' }))
  assert.equal(answer.summary.basis, 'lapse')
  assert.deepEqual(
    answer.summary.unknown,
    ['authority-supervises', 'where'].toSorted((a) => (a === 'where' ? -1 : 1)),
  )
  const statements = await verified(answer, opened.policy)
  assert.match(statements.get('basis-2-now')?.says.en ?? '', /WITHOUT A BASIS, .* 10 days \(240 hours\)/)
})

test('known: what the record held then, by replay of the custody; a correction is cited where it stands', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber, moved } = await enterAna(opened)
  const size = await opened.house.settle()
  const correction = { entry: moved.entry, reason: 'she was at the clinic', replaces: ['place'] }
  await opened.submit(
    correctEntry,
    { person: { custody: CUSTODY }, place: { state: 'at', place: CELL }, act: correction },
    { at: '2026-06-12T10:00:00Z' },
  )
  const at = '2026-06-11T06:00:00Z'
  const then = made(await makeReturn(opened.house, { registerNumber, at, known: size }))
  assert.equal(then.summary.where, 'unknown')
  const now = made(await makeReturn(opened.house, { registerNumber, at }))
  assert.equal(now.summary.where, 'Tecoluca · C1')
  await verified(then, opened.policy)
  const statements = await verified(now, opened.policy)
  assert.equal(statements.get('where-1-now')?.state, 'proven')
})

test('after a departure the person is not held, and the departure is proven', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  await opened.submit(
    depart,
    { person: { custody: CUSTODY }, legal: { as: 'release' } },
    { at: '2026-06-20T15:00:00Z' },
  )
  const answer = made(await makeReturn(opened.house, { registerNumber, at: '2026-07-01T00:00:00Z' }))
  assert.equal(answer.summary.held, false)
  const statements = await verified(answer, opened.policy)
  assert.equal(statements.get('departure-1')?.state, 'proven')
})

test('not held is attested with what was searched; it is refused when somebody may be meant', async (t) => {
  const opened = await openReturnHouse(t)
  await enterAna(opened)
  const at = '2026-04-01T12:00:00Z'
  const nobody = made(await makeNotHeld(opened.house, { names: ['Álvaro Núñez'], numbers: ['TEC-26-999999'], at }))
  const statements = await verified(nobody, opened.policy)
  assert.ok([...statements.values()].every(({ state }) => state === 'attested'))
  const found = await makeNotHeld(opened.house, { names: ['PAZ Ana'], numbers: [], at })
  assert.ok(isRefusal(found) && found.code === 'found-on-register')
  const early = made(await makeNotHeld(opened.house, { names: ['Ana Paz'], numbers: [], at: '2026-01-02T00:00:00Z' }))
  assert.match(JSON.stringify([...(await verified(early, opened.policy)).values()]), /TEC-26-000001/)
})

test('not held searches with mistakes: the same to the ear stands against it until somebody looked, what is near is counted', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const berta = await enterBerta(opened, 1)
  const at = '2026-04-06T12:00:00Z'
  const ask = (names: string[], more: Partial<Parameters<typeof makeNotHeld>[1]> = {}) =>
    makeNotHeld(opened.house, { names, numbers: [], at, ...more })

  // s for z, one n for two: another hand wrote the same name.
  const alike = await ask(['Anna Pas'])
  assert.ok(isRefusal(alike) && alike.code === 'found-on-register')
  assert.deepEqual(alike.details.registerNumbers, [registerNumber])
  const looked = made(await ask(['Anna Pas'], { notMeant: [registerNumber] }))
  const said = await verified(looked, opened.policy)
  assert.deepEqual(said.get('not-meant')?.value, [registerNumber])
  assert.deepEqual(said.get('searched-names')?.value, [
    { written: 'Anna Pas', compared: 'anna pas', sounds: ['ana', 'pas'] },
  ])
  const strange = await ask(['Anna Pas'], { notMeant: ['TEC-26-000099'] })
  assert.ok(isRefusal(strange) && strange.code === 'no-such-custody')

  // A letter differs: near, and no more. The court learns which custodies, the family how many.
  const name = 'Guadalupe Hernándes Villalovas'
  const court = made(await ask([name]))
  assert.deepEqual((await verified(court, opened.policy)).get('near-names')?.value, {
    people: 1,
    atLeast: false,
    heldThen: 1,
    custodies: [berta],
  })
  const family = made(await ask([name], { audience: 'family' }))
  const near = (await verified(family, opened.policy)).get('near-names')
  assert.deepEqual(near?.value, { people: 1, atLeast: false, heldThen: 1 })
  assert.doesNotMatch(family.bytes.toString(), /TEC-26-|Castellanos|Villalobos/)
  const none = made(await ask(['Wolfgang Przybyszewski']))
  assert.match((await verified(none, opened.policy)).get('near-names')?.says.en ?? '', /^No name near/)
})

test('a number that is on no register, and an instant that has not come, are refused', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const unknown = await makeReturn(opened.house, { registerNumber: 'TEC-26-000099' })
  assert.ok(isRefusal(unknown) && unknown.code === 'no-such-custody')
  const future = await makeReturn(opened.house, { registerNumber, at: '2999-01-01T00:00:00Z' })
  assert.ok(isRefusal(future) && future.code === 'instant-in-future')
})
