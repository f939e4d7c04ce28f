/**
 * habeas-witness: for each log that it trusts it remembers the tree head that it cosigned last, and cosigns another
 * only when that one extends it (C2SP tlog-witness v1.0.0, tlog-cosignature). It looks at no entry and knows nothing
 * of custody; what it makes impossible is that a log shows two people two pasts.
 *
 *     <folder>/name                  name of both keys, for ever
 *     <folder>/ed25519.pem           keys, mode 0600, made at the first start
 *     <folder>/ml-dsa-44.pem
 *     <folder>/origins               every log that was ever cosigned, one origin a line
 *     <folder>/heads/<sha256>        last head of that origin: the note, the log's lines, our lines
 *     <folder>/evidence/…            heads that a log signed and that do not extend what we cosigned
 *
 * Whoever copies an older folder back makes this witness forget, and forgetting is signing two pasts. So: never restore
 * it, start a new witness with new keys.
 */
import { createPrivateKey, createPublicKey, generateKeyPairSync, hash, sign } from 'node:crypto'
import { mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join, relative } from 'node:path'
import { bytesEqual } from '../kernel/bytes.ts'
import type { SignatureAlgorithm } from '../kernel/hash.ts'
import { type Checkpoint, isKeyName, parseCheckpoint } from '../record/checkpoint.ts'
import { writeDurably } from '../record/durable-file.ts'
import { nodeChecker, rawPublicKey, sha256 } from '../record/node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  type KeyType,
  makeVerifierKey,
  openCheckpoint,
  parseNote,
  signatureBody,
  signedMessage,
  type VerifierKey,
} from '../record/note.ts'
import { emptyRoot, verifyConsistency } from '../record/tree.ts'
import { parseAddCheckpoint, SIZE_CONTENT_TYPE } from '../record/witness-protocol.ts'

export type WitnessOptions = {
  readonly folder: string
  /** Name of the witness's keys, a URL without scheme. Counts at the first start; later it must be the same. */
  readonly name?: string
  /** Keys of the logs it cosigns; a log with two keys stands here twice. The name of a key is the log's origin. */
  readonly logs: readonly VerifierKey[]
  /** POSIX seconds. */
  readonly now?: () => number
  readonly hooks?: WitnessHooks
}

/** For tests: places where a race or a crash is forced. */
export type WitnessHooks = {
  readonly betweenCheckAndCommit?: (checkpoint: Checkpoint) => Promise<void>
  readonly afterStateWritten?: () => void
}

export type WitnessAnswer = {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422
  readonly body: string
  readonly contentType: string
}

export type Witness = {
  /** Ed25519 (type 0x04) and ML-DSA-44 (type 0x06): what a trust policy names. */
  readonly keys: readonly VerifierKey[]
  /** Answers one request of `add-checkpoint`. Throws only when the disk or the state fails: nothing was signed. */
  addCheckpoint(request: string): Promise<WitnessAnswer>
  /** The head cosigned last for the origin of this SHA-256 (lower-case hex), with the log's lines and ours. */
  findCheckpoint(originHash: string): Promise<string | undefined>
  close(): Promise<void>
}

/** At most so many refused heads are kept: a log gone wrong must not fill the witness's disk. */
const EVIDENCE_FILES_MAX = 1_000

