import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { addNote, admit, depart } from '../custody/acts.ts'
import { room as custodyRoom } from '../custody/room.ts'
import type { Receipt } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { room as law } from '../law/room.ts'
import { photographPerson } from '../people/acts.ts'
import { room as people } from '../people/room.ts'
import { FileStore } from '../platform/files.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { correctEntry } from '../record/acts.ts'
import { audit } from '../record/audit.ts'
import { makeWrapPair } from '../record/keys.ts'
import { replay } from '../record/replay.ts'
import { makeAct, openTestRecord, testActor } from '../record/testing.ts'
import { expunge, proposeExpunge, seal, unseal } from './acts.ts'
import { openSealedKey, oversightEffects } from './effects.ts'
import { room } from './room.ts'

const CUSTODY = derivedId('custody', 'expunged')
const SECOND = derivedId('custody', 'expunged-second')
const person = derivedId('person', 'expunged')
const order = { court: { name: 'Corte Suprema', state: 'SV' }, document: 'ab'.repeat(32) }
const inspector = { officer: derivedId('officer', 'inspector'), role: 'oversight' }

/** A clock that the test moves. */
function movableClock(start: string) {
  let now = Temporal.Instant.from(start)
  return { now: () => now, pass: (days: number) => (now = now.add({ hours: 24 * days })) }
}

async function openEnded(t: TestContext, { ended = true, as = 'release' } = {}) {
  const database = await freshDatabase(t)
  const clock = movableClock('2026-05-01T00:00:00Z')
  const wrap = makeWrapPair()
  const rooms = [people, custodyRoom, law, room]
  const { record, runner, sequencer } = openTestRecord(database, rooms, {
    clock,
    wrap,
    effects: (record) => oversightEffects(record, makeWrapPair().publicKey),
  })
  const submit = async (...args: Parameters<typeof makeAct>) => {
    const outcome = await runner.submit(makeAct(...args))
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    return outcome as Receipt
  }
  const admission = (custody: string) => ({
    person: { custody, person, identity: { names: [{ use: 'recorded', given: 'Inés', family1: 'Olvido' }], sex: 'F' } },
    place: { facility: 'TEC' },
    legal: { ordersStated: true },
  })
  const first = await submit(admit, admission(CUSTODY), { at: '2026-02-01T00:00:00Z' })
  const note = await submit(addNote, { person: { custody: CUSTODY }, act: { text: 'a word that must go' } })
  await submit(correctEntry, {
    person: { custody: CUSTODY },
    act: { entry: note.entry, reason: 'spelling', replaces: ['act'], data: { text: 'a word that must go, too' } },
  })
  if (ended) await submit(depart, { person: { custody: CUSTODY }, legal: { as } }, { at: '2026-03-10T00:00:00Z' })
  await submit(admit, { ...admission(SECOND), legal: { ordersStated: false } }, { at: '2026-04-01T00:00:00Z' })
  const house = { record, runner }
  const clean = async () => {
    await sequencer.pass()
    record.keys.forgetAll()
    assert.deepEqual((await audit(record, database, [])).problems, [])
    const { differences, unreadable } = await replay(record, database)
    assert.deepEqual(differences, [])
    return unreadable
  }
  const stranger = openTestRecord(database, rooms, { clock, wrap })
  return { database, clock, house, submit, clean, first, note, stranger, sequencer }
}

