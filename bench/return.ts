import { randomUUID } from 'node:crypto'
import { recordPresence } from '../src/custody/acts.ts'
import { makeReturn } from '../src/custody/return/make.ts'
import type { Act } from '../src/kernel/act.ts'
import { isRefusal } from '../src/kernel/refusal.ts'
import { recordOrder } from '../src/law/acts.ts'
import { print, quantile, timed } from './figure.ts'
import { actOf, type BenchHouse, type BenchServer, commitMsOf, countEntries, openHouse, startServer } from './house.ts'
import { admission, at, note, orderOf } from './people.ts'
import { loadFacility, peopleBatches } from './population.ts'
import type { Options } from './record.ts'
import { selectOne } from './yardsticks/select-one.ts'

/** The same calendar for the small and the large house: so many days of admissions, of ever so many people. */
const DAYS = 90
const ASKED_FOR = 10

/** The return of a person with 40 entries, 6 orders, 20 moves: in a house of 40,000 people and in one of 4,000. */
export async function benchReturn({ rounds: wanted, quick }: Options): Promise<void> {
  const rounds = wanted ?? (quick ? 1 : 20)
  const [few, many] = quick ? [10, 100] : [4_000, 40_000]
  const server = await startServer()
  const small = await fill(server, 'small', few)
  const large = await fill(server, 'large', many)
  const commitMs = await commitMsOf(large.house.database)

  const measured: { small: number; large: number; selectOne: number }[] = []
  // The first round fills the caches: these figures are warm ones.
  for (let i = 0; i <= rounds; i++) {
    const times = await round(small, large)
    if (i > 0) measured.push(times)
  }
  const facts = { unit: 'ms', rows: await countEntries(large.house), commitMs }
  print({
    name: 'return/warm/at-40000/at-4000',
    yardstick: 'the same person among a tenth of the people',
    rounds: measured.map((times) => ({ value: times.large, yardstick: times.small })),
    ...facts,
  })
  print({
    name: 'return/warm/at-40000/select-1',
    yardstick: 'select 1',
    rounds: measured.map((times) => ({ value: times.large, yardstick: times.selectOne })),
    ...facts,
  })
  await small.house.close()
  await large.house.close()
  await server.stop()
}

type Filled = { readonly house: BenchHouse; readonly numbers: readonly string[] }

/**
 * Each person once in both houses, and between them the yardstick: as caches and processes are in the middle of other
 * work. Fifty `select 1` in a row, with nothing else to do, are several times faster than any request will ever be.
 */
async function round(small: Filled, large: Filled) {
  const times = { small: [] as number[], large: [] as number[], selectOne: [] as number[] }
  for (let i = 0; i < ASKED_FOR; i++) {
    times.small.push(await timed(() => produce(small.house, small.numbers[i] as string)))
    times.large.push(await timed(() => produce(large.house, large.numbers[i] as string)))
    times.selectOne.push(await timed(() => selectOne(large.house.database)))
  }
  const p50 = (some: readonly number[]) => quantile(some, 0.5)
  return { small: p50(times.small), large: p50(times.large), selectOne: p50(times.selectOne) }
}

async function produce(house: BenchHouse, registerNumber: string): Promise<void> {
  const made = await makeReturn(house, { registerNumber })
  if (isRefusal(made)) throw new Error(`a return was refused: ${made.code}`)
}

/** A house full of people, among them some whose forty entries stand where a stay of three months leaves them. */
async function fill(server: BenchServer, name: string, people: number): Promise<Filled> {
  const house = await openHouse(server, name)
  await loadFacility(house)
  const asked = Array.from({ length: ASKED_FOR }, () => randomUUID())
  const stays = asked.map(stayOf)
  const all = [...peopleBatches(people)].flat()
  for (let day = 0; day < DAYS; day++) {
    const others = all.slice(Math.floor((day * all.length) / DAYS), Math.floor(((day + 1) * all.length) / DAYS))
    await house.appendBulk([...others, ...stays.flatMap((stay) => stay[day] ?? [])])
  }
  await house.settle()
  await house.database.rows('analyze')
  const found = await house.database.rows<{ register_number: string }>(
    'select register_number from custody where id = any($1::uuid[])',
    [asked],
  )
  return { house, numbers: found.map(({ register_number }) => register_number) }
}

/** Acts by day: a crowded first day, then now and then a move, a note, an order. */
function stayOf(custody: string): (Act[] | undefined)[] {
  const days: Act[][] = Array.from({ length: DAYS }, () => [])
  const put = (day: number, act: Act) => days[day]?.push(act)
  put(0, admission(custody))
  for (let i = 0; i < 13; i++) put(i < 5 ? 0 : i * 6, note(custody))
  for (let i = 0; i < 5; i++) put(i < 1 ? 0 : i * 12, order(custody, i))
  for (let i = 0; i < 20; i++) put(i < 4 ? 0 : (i - 4) * 5, move(custody, i))
  put(80, note(custody))
  return days
}

const order = (custody: string, i: number): Act =>
  actOf(recordOrder, at(`2026-01-${20 + i}T08:00:00Z`), {
    person: { custody },
    legal: { order: orderOf(`2026-0${2 + i}-01`, `2027-0${2 + i}-01`) },
  })

const move = (custody: string, i: number): Act =>
  actOf(recordPresence, at(`2026-02-${String(1 + i).padStart(2, '0')}T08:00:00Z`), {
    person: { custody },
    place: { state: 'at', place: randomUUID() },
    act: { because: 'moved' },
  })
