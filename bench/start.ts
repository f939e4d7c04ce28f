import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { print } from './figure.ts'

const launcher = join(import.meta.dirname, '..', 'bin', 'habeas.mjs')

/** `npm start` on an empty folder until all are ready, and the second start: reported, seconds as a user waits them. */
export async function reportStarts(
  folder: string,
  people: number,
  facts: { rows: number; commitMs: number },
): Promise<void> {
  const environment = {
    ...process.env,
    HABEAS_DATA: join(folder, 'instance'),
    HABEAS_POPULATION: String(people),
    HABEAS_PORT: '0',
  }
  const first = await secondsToReady(environment)
  const second = await secondsToReady(environment)
  const report = (name: string, unit: string, value: number) => print({ name, unit, rounds: [{ value }], ...facts })
  report('load/start/empty-folder', 's', first.seconds)
  report('load/start/empty-folder/rate', 'entries/s', first.entries / first.seconds)
  report('load/start/second', 's', second.seconds)
}

/** From the command to the line that says that it is ready; then the instance is stopped. */
async function secondsToReady(env: NodeJS.ProcessEnv): Promise<{ seconds: number; entries: number }> {
  const begun = performance.now()
  const child = spawn(process.execPath, [launcher, 'start', '--json'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => {
    complaints += chunk.toString()
  })
  const closed = once(child, 'close')
  for await (const line of createInterface({ input: child.stdout })) {
    const { entries } = JSON.parse(line) as { entries: number }
    const seconds = (performance.now() - begun) / 1_000
    child.kill('SIGTERM')
    await closed
    return { seconds, entries }
  }
  throw new Error(`the start did not become ready: ${complaints}`)
}
