import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lastLine, torture } from './torture.ts'

// The long form: npm run torture -- --rounds 300. A run that failed: the same with its --seed.
const ROUNDS = 20

test(`torture, ${ROUNDS} rounds: nothing that was acknowledged is lost, nothing has a gap`, async (t) => {
  const seed = Math.floor(Math.random() * 1e9)
  const said = [`seed ${seed}`]
  const result = await torture({ rounds: ROUNDS, seed, say: (line) => void said.push(line) })
  assert.deepEqual(
    [...result.wrong, `lost ${result.lost}`, `gaps ${result.gaps}`],
    ['lost 0', 'gaps 0'],
    said.join('\n'),
  )
  assert.equal(result.rounds, ROUNDS)
  assert.ok(result.acknowledged >= ROUNDS, 'there was no load')
  t.diagnostic(`seed ${seed}: ${lastLine(result)}`)
})
