// What is done to a house that is being used, one a round.
import { cp, open, rm, stat, statfs, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Sequencer } from '../../src/record/sequencer.ts'
import type { Random } from '../../src/simulate/random.ts'
import { assertKept, type Sent } from '../e2e/load.ts'
import { run, type TortureHouse } from './torture-house.ts'

export type Round = {
  readonly house: TortureHouse
  readonly random: Random
  readonly sent: Sent
  /** Everything acknowledged since the beginning, with this round's. */
  acknowledgedSoFar(): Sent
  /** Until so many more acts were acknowledged; false when that takes too long. */
  untilAcknowledged(more: number, withinMs?: number): Promise<boolean>
  /** Ends the load: what is on its way gets its answer, or none. */
  endLoad(): Promise<void>
}

/** What happened, in a few words; `wrong` where the house did not do what it must. */
export type Happened = { readonly says: string; readonly wrong?: string }

export type Fault = { readonly name: string; happen(round: Round): Promise<Happened> }

const happened = (says: string): Happened => ({ says })

const killApplication: Fault = {
  name: 'kill -9 of the application',
  async happen({ house, random, untilAcknowledged }) {
    await untilAcknowledged(random.int(5, 60))
    await house.endServer('SIGKILL')
    return happened('gone')
  },
}

const killSigner: Fault = {
  name: 'kill -9 of the signer',
  async happen({ house, untilAcknowledged }) {
    process.kill(await house.signerPid(), 'SIGKILL')
    const goesOn = await untilAcknowledged(20)
    const began = performance.now()
    const ended = await house.endServer('SIGTERM')
    const seconds = ((performance.now() - began) / 1000).toFixed(1)
    return goesOn
      ? happened(
          `acts were recorded without it; asked to stop, the application ended with ${ended?.code} in ${seconds} s`,
        )
      : { says: 'nothing was recorded without it', wrong: 'no act was recorded while the signer was away' }
  },
}

const killPostmaster: Fault = {
  name: 'kill -9 of the database server',
  async happen({ house, random, untilAcknowledged }) {
    await untilAcknowledged(random.int(5, 60))
    await house.stopPostgres('kill')
    await house.ensurePostgres()
    const goesOn = await untilAcknowledged(20)
    return happened(goesOn ? 'the application went on with the new one' : 'the application did not find the new one')
  },
}

const killBackend: Fault = {
  name: 'kill -9 of a backend',
  async happen({ house, random, untilAcknowledged }) {
    await untilAcknowledged(random.int(5, 60))
    const rows = await house.direct.rows<{ pid: number }>(
      `select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()
       order by state desc limit 4`,
    )
    process.kill(random.pick(rows).pid, 'SIGKILL')
    const goesOn = await untilAcknowledged(20)
    return happened(goesOn ? 'the server recovered by itself' : 'no act came through')
  },
}

const loseCommits: Fault = {
  name: 'COMMIT whose answer is lost',
  async happen({ house, untilAcknowledged }) {
    const before = house.wire.commitsLost
    for (let i = 0; i < 5; i++) {
      house.wire.loseNextCommit()
      await untilAcknowledged(10, 5_000)
    }
    house.wire.disarm()
    return happened(`${house.wire.commitsLost - before} answers lost`)
  },
}

/** On the wire between application and database, at offsets of bytes. */
const damageBytes = (what: 'cut' | 'delay' | 'duplicate'): Fault => ({
  name: `bytes: ${what}`,
  async happen({ house, random, untilAcknowledged }) {
    const before = house.wire.byteFaults
    let [stalls, deaths] = [0, 0]
    for (let i = 0; i < 4; i++) {
      house.wire.arm({
        from: random.chance(0.5) ? 'client' : 'server',
        atByte: random.int(0, 20_000),
        what,
        delayMs: random.int(50, 800),
        bytes: random.int(1, 64),
      })
      if (await untilAcknowledged(20, 3_000)) continue
      if (house.server === undefined) {
        // The driver takes a stream that makes no sense for a bug, and ends the process.
        deaths++
        await house.ensureServer()
        continue
      }
      stalls++
      // A stream that makes no sense any more can stay open in silence; networks end such connections at last.
      house.wire.reset()
    }
    house.wire.disarm()
    house.wire.reset()
    const times = `${house.wire.byteFaults - before} times`
    return happened(`${times}, the work stood still ${stalls} times, the application ended ${deaths} times`)
  },
})

