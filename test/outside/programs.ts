import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { fileURLToPath } from 'node:url'

export type Ended = { readonly status: number | null; readonly words: string }

/** Runs a program to its end; undefined where there is none of that name. */
export async function runProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended | undefined> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      words += chunk
    })
  }
  try {
    const [status] = (await once(child, 'close')) as [number | null]
    return { status, words: words.trim() }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** The environment in which Debian's Go finds Debian's packages, and nothing is downloaded. */
const GO = {
  GO111MODULE: 'off',
  GOPATH: '/usr/share/gocode',
  GOFLAGS: '',
  GOPROXY: 'off',
  // Debian keeps newer versions beside `go`; a home may be missing.
  GOCACHE: fileURLToPath(new URL('../../node_modules/.cache/go-build', import.meta.url)),
}

/** `go run` of a file in `go/`, with a Go that `findGo` found. */
export async function runGo(go: string, file: string, args: readonly string[]): Promise<Ended> {
  const ended = await runProgram(go, ['run', fileURLToPath(new URL(`go/${file}`, import.meta.url)), ...args], GO)
  if (ended === undefined) throw new Error(`${go} has gone`)
  return ended
}

/** The first Go, Debian's own or a newer one beside it, that can build the file; undefined where none can. */
export async function findGo(file: string): Promise<string | undefined> {
  const path = fileURLToPath(new URL(`go/${file}`, import.meta.url))
  const newer = ['1.22', '1.23', '1.24', '1.25', '1.26'].map((version) => `/usr/lib/go-${version}/bin/go`)
  for (const go of ['go', ...newer]) {
    const built = await runProgram(go, ['build', '-o', '/dev/null', path], GO)
    if (built?.status === 0) return go
  }
  return undefined
}

/** A port that was free a moment ago, for a program that cannot choose one itself. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** A server that answers HTTP when this resolves. */
export async function startServer(
  program: string,
  args: readonly string[],
  url: string,
  env: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] })
  let words = ''
  child.stderr.on('data', (chunk) => {
    words += chunk
  })
  const patienceMs = 20_000
  const deadline = performance.now() + patienceMs
  while (performance.now() < deadline && child.exitCode === null) {
    const answered = await fetch(url).then(
      () => true,
      () => false, // not listening yet
    )
    if (answered) return child
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`${program} did not answer at ${url}: ${words.trim()}`)
}
