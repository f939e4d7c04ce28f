import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derivedId } from '../../kernel/ids.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { seesAll } from '../../kernel/visible.ts'
import { seal, unseal } from '../../oversight/acts.ts'
import { openSealedKey } from '../../oversight/effects.ts'
import { makeWrapPair } from '../../record/keys.ts'
import { depart } from '../acts.ts'
import { makeNotHeld, makeReturn } from '../return.ts'
import { routes } from '../routes.ts'
import { CUSTODY, enterAna, made, openReturnHouse } from './testing.ts'

test('a sealed custody: court and oversight are told so, to all others it does not exist', async (t) => {
  const opened = await openReturnHouse(t)
  const { house, submit } = opened
  const { registerNumber } = await enterAna(opened)
  const person = { custody: CUSTODY }
  await submit(depart, { person, legal: { as: 'release' } }, { at: '2026-06-20T15:00:00Z' })
  const court = makeWrapPair()
  const actor = { officer: derivedId('officer', 'inspector'), role: 'oversight' }
  const legal = { court: { name: 'Corte Secreta', state: 'SV' }, document: 'ab'.repeat(32) }
  await submit(seal, { person, legal, act: { recipient: court.publicKey } }, { actor })

  const ask = (registerNumber: string, mayKnowSealed: boolean) => makeReturn(house, { registerNumber, mayKnowSealed })
  const told = await ask(registerNumber, true)
  assert.ok(isRefusal(told) && told.code === 'custody-sealed', JSON.stringify(told))
  assert.equal(told.details?.custody, CUSTODY, 'the id by which the court has it opened again')
  assert.deepEqual(Object.keys(told.details ?? {}).sort(), ['custody', 'sealedAt'])
  assert.doesNotMatch(JSON.stringify(told), /Corte Secreta|Ana|Paz/)

  const unknown = await ask('TEC-26-999999', false)
  assert.deepEqual(await ask(registerNumber, false), unknown, 'not a hint')
  assert.deepEqual(await ask('TEC-26-999999', true), unknown, 'a number that was never given is unknown to all')
  const [row] = await house.database.rows<{ mac: Buffer }>('select number_mac as mac from keystore.sealed_number')
  assert.ok(row && row.mac.length === 32 && !row.mac.includes(registerNumber))

  // Nor is the shell that is left in the register shown to anybody.
  const read = async (role: string, id: string) => {
    const route = routes.find(({ contract }) => contract.path === '/api/custodies/:id')
    assert.ok(route)
    const context = {
      sql: house.database,
      actor: { officer: actor.officer, role },
      now: house.clock.now().toString(),
      visible: seesAll,
    }
    return (await route.handle({ params: { id }, query: {} } as never, context)) as Refusal
  }
  assert.equal((await read('oversight', CUSTODY)).code, 'custody-sealed')
  const stranger = derivedId('custody', 'nobody')
  const { details: _own, ...seen } = await read('registrar', CUSTODY)
  const { details: _other, ...missing } = await read('registrar', stranger)
  assert.deepEqual(seen, missing)
  assert.equal(seen.code, 'no-such-custody')

  // Who answers 'not held' does not swear to what he cannot open.
  const denied = made(await makeNotHeld(house, { names: ['Ana Paz'], numbers: [registerNumber] }))
  const places = denied.summary.statements.find(({ id }) => id === 'searched-places')
  assert.match(places?.says.en ?? '', /but those that a court had sealed/)

  assert.ok(await openSealedKey(house.record, house.database, CUSTODY, court.privateKey))
  await submit(unseal, { person, legal, act: { reason: 'appeal' } }, { actor })
  made(await ask(registerNumber, false))
  assert.deepEqual(await house.database.rows('select from keystore.sealed_number'), [])
})
