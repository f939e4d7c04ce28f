import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from '../../src/platform/testing.ts'
import { CrashPoints, diesForReal, signerProcess } from './crash-points.ts'
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

/** Deaths for real of each scenario: a process takes a second to begin. */
const SAMPLE = 4

for (const scenario of scenarios) {
  test(`killed with SIGKILL at ${SAMPLE} statements: ${scenario.name}`, async (t) => {
    const [empty, prepared] = [await freshDatabase(t), await freshDatabase(t)]
    const points = await CrashPoints.prepare(scenario, empty.connectionString, prepared.connectionString)
    t.after(() => points.close())
    // Spread over the work; the last COMMIT, executed and never heard of, is among them.
    const commit = points.statements.lastIndexOf('commit') + 1
    const cuts = Array.from({ length: SAMPLE - 1 }, (_, i) => ({
      at: 1 + Math.floor(((i + 1) * points.statements.length) / SAMPLE),
      side: i % 2 === 0 ? ('before' as const) : ('after' as const),
    }))
    const breaches: string[] = []
    for (const cut of [...cuts, { at: commit, side: 'after' as const }]) {
      breaches.push(...(await points.die({ ...cut, dies: diesForReal, signer: signerProcess })))
    }
    assert.deepEqual(breaches, [])
  })
}
