import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../src/platform/testing.ts'
import { CrashPoints } from './crash-points.ts'
import { scenarios } from './scenarios.ts'

/** How many die at once: one waits for the server while another computes. */
const LANES = 3

for (const scenario of scenarios) {
  test(`killed before and after each statement: ${scenario.name}`, async (t) => {
    const [empty, prepared] = [await freshDatabase(t), await freshDatabase(t)]
    const points = await CrashPoints.prepare(scenario, empty.connectionString, prepared.connectionString)
    t.after(() => points.close())
    const cuts = points.cuts()
    const breaches: string[] = []
    let died = 0
    const lane = async () => {
      for (const cut of cuts) {
        breaches.push(...(await points.die(cut)))
        died++
      }
    }
    await Promise.all(Array.from({ length: LANES }, lane))
    assert.deepEqual(breaches, [])
    assert.equal(died, points.count)
    t.diagnostic(`${points.statements.length} statements, ${died} points`)
  })
}
