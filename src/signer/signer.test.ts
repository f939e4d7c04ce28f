import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { base64, findBase64, utf8 } from '../kernel/bytes.ts'
import { nodeChecker, sha256, verifySignature } from '../record/node-crypto.ts'
import { openCheckpoint } from '../record/note.ts'
import { formatPromise, verifyPromise } from '../record/promise.ts'
import { returnSignedMessage } from '../record/return-signature.ts'
import { consistencyProofOf, leafHash, rootOf } from '../record/tree.ts'
import {
  connectSigner,
  logVerifierKeys,
  type Signer,
  SignerUnavailable,
  startSigner,
  superviseStart,
} from './client.ts'

const ORIGIN = 'habeas.example/test'
const folders: string[] = []
after(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true })
})

async function newFolder(): Promise<{ secretsFolder: string; socketPath: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'signer-'))
  folders.push(folder)
  return { secretsFolder: join(folder, 'secrets'), socketPath: join(folder, 'run', 'signer.sock') }
}

async function started(t: TestContext, place?: { secretsFolder: string; socketPath: string }) {
  const options = place ?? (await newFolder())
  const child = await startSigner(options)
  const signer = connectSigner({ socketPath: options.socketPath })
  t.after(async () => {
    signer.close()
    await child.stop()
  })
  return { ...options, child, signer }
}

const leaves = Array.from({ length: 40 }, (_, index) => leafHash(sha256, utf8(`entry ${index}`)))
const others = leaves.with(3, leafHash(sha256, utf8('rewritten')))
const head = (size: number, from: number, own = leaves) => ({
  origin: ORIGIN,
  size,
  from,
  root: rootOf(sha256, own.slice(0, size)),
  proof: from === 0 || from > size ? [] : consistencyProofOf(sha256, own.slice(0, size), { start: 0, end: from }),
})

async function assertSigned(signer: Signer, request: ReturnType<typeof head>) {
  const answer = await signer.signCheckpoint(request)
  assert.ok('note' in answer, JSON.stringify(answer))
  const opened = await openCheckpoint(nodeChecker, answer.note, logVerifierKeys(ORIGIN, await signer.keys()))
  assert.ok(opened.ok)
  assert.deepEqual(
    opened.value.signedBy.map(({ key }) => key.type),
    ['note', 'subtree'],
  )
  assert.equal(opened.value.checkpoint.size, request.size)
}

test('a growing log is signed with both keys, the same head twice too', async (t) => {
  const { signer } = await started(t)
  assert.deepEqual((await signer.state()).origin, null)
  await assertSigned(signer, head(0, 0))
  await assertSigned(signer, head(5, 0))
  await assertSigned(signer, head(5, 5))
  await assertSigned(signer, head(17, 5))
  await assertSigned(signer, head(40, 17))
  assert.equal((await signer.state()).size, 40)
})

test('it refuses to go back, to fork, to serve another log, and says what it knows', async (t) => {
  const { signer } = await started(t)
  await assertSigned(signer, head(10, 0))
  const known = { size: 10, root: base64(head(10, 0).root) }
  assert.deepEqual(await signer.signCheckpoint(head(9, 0)), { refused: 'older', ...known })
  assert.deepEqual(await signer.signCheckpoint(head(10, 0, others)), { refused: 'fork', ...known })
  assert.deepEqual(await signer.signCheckpoint(head(20, 10, others)), { refused: 'fork', ...known })
  assert.deepEqual(await signer.signCheckpoint({ ...head(20, 10), proof: [] }), { refused: 'fork', ...known })
  assert.deepEqual(await signer.signCheckpoint(head(20, 9)), { refused: 'other-start', ...known })
  const elsewhere = await signer.signCheckpoint({ ...head(20, 10), origin: 'habeas.example/other' })
  assert.deepEqual(elsewhere, { refused: 'origin', origin: ORIGIN, ...known })
  await assertSigned(signer, head(20, 10))
})

test('two heads asked for at once: one is signed, the other is not a second tree', async (t) => {
  const { signer } = await started(t)
  await assertSigned(signer, head(10, 0))
  const answers = await Promise.all([signer.signCheckpoint(head(20, 10)), signer.signCheckpoint(head(20, 10, others))])
  assert.ok('note' in answers[0])
  assert.equal('refused' in answers[1] && answers[1].refused, 'fork')
})

test('killed between state and answer: after a restart the same head is signed, another is not', async (t) => {
  const place = await newFolder()
  await (await startSigner(place)).stop()
  const fixture = fileURLToPath(new URL('./dies-after-state.fixture.ts', import.meta.url))
  const dying = await superviseStart(spawn(process.execPath, [fixture, place.secretsFolder, place.socketPath]))
  const client = connectSigner({ socketPath: place.socketPath })
  await assert.rejects(client.signCheckpoint(head(12, 0)), SignerUnavailable)
  await dying.exited
  client.close()
  const { signer } = await started(t, place)
  assert.equal((await signer.state()).size, 12)
  assert.equal('refused' in (await signer.signCheckpoint(head(12, 0, others))), true)
  await assertSigned(signer, head(12, 0))
})

test('kill -9 at any moment: the state never falls behind a signature that was given', async () => {
  const place = await newFolder()
  let signedSize = 0
  for (let round = 0; round < 5; round++) {
    const child = await startSigner(place)
    const client = connectSigner({ socketPath: place.socketPath })
    const last = await client.state()
    assert.ok(last.size >= signedSize)
    const killer = delay(round * 4).then(() => process.kill(child.pid, 'SIGKILL'))
    try {
      for (let size = last.size + 1, from = last.size; size <= 40; from = size++) {
        const answer = await client.signCheckpoint(head(size, from))
        assert.ok('note' in answer)
        signedSize = size
      }
    } catch (error) {
      assert.ok(error instanceof SignerUnavailable)
    }
    await killer.catch(() => undefined)
    await child.exited
    client.close()
  }
})

