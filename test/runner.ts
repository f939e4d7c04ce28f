// The steps of `npm test` and `npm run check`. Each prints what went wrong; the closing line counts them all.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { run } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startTestServer, testServerVariable } from '../src/platform/testing.ts'
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

/** Runs test files two at a time, with one database server for all of them. */
export async function runFiles(files: readonly TestFile[]): Promise<Tally> {
  if (!files.some((file) => file.needsDatabase)) return runOn(files)
  const server = await startTestServer()
  process.env[testServerVariable] = server.connectionString
  try {
    return await runOn(files)
  } finally {
    delete process.env[testServerVariable]
    await server.stop()
  }
}

async function runOn(files: readonly TestFile[]): Promise<Tally> {
  let passed = 0
  let failed = 0
  const skipped: string[] = []
  const stream = run({
    cwd: root,
    files: files.map((file) => resolve(root, file.path)),
    concurrency: 2,
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
  stream.on('test:stdout', ({ message }) => process.stdout.write(message))
  stream.on('test:stderr', ({ message }) => process.stderr.write(message))
  await once(stream.resume(), 'end')
  return { passed, failed, skipped }
}

/** Prints what was skipped and the closing line, and sets the exit status. */
export function close(tallies: readonly Tally[]): void {
  const { passed, failed, skipped } = sum(tallies)
  for (const name of skipped) console.log(`skipped: ${name}`)
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1
}
