import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Sql } from '../kernel/ports.ts'
import { freshDatabase, temporaryFolder } from '../platform/testing.ts'
import { exportRequestFile, importResponseFile } from '../platform/witness-files.ts'
import { makeWitnessPost } from '../platform/witness-http.ts'
import { makeSmallLog, serveTestWitness, storeHead } from '../witness/testing.ts'
import {
  cosignedCheckpoint,
  findBestHead,
  findCosignedHead,
  findFalseCosignatures,
  findNewestHead,
  unwitnessedSince,
} from './heads.ts'
import { nodeChecker } from './node-crypto.ts'
import { openCheckpoint } from './note.ts'
import { judgeCheckpoint, type Policy, policyKeys } from './policy.ts'
import { addWitness } from './policy-edit.ts'
import { askStation, stationsOf, type WitnessPost, type WitnessReport } from './witness-client.ts'
import { exportRequest, importResponse } from './witness-exchange.ts'
import { WitnessRounds } from './witness-rounds.ts'

const log = makeSmallLog('habeas.example/witnessed')
const NOON = Temporal.Instant.from('2026-03-01T12:00:00Z')
const clock = { now: () => NOON }

const store = (sql: Sql, size: number, { leaves = log.leaves, at = NOON } = {}) =>
  storeHead(sql, log, size, { leaves, at })
const served = (t: TestContext, name?: string) => serveTestWitness(t, log.keys, name)

const BARE: Policy = { logs: log.keys.map((key) => ({ key })), witnesses: [], groups: [], quorum: 'none' }

function policyOf(witnesses: readonly Awaited<ReturnType<typeof served>>[], quorum: number): Policy {
  return witnesses.reduce<Policy>((policy, { name, url, witness }, at) => {
    const isLast = at === witnesses.length - 1
    const added = addWitness(policy, { name, url, keys: witness.keys, ...(isLast && { quorum }) })
    assert.ok(added.ok, JSON.stringify(added))
    return added.value
  }, BARE)
}

const rowsOf = (sql: Sql) =>
  sql.rows<{ size: number; witness: string }>('select size, witness from cosignature order by 1, 2')

async function assertQuorum(policy: Policy, note: string | undefined, size: number): Promise<void> {
  const opened = await openCheckpoint(nodeChecker, note ?? '', policyKeys(policy))
  assert.ok(opened.ok, JSON.stringify(opened))
  assert.equal(opened.value.checkpoint.size, size)
  const { isQuorumMet, logKeys } = judgeCheckpoint(policy, opened.value)
  assert.ok(isQuorumMet && logKeys.length === 2)
}

async function ask(
  sql: Sql,
  policy: Policy,
  post: WitnessPost = makeWitnessPost(),
): Promise<WitnessReport | undefined> {
  const [station] = stationsOf(policy)
  assert.ok(station)
  return askStation({ sql, clock, post }, station)
}

const told = (report: WitnessReport | undefined) =>
  report && (report.outcome === 'refused' ? `${report.reason} ${report.witnessSize ?? ''}`.trim() : report.outcome)

test('a head is cosigned with both keys, once, and stands in what is published', async (t) => {
  const sql = await freshDatabase(t)
  const policy = policyOf([await served(t)], 1)
  assert.equal(await ask(sql, policy), undefined, 'nothing is signed yet')
  await store(sql, 20)
  assert.deepEqual(await ask(sql, policy), { witness: 'inspectorate', size: 20, outcome: 'cosigned' })
  const both = (size: number) => ['ed25519', 'ml-dsa-44'].map((key) => ({ size, witness: `inspectorate/${key}` }))
  assert.deepEqual(await rowsOf(sql), both(20))
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, NOON), 20)
  assert.equal(told(await ask(sql, policy)), 'known')

  await store(sql, 33)
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, NOON), 20) // the newest waits for its lines
  assert.equal((await findNewestHead(sql, policy))?.note, log.note(33))
  assert.equal(told(await ask(sql, policy)), 'cosigned')
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, NOON), 33)
  assert.deepEqual(await rowsOf(sql), [...both(20), ...both(33)])
})

test('a log that forgot what was cosigned learns it from the 409 and goes on', async (t) => {
  const witness = await served(t)
  const policy = policyOf([witness], 1)
  const before = await freshDatabase(t)
  await store(before, 20)
  await ask(before, policy)
  const sql = await freshDatabase(t)
  await store(sql, 20)
  assert.equal(told(await ask(sql, policy)), 'cosigned', 'the same head again')
  const later = await freshDatabase(t)
  await store(later, 40)
  assert.equal(told(await ask(later, policy)), 'cosigned', 'from 20, not from 0')
})

