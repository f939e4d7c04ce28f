import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { test } from 'node:test'
import fc from 'fast-check'
import { shorten } from './map.ts'
import { rowProblems } from './messages.ts'
import { RejectsFile, rejectLine, rejectsHeader } from './rejects.ts'
import type { Reject } from './row.ts'
import { folder, parseChunks, profileOf, sampleProfile } from './testing.ts'

const reject = (value: string): Reject => ({
  line: 7,
  column: 'age',
  value,
  code: 'number-form',
  row: 'kept',
  sourceId: '900',
})
const profile = profileOf(sampleProfile)

test('line, column, value, code, reason in two languages, and what became of the row; never whose it was', async (t) => {
  const path = folder(t)('rejects.csv', '')
  const file = new RejectsFile(path)
  await file.write([reject('old'), reject('say "x", y')])
  await file.close()
  const more = new RejectsFile(path, { append: true })
  await more.write([reject('late')])
  await more.close()
  assert.equal(
    readFileSync(path, 'utf8'),
    [
      rejectsHeader,
      '7,age,old,number-form,No es un número.,It is not a number.,kept',
      '7,age,"say ""x"", y",number-form,No es un número.,It is not a number.,kept',
      '7,age,late,number-form,No es un número.,It is not a number.,kept',
      '',
    ].join('\r\n'),
  )
  assert.equal(file.lines, 2)
})

test('a new rejects file can be read by its owner only', async (t) => {
  const path = folder(t)('x', '').replace(/x$/, 'new.csv')
  const file = new RejectsFile(path)
  await file.close()
  assert.equal(statSync(path).mode & 0o077, 0)
})

test('a cell that a spreadsheet would run is made text', () => {
  for (const value of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1']) {
    assert.ok(rejectLine(reject(value)).startsWith(`7,age,"'${value}"`), value)
  }
  assert.ok(rejectLine(reject('1-2')).startsWith('7,age,1-2,'))
})

test('any value comes back whole from the file, and no cell starts a formula', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (value) => {
      const line = rejectLine(reject(shorten(value)))
      const { items } = parseChunks([Buffer.from(`${rejectsHeader}\r\n${line}`)], profile)
      assert.equal(items[0]?.problem, undefined)
      const cell = items[0]?.cells[2] ?? ''
      assert.doesNotMatch(cell, /^\s*[=+\-@]/)
      assert.equal(cell.replace(/^'/, ''), shorten(value).replaceAll('\0', '␀').replace(/^'/, ''))
    }),
  )
})

test('a disk that refuses is thrown, not swallowed', async () => {
  const file = new RejectsFile('/nowhere/at/all.csv')
  await assert.rejects(async () => {
    await file.write([reject('x')])
    await file.close()
  }, /ENOENT/)
})

test('every reason has both languages', () => {
  for (const [code, words] of Object.entries(rowProblems)) {
    assert.ok(words.es.length > 5 && words.en.length > 5 && String(words.es) !== words.en, code)
  }
})
