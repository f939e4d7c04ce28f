import type { Act } from '../kernel/act.ts'
import type { Sql, Tx } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { type ImportPort, ImportRefused } from './port.ts'
import { type Progress, saveProgress, saveSeen } from './progress.ts'
import type { RejectsFile } from './rejects.ts'
import type { Reject } from './row.ts'

export type ImportPhase = 'rows' | 'gone' | 'departures' | 'changes'
export type OnProgress = (progress: { phase: ImportPhase; done: number; total?: number }) => void

/** One file on its way in. With `dry` nothing is kept: that transaction is undone at the end. */
export class Run {
  readonly port: ImportPort
  readonly batch: string
  readonly digest: string
  readonly profile: string
  readonly facility: string
  readonly onProgress: OnProgress
  readonly progress: Progress
  readonly #rejects: RejectsFile | undefined
  readonly #dry: Tx | undefined
  #commits = 0

  constructor(
    port: ImportPort,
    about: { batch: string; digest: string; profile: string; facility: string },
    progress: Progress,
    onProgress: OnProgress,
    { rejects, dry }: { rejects?: RejectsFile | undefined; dry?: Tx | undefined } = {},
  ) {
    this.port = port
    this.batch = about.batch
    this.digest = about.digest
    this.profile = about.profile
    this.facility = about.facility
    this.progress = progress
    this.onProgress = onProgress
    this.#rejects = rejects
    this.#dry = dry
  }

  get isDry(): boolean {
    return this.#dry !== undefined
  }

  get sql(): Sql {
    return this.#dry ?? this.port.database
  }

  get counts() {
    return this.progress.counts
  }

  /** Before the commit: on going on after a stop a line may stand twice, never be lacking. */
  async reject(lines: readonly Reject[]): Promise<void> {
    await this.#rejects?.write(lines)
  }

  /** One transaction: the acts, how far the import has come, whom the file shows, and what else is given. */
  async commit(acts: readonly Act[], seen: readonly string[] = [], also?: (tx: Tx) => void): Promise<void> {
    const alsoWrite = (tx: Tx) => {
      saveProgress(tx, this.batch, this.digest, this.profile, this.progress)
      saveSeen(tx, this.batch, seen)
      also?.(tx)
    }
    if (this.#dry) {
      alsoWrite(this.#dry)
      return this.#dry.settle()
    }
    if (acts.length === 0) return this.port.database.run(async (tx) => alsoWrite(tx))
    const outcomes = await this.port.appendBulk(acts, alsoWrite)
    const refused = outcomes.find(isRefusal)
    if (refused) throw new ImportRefused(refused)
    // Plans made on statistics of empty tables are slow ones, and connections keep them (reference/pipeline.md §6).
    this.#commits++
    if (this.#commits === 1 || this.#commits === 3 || this.#commits === 10) await this.port.database.rows('analyze')
  }
}
