import type { WitnessPost } from '../record/witness-client.ts'

/** A witness signs two lines of at most 3,400 characters; several may answer as one. */
const ANSWER_BYTES_MAX = 64 * 1024

/**
 * Posts to a witness by HTTP. Throws when it does not answer within `timeoutMs`, redirects (it would be another one) or
 * answers without end. The error names no more than what went wrong.
 */
export function makeWitnessPost(timeoutMs = 10_000): WitnessPost {
  return async (url, body) => {
    const answer = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
      headers: { 'content-type': 'text/plain; charset=utf-8' },
    }).catch((error: unknown) => {
      throw new Error(reasonOf(error))
    })
    const chunks: Uint8Array[] = []
    let length = 0
    for await (const chunk of answer.body ?? []) {
      length += chunk.length
      if (length > ANSWER_BYTES_MAX) throw new Error('answers without end')
      chunks.push(chunk)
    }
    return { status: answer.status, body: Buffer.concat(chunks).toString() }
  }
}

/** `fetch failed` says nothing; what lies beneath it does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return 'no answer in time'
  const { cause } = error
  return cause instanceof Error ? ((cause as NodeJS.ErrnoException).code ?? cause.message) : error.message
}
