import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { compareFigures } from './conditions-conformance.ts'

const program = join(import.meta.dirname, '../main.ts')

test('expected figures: exact, wrong, refused where they are none of ours; an earlier answer may be given back', () => {
  const figures = { readings: 2, tempF: { min: 1.5, max: null }, list: [1, 2] }
  const { tally, lines } = compareFigures(figures, { ...figures, readings: 3, foo: 1, exact: 9, wrong: 0 })
  assert.deepEqual(tally, { exact: 3, refused: 1, wrong: 1 })
  assert.match(lines.map(({ en }) => en).join('; '), /readings: 2, expected 3; foo: no figure/)
})

test('from the command: figures last, refused formulas above, dirt ends with 1, another form with 3', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conditions-'))
  try {
    const run = (kind: string, content: string, ...flags: string[]) => {
      writeFileSync(join(folder, 'file'), content)
      const args = [program, 'conformance', kind, join(folder, 'file'), '--json', ...flags]
      const { stdout, stderr, status } = spawnSync(process.execPath, args, {
        encoding: 'utf8',
        env: { ...process.env, LC_ALL: 'en' },
      })
      const lines = stdout.trim().split('\n')
      return { status, stderr, above: lines.slice(0, -1), last: lines.at(-1) ?? '' }
    }
    const rows = 'date,unit,temp_f,temp_as_written\n2024-06-22,M,86.6,x\n'
    writeFileSync(join(folder, 'expected'), '{"readings":1,"tempF":{"atLeast85":1}}')
    const clean = run('heat', rows, '--expect', join(folder, 'expected'))
    assert.deepEqual([clean.status, JSON.parse(clean.last).exact, JSON.parse(clean.last).readings], [0, 2, 1])
    const dirty = run('heat', `${rows}2024-06-22,M,1e999,x\n`)
    assert.deepEqual([dirty.status, JSON.parse(dirty.last).unreadable], [1, 1])
    assert.match(dirty.stderr, /line 3/)
    assert.equal(run('heat', `${rows}nonsense\n`, '--max-wrong', '1').status, 0)
    assert.equal(run('sensors', rows).status, 3)
    const other = run('comfort', '{"data":[{"inputs":{},"outputs":{"utci":1}}]}')
    assert.deepEqual([other.status, JSON.parse(other.last).refused], [0, 1])
    assert.match(other.above.join('\n'), /utci: refused/)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
