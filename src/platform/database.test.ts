import assert from 'node:assert/strict'
import { type AddressInfo, createServer } from 'node:net'
import { test } from 'node:test'
import fc from 'fast-check'
import { constraintOf, isRetryable, sqlStateOf } from '../kernel/database-errors.ts'
import { connectDatabase, DatabaseDamaged, DatabaseUnavailable } from './database.ts'
import { StreamGarbled } from './database-stream.ts'
import { parseInstant, parseInt8 } from './database-types.ts'
import { freshDatabase } from './testing.ts'

test('values come back in our types', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const [row] = await db.rows(`select 9007199254740991::bigint as big, array[1, null]::bigint[] as bigs,
    '2026-11-24T23:00:00.123456+01'::timestamptz as at, array['2026-01-01Z'::timestamptz] as ats,
    '2026-03-29'::date as day, array['2026-03-29'::date] as days, '2026-03-29 02:30'::timestamp as local,
    tstzrange('2026-01-01Z', null) as span, '{"a": [1]}'::jsonb as doc, '\\x0102'::bytea as bytes,
    1.50::numeric as amount, count(*) as n`)
  assert.deepEqual(row, {
    big: 9007199254740991,
    bigs: [1, null],
    at: '2026-11-24T22:00:00.123456Z',
    ats: ['2026-01-01T00:00:00Z'],
    day: '2026-03-29',
    days: ['2026-03-29'],
    local: '2026-03-29 02:30:00',
    span: '["2026-01-01 00:00:00+00",)',
    doc: { a: [1] },
    bytes: Buffer.from([1, 2]),
    amount: '1.50',
    n: 1,
  })
})

test('a bigint beyond 2^53 is thrown, not rounded, and the connection goes on', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  await assert.rejects(db.rows('select 9007199254740993::bigint as n'), /9007199254740993 does not fit/)
  assert.deepEqual(await db.rows('select 1 as n'), [{ n: 1 }])
})

test('every safe integer and every instant goes through text unharmed', () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (n) => parseInt8(String(n)) === n))
  const micros = fc.bigInt({ min: 0n, max: 253_402_300_799_999_999n })
  fc.assert(
    fc.property(micros, (us) => {
      const instant = Temporal.Instant.fromEpochNanoseconds(us * 1000n)
      const text = instant.toString().replace('T', ' ').replace('Z', '+00')
      assert.equal(Temporal.Instant.from(parseInstant(text)).epochNanoseconds, instant.epochNanoseconds)
    }),
  )
  assert.equal(parseInstant('2026-11-24 23:30:00.5+01:30'), '2026-11-24T22:00:00.5Z')
  assert.throws(() => parseInstant('infinity'), RangeError)
})

test('a transaction commits when the work resolves and rolls back when it throws', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  await db.rows('create table note (n int primary key)')
  const answer = await db.run(async (tx) => {
    tx.write('insert into note values ($1)', [1])
    tx.write('insert into note values ($1)', [2])
    return tx.rows('select n from note order by n')
  })
  assert.deepEqual(answer, [{ n: 1 }, { n: 2 }])
  await assert.rejects(
    db.run(async (tx) => {
      tx.write('insert into note values ($1)', [3])
      throw new Error('changed my mind')
    }),
    /changed my mind/,
  )
  assert.deepEqual(await db.rows('select count(*) as n from note'), [{ n: 2 }])
})

test('the error of a write nobody waited for is thrown by settle, by commit, and never lost', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  await db.rows('create table note (n int constraint note_once primary key)')
  const twice = (settle: boolean) =>
    db.run(async (tx) => {
      tx.write('insert into note values ($1)', [1])
      tx.write('insert into note values ($1)', [1])
      tx.write('insert into note values ($1)', [2])
      if (settle) await tx.settle()
    })
  for (const settle of [true, false]) {
    await assert.rejects(twice(settle), (error) => {
      assert.equal(sqlStateOf(error), '23505')
      assert.equal(constraintOf(error), 'note_once')
      return true
    })
  }
  assert.deepEqual(await db.rows('select count(*) as n from note'), [{ n: 0 }])
})

