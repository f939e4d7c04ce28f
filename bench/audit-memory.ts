import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import type { WrapPrivate, WrapPublic } from '../src/record/keys.ts'
import { print } from './figure.ts'
import { type BenchHouse, type BenchServer, commitMsOf, openHouse, share } from './house.ts'
import { GC } from './memory.ts'
import { admission, note } from './people.ts'

/** What the process that audits is told on its standard input: keys never stand among its arguments. */
export type AuditTask = {
  readonly connectionString: string
  readonly origin: string
  readonly entries: number
  readonly wrapPair: { readonly publicKey: WrapPublic; readonly privateKey: WrapPrivate }
  /** Raw public keys of the log, hex. */
  readonly log: { readonly ed25519: string; readonly 'ml-dsa-44': string }
}

const BATCH = 2_000
const ENTRIES_A_CUSTODY = 100

/** Peak memory of an audit of a million entries against one of a tenth, each in a process of its own. One round. */
export async function benchAuditMemory(server: BenchServer, quick: boolean): Promise<void> {
  const [few, many] = quick ? [300, 3_000] : [100_000, 1_000_000]
  const small = await auditOf(server, 'audit_small', few)
  const large = await auditOf(server, 'audit_large', many)
  print({
    name: 'proof/audit/memory/at-a-tenth',
    unit: 'MB',
    yardstick: 'the same process over a tenth of the entries',
    rounds: [{ value: large.peak, yardstick: small.peak }],
    rows: many,
    commitMs: large.commitMs,
  })
}

async function auditOf(server: BenchServer, name: string, entries: number) {
  const house = await openHouse(server, name)
  await fill(house, entries)
  const { ed25519, 'ml-dsa-44': mlDsa } = house.signerKeys.log
  const peak = await peakOfAudit({
    connectionString: house.database.connectionString,
    origin: house.config.origin,
    entries,
    wrapPair: house.wrapPair,
    log: { ed25519: Buffer.from(ed25519).toString('hex'), 'ml-dsa-44': Buffer.from(mlDsa).toString('hex') },
  })
  const commitMs = await commitMsOf(house.database)
  await house.close()
  return { peak, commitMs }
}

async function fill(house: BenchHouse, entries: number): Promise<void> {
  const custodies = Array.from({ length: Math.ceil(entries / ENTRIES_A_CUSTODY) }, () => randomUUID())
  for (const some of share(custodies, BATCH)) await house.appendBulk(some.map((custody) => admission(custody)))
  await house.database.rows('analyze')
  const rest = entries - custodies.length
  for (let done = 0; done < rest; done += BATCH) {
    const some = Array.from({ length: Math.min(BATCH, rest - done) }, (_, i) => (done + i) % custodies.length)
    await house.appendBulk(some.map((i) => note(custodies[i] as string)))
  }
  await house.settle()
  await house.database.rows('analyze')
}

async function peakOfAudit(task: AuditTask): Promise<number> {
  const child = spawn(process.execPath, [...GC, join(import.meta.dirname, 'audit-child.ts')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let said = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stdin.end(JSON.stringify(task))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`the audit of ${task.entries} entries ended with ${code}`)
  return Number(said)
}
