/**
 * `node src/witness/main.ts --folder F --log VKEY [--logs FILE] [--name NAME] [--listen HOST:PORT | --once REQUEST RESPONSE]`
 *
 * Serves (default 127.0.0.1:8473), or answers one request from a file. Without either log option it serves no log.
 * Exit status: 0 served or cosigned, 1 refused or could not start, 64 wrong usage.
 */
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { sha256 } from '../record/node-crypto.ts'
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../record/note.ts'
import { serveWitness } from './serve.ts'
import { openWitness } from './witness.ts'

const USAGE = `usage: node src/witness/main.ts --folder FOLDER --log VKEY [--log VKEY] [--logs FILE] [--name NAME]
           [--listen HOST:PORT]        serve; default 127.0.0.1:8473
           [--once REQUEST RESPONSE]   answer one request from a file (air-gapped logs)
FILE has a key a line; the trust.policy of a log will do.`

async function main(): Promise<void> {
  const options = readOptions()
  if (options === undefined) {
    console.error(USAGE)
    process.exitCode = 64
    return
  }
  process.umask(0o077)
  const { folder, name, listen, once } = options
  const logs = await readLogs(options.log, options.logs)
  const witness = await openWitness({ folder, logs, ...(name !== undefined && { name }) })
  if (once !== undefined) {
    try {
      const { status, body } = await witness.addCheckpoint(await readFile(once.request, 'utf8'))
      await writeFile(once.response, body)
      console.log(`${status} ${status === 200 ? 'cosigned' : body.trim()}`)
      if (status !== 200) process.exitCode = 1
    } finally {
      await witness.close()
    }
    return
  }
  for (const key of witness.keys) console.log(`key ${formatVerifierKey(key)}`)
  for (const origin of new Set(logs.map((key) => key.name))) console.log(`log ${origin}`)
  const server = await serveWitness(witness, listen)
  const stop = () => {
    void server
      .close()
      .then(() => witness.close())
      .then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  console.log(`ready ${server.url}`)
}

type Options = {
  folder: string
  name: string | undefined
  log: readonly string[]
  logs: string | undefined
  listen: { host: string; port: number }
  once: { request: string; response: string } | undefined
}

function readOptions(): Options | undefined {
  let parsed: ReturnType<typeof parse>
  try {
    parsed = parse()
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return undefined
  }
  const { values, positionals } = parsed
  const address = /^(?:\[([0-9a-fA-F:]+)\]|([^:]+)):([0-9]{1,5})$/.exec(values.listen)
  if (values.folder === undefined || address === null || Number(address[3]) > 65_535) return undefined
  const [request, response, ...more] = positionals
  if (more.length > 0 || values.once !== (request !== undefined && response !== undefined)) return undefined
  return {
    folder: resolve(values.folder),
    name: values.name,
    log: values.log,
    logs: values.logs,
    listen: { host: address[1] ?? address[2] ?? '', port: Number(address[3]) },
    once: request === undefined || response === undefined ? undefined : { request, response },
  }
}

function parse() {
  return parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string' },
      name: { type: 'string' },
      log: { type: 'string', multiple: true, default: [] },
      logs: { type: 'string' },
      listen: { type: 'string', default: '127.0.0.1:8473' },
      once: { type: 'boolean', default: false },
    },
  })
}

/** Keys given one by one and those of a file: a key a line, or the `log` lines of a policy (C2SP tlog-policy). */
async function readLogs(given: readonly string[], file: string | undefined): Promise<VerifierKey[]> {
  const lines = file === undefined ? [] : (await readFile(file, 'utf8')).split('\n')
  const listed = lines.flatMap((line) => {
    const words = line.split(/[ \t]+/).filter((word) => word !== '')
    const [first = '', second = ''] = words
    if (words.length === 0 || first.startsWith('#') || ['witness', 'group', 'quorum'].includes(first)) return []
    return [first === 'log' ? second : first]
  })
  return [...given, ...listed].map((vkey) => {
    const key = parseVerifierKey(sha256, vkey)
    if (!key.ok) throw new Error(`${vkey.slice(0, 80)}: ${key.reason}`)
    return key.value
  })
}

try {
  await main()
} catch (error) {
  console.error(`witness: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