test('an older copy and a rewritten log are told apart, and get no line', async (t) => {
  const witness = await served(t)
  const policy = policyOf([witness], 1)
  const sql = await freshDatabase(t)
  await store(sql, 30)
  await ask(sql, policy)
  const cases: [string, number, readonly Uint8Array[], string][] = [
    ['restored from an older copy', 20, log.leaves, 'ahead 30'],
    ['entry 3 rewritten, then grown', 40, log.rewritten(3), 'fork 30'],
    ['entry 3 rewritten, same size', 30, log.rewritten(3), 'fork 30'],
    ['the true log', 40, log.leaves, 'cosigned'],
  ]
  for (const [what, size, leaves, expected] of cases) {
    const copy = await freshDatabase(t)
    await store(copy, size, { leaves })
    assert.equal(told(await ask(copy, policy)), expected, what)
    assert.equal((await rowsOf(copy)).length, expected === 'cosigned' ? 2 : 0, what)
  }
})

test('what a witness answers is believed under its key only', async (t) => {
  const sql = await freshDatabase(t)
  await store(sql, 20)
  const witness = await served(t)
  const policy = policyOf([witness], 1)
  const other = await served(t, 'stranger')
  const good = (await witness.witness.addCheckpoint(log.request(0, 20))).body
  const [ed25519 = '', mlDsa = ''] = good.split(/(?<=\n)/)
  const foreign = (await other.witness.addCheckpoint(log.request(0, 20))).body
  const older = (await (await served(t)).witness.addCheckpoint(log.request(0, 20))).body
  const cases: [string, number, string, string][] = [
    ['lines of a stranger alone', 200, foreign, 'bad-answer'],
    ['the right name, another key', 200, older, 'bad-answer'],
    ['no note line', 200, 'thank you\n', 'bad-answer'],
    ['nothing', 200, '', 'bad-answer'],
    [
      'one true line, one of the same key that is false',
      200,
      ed25519 + mlDsa.replace(/.{8}=\n$/, 'AAAAAAA=\n'),
      'bad-answer',
    ],
    ['a conflict without a size', 409, 'no', 'bad-answer'],
    ['a conflict that goes on', 409, '7\n', 'bad-answer 7'],
    ['unknown log', 404, '', 'unknown-log'],
    ['unknown key', 403, '', 'unknown-key'],
    ['a fault', 500, '', 'silent'],
  ]
  for (const [what, status, body, expected] of cases) {
    assert.equal(told(await ask(sql, policy, async () => ({ status, body }))), expected, what)
    assert.deepEqual(await rowsOf(sql), [], what)
  }
  const throws = await ask(sql, policy, async () => Promise.reject(new Error('ECONNREFUSED')))
  assert.equal(told(throws), 'silent')
  assert.equal(told(await ask(sql, policy, async () => ({ status: 200, body: foreign + good }))), 'cosigned')
  assert.equal((await rowsOf(sql)).length, 2, 'the stranger’s lines are passed over')
})

test('HTTP: silence, redirects and answers without end are faults of the witness', async (t) => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/moved')) response.writeHead(307, { location: '/elsewhere' }).end()
    else if (request.url?.startsWith('/endless')) response.writeHead(200).end('x'.repeat(100_000))
    else request.resume() // never answers
  }).listen(0, '127.0.0.1')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const post = makeWitnessPost(200)
  await assert.rejects(post(`${url}/moved/add-checkpoint`, ''))
  await assert.rejects(post(`${url}/endless/add-checkpoint`, ''), /without end/)
  await assert.rejects(post(`${url}/silent/add-checkpoint`, ''), /no answer in time/)
  await assert.rejects(post('http://127.0.0.1:1/add-checkpoint', ''), /ECONNREFUSED|bad port/)
})

test('two of three: which head is shown, and since when the witnesses are missing', async (t) => {
  const sql = await freshDatabase(t)
  const [one, two, three] = [await served(t, 'inspectorate'), await served(t, 'bar'), await served(t, 'registry')]
  const policy = policyOf([one, two, three], 2)
  const minutes = (count: number) => NOON.add({ minutes: count })
  const cosign = async (witness: typeof one) => ask(sql, policyOf([witness], 1))

  assert.equal(await cosignedCheckpoint(sql, policy, NOON), undefined)
  assert.equal(await unwitnessedSince(sql, policy, minutes(100)), undefined, 'nothing is signed, nothing is missing')
  await store(sql, 10, { at: NOON })
  assert.equal(await unwitnessedSince(sql, policy, minutes(14)), undefined)
  assert.equal(await unwitnessedSince(sql, policy, minutes(15)), NOON.toString())
  await cosign(one)
  assert.equal(await findCosignedHead(sql, policy), undefined, 'two keys of one witness are one witness')
  assert.equal(await unwitnessedSince(sql, policy, minutes(15)), NOON.toString())
  await cosign(two)
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, minutes(60)), 10)
  assert.equal(await unwitnessedSince(sql, policy, minutes(60)), undefined, 'a quiet log owes nothing')

  await store(sql, 20, { at: minutes(61) })
  await store(sql, 30, { at: minutes(70) })
  await cosign(three)
  assert.equal((await findCosignedHead(sql, policy))?.size, 10)
  assert.equal(await findCosignedHead(sql, policy, 11), undefined)
  assert.equal(await unwitnessedSince(sql, policy, minutes(75)), undefined)
  assert.equal(
    await unwitnessedSince(sql, policy, minutes(76)),
    minutes(61).toString(),
    'since the first, not the last',
  )
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, minutes(75)), 10)
  const late = await cosignedCheckpoint(sql, policy, minutes(76))
  assert.ok(late?.includes('\n30\n') && late.includes('registry.example'), 'mirrors go on; the line it has is shown')
  await cosign(one)
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, minutes(76)), 30)
  assert.equal(await unwitnessedSince(sql, BARE, minutes(1_000)), undefined, 'no witness was asked for')
})

