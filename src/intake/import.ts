import { createHash } from 'node:crypto'
import type { ActKind } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Sql, Tx } from '../kernel/ports.ts'
import type { Refusal } from '../kernel/refusal.ts'
import { type Counts, completeImport } from './acts.ts'
import { type Companion, noteChanges, takeChanges } from './changes.ts'
import type { FileContext } from './decide.ts'
import { departEnded, noteStays } from './ends.ts'
import { trackedOf } from './fields-of.ts'
import { markGone } from './gone.ts'
import { dayOf } from './history.ts'
import { type ImportPort, ImportRefused, ownAct } from './port.ts'
import { companionOf, type Profile, type TableProfile } from './profile.ts'
import { assertSum, forgetProgress, loadProgress, noCounts } from './progress.ts'
import { checkFile, type MappedFile, type ReadOptions, readMapped } from './read-file.ts'
import { refuseImport } from './refusals.ts'
import { RejectsFile } from './rejects.ts'
import { takeRows } from './rows.ts'
import { type OnProgress, Run } from './run.ts'
import type { Limits } from './window.ts'

export type ImportOptions = {
  /** A second file that the profile describes as `companion`, taken after the first. */
  readonly with?: string
  /** Compares and counts, and keeps nothing. */
  readonly dryRun?: boolean
  readonly onProgress?: OnProgress
  /** Where the lines that were turned away or remarked on are written; of the second file beside it, as `.with`. */
  readonly rejectsPath?: string
  readonly limits?: Partial<Limits>
  /** Name of the file for its date, where it lies under another. */
  readonly fileName?: string
}

/** What became of one file. `read = new + same + changed + rejected`. */
export type FileResult = Counts & {
  readonly digest: string
  readonly asOf?: string
  readonly batch: string
  /** The file had been imported before under this profile: nothing was changed now. */
  readonly repeated: boolean
  /** It went on where an earlier import had stopped. */
  readonly resumed: boolean
  /** For rosters: it tells of everybody, so that who is lacking is gone. False: nobody was marked gone. */
  readonly complete: boolean
}

export type ImportResult = FileResult & {
  readonly facility: string
  readonly dryRun: boolean
  readonly with?: FileResult
  /** Up to three numbers of persons held, to try `habeas return` with. */
  readonly registerNumbers: readonly string[]
}

/**
 * Imports a list under a profile, in batches of one transaction each. A file that was taken before changes nothing; one
 * that was stopped goes on. Refused are: a file that cannot be read to its end (nothing of it is taken), a second
 * import of the facility at the same time. A fault of the world is thrown: repeat, and it goes on.
 */
export async function importFile(
  port: ImportPort,
  path: string,
  profile: Profile,
  options: ImportOptions = {},
): Promise<ImportResult | Refusal> {
  const { companion: _, ...table } = profile
  const companion = options.with === undefined ? undefined : companionOf(profile)
  if (options.with !== undefined && !companion) return refuseImport('companion-unknown', { profile: profile.name })
  // To their ends before anything is taken: a quote left open in line 9,000 must not leave half a file behind.
  const checked = await checkFile(path, table, options)
  if (!checked.ok) return checked.refusal
  const checkedWith =
    options.with === undefined || !companion ? undefined : await checkFile(options.with, companion, options)
  if (checkedWith?.ok === false) return checkedWith.refusal

  const lock = await lockFacility(port, profile.facility.code)
  if (!lock) return refuseImport('import-running', { facility: profile.facility.code })
  try {
    const take = async (dry?: Tx): Promise<ImportResult> => {
      const second = companion && options.with !== undefined ? { path: options.with, table: companion } : undefined
      const first = await takeFile(port, path, table, checked.read, options, dry, second)
      const then = second
        ? await takeFile(port, second.path, second.table, checkedWith?.read ?? 0, withOptions(options), dry)
        : undefined
      const numbers = await registerNumbersOf(dry ?? port.database, profile.facility.code)
      return {
        ...first,
        facility: profile.facility.code,
        dryRun: dry !== undefined,
        ...(then && { with: then }),
        registerNumbers: numbers,
      }
    }
    return options.dryRun ? await undone(port, take) : await take()
  } catch (error) {
    if (error instanceof ImportRefused) return error.refusal
    throw error
  } finally {
    await lock.release()
  }
}

const withOptions = ({ fileName: _, rejectsPath, ...options }: ImportOptions): ImportOptions => ({
  ...options,
  ...(rejectsPath !== undefined && { rejectsPath: `${rejectsPath}.with` }),
})

