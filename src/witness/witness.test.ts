import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { reachableFrom, readImports } from '../../test/import-directions.ts'
import { nodeChecker, sha256 } from '../record/node-crypto.ts'
import { formatVerifierKey, openCheckpoint, parseVerifierKey, type VerifierKey } from '../record/note.ts'
import { formatAddCheckpoint, parseAddCheckpoint, SIZE_CONTENT_TYPE } from '../record/witness-protocol.ts'
import { serveWitness } from './serve.ts'
import { makeSmallLog, type SmallLog } from './testing.ts'
import { openWitness, type WitnessHooks } from './witness.ts'

const log = makeSmallLog()
const main = fileURLToPath(new URL('./main.ts', import.meta.url))
const fixture = fileURLToPath(new URL('./dies-after-state.fixture.ts', import.meta.url))

async function newFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'witness-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function opened(t: TestContext, hooks?: WitnessHooks, logs: readonly SmallLog[] = [log]) {
  const folder = await newFolder(t)
  const witness = await openWitness({
    folder,
    name: 'inspectorate.example/w1',
    logs: logs.flatMap(({ keys }) => keys),
    ...(hooks && { hooks }),
  })
  t.after(() => witness.close())
  const ask = async (oldSize: number, size: number, leaves = log.leaves) => {
    const { status, body } = await witness.addCheckpoint(log.request(oldSize, size, leaves))
    return status === 409 ? `409 ${body.trim()}` : status
  }
  return { folder, witness, ask }
}

async function assertCosigned(lines: string, keys: readonly VerifierKey[], size: number, note = log.note(size)) {
  const checked = await openCheckpoint(nodeChecker, note + lines, keys)
  assert.ok(checked.ok, JSON.stringify(checked))
  assert.deepEqual(
    checked.value.signedBy.map(({ key }) => key.type),
    ['cosignature', 'subtree'],
  )
  assert.equal(checked.value.checkpoint.size, size)
}

test('a log that grows is cosigned with both keys; the first time from size 0 with an empty proof', async (t) => {
  const { witness } = await opened(t)
  for (const [oldSize, size] of [
    [0, 0],
    [0, 5],
    [5, 5],
    [5, 17],
    [17, 64],
  ] as const) {
    const { status, body } = await witness.addCheckpoint(log.request(oldSize, size))
    assert.equal(status, 200, `${oldSize} to ${size}: ${body}`)
    await assertCosigned(body, witness.keys, size)
  }
})

test('200 only for what extends: 409 with the size for a rollback, 422 for a rewrite, 409 for another root', async (t) => {
  const { ask, folder } = await opened(t)
  const rewritten = log.rewritten(3)
  assert.equal(await ask(0, 20), 200)
  assert.equal(await ask(0, 10), '409 20', 'a rollback, from an old copy of the log')
  assert.equal(await ask(10, 20), '409 20')
  assert.equal(await ask(20, 30, rewritten), 422, 'entry 3 rewritten')
  assert.equal(await ask(20, 20, rewritten), '409 20', 'another tree of the same size')
  assert.equal(await ask(20, 30), 200, 'the true log goes on')
  assert.equal(await ask(20, 31, rewritten), '409 30')
  assert.equal((await readdir(join(folder, 'evidence'))).length, 2, 'what the log signed and should not have')
})

test('any requests in any order: what is cosigned is one growing tree', async (t) => {
  // The second log is the first, rewritten from entry 11 on.
  const variants = [log.leaves, log.rewritten(11)] as const
  const anyRequest = fc.record({ oldSize: fc.nat(24), size: fc.nat(24), variant: fc.constantFrom(0, 1) })
  await fc.assert(
    fc.asyncProperty(fc.array(anyRequest, { maxLength: 40 }), async (requests) => {
      const { ask, witness } = await opened(t)
      let last: { size: number; variant: number } = { size: 0, variant: 0 }
      for (const { oldSize, size, variant } of requests) {
        // Half of the requests start where the witness stands, or nearly all would be conflicts.
        const from = oldSize % 2 === 0 ? last.size : oldSize
        const extends_ = last.size <= 11 || last.variant === variant
        const expected =
          from > size
            ? 400
            : from !== last.size
              ? `409 ${last.size}`
              : extends_
                ? 200
                : size === from
                  ? `409 ${from}`
                  : 422
        assert.equal(await ask(from, size, variants[variant] as typeof log.leaves), expected)
        if (expected === 200) last = { size, variant }
      }
      await witness.close()
    }),
    { numRuns: 20 },
  )
})

