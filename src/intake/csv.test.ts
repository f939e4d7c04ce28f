import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseChunks, profileOf, sampleProfile } from './testing.ts'

const profile = profileOf(sampleProfile)
const whole = (text: string) => [Buffer.from(text)]

/** Our own writer: quotes what needs it, and at random what does not. */
function write(
  rows: readonly (readonly string[])[],
  options: { end: string; quoteAll: boolean; last: boolean },
): string {
  const cell = (value: string) =>
    options.quoteAll || /[",\r\n]/.test(value) || value === '' ? `"${value.replaceAll('"', '""')}"` : value
  const text = rows.map((row) => row.map(cell).join(',')).join(options.end)
  return options.last ? text + options.end : text
}

const cell = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', 'é', '日', '😀', ' '), maxLength: 10 }),
)
const table = fc
  .integer({ min: 1, max: 5 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }))
  .map((rows) => rows.map((row) => row.map((one) => one.toWellFormed().replaceAll('\0', ''))))
const headed = table.map((rows) => [(rows[0] ?? []).map((_, i) => `column ${i}`), ...rows])
const options = fc.record({ end: fc.constantFrom('\n', '\r\n'), quoteAll: fc.boolean(), last: fc.boolean() })

test('any table that is written is read back, cell by cell', () => {
  fc.assert(
    fc.property(headed, options, fc.boolean(), (rows, how, bom) => {
      const read = parseChunks(whole((bom ? '\uFEFF' : '') + write(rows, how)), profile)
      assert.equal(read.refusal, undefined)
      assert.deepEqual(read.header, rows[0])
      assert.deepEqual(
        read.items.map((item) => [item.cells, item.problem]),
        rows.slice(1).map((row) => [row, undefined]),
      )
    }),
  )
})

test('a cut at any byte, and at all of them, gives the same rows with the same places', () => {
  fc.assert(
    fc.property(headed, options, (rows, how) => {
      const bytes = Buffer.from(`\uFEFF${write(rows, how)}`)
      const expected = parseChunks([bytes], profile).items
      for (let cut = 0; cut <= bytes.length; cut += 1) {
        const read = parseChunks([bytes.subarray(0, cut), bytes.subarray(cut)], profile)
        assert.deepEqual(read.items, expected, `cut at ${cut}`)
      }
      const single = Array.from(bytes, (byte) => Uint8Array.of(byte))
      assert.deepEqual(parseChunks(single, profile).items, expected)
    }),
    { numRuns: 40 },
  )
})

test('garbage of any kind is cut into the same items however it arrives, and no row is lost in silence', () => {
  const bytes = fc.array(fc.constantFrom(...Buffer.from('",\n\r a'), 0, 0xff, 0xc3, 0xa9), { maxLength: 60 })
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(60), { maxLength: 4 }), (garbage, cuts) => {
      const text = Buffer.from([...Buffer.from('x,y\n'), ...garbage])
      const at = [0, ...cuts.filter((cut) => cut <= text.length).sort((a, b) => a - b), text.length]
      const parts = at.slice(1).map((to, i) => text.subarray(at[i], to))
      const one = parseChunks([text], profile)
      const cut = parseChunks(parts, profile)
      assert.deepEqual(cut.refusal, one.refusal)
      assert.deepEqual(cut.items, one.items)
      if (one.refusal) return
      // Each item starts where another ended, but for blank lines between them.
      let offset = 4
      for (const item of one.items) {
        assert.match(text.subarray(offset, item.byteOffset).toString('latin1'), /^[\r\n]*$/)
        offset = item.endOffset
      }
      assert.match(text.subarray(offset).toString('latin1'), /^[\r\n]*$/)
    }),
    { numRuns: 4_000 },
  )
})

test('lines and byte offsets are those of the file, also after line ends inside quotes', () => {
  const { items } = parseChunks(whole('a,b\r\n1,"x\ny"\r\n\r\n2,é\r\n3,z'), profile)
  assert.deepEqual(
    items.map(({ line, byteOffset, endOffset }) => [line, byteOffset, endOffset]),
    [
      [2, 5, 14],
      [5, 16, 22],
      [6, 22, 25],
    ],
  )
})

