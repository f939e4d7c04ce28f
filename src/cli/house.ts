import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Act } from '../kernel/act.ts'
import { base64 } from '../kernel/bytes.ts'
import { type Clock, type Promiser, systemClock, type Tx } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { oversightEffects } from '../oversight/effects.ts'
import type { Config } from '../platform/config.ts'
import type { Database } from '../platform/database.ts'
import type { Log } from '../platform/logs.ts'
import { migrate } from '../platform/migrate.ts'
import { AlreadyRunning, type Ending } from '../platform/postgres/server.ts'
import { openSecrets, type Secrets } from '../platform/secrets.ts'
import { TrustPolicy } from '../platform/trust-policy.ts'
import { Witnesses } from '../platform/witnesses.ts'
import { applyMigration, publishKey } from '../record/acts.ts'
import { signHead } from '../record/checkpointer.ts'
import type { RecordContext } from '../record/context.ts'
import type { Head } from '../record/heads.ts'
import { serviceAct } from '../record/house-keeping.ts'
import { KeyRing } from '../record/keys.ts'
import { makePromiser } from '../record/promiser.ts'
import { type Rebuilt, rebuildChanged } from '../record/rebuild.ts'
import { buildRegistry, type Registry } from '../record/registry.ts'
import { type Outcome, Runner } from '../record/runner.ts'
import { Sequencer } from '../record/sequencer.ts'
import { connectSigner, logVerifierKeys, type Signer, type SignerKeys, startSigner } from '../signer/client.ts'
import { connectDatabases } from './databases.ts'
import { type RunFile, removeRunFile, signerSocketOf, takeInstance, writeRunFile } from './instance.ts'
import { Keeper, type Standing, untilSigned } from './keeper.ts'
import { rooms } from './rooms.ts'

/** Everything that a command needs of an instance, opened: database, record, signer. */
export type House = {
  readonly config: Config
  /** Owns the tables: for what the application's role may not do (replay, statistics). */
  readonly owner: Database
  readonly database: Database
  /** Exchanges keys by order of a court, and may read where the key of a sealed custody went. */
  readonly expunger: Database
  /** Keeps what witnesses say, beside giving places in the tree. */
  readonly sequencerDatabase: Database
  readonly registry: Registry
  readonly record: RecordContext
  readonly runner: Runner
  /** Signs anew what an act was promised. */
  readonly promiser: Promiser
  readonly signer: Signer
  readonly signerKeys: SignerKeys
  readonly secrets: Secrets
  readonly clock: Clock
  readonly log: Log
  /** Whether another process runs this instance; then this one is a guest and starts nothing. */
  readonly joined: boolean
  /** Registers that were made anew when it was opened, because the program had changed. */
  readonly rebuilt: readonly Rebuilt[]
  /** Where the running instance answers HTTP. */
  readonly url?: string
  /** What stands in the way of signing. */
  readonly standing: Standing
  /** Whom this house names for others to trust: its log, its witnesses. */
  readonly trustPolicy: TrustPolicy
  readonly witnesses: Witnesses
  /** The head for a paper over so many entries, cosigned where the policy asks for it. */
  bestHead(minSize: number): Promise<Head | undefined>
  /**
   * Appends acts in one transaction and places them in the tree at once (imports, the first population). `alsoWrite`
   * writes in that same transaction.
   */
  appendBulk(acts: readonly Act[], alsoWrite?: (tx: Tx) => void): Promise<Outcome[]>
  /** Resolves when all that is committed stands in a signed tree, to its size. */
  settle(): Promise<number>
  /** Tells others how to join this process, and where it answers. */
  announce(url: string): Promise<void>
  /** Ends when the database server that this process started has ended by itself; never for one that it joined. */
  readonly databaseLost: Promise<Ending>
  close(): Promise<void>
}

export type OpenOptions = {
  readonly log: Log
  readonly clock?: Clock
  /** The caller will run the instance; AlreadyRunning where another process does. Else it is joined. */
  readonly mustOwn?: boolean
}

const GUEST_WAIT_MS = 30_000

/**
 * Opens the instance in `config.dataFolder`: joins the one that runs there, or starts its database and signer and stops
 * them in `close`. Migrates, enters what was migrated into the record, and writes the trust policy.
 * @throws AlreadyRunning, MigrationRefused, DatabaseUnavailable
 */
export async function openHouse(config: Config, options: OpenOptions): Promise<House> {
  const closers: (() => unknown)[] = []
  try {
    return await open(config, options, closers)
  } catch (error) {
    await closeAll(closers)
    throw error
  }
}

/** In the reverse order of opening. One that cannot be closed, because it is gone, does not keep the others open. */
async function closeAll(closers: (() => unknown)[]): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close()
    } catch {
      // What it was is gone already; nothing that was acknowledged depends on it.
    }
  }
}

