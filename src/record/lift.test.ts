import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { admit } from '../custody/acts.ts'
import { type Act, defineAct } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { defineEvents, type Room } from '../kernel/register.ts'
import { freshDatabase } from '../platform/testing.ts'
import { correctEntry } from './acts.ts'
import { audit } from './audit.ts'
import { effective } from './effective.ts'
import { makeWrapPair } from './keys.ts'
import { loadKeys, openEntry, STORED, type StoredEntry } from './open.ts'
import { replay } from './replay.ts'
import { makeAct, openTestRecord } from './testing.ts'

const common = {
  kind: 'weight.take',
  says: { en: 'A weight was taken', es: 'Se tomó un peso' },
  about: 'custody',
  sort: 'fact',
  permission: 'custody.record',
} as const

/** The same kind as three programs knew it: in pounds, in kilograms, in grams under another name. */
const inPounds = defineAct({ ...common, v: 1, sections: { act: z.strictObject({ pounds: z.number() }) } })
const toKilograms = ({ pounds, ...rest }: Readonly<Record<string, unknown>>) => ({
  ...rest,
  kilograms: Math.round(Number(pounds) * 0.45359237 * 10) / 10,
})
const inKilograms = defineAct({
  ...common,
  v: 2,
  upcasters: { 1: { act: toKilograms } },
  sections: { act: z.strictObject({ kilograms: z.number() }) },
})
const inGrams = defineAct({
  ...common,
  v: 3,
  upcasters: {
    1: { act: toKilograms },
    2: { act: ({ kilograms, ...rest }) => ({ ...rest, grams: Math.round(Number(kilograms) * 1000) }) },
  },
  sections: { act: z.strictObject({ grams: z.int() }) },
})

/** Each program knows its own form alone; only the newest has the register. */
const programs = [inPounds, inKilograms, inGrams].map((act): Room => {
  const registers = defineEvents({
    table: 'weight',
    columns: { entry_n: 'bigint', grams: 'integer' },
    key: ['entry_n'],
    rows: { [act.kind]: ({ n, sections }) => [{ entry_n: n, grams: sections.act?.grams as number }] },
  })
  return { name: 'weights', acts: [admit, act], registers: act === inGrams ? [registers] : [], refusals: {} }
})

const custody = derivedId('custody', 'lifted')

test('entries of older versions, and corrections made under them, read as the newest; their bytes stay', async (t) => {
  const database = await freshDatabase(t)
  await database.rows('create table weight (entry_n bigint primary key, grams integer not null)')
  const wrap = makeWrapPair()
  const [first, second, third] = programs.map((room) => openTestRecord(database, [room], { wrap }))
  assert.ok(first && second && third)
  const submit = async ({ runner }: typeof first, act: Act) => {
    const outcome = await runner.submit(act)
    assert.ok(!isRefusal(outcome), JSON.stringify(outcome))
    return outcome
  }
  const identity = { names: [{ use: 'recorded', given: 'Ana' }] }
  const admission = { custody, person: derivedId('person', 'lifted'), identity }
  await submit(first, makeAct(admit, { person: admission, place: { facility: 'TEC' }, legal: { ordersStated: false } }))
  const person = { custody }
  const light = await submit(first, makeAct(inPounds, { person, act: { pounds: 100 } }))
  await submit(first, makeAct(inPounds, { person, act: { pounds: 200 } }))
  const wrong = await submit(first, makeAct(inPounds, { person, act: { pounds: 1 } }))
  const correction = (entry: string, data: object) =>
    makeAct(correctEntry, { person, act: { entry, reason: 'misread', replaces: ['act'], data } })
  await submit(first, correction(light.entry, { pounds: 110 }))
  // A correction is of the form of its own day, whatever the entry was made in.
  await submit(second, correction(wrong.entry, { kilograms: 70 }))
  await submit(second, makeAct(inKilograms, { person, act: { kilograms: 60.5 } }))
  await submit(third, makeAct(inGrams, { person, act: { grams: 61_000 } }))
  assert.equal(isRefusal(await third.runner.submit(correction(light.entry, { pounds: 110 }))), true)

  // The older programs kept no register: what is written now is what the newest makes of all.
  const stored = await database.rows<StoredEntry>(`select ${STORED} from entry order by n`)
  await loadKeys(database, third.record.keys, stored)
  const entries = stored.map((entry) => openEntry(entry, third.record))
  const weights = entries.filter(({ kind }) => kind === inGrams.kind)
  assert.deepEqual(
    weights.map(({ v, sections }) => [v, sections.act?.grams]),
    [45_400, 90_700, 500, 60_500, 61_000].map((grams) => [3, grams]),
  )
  assert.deepEqual(
    effective(entries)
      .filter(({ kind }) => kind === inGrams.kind)
      .map(({ sections, recorded }) => [sections.act?.grams, recorded?.act?.pounds ?? recorded?.act?.kilograms]),
    [
      [49_900, 110],
      [90_700, 200],
      [70_000, 70],
      [60_500, 60.5],
      [61_000, undefined],
    ],
  )
  assert.match(String(stored.find(({ id }) => id === light.entry)?.envelope), /"v":1\}$/)

  const { differences } = await replay(third.record, database)
  assert.deepEqual(
    differences.map(({ onlyInRegister, onlyInReplay }) => [onlyInRegister, onlyInReplay]),
    [[0, 4]],
  )
  await third.sequencer.pass()
  assert.deepEqual((await audit(third.record, database, [])).problems, [])

  // A program that does not know the newer form does not guess at it.
  const last = stored.at(-1) as StoredEntry
  assert.throws(() => openEntry(last, { keys: third.record.keys, registry: second.record.registry }), /version 3/)
})

test('a kind that skips an older version is refused when it is defined', () => {
  assert.throws(
    () => defineAct({ ...common, v: 3, upcasters: { 2: {} }, sections: {} }),
    /weight\.take has no upcaster from version 1/,
  )
})
