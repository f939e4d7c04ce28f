import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { csvLine } from './csv.ts'
import { findCsvCells, InputUnreadable, readFileLines, readWholeFile } from './file-lines.ts'

async function linesOf(content: string | Uint8Array): Promise<(string | undefined)[]> {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'))
  try {
    const file = join(folder, 'file')
    await writeFile(file, content)
    const lines = (await Array.fromAsync(readFileLines(file))).flat()
    assert.deepEqual(
      lines.map(({ number }) => number),
      lines.map((_, at) => at + 1),
    )
    return lines.map(({ text }) => text)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('lines end with LF or CRLF, the last may have no end; gzip or plain', async () => {
  const text = '\ufeffone\r\ntwo\n\nñ°F'
  for (const content of [text, gzipSync(text)]) assert.deepEqual(await linesOf(content), ['one', 'two', '', 'ñ°F'])
  assert.deepEqual(await linesOf(''), [])
  assert.deepEqual(await linesOf('x'), ['x'])
})

test('lines that fall between two chunks are whole', async () => {
  const lines = Array.from({ length: 40_000 }, (_, at) => `línea ${at}`)
  assert.deepEqual(await linesOf(lines.join('\n')), lines)
})

test('a line far too long and one that is no text are told, and reading goes on', async () => {
  const long = Buffer.alloc(300_000, 65)
  const content = Buffer.concat([Buffer.from('a\n'), long, Buffer.from('\nb\n'), Buffer.from([0xff, 0xfe, 10, 99])])
  assert.deepEqual(await linesOf(content), ['a', undefined, 'b', undefined, 'c'])
})

test('cut gzip data are told with the line; a missing file is the system’s own error', async () => {
  const zipped = gzipSync(Array.from({ length: 5_000 }, (_, at) => `${at * 7919}`).join('\n'))
  await assert.rejects(
    linesOf(zipped.subarray(0, zipped.length / 2)),
    (error) => error instanceof InputUnreadable && /cut, after line \d+/.test(error.says.en) && error.says.es !== '',
  )
  await assert.rejects(Array.fromAsync(readFileLines('/nowhere/file')), { code: 'ENOENT' })
})

test('a whole file is read up to its limit', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'lines-'))
  try {
    await writeFile(join(folder, 'file'), gzipSync('x'.repeat(1_000)))
    assert.equal((await readWholeFile(join(folder, 'file'), 1_000)).length, 1_000)
    await assert.rejects(readWholeFile(join(folder, 'file'), 999), InputUnreadable)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('cells of a line: what csvLine writes is read again; an open quote is no line', () => {
  const cell = fc.string().map((text) => text.replaceAll(/[\r\n]/g, ' ').replace(/^[\s=+\-@＝＋－＠]+/, ''))
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1 }), (cells) => {
      assert.deepEqual(findCsvCells(csvLine(cells).slice(0, -2)), cells)
    }),
  )
  assert.deepEqual(findCsvCells('a,,"b ""c"", d",'), ['a', '', 'b "c", d', ''])
  for (const broken of ['"a', 'a,"b', '"a"b,c']) assert.equal(findCsvCells(broken), undefined)
})
