// Audits a filled database in a process of its own and prints its peak resident memory in MB. Started by audit-memory.ts.
import { text } from 'node:stream/consumers'
import { rooms } from '../src/cli/rooms.ts'
import { systemClock } from '../src/kernel/ports.ts'
import { connectDatabase } from '../src/platform/database.ts'
import { audit } from '../src/record/audit.ts'
import { KeyRing } from '../src/record/keys.ts'
import { buildRegistry } from '../src/record/registry.ts'
import { logVerifierKeys } from '../src/signer/client.ts'
import type { AuditTask } from './audit-memory.ts'

const task = JSON.parse(await text(process.stdin)) as AuditTask
const database = connectDatabase(task.connectionString)
const keys = new KeyRing(task.wrapPair, task.wrapPair.publicKey)
const bytes = (hex: string) => Buffer.from(hex, 'hex')
const log = { ed25519: bytes(task.log.ed25519), 'ml-dsa-44': bytes(task.log['ml-dsa-44']) }
const record = { registry: buildRegistry(rooms), keys, clock: systemClock }
const { entries, problems } = await audit(record, database, logVerifierKeys(task.origin, { log }))
if (problems.length > 0) throw new Error(`the record did not pass its audit: ${problems[0]?.what}`)
if (entries < task.entries) throw new Error(`only ${entries} entries were audited`)
await database.close()
process.stdout.write(String(process.resourceUsage().maxRSS / 1024))
