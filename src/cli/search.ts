import { custodiesOf, findCustody } from '../custody/read.ts'
import type { ActKind } from '../kernel/act.ts'
import type { Sql } from '../kernel/ports.ts'
import type { Visible } from '../kernel/visible.ts'
import { findOrders } from '../law/read.ts'
import { nameLine, namesOf, normaliseName, rankPeople } from '../people/read.ts'
import { findPlacesByCode } from '../places/read.ts'
import type { SearchResult } from './search-contract.ts'

export type SearchAsked = {
  readonly text: string
  readonly at: string
  readonly limit: number
  readonly visible: Visible
}

/** Looked through for a reader who sees only some people, of whom few may be among the first. */
const RANKED_MAX = 200

/** Everything that the palette finds, ranked within each type: who bears the number first, then names, places, papers, acts. */
export async function searchAll(sql: Sql, acts: Iterable<ActKind>, asked: SearchAsked): Promise<SearchResult[]> {
  const [people, places, orders] = await Promise.all([
    findPeople(sql, asked),
    asked.text.length > 24 ? [] : findPlacesByCode(sql, asked.text, asked.at, asked.limit),
    findOrders(sql, asked.text, asked),
  ])
  return [
    ...people,
    ...places.map((place) => ({ type: 'place' as const, ...place })),
    ...orders.map((order) => ({ type: 'order' as const, ...order })),
    ...findActs(acts, asked),
  ]
}

async function findPeople(sql: Sql, { text, at, limit, visible }: SearchAsked): Promise<SearchResult[]> {
  const [registered, byNumber, byName] = await Promise.all([
    findCustody(sql, text.trim().toUpperCase()),
    rankPeople(sql, { number: text }, at, limit),
    rankPeople(sql, { name: text }, at, visible.everybody ? limit : RANKED_MAX),
  ])
  const first =
    registered?.person == null ? [] : [{ person: registered.person, by: 'register-number', score: 1 } as const]
  const ranked = [...first, ...byNumber, ...byName].filter(
    (one, i, all) => all.findIndex(({ person }) => person === one.person) === i,
  )
  const persons = ranked.map(({ person }) => person)
  const [custodies, names] = await Promise.all([visibleCustodies(sql, persons, visible), namesOf(sql, persons, at)])
  return ranked
    .flatMap((one): SearchResult[] => {
      const own = custodies.filter(({ person }) => person === one.person)
      // A person of whom no custody may be seen is not found.
      const shown = own.find(({ from, to }) => isWithin(at, from, to)) ?? own.at(-1)
      if (!shown) return []
      const name = names.find(({ person }) => person === one.person)
      const near = 'why' in one && (one.why.missing.length > 0 || one.why.words.some(({ how }) => how !== 'same'))
      return [
        {
          type: 'person',
          person: one.person,
          custody: shown.custody,
          registerNumber: shown.registerNumber,
          facility: shown.facility,
          held: isWithin(at, shown.from, shown.to),
          name: name ? nameLine(name) : null,
          by: one.by,
          score: one.score,
          near,
        },
      ]
    })
    .slice(0, limit)
}

async function visibleCustodies(sql: Sql, persons: readonly string[], visible: Visible) {
  const all = (await custodiesOf(sql, persons)).filter(({ registerNumber }) => registerNumber !== '')
  if (visible.everybody) return all
  const rows = await sql.rows<{ id: string }>(
    `select c.id from custody c where c.id = any($1::uuid[]) and ${visible.sql(2)}`,
    [all.map(({ custody }) => custody), ...visible.values],
  )
  const seen = new Set(rows.map(({ id }) => id))
  return all.filter(({ custody }) => seen.has(custody))
}

const instant = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const isWithin = (at: string, from: string, to: string | null): boolean =>
  instant(from) <= instant(at) && (to === null || instant(to) > instant(at))

/** By words of the sentence in either language, or of the kind; acts of the product itself are nobody's to choose. */
function findActs(acts: Iterable<ActKind>, { text, limit }: SearchAsked): SearchResult[] {
  const asked = normaliseName(text)
    .split(' ')
    .filter((word) => word !== '')
  if (asked.length === 0) return []
  const found: SearchResult[] = []
  for (const { kind, says, permission, about } of acts) {
    if (permission === 'service.record') continue
    const words = normaliseName(`${kind.replaceAll('.', ' ')} ${says.en} ${says.es}`)
    if (asked.every((word) => words.split(' ').some((one) => one.startsWith(word)))) {
      found.push({ type: 'act', kind, says, permission, about })
    }
  }
  return found.slice(0, limit)
}
