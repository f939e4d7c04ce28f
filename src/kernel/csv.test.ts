import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { csvCell, csvLine } from './csv.ts'

test('what a spreadsheet would run is shown instead', () => {
  for (const bad of [
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '\tx',
    '\rx',
    '\nx',
    ' =1+1',
    '\u00a0@A1',
    '＝1+1',
    '＋1',
    '－1',
    '＠A1',
  ])
    assert.match(csvCell(bad), /^"?'/)
  assert.equal(csvCell('=HYPERLINK("http://x")'), `"'=HYPERLINK(""http://x"")"`)
  assert.equal(csvCell('O’Neil-Paz'), 'O’Neil-Paz')
})

test('a line reads back as its cells, one apostrophe more where one was needed', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (cells) => {
      const read = readLine(csvLine(cells))
      assert.deepEqual(
        read,
        cells.map((cell) => (/^([\t\r\n]|\s*[=+\-@＝＋－＠])/.test(cell) ? `'${cell}` : cell)),
      )
    }),
  )
})

/** RFC 4180, one line, written apart from what it checks. */
function readLine(line: string): string[] {
  const cells: string[] = []
  let rest = line.slice(0, -2)
  for (;;) {
    if (rest.startsWith('"')) {
      const end = /^"((?:[^"]|"")*)"(,|$)/.exec(rest)
      assert.ok(end)
      cells.push((end[1] as string).replaceAll('""', '"'))
      if (end[2] === '') return cells
      rest = rest.slice(end[0].length)
    } else {
      const comma = rest.indexOf(',')
      cells.push(comma < 0 ? rest : rest.slice(0, comma))
      if (comma < 0) return cells
      rest = rest.slice(comma + 1)
    }
  }
}
