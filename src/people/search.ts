import type { Sql } from '../kernel/ports.ts'
import { searchPeople } from './exact.ts'
import { bestLikeness, rememberingComparer, type WordMatch, waysOf } from './likeness.ts'
import { textsOf } from './names.ts'
import { keysOf, rememberingSound, soundKeysOf, type Term } from './sound.ts'

export type FuzzySearch = {
  readonly name?: string
  readonly number?: string
  readonly birthYear?: number
  /** Words of the description of somebody registered without a name. */
  readonly description?: string
}

/** Why somebody was found. `missing`: words asked for that the name lacks. */
export type Why = {
  readonly words: readonly WordMatch[]
  readonly missing: readonly string[]
  readonly birthYear: 'same' | 'near' | null
}
export type Ranked = {
  readonly person: string
  readonly by: 'name' | 'number' | 'description'
  /** 1 by number or by the very words; by name, a birth year that agrees adds to it. */
  readonly score: number
  readonly why: Why
}

/** What a birth year adds: more than any one mistake in a name takes away. It never takes anything away. */
const BIRTH_YEAR = { same: 0.2, near: 0.1 } as const
/** Below this a name is doubtful, unless it has all that was asked for: a part of a name is no worse than the whole. */
const GOOD = 0.85
const isGood = ({ ranked: { score, why } }: { readonly ranked: Ranked }) => score >= GOOD || why.missing.length === 0
/** Of a text of many words the longest ones choose who is looked at; ranking looks at the first dozen. */
const CHOOSING_WORDS = 6
const WORDS_MAX = 12
/** Of more than so many who share the keys, those first by name are looked at, and all those of the birth year. */
const CANDIDATES_MAX = 2_000
const BIRTHS_MAX = 1_000

/**
 * Persons by number (exact, first), then by name with mistakes, the likeliest first: words in any order, family names
 * missing or swapped, words that sound alike or are one letter apart (`sound.ts`), ranked by `compareNames`; replaced
 * names too; then people registered without a name, by their description. Equal ones in Spanish order of family names. Names that share too little are not given: the answer may be
 * shorter than `limit`.
 */
export async function rankPeople(sql: Sql, search: FuzzySearch, at: string, limit: number): Promise<Ranked[]> {
  const { name, number, birthYear, description } = search
  const [numbered, named, described] = await Promise.all([
    number === undefined ? [] : searchPeople(sql, { number }, at, limit),
    name === undefined ? [] : rankNames(sql, name, birthYear, at, limit),
    description === undefined ? [] : rankDescriptions(sql, description, at, limit),
  ])
  const all = [...numbered.map(({ person }) => byNumber(person)), ...named, ...described]
  const first = new Map<string, Ranked>()
  for (const one of all) if (!first.has(one.person)) first.set(one.person, one)
  return [...first.values()].slice(0, limit)
}

export type Near = {
  readonly person: string
  /** Every word asked for stands in the name, or sounds like one there: written by another hand it is the same name. */
  readonly isAlike: boolean
}

/**
 * Persons whose name, now or once, is near to this one: those of `rankPeople` that are good enough to be meant, with all
 * that was asked for or little that differs. At most `limit`, the likeliest first.
 */
export async function findNear(sql: Sql, name: string, at: string, limit: number): Promise<Near[]> {
  const ranked = await rankNames(sql, name, undefined, at, limit)
  return ranked
    .filter((one) => isGood({ ranked: one }))
    .map(({ person, why: { words, missing } }) => ({
      person,
      isAlike: missing.length === 0 && words.every(({ how }) => how === 'same' || how === 'sounds-alike'),
    }))
}

/** How the words of a name sound, each once: under these a search with mistakes begins. */
export const soundsOf = (name: string): string[] => [
  ...new Set(
    waysOf(name)
      .flat()
      .map(({ sound }) => sound),
  ),
]

const NO_NAME: Why = { words: [], missing: [], birthYear: null }