test('work that swallows an error of the database does not commit in silence', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  await assert.rejects(
    db.run(async (tx) => {
      await tx.rows('select 1 / 0').catch(() => {})
    }),
    (error) => sqlStateOf(error) === '22012',
  )
  assert.deepEqual(await db.rows('select 1 as n'), [{ n: 1 }])
})

test('a deferred constraint that fails at commit is the error of the transaction', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  await db.rows('create table a (n int primary key)')
  await db.rows('create table b (n int constraint b_of_a references a deferrable initially deferred)')
  await assert.rejects(
    db.run(async (tx) => tx.write('insert into b values (1)')),
    (error) => constraintOf(error) === 'b_of_a',
  )
})

test('a connection that dies in use is a typed fault and is replaced', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  const killer = connectDatabase(db.connectionString, { connectionsMax: 1 })
  t.after(() => killer.close())
  await assert.rejects(
    db.run(async (tx) => {
      const [me] = await tx.rows<{ pid: number }>('select pg_backend_pid() as pid')
      await killer.rows('select pg_terminate_backend($1)', [me?.pid])
      await tx.rows('select 1')
    }),
    (error) => error instanceof DatabaseUnavailable && error.outcome === 'not-committed',
  )
  assert.deepEqual(await db.rows('select 1 as n'), [{ n: 1 }])
})

test('a connection lost while COMMIT is on its way has an unknown outcome', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  const killer = connectDatabase(db.connectionString, { connectionsMax: 1 })
  t.after(() => killer.close())
  let killed: Promise<unknown> | undefined
  await assert.rejects(
    db.run(async (tx) => {
      const [me] = await tx.rows<{ pid: number }>('select pg_backend_pid() as pid')
      // The commit waits behind this sleep; the killer strikes when it has seen the sleep begin.
      tx.write('select pg_sleep(60)')
      killed = killer.rows(
        `do $$ begin
          while not exists (select from pg_stat_activity where pid = ${me?.pid} and query like '%pg_sleep(60)%'
            and state = 'active') loop
            perform pg_sleep(0.01); perform pg_stat_clear_snapshot();
          end loop;
          perform pg_terminate_backend(${me?.pid});
        end $$`,
      )
    }),
    (error) => error instanceof DatabaseUnavailable && error.outcome === 'unknown',
  )
  await killed
  assert.deepEqual(await db.rows('select 1 as n'), [{ n: 1 }])
})

test('an idle connection that dies is told and replaced', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const lost: Error[] = []
  const idle = connectDatabase(db.connectionString, { connectionsMax: 1, onConnectionLost: (e) => lost.push(e) })
  t.after(() => idle.close())
  const [me] = await idle.rows<{ pid: number }>('select pg_backend_pid() as pid')
  await db.rows('select pg_terminate_backend($1, 5000)', [me?.pid])
  while (lost.length === 0) await new Promise((resolve) => setImmediate(resolve))
  assert.deepEqual(await idle.rows('select 1 as n'), [{ n: 1 }])
})

test('a server that is not there is a typed fault', async (t) => {
  const nowhere = connectDatabase('postgresql://habeas@localhost:5432/habeas?host=%2Fnowhere')
  t.after(() => nowhere.close())
  await assert.rejects(nowhere.rows('select 1'), DatabaseUnavailable)
  await assert.rejects(nowhere.connect(), DatabaseUnavailable)
  await assert.rejects(
    nowhere.run(async () => {}),
    DatabaseUnavailable,
  )
})

test('a plain connection that is ended in the middle is the same fault', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const client = await db.connect()
  t.after(() => client.end())
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
  await db.rows('select pg_terminate_backend($1, 5000)', [rows[0]?.pid])
  await assert.rejects(client.query('select 1'), DatabaseUnavailable)
  await assert.rejects(client.query('select 1'), DatabaseUnavailable)
})

