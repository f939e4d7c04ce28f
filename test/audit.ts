// `npm run audit`: known faults of the packages that we stand on, as the registry knows them. Beside `npm test`, since it
// needs a network and its answer changes by itself.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const child = spawn('npm', ['audit', '--json', ...process.argv.slice(2)], {
  cwd: root,
  stdio: ['ignore', 'pipe', 'ignore'],
  shell: process.platform === 'win32',
})
let text = ''
child.stdout.on('data', (part) => {
  text += part
})
child.once('error', () => {
  text = ''
})
await Promise.race([once(child, 'close'), once(child, 'error')])

type Answer = {
  readonly auditReportVersion?: number
  readonly metadata?: { readonly vulnerabilities: Readonly<Record<string, number>> }
  readonly vulnerabilities?: Readonly<Record<string, { readonly severity: string; readonly range: string }>>
}

function read(): Answer | undefined {
  try {
    return JSON.parse(text) as Answer
  } catch {
    return undefined
  }
}

const answer = read()
if (answer?.auditReportVersion === undefined) {
  console.log('not available: the registry answers no audit')
} else {
  for (const [name, { severity, range }] of Object.entries(answer.vulnerabilities ?? {}))
    console.log(`${severity}: ${name} ${range}`)
  const { total = 0 } = answer.metadata?.vulnerabilities ?? {}
  console.log(`${total} known faults`)
  process.exitCode = total === 0 ? 0 : 1
}