test('a paper asks the witnesses at once when no cosigned head covers it', async (t) => {
  const sql = await freshDatabase(t)
  const policy = policyOf([await served(t)], 1)
  let asked = 0
  const askWitnesses = async () => {
    asked++
    await ask(sql, policy)
  }
  assert.equal(await findBestHead(sql, policy, 5, askWitnesses), undefined)
  await store(sql, 10)
  assert.equal((await findBestHead(sql, policy, 5, async () => undefined))?.note, log.note(10), 'no answer: as it is')
  await assertQuorum(policy, (await findBestHead(sql, policy, 5, askWitnesses))?.note, 10)
  await store(sql, 20)
  await assertQuorum(policy, (await findBestHead(sql, policy, 10, askWitnesses))?.note, 10)
  assert.equal(asked, 1, 'the head of 10 covers it')
  await assertQuorum(policy, (await findBestHead(sql, policy, 11, askWitnesses))?.note, 20)
  assert.equal(asked, 2)
  assert.equal(await findBestHead(sql, policy, 21, askWitnesses), undefined)
  assert.equal((await findBestHead(sql, BARE, 11, askWitnesses))?.note, log.note(20))
  assert.equal(asked, 2, 'without a quorum nobody is asked')
})

test('rounds: one at a time, a call in between sees the newest head, changes are told once', async (t) => {
  const sql = await freshDatabase(t)
  const witness = await served(t)
  let policy = BARE
  let isAway = false
  const changes: string[] = []
  const post = makeWitnessPost()
  const [gate, reached] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  let posts = 0
  const rounds = new WitnessRounds({
    sql,
    clock,
    post: async (url, body) => {
      if (++posts === 1) {
        reached.resolve()
        await gate.promise
      }
      if (isAway) throw new Error('ECONNREFUSED')
      return post(url, body)
    },
    policy: async () => policy,
    onChange: (report) => changes.push(`${report.witness} ${told(report)}`),
  })
  assert.deepEqual(await rounds.ask(), [])
  policy = policyOf([witness], 1)
  await store(sql, 10)
  const first = rounds.ask()
  await reached.promise // the first round has its head
  await store(sql, 20)
  const [second, third] = [rounds.ask(), rounds.ask()]
  assert.equal(second, third, 'all who wait share a round')
  gate.resolve()
  assert.deepEqual(
    (await first).map(({ size }) => size),
    [10],
  )
  assert.deepEqual(
    (await second).map(({ size }) => size),
    [20],
  )

  isAway = true
  await store(sql, 30)
  await rounds.ask()
  await rounds.ask()
  isAway = false
  await rounds.ask()
  assert.deepEqual(changes, ['inspectorate cosigned', 'inspectorate silent', 'inspectorate cosigned'])
  assert.equal(rounds.standing.get('inspectorate')?.outcome, 'cosigned')

  const copy = await freshDatabase(t)
  await store(copy, 20)
  const faults: unknown[] = []
  const old = new WitnessRounds({
    sql: copy,
    clock,
    post: (url, body) => (isAway ? Promise.reject(new Error('ECONNREFUSED')) : post(url, body)),
    policy: async () => policy,
    intervalMs: 5,
    onChange: (report) => changes.push(`${report.witness} ${told(report)}`),
    onFault: (error) => faults.push(error),
  })
  old.start()
  while (old.standing.size === 0) await new Promise((resolve) => setTimeout(resolve, 5))
  await old.stop()
  assert.deepEqual([changes.at(-1), faults], ['inspectorate ahead 30', []])
  const contradiction = [{ witness: 'inspectorate', since: NOON.toString() }]
  assert.deepEqual(await old.contradictions(), contradiction)
  isAway = true
  await rounds.ask()
  assert.deepEqual(await rounds.contradictions(), [], 'silence contradicts nothing')
  await old.ask()
  assert.equal(old.standing.get('inspectorate')?.outcome, 'silent')
  assert.deepEqual(await old.contradictions(), contradiction, 'and takes nothing back')
  isAway = false
  await store(copy, 30)
  await old.ask()
  assert.deepEqual(await old.contradictions(), [], 'a cosignature does')
})

