/** For witness.test.ts: a witness that kills itself between writing its state and answering. */
import { sha256 } from '../record/node-crypto.ts'
import { parseVerifierKey } from '../record/note.ts'
import { serveWitness } from './serve.ts'
import { openWitness } from './witness.ts'

const [folder = '', ...vkeys] = process.argv.slice(2)
const logs = vkeys.flatMap((vkey) => {
  const key = parseVerifierKey(sha256, vkey)
  return key.ok ? [key.value] : []
})
const hooks = { afterStateWritten: () => process.kill(process.pid, 'SIGKILL') }
const { url } = await serveWitness(await openWitness({ folder, logs, hooks }), { host: '127.0.0.1', port: 0 })
console.log(`ready ${url}`)
