/** For signer.test.ts: a signer that kills itself between writing its state and answering. */
import { serveSigner } from './server.ts'

const [secretsFolder = '', socketPath = ''] = process.argv.slice(2)
await serveSigner({ secretsFolder, socketPath, afterStateWritten: () => process.kill(process.pid, 'SIGKILL') })
process.stdin.resume().once('close', () => process.exit(0))
process.stdout.write('ready\n')
