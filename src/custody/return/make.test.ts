import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { verifyReturn } from '../../../verify/return.ts'
import { base64 } from '../../kernel/bytes.ts'
import { derivedId } from '../../kernel/ids.ts'
import { systemClock } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { room as law } from '../../law/room.ts'
import { room as people } from '../../people/room.ts'
import { bunkId, establishPlace, facilityPlace, openFacility } from '../../places/acts.ts'
import { room as places } from '../../places/room.ts'
import { freshDatabase, temporaryFolder } from '../../platform/testing.ts'
import { correctEntry, publishKey } from '../../record/acts.ts'
import { signHead } from '../../record/checkpointer.ts'
import { nodeChecker } from '../../record/node-crypto.ts'
import { formatPolicy } from '../../record/policy.ts'
import { makeAct, openTestRecord } from '../../record/testing.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../../signer/client.ts'
import { addNote, admit, assignBunk, depart, recordPresence } from '../acts.ts'
import { makeNotHeld, makeReturn, type Return } from '../return.ts'
import { room as custody } from '../room.ts'

const ORIGIN = 'habeas.example/return-test'
const CUSTODY = derivedId('custody', 'ana')
const CELL = derivedId('place', 'cell-1')
const zone = 'America/El_Salvador'
const court = { name: 'Juzgado 1', state: 'SV' }

async function openReturnHouse(t: TestContext) {
  const database = await freshDatabase(t)
  const folder = await temporaryFolder(t)
  const socketPath = join(folder, 'run', 's.sock')
  const child = await startSigner({ secretsFolder: join(folder, 'signer'), socketPath })
  const signer = connectSigner({ socketPath })
  t.after(async () => {
    signer.close()
    await child.stop()
  })
  const signerKeys = await signer.keys()
  const { record, runner, sequencer } = openTestRecord(database, [people, custody, law, places])
  const settle = async () => {
    await sequencer.pass()
    return signHead({ database, sequencer, signer, origin: ORIGIN, clock: systemClock })
  }
  const keys = { ed25519: base64(signerKeys.custodian.ed25519), 'ml-dsa-44': base64(signerKeys.custodian['ml-dsa-44']) }
  await runner.submit(makeAct(publishKey, { act: { use: 'custodian', origin: ORIGIN, ...keys } }))
  const logs = logVerifierKeys(ORIGIN, signerKeys).map((key) => ({ key }))
  const policy = formatPolicy({ logs, witnesses: [], groups: [], quorum: 'none' })
  const house = { database, record, clock: systemClock, config: { origin: ORIGIN }, signer, signerKeys, settle }
  const submit = async (...args: Parameters<typeof makeAct>) => {
    const outcome = await runner.submit(makeAct(...args))
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    return outcome
  }
  return { house, submit, policy }
}

type Opened = Awaited<ReturnType<typeof openReturnHouse>>

/** Ana: admitted on 5 March under a remand until 1 June, in cell 1, bunk A1, then to the yard of nobody's knowledge. */
async function enterAna({ submit }: Opened) {
  await submit(
    openFacility,
    { place: { facility: 'TEC', name: 'Tecoluca', country: 'SV', zone } },
    { at: '2026-01-01T00:00:00Z' },
  )
  await submit(
    establishPlace,
    {
      place: {
        facility: 'TEC',
        place: CELL,
        parent: facilityPlace('TEC'),
        kind: 'cell',
        code: 'C1',
        bunks: [{ position: 'A1', tier: 1 }],
      },
    },
    { at: '2026-01-01T00:00:00Z' },
  )
  const admission = await submit(
    admit,
    {
      person: {
        custody: CUSTODY,
        person: derivedId('person', 'ana'),
        identity: { names: [{ use: 'recorded', given: 'Ana', family1: 'Paz' }], sex: 'F' },
      },
      place: { facility: 'TEC', place: CELL },
      legal: {
        ordersStated: true,
        orders: [
          {
            order: derivedId('order', '1'),
            kind: 'remand',
            issuer: court,
            from: { at: '2026-03-05T06:00:00Z' },
            until: { date: '2026-05-31', zone, inclusive: true },
          },
        ],
        authorities: { ordered: court, runs: { name: 'DGCP', state: 'SV' } },
      },
      medical: { injuries: ['a cut that custody staff and courts do not read'] },
    },
    { at: '2026-03-05T18:00:00Z' },
  )
  await submit(
    assignBunk,
    { person: { custody: CUSTODY }, place: { bunk: bunkId(CELL, 'A1') } },
    { at: '2026-03-05T19:00:00Z' },
  )
  await submit(
    addNote,
    { person: { custody: CUSTODY }, act: { text: 'asked for her lawyer' } },
    { at: '2026-03-06T10:00:00Z' },
  )
  const moved = await submit(
    recordPresence,
    { person: { custody: CUSTODY }, place: { state: 'unknown' }, act: { because: 'not-found' } },
    { at: '2026-06-10T10:00:00Z' },
  )
  return { admission, moved, registerNumber: admission.registerNumber as string }
}

const made = (answer: Return | Refusal): Return => {
  assert.ok(!isRefusal(answer), JSON.stringify(answer))
  return answer
}

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

test('a number that is on no register, and an instant that has not come, are refused', async (t) => {
  const opened = await openReturnHouse(t)
  const { registerNumber } = await enterAna(opened)
  const unknown = await makeReturn(opened.house, { registerNumber: 'TEC-26-000099' })
  assert.ok(isRefusal(unknown) && unknown.code === 'no-such-custody')
  const future = await makeReturn(opened.house, { registerNumber, at: '2999-01-01T00:00:00Z' })
  assert.ok(isRefusal(future) && future.code === 'instant-in-future')
})
