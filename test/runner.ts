// The steps of `npm test` and `npm run check`. Each prints what went wrong; the closing line counts them all.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startTestServer, testServerVariable } from '../src/platform/testing.ts'
import { instancesVariable } from './e2e/testing.ts'
import { findViolations, type ImportGraph, reachableFrom, readImports } from './import-directions.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** How many passed and failed, and the names of those that did not run. */
export type Tally = { readonly passed: number; readonly failed: number; readonly skipped: readonly string[] }

const passedOnce: Tally = { passed: 1, failed: 0, skipped: [] }
const failedOnce: Tally = { passed: 0, failed: 1, skipped: [] }

const sum = (tallies: readonly Tally[]): Tally => ({
  passed: tallies.reduce((total, tally) => total + tally.passed, 0),
  failed: tallies.reduce((total, tally) => total + tally.failed, 0),
  skipped: tallies.flatMap((tally) => tally.skipped),
})

/** Path of a package's program. Run by name it would start on the system's Node, which may be too old. */
async function programOf(packageName: string, bin: string): Promise<string> {
  // By its path: a package may not export its manifest.
  const manifest = join(root, 'node_modules', packageName, 'package.json')
  const parsed = JSON.parse(await readFile(manifest, 'utf8'))
  return join(dirname(manifest), typeof parsed.bin === 'string' ? parsed.bin : parsed.bin[bin])
}

/** A tool as one test: it passes when it ends with 0; what it says is shown when it does not. */
export async function tool(name: string, packageName: string, bin: string, args: readonly string[]): Promise<Tally> {
  const program = await programOf(packageName, bin)
  const child = spawn(process.execPath, [program, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let words = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      words += chunk
    })
  }
  const [status] = await once(child, 'close')
  if (status === 0) {
    console.log(`✔ ${name}`)
    return passedOnce
  }
  console.log(`✖ ${name}\n${words.trimEnd()}`)
  return failedOnce
}

/** The directions of imports as one test. */
export async function importDirections(): Promise<Tally> {
  const violations = await findViolations(root)
  console.log(`${violations.length === 0 ? '✔' : '✖'} import directions`)
  for (const { from, to, why } of violations) console.log(`  ${from} imports ${to}: ${why}`)
  return violations.length === 0 ? passedOnce : failedOnce
}

export const tools = {
  types: () => tool('tsc', 'typescript', 'tsc', ['-p', '.', '--noEmit']),
  consoleTypes: () => tool('tsc of the console', 'typescript', 'tsc', ['-p', 'web', '--noEmit']),
  style: () => tool('biome', '@biomejs/biome', 'biome', ['check', '--log-level=error', '--error-on-warnings', '.']),
  unused: () => tool('knip', 'knip', 'knip', ['--no-progress']),
}

const database = 'src/platform/testing.ts'
const embedded = 'src/platform/postgres/server.ts'

export type TestFile = { readonly path: string; readonly needsDatabase: boolean }