/** Somebody found by a number: no name was weighed. */
export const byNumber = (person: string): Ranked => ({ person, by: 'number', score: 1, why: NO_NAME })

/** By how many of the words asked for the description has, in any of their forms. */
async function rankDescriptions(sql: Sql, description: string, at: string, limit: number): Promise<Ranked[]> {
  const rows = await sql.rows<{ person: string; score: number }>(
    `with asked as (select tsvector_to_array(to_tsvector('spanish'::regconfig, $1)) as words)
     select person, max(share)::float8 as score from (
       select f.person, (
         select count(*) from unnest(tsvector_to_array(to_tsvector('spanish'::regconfig, f.value ->> 'description'))) word
         where word = any(words)
       )::numeric / cardinality(words) as share
       from asked, person_fact f
       where f.aspect = 'unnamed' and lower(f.span) <= $2::timestamptz
         and to_tsvector('spanish'::regconfig, f.value ->> 'description')
           @@ replace(plainto_tsquery('spanish'::regconfig, $1)::text, '&', '|')::tsquery
     ) described group by person order by score desc, person limit $3`,
    [description, at, limit],
  )
  return rows.map(({ person, score }) => ({ person, by: 'description', score: toThree(score), why: NO_NAME }))
}

const toThree = (score: number): number => Math.round(score * 1000) / 1000

type Candidate = {
  readonly person: string
  readonly given: string | null
  readonly family1: string | null
  readonly family2: string | null
  readonly written: string | null
}

async function rankNames(
  sql: Sql,
  name: string,
  birthYear: number | undefined,
  at: string,
  limit: number,
): Promise<Ranked[]> {
  const asked = waysOf(name).map((way) => way.slice(0, WORDS_MAX))
  const compare = rememberingComparer()
  const sound = rememberingSound()
  const found = new Map<string, { ranked: Ranked; sorting: string }>()
  for (const query of queriesOf(asked, birthYear)) {
    const candidates = await candidatesOf(sql, query, birthYear, at)
    for (const candidate of candidates) {
      const { person, given, family1, family2 } = candidate
      const ways = textsOf(candidate).flatMap((text) => waysOf(text, sound))
      const { score, words, missing } = bestLikeness(asked, ways, compare)
      if (score === 0 || score <= (found.get(person)?.ranked.score ?? 0)) continue
      const sorting = [family1, family2, given].filter((part) => part !== null).join(' ')
      const why = { words, missing, birthYear: null }
      found.set(person, { ranked: { person, by: 'name', score, why }, sorting })
    }
    if ([...found.values()].some(isGood)) break
  }
  const byScore = [...found.values()].sort((a, b) => b.ranked.score - a.ranked.score)
  if (birthYear !== undefined) await addBirthYears(sql, byScore, birthYear, at, limit)
  return byScore
    .sort(
      (a, b) =>
        b.ranked.score - a.ranked.score ||
        spanish.compare(a.sorting, b.sorting) ||
        (a.ranked.person < b.ranked.person ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ ranked }) => ({ ...ranked, score: toThree(ranked.score) }))
}

/**
 * Text-search queries, each wider than the one before: all words but one by sound alone, then with one letter apart,
 * then half of the words, then any. The first is a few times cheaper, because words that are the same share all their
 * keys; who gives a birth year may mean somebody farther off.
 */
function queriesOf(asked: readonly (readonly Term[])[], birthYear: number | undefined): string[] {
  const longest = asked.map((way) => way.toSorted((a, b) => b.sound.length - a.sound.length).slice(0, CHOOSING_WORDS))
  const bySound = longest.map((way) => way.map((term) => anyOf(soundKeysOf(term))))
  const byLetters = longest.map((way) => way.map((term) => anyOf(keysOf(term))))
  const allButOne = (words: number) => Math.max(words - 1, Math.min(words, 2))
  const half = (words: number) => Math.ceil(words / 2)
  const query = (ways: string[][], least: (words: number) => number) =>
    ways.map((words) => atLeast(least(words.length), words)).join('|')
  const queries = [
    ...(birthYear === undefined ? [query(bySound, allButOne)] : []),
    query(byLetters, allButOne),
    query(byLetters, half),
    query(byLetters, () => 1),
  ]
  return [...new Set(queries)].filter((text) => text !== '')
}

