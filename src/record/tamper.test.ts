import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Database } from '../platform/database.ts'
import { custodyOf, type Hand, nOf, openSigned } from './tamper.testing.ts'

/** Deletes an entry with its leaf, and moves all that came later one place forward. */
async function closeTheGap(database: Database): Promise<void> {
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

const matrix: readonly { name: string; hand: Hand; expect: readonly string[] }[] = [
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
    expect: ['root-differs@40', `numbering-has-a-hole custody ${custodyOf(13)}, number 2`],
  },
  {
    name: 'an entry of one person is omitted, and its counter set back',
    hand: async (d) => {
      await closeTheGap(d)
      await d.rows(`update subject set nth = nth - 1 where id = '${custodyOf(13)}'`)
    },
    expect: [`numbering-has-a-hole custody ${custodyOf(13)}, number 2`],
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
    name: 'the wrapped keys of two people are exchanged',
    hand: (d) =>
      d.rows(
        `update keystore.subject_key k set wrapped = o.wrapped from keystore.subject_key o
         where (k.subject, o.subject) in (('${custodyOf(4)}', '${custodyOf(5)}'), ('${custodyOf(5)}', '${custodyOf(4)}'))`,
      ),
    expect: ['section-unreadable@4', 'section-unreadable@5'],
  },
  {
    name: 'the key of the hour is edited',
    hand: (d) =>
      d.rows('update keystore.epoch_key set for_facility = set_byte(for_facility, 40, get_byte(for_facility, 40) # 1)'),
    expect: ['key-unreadable@4', 'key-unreadable@79'],
  },
  {
    name: 'the key of the hour is deleted',
    hand: (d) => d.rows('delete from keystore.epoch_key'),
    expect: ['key-unreadable@4', 'key-unreadable@79'],
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
    hand: async (d) => {
      const columns = (
        await d.rows<{ name: string }>(
          "select attname as name from pg_attribute where attrelid = 'note'::regclass and attnum > 0 and not attisdropped",
        )
      ).map(({ name }) => name)
      const values = columns.map((name) => ({ entry_n: '-1', text: "'never said'" })[name] ?? name)
      await d.rows(
        `insert into note (${columns.join(', ')}) select ${values.join(', ')} from note where custody = '${custodyOf(5)}' limit 1`,
      )
    },
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
    const { database, record, found } = await openSigned(t)
    assert.deepEqual(await found(), [], 'clean before')
    await database.rows("set session_replication_role = 'replica'")
    await hand(database, record)
    const problems = await found()
    for (const expected of expect) {
      assert.ok(
        problems.includes(expected),
        `expected ${expected}; found ${problems.slice(0, 8).join(', ') || 'nothing'}`,
      )
    }
  })
}
