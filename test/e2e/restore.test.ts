// The drill: a house is lost, and comes back from its backup on another machine.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { rooms } from '../../src/cli/rooms.ts'
import { randomId } from '../../src/kernel/ids.ts'
import { connectDatabase, type Database } from '../../src/platform/database.ts'
import { startPostgres } from '../../src/platform/postgres/server.ts'
import { startTestServer } from '../../src/platform/testing.ts'
import { ask, custodiesOf, type Instance, newInstance, noteAbout } from './testing.ts'

const registers = rooms.flatMap((room) => room.registers).map(({ table }) => table)

/** Every row of every register, as text. */
async function dump(database: Database): Promise<string> {
  const texts = []
  for (const table of registers) {
    const rows = await database.rows<{ r: string }>(`select r::text as r from ${table} r order by 1`)
    texts.push(table, ...rows.map(({ r }) => r))
  }
  return texts.join('\n')
}

/** Another machine, to which the secrets were carried. */
async function carrySecrets(from: Instance, to: Instance, name: string): Promise<void> {
  await mkdir(to.path('data'), { recursive: true, mode: 0o700 })
  await cp(from.path(name), to.path('data/secrets'), { recursive: true, filter: (source) => !source.endsWith('.sock') })
}

test('backup, loss, restore: registers byte for byte, returns of before and after verify, no signing after a rollback', async (t) => {
  const lost = await newInstance(t, 200)
  const server = await lost.start()
  const number = server.ready.try[0]?.registerNumber as string
  await lost.json(['return', number, '--out', lost.path('before.json')])
  const database = await lost.database()
  const before = await dump(database)
  const picture = `data/files/${randomId()}/${'ab'.repeat(32)}`
  const pictureBytes = randomBytes(200_000)
  await mkdir(dirname(lost.path(picture)), { recursive: true, mode: 0o700 })
  await writeFile(lost.path(picture), pictureBytes)
  const backup = [lost.path('record.gz'), '--keys', lost.path('keys.gz')]
  const made = await lost.json<{ entries: number; tree: { size: number } }>(['backup', ...backup])
  assert.ok(made.entries > 200 && made.tree.size === made.entries)
  await cp(lost.path('data/secrets'), lost.path('secrets-then'), {
    recursive: true,
    filter: (source) => !source.endsWith('.sock'),
  })
  await cp(lost.policy, lost.path('trust.policy'))

  await t.test('neither file holds a private key; a second backup does not overwrite the first', async () => {
    const again = await lost.run(['backup', ...backup])
    assert.equal(again.code, 3, again.stderr)
    const mac = await readFile(lost.path('data/secrets/act-mac.key'), 'utf8')
    for (const name of ['record.gz', 'keys.gz']) {
      const text = gunzipSync(await readFile(lost.path(name))).toString()
      assert.ok(!text.includes('PRIVATE KEY') && !text.includes(mac) && !text.includes('"access_token"'), name)
      assert.equal(text.includes('"keystore.subject_key"'), name === 'keys.gz')
    }
  })

  // After the backup the house goes on: what comes now is lost, and the signer knows.
  const { token } = await lost.json<{ token: string }>(['token', 'create', '--role', 'registrar'])
  const [custody] = await custodiesOf(server.url, token, 1)
  const noted = await ask(server.url, token, '/api/acts/note.add', noteAbout(custody as string, 'after the backup'))
  assert.equal(noted.status, 201, JSON.stringify(noted.body))
  await lost.json(['return', number, '--out', lost.path('later.json')])
  await database.close()
  await server.stop()
  const verify = (instance: Instance, file: string, policy: string) => instance.run(['verify', file, '--trust', policy])

  await t.test('on another server: as it was, and it goes on', async (t) => {
    const other = await startTestServer()
    t.after(() => other.stop())
    const fresh = await newInstance(t, 0, {
      DATABASE_URL: other.connectionString,
      HABEAS_ISSUER_URL: 'https://issuer.example',
    })
    const without = await fresh.run(['restore', ...backup])
    assert.equal(without.code, 3, 'without the secrets nothing is made anew')
    await carrySecrets(lost, fresh, 'secrets-then')
    for (const afterMs of [700, 1500, 2500]) {
      const { child, ended } = fresh.spawn(['restore', ...backup])
      const timer = setTimeout(() => child.kill('SIGKILL'), afterMs)
      const { code } = await ended
      clearTimeout(timer)
      assert.ok(code === null || code === 0, 'killed, or done before')
    }
    const restored = await fresh.json<{ differing: string[]; unreadable: number }>(['restore', ...backup])
    // Where a kill came too late it stands already; else it was loaded now, whole.
    assert.deepEqual([restored.differing, restored.unreadable], [[], 0])
    const database = connectDatabase(other.connectionString)
    t.after(() => database.close())
    assert.equal(await dump(database), before)
    assert.deepEqual(await readFile(fresh.path(picture)), pictureBytes)
    const again = await fresh.json<{ already: boolean }>(['restore', ...backup])
    assert.equal(again.already, true)

    await fresh.json(['replay'])
    await fresh.json(['audit'])
    const running = await fresh.start()
    await fresh.json(['return', number, '--out', fresh.path('after.json')])
    assert.equal((await verify(fresh, fresh.path('after.json'), lost.path('trust.policy'))).code, 0)
    assert.equal((await verify(fresh, lost.path('before.json'), fresh.policy)).code, 0)
    await running.stop()
    const second = await fresh.run(['restore', ...backup])
    assert.ok([0, 3].includes(second.code as number), second.stderr)
  })

  await t.test(
    'older than what was signed: it refuses to sign, says the two ways out, and a new log states the loss',
    async (t) => {
      const fresh = await newInstance(t, 0)
      await carrySecrets(lost, fresh, 'data/secrets')
      const restored = await fresh.run(['restore', ...backup])
      assert.equal(restored.code, 8, restored.stderr)
      assert.match(restored.stdout, /Two ways out/)
      const seen = await fresh.run(['doctor', '--json'])
      const { checks } = JSON.parse(seen.stdout) as { checks: { id: string; state: string }[] }
      assert.equal(checks.find(({ id }) => id === 'signer-state')?.state, 'bad')
      const started = await fresh.run(['start', '--no-serve'])
      assert.equal(started.code, 8, started.stderr)

      const origin = 'habeas.example/tecoluca-2'
      const opened = await fresh.run(['restore', ...backup, '--new-origin', origin])
      assert.equal(opened.code, 0, opened.stderr)
      const twice = await fresh.run(['restore', ...backup, '--new-origin', origin])
      assert.equal(twice.code, 0, twice.stderr)
      const env = { HABEAS_ORIGIN: origin }
      const again = await fresh.run(['start', '--no-serve'], env)
      assert.equal(again.code, 0, again.stderr)
      const after = await fresh.run(['return', number, '--out', fresh.path('after.json')], env)
      assert.equal(after.code, 0, after.stderr)
      assert.equal((await verify(fresh, fresh.path('after.json'), fresh.policy)).code, 0)
      const audited = await fresh.run(['audit'], env)
      assert.equal(audited.code, 0, audited.stdout)
      const postgres = await startPostgres({ folder: fresh.path('data/pg') })
      const database = connectDatabase(postgres.connectionString)
      const kinds = await database.rows<{ kind: string }>(
        'select kind from entry join leaf using (n) where idx in ($1, $2) order by idx',
        [made.tree.size, made.tree.size + 1],
      )
      assert.deepEqual(
        kinds.map(({ kind }) => kind),
        ['origin.open', 'key.publish'],
        'the loss is stated first',
      )
      await database.close()
      await postgres.stop()
      // What was signed of the old log stays verifiable under its own keys, also what did not come back.
      assert.equal((await verify(fresh, lost.path('later.json'), lost.path('trust.policy'))).code, 0)
    },
  )

  await t.test('a damaged file is refused whole', async (t) => {
    const fresh = await newInstance(t, 0)
    await carrySecrets(lost, fresh, 'secrets-then')
    const bytes = await readFile(lost.path('record.gz'))
    for (const [name, damaged] of [
      ['cut', bytes.subarray(0, bytes.length - 40)],
      ['flipped', bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] as number) ^ 1)],
    ] as const) {
      await writeFile(fresh.path(name), damaged)
      const { code, stderr } = await fresh.run(['restore', fresh.path(name), '--keys', lost.path('keys.gz')])
      assert.equal(code, 1, stderr)
    }
  })
})