test('a quote inside an unquoted field is text', () => {
  const { items } = parseChunks(whole('a,b\n5" pipe,say "no"\n'), profile)
  assert.deepEqual(items[0]?.cells, ['5" pipe', 'say "no"'])
})

test('a stray quote costs its own line, not its neighbours', () => {
  const { items, refusal } = parseChunks(whole('a,b\n1,"x\n2,"y"\n3,z\n'), profile)
  assert.equal(refusal, undefined)
  assert.deepEqual(
    items.map((item) => [item.line, item.problem?.code ?? item.cells]),
    [
      [2, 'quote-malformed'],
      [3, ['2', 'y']],
      [4, ['3', 'z']],
    ],
  )
})

test('a quote that joins lines into a wrong number of fields is taken apart again', () => {
  const { items } = parseChunks(whole('a,b\n1,"x\n2,y\n3,"\n4,z,"w"\n5,v\n'), profile)
  assert.deepEqual(
    items.map((item) => [item.line, item.problem?.code ?? item.cells]),
    [
      [2, ['1', 'x\n2,y\n3,']],
      [5, 'cell-count'],
      [6, ['5', 'v']],
    ],
  )
  const other = parseChunks(whole('a,b\n1,"x\n2,y",y\n3,z\n'), profile)
  assert.deepEqual(
    other.items.map((item) => [item.line, item.problem?.code ?? item.cells]),
    [
      [2, 'quote-malformed'],
      [3, 'cell-count'],
      [4, ['3', 'z']],
    ],
  )
})

test('an open quote is followed no further than the limit of lines, and the refusal names where it opened', () => {
  const far = `a,b\n0,x\n1,"open\n${'2,y\n'.repeat(5_000)}`
  const read = parseChunks(
    Array.from({ length: Math.ceil(far.length / 1000) }, (_, i) => Buffer.from(far.slice(i * 1000, i * 1000 + 1000))),
    profile,
    { quotedLinesMax: 100 },
  )
  assert.equal(read.refusal?.code, 'quote-open')
  assert.equal(read.refusal?.details.line, 3)
  assert.ok(read.heldBytesMax < 3_000)
})

test('a large quoted field is passed over without being held', () => {
  const limits = { fieldBytesMax: 1_000, recordBytesMax: 10_000 }
  const big = `${'x'.repeat(99)}\n`
  const text = Buffer.from(`a,b\n1,"${big.repeat(500)}""tail"\n2,y\n`)
  const chunks = Array.from({ length: Math.ceil(text.length / 512) }, (_, i) => text.subarray(i * 512, i * 512 + 512))
  const read = parseChunks(chunks, profile, limits)
  assert.equal(read.refusal, undefined)
  assert.deepEqual(
    read.items.map((item) => [item.line, item.problem?.code ?? item.cells]),
    [
      [2, 'field-too-long'],
      [503, ['2', 'y']],
    ],
  )
  assert.ok(read.heldBytesMax <= limits.recordBytesMax + 1_024, `${read.heldBytesMax}`)
})

test('other delimiters and quotes', () => {
  const format = { type: 'csv', delimiter: '\t', quote: "'" } as const
  const { items } = parseChunks(whole("a\tb\n'x\ty'\t'it''s'\n"), profileOf({ ...sampleProfile, format }))
  assert.deepEqual(items[0]?.cells, ['x\ty', "it's"])
})

test('a chunk of many rows leaves only its unfinished row behind', () => {
  const row = '1,some text that is not very long\n'
  for (const times of [1, 5]) {
    const text = Buffer.from(`a,b\n${row.repeat(times * 20_000)}`)
    const size = 64 * 1024
    const chunks = Array.from({ length: Math.ceil(text.length / size) }, (_, i) =>
      text.subarray(i * size, (i + 1) * size),
    )
    assert.ok(parseChunks(chunks, profile).heldBytesMax < row.length)
  }
})
