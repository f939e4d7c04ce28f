import assert from 'node:assert/strict'
import { test } from 'node:test'
import { freshDatabase } from './testing.ts'

/** A test context whose hooks this test runs by itself, to look at how they end. */
function contextByHand() {
  const hooks: (() => unknown)[] = []
  const context = { after: (hook: () => unknown) => void hooks.push(hook) } as Parameters<typeof freshDatabase>[0]
  const end = async () => {
    for (let index = 0; index < hooks.length; index += 1) await hooks[index]?.()
  }
  return { context, end, hooks }
}

test('two fresh databases know nothing of each other', async (t) => {
  const [a, b] = [await freshDatabase(t), await freshDatabase(t)]
  await a.rows('create table only_here (n int)')
  await assert.rejects(b.rows('select * from only_here'))
})

test('a connection that the test left open fails the test, and the database goes all the same', async (t) => {
  const { context, end } = contextByHand()
  const db = await freshDatabase(context, { empty: true })
  const leaked = await db.connect()
  t.after(() => leaked.end())
  await assert.rejects(end(), /Close what the test opened; still connected:\nhabeas/)
  const watcher = await freshDatabase(t, { empty: true })
  const name = new URL(db.connectionString).pathname.slice(1)
  assert.deepEqual(await watcher.rows('select 1 from pg_database where datname = $1', [name]), [])
})

test('hooks that the test registered later still find the database', async () => {
  const { context, end, hooks } = contextByHand()
  const db = await freshDatabase(context, { empty: true })
  let answer: unknown
  hooks.push(async () => {
    answer = await db.rows('select 1 as n')
  })
  await end()
  assert.deepEqual(answer, [{ n: 1 }])
})
