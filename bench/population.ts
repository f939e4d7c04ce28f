import type { Act } from '../src/kernel/act.ts'
import type { ActDraft } from '../src/simulate/draft.ts'
import { facilityDrafts, readTecoluca } from '../src/simulate/facility.ts'
import { readMixture } from '../src/simulate/mixture.ts'
import { populationBatches } from '../src/simulate/population.ts'
import { actOf, type BenchHouse, share } from './house.ts'

/** Acts a transaction in bulk (reference/pipeline.md §7). */
export const BATCH_ACTS = 2_000

const actOfDraft = ({ kind, occurredAt, data, id }: ActDraft): Act => actOf(kind, occurredAt, data, id)

/** The places of the reference facility: they stand before anybody comes. */
export async function loadFacility(house: BenchHouse): Promise<void> {
  const acts = facilityDrafts(readTecoluca()).map(actOfDraft)
  for (const some of share(acts, BATCH_ACTS)) await house.appendBulk(some)
}

/** The simulated population as `npm start` loads it, in batches of whole people; acts validated beforehand. */
export function* peopleBatches(people: number): Generator<Act[]> {
  for (const drafts of populationBatches({ ...readMixture(), people }, { size: BATCH_ACTS })) {
    yield drafts.map(actOfDraft)
  }
}
