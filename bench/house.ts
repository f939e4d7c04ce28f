import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rooms } from '../src/cli/rooms.ts'
import type { Act, ActKind } from '../src/kernel/act.ts'
import { base64 } from '../src/kernel/bytes.ts'
import { derivedId, randomBytes, timeId } from '../src/kernel/ids.ts'
import { systemClock, type Tx } from '../src/kernel/ports.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import type { OccurredAt } from '../src/kernel/time.ts'
import { connectDatabase, type Database } from '../src/platform/database.ts'
import { migrate } from '../src/platform/migrate.ts'
import { startPostgres } from '../src/platform/postgres/server.ts'
import { publishKey } from '../src/record/acts.ts'
import { signHead } from '../src/record/checkpointer.ts'
import type { RecordContext } from '../src/record/context.ts'
import { serviceAct } from '../src/record/house-keeping.ts'
import { KeyRing, makeWrapPair } from '../src/record/keys.ts'
import { makePromiser } from '../src/record/promiser.ts'
import { buildRegistry } from '../src/record/registry.ts'
import { type Outcome, Runner } from '../src/record/runner.ts'
import { Sequencer } from '../src/record/sequencer.ts'
import { connectSigner, type Signer, type SignerKeys, startSigner } from '../src/signer/client.ts'
import { quantile, timed } from './figure.ts'

const ORIGIN = 'bench.example/habeas'

/** A server of its own on this disk, with the product's own settings (fsync on); its data go when it ends. */
export type BenchServer = { connectionString: string; folder: string; stop(): Promise<void> }

export async function startServer(): Promise<BenchServer> {
  const folder = await mkdtemp(join(tmpdir(), 'habeas-bench-'))
  const server = await startPostgres({ folder: join(folder, 'pg'), ephemeral: true })
  return {
    connectionString: server.connectionString,
    folder,
    async stop() {
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** A record with a real signer in a process of its own, on a database of the bench's server. */
export type BenchHouse = {
  readonly database: Database
  readonly record: RecordContext
  readonly runner: Runner
  readonly sequencer: Sequencer
  readonly signer: Signer
  readonly signerKeys: SignerKeys
  /** What its keys are wrapped for; in a bench the facility is the oversight body, too. */
  readonly wrapPair: ReturnType<typeof makeWrapPair>
  readonly config: { readonly origin: string }
  readonly clock: typeof systemClock
  /** One transaction, with places in the tree. A bench that measures refusals measures nothing: they are thrown. */
  appendBulk(acts: readonly Act[]): Promise<void>
  /** The same as an import wants it. */
  tryBulk(acts: readonly Act[], alsoWrite?: (tx: Tx) => void): Promise<Outcome[]>
  /** Places what waits and has the head signed. */
  settle(): Promise<number>
  close(): Promise<void>
}

export async function openHouse(server: BenchServer, name: string): Promise<BenchHouse> {
  await asAdmin(server, `create database ${name}`)
  const url = new URL(server.connectionString)
  url.pathname = `/${name}`
  const database = connectDatabase(url.toString())
  await migrate(database)

  const socketPath = join(server.folder, `${name}.sock`)
  const signerProcess = await startSigner({ secretsFolder: join(server.folder, `${name}-signer`), socketPath })
  const signer = connectSigner({ socketPath })
  const signerKeys = await signer.keys()
  const clock = systemClock
  const wrapPair = makeWrapPair()
  const keys = new KeyRing(wrapPair, wrapPair.publicKey)
  const record = { registry: buildRegistry(rooms), keys, clock }
  const sequencer = new Sequencer(database)
  const signPromise = (message: string) => signer.signPromise(message)
  const promiser = makePromiser({ origin: ORIGIN, delaySeconds: 60, signPromise })
  const runner = new Runner({ record, database, promiser })
  const custodian = {
    use: 'custodian',
    origin: ORIGIN,
    ed25519: base64(signerKeys.custodian.ed25519),
    'ml-dsa-44': base64(signerKeys.custodian['ml-dsa-44']),
  }
  await submit(runner, serviceAct(publishKey, { act: custodian }, clock, ['custodian']))
  return {
    database,
    record,
    runner,
    sequencer,
    signer,
    signerKeys,
    wrapPair,
    config: { origin: ORIGIN },
    clock,
    async appendBulk(acts) {
      const refused = (await appendBulk(runner, sequencer, acts)).find(isRefusal)
      if (refused) throw new Error(`a batch was refused: ${refused.code} ${JSON.stringify(refused.details)}`)
    },
    tryBulk: (acts, alsoWrite) => appendBulk(runner, sequencer, acts, alsoWrite),
    async settle() {
      await sequencer.pass()
      return signHead({ database, sequencer, signer, origin: ORIGIN, clock })
    },
    async close() {
      signer.close()
      await signerProcess.stop()
      await database.close()
    },
  }
}

async function asAdmin(server: BenchServer, statement: string): Promise<void> {
  const admin = await connectDatabase(server.connectionString).connect()
  await admin.query(statement)
  await admin.end()
}

export const dropDatabase = (server: BenchServer, name: string): Promise<void> =>
  asAdmin(server, `drop database ${name} with (force)`)

/** Appends one act and waits for its receipt, promise and all. */
export async function submit(runner: Runner, act: Act): Promise<void> {
  const outcome = await runner.submit(act)
  if (isRefusal(outcome)) throw new Error(`${act.kind.kind} was refused: ${outcome.code}`)
  if (outcome.promise === 'pending') throw new Error(`${act.kind.kind} got no promise`)
}

async function appendBulk(
  runner: Runner,
  sequencer: Sequencer,
  acts: readonly Act[],
  alsoWrite?: (tx: Tx) => void,
): Promise<Outcome[]> {
  let placed: { committed(): void; failed(): void } | undefined
  const outcomes = await runner.submitAll(acts, async (tx, appended) => {
    alsoWrite?.(tx)
    placed = await sequencer.within(tx, appended)
  })
  if (outcomes.some(isRefusal)) placed?.failed()
  else placed?.committed()
  return outcomes
}

const actor = { officer: derivedId('officer', 'bench'), role: 'registrar' }

/** An act ready for the runner: validated, with an id and the MAC of its body. */
export const actOf = (kind: ActKind, occurredAt: OccurredAt, data: unknown, id = timeId()): Act => ({
  id,
  part: 0,
  kind,
  data: kind.data.parse(data) as Act['data'],
  occurredAt,
  via: 'console',
  actor,
  mac: randomBytes(32),
})

/** What a commit of one row costs on one connection, median of 50, in milliseconds. */
export async function commitMsOf(database: Database): Promise<number> {
  const client = await database.connect()
  try {
    await client.query('create table if not exists bench_commit (n integer)')
    const times = []
    for (let i = 0; i < 50; i++) times.push(await timed(() => client.query('insert into bench_commit values (1)')))
    return quantile(times, 0.5)
  } finally {
    await client.end()
  }
}

export const countEntries = async ({ database }: BenchHouse): Promise<number> =>
  (await database.rows<{ n: number }>('select count(*) as n from entry'))[0]?.n ?? 0

export const share = <T>(items: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
