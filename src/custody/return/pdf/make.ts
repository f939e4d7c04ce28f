import { Worker } from 'node:worker_threads'
import type { Language } from './labels.ts'
import type { PdfDone, PdfTask } from './worker.ts'

type Waiting = { resolve(pdf: Buffer): void; reject(error: Error): void }

const waiting = new Map<number, Waiting>()
let worker: Worker | undefined
let lastNumber = 0

/**
 * The return as PDF/A-3a with the file itself attached, made in a thread of its own from the file's bytes and nothing
 * else: the same bytes give the same PDF. Rejects when the bytes are no return of ours, or the pages cannot be set.
 */
export function makeReturnPdf(returnBytes: Uint8Array, { language }: { language: Language }): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const n = ++lastNumber
    waiting.set(n, { resolve, reject })
    const running = getWorker()
    running.ref()
    running.postMessage({ n, bytes: new Uint8Array(returnBytes), language } satisfies PdfTask)
  })
}

function getWorker(): Worker {
  if (worker !== undefined) return worker
  const started = new Worker(new URL('./worker.ts', import.meta.url))
  started.on('message', (done: PdfDone) => {
    const asked = waiting.get(done.n)
    waiting.delete(done.n)
    if ('pdf' in done) asked?.resolve(Buffer.from(done.pdf.buffer, done.pdf.byteOffset, done.pdf.byteLength))
    else asked?.reject(new Error(done.fault))
    // An idle thread keeps no process alive.
    if (waiting.size === 0) started.unref()
  })
  const failed = (reason: string) => {
    if (worker === started) worker = undefined
    for (const { reject } of waiting.values()) reject(new Error(reason))
    waiting.clear()
  }
  started.on('error', (error) => failed(`the thread that makes PDFs failed: ${String(error)}`))
  started.on('exit', () => failed('the thread that makes PDFs ended'))
  worker = started
  return started
}
