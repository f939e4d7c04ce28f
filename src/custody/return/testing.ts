/** For tests of the return: a house whose record, sequencer and signer are real, and one person in it. */
import assert from 'node:assert/strict'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { base64 } from '../../kernel/bytes.ts'
import { derivedId } from '../../kernel/ids.ts'
import { type Clock, systemClock } from '../../kernel/ports.ts'
import { isRefusal, type Refusal } from '../../kernel/refusal.ts'
import { disputeOrder, recordOrder } from '../../law/acts.ts'
import { room as law } from '../../law/room.ts'
import { oversightEffects } from '../../oversight/effects.ts'
import { room as oversight } from '../../oversight/room.ts'
import { room as people } from '../../people/room.ts'
import { bunkId, establishPlace, facilityPlace, openFacility } from '../../places/acts.ts'
import { room as places } from '../../places/room.ts'
import { freshDatabase, temporaryFolder } from '../../platform/testing.ts'
import { correctEntry, publishKey } from '../../record/acts.ts'
import { signHead } from '../../record/checkpointer.ts'
import { makeWrapPair } from '../../record/keys.ts'
import { formatPolicy } from '../../record/policy.ts'
import { makePromiser } from '../../record/promiser.ts'
import { makeAct, openTestRecord } from '../../record/testing.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../../signer/client.ts'
import { addNote, admit, assignBunk, recordPresence } from '../acts.ts'
import type { Return } from '../return.ts'
import { room as custody } from '../room.ts'

export const ORIGIN = 'habeas.example/return-test'
export const CUSTODY = derivedId('custody', 'ana')
export const CELL = derivedId('place', 'cell-1')
const zone = 'America/El_Salvador'
const court = { name: 'Juzgado 1', state: 'SV' }

/** A house with its own record and signer. */
export async function openReturnHouse(t: TestContext, clock: Clock = systemClock) {
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
  const { record, runner, sequencer } = openTestRecord(database, [people, custody, law, places, oversight], {
    clock,
    effects: (record) => oversightEffects(record, makeWrapPair().publicKey),
  })
  const settle = async () => {
    await sequencer.pass()
    return signHead({ database, sequencer, signer, origin: ORIGIN, clock })
  }
  const keys = { ed25519: base64(signerKeys.custodian.ed25519), 'ml-dsa-44': base64(signerKeys.custodian['ml-dsa-44']) }
  await runner.submit(makeAct(publishKey, { act: { use: 'custodian', origin: ORIGIN, ...keys } }))
  const logs = logVerifierKeys(ORIGIN, signerKeys).map((key) => ({ key }))
  const policy = formatPolicy({ logs, witnesses: [], groups: [], quorum: 'none' })
  const promiser = makePromiser({
    origin: ORIGIN,
    delaySeconds: 10,
    signPromise: (message) => signer.signPromise(message),
  })
  const house = { database, record, clock, config: { origin: ORIGIN }, signer, signerKeys, settle, promiser }
  const submit = async (...args: Parameters<typeof makeAct>) => {
    const outcome = await runner.submit(makeAct(...args))
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    return outcome
  }
  return { house, submit, policy }
}

export type Opened = Awaited<ReturnType<typeof openReturnHouse>>

