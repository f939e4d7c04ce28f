/** Dirty input, one test for each kind the product promises an answer to: a line of the rejects file, or a refusal. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { checkFile, inspectFile, readMapped } from './read-file.ts'
import type { Reject } from './row.ts'
import { folder, gather, now, profileOf, sampleHeader, sampleProfile } from './testing.ts'

const profile = profileOf(sampleProfile)
const name = 'roster_2026-08-12.csv'
const good = '7,2026-08-01T10:00:00,,31.0,F,MIN,Ana,,X'
const csv = (...lines: (string | Uint8Array)[]) =>
  Buffer.concat([sampleHeader, ...lines].map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')])))
const brief = (rejects: readonly Reject[]) => rejects.map(({ line, column, code, row }) => [line, column, code, row])

test('a good row: typed, in the clear what is mapped, sealed what is kept, gone what is dropped', async (t) => {
  const { rows, rejects, file } = await gather(
    folder(t)(name, csv(good.replace('Ana,,X', 'Ana,seen by nurse,X'))),
    profile,
  )
  assert.deepEqual(rejects, [])
  assert.equal(file.ok && file.asOf, '2026-08-12')
  assert.deepEqual(rows, [
    {
      line: 2,
      byteOffset: sampleHeader.length + 1,
      identity: '["7","2026-08-01T16:00:00Z"]',
      person: {
        sourceId: '7',
        sex: { value: 'female', source: 'F', known: true },
        ageYears: 31,
        names: { given: 'Ana' },
      },
      admittedAt: {
        at: '2026-08-01T16:00:00Z',
        epochMs: Temporal.Instant.from('2026-08-01T16:00:00Z').epochMilliseconds,
        precision: 'second',
        zone: 'America/El_Salvador',
        source: '2026-08-01T10:00:00',
      },
      ended: false,
      custody: { level: { value: 'MIN', source: 'MIN', known: true } },
      legal: {},
      place: {},
      seen: {},
      claims: {},
      sealed: { note: 'seen by nurse' },
      flags: [],
    },
  ])
  assert.ok(!JSON.stringify(rows).includes('race'))
})

test('blanks: an identity may not be blank, anything else may', async (t) => {
  const { rows, rejects } = await gather(
    folder(t)(name, csv(',2026-08-01T10:00:00,,,,,,,', '8,,,,,,,,', '9,2026-08-01T10:00:00,,,,,,,')),
    profile,
  )
  assert.deepEqual(brief(rejects), [
    [2, 'id', 'blank', 'rejected'],
    [3, 'admitted', 'blank', 'rejected'],
  ])
  assert.equal(rejects[1]?.sourceId, '8')
  assert.deepEqual(rows[0]?.person, { sourceId: '9' })
})

test('swapped columns: times that are no times reject the row and still tell whose it was', async (t) => {
  const swapped = sampleHeader.replace('id,admitted', 'admitted,id')
  const { rows, rejects } = await gather(folder(t)(name, `${swapped}\n${good}\n`), profile)
  assert.equal(rows.length, 0)
  assert.deepEqual(brief(rejects), [
    [2, 'id', 'text-form', 'rejected'],
    [2, 'admitted', 'date-form', 'rejected'],
  ])
})

test('swapped columns of lesser weight: the person stays on the roll and each value has its line', async (t) => {
  const swapped = sampleHeader.replace('age,sex', 'sex,age')
  const { rows, rejects } = await gather(folder(t)(name, `${swapped}\n${good}\n`), profile)
  assert.deepEqual(brief(rejects), [
    [2, 'age', 'number-form', 'kept'],
    [2, 'sex', 'value-unknown', 'kept'],
  ])
  assert.deepEqual(rows[0]?.person, {
    sourceId: '7',
    sex: { value: 'unknown', source: '31.0', known: false },
    names: { given: 'Ana' },
  })
})

test('columns in another order are read by their names', async (t) => {
  const order = [8, 2, 0, 3, 1, 7, 6, 5, 4]
  const turn = (line: string) => order.map((i) => line.split(',')[i]).join(',')
  const { rows, rejects } = await gather(folder(t)(name, `${turn(sampleHeader)}\n${turn(good)}\n`), profile)
  assert.deepEqual(rejects, [])
  assert.equal(rows[0]?.person.sourceId, '7')
  assert.equal(rows[0]?.custody.level?.value, 'MIN')
})

test('wrong encoding in a row: one line, naming the column, and the rest is read', async (t) => {
  const latin1 = Buffer.from(good.replace('Ana', 'José'), 'latin1')
  const { rows, rejects } = await gather(
    folder(t)(name, csv(good.replace('7', '5'), latin1, good.replace('7', '6'))),
    profile,
  )
  assert.deepEqual(brief(rejects), [[3, 'given', 'not-utf8', 'rejected']])
  assert.equal(rejects[0]?.value, 'José')
  assert.equal(rejects[0]?.sourceId, '7')
  assert.deepEqual(
    rows.map((row) => row.person.sourceId),
    ['5', '6'],
  )
})

test('wrong encoding of the whole file: UTF-16 and a header in Latin-1 are refused; a byte order mark is not', async (t) => {
  const write = folder(t)
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(`${sampleHeader}\n${good}\n`, 'utf16le')])
  assert.equal((await gather(write(name, utf16), profile)).refusal?.code, 'not-utf8-file')
  const header = Buffer.from(`${sampleHeader},niño\n`, 'latin1')
  assert.equal((await gather(write(name, header), profile)).refusal?.code, 'not-utf8-file')
  const marked = await gather(write(name, Buffer.concat([Buffer.from('\uFEFF'), csv(good)])), profile)
  assert.equal(marked.rows.length, 1)
})

test('NUL: one line, naming the column', async (t) => {
  const { rows, rejects } = await gather(folder(t)(name, csv(good.replace('Ana', 'A\0a'), good)), profile)
  assert.deepEqual(brief(rejects), [[2, 'given', 'nul-byte', 'rejected']])
  assert.equal(rows.length, 1)
})

test('a quote never closed: the file is refused with the line where it opened, before anything is taken', async (t) => {
  const path = folder(t)(name, csv(good, good.replace('Ana', '"Ana'), good.replace('7', '8')))
  const refusal = (await gather(path, profile)).refusal
  assert.equal(refusal?.code, 'quote-open')
  assert.equal(refusal?.details.line, 3)
  const looked = await checkFile(path, profile)
  assert.deepEqual(looked, { ok: false, refusal })
})

test('text after a closing quote: one line', async (t) => {
  const { rows, rejects } = await gather(folder(t)(name, csv(good.replace('Ana', '"Ana"x'), good)), profile)
  assert.deepEqual(brief(rejects), [[2, '', 'quote-malformed', 'rejected']])
  assert.equal(rows.length, 1)
})

test('a column the profile needs is lacking: refused, naming it', async (t) => {
  const { refusal } = await gather(
    folder(t)(name, `${sampleHeader.replace('id,admitted,', 'id,')}\n7,,31,F,MIN,Ana,,X\n`),
    profile,
  )
  assert.equal(refusal?.code, 'column-missing')
  assert.deepEqual(refusal?.details.columns, ['admitted'])
  assert.match(refusal?.says.es ?? '', /admitted/)
})

test('a column the profile does not name: refused, naming it', async (t) => {
  const { refusal } = await gather(folder(t)(name, `${sampleHeader},tattoos\n${good},none\n`), profile)
  assert.equal(refusal?.code, 'column-unaccounted')
  assert.deepEqual(refusal?.details.columns, ['tattoos'])
})

test('no header at all: refused, without repeating what the first person’s line says', async (t) => {
  const { refusal } = await gather(folder(t)(name, `${good}\n${good}\n`), profile)
  assert.equal(refusal?.code, 'header-missing')
  assert.ok(!JSON.stringify(refusal).includes('Ana'))
})

test('a column that stands twice, by name or by alias: refused, naming it', async (t) => {
  const write = folder(t)
  for (const extra of ['age', 'AGE', 'person_id']) {
    const { refusal } = await gather(write(name, `${sampleHeader},${extra}\n${good},1\n`), profile)
    assert.equal(refusal?.code, 'header-doubled', extra)
    assert.deepEqual(refusal?.details.columns, [extra])
  }
})

test('the header again inside the file: refused, naming the line', async (t) => {
  const { refusal } = await gather(folder(t)(name, csv(good, sampleHeader, good)), profile)
  assert.equal(refusal?.code, 'header-repeated')
  assert.equal(refusal?.details.line, 3)
})

test('a date that does not exist: one line', async (t) => {
  const { rows, rejects } = await gather(folder(t)(name, csv(good.replace('2026-08-01', '2026-02-30'))), profile)
  assert.deepEqual(brief(rejects), [[2, 'admitted', 'date-not-real', 'rejected']])
  assert.equal(rejects[0]?.value, '2026-02-30T10:00:00')
  assert.equal(rows.length, 0)
})

test('a time in the future, or after the day of the file: kept, with a line', async (t) => {
  const future = good.replace('2026-08-01', '2031-08-01')
  const after = good.replace('2026-08-01', '2026-08-20')
  const { rows, rejects } = await gather(folder(t)(name, csv(future, after)), profile)
  assert.deepEqual(brief(rejects), [
    [2, 'admitted', 'time-future', 'kept'],
    [3, 'admitted', 'time-after-file', 'kept'],
  ])
  assert.equal(rows.length, 2)
})

test('a birth date in the future: kept, with a line', async (t) => {
  const born = profileOf({ ...sampleProfile, columns: { ...sampleProfile.columns, given: { to: 'person.birthDate' } } })
  const { rows, rejects } = await gather(folder(t)(name, csv(good.replace('Ana', '2026-11-25'))), born)
  assert.deepEqual(brief(rejects), [[2, 'given', 'time-future', 'kept']])
  assert.equal(rows[0]?.person.birthDate, '2026-11-25')
})

test('admission after release: one line; a release known to the day may be the day of admission', async (t) => {
  const backwards = good.replace('10:00:00,', '10:00:00,2026-07-01')
  const sameDay = good.replace('10:00:00,', '10:00:00,2026-08-01')
  const { rows, rejects } = await gather(folder(t)(name, csv(backwards, sameDay)), profile)
  assert.deepEqual(brief(rejects), [[2, 'released', 'departure-before-admission', 'rejected']])
  assert.deepEqual(
    rows.map((row) => [row.ended, row.departedAt?.precision]),
    [[true, 'day']],
  )
})

test('readmissions and overlapping stays of one person are read as they stand', async (t) => {
  const again = good.replace('2026-08-01', '2026-08-05')
  const { rows, rejects } = await gather(folder(t)(name, csv(good, again)), profile)
  assert.deepEqual(rejects, [])
  assert.equal(new Set(rows.map((row) => row.identity)).size, 2)
  assert.equal(new Set(rows.map((row) => row.person.sourceId)).size, 1)
})

test('10 MB in one field: one line, quoted or not, compressed or not, and the rows after it are read', async (t) => {
  const write = folder(t)
  const huge = 'x'.repeat(10_000_000)
  for (const field of [huge, `"${huge}"`]) {
    for (const pack of [(bytes: Buffer) => bytes, gzipSync]) {
      const path = write(name, pack(csv(good.replace('Ana', field), good.replace('7', '8'))))
      const { rows, rejects } = await gather(path, profile)
      assert.deepEqual(
        rejects.map(({ line, code, row }) => [line, code, row]),
        [[2, 'field-too-long', 'rejected']],
      )
      assert.ok((rejects[0]?.value.length ?? 0) <= 200)
      assert.deepEqual(
        rows.map((row) => [row.line, row.person.sourceId]),
        [[3, '8']],
      )
    }
  }
})

test('a field over the limit in a row that is not: one line, naming the column', async (t) => {
  const { rejects } = await gather(folder(t)(name, csv(good.replace('Ana', 'x'.repeat(70_000)))), profile)
  assert.deepEqual(brief(rejects), [[2, 'given', 'field-too-long', 'rejected']])
})

test('too few or too many fields: one line each', async (t) => {
  const { rejects, rows } = await gather(folder(t)(name, csv('7,2026-08-01T10:00:00', `${good},more`, good)), profile)
  assert.deepEqual(brief(rejects), [
    [2, '', 'cell-count', 'rejected'],
    [3, '', 'cell-count', 'rejected'],
  ])
  assert.equal(rows.length, 1)
})

test('lines that end in a lone CR: refused', async (t) => {
  const { refusal } = await gather(folder(t)(name, `${sampleHeader}\r${good}\r`), profile)
  assert.equal(refusal?.code, 'line-ends-unknown')
})

test('an empty file, a file that is not there, a folder, a gzip cut short or damaged: refused', async (t) => {
  const write = folder(t)
  assert.equal((await gather(write(name, ''), profile)).refusal?.code, 'file-empty')
  assert.equal((await gather('/nowhere/roster_2026-08-12.csv', profile)).refusal?.code, 'file-not-found')
  assert.equal((await gather('/', profile)).refusal?.code, 'file-not-found')
  const packed = gzipSync(csv(...Array.from({ length: 5_000 }, (_, i) => good.replace('7', String(i)))))
  assert.equal(
    (await gather(write(name, packed.subarray(0, packed.length - 20)), profile)).refusal?.code,
    'gzip-broken',
  )
  const damaged = Buffer.from(packed)
  damaged.fill(0xaa, 500, 520)
  assert.equal((await gather(write(name, damaged), profile)).refusal?.code, 'gzip-broken')
})

test('a file whose name does not carry the date: refused', async (t) => {
  const write = folder(t)
  assert.equal((await gather(write('roster.csv', csv(good)), profile)).refusal?.code, 'as-of-missing')
  assert.equal((await gather(write('roster_2026-02-30.csv', csv(good)), profile)).refusal?.code, 'as-of-missing')
})

test('a date column: the first row dates the file, a row of another day is rejected', async (t) => {
  const { race: _, ...columns } = sampleProfile.columns
  const dated = profileOf({ ...sampleProfile, asOf: { column: 'day' }, columns: { ...columns, day: { to: 'asOf' } } })
  const lines = [sampleHeader.replace('race', 'day'), good, good, good].map((line, i) =>
    i === 0 ? line : line.replace(/X$/, i === 2 ? '2026-08-11' : '2026-08-12'),
  )
  const { file, rows, rejects } = await gather(folder(t)('any.csv', `${lines.join('\n')}\n`), dated)
  assert.equal(file.ok && file.asOf, '2026-08-12')
  assert.deepEqual(brief(rejects), [[3, 'day', 'as-of-differs', 'rejected']])
  assert.equal(rows.length, 2)
})

test('every row is accounted for: read = rows + rejected', async (t) => {
  const lines = Array.from({ length: 5_000 }, (_, i) =>
    i % 7 === 0 ? good.replace('2026-08', '2026-13') : i % 11 === 0 ? 'x,y' : good.replace('7', String(i)),
  )
  const path = folder(t)(name, csv(...lines))
  const { rows, rejects, read, batches } = await gather(path, profile)
  const rejected = new Set(rejects.filter((one) => one.row === 'rejected').map((one) => one.line)).size
  assert.equal(read, 5_000)
  assert.equal(rows.length + rejected, 5_000)
  assert.ok(batches.length >= 3)
  const { ok: _, digest: __, ...counts } = (await inspectFile(path, profile, { now })) as { ok: true; digest: string }
  assert.deepEqual(counts, { asOf: '2026-08-12', read: 5_000, rejected, remarks: 0 })
})

test('a stopped import goes on at any batch: the same rows, lines and offsets, plain or compressed', async (t) => {
  const write = folder(t)
  const lines = Array.from({ length: 700 }, (_, i) =>
    good.replace('7', String(i)).replace('Ana', i % 3 ? 'Ana' : '"A\ná"'),
  )
  for (const bytes of [Buffer.concat([Buffer.from('\uFEFF'), csv(...lines)]), gzipSync(csv(...lines))]) {
    const path = write(name, bytes)
    const limits = { batchRowsMax: 100, chunkBytes: 1_000 }
    const all = await gather(path, profile, { limits })
    assert.equal(all.rows.length, 700)
    let before = 0
    for (const batch of all.batches) {
      before += batch.rows
      const rest = await gather(path, profile, { limits, resumeFromByte: batch.byteOffset })
      assert.deepEqual(rest.rows, all.rows.slice(before))
      assert.equal(rest.rows[0]?.line ?? batch.line, batch.line)
    }
    const beyond = await gather(path, profile, { resumeFromByte: 10_000_000 })
    assert.equal(beyond.refusal?.code, 'resume-beyond-end')
  }
})

test('a file that grows while it is read is refused at its end', async (t) => {
  const write = folder(t)
  const path = write(name, csv(good))
  const file = await readMapped(path, profile, { now })
  assert.ok(file.ok)
  write(name, csv(good, good.replace('7', '8')))
  const kinds: string[] = []
  for await (const event of file.events) kinds.push(event.kind === 'refused' ? event.refusal.code : event.kind)
  assert.deepEqual(kinds, ['batch', 'file-changed'])
})

test('bytes changed at random never throw, and every row of what can be read is taken or rejected', async (t) => {
  const write = folder(t)
  const lines = Array.from({ length: 12 }, (_, i) =>
    good.replace('7', String(i)).replace('Ana', i % 3 ? 'Ana' : '"A, á"'),
  )
  const clean = csv(...lines)
  const change = fc.record({
    at: fc.nat(clean.length - 1),
    byte: fc.oneof(fc.constantFrom(0, 10, 13, 34, 44, 0xc3, 0xff), fc.nat(255)),
  })
  const kinds = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), async (changes, packed) => {
      const bytes = Buffer.from(clean)
      for (const { at, byte } of changes) bytes[at] = byte
      const { rows, rejects, read, refusal } = await gather(write(name, packed ? gzipSync(bytes) : bytes), profile)
      if (refusal) {
        kinds.add(refusal.code)
        return
      }
      const rejected = new Set(rejects.filter((one) => one.row === 'rejected').map((one) => one.line))
      for (const one of rejects) kinds.add(one.code)
      assert.equal(rows.length + rejected.size, read)
      assert.ok(rows.every((row) => !rejected.has(row.line)))
    }),
    { numRuns: 400 },
  )
  assert.ok(kinds.size >= 8, [...kinds].join(' '))
})
