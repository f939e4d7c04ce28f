import type { Section } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'

export { ageOn, birthKnown } from './age.ts'
export { type Match, type Search, searchPeople } from './exact.ts'
export { normaliseName } from './names.ts'
export { findNear, type Near, type Ranked, rankPeople, soundsOf } from './search.ts'
export { PersonView } from './views.ts'

/** A name as it stood; `current` when it had not been replaced at the instant asked for. */
export type PersonName = {
  readonly person: string
  readonly use: 'recorded' | 'alias' | 'corrected' | 'self'
  readonly given: string | null
  readonly family1: string | null
  readonly family2: string | null
  readonly written: string | null
  readonly since: string
  readonly current: boolean
  readonly entryN: number
}

const NAME_COLUMNS = `person, use, given, family1, family2, written, lower(span) as since, span @> $2::timestamptz as current, entry_n as "entryN"`

/** All names that these persons had until `at`: the current official one first, replaced ones last. */
export function namesOf(sql: Sql, persons: readonly string[], at: string): Promise<PersonName[]> {
  return sql.rows<PersonName>(
    `select ${NAME_COLUMNS} from person_name
     where person = any($1::uuid[]) and lower(span) <= $2::timestamptz
     order by person, (span @> $2::timestamptz) desc, use not in ('corrected', 'recorded'), lower(span) desc, entry_n desc, position`,
    [persons, at],
  )
}

/** One line for a name: as on the paper where that is all there is. Empty when no part is known. */
export const nameLine = (name: Pick<PersonName, 'given' | 'family1' | 'family2' | 'written'>): string => {
  const parts = [name.given, name.family1, name.family2].filter((part) => part !== null)
  return parts.length > 0 ? parts.join(' ') : (name.written ?? '')
}

export type PersonFact = {
  readonly aspect: 'birth' | 'sex' | 'gender' | 'nationalities' | 'languages' | 'unnamed'
  readonly value: unknown
  /** Statements contradict each other, or a nationality is disputed; `value` shows all of them. */
  readonly disputed: boolean
  readonly since: string
  readonly entryN: number
}

/** What is said at `at` of these persons under these aspects. */
export function factsOf(
  sql: Sql,
  persons: readonly string[],
  aspects: readonly PersonFact['aspect'][],
  at: string,
): Promise<(PersonFact & { readonly person: string })[]> {
  return sql.rows(
    `select person, aspect, value, disputed, lower(span) as since, entry_n as "entryN" from person_fact
     where person = any($1::uuid[]) and aspect = any($2::text[]) and span @> $3::timestamptz`,
    [persons, aspects, at],
  )
}

export type PersonIdentifier = {
  readonly scheme: string
  readonly issuer: string
  readonly value: string
  readonly since: string
  readonly current: boolean
  readonly entryN: number
}

export type PersonFile = {
  readonly person: string
  readonly names: readonly PersonName[]
  readonly facts: readonly PersonFact[]
  readonly identifiers: readonly PersonIdentifier[]
  readonly photographs: readonly { digest: string; mediaType: string; bytes: number; at: string; entryN: number }[]
  /** For identification only. */
  readonly marks: readonly { where: string; looks: string; at: string; entryN: number }[]
  readonly needs: readonly { need: string; asks: string | null; at: string; entryN: number }[]
  readonly contacts: readonly {
    role: string
    name: string
    relation: string | null
    reach: string | null
    at: string
    entryN: number
  }[]
  /** Other persons found to be this one, directly or through others. */
  readonly links: readonly { person: string; direct: boolean; since: string | null; evidence: string | null }[]
}