test('by file: request out, answer in, the same bytes as by HTTP', async (t) => {
  const sql = await freshDatabase(t)
  const folder = await temporaryFolder(t)
  const { witness } = await served(t)
  const added = addWitness(BARE, { name: 'inspectorate', keys: witness.keys })
  assert.ok(added.ok)
  const policy = added.value
  assert.deepEqual(stationsOf(policy), [], 'without an address it is never asked by network')
  const context = { sql, policy, clock }
  const [out, back] = [join(folder, 'request'), join(folder, 'response')]

  assert.deepEqual(await exportRequest(context, 'inspectorate'), { problem: 'nothing-signed' })
  await store(sql, 20)
  assert.deepEqual(await exportRequest(context, 'nobody'), { problem: 'no-such-witness' })
  assert.deepEqual(await exportRequestFile(context, 'inspectorate', out), { size: 20, oldSize: 0 })
  await store(sql, 25) // the log goes on while the stick travels
  await writeFile(back, (await witness.addCheckpoint(await readFile(out, 'utf8'))).body)
  const taken = await importResponseFile(context, out, back)
  assert.deepEqual(taken, { witness: 'inspectorate', size: 20, outcome: 'cosigned' })
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, NOON), 20)

  // The stick with the next answer is lost: the witness is ahead of what we know of it.
  await witness.addCheckpoint(log.request(20, 22))
  assert.deepEqual(await exportRequestFile(context, 'inspectorate', out), { size: 25, oldSize: 20 })
  await writeFile(back, (await witness.addCheckpoint(await readFile(out, 'utf8'))).body)
  assert.deepEqual(await importResponseFile(context, out, back), { problem: 'other-size', witnessSize: 22, size: 25 })
  assert.deepEqual(await exportRequestFile(context, 'inspectorate', out, 22), { size: 25, oldSize: 22 })
  const request = await readFile(out, 'utf8')
  const response = (await witness.addCheckpoint(request)).body
  assert.equal(told((await importResponse(context, request, response)) as WitnessReport), 'cosigned')

  const foreignRequest = log.request(0, 20, log.rewritten(2))
  const words = 'the proof does not show that this tree extends the one cosigned last\n'
  assert.deepEqual(await importResponse(context, 'no request', response), { problem: 'request-malformed' })
  assert.deepEqual(await importResponse(context, foreignRequest, response), { problem: 'not-our-checkpoint' })
  assert.deepEqual(await importResponse(context, request, words), { problem: 'refused', words: words.trim() })
  const swapped = log.request(0, 20)
  assert.equal(
    told((await importResponse(context, swapped, response)) as WitnessReport),
    'bad-answer',
    'another size’s lines',
  )
  assert.deepEqual(await exportRequest(context, 'inspectorate', 99), {
    problem: 'other-size',
    witnessSize: 99,
    size: 25,
  })
})

test('a line written into the table by somebody else is not shown, counts for nothing, and is named', async (t) => {
  const sql = await freshDatabase(t)
  const [one, two] = [await served(t, 'inspectorate'), await served(t, 'bar')]
  const policy = policyOf([one, two], 2)
  await store(sql, 10)
  await ask(sql, policyOf([one], 1))
  await ask(sql, policyOf([two], 1))
  await store(sql, 20)
  await ask(sql, policyOf([one], 1))
  assert.deepEqual(await findFalseCosignatures(sql, policy), [])

  const forge = (witness: string, line: string) =>
    sql.rows('insert into cosignature (size, witness, line, at) values (20, $1, $2, now())', [witness, line])
  const [older] = await sql.rows<{ line: string }>(
    `select line from cosignature where size = 10 and witness = 'bar/ed25519'`,
  )
  await forge('bar/ed25519', older?.line ?? '') // a true line, of another size
  await forge('bar/ml-dsa-44', '— bar.example/w1 AAAAAAAA\n')
  await forge('retired', older?.line ?? '')
  await assertQuorum(policy, await cosignedCheckpoint(sql, policy, NOON), 10)
  const newest = await findNewestHead(sql, policy)
  assert.ok(newest?.size === 20 && !newest.note.includes('bar.example'))
  assert.deepEqual(await findFalseCosignatures(sql, policy), [
    { size: 20, witness: 'bar/ed25519', reason: 'false' },
    { size: 20, witness: 'bar/ml-dsa-44', reason: 'false' },
    { size: 20, witness: 'retired', reason: 'unknown-witness' },
  ])
})
