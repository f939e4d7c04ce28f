import assert from 'node:assert/strict'
import { EventEmitter } from 'node:events'
import type { ServerResponse } from 'node:http'
import { mock, test } from 'node:test'
import { Live, type LiveOptions } from './live.ts'

/** A response that keeps what it was sent. */
class Listener extends EventEmitter {
  readonly sent: Buffer[] = []
  writableLength = 0
  isEnded = false
  write(piece: Buffer | string) {
    this.sent.push(Buffer.isBuffer(piece) ? piece : Buffer.from(piece))
    return true
  }
  end() {
    this.isEnded = true
    this.emit('close')
  }
  destroy() {
    this.end()
  }
  get text() {
    return Buffer.concat(this.sent).toString()
  }
}

const settled = async () => {
  for (let i = 0; i < 20; i++) await Promise.resolve()
}

function openLive(change: Partial<LiveOptions> = {}) {
  const world = { size: 10, held: 3, asked: 0, faults: 0 }
  const live = new Live({
    size: async () => world.size,
    status: async (facility) => {
      world.asked += 1
      return { at: `reading ${world.asked}`, held: world.held, facility }
    },
    changed: async (_facility, from, to) => to - from,
    onFault: () => {
      world.faults += 1
    },
    ...change,
  })
  const join = (facility?: string, may = async () => true) => {
    const listener = new Listener()
    live.join('roll.read', facility, listener as unknown as ServerResponse, may)
    return listener
  }
  return { live, world, join }
}

test('who listens is told what changes', async (t) => {
  mock.timers.enable({ apis: ['setTimeout', 'setInterval'] })
  t.after(() => mock.timers.reset())
  const tick = async (ms: number) => {
    mock.timers.tick(ms)
    await settled()
  }

  await t.test('one reading and one buffer for all of a group; nothing when nothing changed', async () => {
    const { live, world, join } = openLive()
    const [a, b, other] = [join('TEC'), join('TEC'), join('IZA')]
    await tick(0)
    assert.equal(world.asked, 2)
    assert.match(a.text, /event: status\ndata: \{"at":"reading 1","held":3,"facility":"TEC"\}\n\n$/)
    assert.equal(a.sent.at(-1), b.sent.at(-1), 'the same bytes')
    assert.match(other.text, /"facility":"IZA"/)
    await tick(1_000)
    assert.equal(world.asked, 2, 'the record has not grown')
    world.size = 12
    await tick(1_000)
    assert.match(a.text, /event: changed\ndata: \{"custodies":2\}\n\n$/)
    assert.equal(a.text.match(/event: status/g)?.length, 1, 'the figures are the same')
    world.size = 13
    world.held = 4
    await tick(1_000)
    assert.match(a.text, /"held":4.*\n\nevent: changed\ndata: \{"custodies":1\}\n\n$/s)
    const late = join('TEC')
    assert.match(late.text, /"held":4/, 'who comes later is told at once')
    live.close()
    assert.ok([a, b, other, late].every(({ isEnded }) => isEnded))
    assert.equal(live.listeners, 0)
  })

  await t.test('a heartbeat; whoever may no longer listen is let go', async () => {
    let may = true
    const { live, join } = openLive()
    const [stays, goes] = [join(), join(undefined, async () => may)]
    await tick(0)
    await tick(15_000)
    assert.match(stays.text, /\n:\n\n/)
    assert.match(goes.text, /\n:\n\n/)
    may = false
    await tick(15_000)
    assert.ok(goes.isEnded && !stays.isEnded)
    live.close()
  })

  await t.test('a database that is away throws nobody out', async () => {
    let isAway = true
    const { live, world, join } = openLive({
      size: async () => {
        if (isAway) throw new Error('away')
        return 1
      },
    })
    const listener = join()
    await tick(0)
    assert.deepEqual([world.faults, listener.isEnded], [1, false])
    isAway = false
    await tick(1_000)
    assert.match(listener.text, /event: status/)
    live.close()
  })

  await t.test('who does not read is let go; when nobody listens nobody asks', async () => {
    const { world, live, join } = openLive()
    const slow = join()
    await tick(0)
    slow.writableLength = 65 * 1024
    world.size = 11
    await tick(1_000)
    assert.ok(slow.isEnded)
    const asked = world.asked
    world.size = 12
    await tick(5_000)
    assert.deepEqual([world.asked, live.listeners], [asked, 0])
  })
})