/** What was known in the world of `at` about who a person is. A person of whom nothing is known has an empty file. */
export async function personAt(sql: Sql, person: string, at: string): Promise<PersonFile> {
  const values = [person, at]
  const until = 'where person = $1::uuid and at <= $2::timestamptz order by at, entry_n'
  const [names, facts, identifiers, photographs, marks, needs, contacts, links] = await Promise.all([
    namesOf(sql, [person], at),
    sql.rows<PersonFact>(
      `select aspect, value, disputed, lower(span) as since, entry_n as "entryN" from person_fact
       where person = $1::uuid and span @> $2::timestamptz order by aspect`,
      values,
    ),
    sql.rows<PersonIdentifier>(
      `select scheme, issuer, value, lower(span) as since, span @> $2::timestamptz as current, entry_n as "entryN"
       from person_identifier where person = $1::uuid and lower(span) <= $2::timestamptz
       order by scheme, issuer, lower(span), entry_n, position`,
      values,
    ),
    sql.rows<PersonFile['photographs'][number]>(
      `select digest, media_type as "mediaType", bytes, at, entry_n as "entryN" from person_photograph ${until}`,
      values,
    ),
    sql.rows<PersonFile['marks'][number]>(
      `select whereabouts as "where", looks, at, entry_n as "entryN" from person_mark ${until}`,
      values,
    ),
    sql.rows<PersonFile['needs'][number]>(
      `select need, asks, at, entry_n as "entryN" from person_need ${until}`,
      values,
    ),
    sql.rows<PersonFile['contacts'][number]>(
      `select role, name, relation, reach, at, entry_n as "entryN" from person_contact ${until}`,
      values,
    ),
    linksOf(sql, person, at),
  ])
  return { person, names, facts, identifiers, photographs, marks, needs, contacts, links }
}

/** Everybody found to be this person. Links are followed, so that three entries about one body meet in each file. */
export function linksOf(sql: Sql, person: string, at: string): Promise<PersonFile['links'][number][]> {
  return sql.rows(
    `with recursive same (person) as (
       values ($1::uuid)
       union
       select l.same from same s join person_link l on l.person = s.person and l.since <= $2::timestamptz
     )
     select s.person, min(l.since) is not null as direct, min(l.since) as since, min(l.evidence) as evidence
     from same s left join person_link l on l.person = $1::uuid and l.same = s.person and l.since <= $2::timestamptz
     where s.person <> $1::uuid group by s.person order by s.person`,
    [person, at],
  )
}

/** Other persons, not found to be this one, who bear or bore one of this person's full names. */
export async function namesakesOf(sql: Sql, person: string, at: string): Promise<PersonName[]> {
  const namesakes = await sql.rows<{ person: string }>(
    `select distinct other.person from person_name own
     join person_name other on other.name_key = own.name_key and other.person <> own.person
     where own.person = $1::uuid and own.name_key <> ''
       and lower(own.span) <= $2::timestamptz and lower(other.span) <= $2::timestamptz`,
    [person, at],
  )
  const same = new Set((await linksOf(sql, person, at)).map((link) => link.person))
  const others = namesakes.map((other) => other.person).filter((other) => !same.has(other))
  return others.length > 0 ? namesOf(sql, others, at) : []
}

export type PossibleDouble = {
  readonly person: string
  readonly other: string
  readonly because: 'identifier' | 'name-and-birth'
  readonly entries: readonly number[]
}

/** Persons who share something, with the entries that say so, side by side. */
type Sharing = { readonly because: PossibleDouble['because']; readonly persons: string[]; readonly entries: number[] }

// Grouped, not joined with itself: as a self-join without statistics this ran for minutes on 40,000 people.
const sharedIdentifiers = (where: string) => `
select 'identifier' as because, array_agg(person order by person, entry_n) as persons,
  array_agg(entry_n order by person, entry_n) as entries
from person_identifier
where ${where} and lower(span) <= $1::timestamptz
group by value, scheme, issuer having count(distinct person) > 1`
const sharedNames = (where: string) => `
select 'name-and-birth' as because, array_agg(n.person order by n.person, n.entry_n) as persons,
  array_agg(n.entry_n order by n.person, n.entry_n) as entries
from person_name n
join person_fact f on f.person = n.person and f.aspect = 'birth' and f.span @> $1::timestamptz
where ${where} and lower(n.span) <= $1::timestamptz and length(f.value ->> 'date') = 10
group by n.name_key, f.value ->> 'date' having count(distinct n.person) > 1`

