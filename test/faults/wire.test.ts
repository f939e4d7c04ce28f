import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { connectDatabase, DatabaseUnavailable } from '../../src/platform/database.ts'
import { freshDatabase } from '../../src/platform/testing.ts'
import { Wire, type WireOptions } from './wire.ts'

/** A table of one column behind a wire; `count` looks past the wire. */
async function openWire(t: TestContext, options: WireOptions = {}) {
  const direct = await freshDatabase(t, { empty: true })
  await direct.rows('create table x (n integer)')
  const wire = await Wire.open(direct.connectionString, options)
  const database = connectDatabase(wire.connectionString, { connectionsMax: 1 })
  t.after(async () => {
    await database.close()
    await wire.close()
  })
  const insert = () => database.run(async (tx) => tx.write('insert into x values (1)'))
  const count = async (): Promise<number> => {
    // What the server was sent before the cut it still does, a moment later.
    for (let round = 0; round < 200; round++) {
      const busy = await direct.rows(
        "select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'",
      )
      if (busy.length === 0 || !wire.isCut) break
    }
    return (await direct.rows<{ n: number }>('select count(*) as n from x'))[0]?.n ?? -1
  }
  return { wire, database, insert, count }
}

test('statements are counted as they come, with their texts', async (t) => {
  const { wire, insert, database } = await openWire(t)
  await insert()
  await insert()
  await database.rows('select $1::integer', [7])
  assert.deepEqual(wire.statements, [
    'begin',
    'insert into x values (1)',
    'commit',
    'begin',
    'insert into x values (1)',
    'commit',
    'select $1::integer',
  ])
})

for (const [at, side, committed, outcome] of [
  [2, 'before', 0, 'unknown'],
  [2, 'after', 0, 'unknown'],
  [3, 'before', 0, 'unknown'],
  [3, 'after', 1, 'unknown'],
] as const) {
  test(`cut ${side} statement ${at}: ${committed === 0 ? 'nothing' : 'everything'} is there, and the caller does not know`, async (t) => {
    const { wire, insert, count } = await openWire(t, { cut: { at, side } })
    await assert.rejects(insert(), (error) => error instanceof DatabaseUnavailable && error.outcome === outcome)
    assert.ok(wire.isCut)
    await assert.rejects(insert(), DatabaseUnavailable)
    assert.equal(await count(), committed)
  })
}

test('a COMMIT whose answer is lost was committed; the next connection works', async (t) => {
  const { wire, insert, count } = await openWire(t)
  await insert()
  wire.loseNextCommit()
  await assert.rejects(insert(), (error) => error instanceof DatabaseUnavailable && error.outcome === 'unknown')
  await insert()
  assert.equal(wire.commitsLost, 1)
  assert.equal(await count(), 3)
})

test('bytes are cut, held back, or sent twice at an offset', async (t) => {
  const { wire, database, insert } = await openWire(t)
  await insert()
  wire.arm({ from: 'server', atByte: 10, what: 'delay', delayMs: 30 })
  assert.equal((await database.rows<{ n: number }>('select 5 as n'))[0]?.n, 5)
  wire.arm({ from: 'client', atByte: 3, what: 'cut' })
  await assert.rejects(insert(), DatabaseUnavailable)
  wire.arm({ from: 'client', atByte: 0, what: 'duplicate', bytes: 5 })
  // The server meets a message that it does not know, says so and hangs up, or waits for the rest of it.
  const ended = insert().then(
    () => 'done',
    () => 'refused',
  )
  setTimeout(() => wire.reset(), 500)
  assert.equal(await ended, 'refused')
  assert.equal(wire.byteFaults, 3)
  await insert()
})

for (const side of ['before', 'after'] as const) {
  test(`cut ${side} a statement of a plain connection: unavailable, now and from then on`, async (t) => {
    const { database } = await openWire(t, { cut: { at: 2, side } })
    const client = await database.connect()
    t.after(() => client.end())
    await client.query('select 1')
    await assert.rejects(client.query('select 2'), DatabaseUnavailable)
    await assert.rejects(client.query('select 3'), DatabaseUnavailable)
    await assert.rejects(database.connect(), DatabaseUnavailable)
  })
}

test('bytes that come twice, or from nowhere, cost a connection, never the process', async (t) => {
  const { wire, database } = await openWire(t)
  const plain = () => database.connect().then((client) => client.query('select 1 as n').finally(() => client.end()))
  for (let atByte = 0; atByte < 120; atByte += 5) {
    for (const ask of [() => database.rows('select 1 as n'), plain]) {
      wire.arm({ from: 'server', atByte, what: 'duplicate', bytes: 1 + (atByte % 23) })
      // Such a stream can also stay open in silence, until the network ends it.
      const silence = setTimeout(() => wire.reset(), 50)
      await ask().catch((error: unknown) => {
        if (!(error instanceof DatabaseUnavailable)) throw error
      })
      clearTimeout(silence)
      wire.disarm()
    }
  }
  wire.reset()
  assert.deepEqual(await database.rows('select 1 as n').catch(() => database.rows('select 1 as n')), [{ n: 1 }])
  assert.ok(wire.byteFaults > 0)
})
