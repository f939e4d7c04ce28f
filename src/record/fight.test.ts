import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addNote, admit, assignBunk, depart, recordPresence, vacateBunk } from '../custody/acts.ts'
import { room as custody } from '../custody/room.ts'
import type { Act, Receipt } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { endOrder, recordOrder } from '../law/acts.ts'
import { room as law } from '../law/room.ts'
import { describePerson } from '../people/acts.ts'
import { room as people } from '../people/room.ts'
import { connectDatabase } from '../platform/database.ts'
import { freshDatabase } from '../platform/testing.ts'
import { correctEntry, withdrawEntry } from './acts.ts'
import { audit } from './audit.ts'
import { makeWrapPair } from './keys.ts'
import { replay } from './replay.ts'
import type { Outcome } from './runner.ts'
import { makeAct, openTestRecord } from './testing.ts'

const rooms = [people, custody, law]
const PEOPLE = 50
const WORKERS = 8
const ACTS_EACH = 120

/** A small generator of our own, so that a printed seed runs the same acts again. */
function random(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

const custodyOf = (i: number) => derivedId('custody', String(i))
/** Every fifth custody is a second one of the same person: two subjects that meet in one register. */
const personOf = (i: number) => derivedId('person', String(i % 5 === 4 ? i - 1 : i))
const bunk = (i: number) => derivedId('bunk', String(i))
const order = (i: number, k: number) => derivedId('order', String(i), String(k))
const day = (d: number) =>
  Temporal.Instant.from('2026-01-01T00:00:00Z')
    .add({ hours: 24 * d })
    .toString()
const legal = (d: number) => ({ at: day(d) })

function randomAct(pick: (below: number) => number, entries: readonly string[][]): Act {
  const i = pick(PEOPLE)
  const person = { custody: custodyOf(i) }
  const at = day(1 + pick(200))
  const known = entries[i] ?? []
  const target = known[pick(Math.max(1, known.length))]
  switch (pick(10)) {
    case 0:
      return makeAct(assignBunk, { person, place: { bunk: bunk(pick(PEOPLE)) } }, { at })
    case 1:
      return makeAct(vacateBunk, { person }, { at })
    case 2:
      return makeAct(
        recordPresence,
        { person, place: { state: 'at', place: derivedId('cell', String(pick(5))) }, act: { because: 'moved' } },
        { at },
      )
    case 3:
      return makeAct(depart, { person, legal: { as: 'release' } }, { at })
    case 4:
      return makeAct(
        recordOrder,
        {
          person,
          legal: {
            order: {
              order: order(i, pick(3)),
              kind: 'remand',
              issuer: { name: 'Court', state: 'SV' },
              from: legal(pick(100)),
              until: pick(2) ? legal(100 + pick(100)) : 'open',
            },
          },
        },
        { at },
      )
    case 5:
      return makeAct(
        endOrder,
        { person, legal: { order: order(i, pick(3)), as: 'quashed', from: legal(pick(200)) } },
        { at },
      )
    case 6:
      return makeAct(
        describePerson,
        { person: { ...person, identity: { names: [{ use: 'alias', given: `A${pick(9)}` }], sex: 'F' } } },
        { at },
      )
    case 7:
      if (target)
        return makeAct(withdrawEntry, { person, act: { entry: target, reason: 'entered by mistake' } }, { at })
      return makeAct(addNote, { person, act: { text: 'quiet' } }, { at })
    case 8:
      if (target) {
        const act = { entry: target, reason: 'other day', replaces: [], moves: true }
        return makeAct(correctEntry, { person, act }, { at })
      }
      return makeAct(addNote, { person, act: { text: 'quiet' } }, { at })
    default:
      return makeAct(addNote, { person, act: { text: `note ${pick(1000)}` } }, { at })
  }
}

test('eight processes fight over fifty people and fifty bunks: register equals replay, nothing is lost', async (t) => {
  const seed = Number(process.env.HABEAS_SEED ?? Math.floor(Math.random() * 2 ** 31))
  t.diagnostic(`HABEAS_SEED=${seed}`)
  const database = await freshDatabase(t)
  const wrap = makeWrapPair()
  const first = openTestRecord(database, rooms, { wrap })
  const entries: string[][] = Array.from({ length: PEOPLE }, () => [])
  const workers = Array.from({ length: WORKERS }, () => {
    const own = connectDatabase(database.connectionString)
    t.after(() => own.close())
    return openTestRecord(own, rooms, { wrap })
  })
  const admissions = Array.from({ length: PEOPLE }, (_, i) =>
    makeAct(
      admit,
      {
        person: { custody: custodyOf(i), person: personOf(i) },
        place: { facility: 'TEC' },
        legal: { ordersStated: true },
      },
      { at: day(i % 7) },
    ),
  )
  const receipts = await Promise.all(
    admissions.map((act, i) => (workers[i % WORKERS] as typeof first).runner.submit(act)),
  )
  const accepted: { act: Act; receipt: Receipt }[] = []
  const refused = new Set<string>()
  const note = (act: Act, outcome: Outcome, i: number) => {
    if (isRefusal(outcome)) refused.add(outcome.code)
    else {
      accepted.push({ act, receipt: outcome })
      entries[i]?.push(outcome.entry)
    }
  }
  for (const [i, outcome] of receipts.entries()) note(admissions[i] as Act, outcome, i)

  await Promise.all(
    workers.map(async ({ runner }, w) => {
      const pick = random(seed + w)
      for (let k = 0; k < ACTS_EACH; k++) {
        const act = randomAct(pick, entries)
        const i = Number(
          Array.from({ length: PEOPLE }, (_, j) => j).find((j) => custodyOf(j) === act.data.person?.custody),
        )
        note(act, await runner.submit(act), i)
      }
    }),
  )
  t.diagnostic(`accepted ${accepted.length}, refusals met: ${[...refused].join(', ')}`)
  const unexpected = [...refused].filter((code) => !['bunk-taken', 'amendment-target'].includes(code))
  assert.deepEqual(unexpected, [])

  const [counted] = await database.rows<{ entries: number; distinct_acts: number }>(
    'select count(*)::integer as entries, count(distinct act)::integer as distinct_acts from entry',
  )
  assert.equal(counted?.entries, accepted.length, 'every acknowledged act is there, and nothing else')
  await first.sequencer.pass()
  const checked = await audit(first.record, database, [])
  assert.deepEqual(checked.problems, [])
  const { differences } = await replay(first.record, database)
  assert.deepEqual(differences, [])
})
