// What the doctor sees of a house that runs, of one that does not, and of one that was spoilt.
import assert from 'node:assert/strict'
import { chmod, writeFile } from 'node:fs/promises'
import { test } from 'node:test'
import { ask, newInstance } from './testing.ts'

type Report = { well: boolean; checks: { id: string; state: string; says: { en: string }; remedy?: { en: string } }[] }

test('the doctor names what is wrong, each with a remedy; metrics are to be had beside the server', async (t) => {
  const instance = await newInstance(t, 60)
  const doctor = async () => {
    const { code, stdout, stderr } = await instance.run(['doctor', '--json'])
    assert.ok(code === 0 || code === 1, stderr)
    const report = JSON.parse(stdout) as Report
    assert.equal(code, report.well ? 0 : 1)
    for (const { id, state, remedy } of report.checks) assert.equal(remedy === undefined, state === 'ok', id)
    return new Map(report.checks.map(({ id, state }) => [id, state]))
  }
  const server = await instance.start()
  const running = await doctor()
  // A house that was just made: its oversight is not yet real.
  const wanting = ['oversight-key', 'oversight-address', 'witnesses', 'disk']
  const wrong = [...running].filter(([id, state]) => state !== 'ok' && !wanting.includes(id))
  assert.deepEqual(wrong, [])
  for (const id of ['signer', 'signer-state', 'replay', 'register-counter', 'queue', 'clock', 'secrets'])
    assert.equal(running.get(id), 'ok', id)

  await t.test('metrics: entries, people, requests', async () => {
    const metrics = await (await fetch(`${server.url}/metrics`)).text()
    assert.match(metrics, /^habeas_held 60$/m)
    assert.match(metrics, /^habeas_signer_up 1$/m)
    assert.match(metrics, /^habeas_sessions 0$/m)
    assert.match(metrics, /^habeas_listeners 0$/m)
    assert.match(metrics, /^habeas_findings_open\{severity="S1"\} \d+$/m)
    const { token } = await instance.json<{ token: string }>(['token', 'create', '--role', 'court'])
    assert.equal((await ask(server.url, token, '/metrics')).status, 403)
  })

  await t.test('a register that was changed behind our back, a secret that others may read', async () => {
    const database = await instance.database()
    await database.rows("update custody set register_number = 'TEC-26-999999'")
    await database.close()
    await chmod(instance.path('data/secrets/act-mac.key'), 0o644)
    const spoilt = await doctor()
    assert.equal(spoilt.get('secrets'), 'bad')
    assert.equal(spoilt.get('register-counter'), 'bad')
    assert.equal(spoilt.get('replay'), 'unknown', 'secrets that others may read are not used')
    await chmod(instance.path('data/secrets/act-mac.key'), 0o600)
    assert.equal((await doctor()).get('replay'), 'bad')
  })

  await t.test('stopped, with a run.json left behind', async () => {
    await server.stop()
    await writeFile(instance.path('data/run.json'), '{"pid":1,"signerSocket":"/nowhere"}', { mode: 0o600 })
    const stopped = await doctor()
    assert.equal(stopped.get('running'), 'unknown')
    assert.equal(stopped.get('run-file'), 'bad')
    const { stdout } = await instance.run(['doctor'], { LANG: 'es_SV.UTF-8' })
    assert.match(stdout, /Habeas no está en marcha aquí/)
  })

  await t.test('scrub: every step is done, and a byte search says what is found', async () => {
    await writeFile(instance.path('expunged.txt'), 'text that nobody ever wrote\n')
    const { code, stdout, stderr } = await instance.run(['scrub', '--find', instance.path('expunged.txt'), '--json'])
    assert.equal(code, 0, stderr + stdout)
    assert.equal((JSON.parse(stdout) as { searched: boolean }).searched, true)
  })
})