test('what was expunged is gone from record and registers; the tree, the numbers and the rest stand', async (t) => {
  const { database, clock, house, submit, clean, first, note, stranger } = await openEnded(t)
  // Another process has the old key in its memory.
  assert.ok(
    !isRefusal(
      await stranger.runner.submit(makeAct(addNote, { person: { custody: CUSTODY }, act: { text: 'before' } })),
    ),
  )
  const targets = [
    { entry: note.entry, nth: 2, sections: ['act'] },
    { entry: first.entry, nth: 1, sections: ['person'] },
  ]
  const proposal = await submit(proposeExpunge, { person: { custody: CUSTODY }, legal: order, act: { targets } })
  const act = () =>
    makeAct(
      expunge,
      { person: { custody: CUSTODY, expunged: targets }, act: { proposal: proposal.entry } },
      { actor: inspector },
    )
  const early = await house.runner.submit(act())
  assert.ok(isRefusal(early) && early.code === 'notice-not-over')
  clock.pass(31)
  const own = await house.runner.submit({ ...act(), actor: { ...inspector, role: 'registrar' } })
  assert.ok(isRefusal(own) && own.code === 'oversight-needed')
  const proposer = await house.runner.submit({ ...act(), actor: { ...testActor, role: 'oversight' } })
  assert.ok(isRefusal(proposer) && proposer.code === 'another-must-confirm')
  const done = await house.runner.submit(act())
  assert.ok(!isRefusal(done), JSON.stringify(done))

  const notes = await database.rows<{ text: string }>('select text from note where custody = $1', [CUSTODY])
  assert.deepEqual(notes, [{ text: 'before' }], 'the note and its correction are gone')
  const names = await database.rows('select given from person_name where person = $1', [person])
  assert.equal(names.length, 1, 'the name stands by the other custody alone')
  await clean()

  const late = await stranger.runner.submit(makeAct(addNote, { person: { custody: CUSTODY }, act: { text: 'after' } }))
  assert.ok(!isRefusal(late), 'the process with the old key finds the new one under the lock')
  assert.deepEqual(await clean(), [])
})

test('a custody in being, a death and an unsettled disappearance are kept', async (t) => {
  for (const [options, code] of [
    [{ ended: false }, 'custody-in-being'],
    [{ as: 'death' }, 'grave-finding-open'],
    [{ as: 'unknown' }, 'grave-finding-open'],
  ] as const) {
    await t.test(code, async (t) => {
      const { clock, house, submit, note } = await openEnded(t, options)
      const targets = [{ entry: note.entry, nth: 2, sections: ['act'] }]
      const proposal = await submit(proposeExpunge, { person: { custody: CUSTODY }, legal: order, act: { targets } })
      clock.pass(40)
      const data = { person: { custody: CUSTODY, expunged: targets }, act: { proposal: proposal.entry } }
      const refused = await house.runner.submit(makeAct(expunge, data, { actor: inspector }))
      assert.ok(isRefusal(refused) && refused.code === code, JSON.stringify(refused))
    })
  }
})

test('only what was proposed is expunged, and only entries of the custody are proposed', async (t) => {
  const { clock, house, submit, first, note } = await openEnded(t)
  const strange = await house.runner.submit(
    makeAct(proposeExpunge, {
      person: { custody: SECOND },
      legal: order,
      act: { targets: [{ entry: note.entry, nth: 2, sections: ['act'] }] },
    }),
  )
  assert.ok(isRefusal(strange) && strange.code === 'target-unknown')
  const targets = [{ entry: note.entry, nth: 2, sections: ['act'] }]
  const proposal = await submit(proposeExpunge, { person: { custody: CUSTODY }, legal: order, act: { targets } })
  clock.pass(31)
  const more = [...targets, { entry: first.entry, nth: 1, sections: ['person'] }]
  const data = { person: { custody: CUSTODY, expunged: more }, act: { proposal: proposal.entry } }
  const refused = await house.runner.submit(makeAct(expunge, data, { actor: inspector }))
  assert.ok(isRefusal(refused) && refused.code === 'proposal-missing')
})