test('what is malformed is 400, an unknown log 404, an unknown or a broken signature 403', async (t) => {
  const { witness } = await opened(t)
  const status = async (request: string) => (await witness.addCheckpoint(request)).status
  const good = log.request(0, 5)
  for (const bad of [
    '',
    'old 0\n',
    good.replace('old 0', 'old 00'),
    good.replace('old 0', 'old -1'),
    good.replace('old 0\n', 'old 0\nAAAA\n'),
    good.replace('old 0\n', `old 0\n${`${Buffer.alloc(32).toString('base64')}\n`.repeat(64)}`),
    good.replace('\n5\n', '\n05\n'),
    good.replace('\n5\n', '\n5\nan extension\n'),
    good.slice(0, -1),
    log.request(6, 5),
  ]) {
    assert.equal(await status(bad), 400, JSON.stringify(bad.slice(0, 40)))
  }
  const other = makeSmallLog('habeas.example/other')
  assert.equal(await status(other.request(0, 5)), 404)
  const impostor = makeSmallLog(log.origin)
  assert.equal(await status(impostor.request(0, 5)), 403, 'the right origin, other keys')
  const broken = log.note(5).replace(log.note(5).split('\n')[2] as string, log.note(6).split('\n')[2] as string)
  assert.equal(await status(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: broken })), 403, 'another root')
  assert.equal(await status(formatAddCheckpoint({ oldSize: 0, proof: log.proof(3, 5), checkpoint: log.note(5) })), 422)
  const emptyTree = log.note(0).replace(log.note(0).split('\n')[2] as string, log.note(6).split('\n')[2] as string)
  assert.notEqual(await status(formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: emptyTree })), 200)
  assert.equal(await status(good), 200)
})

test('a line of an unknown key beside the good one is passed over, and is not kept', async (t) => {
  const { witness } = await opened(t)
  const foreign = makeSmallLog(log.origin).note(5).split('\n\n')[1] as string
  const request = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: log.note(5) + foreign })
  assert.equal((await witness.addCheckpoint(request)).status, 200)
  const kept = await witness.findCheckpoint(sha256(Buffer.from(log.origin)).toHex())
  assert.ok(kept?.startsWith(log.note(5)) && !kept.includes(foreign))
})

test('a forced race: the smaller head waits for the larger one and is then a conflict', async (t) => {
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  const { ask } = await opened(t, {
    betweenCheckAndCommit: async ({ size }) => {
      if (size !== 30) return
      reached.resolve()
      await gate.promise
    },
  })
  assert.equal(await ask(0, 10), 200)
  const larger = ask(10, 30)
  await reached.promise // the larger one is checked and not yet committed
  const smaller = ask(10, 20) // checked now, it would find 10 and roll the witness back from 30 to 20
  const fork = ask(10, 30, log.rewritten(3))
  gate.resolve()
  assert.deepEqual(await Promise.all([larger, smaller, fork]), [200, '409 30', '409 30'])
  assert.equal(await ask(30, 31), 200)
})

test('one log that stalls does not hold up another', async (t) => {
  const gate = Promise.withResolvers<void>()
  const reached = Promise.withResolvers<void>()
  const other = makeSmallLog('habeas.example/other')
  const hooks: WitnessHooks = {
    betweenCheckAndCommit: async ({ origin }) => {
      if (origin !== log.origin) return
      reached.resolve()
      await gate.promise
    },
  }
  const { ask, witness } = await opened(t, hooks, [log, other])
  const stalled = ask(0, 10)
  await reached.promise
  assert.equal((await witness.addCheckpoint(other.request(0, 7))).status, 200)
  gate.resolve()
  assert.equal(await stalled, 200)
})

test('two witnesses are shown two trees: each signs its own, and then neither signs the other’s', async (t) => {
  const [one, two] = [await opened(t), await opened(t)]
  const fork = log.rewritten(12)
  assert.equal(await one.ask(0, 20), 200)
  assert.equal(await two.ask(0, 20, fork), 200)
  // Whoever holds both notes holds the proof; and no growth brings the two together again.
  assert.equal(await one.ask(20, 30, fork), 422)
  assert.equal(await two.ask(20, 30), 422)
  assert.equal(await one.ask(20, 20, fork), '409 20')
  assert.equal(await one.ask(20, 30), 200)
})

