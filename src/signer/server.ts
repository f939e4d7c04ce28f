/** The signer's decisions and its socket. `main.ts` is the process around it. */
import { chmod, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { join, resolve as resolvePath } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { base64, bytesEqual, findBase64, utf8 } from '../kernel/bytes.ts'
import { type Checkpoint, formatCheckpoint, isKeyName } from '../record/checkpoint.ts'
import { sha256 } from '../record/node-crypto.ts'
import {
  formatNote,
  formatSignatureLine,
  type KeyType,
  makeVerifierKey,
  signatureBody,
  signedMessage,
} from '../record/note.ts'
import { parsePromise } from '../record/promise.ts'
import { returnSignedMessage } from '../record/return-signature.ts'
import { keyThumbprint, parseSdJwtSigningInput } from '../record/sd-jwt.ts'
import { HASH_BYTES, verifyConsistency } from '../record/tree.ts'
import { openKeys, type SignerKeySet, type SigningKey } from './keys.ts'
import {
  type BadRequest,
  type CheckpointAnswer,
  encodeFrame,
  type KeyAnswer,
  makeFrameReader,
  type PromiseAnswer,
  type ReturnAnswer,
  type SdJwtAnswer,
  type StateAnswer,
} from './protocol.ts'
import { findState, type SignerState, writeState } from './state.ts'

export type SignerOptions = {
  secretsFolder: string
  socketPath: string
  /** For tests: runs when the state is on disk and the answer not yet sent. */
  afterStateWritten?: () => void
}

export type RunningSigner = { close: () => Promise<void> }

/** Longest socket path that every kernel takes (104 on macOS, 108 on Linux, with the closing zero). */
const SOCKET_PATH_BYTES_MAX = 103

/** Opens keys and state, takes the folder's lock and listens. Throws with a sentence for the operator. */
export async function serveSigner(options: SignerOptions): Promise<RunningSigner> {
  if (Buffer.byteLength(options.socketPath) > SOCKET_PATH_BYTES_MAX) {
    throw new Error(`socket path is longer than ${SOCKET_PATH_BYTES_MAX} bytes: ${options.socketPath}`)
  }
  process.umask(0o077) // keys, state and socket are for this account alone
  const keys = await openKeys(options.secretsFolder)
  const lock = await takeLock(options.secretsFolder)
  const answer = makeAnswerer(keys, options)
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    serveConnection(socket, answer)
  })
  await removeFile(options.socketPath) // left by a signer that was killed; the lock says that none is alive
  await listen(server, options.socketPath)
  return {
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await Promise.all([server, lock].map((each) => new Promise((resolve) => each.close(resolve))))
    },
  }
}

type Answer =
  | KeyAnswer
  | StateAnswer
  | CheckpointAnswer
  | PromiseAnswer
  | ReturnAnswer
  | SdJwtAnswer
  | BadRequest
  | Promise<CheckpointAnswer | StateAnswer | BadRequest>

function serveConnection(socket: Socket, answer: (request: Record<string, unknown>) => Answer): void {
  const reader = makeFrameReader((request) => {
    const send = (message: object) => {
      if (socket.writable) socket.write(encodeFrame({ n: request.n, ...message }))
    }
    const answered = answer(request)
    if (answered instanceof Promise) {
      // A fault here is the disk's: say so and drop the connection, nothing was signed.
      answered.then(send, (error: unknown) => {
        console.error(`signer: ${error instanceof Error ? error.message : String(error)}`)
        socket.destroy()
      })
    } else send(answered)
  })
  socket.on('data', (chunk: Buffer) => {
    try {
      reader(chunk)
    } catch (error) {
      console.error(`signer: ${error instanceof Error ? error.message : String(error)}`)
      socket.destroy()
    }
  })
  socket.on('error', () => socket.destroy()) // the client went away; there is nobody to tell
}

function makeAnswerer(keys: SignerKeySet, options: SignerOptions): (request: Record<string, unknown>) => Answer {
  // Tree heads one after another: two decided on the same state could be two trees.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work)
    turn = result.catch(() => undefined) // the caller of `result` sees the fault; the queue goes on
    return result
  }
  return (request) => {
    switch (request.op) {
      case 'keys':
        return keyAnswer(keys)
      case 'state':
        return inTurn(async () => stateAnswer(await getState(options.secretsFolder)))
      case 'checkpoint': {
        const asked = findCheckpointRequest(request)
        if (asked === undefined) return { bad: 'checkpoint needs origin, size, root, from, proof' }
        return inTurn(() => decideCheckpoint(keys, options, asked))
      }
      case 'promise': {
        const message = request.message
        if (typeof message !== 'string' || !parsePromise(message).ok) return { bad: 'message is no promise' }
        return { signature: base64(keys.promise.sign(utf8(message))) }
      }
      case 'sign-return': {
        const digest = request.digest
        if (typeof digest !== 'string' || findBase64(digest)?.length !== HASH_BYTES)
          return { bad: 'digest is no SHA-256' }
        const message = returnSignedMessage(digest)
        return {
          signatures: [keys.custodianEd25519, keys.custodianMlDsa44].map((key) => ({
            alg: key.algorithm,
            key: base64(key.publicKey),
            sig: base64(key.sign(message)),
          })),
        }
      }
      case 'sign-sd-jwt': {
        // Read here, not believed: the same key signs returns, and must never sign one that came in by this door.
        const input = request.input
        const { custodianEd25519: key } = keys
        const kid = keyThumbprint(sha256, key.publicKey)
        if (typeof input !== 'string' || !parseSdJwtSigningInput(input, kid).ok) {
          return { bad: 'input is no SD-JWT of an entry under the custodian key' }
        }
        return { signature: base64(key.sign(utf8(input))) }
      }
      default:
        return { bad: 'unknown op' }
    }
  }
}