const anyOf = (keys: readonly string[]): string => keys.map(quote).join('|')

const quote = (key: string): string => `'${key}'`

/** At least so many of these. */
function atLeast(least: number, words: readonly string[]): string {
  const [first, ...others] = words
  if (first === undefined) return ''
  if (least === words.length) return words.map((word) => `(${word})`).join('&')
  const withFirst = least === 1 ? `(${first})` : `(${first})&(${atLeast(least - 1, others)})`
  return `${withFirst}|${atLeast(least, others)}`
}

const spanish = new Intl.Collator('es')

const CANDIDATES = `select person, given, family1, family2, written from person_name
  where array_to_tsvector(search_keys) @@ $1::tsquery and lower(span) <= $2::timestamptz`
const IN_ORDER = `order by name_key collate "C", entry_n, position limit ${CANDIDATES_MAX}`

/** By name alone; where that is too many to look at, also those born in the year. */
async function candidatesOf(
  sql: Sql,
  query: string,
  birthYear: number | undefined,
  at: string,
): Promise<readonly Candidate[]> {
  const candidates = await sql.rows<Candidate>(`${CANDIDATES} ${IN_ORDER}`, [query, at])
  if (birthYear === undefined || candidates.length < CANDIDATES_MAX) return candidates
  const year = String(birthYear).padStart(4, '0')
  const born = await sql.rows<Candidate>(
    `${CANDIDATES} and person in (
       select person from person_fact where aspect = 'birth' and span @> $2::timestamptz
         and value ->> 'date' between $3 and $3 || '-99')
     ${IN_ORDER}`,
    [query, at, year],
  )
  return [...candidates, ...born]
}

type BirthValue = { date?: string; others?: string[]; ageYears?: number; ageAsOf?: string }

/** Raises those whose birth year agrees, among those whom it could bring into the first `limit`. */
async function addBirthYears(
  sql: Sql,
  found: { ranked: Ranked }[],
  birthYear: number,
  at: string,
  limit: number,
): Promise<void> {
  const reachable = (found[limit - 1]?.ranked.score ?? 0) - BIRTH_YEAR.same
  const raisable = found.filter(({ ranked }) => ranked.score >= reachable).slice(0, BIRTHS_MAX)
  const births = await sql.rows<{ person: string; value: BirthValue }>(
    `select person, value from person_fact
     where aspect = 'birth' and person = any($1::uuid[]) and span @> $2::timestamptz`,
    [raisable.map(({ ranked }) => ranked.person), at],
  )
  const values = new Map(births.map(({ person, value }) => [person, value]))
  for (const one of raisable) {
    const agrees = compareYear(values.get(one.ranked.person), birthYear)
    if (agrees === null) continue
    const { score, why } = one.ranked
    one.ranked = { ...one.ranked, score: score + BIRTH_YEAR[agrees], why: { ...why, birthYear: agrees } }
  }
}

/** Of disputed dates any may agree. An age at a date leaves two years open. */
function compareYear(birth: BirthValue | undefined, year: number): 'same' | 'near' | null {
  if (!birth) return null
  const { date, others = [], ageYears, ageAsOf } = birth
  const years = [date, ...others].flatMap((text) => (text === undefined ? [] : Number(text.slice(0, 4))))
  if (ageYears !== undefined && ageAsOf !== undefined) {
    const latest = Number(ageAsOf.slice(0, 4)) - ageYears
    years.push(latest, latest - 1)
  }
  if (years.includes(year)) return 'same'
  return years.some((one) => Math.abs(one - year) === 1) ? 'near' : null
}
