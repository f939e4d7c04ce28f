import type { Act, Receipt } from '../kernel/act.ts'
import { constraintOf, isRetryable } from '../kernel/database-errors.ts'
import type { Promiser, SignedPromise, Sql, Transactions, Tx } from '../kernel/ports.ts'
import { isRefusal, type Refusal } from '../kernel/refusal.ts'
import { refuseRecord } from './acts.ts'
import { type Appended, appendGroup, BatchRefused } from './append.ts'
import { addressOf, type RecordContext } from './context.ts'
import { ensureKeys } from './prior.ts'
import { isAmendment } from './registry.ts'
import { findRepeats } from './repeats.ts'

export type Outcome = Receipt | Refusal

/** At most this many acts share a transaction; more would make one slow act hold up too many. */
const GROUP_ACTS_MAX = 64
/**
 * One lane makes the largest groups and is the faster for it (docs/benchmarks.md). A second opens when the first is held
 * up, so that one long history does not make everybody wait.
 */
const LANES = 2
const HELD_UP_MS = 15
const TRIES = 3

type Waiting = { act: Act; resolve: (outcome: Outcome) => void; reject: (error: unknown) => void }

/** Carries out, in the transaction that appends it, what an act does beyond leaving rows. */
export type Effect = (tx: Tx, act: Act) => Promise<void>

/** Acts with an effect are appended by a role of the database that may do it, each in a transaction of its own. */
export type Effects = { readonly database: Sql & Transactions; readonly carryOut: ReadonlyMap<string, Effect> }

export type RunnerOptions = {
  readonly record: RecordContext
  readonly database: Sql & Transactions
  readonly promiser: Promiser
  /** Told after each commit, so that the sequencer need not wait for its tick. */
  readonly onAppended?: () => void
  readonly effects?: Effects
}

/**
 * Appends acts. A group of acts is the unit: each free lane takes the waiting acts with distinct subjects into one
 * transaction, with one commit and one promise. Any database error undoes the group and runs its acts one by one.
 */
export class Runner {
  readonly #options: RunnerOptions
  readonly #waiting: Waiting[] = []
  #busy = 0
  #scheduled = false
  #relief: NodeJS.Timeout | undefined

  constructor(options: RunnerOptions) {
    this.#options = options
  }

  /** Appends one act. Resolves after its commit, or with the refusal; rejects with a fault of the world. */
  submit(act: Act): Promise<Outcome> {
    if (act.kind.effect) return this.#submitWithEffect(act)
    return new Promise((resolve, reject) => {
      this.#waiting.push({ act, resolve, reject })
      this.#schedule()
    })
  }