/** Runs `work` in a transaction that is never committed. */
async function undone<T>(port: ImportPort, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined
  const undo = new Error('dry run')
  try {
    await port.database.run(async (tx) => {
      result = { value: await work(tx) }
      throw undo
    })
  } catch (error) {
    if (error !== undo) throw error
  }
  if (!result) throw new Error('a dry run ended without a result')
  return result.value
}

/** A stay comes with its end and its changes, about five acts: half as many rows keep a transaction as small. */
const BATCH_STAYS = 1_000

const IMPORT_LOCK = 0x49_4d_50

/** One import a facility at a time: rows are compared outside the transactions that enter them. */
async function lockFacility(port: ImportPort, facility: string): Promise<{ release(): Promise<void> } | undefined> {
  const client = await port.database.connect()
  const { rows } = await client.query<{ granted: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as granted',
    [IMPORT_LOCK, facility],
  )
  if (rows[0]?.granted) return { release: () => client.end() }
  await client.end()
  return undefined
}

async function takeFile(
  port: ImportPort,
  path: string,
  table: TableProfile,
  total: number,
  options: ImportOptions,
  dry: Tx | undefined,
  second?: { readonly path: string; readonly table: TableProfile },
): Promise<FileResult> {
  const now = port.clock.now()
  const reading: ReadOptions = {
    now,
    limits: { ...(table.kind === 'stays' && { batchRowsMax: BATCH_STAYS }), ...options.limits },
    ...(options.fileName !== undefined && { fileName: options.fileName }),
  }
  const opened = accepted(await readMapped(path, table, reading))
  const { digest, asOf } = opened
  const facility = table.facility.code
  if (asOf !== undefined && asOf > dayOf(now.toString(), table.facility.zone)) {
    throw new ImportRefused(refuseImport('as-of-future', { asOf }))
  }
  const batch = batchOf(digest, table, asOf)
  const about = { digest, batch, ...(asOf !== undefined && { asOf }) }
  const sql = dry ?? port.database
  const done = await findDone(sql, batch)
  if (done) {
    await opened.events.return()
    return { ...repeatOf(done.counts), ...about, repeated: true, resumed: false, complete: done.complete }
  }

  const stopped = await loadProgress(sql, batch)
  const progress = stopped ?? { byteOffset: 0, line: 0, counts: noCounts(), state: 'rows' as const }
  const rejects =
    options.rejectsPath === undefined
      ? undefined
      : new RejectsFile(options.rejectsPath, { append: stopped !== undefined })
  try {
    const onProgress = options.onProgress ?? (() => {})
    const run = new Run(port, { batch, digest, profile: table.name, facility }, progress, onProgress, { rejects, dry })
    const nextComplete = asOf === undefined ? undefined : await nextCompleteDay(sql, facility, asOf)
    const file: FileContext = {
      profile: table,
      tracked: trackedOf(table),
      digest,
      ...(asOf !== undefined && { asOf }),
      ...(nextComplete !== undefined && { nextComplete }),
    }
    if (progress.state === 'rows') {
      const resumes = stopped !== undefined && stopped.byteOffset > 0
      const isNoted = !resumes && statesEnds(table)
      if (isNoted) await noteAll(run, opened)
      else if (resumes) await opened.events.return()
      const from = resumes ? { resumeFromByte: stopped.byteOffset } : {}
      const mapped = isNoted || resumes ? accepted(await readMapped(path, table, { ...reading, ...from })) : opened
      const companion = second && !run.isDry && (await companionFor(run, second, reading, resumes))
      await takeAll(run, mapped, file, total, companion || undefined)
      progress.state = 'after-rows'
      await run.commit([])
    } else await opened.events.return()
    const complete = isComplete(table, run.counts)
    await afterRows(run, table, file, complete)
    await finish(run, complete, asOf)
    assertSum(run.counts)
    return { ...run.counts, ...about, repeated: false, resumed: stopped !== undefined, complete }
  } finally {
    await rejects?.close()
  }
}

function accepted(file: MappedFile): Extract<MappedFile, { ok: true }> {
  if (!file.ok) throw new ImportRefused(file.refusal)
  return file
}

/**
 * The same file under the same profile is one batch; a mended profile reads the file anew, and two days on which
 * nothing changed are two lists.
 */
const batchOf = (digest: string, table: TableProfile, asOf = ''): string =>
  derivedId('import', digest, table.name, createHash('sha256').update(JSON.stringify(table)).digest('hex'), asOf)

const statesEnds = (table: TableProfile): boolean => Object.values(table.columns).some(({ to }) => to === 'endCensored')

