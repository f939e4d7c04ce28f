import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { folder, gather, parseChunks, profileOf, sampleProfile } from './testing.ts'

const profile = profileOf({ ...sampleProfile, format: { type: 'ndjson' } })
const name = 'roster_2026-08-12.ndjson'

test('objects are read by their keys and aliases; numbers keep every digit; null and absent are blank', async (t) => {
  const path = folder(t)(
    name,
    '{"person_id":90071992547409931,"admitted":"2026-08-01","age":31,"given":null}\n\n{"id":"8","admitted":"2026-08-02"}',
  )
  const { rows, rejects } = await gather(path, profile)
  assert.deepEqual(rejects, [])
  assert.deepEqual(
    rows.map((row) => [row.line, row.person]),
    [
      [1, { sourceId: '90071992547409931', ageYears: 31 }],
      [3, { sourceId: '8' }],
    ],
  )
})

test('each bad line has its reason and the lines after it are read', async (t) => {
  const lines = [
    '{"id":1,"admitted":"2026-08-01"',
    '[1]',
    '{"id":1,"admitted":"2026-08-01","tattoos":"none"}',
    '{"id":1,"admitted":["2026-08-01"]}',
    '{"id":1,"admitted":"2026-08-01","id":2}',
    '{"id":1,"admitted":"2026-08-01","person_id":2}',
    '{"id":1,"admitted":"2026-08-01","given":"a\\u0000"}',
    `{"id":1,"given":"${'x'.repeat(70_000)}"}`,
    '{"id":1,"admitted":"2026-08-01","given":"\\"id\\": \\\\"}',
  ]
  const { rows, rejects } = await gather(folder(t)(name, lines.join('\n')), profile)
  assert.deepEqual(
    rejects.map(({ line, column, code }) => [line, column, code]),
    [
      [1, '', 'json-malformed'],
      [2, '', 'json-malformed'],
      [3, 'tattoos', 'json-key-unknown'],
      [4, 'admitted', 'json-not-scalar'],
      [5, '', 'json-key-doubled'],
      [6, 'id', 'json-key-doubled'],
      [7, 'given', 'nul-byte'],
      [8, 'given', 'field-too-long'],
    ],
  )
  assert.equal(rows.length, 1)
})

test('objects come back the same however the bytes arrive', () => {
  const object = fc.record({ id: fc.string(), given: fc.string(), note: fc.string() })
  fc.assert(
    fc.property(fc.array(object, { maxLength: 6 }), (objects) => {
      const clean = objects.map((one) => JSON.parse(JSON.stringify(one).replaceAll('\\u0000', '')) as typeof one)
      const bytes = Buffer.from(clean.map((one) => JSON.stringify(one)).join('\n'))
      const one = parseChunks([bytes], profile).items
      const columns = Object.keys(profile.columns)
      assert.deepEqual(
        one.map((item) => ['id', 'given', 'note'].map((key) => item.cells[columns.indexOf(key)])),
        clean.map(({ id, given, note }) => [id, given, note].map((text) => text.toWellFormed())),
      )
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
      assert.deepEqual(parseChunks(single, profile).items, one)
    }),
  )
})

test('resumes at any batch', async (t) => {
  const lines = Array.from({ length: 50 }, (_, i) => `{"id":${i + 1},"admitted":"2026-08-01"}`)
  const path = folder(t)(name, lines.join('\n'))
  const all = await gather(path, profile, { limits: { batchRowsMax: 7 } })
  const third = all.batches[2]
  assert.ok(third)
  const rest = await gather(path, profile, { resumeFromByte: third.byteOffset })
  assert.deepEqual(rest.rows, all.rows.slice(21))
})