/** Test files whose path contains one of the filters (all without filters), in the order of their paths. */
export async function findTestFiles(filters: readonly string[], graph?: ImportGraph): Promise<TestFile[]> {
  const imports = graph ?? (await readImports(root))
  const wanted = filters.map((filter) => filter.replace(/^\.\//, ''))
  const files: TestFile[] = []
  for (const path of [...imports.keys()].sort()) {
    if (!path.endsWith('.test.ts')) continue
    if (wanted.length > 0 && !wanted.some((filter) => path.includes(filter))) continue
    const reached = reachableFrom(imports, path)
    files.push({ path, needsDatabase: reached.has(database) || reached.has(embedded) })
  }
  return files
}

/**
 * Runs test files several at a time, with one database server for all of them, a folder for what several begin with,
 * and what Node made of the sources kept between the hundreds of processes that read them.
 */
export async function runFiles(files: readonly TestFile[]): Promise<Tally> {
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node-compile')
  if (!files.some((file) => file.needsDatabase)) return runOn(files)
  const server = await startTestServer()
  const shared = await mkdtemp(join(tmpdir(), 'habeas-run-'))
  process.env[testServerVariable] = server.connectionString
  process.env[instancesVariable] = shared
  try {
    return await runOn(files)
  } finally {
    delete process.env[testServerVariable]
    delete process.env[instancesVariable]
    await rm(shared, { recursive: true, force: true })
    await server.stop()
  }
}

/**
 * Whatever takes longest, longest first: begun last, one of them would run alone at the end. `runner.test.ts` looks
 * that each is there; a whole run prints its longest, which says when the list has grown old.
 */
export const LONGEST = [
  'test/faults/crash-points.test.ts',
  'src/intake/real-import.test.ts',
  'test/e2e/console-roles.test.ts',
  'test/e2e/kill.test.ts',
  'test/faults/torture.test.ts',
  'bench/bench.test.ts',
  'test/e2e/console-people.test.ts',
  'test/e2e/restore.test.ts',
  'test/outside/outside.test.ts',
  'test/e2e/console-acts.test.ts',
  'test/e2e/way.test.ts',
  'src/intake/import.test.ts',
  'test/e2e/console-admission.test.ts',
  'test/e2e/console-prove.test.ts',
  'src/platform/postgres/server.test.ts',
  'test/e2e/console-return.test.ts',
]

const rankOf = ({ path }: TestFile): number => (LONGEST.includes(path) ? LONGEST.indexOf(path) : LONGEST.length)

async function runOn(files: readonly TestFile[]): Promise<Tally> {
  let passed = 0
  let failed = 0
  const skipped: string[] = []
  const inOrder = [...files].sort((a, b) => rankOf(a) - rankOf(b))
  const stream = run({
    cwd: root,
    files: inOrder.map((file) => resolve(root, file.path)),
    // One more than the cores that the CI has: some wait for a disk or a browser.
    concurrency: 3,
    timeout: 900_000,
  })
  const place = (file?: string) => (file === undefined ? '' : relative(root, file))
  stream.on('test:pass', ({ name, file, skip, todo, details }) => {
    if (details.type === 'suite') return
    if (skip !== undefined || todo !== undefined) {
      skipped.push(`${place(file)}: ${name}${typeof skip === 'string' ? ` (${skip})` : ''}`)
      return
    }
    // Node reports a file in which it found no test as a test of that name: an accident, not a success.
    if (name === file) {
      failed += 1
      console.log(`✖ ${place(file)}: there is no test in this file`)
      return
    }
    passed += 1
  })
  stream.on('test:fail', ({ name, file, todo, details }) => {
    if (details.type === 'suite') return
    if (todo !== undefined) {
      skipped.push(`${place(file)}: ${name} (todo)`)
      return
    }
    failed += 1
    const error = details.error as Error & { failureType?: string; cause?: unknown }
    if (error.failureType === 'subtestsFailed') return
    const cause =
      error.cause instanceof Error ? (error.cause.stack ?? error.cause.message) : String(error.cause ?? error)
    console.log(`✖ ${place(file)}: ${name === file ? 'the file itself' : name}\n${cause.replace(/^/gm, '    ')}`)
  })
  stream.on('test:diagnostic', ({ message, file }) => {
    // The run's own statistics come without a file.
    if (file !== undefined) console.log(`ℹ ${place(file)}: ${message}`)
  })
  const seconds = new Map<string, number>()
  stream.on('test:summary', ({ file, duration_ms }: { readonly file?: string; readonly duration_ms: number }) => {
    if (file !== undefined) seconds.set(place(file), Math.round(duration_ms / 1000))
  })
  stream.on('test:stdout', ({ message }) => process.stdout.write(message))
  stream.on('test:stderr', ({ message }) => process.stderr.write(message))
  await once(stream.resume(), 'end')
  // Of a whole run: what `LONGEST` has to agree with.
  if (files.length > LONGEST.length) {
    const slowest = [...seconds].sort(([, a], [, b]) => b - a).slice(0, LONGEST.length)
    console.log(`the longest, in seconds: ${slowest.map(([path, took]) => `${path} ${took}`).join(', ')}`)
  }
  return { passed, failed, skipped }
}

/** Prints what was skipped and the closing line, and sets the exit status. */
export function close(tallies: readonly Tally[]): void {
  const { passed, failed, skipped } = sum(tallies)
  for (const name of skipped) console.log(`skipped: ${name}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
