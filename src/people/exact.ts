import type { Sql } from '../kernel/ports.ts'
import { wordsOf } from './names.ts'

export type Search = { readonly name?: string; readonly number?: string }
export type Match = { readonly person: string; readonly by: 'name' | 'number' }

/**
 * Persons whose name holds every word of `name` (in any order, accents and case ignored; replaced names too) or who
 * bear the identifier `number`. Register numbers are custody's: ask `findCustody` too. At most `limit`, by person id.
 */
export async function searchPeople(sql: Sql, search: Search, at: string, limit: number): Promise<Match[]> {
  const words = search.name === undefined ? [] : wordsOf(search.name)
  const number = search.number?.trim() ?? ''
  const [byName, byNumber] = await Promise.all([
    words.length > 0
      ? sql.rows<{ person: string }>(
          `select distinct person from person_name
           where words @> $1::text[] and lower(span) <= $2::timestamptz order by person limit $3`,
          [words, at, limit],
        )
      : [],
    number !== ''
      ? sql.rows<{ person: string }>(
          `select distinct person from person_identifier
           where value = $1 and lower(span) <= $2::timestamptz order by person limit $3`,
          [number, at, limit],
        )
      : [],
  ])
  const numbered = new Set(byNumber.map(({ person }) => person))
  return [
    ...byNumber.map(({ person }) => ({ person, by: 'number' as const })),
    ...byName.filter(({ person }) => !numbered.has(person)).map(({ person }) => ({ person, by: 'name' as const })),
  ].slice(0, limit)
}