/** Opens folder, keys and state, and takes the folder's lock. Throws with a sentence for the operator. */
export async function openWitness(options: WitnessOptions): Promise<Witness> {
  const { folder, logs, hooks } = options
  const now = options.now ?? (() => Math.floor(Temporal.Now.instant().epochMilliseconds / 1000))
  if (logs.some(({ type }) => type === 'cosignature')) throw new Error('a key of type 4 is a witness’s, no log’s')
  await mkdir(join(folder, 'heads'), { recursive: true, mode: 0o700 })
  await assertPrivate(folder)
  const lock = await takeLock(folder)
  try {
    const cosigners = await openCosigners(folder, options.name)
    const keys = cosigners.map(({ key }) => key)
    await checkHeads(folder, keys)
    const turns = new Map<string, Promise<unknown>>()
    return {
      keys,
      async addCheckpoint(request) {
        const asked = await checkRequest(logs, request)
        if ('status' in asked) return asked
        // One lock an origin: two requests that were both checked against the same head could be two trees.
        const turn = turns.get(asked.checkpoint.origin) ?? Promise.resolve()
        const answer = turn.then(() => commit({ folder, cosigners, now, hooks }, asked))
        const settled = answer.catch(() => undefined) // the caller of `answer` sees the fault; the queue goes on
        turns.set(asked.checkpoint.origin, settled)
        return answer
      },
      findCheckpoint: async (originHash) =>
        /^[0-9a-f]{64}$/.test(originHash) ? findFile(join(folder, 'heads', originHash)) : undefined,
      close: async () => {
        await Promise.all(turns.values())
        await new Promise((resolve) => lock.close(resolve))
      },
    }
  } catch (error) {
    lock.close()
    throw error
  }
}

type Asked = {
  readonly request: string
  readonly oldSize: number
  readonly proof: readonly Uint8Array[]
  readonly checkpoint: Checkpoint
  readonly text: string
  /** The lines of the log's known keys, verified. */
  readonly logLines: readonly string[]
}

/** Everything that needs no state, in the order of the specification. */
async function checkRequest(logs: readonly VerifierKey[], request: string): Promise<WitnessAnswer | Asked> {
  const parsed = parseAddCheckpoint(request)
  if (!parsed.ok) return refuse(400, parsed.reason)
  const note = parseNote(parsed.value.checkpoint)
  if (!note.ok) return refuse(400, note.reason)
  const checkpoint = parseCheckpoint(note.value.text)
  if (!checkpoint.ok) return refuse(400, checkpoint.reason)
  const { origin, size } = checkpoint.value
  const keys = logs.filter(({ name }) => name === origin)
  if (keys.length === 0) return refuse(404, 'this witness does not serve that origin')
  const opened = await openCheckpoint(nodeChecker, parsed.value.checkpoint, keys)
  if (!opened.ok) return refuse(403, opened.reason)
  if (opened.value.signedBy.length === 0) return refuse(403, 'no key of the log that this witness trusts has signed')
  const { oldSize, proof } = parsed.value
  if (oldSize > size) return refuse(400, 'the old size is larger than the checkpoint')
  const logLines = opened.value.signedBy.map(({ key }) => {
    const line = note.value.signatures.find(({ name, keyId }) => name === key.name && bytesEqual(keyId, key.keyId))
    return formatSignatureLine(key, (line as NonNullable<typeof line>).body)
  })
  return { request, oldSize, proof, checkpoint: checkpoint.value, text: note.value.text, logLines }
}

type Desk = {
  readonly folder: string
  readonly cosigners: readonly Cosigner[]
  readonly now: () => number
  readonly hooks: WitnessHooks | undefined
}

/** Checks against the last head and moves to the new one. The caller holds the origin's lock. */
async function commit({ folder, cosigners, now, hooks }: Desk, asked: Asked): Promise<WitnessAnswer> {
  const { oldSize, proof, checkpoint, text, logLines } = asked
  const { origin, size, root } = checkpoint
  const last = await getHead(folder, origin)
  if (oldSize !== last.size) return conflict(last.size)
  if (size === last.size && !bytesEqual(root, last.root)) {
    await keepEvidence(folder, asked)
    return conflict(last.size) // v1.0.0: another root at the same size is a conflict too
  }
  const claim = { oldSize, oldRoot: last.root, newSize: size, newRoot: root, proof }
  if (!verifyConsistency(sha256, claim, { fromEmpty: 'accept' })) {
    await keepEvidence(folder, asked)
    return refuse(422, 'the proof does not show that this tree extends the one cosigned last')
  }
  await hooks?.betweenCheckAndCommit?.(checkpoint)
  const timeSeconds = now()
  const lines = cosigners.map(({ key, sign }) =>
    formatSignatureLine(
      key,
      signatureBody(key.type, sign(signedMessage(key, checkpoint, text, timeSeconds)), timeSeconds),
    ),
  )
  await writeDurably(headPath(folder, origin), formatNote(text, [...logLines, ...lines]))
  await remember(folder, origin)
  hooks?.afterStateWritten?.()
  return { status: 200, body: lines.join(''), contentType: 'text/plain; charset=utf-8' }
}

