import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemClock } from '../kernel/ports.ts'
import type { Log } from '../platform/logs.ts'
import { Keeper, untilSigned } from './keeper.ts'

class SignerUnavailable extends Error {
  override readonly name = 'SignerUnavailable'
}
class TreeBroken extends Error {
  override readonly name = 'TreeBroken'
}

const noFault: Error | undefined = undefined

/** A keeper over a tree of numbers: what is committed, what is placed, what is signed. */
function newKeeper(t: TestContext) {
  const tree = {
    committed: 0,
    placed: 0,
    signed: 0,
    passes: 0,
    atOnce: 0,
    mostAtOnce: 0,
    fault: noFault as Error | undefined,
  }
  const said: string[] = []
  const log: Log = {
    error: (words) => said.push(words),
    warn: () => {},
    info: (words) => said.push(words),
    debug: () => {},
  }
  const keeper = new Keeper({
    async pass() {
      tree.mostAtOnce = Math.max(tree.mostAtOnce, ++tree.atOnce)
      tree.passes++
      const seen = tree.committed
      await sleep(2)
      tree.placed = seen
      tree.atOnce--
      return 0
    },
    async sign() {
      if (tree.fault) throw tree.fault
      tree.signed = tree.placed
      return tree.signed
    },
    ping: async () => {
      if (tree.fault) throw tree.fault
    },
    intervalMs: 10,
    clock: systemClock,
    log,
  })
  t.after(() => keeper.stop())
  return { keeper, tree, said }
}

test('what was committed before settle is signed when it resolves, however many ask; never two runs at once', async (t) => {
  const { keeper, tree } = newKeeper(t)
  keeper.start()
  const waits: Promise<void>[] = []
  for (let i = 0; i < 50; i++) {
    const mine = ++tree.committed
    keeper.nudge()
    waits.push(keeper.settle().then(() => assert.ok(tree.signed >= mine, `${mine} was not signed`)))
    if (i % 7 === 0) await sleep(1)
  }
  await Promise.all(waits)
  assert.equal(tree.mostAtOnce, 1)
  assert.ok(tree.passes < 50, 'each caller had a run of its own')
})

test('a nudge is enough: the tree is signed without anybody waiting', async (t) => {
  const { keeper, tree } = newKeeper(t)
  tree.committed = 3
  keeper.nudge()
  for (let tries = 0; tree.signed < 3 && tries < 200; tries++) await sleep(5)
  assert.equal(tree.signed, 3)
})

test('a silent signer stands until it answers; it is said once, and facts go on being placed', async (t) => {
  const { keeper, tree, said } = newKeeper(t)
  tree.fault = new SignerUnavailable('gone')
  tree.committed = 5
  await assert.rejects(keeper.settle(), { name: 'SignerUnavailable' })
  await assert.rejects(keeper.settle(), { name: 'SignerUnavailable' })
  assert.equal(tree.placed, 5)
  assert.ok(keeper.standing.signerSilentSince)
  assert.deepEqual(said, ['the tree could not be signed'])
  tree.fault = noFault
  assert.equal(await keeper.settle(), 5)
  assert.equal(keeper.standing.signerSilentSince, undefined)
})

test('a tree that is not what was signed is never signed again, also when it looks well later', async (t) => {
  const { keeper, tree } = newKeeper(t)
  tree.fault = new TreeBroken('differs')
  await assert.rejects(keeper.settle(), { name: 'TreeBroken' })
  tree.fault = noFault
  tree.committed = 9
  await assert.rejects(keeper.settle(), { name: 'TreeBroken' })
  assert.equal(tree.signed, 0)
  assert.equal(keeper.standing.stopped?.code, 'TreeBroken')
})

test('a guest waits for the signature of another, and says when none comes', async () => {
  let size = 0
  const signed = untilSigned(async () => size++, 3, 5_000)
  assert.equal(await signed, 3)
  await assert.rejects(
    untilSigned(async () => 1, 2, 30),
    { name: 'SignerUnavailable' },
  )
})
