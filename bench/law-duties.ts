import { dutiesOfCustody } from '../src/duties/duties.ts'
import { custodyDuties } from '../src/duties/project.ts'
import { simulate } from '../src/duties/simulation.testing.ts'
import type { Entry } from '../src/kernel/act.ts'
import { readMixture } from '../src/simulate/mixture.ts'
import { population } from '../src/simulate/population.ts'
import type { Measured, Round } from './figure.ts'

const LARGE = 40_000
const SMALL = 4_000
const CUSTODIES = 1_000
const SEED = 2_026

type Figure = Pick<Measured, 'name' | 'unit' | 'yardstick' | 'rounds'>

/** The entries of a population that duties look at, by custody. */
function entriesOf(people: number, turn = 0): Entry[][] {
  const kinds = new Set(custodyDuties.kinds)
  const mixture = readMixture()
  let n = 0
  return [...population({ ...mixture, seed: mixture.seed + turn, people })].flatMap((acts) => {
    const read = acts.filter(({ kind }) => kinds.has(kind.kind))
    return [...Map.groupBy(read, ({ data }) => data.person?.custody as string)].map(([custody, some]) =>
      some.map(
        ({ kind, id, occurredAt, data }): Entry => ({
          n: ++n,
          id,
          kind: kind.kind,
          v: kind.v,
          facility: 'TEC',
          custody,
          occurredAt,
          recordedAt: '2026-11-25T00:00:00Z',
          via: 'simulator',
          sections: data,
        }),
      ),
    )
  })
}

/** A tenth of each in turn, so that both meet the same machine. */
const PARTS = 10

const partOf = (custodies: readonly (readonly Entry[])[], i: number) => {
  const size = Math.ceil(custodies.length / PARTS)
  return custodies.slice(i * size, (i + 1) * size)
}

function secondsOf(custodies: readonly (readonly Entry[])[]): number {
  const begun = performance.now()
  for (const entries of custodies) dutiesOfCustody(entries)
  return (performance.now() - begun) / 1000
}

/** All duties of 40,000 people recomputed, people a second, against the rate at 4,000; and the seeded simulation. */
export function dutyFigures(rounds: number, quick: boolean): Figure[] {
  const scale = quick ? 40 : 1
  const large = entriesOf(LARGE / scale)
  secondsOf(partOf(large, 0))
  const measured: Round[] = Array.from({ length: rounds }, (_, turn) => {
    // Other people each time: the same few again would be met in caches that 40,000 overflow.
    const small = entriesOf(SMALL / scale, turn + 1)
    const seconds = { large: 0, small: 0 }
    for (let i = 0; i < PARTS; i++) {
      seconds.large += secondsOf(partOf(large, i))
      seconds.small += secondsOf(partOf(small, i))
    }
    return { value: LARGE / scale / seconds.large, yardstick: SMALL / scale / seconds.small }
  })
  const { duties, onTime, late, unknown, running } = simulate(SEED, CUSTODIES / scale)
  return [
    { name: 'law/duties/recompute', unit: 'people/s at 40,000', yardstick: 'people/s at 4,000', rounds: measured },
    {
      name: 'law/simulation/judged',
      unit: 'duties on time, late, running or unknown',
      yardstick:
        'duties of custodies over five simulated years; an assertion fails where a moment or a duty is missing',
      rounds: [{ value: onTime + late + unknown + running, yardstick: duties }],
    },
  ]
}
