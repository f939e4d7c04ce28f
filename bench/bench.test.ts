import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import bars from './bars.json' with { type: 'json' }
import { type Figure, figureOf, quantile } from './figure.ts'

const fields = 'name value unit yardstick yardstickValue n p25 p75 ratio bar holds rows load commitMs'.split(' ')

/** Runs one bench on a small size, as a user would, and gives its lines. */
function linesOf(name: string): Figure[] {
  const run = join(import.meta.dirname, 'run.ts')
  const { stdout, stderr, status } = spawnSync(process.execPath, [run, name, '--quick'], { encoding: 'utf8' })
  assert.equal(status, 0, stderr)
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Figure)
}

const figures: Figure[] = []

for (const name of ['record', 'load', 'import', 'return', 'proof', 'pdf', 'search', 'web', 'law', 'standards']) {
  test(`bench ${name} prints one line a figure, in the form that the design gives`, () => {
    const lines = linesOf(name)
    assert.ok(lines.length > 0)
    for (const line of lines) {
      const expected = fields.filter((field) => line.bar !== undefined || (field !== 'bar' && field !== 'holds'))
      assert.deepEqual(Object.keys(line), expected, line.name)
      const isCount = / that differ$|^vectors /.test(line.unit)
      const isSome = isCount ? line.value >= 0 : line.value > 0
      assert.ok(line.name.startsWith(`${name}/`) && isSome && line.n > 0 && line.commitMs > 0, line.name)
      assert.equal(line.yardstick === null, line.ratio === null, line.name)
    }
    figures.push(...lines)
  })
}

test('every bar belongs to a figure that is printed', () => {
  const barred = figures.flatMap(({ name, bar }) => (bar === undefined ? [] : name))
  // Published vectors do not belong to the repository.
  const hasShared = existsSync(join(import.meta.dirname, '../../shared/data'))
  const expected = Object.keys(bars).filter((name) => hasShared || !/^law\/(crd|remand)\//.test(name))
  assert.deepEqual(barred.sort(), expected.sort(), 'bars.json and the names in bench/ must agree')
})

test('the ratio is the median of the ratios of the rounds, and is what meets the bar', () => {
  const facts = { unit: 'ms', yardstick: 'plain application', rows: 1, commitMs: 1 }
  const rounds = [
    { value: 1, yardstick: 1 },
    { value: 30, yardstick: 10 },
    { value: 2, yardstick: 1 },
  ]
  const name = 'record/note.add/8-callers/plain'
  const { value, ratio, bar, holds } = figureOf({ name, rounds, ...facts })
  assert.deepEqual({ value, ratio, bar, holds }, { value: 2, ratio: 2, bar: 1.5, holds: false })
  const reported = figureOf({ name: 'record/unheard-of', rounds, ...facts })
  assert.ok(!('bar' in reported) && !('holds' in reported))
  assert.equal(quantile([1, 2, 3, 4], 0.5), 2.5)
})
