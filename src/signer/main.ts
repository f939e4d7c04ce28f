/**
 * The process that holds the signing keys: `node src/signer/main.ts <folder of secrets> <socket path> [--with-parent]`.
 * Prints `ready` when it listens. With `--with-parent` it ends when its standard input does, so that a parent which is
 * killed does not leave a signer behind.
 */
import { mkdir, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { serveSigner } from './server.ts'

const [secrets, socket, flag] = process.argv.slice(2)
if (secrets === undefined || socket === undefined || (flag !== undefined && flag !== '--with-parent')) {
  console.error('usage: node src/signer/main.ts <folder of secrets> <socket path> [--with-parent]')
  process.exit(64)
}

try {
  const socketPath = resolve(socket)
  const socketFolder = dirname(socketPath)
  await mkdir(socketFolder, { recursive: true, mode: 0o700 })
  if (((await stat(socketFolder)).mode & 0o077) !== 0) {
    throw new Error(`${socketFolder} may be entered by others; the socket needs a folder of mode 0700`)
  }
  const signer = await serveSigner({ secretsFolder: resolve(secrets), socketPath })
  const stop = () => void signer.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  if (flag === '--with-parent') {
    process.on('SIGINT', () => undefined) // Ctrl-C reaches the whole group; the parent decides when we end
    process.stdin.resume().once('close', stop)
  } else process.once('SIGINT', stop)
  process.stdout.write('ready\n')
} catch (error) {
  console.error(`signer: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