  /**
   * Appends all acts in one transaction or none. Where one is refused, the others answer `batch-refused` and name it.
   * `within` runs in the same transaction, after everything is written (the bulk path gives the sequencer's pass).
   */
  async submitAll(
    acts: readonly Act[],
    within?: (tx: Tx, appended: readonly Appended[]) => Promise<void>,
  ): Promise<Outcome[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#together(acts, within)
      } catch (error) {
        if (error instanceof BatchRefused) return this.#answerRefused(acts, error)
        const repeated = await this.#repeated(acts)
        if (repeated.length === acts.length) return repeated
        const refusal = this.#constraintRefusal(acts, error)
        if (refusal) return acts.map(() => refusal)
        if (!mayRetry(error)) throw error
        if (attempt === TRIES) return acts.map(() => refuseRecord('busy'))
      }
    }
  }

  async #submitWithEffect(act: Act): Promise<Outcome> {
    const { effects, ...options } = this.#options
    const carryOut = effects?.carryOut.get(act.kind.kind)
    if (!effects || !carryOut) throw new Error(`nobody here can carry out ${act.kind.kind}`)
    const alone = new Runner({ ...options, database: effects.database })
    const [outcome] = await alone.submitAll([act], (tx) => carryOut(tx, act))
    return outcome as Outcome
  }

  async #together(
    acts: readonly Act[],
    within?: (tx: Tx, appended: readonly Appended[]) => Promise<void>,
  ): Promise<Outcome[]> {
    const { appended, signed } = await this.#run(acts, true, within)
    const promise = await signed
    return appended.map((outcome) => (isRefusal(outcome) ? outcome : receiptOf(outcome, promise, appended)))
  }

  async #answerRefused(acts: readonly Act[], error: BatchRefused): Promise<Outcome[]> {
    const repeated = await this.#repeated(acts)
    if (repeated.length === acts.length) return repeated
    const named = acts.flatMap((act, i) => (error.outcomes[i] ? [act.id] : []))
    return acts.map((_, i) => error.outcomes[i] ?? refuseRecord('batch-refused', { acts: named }))
  }

  async #repeated(acts: readonly Act[]): Promise<Outcome[]> {
    const found = await findRepeats(this.#options, acts)
    return acts.flatMap((act) => found.get(keyOf(act)) ?? [])
  }

  #constraintRefusal(acts: readonly Act[], error: unknown): Refusal | undefined {
    const constraint = constraintOf(error)
    if (constraint === undefined) return undefined
    const { registry } = this.#options.record
    const code = acts
      .map(({ kind }) => (isAmendment(kind.kind) ? registry.constraints : kind.constraints)?.[constraint])
      .find((found) => found !== undefined)
    const spec = code === undefined ? undefined : registry.refusals[code]
    return code === undefined || !spec ? undefined : { refused: true, code, ...spec, details: {} }
  }

  #schedule(): void {
    if (this.#waiting.length === 0 || this.#busy >= LANES) return
    if (this.#busy === 0) {
      if (this.#scheduled) return
      this.#scheduled = true
      setImmediate(() => {
        this.#scheduled = false
        if (this.#busy === 0 && this.#waiting.length > 0) void this.#lane()
      })
    } else this.#relief ??= setTimeout(() => this.#relieve(), HELD_UP_MS)
  }

  #relieve(): void {
    this.#relief = undefined
    if (this.#busy < LANES && this.#waiting.length > 0) void this.#lane()
  }

  async #lane(): Promise<void> {
    const group = this.#take()
    this.#busy++
    try {
      await this.#runGroup(group)
    } finally {
      this.#busy--
      clearTimeout(this.#relief)
      this.#relief = undefined
      this.#schedule()
    }
  }

  /** The waiting acts in order, each subject once: its next act waits for the next group. */
  #take(): Waiting[] {
    const group: Waiting[] = []
    const subjects = new Set<string>()
    for (let i = 0; i < this.#waiting.length && group.length < GROUP_ACTS_MAX; ) {
      const waiting = this.#waiting[i] as Waiting
      const mine = subjectsOf(waiting.act)
      const free = !mine.some((subject) => subjects.has(subject))
      for (const subject of mine) subjects.add(subject)
      if (!free) i++
      else group.push(...this.#waiting.splice(i, 1))
    }
    return group
  }

  async #runGroup(group: readonly Waiting[]): Promise<void> {
    try {
      const acts = group.map(({ act }) => act)
      const { appended, signed } = await this.#run(acts, false)
      const promise = await signed
      const refused = acts.filter((_, i) => isRefusal(appended[i]))
      const repeats = refused.length > 0 ? await findRepeats(this.#options, refused) : undefined
      group.forEach(({ act, resolve }, i) => {
        const outcome = appended[i] as Appended | Refusal
        resolve(isRefusal(outcome) ? (repeats?.get(keyOf(act)) ?? outcome) : receiptOf(outcome, promise, appended))
      })
    } catch (error) {
      if (group.length === 1) await this.#settleAlone(group[0] as Waiting, error)
      else for (const waiting of group) await this.#runAlone(waiting)
    }
  }

  async #runAlone(waiting: Waiting): Promise<void> {
    try {
      const { appended, signed } = await this.#run([waiting.act], false)
      const promise = await signed
      const outcome = appended[0] as Appended | Refusal
      if (!isRefusal(outcome)) return waiting.resolve(receiptOf(outcome, promise, appended))
      const [repeated] = await this.#repeated([waiting.act])
      waiting.resolve(repeated ?? outcome)
    } catch (error) {
      await this.#settleAlone(waiting, error)
    }
  }

  /** What became of an act that failed alone: a repeat, a refusal that a constraint speaks, another try, or a fault. */
  async #settleAlone(waiting: Waiting, error: unknown, attempt = 1): Promise<void> {
    const { act, resolve, reject } = waiting
    try {
      const [repeated] = constraintOf(error) === undefined ? [] : await this.#repeated([act])
      if (repeated) return resolve(repeated)
      const refusal = this.#constraintRefusal([act], error)
      if (refusal) return resolve(refusal)
      if (!mayRetry(error)) return reject(error)
      if (attempt >= TRIES) return resolve(refuseRecord('busy'))
      const { appended, signed } = await this.#run([act], false)
      const promise = await signed
      const outcome = appended[0] as Appended | Refusal
      resolve(isRefusal(outcome) ? outcome : receiptOf(outcome, promise, appended))
    } catch (again) {
      await this.#settleAlone(waiting, again, attempt + 1)
    }
  }

  async #run(
    acts: readonly Act[],
    together: boolean,
    within?: (tx: Tx, appended: readonly Appended[]) => Promise<void>,
  ): Promise<{ appended: (Appended | Refusal)[]; signed: Promise<SignedPromise | undefined> }> {
    const { record, database, promiser, onAppended } = this.#options
    await record.keys.begin(database, record.clock.now())
    await ensureKeys(record, acts, (work) => database.run(work))
    // The signature travels while the database commits; a promise whose commit fails is never handed out.
    let signed: Promise<SignedPromise | undefined> = Promise.resolve(undefined)
    try {
      const appended = await database.run(async (tx) => {
        const outcomes = await appendGroup(record, tx, acts, together)
        const accepted = outcomes.filter((outcome): outcome is Appended => !isRefusal(outcome))
        if (within) await within(tx, accepted)
        // What is imported in bulk gets its place in the same transaction; it needs no promise of one.
        if (accepted[0] && accepted.length <= GROUP_ACTS_MAX)
          signed = promiser.promise(
            accepted.map(({ leaf }) => leaf),
            accepted[0].recordedAt,
          )
        return outcomes
      })
      onAppended?.()
      return { appended, signed }
    } catch (error) {
      // Keys made for custodies that were not begun must not outlive the attempt.
      for (const act of acts) if (act.kind.begins) record.keys.forget(addressOf(act).custody as string)
      throw error
    }
  }
}

/** A subject that was inserted by another at the same moment shows as its primary key: looking again finds it. */
const mayRetry = (error: unknown): boolean => isRetryable(error) || constraintOf(error) === 'subject_once'

const keyOf = (act: Act): string => `${act.id}/${act.part}`

function subjectsOf(act: Act): string[] {
  const { custody, facility } = addressOf(act)
  const person = act.kind.begins ? [act.data.person?.person as string] : []
  return [custody ?? `${facility}/${act.id}`, ...person, ...(act.kind.also?.(act.data as never) ?? [])]
}

function receiptOf(
  { leaf: _leaf, ...appended }: Appended,
  promise: SignedPromise | undefined,
  group: readonly (Appended | Refusal)[],
): Receipt {
  if (!promise) return { ...appended, promise: 'pending' }
  const leafHashes = group.flatMap((outcome) => (isRefusal(outcome) ? [] : [outcome.leafHash]))
  return { ...appended, promise: { ...promise, leafHashes } }
}