test('sealing closes a custody to the facility; the court opens it again, whole', async (t) => {
  const { database, house, clean } = await openEnded(t)
  const court = makeWrapPair()
  const rows = () => database.rows('select * from custody order by id')
  const before = await rows()
  const sealing = makeAct(
    seal,
    { person: { custody: CUSTODY }, legal: order, act: { recipient: court.publicKey } },
    { actor: inspector },
  )
  assert.ok(!isRefusal(await house.runner.submit(sealing)))
  assert.ok((await clean()).length === 0, 'closed is not unreadable')
  const refused = await house.runner.submit(makeAct(addNote, { person: { custody: CUSTODY }, act: { text: 'x' } }))
  assert.ok(isRefusal(refused) && refused.code === 'custody-sealed')
  assert.equal((await rows()).length, 2)
  assert.notDeepEqual(await rows(), before)

  const opening = makeAct(
    unseal,
    { person: { custody: CUSTODY }, legal: order, act: { reason: 'appeal' } },
    { actor: inspector },
  )
  const stillSealed = await house.runner.submit(opening)
  assert.ok(isRefusal(stillSealed) && stillSealed.code === 'custody-sealed')
  await assert.rejects(
    openSealedKey(house.record, database, CUSTODY, makeWrapPair().privateKey),
    'another court cannot',
  )
  assert.ok(await openSealedKey(house.record, database, CUSTODY, court.privateKey))
  assert.ok(!isRefusal(await house.runner.submit(opening)))
  assert.deepEqual(await rows(), before)
  await clean()
})

test('a section that was taken without an order is named, also where its blob was emptied', async (t) => {
  const { database, house, note, sequencer } = await openEnded(t)
  await sequencer.pass()
  await database.rows("update entry set sealed = '' where id = $1", [note.entry])
  house.record.keys.forgetAll()
  const { problems } = await audit(house.record, database, [])
  assert.deepEqual(
    problems.map(({ what, entry }) => ({ what, entry })),
    ['person', 'act'].map(() => ({ what: 'section-missing', entry: note.entry })),
  )
})

test('a runner that was not told how to expunge appends nothing', async (t) => {
  const { stranger } = await openEnded(t)
  const act = makeAct(expunge, {
    person: { custody: CUSTODY, expunged: [{ entry: SECOND, nth: 1, sections: ['act'] }] },
    act: { proposal: SECOND },
  })
  await assert.rejects(stranger.runner.submit(act), /nobody here can carry out/)
})

test('a photograph goes with the section that names it; another file of the custody stays', async (t) => {
  const { database, clock, house, submit } = await openEnded(t)
  const store = new FileStore(await temporaryFolder(t), database, house.record.keys)
  const [gone, kept] = [
    await store.put(CUSTODY, Buffer.from('a face')),
    await store.put(CUSTODY, Buffer.from('a paper')),
  ]
  const photograph = (digest: string) => ({
    person: { custody: CUSTODY, photograph: digest, mediaType: 'image/png', bytes: 6 },
  })
  const first = await submit(photographPerson, photograph(gone))
  await submit(photographPerson, photograph(kept))
  const targets = [{ entry: first.entry, nth: first.nth as number, sections: ['person'] }]
  const proposal = await submit(proposeExpunge, { person: { custody: CUSTODY }, legal: order, act: { targets } })
  clock.pass(31)
  const data = { person: { custody: CUSTODY, expunged: targets }, act: { proposal: proposal.entry } }
  assert.ok(!isRefusal(await house.runner.submit(makeAct(expunge, data, { actor: inspector }))))
  assert.equal(await store.find(CUSTODY, gone), undefined)
  assert.deepEqual(await store.find(CUSTODY, kept), Buffer.from('a paper'))
  assert.equal(await store.sweep(), 1)
  assert.equal(await store.sweep(), 0)

  const court = makeWrapPair()
  await submit(
    seal,
    { person: { custody: CUSTODY }, legal: order, act: { recipient: court.publicKey } },
    { actor: inspector },
  )
  assert.equal(await store.find(CUSTODY, kept), undefined, 'the facility cannot open what a court had sealed')
  assert.equal(await store.sweep(), 0, 'and it is not swept away: the court has its key')
})
