// Listeners and officers in a process of their own, as browsers are: `{url, token, custodies, listeners, acts, perSecond}`
// on standard input. Says `open` when all listen, waits for a line, then prints the latencies as JSON.
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { timeId } from '../src/kernel/ids.ts'

export type ClientTask = {
  readonly url: string
  readonly token: string
  readonly custodies: readonly string[]
  readonly listeners: number
  readonly acts: number
  readonly perSecond: number
}
export type ClientResult = { readonly ms: number[] }

if (import.meta.main) await run()

async function run(): Promise<void> {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  const task = JSON.parse((await lines.next()).value as string) as ClientTask
  const headers = { authorization: `Bearer ${task.token}` }
  const agent = new Agent({ keepAlive: false })
  for (let i = 0; i < task.listeners; i++) {
    const request = get(`${task.url}/api/live`, { headers, agent })
    const [response] = await once(request, 'response')
    response.resume()
    // The server ends them when this process has ended.
    response.on('error', () => undefined)
  }
  console.log('open')
  await lines.next()
  const ms: number[] = []
  const begun = performance.now()
  const sent: Promise<void>[] = []
  for (let i = 0; i < task.acts; i++) {
    const due = begun + (i * 1_000) / task.perSecond
    const wait = due - performance.now()
    if (wait > 0) await sleep(wait)
    sent.push(note(task, headers, i).then((took) => void ms.push(took)))
  }
  await Promise.all(sent)
  const result: ClientResult = { ms }
  console.log(JSON.stringify(result))
  process.exit(0)
}

async function note({ url, custodies }: ClientTask, headers: Record<string, string>, i: number): Promise<number> {
  const at = Temporal.Now.instant().toString()
  const body = {
    id: timeId(),
    occurredAt: { at, precision: 'second', zone: 'UTC' },
    data: { person: { custody: custodies[i % custodies.length] }, act: { text: `Note ${i}.` } },
  }
  const begun = performance.now()
  const answer = await fetch(`${url}/api/acts/note.add`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  await answer.arrayBuffer()
  if (answer.status !== 201) throw new Error(`an act was answered with ${answer.status}`)
  return performance.now() - begun
}
