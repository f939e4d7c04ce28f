import { type CustodyOf, custodiesOf, findCustody } from '../custody/read.ts'
import { defineRoute, type Route } from '../kernel/contract.ts'
import { personContract, searchContract } from './contract.ts'
import { wordsOf } from './names.ts'
import { namesakesOf, namesOf, personAt, possibleDoubles } from './read.ts'
import { refusePeople } from './refusals.ts'
import { byNumber, rankPeople } from './search.ts'

export const routes: readonly Route[] = [
  defineRoute(searchContract, async ({ body }, { sql, now }) => {
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
      // One more than asked for tells whether there are more.
      rankPeople(sql, search, at, limit + 1),
      number === undefined ? undefined : findCustody(sql, number),
    ])
    const first = registered?.person == null ? [] : [{ ...byNumber(registered.person), by: 'register-number' as const }]
    const found = [...first, ...ranked.filter(({ person }) => person !== first[0]?.person)]
    const people = found.slice(0, limit)
    const ids = people.map(({ person }) => person)
    const [names, custodies] = await Promise.all([namesOf(sql, ids, at), custodiesOf(sql, ids)])
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

  defineRoute(personContract, async ({ params, query }, { sql, now }) => {
    const at = query.at ?? now
    const [file, custodies, namesakes, doubles] = await Promise.all([
      personAt(sql, params.id, at),
      custodiesOf(sql, [params.id]),
      namesakesOf(sql, params.id, at),
      possibleDoubles(sql, at, params.id),
    ])
    if (custodies.length === 0) return refusePeople('no-such-person', { person: params.id })
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
      links: [...file.links],
      custodies: custodies.map(lineOf),
      namesakes,
      possibleDoubles: doubles.map((double) => ({ ...double, entries: [...double.entries] })),
    }
  }),
]

const lineOf = ({ custody, registerNumber, facility, from, to }: CustodyOf) => ({
  custody,
  registerNumber,
  facility,
  from,
  to,
})
