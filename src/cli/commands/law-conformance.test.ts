import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

const program = join(import.meta.dirname, '../main.ts')

function run(...args: string[]) {
  const { stdout, status } = spawnSync(process.execPath, [program, 'conformance', ...args], {
    encoding: 'utf8',
    env: { ...process.env, LANG: 'en' },
  })
  return { stdout, status, last: stdout.trim().split('\n').at(-1) ?? '' }
}

const vector = (id: string, days: number) => ({
  id,
  stratum: 'own',
  input: {
    prisonerId: 'P1',
    chargesAndEvents: [
      {
        charge: { chargeId: 1, offence: { code: 'X' }, offenceDate: '2020-01-01', bookingId: 1 },
        dates: [
          { date: '2022-01-01', type: 'START' },
          { date: '2022-01-10', type: 'STOP', final: true },
        ],
      },
    ],
  },
  expected: { chargeRemand: [{ from: '2022-01-01', to: '2022-01-10', days, status: 'CASE_NOT_CONCLUDED' }] },
})

test('conformance remand: the last line with --json, percentages for people, the exit status by what is wrong', () => {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
  const file = join(folder, 'own.jsonl')
  writeFileSync(file, [vector('right', 10), vector('wrong', 9)].map((each) => JSON.stringify(each)).join('\n'))
  try {
    const json = run('remand', file, '--json')
    const own = { exact: 1, refused: 0, wrong: 1, skipped: 0 }
    assert.deepEqual(JSON.parse(json.last), { ...own, strata: { own } })
    assert.equal(json.status, 1)
    const people = run('remand', file, '--max-wrong', '1')
    assert.equal(people.status, 0)
    assert.match(people.stdout, /own +1 exact +50\.0 % +0 refused +0\.0 % +1 wrong +50\.0 %/)
    assert.equal(run('crd', join(folder, 'none.jsonl')).status, 3)
    assert.equal(run('crd', file, '--level', 'L9').status, 64)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
