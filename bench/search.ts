import { describePerson } from '../src/people/acts.ts'
import { pickTargets, qualityOf } from '../src/people/search.testing.ts'
import { rankPeople } from '../src/people/search.ts'
import { print, timed } from './figure.ts'
import { type BenchHouse, commitMsOf, countEntries, openHouse, startServer } from './house.ts'
import { loadFacility, peopleBatches } from './population.ts'
import type { Options } from './record.ts'

const SEED = 20261124
const ASKED_A_ROUND = 50
const FIRST = 10
/** After everybody came. */
const AT = '2026-11-10T00:00:00Z'

/** Names with mistakes (the mix: src/people/mistakes.testing.ts) among 40,000 people: how long, and who is found. */
export async function benchSearch({ rounds: wanted, quick }: Options): Promise<void> {
  const rounds = wanted ?? (quick ? 3 : 20)
  const [people, asked] = quick ? [400, 100] : [40_000, 1_000]
  const server = await startServer()
  const house = await openHouse(server, 'search')
  await fill(house, people)
  const targets = await pickTargets(house.database, asked, SEED)
  const numbers = await house.database.rows<{ value: string }>(
    'select value from person_identifier order by entry_n limit $1',
    [ASKED_A_ROUND],
  )
  const facts = { rows: await countEntries(house), commitMs: await commitMsOf(house.database) }

  const measured: { value: number; yardstick: number }[] = []
  // The first round fills the caches: these figures are warm ones. Every round asks for other people.
  for (let i = 0; i <= rounds; i++) {
    const some = Array.from({ length: ASKED_A_ROUND }, (_, j) => targets[(i * ASKED_A_ROUND + j) % asked])
    const value = await mean(some, (target) => rankPeople(house.database, { name: target?.asked ?? '' }, AT, FIRST))
    const yardstick = await mean(numbers, ({ value: number }) => rankPeople(house.database, { number }, AT, FIRST))
    if (i > 0) measured.push({ value, yardstick })
  }
  print({ name: 'search/misspelt/number', unit: 'ms', yardstick: 'exact lookup by number', rounds: measured, ...facts })

  const quality = await qualityOf(house.database, targets, AT)
  const found = { unit: 'people', yardstick: 'people asked for, with mistakes', ...facts }
  print({ name: 'search/first-10/name', rounds: [quality.named], ...found })
  print({ name: 'search/first-10/person-by-birth-year', rounds: [quality.person], ...found })
  await house.close()
  await server.stop()
}

/** Not the median: a slow search in twenty is what an officer remembers. */
async function mean<T>(all: readonly T[], work: (one: T) => Promise<unknown>): Promise<number> {
  const whole = await timed(async () => {
    for (const one of all) await work(one)
  })
  return whole / all.length
}

/** What the acts of arrival and later descriptions say of who people are: nothing else is searched. */
async function fill(house: BenchHouse, people: number): Promise<void> {
  const kinds = new Set(['custody.admit', 'custody.recapture', describePerson.kind])
  await loadFacility(house)
  for (const acts of peopleBatches(people)) await house.appendBulk(acts.filter(({ kind }) => kinds.has(kind.kind)))
  await house.settle()
  await house.database.rows('vacuum analyze')
}
