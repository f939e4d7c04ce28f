import assert from 'node:assert/strict'
import { test } from 'node:test'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { freshDatabase } from '../platform/testing.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord } from '../record/testing.ts'
import { establishPlace, facilityPlace, openFacility } from './acts.ts'
import { room } from './room.ts'

test('two facilities that give a place the same id are both recorded: no fact fails on a key', async (t) => {
  const database = await freshDatabase(t)
  const { record, runner } = openTestRecord(database, [room])
  for (const facility of ['ONE', 'TWO']) {
    const place = { facility, name: facility, country: 'SV', zone: 'America/El_Salvador' }
    const cell = {
      facility,
      place: derivedId('place', 'same'),
      parent: facilityPlace(facility),
      kind: 'cell',
      code: 'C1',
      bunks: [{ position: 'A1', tier: 1 }],
    }
    for (const act of [makeAct(openFacility, { place }), makeAct(establishPlace, { place: cell })]) {
      const outcome = await runner.submit(act)
      assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    }
  }
  const rows = await database.rows("select facility from place where kind = 'cell' order by facility")
  assert.deepEqual(rows, [{ facility: 'ONE' }, { facility: 'TWO' }])
  assert.deepEqual((await replay(record, database)).differences, [])
})