test('names, keys and heads outlive the process; nobody else may read them', async (t) => {
  const folder = await newFolder(t)
  const logs = log.keys
  const first = await openWitness({ folder, name: 'w.example', logs })
  assert.equal((await first.addCheckpoint(log.request(0, 9))).status, 200)
  await assert.rejects(openWitness({ folder, logs }), /already works on/)
  await first.close()

  const second = await openWitness({ folder, logs })
  assert.deepEqual(second.keys.map(formatVerifierKey), first.keys.map(formatVerifierKey))
  assert.equal((await second.addCheckpoint(log.request(0, 12))).body, '9\n')
  await second.close()
  for (const file of ['ed25519.pem', 'ml-dsa-44.pem', 'name', 'origins']) {
    assert.equal((await stat(join(folder, file))).mode & 0o777, 0o600, file)
  }

  await assert.rejects(openWitness({ folder, name: 'other.example', logs }), /is called w\.example/)
  await chmod(join(folder, 'ed25519.pem'), 0o640)
  await assert.rejects(openWitness({ folder, logs }), /may be read by others/)
  await chmod(join(folder, 'ed25519.pem'), 0o600)

  const [head = ''] = await readdir(join(folder, 'heads'))
  const path = join(folder, 'heads', head)
  const whole = await readFile(path, 'utf8')
  await writeFile(path, log.note(3))
  await assert.rejects(openWitness({ folder, logs }), /not as this witness wrote it/)
  await rm(path)
  await assert.rejects(openWitness({ folder, logs }), /has gone/, 'a deleted head is no new log')
  await writeFile(path, whole, { mode: 0o600 })
  await rm(join(folder, 'ml-dsa-44.pem'))
  await assert.rejects(openWitness({ folder, logs }), /is missing from a witness that has cosigned before/)
})

test('over HTTP: statuses, the content type of the size, the monitoring read, limits', async (t) => {
  const { witness } = await opened(t)
  const server = await serveWitness(witness, { host: '127.0.0.1', port: 0 })
  t.after(() => server.close())
  const post = (body: string | Uint8Array<ArrayBuffer>) =>
    fetch(`${server.url}/add-checkpoint`, { method: 'POST', body })
  const cosigned = await post(log.request(0, 20))
  assert.equal(cosigned.status, 200)
  const lines = await cosigned.text()
  await assertCosigned(lines, witness.keys, 20)
  const conflict = await post(log.request(0, 21))
  assert.deepEqual(
    [conflict.status, conflict.headers.get('content-type'), await conflict.text()],
    [409, SIZE_CONTENT_TYPE, '20\n'],
  )
  assert.equal((await post(log.request(20, 30, log.rewritten(3)))).status, 422)
  assert.equal((await post('old 0\n')).status, 400)
  assert.equal((await post(Uint8Array.of(0xff))).status, 400)
  for (const length of [70_000, 8_000_000]) assert.equal((await post('x'.repeat(length))).status, 413)
  assert.equal((await fetch(`${server.url}/add-checkpoint`)).status, 405)

  const read = await fetch(`${server.url}/${sha256(Buffer.from(log.origin)).toHex()}/checkpoint`)
  assert.equal(read.status, 200)
  assert.ok((await read.text()) === log.note(20) + lines, 'the log’s note and lines, then ours')
  for (const path of ['/', `/${'0'.repeat(64)}/checkpoint`, '/../ed25519.pem', '/name/checkpoint']) {
    assert.equal((await fetch(server.url + path)).status, 404)
  }

  const slow = connect(Number(new URL(server.url).port), '127.0.0.1')
  slow.write('POST /add-checkpoint HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nold 20')
  assert.equal((await post(log.request(20, 21))).status, 200, 'one who never finishes holds up nobody')
  slow.destroy()
})

/** Starts a witness as a process and answers its address. */
async function started(
  t: TestContext,
  file: string,
  args: readonly string[],
): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  let words = ''
  for await (const chunk of child.stdout) {
    words += chunk
    const url = /^ready (\S+)$/m.exec(words)?.[1]
    if (url !== undefined) return { child, url }
  }
  throw new Error(`the witness did not start: ${words}`)
}