/** Before the first row is taken: on going on after a stop all stays stand there. */
async function noteAll(run: Run, mapped: Extract<MappedFile, { ok: true }>): Promise<void> {
  for await (const event of mapped.events) {
    if (event.kind === 'refused') throw new ImportRefused(event.refusal)
    if (event.kind === 'batch') await noteStays(run, event)
  }
  if (!run.isDry) await run.port.database.rows('analyze import_stay')
}

/** Notes the changes of the second file, so that each stay that is new comes with its own. */
async function companionFor(
  run: Run,
  second: { path: string; table: TableProfile },
  reading: ReadOptions,
  isNoted: boolean,
): Promise<Companion> {
  const { fileName: _, ...options } = reading
  const mapped = accepted(await readMapped(second.path, second.table, options))
  const batch = batchOf(mapped.digest, second.table, mapped.asOf)
  const companion = { batch, file: { digest: mapped.digest, profile: second.table } }
  // A file of changes that was taken before has nothing left to note.
  if (isNoted || (await findDone(run.sql, batch)) || (await loadProgress(run.sql, batch))) {
    await mapped.events.return()
    return companion
  }
  for await (const event of mapped.events) {
    if (event.kind === 'refused') throw new ImportRefused(event.refusal)
    if (event.kind === 'batch') await noteChanges(run, companion, event)
  }
  await run.port.database.rows('analyze import_change')
  return companion
}

async function takeAll(
  run: Run,
  mapped: Extract<MappedFile, { ok: true }>,
  file: FileContext,
  total: number,
  companion: Companion | undefined,
): Promise<void> {
  const isChanges = file.profile.kind === 'changes'
  for await (const event of mapped.events) {
    if (event.kind === 'refused') throw new ImportRefused(event.refusal)
    if (event.kind === 'end') continue
    await run.reject(event.rejects)
    await (isChanges ? takeChanges(run, event, file) : takeRows(run, event, file, companion))
    run.onProgress({ phase: isChanges ? 'changes' : 'rows', done: run.counts.read, total })
  }
  if (run.counts.read !== total) throw new Error(`${total} rows were counted, ${run.counts.read} read`)
}

/** A roster tells of everybody when each of its rows says whose it is. One without rows tells of nobody. */
const isComplete = (table: TableProfile, counts: Counts): boolean =>
  table.kind === 'roster' && counts.read > 0 && counts.unnamed === 0

async function afterRows(run: Run, table: TableProfile, file: FileContext, complete: boolean): Promise<void> {
  if (table.kind === 'changes') return
  if (!run.isDry) await run.port.database.rows('analyze')
  if (complete && file.asOf !== undefined) await markGone(run, { ...file, asOf: file.asOf })
  if (statesEnds(table) && !run.isDry) await departEnded(run, table.facility.zone)
}

async function finish(run: Run, complete: boolean, asOf: string | undefined): Promise<void> {
  if (run.isDry) return
  const { port, digest, profile, facility, counts } = run
  const at = port.clock.now().toString({ smallestUnit: 'millisecond' })
  const draft = {
    kind: completeImport as unknown as ActKind,
    name: 'complete',
    occurredAt: { at, precision: 'second' as const, zone: 'UTC' },
    data: {
      place: { facility },
      act: { file: digest, profile, ...(asOf !== undefined && { asOf }), complete, counts },
    },
  }
  await run.commit([ownAct(draft, run.batch, 'file', port.actor)], [], (tx) => forgetProgress(tx, run.batch))
  await port.database.rows('analyze')
}

async function findDone(sql: Sql, batch: string): Promise<{ counts: Counts; complete: boolean } | undefined> {
  const [row] = await sql.rows<{ counts: Counts; complete: boolean }>(
    'select counts, complete from import_file where batch = $1',
    [batch],
  )
  return row
}

/** The same rows again: each one is as it is known, or is turned away as before. */
const repeatOf = (counts: Counts): Counts => ({
  ...noCounts(),
  read: counts.read,
  same: counts.read - counts.rejected,
  rejected: counts.rejected,
  unnamed: counts.unnamed,
  remarks: counts.remarks,
})

async function nextCompleteDay(sql: Sql, facility: string, asOf: string): Promise<string | undefined> {
  const [row] = await sql.rows<{ day: string | null }>(
    'select min(as_of) as day from import_file where facility = $1 and complete and as_of > $2',
    [facility, asOf],
  )
  return row?.day ?? undefined
}

async function registerNumbersOf(sql: Sql, facility: string): Promise<string[]> {
  const rows = await sql.rows<{ register_number: string }>(
    `select register_number from custody where facility = $1 and upper_inf(held) and register_number is not null
     order by register_number limit 3`,
    [facility],
  )
  return rows.map(({ register_number }) => register_number)
}
