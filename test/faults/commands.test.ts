// What a command says, and ends with, when its database goes away at some statement, or cannot read a page of its own.
import assert from 'node:assert/strict'
import { chmod, open } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { connectDatabase } from '../../src/platform/database.ts'
import { startPostgres } from '../../src/platform/postgres/server.ts'
import { type Instance, newInstance } from '../e2e/testing.ts'
import { type Cut, Wire } from './wire.ts'

const UNAVAILABLE = 4
const BROKEN = 1

/** An instance with a database beside it that is filled and at rest. */
async function filledHouse(t: TestContext, population: number) {
  const instance = await newInstance(t, population)
  await chmod(instance.folder, 0o755)
  const folder = instance.path('pg')
  const postgres = await startPostgres({ folder })
  t.after(() => postgres.stop())
  const { code, stderr } = await instance.run(['start', '--no-serve'], { DATABASE_URL: postgres.connectionString })
  assert.equal(code, 0, stderr)
  return { instance, postgres, folder }
}

/** Runs a command behind a wire of its own; answers what it ended with and how many statements came. */
async function behindWire(instance: Instance, connectionString: string, args: readonly string[], cut?: Cut) {
  const wire = await Wire.open(connectionString, cut && { cut })
  try {
    const ended = await instance.run(args, { DATABASE_URL: wire.connectionString })
    return { ...ended, statements: wire.statements.length, isCut: wire.isCut }
  } finally {
    await wire.close()
  }
}

test('a command whose database goes away says so and ends with 4, wherever it happens', async (t) => {
  const { instance, postgres } = await filledHouse(t, 3)
  let file = 0
  const commands: (() => string[])[] = [
    () => ['scrub'],
    () => ['backup', `record-${file++}.gz`, '--keys', `keys-${file++}.gz`],
    () => ['audit'],
    () => ['token', 'list'],
  ]
  for (const command of commands) {
    const whole = await behindWire(instance, postgres.connectionString, command())
    assert.equal(whole.code, 0, whole.stderr)
    const cuts: Cut[] = [
      { at: 1, side: 'before' },
      { at: Math.ceil(whole.statements * 0.4), side: 'after' },
      { at: Math.ceil(whole.statements * 0.8), side: 'before' },
    ]
    for (const cut of cuts) {
      const args = command()
      const { code, stderr, isCut } = await behindWire(instance, postgres.connectionString, args, cut)
      const said = `${args.join(' ')}, cut ${cut.side} statement ${cut.at} of ${whole.statements}: ${stderr}`
      assert.ok(isCut, said)
      assert.equal(code, UNAVAILABLE, said)
      assert.match(stderr, /The database is not available\.[\s\S]*Is it running/, said)
    }
  }
})

type Problem = { readonly what: string; readonly index?: number; readonly details?: string }

/** Changes one byte in the middle of a page, as a disk does, while the server is down. */
async function damage(path: string, page: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const byte = Buffer.alloc(1)
    await file.read(byte, 0, 1, page * 8192 + 4096)
    byte[0] = (byte[0] as number) ^ 0x10
    await file.write(byte, 0, 1, page * 8192 + 4096)
  } finally {
    await file.close()
  }
}

test('a page that the database cannot read is what the audit found, at its place in the tree', async (t) => {
  const { instance, postgres, folder } = await filledHouse(t, 30)
  const database = connectDatabase(postgres.connectionString)
  const [row] = await database.rows<{ path: string; pages: number }>(
    `select pg_relation_filepath('entry') as path, max((ctid::text::point)[0])::integer + 1 as pages from entry`,
  )
  const { path, pages } = row as { path: string; pages: number }
  // Not the first: there stand the house's own entries, which every command reads when it opens the house.
  const page = pages - 2
  const places = await database.rows<{ index: number }>(
    `select min(l.idx) as index from entry e join leaf l using (n) where (e.ctid::text::point)[0] = $1`,
    [page],
  )
  await database.close()
  await postgres.stop()
  await damage(join(folder, path), page)
  const damaged = await startPostgres({ folder })
  t.after(() => damaged.stop())

  const ended = await instance.run(['audit', '--json'], { DATABASE_URL: damaged.connectionString })
  assert.equal(ended.code, BROKEN, ended.stderr)
  const { problems } = JSON.parse(ended.stdout) as { problems: Problem[] }
  assert.deepEqual(
    problems.map(({ what }) => what),
    problems.map(() => 'page-unreadable'),
    'nothing is said of what could not be looked at',
  )
  const named = problems.find(({ index }) => index !== undefined)
  assert.equal(named?.index, places[0]?.index)
  assert.match(named?.details ?? '', new RegExp(`invalid page in block ${page} of relation "?${path}`))

  const replay = await instance.run(['replay'], { DATABASE_URL: damaged.connectionString })
  assert.equal(replay.code, BROKEN, replay.stdout)
  assert.match(replay.stderr, /The database is damaged: invalid page in block[\s\S]*restore a backup/)
})
