import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Act } from '../kernel/act.ts'
import { base64 } from '../kernel/bytes.ts'
import { type Clock, systemClock } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import type { Config } from '../platform/config.ts'
import { connectDatabase, type Database } from '../platform/database.ts'
import { type Migration, migrate } from '../platform/migrate.ts'
import { openDatabase } from '../platform/postgres/open.ts'
import { openSecrets, type Secrets } from '../platform/secrets.ts'
import { applyMigration, publishKey } from '../record/acts.ts'
import { signHead } from '../record/checkpointer.ts'
import type { RecordContext } from '../record/context.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { KeyRing } from '../record/keys.ts'
import { formatPolicy } from '../record/policy.ts'
import { makePromiser } from '../record/promiser.ts'
import { buildRegistry, type Registry } from '../record/registry.ts'
import { type Outcome, Runner } from '../record/runner.ts'
import { Sequencer } from '../record/sequencer.ts'
import { connectSigner, logVerifierKeys, type Signer, type SignerKeys, startSigner } from '../signer/client.ts'
import { rooms } from './rooms.ts'

/** Everything that a command needs of an instance, opened: database, record, signer. */
export type House = {
  readonly config: Config
  readonly database: Database
  readonly registry: Registry
  readonly record: RecordContext
  readonly runner: Runner
  readonly sequencer: Sequencer
  readonly signer: Signer
  readonly signerKeys: SignerKeys
  readonly secrets: Secrets
  readonly clock: Clock
  /** Whether another process runs this instance; then this one is a guest and starts nothing. */
  readonly joined: boolean
  /** When the signer last failed to answer, and since when it has. */
  readonly watch: { signerSilentSince?: string }
  /** Appends acts in one transaction and places them in the tree at once (imports, the first population). */
  appendBulk(acts: readonly Act[]): Promise<Outcome[]>
  /** Places what waits and has the head signed. */
  settle(): Promise<number>
  close(): Promise<void>
}

type RunFile = { readonly pid: number; readonly signerSocket: string; readonly url?: string }

const runFile = (config: Config) => join(config.dataFolder, 'run.json')

/** What the running instance left about itself, if it still runs. */
export async function findRunning(config: Config): Promise<RunFile | undefined> {
  try {
    const found = JSON.parse(await readFile(runFile(config), 'utf8')) as RunFile
    process.kill(found.pid, 0)
    return found
  } catch {
    // No file, or a process that is gone: nothing runs here.
    return undefined
  }
}

/**
 * Opens the instance in `config.dataFolder`: joins the one that runs there, or starts its database and signer and stops
 * them in `close`. Migrates, enters what was migrated into the record, and writes the trust policy.
 */
export async function openHouse(
  config: Config,
  { clock = systemClock, onLost }: { clock?: Clock; onLost?: (error: Error) => void } = {},
): Promise<House> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  const running = await findRunning(config)
  const secrets = await openSecrets(join(config.dataFolder, 'secrets'), join(config.dataFolder, 'oversight'))
  const server = await openDatabase(config)
  const database = connectDatabase(server.connectionString, onLost ? { onConnectionLost: onLost } : {})
  const socketPath = running?.signerSocket ?? signerSocketOf(config)
  const signerProcess = running
    ? undefined
    : await startSigner({ secretsFolder: join(config.dataFolder, 'secrets', 'signer'), socketPath })
  const signer = connectSigner({ socketPath })
  const applied = await migrate(database)
  const signerKeys = await signer.keys()

  const registry = buildRegistry(rooms)
  const record: RecordContext = { registry, keys: new KeyRing(secrets.facility, secrets.oversight), clock }
  const watch: { signerSilentSince?: string } = {}
  const promiser = makePromiser({
    origin: config.origin,
    delaySeconds: config.promiseSeconds,
    signPromise: (message) => signer.signPromise(message),
    onSilent: () => {
      watch.signerSilentSince ??= clock.now().toString()
    },
  })
  const runner = new Runner({ record, database, promiser })
  const sequencer = new Sequencer(database)
  const settle = async () => {
    await sequencer.pass()
    const size = await signHead({ database, sequencer, signer, origin: config.origin, clock })
    delete watch.signerSilentSince
    return size
  }
  const house: House = {
    config,
    database,
    registry,
    record,
    runner,
    sequencer,
    signer,
    signerKeys,
    secrets,
    clock,
    joined: running !== undefined,
    watch,
    settle,
    appendBulk: (acts) => appendBulk(runner, sequencer, acts),
    async close() {
      signer.close()
      await signerProcess?.stop()
      await database.close()
      await server.stop()
      if (!running) await rm(runFile(config), { force: true })
    },
  }
  if (!running)
    await writeFile(runFile(config), `${JSON.stringify({ pid: process.pid, signerSocket: socketPath })}\n`, {
      mode: 0o600,
    })
  await enterHouse(house, applied)
  await writeTrustPolicy(house)
  return house
}

async function appendBulk(runner: Runner, sequencer: Sequencer, acts: readonly Act[]): Promise<Outcome[]> {
  let placed: { committed(): void; failed(): void } | undefined
  const outcomes = await runner.submitAll(acts, async (tx, appended) => {
    placed = await sequencer.within(tx, appended)
  })
  if (outcomes.some(isRefusal)) placed?.failed()
  else placed?.committed()
  return outcomes
}

/** Sockets have short paths: a folder deep in a home would pass the system's limit of 107 bytes. */
function signerSocketOf(config: Config): string {
  const inside = join(resolve(config.dataFolder), 'signer', 'signer.sock')
  return Buffer.byteLength(inside) < 100 ? inside : join('/tmp', `habeas-signer-${process.pid}`, 'signer.sock')
}

/** The keys of this house and the migrations that made its tables stand in the record itself. */
async function enterHouse(
  { config, runner, signerKeys, clock, settle, database }: House,
  applied: readonly Migration[],
): Promise<void> {
  const custodian = {
    use: 'custodian',
    origin: config.origin,
    ed25519: base64(signerKeys.custodian.ed25519),
    'ml-dsa-44': base64(signerKeys.custodian['ml-dsa-44']),
  }
  const promise = { use: 'promise', origin: config.origin, ed25519: base64(signerKeys.promise.ed25519) }
  const acts = [custodian, promise].map((act) =>
    serviceAct(publishKey, { act }, clock, [act.use, config.origin, act.ed25519]),
  )
  for (const act of applied) acts.push(serviceAct(applyMigration, { act }, clock, [act.name, act.sha256]))
  const known = await database.rows<{ act: string }>('select act from entry where act = any($1::uuid[])', [
    acts.map(({ id }) => id),
  ])
  const fresh = acts.filter(({ id }) => !known.some(({ act }) => act === id))
  if (fresh.length === 0) return
  const outcomes = await Promise.all(fresh.map((act) => runner.submit(act)))
  const refused = outcomes.find(isRefusal)
  if (refused) throw new Error(`the house could not enter itself: ${refused.code}`)
  await settle()
}

async function writeTrustPolicy({ config, signerKeys }: House): Promise<void> {
  const logs = logVerifierKeys(config.origin, signerKeys).map((key) => ({ key }))
  await writeFile(
    join(config.dataFolder, 'trust.policy'),
    formatPolicy({ logs, witnesses: [], groups: [], quorum: 'none' }),
  )
}
