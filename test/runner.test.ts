import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { findTestFiles, LONGEST } from './runner.ts'

const runner = new URL('./runner.ts', import.meta.url).href

/** What the runner says about one test file with this body, and its exit status. */
async function runOn(...bodies: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-runner-'))
  try {
    const files = []
    for (const [index, body] of bodies.entries()) {
      const path = join(folder, `f${index}.test.ts`)
      await writeFile(
        path,
        `import assert from 'node:assert/strict'\nimport { after, test, suite } from 'node:test'\n${body}`,
      )
      files.push({ path, needsDatabase: false })
    }
    const program = `import { close, runFiles } from '${runner}'\nclose([await runFiles(${JSON.stringify(files)})])`
    // Within a test file node:test refuses to run others, unless it does not know.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env
    const main = join(folder, 'main.ts')
    await writeFile(main, program)
    const { stdout, status } = spawnSync(process.execPath, [main], { encoding: 'utf8', env })
    return { lines: stdout.trimEnd().split('\n'), status }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('all good: the closing line alone, status 0', async () => {
  const { lines, status } = await runOn("test('a', () => {})\nsuite('s', () => { test('b', () => {}) })")
  assert.deepEqual(lines, ['2 passed, 0 failed'])
  assert.equal(status, 0)
})

test('a failure is told with its reason, a skipped test by its name, and the status is 1', async () => {
  const { lines, status } = await runOn(
    "test('good', () => {})\ntest('bad', () => assert.equal(1, 2))",
    "test('later', { skip: 'no browser' }, () => {})\ntest('some day', { todo: true }, () => {})",
  )
  assert.equal(lines.at(-1), '1 passed, 1 failed')
  assert.ok(lines.some((line) => /✖ .*f0\.test\.ts: bad/.test(line)))
  assert.ok(lines.some((line) => /Expected values to be strictly equal/.test(line)))
  assert.ok(lines.some((line) => /^skipped: .*f1\.test\.ts: later \(no browser\)/.test(line)))
  assert.ok(lines.some((line) => /^skipped: .*f1\.test\.ts: some day/.test(line)))
  assert.equal(status, 1)
})

test('a file that breaks, holds no test, or fails after its tests counts as failed', async () => {
  const { lines, status } = await runOn(
    "throw new Error('broken at once')",
    'console.log(typeof test)',
    "test('a', () => {})\nafter(() => { throw new Error('left open') })",
  )
  assert.equal(lines.at(-1), '1 passed, 3 failed')
  assert.ok(lines.some((line) => /there is no test in this file/.test(line)))
  assert.ok(lines.some((line) => /left open/.test(line)))
  assert.equal(status, 1)
})

test('nothing run is not a success', async () => {
  assert.equal((await runOn()).status, 1)
})

test('files are found by words of their path, and it is known which need a database', async () => {
  const found = await findTestFiles(['./test/import', 'src/platform/migrate'])
  assert.deepEqual(found, [
    { path: 'src/platform/migrate.test.ts', needsDatabase: true },
    { path: 'test/import-directions.test.ts', needsDatabase: false },
  ])
  assert.deepEqual(await findTestFiles(['no such file']), [])
})

test('what is said to take longest is there: a file that moved takes its place in the list along', async () => {
  const paths = new Set((await findTestFiles([])).map(({ path }) => path))
  assert.deepEqual(
    LONGEST.filter((path) => !paths.has(path)),
    [],
  )
})
