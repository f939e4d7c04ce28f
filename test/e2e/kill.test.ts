import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertKept, load, type Sent, sendAgain } from './load.ts'
import { ask, custodiesOf, filledInstance, type Instance, noteAbout, type Server } from './testing.ts'

// HABEAS_KILL_ROUNDS=20 for longer ones. Each round is a start, load, a kill, and a look at what is left.
const ROUNDS = Number(process.env.HABEAS_KILL_ROUNDS ?? 10)
const PEOPLE = 20
async function killInRounds(instance: Instance, kill: (server: Server) => Promise<void>): Promise<number> {
  const { token } = await instance.json<{ token: string }>(['token', 'create', '--role', 'registrar'])
  let kept = 0
  for (let round = 1; round <= ROUNDS; round++) {
    const server = await instance.start()
    const custodies = await custodiesOf(server.url, token, PEOPLE)
    const sent: Sent = { acknowledged: [], unanswered: [] }
    const loading = load(() => server.url, token, custodies, sent)
    // In the middle of it: some were answered, others are on their way; another moment each round.
    while (sent.acknowledged.length < 10 + 5 * round) await sleep(1 + (round % 7))
    await kill(server)
    await loading
    await server.ended
    const again = await instance.start()
    const database = await instance.database()
    try {
      await assertKept(database, sent)
    } finally {
      await database.close()
    }
    await sendAgain(again, token, sent)
    kept += sent.acknowledged.length
    const { code, stderr } = await again.stop(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
    if (round % 2 === 0) assert.equal(code, 0, stderr)
  }
  return kept
}

/** Registers from nothing, every leaf, signed size and signature, each against the other. */
async function assertSound(instance: Instance): Promise<void> {
  for (const command of ['audit', 'replay']) {
    const { code, stdout, stderr } = await instance.run([command])
    assert.equal(code, 0, `${command}: ${stdout}${stderr}`)
  }
}

test(`kill -9 of the application under load, ${ROUNDS} rounds: no acknowledged act is lost`, async (t) => {
  const instance = await filledInstance(t, PEOPLE)
  const kept = await killInRounds(instance, async ({ child }) => {
    child.kill('SIGKILL')
  })
  assert.ok(kept >= 10 * ROUNDS, `only ${kept} acts were acknowledged: there was no load`)
  await assertSound(instance)
  t.diagnostic(`${kept} acknowledged acts, all there`)
})

test(`kill -9 of the database server under load, ${ROUNDS} rounds: no acknowledged act is lost`, async (t) => {
  const instance = await filledInstance(t, PEOPLE)
  const kept = await killInRounds(instance, async (server) => {
    process.kill(await instance.postmaster(), 'SIGKILL')
    const { code, stderr } = await server.ended
    assert.equal(code, 4, stderr)
  })
  assert.ok(kept >= 10 * ROUNDS, `only ${kept} acts were acknowledged: there was no load`)
  await assertSound(instance)
  t.diagnostic(`${kept} acknowledged acts, all there`)
})

test('kill -9 of one backend: the server recovers by itself and goes on', async (t) => {
  const instance = await filledInstance(t, PEOPLE)
  const server = await instance.start()
  const { token } = await instance.json<{ token: string }>(['token', 'create', '--role', 'registrar'])
  const custodies = await custodiesOf(server.url, token, PEOPLE)
  const database = await instance.database()
  const [backend] = await database.rows<{ pid: number }>(
    `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid() limit 1`,
  )
  await database.close()
  process.kill(backend?.pid as number, 'SIGKILL')
  const act = noteAbout(custodies[0] as string, 'After the fall.')
  let status = 0
  for (let tries = 0; status !== 201 && status !== 200 && tries < 200; tries++) {
    await sleep(50)
    status = (await ask(server.url, token, '/api/acts/note.add', act)).status
  }
  assert.ok(status === 200 || status === 201)
  assert.equal((await server.stop()).code, 0)
  await assertSound(instance)
})