async function open(
  config: Config,
  { log, clock = systemClock, mustOwn = false }: OpenOptions,
  closers: (() => unknown)[],
): Promise<House> {
  await mkdir(config.dataFolder, { recursive: true, mode: 0o700 })
  const { server, running, databaseLost, release } = await takeInstance(config)
  closers.push(release)
  if (running && mustOwn) throw new AlreadyRunning(whoRuns(config, running))
  let isClosing = false
  const databases = connectDatabases(config, server.connectionString, (error) => {
    if (!isClosing) log.warn('a connection was lost', { error })
  })
  const { owner, app: database } = databases
  closers.push(() => {
    isClosing = true
    return databases.close()
  })

  const secrets = await openSecrets(config.secretsFolder, join(config.dataFolder, 'oversight'))
  const socketPath = running?.signerSocket ?? signerSocketOf(config)
  if (!running) {
    await removeRunFile(config)
    const process = await startSigner({ secretsFolder: join(config.secretsFolder, 'signer'), socketPath })
    closers.push(() => process.stop())
  }
  const signer = connectSigner({ socketPath })
  closers.push(() => signer.close())
  if (!running) await migrate(owner)
  const signerKeys = await signer.keys()

  const registry = buildRegistry(rooms)
  const record: RecordContext = { registry, keys: new KeyRing(secrets.facility, secrets.oversight), clock }
  const rebuilt = running ? [] : await rebuildStale(record, owner, log)
  const sequencer = new Sequencer(databases.sequencer)
  const keeper = new Keeper({
    pass: () => sequencer.pass(),
    sign: () => signHead({ database: databases.sequencer, sequencer, signer, origin: config.origin, clock }),
    ping: () => signer.state(),
    intervalMs: config.checkpointIntervalMs,
    clock,
    log,
  })
  const promiser = makePromiser({
    origin: config.origin,
    delaySeconds: config.promiseSeconds,
    signPromise: (message) => signer.signPromise(message),
    onSilent: () => {
      keeper.standing.signerSilentSince ??= clock.now().toString()
    },
  })
  const nudge = !running && { onAppended: () => keeper.nudge() }
  const effects = { database: databases.expunger, carryOut: oversightEffects(record, secrets.oversight) }
  const runner = new Runner({ record, database, promiser, effects, ...nudge })
  const bulk = new Runner({ record, database: databases.sequencer, promiser, ...nudge })
  // Only the process that runs the instance signs: two who ask for signatures would each show the other an older tree.
  const settleAsGuest = async () => {
    await sequencer.pass()
    const { size } = await sequencer.head()
    return untilSigned(() => signedSize(database), size, GUEST_WAIT_MS)
  }
  const trustPolicy = new TrustPolicy(join(config.dataFolder, 'trust.policy'))
  const witnesses = new Witnesses({ database: databases.sequencer, clock, trustPolicy, log })
  const house: House = {
    config,
    owner,
    database,
    expunger: databases.expunger,
    sequencerDatabase: databases.sequencer,
    registry,
    record,
    runner,
    promiser,
    signer,
    signerKeys,
    secrets,
    clock,
    log,
    joined: running !== undefined,
    rebuilt,
    ...(running?.url !== undefined && { url: running.url }),
    standing: keeper.standing,
    trustPolicy,
    witnesses,
    bestHead: (minSize) => witnesses.bestHead(minSize),
    settle: running ? settleAsGuest : () => keeper.settle(),
    appendBulk: (acts, alsoWrite) => appendBulk(bulk, sequencer, acts, alsoWrite),
    announce: (url) => writeRunFile(config, { pid: process.pid, signerSocket: socketPath, url }),
    databaseLost,
    close: () => closeAll(closers),
  }
  if (running) return house

  keeper.start()
  closers.push(() => keeper.stop())
  await enterHouse(house)
  await trustPolicy.keep(logVerifierKeys(config.origin, signerKeys))
  witnesses.start()
  closers.push(() => witnesses.stop())
  await writeRunFile(config, { pid: process.pid, signerSocket: socketPath })
  closers.push(() => removeRunFile(config))
  return house
}

function whoRuns(config: Config, { pid, url }: RunFile): string {
  return `Habeas already runs on ${config.dataFolder} (process ${pid})${url === undefined ? '' : ` and answers at ${url}`}.`
}

const signedSize = async (database: Database): Promise<number> =>
  (await database.rows<{ size: number }>('select coalesce(max(size), 0) as size from checkpoint'))[0]?.size ?? 0

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

/** Registers that this program makes otherwise than they were made: anew, before anybody reads or writes them. */
async function rebuildStale(record: RecordContext, owner: Database, log: Log): Promise<readonly Rebuilt[]> {
  const { rebuilt, entries } = await rebuildChanged(record, owner, (registers) =>
    log.warn('the program has changed: registers are made anew', { count: registers.length }),
  )
  for (const { register, removed, added } of rebuilt)
    log.warn('a register was made anew', { register, removed, added, entries })
  return rebuilt
}

/** The keys of this house and the migrations that made its tables stand in the record itself. */
async function enterHouse({ config, runner, signerKeys, clock, settle, database, owner }: House): Promise<void> {
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
  // All of them, not those just applied: a start that was killed in between left some unsaid.
  const applied = await owner.rows<{ name: string; sha256: string }>('select name, sha256 from migration order by name')
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

/** How many entries the record holds, for a progress bar: those with a place in the tree. */
export const entryCount = async (sql: Database): Promise<number> =>
  (await sql.rows<{ size: number }>('select coalesce(max(idx) + 1, 0) as size from leaf'))[0]?.size ?? 0
