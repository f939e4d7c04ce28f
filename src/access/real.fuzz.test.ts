// The same attack on the real record: bodies that its acts mostly take, corrections and withdrawals of what came of
// them, batches from a device. Never a fault, and afterwards every register is what a replay makes of the entries.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { room as custody } from '../custody/room.ts'
import type { Receipt } from '../kernel/act.ts'
import { randomId, timeId } from '../kernel/ids.ts'
import { parseJson } from '../kernel/json.ts'
import { room as law } from '../law/room.ts'
import { room as people } from '../people/room.ts'
import { room as places } from '../places/room.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { openTestRecord } from '../record/testing.ts'
import { room as standards } from '../standards/room.ts'
import { validBodies } from './schema.testing.ts'
import { openTestApi } from './testing.ts'

const rooms = [people, places, custody, law, standards]

test('no body that an act takes brings the record down, or leaves a half-written state', async (t) => {
  const database = await freshDatabase(t)
  const { runner, record } = openTestRecord(database, rooms)
  const acts = rooms.flatMap((room) => room.acts)
  const api = await openTestApi(database, acts, { runner, bodyLimitBytes: 4 * 1024 * 1024 })
  t.after(() => api.app.close())
  const { authoriser } = api.options

  const seed = fc.sample(fc.integer(), 1)[0] as number
  t.diagnostic(`seed ${seed}`)
  const pool = { uuids: Array.from({ length: 4 }, randomId), facilities: ['TEC'] }
  const recorded: { receipt: Receipt; body: { data: Record<string, Record<string, unknown>> } }[] = []

  const send = async (kind: string, permission: string, body: object) => {
    api.lines.length = 0
    const role = authoriser.rolesWith(permission)[0] as string
    const answer = await api.call('POST', `/api/acts/${kind}`, role, body)
    const fault = api.lines.find((line) => line.includes('"msg":"fault"')) ?? answer.body
    assert.ok(answer.statusCode < 500, `seed ${seed}, ${kind}: ${answer.statusCode}\n${fault}\n${JSON.stringify(body)}`)
    if (answer.statusCode === 201) recorded.push({ receipt: answer.json(), body: body as never })
  }

  // Admissions first and often, or the rest would speak of custodies that are not there.
  const order = [custody, ...rooms].flatMap((room) => room.acts)
  for (let round = 0; round < 3; round++) {
    for (const kind of order) {
      const numRuns = kind.begins ? 25 : 8
      for (const body of fc.sample(validBodies(kind.data, pool), { numRuns, seed: seed + round })) {
        await send(kind.kind, kind.permission, body)
      }
    }
  }
  assert.ok(recorded.length > 100, `only ${recorded.length} acts were taken: the bodies have lost touch with the forms`)

  await t.test('corrections and withdrawals of all of it', async () => {
    for (const [index, { receipt, body }] of [...recorded].entries()) {
      const person = receipt.custody === undefined ? {} : { custody: receipt.custody }
      const facility = body.data.place?.facility
      const place = receipt.custody === undefined && facility !== undefined ? { facility } : {}
      const occurredAt = { at: '2026-02-03T04:05:06Z', precision: 'hour', zone: 'America/El_Salvador' }
      const kind = api.options.acts.find(({ kind }) => kind === receipt.kind)
      assert.ok(kind)
      const [other] = fc.sample(validBodies(kind.data, pool), { numRuns: 1, seed: seed + index })
      const { person: _p, place: _l, act, ...sections } = (other?.data ?? {}) as typeof body.data
      const replaces = Object.keys(sections).filter((section) => section !== 'staff')
      const { staff: _s, ...replaced } = sections
      const correction = { entry: receipt.entry, reason: 'fuzz', moves: index % 3 === 0 }
      const data = {
        person,
        place,
        ...replaced,
        act: { ...correction, replaces: act ? [...replaces, 'act'] : replaces, ...(act && { data: act }) },
      }
      if (index % 2 === 0) await send('entry.correct', 'entry.amend', { id: timeId(), occurredAt, data })
      const withdrawal = { person, place, act: { entry: receipt.entry, reason: 'fuzz' } }
      if (index % 4 === 1) await send('entry.withdraw', 'entry.amend', { id: timeId(), occurredAt, data: withdrawal })
    }
  })

  await t.test('from a device: whatever is refused is kept', async () => {
    // What no JSON of ours can carry (a number beyond 2^53) refuses the whole batch, and is not asked about here.
    const takeable = fc.jsonValue().filter((value) => parseJson(JSON.stringify(value)).ok)
    const items = fc.sample(takeable, { numRuns: 20, seed })
    const loose = acts.flatMap((kind) =>
      fc
        .sample(validBodies(kind.data, pool), { numRuns: 2, seed: seed + 7 })
        .map((body) => ({ kind: kind.kind, ...body })),
    )
    const batch = JSON.stringify({ mode: 'each', via: 'device', acts: [...items, ...loose] })
    const answer = await api.call('POST', '/api/acts', 'registrar', batch)
    assert.equal(answer.statusCode, 200, answer.body.slice(0, 500))
    for (const { status, kept, problem } of answer.json().answers) {
      assert.notEqual(status, 'retry', `seed ${seed}: ${JSON.stringify(problem)}`)
      assert.equal(status === 'refused', kept !== undefined)
    }
  })

  const { differences } = await replay(record, database)
  assert.deepEqual(differences, [], `seed ${seed}`)
})
