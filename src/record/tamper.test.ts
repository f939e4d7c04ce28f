import assert from 'node:assert/strict'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { addNote, admit } from '../custody/acts.ts'
import { room as custody } from '../custody/room.ts'
import { derivedId } from '../kernel/ids.ts'
import { systemClock } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { room as law } from '../law/room.ts'
import { room as people } from '../people/room.ts'
import type { Database } from '../platform/database.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { connectSigner, logVerifierKeys, startSigner } from '../signer/client.ts'
import { audit } from './audit.ts'
import { CheckpointRefused, signHead } from './checkpointer.ts'
import { replay } from './replay.ts'
import { leafHashOf } from './seal.ts'
import { makeAct, openTestRecord } from './testing.ts'

const ORIGIN = 'habeas.example/tamper'
const PEOPLE = 20
const zone = 'America/El_Salvador'
const custodyOf = (i: number) => derivedId('custody', 'tamper', String(i))

/** Twenty people and sixty notes under four signed heads: eighty places in the tree. */
async function openSigned(t: TestContext) {
  const database = await freshDatabase(t)
  const folder = await temporaryFolder(t)
  const socketPath = join(folder, 'run', 's.sock')
  const child = await startSigner({ secretsFolder: join(folder, 'signer'), socketPath })
  const signer = connectSigner({ socketPath })
  t.after(async () => {
    signer.close()
    await child.stop()
  })
  const { record, runner, sequencer } = openTestRecord(database, [people, custody, law])
  const settle = async () => {
    await sequencer.pass()
    return signHead({ database, sequencer, signer, origin: ORIGIN, clock: systemClock })
  }
  const until = { date: '2027-01-01', zone, inclusive: true }
  const order = (i: number) => ({
    order: derivedId('o', String(i)),
    kind: 'remand',
    issuer: { name: 'Court', state: 'SV' },
    from: { at: '2026-01-01T00:00:00Z' },
    until,
  })
  const admissions = Array.from({ length: PEOPLE }, (_, i) =>
    makeAct(admit, {
      person: { custody: custodyOf(i), person: derivedId('person', 'tamper', String(i)) },
      place: { facility: 'TEC' },
      legal: { ordersStated: true, orders: [order(i)] },
    }),
  )
  for (const act of admissions) assert.ok(!isRefusal(await runner.submit(act)))
  await settle()
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < PEOPLE; i++) {
      await runner.submit(makeAct(addNote, { person: { custody: custodyOf(i) }, act: { text: `round ${round}` } }))
    }
    await settle()
  }
  const keys = logVerifierKeys(ORIGIN, await signer.keys())
  const found = async () => {
    record.keys.forgetAll()
    const { problems } = await audit(record, database, keys)
    const { differences } = await replay(record, database)
    return [
      ...problems.map(({ what, index }) => (index === undefined ? what : `${what}@${index}`)),
      ...differences.map(({ table }) => `register ${table}`),
    ]
  }
  return { database, settle, found, signer }
}

/** A second pair of hands in the database, as its owner. */
type Hand = (database: Database) => Promise<unknown>

const nOf = (index: number) => `(select n from leaf where idx = ${index})`

/** Replaces the leaf by the hash of a forged envelope all the way up, as an owner of the database would try. */
const closeTheGap: Hand = async (database) => {
  await database.rows(`delete from entry where n = ${nOf(33)}`)
  await database.rows('delete from leaf where idx = 33')
  await database.rows('update leaf set idx = -idx where idx > 33')
  await database.rows('update leaf set idx = -idx - 1 where idx < 0')
}

const backdate: Hand = async (database) => {
  await database.rows('update leaf set idx = -idx where idx >= 10')
  await database.rows('update leaf set idx = -idx + 1 where idx < 0')
  await database.rows(
    `insert into entry select nextval('entry_n'), gen_random_uuid(), kind, v, facility, custody, 99, officer, recorded, envelope, sealed, staff, gen_random_uuid(), act_part, act_mac, batch, amends
     from entry where n = ${nOf(9)}`,
  )
  await database.rows('insert into leaf (idx, n) select 10, max(n) from entry')
}