test('promises and returns carry their own domain and verify', async (t) => {
  const { signer } = await started(t)
  const { promise, custodian } = await signer.keys()
  const text = formatPromise({
    origin: ORIGIN,
    timeSeconds: 1_795_424_523,
    delaySeconds: 10,
    leafHashes: leaves.slice(0, 3),
  })
  const signature = await signer.signPromise(text)
  assert.ok(await verifyPromise(verifySignature, text, promise.ed25519, signature))
  assert.ok(!(await verifyPromise(verifySignature, `${text}x`, promise.ed25519, signature)))
  await assert.rejects(signer.signPromise('habeas/return/v1\nx\n'), TypeError)

  const digest = hash('sha256', 'a return', 'buffer')
  const signatures = await signer.signReturn(digest)
  assert.deepEqual(
    signatures.map(({ alg }) => alg),
    ['ed25519', 'ml-dsa-44'],
  )
  for (const { alg, key, sig } of signatures) {
    assert.equal(key, base64(custodian[alg]))
    const message = returnSignedMessage(base64(digest))
    assert.ok(await verifySignature(alg, findBase64(key) ?? digest, message, findBase64(sig) ?? digest))
  }
  await assert.rejects(signer.signReturn(new Uint8Array(5)), TypeError)
})

test('many in flight: each gets its own answer', async (t) => {
  const { signer } = await started(t)
  const { promise } = await signer.keys()
  await Promise.all(
    Array.from({ length: 300 }, async (_, timeSeconds) => {
      const text = formatPromise({ origin: ORIGIN, timeSeconds, delaySeconds: 10, leafHashes: leaves.slice(0, 1) })
      assert.ok(await verifyPromise(verifySignature, text, promise.ed25519, await signer.signPromise(text)))
    }),
  )
})

test('away: a typed fault at once; back: the same client goes on with the same keys', async (t) => {
  const place = await newFolder()
  const child = await startSigner(place)
  const signer = connectSigner({ socketPath: place.socketPath })
  t.after(() => signer.close())
  const before = await signer.keys()
  process.kill(child.pid, 'SIGKILL')
  await child.exited
  await assert.rejects(signer.keys(), SignerUnavailable)
  const again = await startSigner(place)
  t.after(() => again.stop())
  await untilConnected(signer)
  assert.deepEqual(await signer.keys(), before)
})

test('a signer that hangs is unavailable after the timeout', async (t) => {
  const place = await newFolder()
  const child = await startSigner(place)
  const signer = connectSigner({ socketPath: place.socketPath, timeoutMs: 100 })
  t.after(async () => {
    process.kill(child.pid, 'SIGCONT')
    signer.close()
    await child.stop()
  })
  await signer.keys()
  process.kill(child.pid, 'SIGSTOP')
  await assert.rejects(signer.keys(), SignerUnavailable)
})

test('keys, state and socket are for one account alone; loose modes and lost files stop the start', async () => {
  const place = await newFolder()
  const child = await startSigner(place)
  assert.equal((await stat(place.socketPath)).mode & 0o777, 0o600)
  assert.equal((await stat(place.secretsFolder)).mode & 0o777, 0o700)
  for (const name of await readdir(place.secretsFolder)) {
    assert.equal((await stat(join(place.secretsFolder, name))).mode & 0o777, 0o600, name)
  }
  const client = connectSigner(place)
  await assertSigned(client, head(3, 0))
  client.close()
  await child.stop()

  const key = join(place.secretsFolder, 'promise-ed25519.pem')
  await chmod(key, 0o644)
  await assert.rejects(startSigner(place), /may be read by others/)
  await chmod(key, 0o600)
  const pem = await readFile(key)
  await rm(key)
  await assert.rejects(startSigner(place), /is missing/)
  await writeFile(key, pem, { mode: 0o600 })
  await rm(join(place.secretsFolder, 'state.json'))
  await assert.rejects(startSigner(place), /no state\.json/)
})

test('one signer a folder: the second waits, then says so', async (t) => {
  const { secretsFolder, child } = await started(t)
  const second = startSigner({ secretsFolder, socketPath: (await newFolder()).socketPath })
  await assert.rejects(second, /another signer works/)
  assert.ok(child.pid > 0)
})

test('the signer ends when its parent is killed', async () => {
  const place = await newFolder()
  const parent = spawn(process.execPath, ['--input-type=module', '-e', PARENT, place.secretsFolder, place.socketPath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = Number(
    await new Promise((resolve) => parent.stdout.once('data', (chunk: Buffer) => resolve(String(chunk)))),
  )
  process.kill(parent.pid as number, 'SIGKILL')
  for (let tries = 0; isRunning(pid); tries++) {
    assert.ok(tries < 250, 'the signer outlives its parent')
    await delay(20)
  }
})
const PARENT = `
import { startSigner } from ${JSON.stringify(new URL('./client.ts', import.meta.url).href)}
const [secretsFolder, socketPath] = process.argv.slice(1)
const { pid } = await startSigner({ secretsFolder, socketPath })
console.log(pid)
setInterval(() => undefined, 1000)`

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function untilConnected(signer: Signer): Promise<void> {
  for (let tries = 0; !signer.isConnected(); tries++) {
    assert.ok(tries < 500, 'the client never came back')
    await delay(10)
  }
}
