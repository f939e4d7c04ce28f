import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { packageFor } from './node26.mjs'

const bin = fileURLToPath(new URL('.', import.meta.url))
// Makes any Node look like version 20 to the launcher, so that the test does not depend on what the machine has.
const pretend20 =
  'data:text/javascript,' +
  encodeURIComponent("Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })")

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'habeas-launcher-'))
  await cp(bin, join(folder, 'bin'), { recursive: true })
})
after(() => rm(folder, { recursive: true, force: true }))

async function script(name: string, text: string) {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

const run = (launcher: string, args: string[], nodeArgs: string[] = []) =>
  spawnSync(process.execPath, [...nodeArgs, launcher, ...args], { encoding: 'utf8', input: '' })

async function firstLine(child: ChildProcess) {
  assert.ok(child.stdout)
  const [chunk] = await once(child.stdout, 'data')
  return String(chunk).trim()
}

test('without the platform package an old Node ends with 1 and says what is missing and what to do', () => {
  for (const launcher of ['run.mjs', 'habeas.mjs']) {
    const { status, stderr } = run(join(folder, 'bin', launcher), ['x.ts'], ['--import', pretend20])
    assert.equal(status, 1)
    assert.match(stderr, /needs Node 26\. This is Node 20\.20\.2/)
    assert.ok(stderr.includes(`"${packageFor(process.platform, process.arch)}"`))
    assert.match(stderr, /npm ci/)
    assert.match(stderr, /--omit=optional/)
    assert.doesNotMatch(stderr, /at .*node26\.mjs/, 'words, not a stack trace')
  }
})

test('an old Node hands over to the Node 26 of the platform package, without any install script', async () => {
  const path = await script('version.ts', 'const v: string = process.versions.node\nconsole.log(v, typeof Temporal)\n')
  const { status, stdout } = run(join(bin, 'run.mjs'), [path], ['--import', pretend20])
  assert.equal(status, 0)
  assert.match(stdout, /^2[6-9]\.\S+ object/)
})

test('the launcher parses on the oldest Node we promise to start from', (t) => {
  // The Node outside node_modules, if there is one; its version is printed so that nobody takes 26 for 20.
  const outside = (process.env.PATH ?? '').split(':').filter((part) => !part.includes('node_modules'))
  const system = spawnSync('node', ['--version'], { encoding: 'utf8', env: { PATH: outside.join(':') } })
  const version = system.status === 0 ? system.stdout.trim() : `none outside node_modules, ran on ${process.version}`
  t.diagnostic(`system Node: ${version}`)
  const node = system.status === 0 ? 'node' : process.execPath
  const { status, stderr } = spawnSync(node, ['--check', join(bin, 'node26.mjs')], {
    encoding: 'utf8',
    env: { PATH: outside.join(':') },
  })
  assert.equal(status, 0, stderr)
})

test('the status of the program is the status of the launcher', async () => {
  const path = await script('seven.ts', 'process.exit(Number(process.argv[2]))\n')
  assert.equal(run(join(bin, 'run.mjs'), [path, '7']).status, 7)
  assert.equal(run(join(bin, 'run.mjs'), [path, '0']).status, 0)
})

test('a program ended by a signal gives 128 + the number of the signal', async () => {
  const path = await script('killed.ts', "process.kill(process.pid, 'SIGKILL')\n")
  assert.equal(run(join(bin, 'run.mjs'), [path]).status, 128 + constants.signals.SIGKILL)
})

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  test(`${signal} reaches the program, which ends in its own way`, async () => {
    const path = await script(
      `waits-${signal}.ts`,
      `process.on('${signal}', () => process.exit(42))\nsetInterval(() => {}, 1000)\nconsole.log('ready')\n`,
    )
    const launcher = spawn(process.execPath, [join(bin, 'run.mjs'), path], { stdio: ['ignore', 'pipe', 'inherit'] })
    assert.equal(await firstLine(launcher), 'ready')
    launcher.kill(signal)
    const [status] = await once(launcher, 'exit')
    assert.equal(status, 42)
  })
}

test('a program that does not handle a signal ends by it, and the launcher says so by its status', async () => {
  const path = await script('plain.ts', "setInterval(() => {}, 1000)\nconsole.log('ready')\n")
  const launcher = spawn(process.execPath, [join(bin, 'run.mjs'), path], { stdio: ['ignore', 'pipe', 'inherit'] })
  assert.equal(await firstLine(launcher), 'ready')
  launcher.kill('SIGTERM')
  const [status] = await once(launcher, 'exit')
  assert.equal(status, 128 + constants.signals.SIGTERM)
})
