import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ServiceClock } from './clock.ts'
import type { House } from './house.ts'

test('what is tidied is tidied once an hour by the clock of the house, also after that was set back', async () => {
  let now = Temporal.Instant.from('2031-05-06T12:00:00Z')
  const done: string[] = []
  const house = { clock: { now: () => now } } as unknown as House
  const clock = new ServiceClock(
    house,
    async () => [],
    async (_house, at) => void done.push(at.toString()),
  )
  for (const minutes of [0, 59, 1, 30, -600, 30, 30]) {
    now = now.add({ minutes })
    await clock.tick()
  }
  assert.deepEqual(done, [
    '2031-05-06T12:00:00Z',
    '2031-05-06T13:00:00Z',
    '2031-05-06T03:30:00Z',
    '2031-05-06T04:30:00Z',
  ])
})