const fillDisk: Fault = {
  name: 'full disk',
  async happen({ house, untilAcknowledged }) {
    if (!house.hasOwnDisk) return limitFiles(house, untilAcknowledged)
    const ballast = house.instance.path('disk/ballast')
    await fillUp(ballast, house.instance.path('disk'))
    // A segment ends, and the next one has no place.
    await house.direct.rows('select pg_switch_wal()').catch(() => undefined)
    const goesOn = await untilAcknowledged(400, 2_500)
    await rm(ballast)
    await house.ensurePostgres()
    const after = await untilAcknowledged(3)
    return happened(`${goesOn ? 'went on' : 'stood still'}; with space again ${after ? 'goes on' : 'stands still'}`)
  },
}

async function fillUp(ballast: string, folder: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const file = await open(ballast, 'w')
  try {
    const piece = Buffer.alloc(1024 * 1024)
    for (let left = bavail * bsize; left > 0; left -= piece.length) await file.write(piece)
    for (;;) await file.write(piece, 0, 4096)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  } finally {
    await file.close()
  }
}

/** Where no file system may be mounted: files of the server's processes may not grow (EFBIG where it would be ENOSPC). */
async function limitFiles(house: TortureHouse, untilAcknowledged: Round['untilAcknowledged']): Promise<Happened> {
  const rows = await house.direct.rows<{ pid: number }>('select pid from pg_stat_activity where pid is not null')
  const pids = [house.postgres.pid, ...rows.map(({ pid }) => pid)]
  const statuses = []
  for (const pid of pids) statuses.push(await run('prlimit', ['--pid', String(pid), '--fsize=4194304']))
  if (!statuses.includes(0)) return happened('not possible here: no file system may be mounted, no limit set')
  await house.direct.rows('select pg_switch_wal()').catch(() => undefined)
  await untilAcknowledged(400, 2_500)
  await house.stopPostgres('kill')
  await house.ensurePostgres()
  return happened('by a limit on the size of files: no file system may be mounted here')
}

const PAGE_BYTES = 8192

const flipByte: Fault = {
  name: 'a flipped byte in a heap file',
  async happen({ house, random, untilAcknowledged, endLoad }) {
    await untilAcknowledged(5)
    await endLoad()
    const [row] = await house.direct.rows<{ path: string; page: number }>(
      `select pg_relation_filepath('entry') as path, (ctid::text::point)[0]::integer as page
       from entry order by n offset $1 limit 1`,
      [random.int(0, 20)],
    )
    const { path, page } = row as { path: string; page: number }
    await house.stopPostgres('fast')
    const offset = page * PAGE_BYTES + random.int(24, PAGE_BYTES - 1)
    await flip(join(house.pgFolder, path), offset)
    await house.ensurePostgres()
    // Without it the audit would take the house for one that nobody runs.
    await house.untilHeld()
    const { code, stdout, stderr } = await house.instance.run(['audit'], house.env)
    await house.stopPostgres('fast')
    await flip(join(house.pgFolder, path), offset)
    await house.ensurePostgres()
    const words = /page-unreadable.*invalid page in block/.test(stdout)
    if (code === 1 && words) return happened(`habeas audit ended with ${code} and named the page`)
    return { says: `habeas audit ended with ${code}`, wrong: `the flipped byte was not reported: ${stdout}${stderr}` }
  },
}