function refuse(status: 400 | 403 | 404 | 422, reason: string): WitnessAnswer {
  return { status, body: `${reason}\n`, contentType: 'text/plain; charset=utf-8' }
}

function conflict(size: number): WitnessAnswer {
  return { status: 409, body: `${size}\n`, contentType: SIZE_CONTENT_TYPE }
}

/** The last head, read from the disk each time; the empty tree for a log never cosigned. */
async function getHead(folder: string, origin: string): Promise<{ size: number; root: Uint8Array }> {
  const note = await findFile(headPath(folder, origin))
  if (note === undefined) {
    if ((await readOrigins(folder)).includes(origin)) throw lostHead(folder, origin)
    return { size: 0, root: emptyRoot(sha256) }
  }
  return getCheckpoint(headPath(folder, origin), note)
}

function getCheckpoint(path: string, note: string): Checkpoint {
  const parsed = parseNote(note)
  const checkpoint = parsed.ok ? parseCheckpoint(parsed.value.text) : parsed
  if (!checkpoint.ok) throw new Error(`${path} is damaged (${checkpoint.reason}); never delete it: ${RETIRE}`)
  return checkpoint.value
}

const RETIRE = 'what this witness has signed is unknown, so retire it and start another with new keys'

const lostHead = (folder: string, origin: string) =>
  new Error(`${headPath(folder, origin)}, the head of ${origin}, has gone: ${RETIRE}`)

function headPath(folder: string, origin: string): string {
  return join(folder, 'heads', hash('sha256', origin))
}

/** A head that is gone must not look like a log never seen. */
async function remember(folder: string, origin: string): Promise<void> {
  const known = await readOrigins(folder)
  if (known.includes(origin)) return
  await writeDurably(join(folder, 'origins'), [...known, origin].map((line) => `${line}\n`).join(''))
}

async function readOrigins(folder: string): Promise<string[]> {
  return ((await findFile(join(folder, 'origins'))) ?? '').split('\n').filter((line) => line !== '')
}

/** At the start: every head is one that our own keys cosigned, and none has gone. */
async function checkHeads(folder: string, keys: readonly VerifierKey[]): Promise<void> {
  for (const origin of await readOrigins(folder)) {
    if ((await findFile(headPath(folder, origin))) === undefined) throw lostHead(folder, origin)
  }
  for (const file of await readdir(join(folder, 'heads'))) {
    const path = join(folder, 'heads', file)
    if (file.endsWith('.new')) continue // a write that was cut short; the head beside it is the whole one
    const note = (await findFile(path)) ?? ''
    const { origin } = getCheckpoint(path, note)
    const opened = await openCheckpoint(nodeChecker, note, keys)
    if (!opened.ok || opened.value.signedBy.length < keys.length || headPath(folder, origin) !== path) {
      throw new Error(`${path} is not as this witness wrote it; never delete it: ${RETIRE}`)
    }
    await remember(folder, origin) // a kill between the two writes left it unsaid
  }
}

/** A head that the log signed and that does not extend ours: with our own file it proves that the log rewrote. */
async function keepEvidence(folder: string, { checkpoint: { origin, size }, request }: Asked): Promise<void> {
  const place = join(folder, 'evidence')
  await mkdir(place, { recursive: true, mode: 0o700 })
  if ((await readdir(place)).length >= EVIDENCE_FILES_MAX) return
  const name = `${hash('sha256', origin).slice(0, 16)}-${size}-${hash('sha256', request).slice(0, 16)}`
  await writeDurably(join(place, name), request)
}