/**
 * Pairs that may be one person and are neither linked nor told apart: the same number of the same scheme and issuer, or the same full name
 * and the same birth date to the day. Each pair and reason once, `person` < `other`. Of some persons, or of all.
 */
export async function possibleDoubles(
  sql: Sql,
  at: string,
  of?: string | readonly string[],
): Promise<PossibleDouble[]> {
  const asked = typeof of === 'string' ? [of] : of
  const sharings = asked === undefined ? sharingsOfAll(sql, at) : sharingsOf(sql, at, asked)
  const wanted = asked && new Set(asked)
  const [shared, links, differences] = await Promise.all([
    sharings,
    sql.rows<{ person: string; same: string }>(
      'select person, same from person_link where person < same and since <= $1::timestamptz',
      [at],
    ),
    sql.rows<{ person: string; other: string }>(
      'select person, other from person_difference where since <= $1::timestamptz',
      [at],
    ),
  ])
  const rootOf = sameness(links)
  // Told apart from one who is the same as another is told apart from both.
  const apart = new Set(differences.map(({ person, other }) => `${rootOf(person)} ${rootOf(other)}`))
  const isSettled = (one: string, other: string) =>
    rootOf(one) === rootOf(other) || apart.has(`${rootOf(one)} ${rootOf(other)}`)
  const doubles = shared.flatMap(({ because, persons, entries }) => {
    const first = new Map<string, number>()
    for (const [i, one] of persons.entries()) if (!first.has(one)) first.set(one, entries[i] as number)
    const members = [...first]
    return members.flatMap(([one, entry], i) =>
      members
        .slice(i + 1)
        .filter(([other]) => !isSettled(one, other) && (!wanted || wanted.has(one) || wanted.has(other)))
        .map(([other, otherEntry]) => ({ person: one, other, because, entries: [entry, otherEntry] })),
    )
  })
  const pairs = new Map(doubles.map((double) => [`${double.person} ${double.other} ${double.because}`, double]))
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, double]) => double)
}

async function sharingsOfAll(sql: Sql, at: string): Promise<Sharing[]> {
  const found = await Promise.all([
    sql.rows<Sharing>(sharedIdentifiers('true'), [at]),
    sql.rows<Sharing>(sharedNames("n.name_key <> ''"), [at]),
  ])
  return found.flat()
}

async function sharingsOf(sql: Sql, at: string, persons: readonly string[]): Promise<Sharing[]> {
  const [numbers, names] = await Promise.all([
    sql.rows<{ value: string }>('select distinct value from person_identifier where person = any($1::uuid[])', [
      persons,
    ]),
    sql.rows<{ key: string }>(
      "select distinct name_key as key from person_name where person = any($1::uuid[]) and name_key <> ''",
      [persons],
    ),
  ])
  const found = await Promise.all([
    sql.rows<Sharing>(sharedIdentifiers('value = any($2::text[])'), [at, numbers.map(({ value }) => value)]),
    sql.rows<Sharing>(sharedNames('n.name_key = any($2::text[])'), [at, names.map(({ key }) => key)]),
  ])
  return found.flat()
}

/** The one who stands for all whom links join, through any number of steps. */
function sameness(links: readonly { person: string; same: string }[]): (person: string) => string {
  const parents = new Map<string, string>()
  const rootOf = (person: string): string => {
    let root = person
    for (let parent = parents.get(root); parent !== undefined; parent = parents.get(root)) root = parent
    return root
  }
  for (const { person, same } of links) {
    const [a, b] = [rootOf(person), rootOf(same)]
    if (a !== b) parents.set(a, b)
  }
  return rootOf
}

/** Who a person is, without what stands in sections that the reader does not open. */
export function closePerson<P extends PersonFile>(person: P, open: readonly Section[]): P {
  const opens = (section: Section) => open.includes(section)
  return {
    ...person,
    ...(!opens('person') && { names: [], facts: [], identifiers: [], photographs: [] }),
    ...(!opens('act') && { marks: [], contacts: [], links: [] }),
    ...(!opens('health') && { needs: [] }),
  }
}