async function flip(path: string, offset: number): Promise<void> {
  const file = await open(path, 'r+')
  try {
    const byte = Buffer.alloc(1)
    await file.read(byte, 0, 1, offset)
    byte[0] = (byte[0] as number) ^ 0x10
    await file.write(byte, 0, 1, offset)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Places as `house` says them, beside the house. */
const SAVED = ['disk/pg', 'data'] as const

const truncateWal: Fault = {
  name: 'the last WAL segment cut off',
  async happen({ house, random, untilAcknowledged, endLoad, acknowledgedSoFar }) {
    await untilAcknowledged(random.int(10, 60))
    await endLoad()
    // What is signed is what the signer will miss; an act that is not yet signed is covered by its promise alone.
    if (!(await house.isSigned(30_000))) return { says: 'not signed', wrong: 'what was acknowledged was not signed' }
    const [row] = await house.direct.rows<{ segment: string; offset: number }>(
      `select file_name as segment, file_offset as offset from pg_walfile_name_offset(pg_current_wal_flush_lsn())`,
    )
    await house.endServer('SIGKILL')
    await house.stopPostgres('kill')
    const saved = house.instance.path('saved')
    for (const place of SAVED) await copy(house.instance.path(place), join(saved, place))
    const { segment, offset } = row as { segment: string; offset: number }
    const path = join(house.pgFolder, 'pg_wal', segment)
    const { size } = await stat(path)
    const keeps = Math.max(0, offset - random.int(1, 60_000))
    await truncate(path, keeps)
    // Half of them as a file system gives it back after a power failure: as long as before, and empty.
    const isZeroed = random.chance(0.5)
    if (isZeroed) await truncate(path, size)
    const outcome = await reopened(house, acknowledgedSoFar())
    await house.endServer('SIGKILL')
    await house.stopPostgres('kill')
    for (const place of SAVED) {
      await rm(house.instance.path(place), { recursive: true, force: true })
      await copy(join(saved, place), house.instance.path(place))
    }
    await rm(saved, { recursive: true })
    await house.startPostgres()
    const cut = `${offset - keeps} bytes ${isZeroed ? 'zeroed' : 'cut off'}`
    return { ...outcome, says: `${cut}: ${outcome.says}; put back` }
  },
}

/** Files of the database belong to its account. */
async function copy(from: string, to: string): Promise<void> {
  await run('mkdir', ['-p', join(to, '..')])
  const status = await run('cp', ['-a', from, to])
  if (status !== 0) await cp(from, to, { recursive: true })
}

async function reopened(house: TortureHouse, acknowledged: Sent): Promise<Happened> {
  try {
    await house.startPostgres()
  } catch {
    return happened('the database refuses to start')
  }
  // An act that is there without its place gets it again now: the same tree as was signed, or the signer refuses.
  const { code, stderr } = await house.instance.run(['start', '--no-serve'], house.env)
  if (code === 8) return happened('the house refuses to sign')
  const missing = await assertKept(house.direct, acknowledged).then(
    () => undefined,
    (error: Error) => error.message,
  )
  if (missing === undefined && code === 0) return happened('all acknowledged acts are there')
  const wrong = `start ended with ${code}: ${missing ?? 'nothing is missing'}: ${stderr}`
  return { says: 'neither whole nor refused', wrong }
}

const HOUR_MS = 3_600_000
const JUMPS_MS = [24 * HOUR_MS, -HOUR_MS, 90_000, -90_000] as const

const jumpClock: Fault = {
  name: 'the clock jumps',
  async happen({ house, random, untilAcknowledged }) {
    const jumps = [random.pick(JUMPS_MS), random.pick(JUMPS_MS), 0]
    for (const offset of jumps) {
      await writeFile(house.clockFile, String(offset))
      house.server?.child.kill('SIGUSR2')
      if (await untilAcknowledged(20)) continue
      await writeFile(house.clockFile, '0')
      house.server?.child.kill('SIGUSR2')
      return { says: 'stood still', wrong: `no act was recorded after the clock jumped by ${offset} ms` }
    }
    return happened(
      `by ${jumps.map((ms) => `${ms / 1000} s`).join(', ')} (the application's; PostgreSQL keeps its own)`,
    )
  },
}

const twoSequencers: Fault = {
  name: 'two more sequencers, and a second application',
  async happen({ house, untilAcknowledged }) {
    let isOver = false
    let placed = 0
    const sequence = async () => {
      const sequencer = new Sequencer(house.direct)
      while (!isOver) {
        placed += await sequencer.pass()
        await sleep(5)
      }
    }
    const sequencing = [sequence(), sequence()]
    const second = house.instance.run(['start', '--no-serve'], house.env)
    const goesOn = await untilAcknowledged(30)
    const { code } = await second
    isOver = true
    await Promise.all(sequencing)
    const says = `they placed ${placed} entries; the second application ended with ${code}`
    if (!goesOn) return { says, wrong: 'nothing was recorded beside two sequencers' }
    return code === 5 ? { says } : { says, wrong: 'the second application was not refused' }
  },
}

/** Every kind of fault. */
export const faults: readonly Fault[] = [
  killApplication,
  killSigner,
  killPostmaster,
  killBackend,
  loseCommits,
  damageBytes('cut'),
  damageBytes('delay'),
  damageBytes('duplicate'),
  fillDisk,
  flipByte,
  truncateWal,
  jumpClock,
  twoSequencers,
]