test('killed between the state and the answer, it has signed once and remembers what', async (t) => {
  const folder = await newFolder(t)
  const vkeys = log.keys.map(formatVerifierKey)
  const dying = await started(t, fixture, [folder, ...vkeys])
  const ended = once(dying.child, 'exit')
  await assert.rejects(fetch(`${dying.url}/add-checkpoint`, { method: 'POST', body: log.request(0, 20) }))
  assert.deepEqual(await ended, [null, 'SIGKILL'])

  const args = ['--folder', folder, '--listen', '127.0.0.1:0', ...vkeys.flatMap((vkey) => ['--log', vkey])]
  const { url } = await started(t, main, args)
  const post = async (request: string) => {
    const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body: request })
    return { status: answer.status, body: await answer.text() }
  }
  assert.deepEqual(await post(log.request(0, 20, log.rewritten(3))), { status: 409, body: '20\n' }, 'no second tree')
  assert.deepEqual(await post(log.request(0, 20)), { status: 409, body: '20\n' }, 'the log learns what it knows')
  assert.equal((await post(log.request(20, 20))).status, 200, 'and gets the lines that were lost')
})

test('kill -9 at any moment: no answer that was given is forgotten', async (t) => {
  const folder = await newFolder(t)
  const long = makeSmallLog('habeas.example/long', 400)
  const args = ['--folder', folder, '--listen', '127.0.0.1:0', '--log', formatVerifierKey(long.keys[0] as VerifierKey)]
  const send = (url: string, oldSize: number, size: number) =>
    fetch(`${url}/add-checkpoint`, { method: 'POST', body: long.request(oldSize, size) })
  let acknowledged = 0
  for (let round = 1; round <= 4; round++) {
    const { child, url } = await started(t, main, args)
    // The last answer may have been lost on its way: one head more than was acknowledged may be known, never less.
    const first = await send(url, 0, 1)
    const known = first.status === 409 ? Number(await first.text()) : 1
    const isFresh = first.status === 200 && acknowledged === 0
    assert.ok(isFresh || known === acknowledged || known === acknowledged + 1, `${known} after ${acknowledged}`)
    acknowledged = known
    const kill = setTimeout(() => child.kill('SIGKILL'), 30 * round)
    for (let size = known + 1; size <= 400; size++) {
      const answer = await send(url, size - 1, size).catch(() => undefined) // killed
      if (answer === undefined) break
      assert.equal(answer.status, 200)
      acknowledged = size
    }
    clearTimeout(kill)
    child.kill('SIGKILL')
  }
  t.diagnostic(`acknowledged ${acknowledged} heads in 4 lives, lost 0`)
})

test('--once answers one request from a file, with the bytes that HTTP would give', async (t) => {
  const folder = await newFolder(t)
  const policy = join(folder, 'trust.policy')
  await writeFile(policy, `${log.keys.map((key) => `log ${formatVerifierKey(key)}\n`).join('')}quorum none\n`)
  const [request, response] = [join(folder, 'request'), join(folder, 'response')]
  const once_ = async (text: string) => {
    await writeFile(request, text)
    const args = [
      main,
      '--folder',
      join(folder, 'w'),
      '--logs',
      policy,
      '--name',
      'w.example',
      '--once',
      request,
      response,
    ]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] })
    let words = ''
    child.stdout.on('data', (chunk) => {
      words += chunk
    })
    const [status] = await once(child, 'close')
    return { status, words, body: await readFile(response, 'utf8') }
  }
  const cosigned = await once_(log.request(0, 20))
  assert.deepEqual([cosigned.status, cosigned.words], [0, '200 cosigned\n'])
  const keys = await openWitness({ folder: join(folder, 'w'), logs: [] })
  await assertCosigned(cosigned.body, keys.keys, 20)
  await keys.close()
  assert.deepEqual(await once_(log.request(0, 30)), { status: 1, words: '409 20\n', body: '20\n' })
  assert.equal((await once_(log.request(20, 30, log.rewritten(3)))).status, 1)
})

test('requests read back as written', () => {
  const request = { oldSize: 7, proof: log.proof(7, 30), checkpoint: log.note(30) }
  const read = parseAddCheckpoint(formatAddCheckpoint(request))
  assert.ok(read.ok && formatAddCheckpoint(read.value) === formatAddCheckpoint(request))
  assert.deepEqual([read.value.oldSize, read.value.proof.length], [7, request.proof.length])
  assert.ok(parseVerifierKey(sha256, formatVerifierKey(log.keys[1] as VerifierKey)).ok)
})

test('it runs from a checkout without any package: nothing but Node and files of ours', async () => {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const reached = reachableFrom(await readImports(root), 'src/witness/main.ts')
  const others = [...reached].filter((name) => !/^(node:|src\/(kernel|record|witness)\/)/.test(name))
  assert.deepEqual(others, [])
})