type Cosigner = { readonly key: VerifierKey; readonly sign: (message: Uint8Array) => Uint8Array }

const COSIGNERS = [
  { file: 'ed25519.pem', algorithm: 'ed25519' },
  { file: 'ml-dsa-44.pem', algorithm: 'ml-dsa-44' },
] as const satisfies readonly { file: string; algorithm: SignatureAlgorithm }[]

/** Loads name and keys, or makes them in a folder that has cosigned nothing. */
async function openCosigners(folder: string, name: string | undefined): Promise<Cosigner[]> {
  if (name !== undefined && !isKeyName(name)) throw new Error(`${name} is no name of a key: no spaces, no plus sign`)
  const isNew = (await readdir(join(folder, 'heads'))).length === 0 && (await readOrigins(folder)).length === 0
  const pairs = await Promise.all(
    COSIGNERS.map(({ file, algorithm }) => openPair(join(folder, file), algorithm, isNew)),
  )
  const known = (await findFile(join(folder, 'name')))?.trimEnd()
  if (known === undefined && !isNew) throw new Error(`${join(folder, 'name')} has gone; the keys are known by it`)
  if (known !== undefined && name !== undefined && known !== name) {
    throw new Error(`this witness is called ${known}; another name means another witness, with a folder of its own`)
  }
  const own = known ?? name ?? `habeas-witness/${hash('sha256', pairs[0]?.publicKey ?? '').slice(0, 16)}`
  if (known === undefined) await writeDurably(join(folder, 'name'), `${own}\n`)
  return pairs.map(({ type, publicKey, privateKey }) => ({
    key: makeVerifierKey(sha256, own, type, publicKey),
    sign: (message) => sign(null, message, privateKey),
  }))
}

async function openPair(path: string, algorithm: SignatureAlgorithm, mayMake: boolean) {
  if ((await findFile(path)) === undefined) {
    if (!mayMake) throw new Error(`${path} is missing from a witness that has cosigned before`)
    const { privateKey } = algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44')
    await writeDurably(path, privateKey.export({ type: 'pkcs8', format: 'pem' }))
  }
  await assertPrivate(path)
  const privateKey = createPrivateKey(await readFile(path))
  if (privateKey.asymmetricKeyType !== algorithm) throw new Error(`${path} holds no ${algorithm} key`)
  const type: KeyType = algorithm === 'ed25519' ? 'cosignature' : 'subtree'
  return { type, privateKey, publicKey: rawPublicKey(createPublicKey(privateKey)) }
}

async function assertPrivate(path: string): Promise<void> {
  const { mode } = await stat(path)
  if ((mode & 0o077) !== 0) throw new Error(`${path} may be read by others; make it private: chmod go-rwx ${path}`)
}

async function findFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Longest socket path that every kernel takes (104 on macOS, 108 on Linux, with the closing zero). */
const SOCKET_PATH_BYTES_MAX = 103

/** One witness a folder. The lock is a listening socket: the kernel releases it with the process, however that dies. */
async function takeLock(folder: string): Promise<Server> {
  const whole = join(folder, 'lock.sock')
  const near = relative(process.cwd(), whole)
  const path = Buffer.byteLength(near) < Buffer.byteLength(whole) ? near : whole
  if (Buffer.byteLength(path) > SOCKET_PATH_BYTES_MAX) throw new Error(`the path of ${folder} is too long`)
  if (await isAlive(path)) throw new Error(`a witness already works on ${folder}`)
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  const lock = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => lock.once('error', reject).listen(path, resolve))
  return lock
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false)) // nobody listens: no file, or left by a witness that was killed
  })
}