type CheckpointRequest = Checkpoint & { from: number; proof: Uint8Array[] }

function findCheckpointRequest(request: Record<string, unknown>): CheckpointRequest | undefined {
  const { origin, size, root, from, proof } = request
  if (typeof origin !== 'string' || !isKeyName(origin)) return undefined
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
  if (typeof from !== 'number' || typeof root !== 'string' || !Array.isArray(proof)) return undefined
  const hashes = [root, ...proof].map((hash) => (typeof hash === 'string' ? findBase64(hash) : undefined))
  const whole = hashes.filter((hash) => hash !== undefined && hash.length === HASH_BYTES) as Uint8Array[]
  if (whole.length !== hashes.length) return undefined
  const [first, ...rest] = whole
  return first === undefined ? undefined : { origin, size, root: first, from, proof: rest }
}

async function decideCheckpoint(
  keys: SignerKeySet,
  options: SignerOptions,
  asked: CheckpointRequest,
): Promise<CheckpointAnswer> {
  // From the disk each time: should a second signer ever run on this folder, both decide on the same state.
  const last = await getState(options.secretsFolder)
  const known = { size: last.size, root: base64(last.root) }
  if (last.origin !== null && last.origin !== asked.origin) return { refused: 'origin', origin: last.origin, ...known }
  if (asked.size < last.size) return { refused: 'older', ...known }
  if (asked.size === last.size) {
    if (!bytesEqual(asked.root, last.root)) return { refused: 'fork', ...known }
    // The same head again: the answer to the first request was lost. The state is as it must be, unless it is new.
    if (last.origin !== null) return signCheckpoint(keys, asked)
  } else {
    if (asked.from !== last.size) return { refused: 'other-start', ...known }
    const claim = {
      oldSize: last.size,
      oldRoot: last.root,
      newSize: asked.size,
      newRoot: asked.root,
      proof: asked.proof,
    }
    // From the empty tree anything grows (tlog-witness takes an empty proof too).
    if (!verifyConsistency(sha256, claim, { fromEmpty: 'accept' })) return { refused: 'fork', ...known }
  }
  await writeState(options.secretsFolder, { origin: asked.origin, size: asked.size, root: asked.root })
  options.afterStateWritten?.()
  return signCheckpoint(keys, asked)
}

function signCheckpoint(keys: SignerKeySet, checkpoint: Checkpoint): CheckpointAnswer {
  const text = formatCheckpoint(checkpoint)
  const timeSeconds = Math.floor(Temporal.Now.instant().epochMilliseconds / 1000)
  const line = (type: KeyType, { publicKey, sign }: SigningKey) => {
    const key = makeVerifierKey(sha256, checkpoint.origin, type, publicKey)
    const signature = sign(signedMessage(key, checkpoint, text, timeSeconds))
    return formatSignatureLine(key, signatureBody(type, signature, timeSeconds))
  }
  const lines = [line('note', keys.logEd25519), line('subtree', keys.logMlDsa44)]
  return { note: formatNote(text, lines), lines }
}

function keyAnswer(keys: SignerKeySet): KeyAnswer {
  return {
    log: { ed25519: base64(keys.logEd25519.publicKey), 'ml-dsa-44': base64(keys.logMlDsa44.publicKey) },
    promise: { ed25519: base64(keys.promise.publicKey) },
    custodian: {
      ed25519: base64(keys.custodianEd25519.publicKey),
      'ml-dsa-44': base64(keys.custodianMlDsa44.publicKey),
    },
  }
}

async function getState(folder: string): Promise<SignerState> {
  const state = await findState(folder)
  if (state === undefined) throw new Error('state.json has gone; nothing is signed without it')
  return state
}

function stateAnswer({ origin, size, root }: SignerState): StateAnswer {
  return { origin, size, root: base64(root) }
}

/**
 * One signer a folder. The lock is a listening socket: the kernel releases it with the process, however that dies.
 */
async function takeLock(folder: string): Promise<Server> {
  const path = lockPathIn(folder)
  const patienceMs = 5_000 // a signer whose parent was just killed needs a moment to notice
  for (let waitedMs = 0; await isAlive(path); waitedMs += 50) {
    if (waitedMs >= patienceMs) throw new Error(`another signer works in ${folder}`)
    await delay(50)
  }
  await removeFile(path)
  const lock = createServer((socket) => socket.destroy())
  await listen(lock, path)
  return lock
}

const SOCKET_PATH_MAX = 100 // bytes; the kernel takes 107, others 103

/** A long path is named from within its folder: that is for a process of one signer, whose place is its own. */
function lockPathIn(folder: string): string {
  const path = join(resolvePath(folder), 'lock.sock')
  if (Buffer.byteLength(path) <= SOCKET_PATH_MAX) return path
  process.chdir(folder)
  return 'lock.sock'
}

function isAlive(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path)
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false)) // nobody listens: no file, or left by a killed signer
  })
}

async function listen(server: Server, path: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
  await chmod(path, 0o600)
}

async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}