test('an answer that the driver cannot read ends the connection, not the process', async (t) => {
  // A description of a thousand columns in a message of six bytes.
  const nonsense = Buffer.from([0x54, 0, 0, 0, 6, 0x03, 0xe8])
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', () => socket.write(nonsense))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const garbled = connectDatabase(`postgresql://habeas@127.0.0.1:${port}/habeas`)
  t.after(() => garbled.close())
  const isGarbled = (error: Error) => error instanceof DatabaseUnavailable && error.cause instanceof StreamGarbled
  await assert.rejects(garbled.rows('select 1'), isGarbled)
  await assert.rejects(garbled.connect(), isGarbled)
})

test('a server that lets nobody in says why', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const url = new URL(db.connectionString)
  url.pathname = '/nowhere'
  const nowhere = connectDatabase(url.toString())
  t.after(() => nowhere.close())
  const saysWhy = (error: Error) =>
    error instanceof DatabaseUnavailable && /"nowhere" does not exist/.test(error.message)
  await assert.rejects(nowhere.rows('select 1'), saysWhy)
  await assert.rejects(nowhere.connect(), saysWhy)
})

test('no place left is unavailable, a page that cannot be read is damage, and the rest is what it was', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const client = await db.connect()
  t.after(() => client.end())
  const raise = (state: string) => `do $$ begin raise exception using errcode = '${state}'; end $$`
  const ways: ((state: string) => Promise<unknown>)[] = [
    (state) => db.rows(raise(state)),
    (state) => db.run((tx) => tx.rows(raise(state))),
    (state) => db.run(async (tx) => tx.write(raise(state))),
    (state) => client.query(raise(state)),
  ]
  for (const way of ways) {
    for (const state of ['53100', '53200', '53300']) await assert.rejects(way(state), DatabaseUnavailable)
    for (const state of ['XX001', 'XX002', '58P01', '58030']) {
      await assert.rejects(way(state), (error) => error instanceof DatabaseDamaged && error.code === state)
    }
    for (const state of ['22012', '42501', 'XX000']) {
      await assert.rejects(way(state), (error) => sqlStateOf(error) === state && !(error instanceof DatabaseDamaged))
    }
  }
})

test('a COMMIT that the server answers with no place left is known not to have happened', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  await db.rows('create table note (n int)')
  await db.rows(
    "create function no_place() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100'; end $$",
  )
  await db.rows(
    'create constraint trigger at_the_end after insert on note initially deferred for each row execute function no_place()',
  )
  await assert.rejects(
    db.run(async (tx) => tx.write('insert into note values (1)')),
    (error) => error instanceof DatabaseUnavailable && error.outcome === 'not-committed',
  )
  assert.deepEqual(await db.rows('select n from note'), [])
})

test('which errors are worth another try', async (t) => {
  const db = await freshDatabase(t, { empty: true })
  const raised = async (state: string) => {
    try {
      await db.rows(`do $$ begin raise exception using errcode = '${state}'; end $$`)
    } catch (error) {
      return isRetryable(error)
    }
    return undefined
  }
  for (const state of ['40001', '40P01', '23P01']) assert.equal(await raised(state), true, state)
  for (const state of ['23505', '22012', 'P0001']) assert.equal(await raised(state), false, state)
})

test('a table rebuilt under a prepared statement costs one retry, not the connection pool', async (t) => {
  const db = await freshDatabase(t, { empty: true, connectionsMax: 1 })
  const reads = {
    one: () => db.rows('select * from one'),
    two: () => db.run((tx) => tx.rows('select * from two')),
  }
  for (const [table, read] of Object.entries(reads)) {
    await db.rows(`create table ${table} (n int)`)
    await read()
    await db.rows(`drop table ${table}`)
    await db.rows(`create table ${table} (n int, more text)`)
    await assert.rejects(read, isRetryable)
    assert.deepEqual(await read(), [])
  }
})
