import { type CustodyHead, type CustodyOf, custodiesOf, findCustody } from '../custody/read.ts'
import { defineRoute, type Route } from '../kernel/contract.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Visible } from '../kernel/visible.ts'
import { doublesContract, personContract, searchContract } from './contract.ts'
import { countHomonyms, heldDoubles, heldHomonyms, type Pair } from './doubles.ts'
import { wordsOf } from './names.ts'
import { closePerson, factsOf, namesakesOf, namesOf, personAt, possibleDoubles } from './read.ts'
import { refusePeople } from './refusals.ts'
import { byNumber, rankPeople } from './search.ts'

export const routes: readonly Route[] = [
  defineRoute(searchContract, async ({ body }, { sql, now, visible }) => {
    const { name, number, birthYear, description, at = now, limit } = body
    if (number === undefined && [name, description].every((text) => wordsOf(text ?? '').length === 0))
      return refusePeople('nothing-to-search')
    const search = {
      ...(name !== undefined && { name }),
      ...(number !== undefined && { number }),
      ...(birthYear !== undefined && { birthYear }),
      ...(description !== undefined && { description }),
    }
    const [ranked, registered] = await Promise.all([
      // One more than asked for tells whether there are more. Who sees only some people has the others taken out below.
      rankPeople(sql, search, at, visible.everybody ? limit + 1 : RANKED_MAX),
      number === undefined ? undefined : findCustody(sql, number),
    ])
    const isShown = registered?.person != null && (await isSeen(sql, registered, visible))
    const first =
      !isShown || registered?.person == null ? [] : [{ ...byNumber(registered.person), by: 'register-number' as const }]
    const all = [...first, ...ranked.filter(({ person }) => person !== first[0]?.person)]
    const seen = new Set((await seenOf(sql, all, visible)).map(({ person }) => person))
    const found = all.filter(({ person }) => seen.has(person))
    const people = found.slice(0, limit)
    const ids = people.map(({ person }) => person)
    const [names, custodies] = await Promise.all([namesOf(sql, ids, at), custodiesOf(sql, ids, visible)])
    return {
      at,
      people: people.map(({ person, by, score, why }) => ({
        person,
        by,
        score,
        why: { words: [...why.words], missing: [...why.missing], birthYear: why.birthYear },
        names: names.filter((one) => one.person === person),
        custodies: custodies.filter((one) => one.person === person).map(lineOf),
      })),
      more: found.length > limit,
    }
  }),

  defineRoute(doublesContract, async ({ query }, { sql, now, visible }) => {
    const { at = now, facility, kind, after, limit } = query
    const filter = { at, facility, visible }
    const [person = '', other = ''] = after?.split('~') ?? []
    const cursor = after === undefined ? undefined : { person, other }
    const [doubles, homonyms, count] = await Promise.all([
      kind === 'double' || cursor === undefined ? heldDoubles(sql, filter) : [],
      kind === 'homonym' ? heldHomonyms(sql, filter, { after: cursor, limit: limit + 1 }) : [],
      cursor === undefined ? countHomonyms(sql, filter) : 0,
    ])
    const found = kind === 'homonym' ? homonyms : doubles.filter((one) => `${one.person}~${one.other}` > (after ?? ''))
    const pairs = found.slice(0, limit)
    const last = pairs.at(-1)
    return {
      at,
      counts: cursor === undefined ? { doubles: doubles.length, homonyms: count } : null,
      pairs: await sidesOf(sql, pairs, at),
      next: found.length > limit && last ? `${last.person}~${last.other}` : null,
    }
  }),

  defineRoute(personContract, async ({ params, query }, { sql, now, visible }) => {
    const at = query.at ?? now
    const [whole, custodies, namesakes, doubles] = await Promise.all([
      personAt(sql, params.id, at),
      custodiesOf(sql, [params.id], visible),
      namesakesOf(sql, params.id, at),
      possibleDoubles(sql, at, params.id),
    ])
    if (custodies.length === 0) return refusePeople('no-such-person', { person: params.id })
    const file = closePerson(whole, visible.sections)
    const others = doubles.map(({ person, other }) => ({ person: person === params.id ? other : person }))
    const seen = new Set(
      (await seenOf(sql, [...namesakes, ...others, ...file.links], visible)).map((one) => one.person),
    )
    return {
      at,
      person: file.person,
      names: [...file.names],
      facts: [...file.facts],
      identifiers: [...file.identifiers],
      photographs: [...file.photographs],
      marks: [...file.marks],
      needs: [...file.needs],
      contacts: [...file.contacts],
      links: file.links.filter(({ person }) => seen.has(person)),
      custodies: custodies.map(lineOf),
      namesakes: namesakes.filter(({ person }) => seen.has(person)),
      possibleDoubles: doubles
        .filter(({ person, other }) => seen.has(person === params.id ? other : person))
        .map((double) => ({ ...double, entries: [...double.entries] })),
    }
  }),
]

/** Of so many likely people those are looked for whom a reader with few people may see. */
const RANKED_MAX = 1_000

type One = { readonly person: string }

/** Those of these people of whom the reader may see a custody; all of them for who sees everybody. */
async function seenOf(sql: Sql, people: readonly One[], visible: Visible): Promise<readonly One[]> {
  if (visible.everybody || people.length === 0) return people
  return custodiesOf(sql, [...new Set(people.map(({ person }) => person))], visible)
}

async function isSeen(sql: Sql, { custody, person }: CustodyHead, visible: Visible): Promise<boolean> {
  if (visible.everybody || person === null) return visible.everybody
  return (await custodiesOf(sql, [person], visible)).some((one) => one.custody === custody)
}

const lineOf = ({ custody, registerNumber, facility, from, to }: CustodyOf) => ({
  custody,
  registerNumber,
  facility,
  from,
  to,
})

/** Both of each pair, with what tells them apart. */
async function sidesOf(sql: Sql, pairs: readonly Pair[], at: string) {
  const persons = [...new Set(pairs.flatMap(({ person, other }) => [person, other]))]
  const [names, births, custodies, pictures] = await Promise.all([
    namesOf(sql, persons, at),
    factsOf(sql, persons, ['birth'], at),
    custodiesOf(sql, persons),
    sql.rows<{ person: string; digest: string }>(
      `select distinct on (person) person, digest from person_photograph
       where person = any($1::uuid[]) and at <= $2::timestamptz order by person, at desc, entry_n desc`,
      [persons, at],
    ),
  ])
  const side = (person: string) => ({
    person,
    names: names.filter((one) => one.person === person),
    birth: (births.find((one) => one.person === person)?.value as { date?: string } | undefined)?.date ?? null,
    photograph: pictures.find((one) => one.person === person)?.digest ?? null,
    custodies: custodies.filter((one) => one.person === person).map(lineOf),
  })
  return pairs.map(({ person, other, because }) => ({
    because,
    sides: [side(person), side(other)] as [ReturnType<typeof side>, ReturnType<typeof side>],
  }))
}
