import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import { formatVerifierKey } from '../record/note.ts'
import { makeSmallLog, serveTestWitness, storeHead } from '../witness/testing.ts'
import type { Log } from './logs.ts'
import { freshDatabase, temporaryFolder } from './testing.ts'
import { TrustPolicy } from './trust-policy.ts'
import { Witnesses } from './witnesses.ts'

test('an instance whose policy gains a witness while it runs', async (t) => {
  const log = makeSmallLog('habeas.example/running')
  const database = await freshDatabase(t)
  const trustPolicy = new TrustPolicy(join(await temporaryFolder(t), 'trust.policy'))
  await trustPolicy.keep(log.keys)
  const start = Temporal.Instant.from('2026-03-01T12:00:00Z')
  let now = start
  const said: string[] = []
  const write = (text: string, fields?: object) => said.push([text, ...Object.values(fields ?? {})].join(' '))
  const witnesses = new Witnesses({
    database,
    clock: { now: () => now },
    trustPolicy,
    log: { info: write, warn: write, error: write } as unknown as Log,
  })
  await storeHead(database, log, 10, { at: start })
  assert.equal(await witnesses.checkpoint(), log.note(10))
  now = start.add({ hours: 1 })
  assert.deepEqual(await witnesses.standing(), { unwitnessedSince: undefined, contradictedBy: [] })

  const { url, witness, close } = await serveTestWitness(t, log.keys)
  await trustPolicy.addWitness({ name: 'inspectorate', url, keys: witness.keys.map(formatVerifierKey) })
  assert.equal((await witnesses.knownHead(5))?.note, log.note(10), 'nobody was asked')
  assert.equal((await witnesses.bestHead(5))?.note.match(/inspectorate\.example/g)?.length, 2)
  assert.deepEqual(await witnesses.standing(), { unwitnessedSince: undefined, contradictedBy: [] })
  assert.equal((await witnesses.checkpoint())?.match(/inspectorate\.example/g)?.length, 2)

  await storeHead(database, log, 20, { at: now })
  assert.equal((await witnesses.knownHead(10))?.size, 10)
  assert.equal((await witnesses.knownHead(11))?.note, log.note(20))
  assert.equal(await witnesses.knownHead(21), undefined)
  await close()
  assert.equal((await witnesses.bestHead(11))?.note, log.note(20))
  now = now.add({ minutes: 15 })
  assert.equal((await witnesses.standing()).unwitnessedSince, start.add({ hours: 1 }).toString())
  assert.deepEqual(said, ['a witness cosigns inspectorate 10', 'a witness does not cosign inspectorate 20 silent'])
})
