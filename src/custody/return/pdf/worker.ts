/** The thread that sets returns: one after another, so that a person's file never waits behind the whole memory. */
import { setImmediate as breathe } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { compileReturn } from './compile.ts'
import type { Language } from './labels.ts'

export type PdfTask = { readonly n: number; readonly bytes: Uint8Array; readonly language: Language }
export type PdfDone = { readonly n: number; readonly pdf: Uint8Array } | { readonly n: number; readonly fault: string }

if (parentPort === null) throw new Error('this file is a worker')
const port = parentPort
let turn: Promise<void> = Promise.resolve()
port.on('message', ({ n, bytes, language }: PdfTask) => {
  turn = turn.then(async () => {
    let done: PdfDone
    try {
      done = { n, pdf: new Uint8Array(compileReturn(bytes, language)) }
    } catch (error) {
      done = { n, fault: error instanceof Error ? error.message : String(error) }
    }
    port.postMessage(done)
    // In a tight loop the compiler's memory is never given back (measured: 664 MB after 600 documents).
    await breathe()
  })
})
