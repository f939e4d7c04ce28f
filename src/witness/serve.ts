/** The witness over HTTP: two addresses, small bodies, short patience. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { findText } from '../kernel/bytes.ts'
import { ADD_CHECKPOINT_PATH } from '../record/witness-protocol.ts'
import type { Witness } from './witness.ts'

export type ServeOptions = { readonly host: string; readonly port: number }
export type RunningWitness = { readonly url: string; close(): Promise<void> }

/** 63 hashes and a note of a hundred lines, some of them ML-DSA-44 (3,300 characters each), fit. */
const BODY_BYTES_MAX = 64 * 1024

/** Longest time for a whole request: it is one packet or two. */
const REQUEST_MS = 10_000

export async function serveWitness(witness: Witness, { host, port }: ServeOptions): Promise<RunningWitness> {
  const server = createServer({
    requestTimeout: REQUEST_MS,
    headersTimeout: 5_000,
    keepAliveTimeout: 75_000,
    connectionsCheckingInterval: 2_000,
  })
  server.maxConnections = 256
  server.on('request', (request, response) => {
    answer(witness, request, response).catch((error: unknown) => {
      if (!request.complete) return response.destroy() // the log went away in the middle of its request
      // The disk or the state: nothing was signed, and the log must not hear more than that.
      console.error(`witness: ${error instanceof Error ? error.message : String(error)}`)
      if (response.headersSent) response.destroy()
      else send(response, 500, 'the witness cannot answer; nothing was signed\n')
    })
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve))
  const { address, port: bound, family } = server.address() as AddressInfo
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

async function answer(witness: Witness, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? ''
  if (path === ADD_CHECKPOINT_PATH) {
    if (request.method !== 'POST') return wrongMethod(response, 'POST')
    const body = await readBody(request)
    if (body === undefined) {
      response.setHeader('connection', 'close')
      return send(response, 413, `a request has at most ${BODY_BYTES_MAX} bytes\n`)
    }
    const text = findText(body)
    if (text === undefined) return send(response, 400, 'the request is not UTF-8\n')
    const { status, body: words, contentType } = await witness.addCheckpoint(text)
    return send(response, status, words, contentType)
  }
  const originHash = /^\/([0-9a-f]{64})\/checkpoint$/.exec(path)?.[1]
  if (originHash === undefined) return send(response, 404, 'there is nothing here\n')
  if (request.method !== 'GET' && request.method !== 'HEAD') return wrongMethod(response, 'GET, HEAD')
  const checkpoint = await witness.findCheckpoint(originHash)
  if (checkpoint === undefined) return send(response, 404, 'this witness has cosigned nothing of that origin\n')
  response.setHeader('cache-control', 'no-cache')
  send(response, 200, checkpoint)
}

function wrongMethod(response: ServerResponse, allowed: string): void {
  response.setHeader('allow', allowed)
  send(response, 405, `allowed here: ${allowed}\n`)
}

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** Undefined when the body is too long. The rest of it is read and thrown away, or the client would not hear why. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length <= BODY_BYTES_MAX) chunks.push(chunk)
    else chunks.length = 0
  }
  return length <= BODY_BYTES_MAX ? Buffer.concat(chunks) : undefined
}
