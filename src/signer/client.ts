/** The way to the signer: connects, connects again, and says with a type when it is not there. */
import { type ChildProcess, spawn } from 'node:child_process'
import { connect, type Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import { base64, findBase64 } from '../kernel/bytes.ts'
import { sha256 } from '../record/node-crypto.ts'
import { makeVerifierKey, type VerifierKey } from '../record/note.ts'
import {
  type CheckpointAnswer,
  type CheckpointRefusal,
  encodeFrame,
  type KeyAnswer,
  makeFrameReader,
  type PromiseAnswer,
  type ReturnAnswer,
  type SdJwtAnswer,
  type SignerRequest,
  type StateAnswer,
} from './protocol.ts'

export type { CheckpointRefusal } from './protocol.ts'

/**
 * The signer does not answer: not running, cut off, or too slow. What was asked may have been signed. Every request
 * may be repeated as it was. Acts are answered 'recorded, promise pending' meanwhile.
 */
export class SignerUnavailable extends Error {
  override name = 'SignerUnavailable'
}

export type SignerKeys = {
  log: { ed25519: Uint8Array; 'ml-dsa-44': Uint8Array }
  promise: { ed25519: Uint8Array }
  custodian: { ed25519: Uint8Array; 'ml-dsa-44': Uint8Array }
}

export type SignedCheckpoint = { note: string; lines: string[] }

export type ReturnSignature = ReturnAnswer['signatures'][number]

export type CheckpointToSign = {
  origin: string
  size: number
  root: Uint8Array
  /** The size that the proof starts from: what the signer last signed (`state()`), 0 at first. */
  from: number
  /** Consistency proof from `from` to `size`; empty when `from` is 0 or `size`. */
  proof: readonly Uint8Array[]
}

export interface Signer {
  keys(): Promise<SignerKeys>
  /** What was last signed; `origin` null before the first. */
  state(): Promise<{ origin: string | null; size: number; root: Uint8Array }>
  /** Signs with both keys of the log, or says why not. Ask only for a tree that is committed: see README. */
  signCheckpoint(checkpoint: CheckpointToSign): Promise<SignedCheckpoint | CheckpointRefusal>
  /** Ed25519 signature over a text of `formatPromise`. */
  signPromise(message: string): Promise<Uint8Array>
  /** The custodian's signatures, Ed25519 and ML-DSA-44, over the SHA-256 of a return's JCS bytes. */
  signReturn(digest: Uint8Array): Promise<ReturnSignature[]>
  /** The custodian's Ed25519 signature over `sdJwtSigningInput` of an entry; anything else is refused as a bug. */
  signSdJwt(input: string): Promise<Uint8Array>
  isConnected(): boolean
  close(): void
}

export type ConnectOptions = {
  socketPath: string
  /** Longest wait for one answer, connecting included. Default 5 s. */
  timeoutMs?: number
}

const BACKOFF_MS_MIN = 20
const BACKOFF_MS_MAX = 1_000

type Waiting = { resolve: (answer: unknown) => void; reject: (error: Error) => void; deadline: number }

/** Connects at once and keeps connecting. While it is known to be away, requests fail at once instead of waiting. */
export function connectSigner({ socketPath, timeoutMs = 5_000 }: ConnectOptions): Signer {
  const waiting = new Map<number, Waiting>()
  let socket: Socket | undefined
  let isUp = false
  let isClosed = false
  let failures = 0
  let unsent: Buffer[] = []
  let lastNumber = 0
  let retry: NodeJS.Timeout | undefined

  const failAll = (reason: string) => {
    unsent = []
    for (const { reject } of waiting.values()) reject(new SignerUnavailable(reason))
    waiting.clear()
  }
  // One timer for all requests: arming one for each would cost more than the request.
  const watch = setInterval(
    () => {
      const now = performance.now()
      for (const [number, { reject, deadline }] of waiting) {
        if (deadline > now) continue
        waiting.delete(number)
        reject(new SignerUnavailable(`the signer did not answer within ${timeoutMs} ms`))
      }
    },
    Math.min(timeoutMs, 100),
  )
  watch.unref()

  const open = () => {
    const opening = connect(socketPath)
    socket = opening
    const reader = makeFrameReader((answer) => {
      const number = answer.n as number
      waiting.get(number)?.resolve(answer)
      waiting.delete(number)
    })
    opening.on('connect', () => {
      isUp = true
      failures = 0
      for (const frame of unsent) opening.write(frame)
      unsent = []
    })
    opening.on('data', (chunk: Buffer) => {
      try {
        reader(chunk)
      } catch {
        opening.destroy(new Error('the signer sent no frame'))
      }
    })
    opening.on('error', () => undefined) // 'close' follows and tells all that wait
    opening.on('close', () => {
      isUp = false
      failures++
      failAll('the signer is not reachable')
      if (isClosed) return
      retry = setTimeout(open, Math.min(BACKOFF_MS_MAX, BACKOFF_MS_MIN * 2 ** failures))
      retry.unref()
    })
  }
  open()

  const ask = <T>(request: SignerRequest): Promise<T> => {
    if (isClosed) return Promise.reject(new SignerUnavailable('this connection to the signer was closed'))
    if (!isUp && failures > 0) return Promise.reject(new SignerUnavailable('the signer is not reachable'))
    return new Promise<T>((resolve, reject) => {
      const number = ++lastNumber
      waiting.set(number, {
        reject,
        deadline: performance.now() + timeoutMs,
        resolve: (answer) => {
          const { n: _n, ...rest } = answer as { n: number; bad?: unknown }
          if (typeof rest.bad === 'string') reject(new TypeError(`signer: ${rest.bad}`))
          else resolve(rest as T)
        },
      })
      const frame = encodeFrame({ n: number, ...request })
      if (isUp && socket !== undefined) socket.write(frame)
      else unsent.push(frame)
    })
  }

  return {
    keys: async () => {
      const { log, promise, custodian } = await ask<KeyAnswer>({ op: 'keys' })
      const both = (keys: { ed25519: string; 'ml-dsa-44': string }) => ({
        ed25519: getBytes(keys.ed25519),
        'ml-dsa-44': getBytes(keys['ml-dsa-44']),
      })
      return { log: both(log), promise: { ed25519: getBytes(promise.ed25519) }, custodian: both(custodian) }
    },
    state: async () => {
      const { origin, size, root } = await ask<StateAnswer>({ op: 'state' })
      return { origin, size, root: getBytes(root) }
    },
    signCheckpoint: ({ origin, size, root, from, proof }) =>
      ask<CheckpointAnswer>({ op: 'checkpoint', origin, size, root: base64(root), from, proof: proof.map(base64) }),
    signPromise: async (message) => getBytes((await ask<PromiseAnswer>({ op: 'promise', message })).signature),
    signReturn: async (digest) => (await ask<ReturnAnswer>({ op: 'sign-return', digest: base64(digest) })).signatures,
    signSdJwt: async (input) => getBytes((await ask<SdJwtAnswer>({ op: 'sign-sd-jwt', input })).signature),
    isConnected: () => isUp,
    close: () => {
      isClosed = true
      clearInterval(watch)
      clearTimeout(retry)
      failAll('this connection to the signer was closed')
      socket?.destroy()
    },
  }
}

/** The log's two keys under their names in a trust policy. */
export function logVerifierKeys(origin: string, { log }: Pick<SignerKeys, 'log'>): VerifierKey[] {
  return [
    makeVerifierKey(sha256, origin, 'note', log.ed25519),
    makeVerifierKey(sha256, origin, 'subtree', log['ml-dsa-44']),
  ]
}

export type SignerProcess = {
  pid: number
  /** Resolves with the exit code (or null when a signal ended it). */
  exited: Promise<number | null>
  stop: () => Promise<void>
}

/**
 * Starts the signer as a child and resolves when it listens. It ends with this process, however that ends, because its
 * standard input does. Throws with the signer's own words when it cannot start.
 */
export async function startSigner(options: { secretsFolder: string; socketPath: string }): Promise<SignerProcess> {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url))
  const child = spawn(process.execPath, [main, options.secretsFolder, options.socketPath, '--with-parent'], {
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  return superviseStart(child)
}

/** Waits for `ready`; shared with the tests' own signer. */
export async function superviseStart(child: ChildProcess): Promise<SignerProcess> {
  const { stdin, stdout, stderr } = child
  if (stdin === null || stdout === null || stderr === null) throw new Error('the signer needs its three streams')
  stdin.on('error', () => undefined) // the child went first; `exited` says so
  let said = ''
  let isReady = false
  stderr.on('data', (chunk: Buffer) => {
    if (isReady) process.stderr.write(chunk)
    else said += chunk.toString()
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  await new Promise<void>((resolve, reject) => {
    child.once('error', reject)
    stdout.once('data', () => resolve())
    void exited.then(() => reject(new Error(said.trim() || 'the signer ended before it was ready')))
  })
  isReady = true
  stdout.resume()
  child.unref()
  for (const stream of [stdin, stdout, stderr]) (stream as unknown as { unref?: () => void }).unref?.()
  return {
    pid: child.pid as number,
    exited,
    stop: async () => {
      child.ref() // or the event loop could run dry while we wait
      stdin.end()
      await exited
    },
  }
}

function getBytes(text: string): Uint8Array {
  const bytes = findBase64(text)
  if (bytes === undefined) throw new TypeError('the signer sent no base64')
  return bytes
}
