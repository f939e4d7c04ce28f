import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Act } from '../kernel/act.ts'
import { derivedId } from '../kernel/ids.ts'
import type { Sql } from '../kernel/ports.ts'
import { isRefusal } from '../kernel/refusal.ts'
import { inBatches } from '../simulate/batches.ts'
import type { ActDraft } from '../simulate/draft.ts'
import { facilityDrafts, readTecoluca } from '../simulate/facility.ts'
import { lawbookDrafts } from '../simulate/ledger.ts'
import { readMixture } from '../simulate/mixture.ts'
import { population } from '../simulate/population.ts'
import { checksOf, type Standing } from '../simulate/sentences.ts'
import type { House } from './house.ts'

/** How the reference facility was filled; beside the data, because its acts follow from it and it must not change. */
type Filled = { readonly seed: number; readonly people: number; readonly finished: boolean }

/** Entries in one transaction: larger ones gain nothing more, smaller ones lose by the commit (reference/pipeline.md). */
const BATCH_ENTRIES = 2_000

/** Acts a person, for the progress bar alone: the mixture makes about so many. */
const ENTRIES_PER_PERSON = 4.06

export type FillWatcher = {
  /** Told once, when there is something to do: about how many entries, and how many people. */
  readonly onBegin: (total: number, people: number) => void
  readonly onProgress: (entries: number) => void
  /** Asked before each batch. */
  readonly isStopped: () => boolean
}

export type FillResult = { readonly people: number; readonly entries: number; readonly durationMs: number }

/**
 * Fills the reference facility with its synthetic people, once. Every act's id follows from the seed, so a fill that was
 * stopped goes on at the first batch that is not there. Undefined: nothing to do; `stopped`: there is more to do.
 * @param wanted how many are to be held; a population that was begun keeps the number it was begun with.
 */
export async function fillFacility(
  house: House,
  wanted: number | undefined,
  { onBegin, onProgress, isStopped }: FillWatcher,
): Promise<FillResult | undefined | 'stopped'> {
  const mixture = readMixture()
  const path = join(house.config.dataFolder, 'population.json')
  const begun = await readFilled(path)
  const people = begun?.people ?? wanted ?? mixture.people
  if (people === 0) return undefined
  const plan = readTecoluca()
  const places = facilityDrafts(plan)
  if (begun?.finished === true && (await isThere(house.database, places))) return undefined

  const started = performance.now()
  await writeFilled(path, { seed: mixture.seed, people, finished: false })
  onBegin(Math.round(places.length + people * ENTRIES_PER_PERSON), people)
  let done = 0
  let isSkipping = true
  const append = async (drafts: readonly ActDraft[]) => {
    // Batches are committed whole and in order: the first that is not there ends the looking.
    isSkipping = isSkipping && (await isThere(house.database, drafts))
    if (isSkipping) return
    const outcomes = await house.appendBulk(drafts.map(actOf))
    const refused = outcomes.find(isRefusal)
    if (refused) throw new Error(`an act of the reference facility was refused: ${refused.code}`)
    const isFirst = done === 0
    done += drafts.length
    onProgress(done)
    // Without statistics the planner takes the tables for empty, and prepared plans keep that.
    if (isFirst) await house.owner.rows('analyze')
  }
  await append(places)
  await append(lawbookDrafts())
  for (const batch of inBatches(population({ ...mixture, people }, plan), { size: BATCH_ENTRIES })) {
    if (isStopped()) return 'stopped'
    await append(batch)
  }
  done += await checkSignatures(house, mixture)
  await house.owner.rows('analyze')
  await writeFilled(path, { seed: mixture.seed, people, finished: true })
  return { people, entries: done, durationMs: performance.now() - started }
}

/** The simulator's hand: it acts as the product does, and its acts say `via: simulator`. */
const SIMULATOR = { officer: derivedId('officer', 'simulator'), role: 'service' } as const

const SECOND = { officer: derivedId('officer', 'simulator, second'), role: 'service' } as const

/** The cause that the population has in common: what it lacks as a whole is one finding, not one a person. */
export const POPULATION = derivedId('batch', 'population')

/** A second hand checks some of what the simulator signed; given again it repeats and adds nothing. */
async function checkSignatures(house: House, mixture: ReturnType<typeof readMixture>): Promise<number> {
  let [after, done] = ['00000000-0000-0000-0000-000000000000', 0]
  for (;;) {
    const signatures = await house.database.rows<Standing>(
      `select custody, case_id as "case", entry, at from sentence_entry e
       where kind = 'sentence.sign' and officer = $1::uuid and custody > $2::uuid and not exists (
         select from sentence_date d where d.custody = e.custody and d.case_id = e.case_id and d.state = 'outdated')
       order by custody limit $3`,
      [SIMULATOR.officer, after, BATCH_ENTRIES],
    )
    const last = signatures.at(-1)
    if (last === undefined) return done
    after = last.custody
    const acts = checksOf(mixture, signatures).map((one) => ({ ...actOf(one), actor: SECOND }))
    const refused = (await house.appendBulk(acts)).find(isRefusal)
    if (refused) throw new Error(`a check of the reference facility was refused: ${refused.code}`)
    done += acts.length
  }
}

/** Its id follows from what it says, and nobody else can send it: the id is its own MAC. */
const actOf = ({ kind, id, occurredAt, data }: ActDraft): Act => ({
  id,
  part: 0,
  kind,
  occurredAt,
  data,
  via: 'simulator',
  actor: SIMULATOR,
  mac: Buffer.from(id),
  batch: POPULATION,
})

async function isThere(sql: Sql, drafts: readonly ActDraft[]): Promise<boolean> {
  const found = await sql.rows('select from entry where act = $1 limit 1', [drafts[0]?.id ?? null])
  return found.length > 0
}

async function readFilled(path: string): Promise<Filled | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Filled
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

/** Whole or not at all, also when the process is killed. */
async function writeFilled(path: string, filled: Filled): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(filled)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}
