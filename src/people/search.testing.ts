// How well a population is found by names with mistakes. Imported by tests and benches only.
import type { Sql } from '../kernel/ports.ts'
import { randomOf } from '../simulate/random.ts'
import { askedFor, lineOf, type Mistake } from './mistakes.testing.ts'
import { rankPeople } from './search.ts'

export type Target = {
  readonly person: string
  /** The name as recorded, in one line. */
  readonly name: string
  readonly birthYear: number | null
  /** The name as somebody asks for it. */
  readonly asked: string
  readonly mistakes: readonly Mistake[]
}

type Recorded = { person: string; given: string; family1: string; family2: string | null; year: string | null }

/** Persons of the register, drawn by seed, each asked for with mistakes. */
export async function pickTargets(sql: Sql, count: number, seed: number): Promise<Target[]> {
  const all = await sql.rows<Recorded>(
    `select n.person, n.given, n.family1, n.family2, left(f.value ->> 'date', 4) as year from person_name n
     left join person_fact f on f.person = n.person and f.aspect = 'birth' and upper_inf(f.span)
     where n.use = 'recorded' and n.given is not null and n.family1 is not null and upper_inf(n.span)
     order by n.person, n.entry_n`,
  )
  const random = randomOf(seed)
  return Array.from({ length: count }, (_, i) => {
    const { person, given, family1, family2, year } = random.pick(all)
    const parts = { given, family1, ...(family2 !== null && { family2 }) }
    const { text, mistakes } = askedFor(parts, seed, i)
    return { person, name: lineOf(parts), birthYear: year === null ? null : Number(year), asked: text, mistakes }
  })
}

/** How many were found, of how many asked for. */
export type Share = { readonly value: number; readonly yardstick: number }
export type Quality = {
  /** Somebody of the very name is among the first ten. */
  readonly named: Share
  /** Among those whose birth year is known: the person is among the first ten when the year is given. */
  readonly person: Share
  /** Once for each of the two that failed. */
  readonly missed: readonly Target[]
}

const FIRST = 10

/** Asks for all of them at the instant `at`. */
export async function qualityOf(sql: Sql, targets: readonly Target[], at: string): Promise<Quality> {
  const missed: Target[] = []
  const born = targets.filter(({ birthYear }) => birthYear !== null)
  let [named, person] = [0, 0]
  for (const target of targets) {
    const found = await rankPeople(sql, { name: target.asked }, at, FIRST)
    if (await hasName(sql, found, target.name)) named++
    else missed.push(target)
    if (target.birthYear === null) continue
    const withYear = await rankPeople(sql, { name: target.asked, birthYear: target.birthYear }, at, FIRST)
    if (withYear.some((one) => one.person === target.person)) person++
    else missed.push(target)
  }
  return {
    named: { value: named, yardstick: targets.length },
    person: { value: person, yardstick: born.length },
    missed,
  }
}

async function hasName(sql: Sql, found: readonly { person: string }[], name: string): Promise<boolean> {
  const names = await sql.rows<{ given: string | null; family1: string | null; family2: string | null }>(
    'select given, family1, family2 from person_name where person = any($1::uuid[])',
    [found.map(({ person }) => person)],
  )
  return names.some((one) => [one.given, one.family1, one.family2].filter((part) => part !== null).join(' ') === name)
}