const matrix: readonly { name: string; hand: Hand; expect: readonly (string | RegExp)[] }[] = [
  {
    name: 'an envelope is edited',
    hand: (d) =>
      d.rows(
        `update entry set envelope = convert_to(replace(convert_from(envelope, 'UTF8'), '"TEC"', '"TEX"'), 'UTF8') where n = ${nOf(25)}`,
      ),
    expect: ['column-differs@25', 'root-differs@40'],
  },
  { name: 'an entry is inserted with an early date', hand: backdate, expect: ['root-differs@20'] },
  {
    name: 'an entry is deleted and the gap closed',
    hand: closeTheGap,
    expect: ['root-differs@40', 'numbering-has-a-hole'],
  },
  {
    name: 'an entry is deleted',
    hand: (d) => d.rows(`delete from entry where n = ${nOf(42)}`),
    expect: ['entry-missing@42'],
  },
  { name: 'a place is deleted', hand: (d) => d.rows('delete from leaf where idx = 42'), expect: ['place-missing@42'] },
  {
    name: 'a body is edited',
    hand: (d) => d.rows(`update entry set sealed = set_byte(sealed, 20, get_byte(sealed, 20) # 1) where n = ${nOf(7)}`),
    expect: ['section-unreadable@7'],
  },
  {
    name: 'two bodies of one custody are swapped',
    hand: (d) =>
      d.rows(
        `update entry e set sealed = o.sealed from entry o
         where (e.n, o.n) in ((${nOf(21)}, ${nOf(41)}), (${nOf(41)}, ${nOf(21)}))`,
      ),
    expect: ['section-differs@21', 'section-differs@41'],
  },
  {
    name: 'the officer of an entry is exchanged',
    hand: (d) => d.rows(`update entry set officer = gen_random_uuid() where n = ${nOf(30)}`),
    expect: ['section-missing@30'],
  },
  {
    name: 'the number of an entry is changed',
    hand: (d) => d.rows(`update entry set nth = 9 where n = ${nOf(60)}`),
    expect: ['column-differs@60', 'numbering-has-a-hole'],
  },
  {
    name: 'the time of an entry is changed',
    hand: (d) => d.rows(`update entry set recorded = recorded - interval '1 day' where n = ${nOf(61)}`),
    expect: ['column-differs@61'],
  },
  {
    name: 'a wrapped key is edited',
    hand: (d) =>
      d.rows(
        `update keystore.subject_key set wrapped = set_byte(wrapped, 3, get_byte(wrapped, 3) # 1) where subject = '${custodyOf(4)}'`,
      ),
    expect: ['key-unreadable@4'],
  },
  {
    name: 'a wrapped key is deleted',
    hand: (d) => d.rows(`delete from keystore.subject_key where subject = '${custodyOf(4)}'`),
    expect: ['key-missing@4'],
  },
  {
    name: 'a tile is edited',
    hand: (d) =>
      d.rows('update tile set hashes = set_byte(hashes, 64, get_byte(hashes, 64) # 1) where level = 0 and idx = 0'),
    expect: ['tile-differs@0'],
  },
  {
    name: 'a checkpoint is edited',
    hand: (d) => d.rows(`update checkpoint set note = replace(note, E'\\n40\\n', E'\\n41\\n') where size = 40`),
    expect: ['checkpoint-unsigned@40'],
  },
  {
    name: 'a register row is edited',
    hand: (d) => d.rows(`update custody set departed_as = 'release' where id = '${custodyOf(3)}'`),
    expect: ['register custody'],
  },
  {
    name: 'a register row is added',
    hand: (d) =>
      d
        .rows(`insert into note select * from note limit 0; `)
        .then(() => d.rows(`update note set text = 'never said' where custody = '${custodyOf(5)}'`)),
    expect: ['register note'],
  },
  {
    name: 'a register row is removed',
    hand: (d) => d.rows(`delete from note where custody = '${custodyOf(6)}'`),
    expect: ['register note'],
  },
]

for (const { name, hand, expect } of matrix) {
  test(`tamper: ${name}`, async (t) => {
    const { database, found } = await openSigned(t)
    assert.deepEqual(await found(), [], 'clean before')
    await database.rows("set session_replication_role = 'replica'")
    await hand(database)
    const problems = await found()
    for (const expected of expect) {
      assert.ok(
        problems.some((problem) => (expected instanceof RegExp ? expected.test(problem) : problem === expected)),
        `expected ${expected}; found ${problems.slice(0, 8).join(', ') || 'nothing'}`,
      )
    }
  })
}

test('tamper: the newest part is cut off with its checkpoints: the audit is blind to it, the signer is not', async (t) => {
  const { database, found, settle } = await openSigned(t)
  await database.rows('delete from checkpoint where size > 40')
  const cut = '(select n from leaf where idx >= 40)'
  await database.rows(`delete from note where entry_n in ${cut}`)
  await database.rows(
    `update subject s set nth = s.nth - c.k from (select custody, count(*) k from entry where n in ${cut} group by custody) c where c.custody = s.id`,
  )
  await database.rows(`delete from entry where n in ${cut}`)
  await database.rows('delete from leaf where idx >= 40')
  await database.rows('update tile set hashes = substring(hashes for 40 * 32) where level = 0 and idx = 0')
  assert.deepEqual(await found(), [], 'inside the database nothing shows it')
  const runner = await database.rows<{ n: number }>("select nextval('entry_n') as n")
  assert.ok(runner.length === 1)
  await assert.rejects(
    async () => {
      // The next entry makes a new head of size 41: the signer has signed 80.
      await database.rows(`insert into leaf (idx, n) values (40, ${runner[0]?.n})`)
      await database.rows('update tile set hashes = hashes || $1::bytea where level = 0 and idx = 0', [
        leafHashOf(Buffer.from('forged')),
      ])
      await settle()
    },
    (error) => error instanceof CheckpointRefused && error.reason === 'older' && error.signedSize === 80,
  )
})