/** Ana: admitted on 5 March under a remand until 1 June, in cell 1, bunk A1, then to the yard of nobody's knowledge. */
export async function enterAna({ submit }: Opened) {
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
        bunks: [
          { position: 'A1', tier: 1 },
          { position: 'A2', tier: 2 },
        ],
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

export const made = (answer: Return | Refusal): Return => {
  assert.ok(!isRefusal(answer), JSON.stringify(answer))
  return answer
}

export const BERTA = derivedId('custody', 'berta')

/**
 * A long file: two family names and more, orders that follow each other with a hole and a contest, every section filled
 * with texts of its own, a correction, a transfer out.
 */
export async function enterBerta({ submit }: Opened, orders = 6): Promise<string> {
  const person = { custody: BERTA }
  const supervisor = { name: 'Juzgado Segundo de Vigilancia Penitenciaria y de Ejecución de la Pena', state: 'SV' }
  const admission = await submit(
    admit,
    {
      person: {
        custody: BERTA,
        person: derivedId('person', 'berta'),
        identity: {
          names: [
            {
              use: 'recorded',
              given: 'María de los Ángeles Guadalupe',
              family1: 'Hernández-Castellanos',
              family2: 'Villalobos y Echegaray',
            },
            { use: 'alias', given: 'Xiomaratzinquetzalcoatlhuitzilopochtlitlanetzincocihuatl' },
            { use: 'self', written: 'مريم · Берта · 林' },
          ],
          birth: { date: '1991-07', ageYears: 34, ageAsOf: '2026-03-01', ageDisputed: true },
          sex: 'F',
          nationalities: [
            { state: 'VE', standing: 'stated' },
            { state: 'SV', standing: 'disputed' },
          ],
          identifiers: [{ scheme: 'DUI', issuer: 'RNPN', value: '04512233-1' }],
          languages: [{ code: 'es', ability: 'speaks', interpreter: false }],
        },
      },
      place: { facility: 'TEC', place: CELL },
      legal: {
        ordersStated: true,
        deprivation: {
          at: { at: '2026-02-27T21:30:00Z', precision: 'minute', zone },
          where: 'Calle Arce canary-deprivation',
          by: { name: 'PNC canary-captors', state: 'SV' },
        },
        authorities: { ordered: court, supervises: supervisor, runs: { name: 'DGCP canary-runner', state: 'SV' } },
        grounds: 'canary-grounds of the detention',
      },
      act: { manner: 'arrest', children: [{ ageYears: 7, where: 'with-family', guardian: 'canary-guardian' }] },
      staff: { officials: ['canary-official at the counter'] },
      health: { fitness: 'fit', needs: ['canary-need for insulin'] },
      medical: { injuries: ['canary-injury that stays closed'], complaint: 'canary-complaint that stays closed' },
    },
    { at: '2026-03-01T18:00:00Z' },
  )
  const issuers = [court, supervisor, { name: 'Cámara Tercera canary-issuer', state: 'SV' }]
  for (let i = 0; i < orders; i++) {
    const from = Temporal.PlainDate.from('2026-03-01').add({ days: 20 * i })
    await submit(
      recordOrder,
      {
        person,
        legal: {
          order: {
            order: derivedId('order', `berta-${i}`),
            kind: i === 0 ? 'judicial-detention' : 'extension',
            issuer: issuers[i % 3],
            caseNumber: `canary-case-${i}`,
            provision: `canary-provision-${i}, CPP 329 y siguientes`,
            from: { date: from.toString(), zone, inclusive: true },
            // Every third order ends ten days before the next begins.
            until: { date: from.add({ days: i % 3 === 1 ? 9 : 19 }).toString(), zone, inclusive: true },
          },
        },
      },
      { at: '2026-03-01T18:30:00Z' },
    )
  }
  await submit(
    disputeOrder,
    {
      person,
      legal: { order: derivedId('order', 'berta-3'), by: 'canary-contester', reason: 'canary-reason to contest' },
    },
    { at: '2026-05-04T12:00:00Z' },
  )
  await submit(assignBunk, { person, place: { bunk: bunkId(CELL, 'A2') } }, { at: '2026-03-02T12:00:00Z' })
  const away = await submit(
    recordPresence,
    { person, place: { state: 'between', where: 'canary-road to the clinic' }, act: { because: 'moved' } },
    { at: '2026-04-02T12:00:00Z' },
  )
  await submit(
    recordPresence,
    { person, place: { state: 'unknown' }, act: { because: 'not-found' } },
    { at: '2026-04-03T12:00:00Z' },
  )
  await submit(
    recordPresence,
    { person, place: { state: 'at', place: CELL }, act: { because: 'seen' } },
    { at: '2026-04-05T12:00:00Z' },
  )
  await submit(addNote, { person, act: { text: 'canary-note of an officer' } }, { at: '2026-04-06T12:00:00Z' })
  await submit(
    correctEntry,
    {
      person,
      place: { state: 'between', where: 'canary-road to the hospital' },
      act: { entry: away.entry, reason: 'canary-correction', replaces: ['place'] },
    },
    { at: '2026-04-07T12:00:00Z' },
  )
  return admission.registerNumber as string
}
